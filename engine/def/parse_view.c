/* def/parse_view.c - reads <views>: each is kept as its attributes, after the
 * fields that they name have been looked at.
 *
 * Source: docs/definition-language.md, "Views, reports".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

/* What the value of an attribute names. */
enum names {
    PLAIN,
    FIELDS,  /* fields, or what is known of every document */
    SORTS,   /* the same, each with - before it for descending */
    TABLE,   /* an item table */
    COLUMNS, /* columns of the table in `of` */
    FORM,    /* a form */
    FOREIGN, /* fields of that form: looked at when they are read */
};

/* clang-format off */
static const struct view_attr {
    const char *view;
    const char *name;
    enum names names;
    bool required;
} view_attrs[] = {
    { "list",     "columns", FIELDS,  true  },
    { "list",     "sort",    SORTS,   false },
    { "board",    "group",   FIELDS,  true  },
    { "board",    "card",    FIELDS,  false },
    { "tree",     "parent",  FIELDS,  true  },
    { "tree",     "columns", FIELDS,  false },
    { "calendar", "from",    FIELDS,  true  },
    { "calendar", "to",      FIELDS,  false },
    { "chart",    "kind",    PLAIN,   true  },
    { "chart",    "of",      TABLE,   true  },
    { "chart",    "x",       COLUMNS, true  },
    { "chart",    "y",       COLUMNS, true  },
    { "matrix",   "x",       FIELDS,  true  },
    { "matrix",   "y",       FIELDS,  true  },
    { "related",  "form",    FORM,    true  },
    { "related",  "match",   FIELDS,  true  },
    { "related",  "columns", FOREIGN, false },
};

/* What lists know of every document besides its fields. */
static const char *const common[] = {
    "id", "form", "title", "step", "state", "subject", "creator", "health",
    "progress", "score", "due", "created", "updated", "owner", NULL,
};
/* clang-format on */

static bool is_common(const char *word)
{
    for (size_t i = 0; common[i]; i++)
        if (wf_streq(common[i], word))
            return true;
    return false;
}

static const struct view_attr *attr_of(const char *view, const char *name)
{
    for (size_t i = 0; i < WF_COUNT(view_attrs); i++)
        if (wf_streq(view_attrs[i].view, view)
            && wf_streq(view_attrs[i].name, name))
            return &view_attrs[i];
    return NULL;
}

static void unknown_attr(struct wf_load *load, const struct wf_elem *elem,
                         const struct wf_attr *attr)
{
    wf_diag_at(load->diags, attr->place, "unknown",
               "attribute \"%s\" of <%s> is not known to this version of Weft",
               attr->name, elem->name);
}

static void parse_view(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    struct wf_form *form = parent;
    struct wf_view *view = WF_NEW(load->arena, struct wf_view);
    struct wf_view **end = &form->views;
    size_t n = 0;

    view->kind = wf_arena_str(load->arena, elem->name);
    view->place = elem->place;
    for (const struct wf_attr *at = elem->attrs; at; at = at->next) {
        if (attr_of(elem->name, at->name))
            (void)wf_map_add(load->arena, &view->attrs,
                             wf_arena_str(load->arena, at->name),
                             wf_arena_str(load->arena, at->value));
        else
            unknown_attr(load, elem, at);
    }
    for (size_t i = 0; i < WF_COUNT(view_attrs); i++)
        if (wf_streq(view_attrs[i].view, elem->name) && view_attrs[i].required
            && !wf_elem_attr(elem, view_attrs[i].name))
            wf_diag_at(load->diags, elem->place, "required",
                       "<%s> needs the attribute %s=\"…\"", elem->name,
                       view_attrs[i].name);
    for (; *end; end = &(*end)->next)
        n++;
    if (wf_load_room(load, elem, n, WF_MAX_VIEWS))
        *end = view;
}

/* clang-format off */
static const struct wf_kid_row views_kids[] = {
    { "list",   parse_view }, { "board",   parse_view },
    { "tree",   parse_view }, { "calendar", parse_view },
    { "chart",  parse_view }, { "matrix",  parse_view },
    { "related", parse_view },
};
/* clang-format on */

static const struct wf_shape views_shape = { NULL, 0, views_kids,
                                             WF_COUNT(views_kids),
                                             WF_NO_WORDS };

void wf_parse_views(struct wf_load *load, const struct wf_elem *elem,
                    void *parent)
{
    wf_load_read(load, elem, &views_shape, parent);
}

/* --- Once all fields are read */

static void link_table(struct wf_load *load, const struct wf_attr *attr)
{
    const struct wf_field *field = wf_form_field(load->form, attr->value);

    if (!field)
        wf_unknown_field(load, attr->place, attr->value);
    else if (field->type != WF_F_ITEMS)
        wf_diag_at(load->diags, attr->place, "type",
                   "\"%s\" is no table; write the id of an <items>",
                   attr->value);
}

/* Lists sort and filter by what they show: such fields get index rows. */
static void link_field(struct wf_load *load, const struct wf_attr *attr,
                       const char *word)
{
    struct wf_field *field = wf_map_find(&load->form->paths, word);

    if (field && !field->items && field->type != WF_F_ITEMS)
        field->index = true;
    else if (!field && !is_common(word))
        wf_unknown_field(load, attr->place, word);
}

static void link_column(struct wf_load *load, const struct wf_elem *elem,
                        const struct wf_attr *attr)
{
    const char *table = wf_elem_get(elem, "of");
    const char *path = wf_arena_printf(load->scratch, "%s.%s",
                                       table ? table : "", attr->value);
    const struct wf_field *of = table ? wf_form_field(load->form, table) : NULL;

    if (of && of->type == WF_F_ITEMS && !wf_form_field(load->form, path))
        wf_unknown_field(load, attr->place, path);
}

static void link_words(struct wf_load *load, const struct wf_attr *attr,
                       bool sorts)
{
    struct wf_str rest = wf_str_of(attr->value), part;

    while (wf_str_split(&rest, ' ', &part)) {
        if (sorts && part.len && part.at[0] == '-') {
            part.at++;
            part.len--;
        }
        if (part.len)
            link_field(load, attr, wf_arena_slice(load->scratch, part));
    }
}

static void link_attr(struct wf_load *load, const struct wf_elem *elem,
                      const struct wf_attr *attr)
{
    const struct view_attr *row = attr_of(elem->name, attr->name);

    switch (row ? row->names : PLAIN) {
    case FIELDS:
    case SORTS:
        link_words(load, attr, row->names == SORTS);
        break;
    case TABLE:
        link_table(load, attr);
        break;
    case COLUMNS:
        link_column(load, elem, attr);
        break;
    case FORM:
        wf_link_form_name(load, attr->place, attr->value);
        break;
    default:
        break;
    }
}

void wf_link_views(struct wf_load *load)
{
    for (const struct wf_elem *at = load->root->first; at; at = at->next) {
        if (!wf_elem_is(at, "views"))
            continue;
        for (const struct wf_elem *kid = at->first; kid; kid = kid->next)
            for (const struct wf_attr *attr = kid->attrs; attr;
                 attr = attr->next)
                link_attr(load, kid, attr);
    }
}
