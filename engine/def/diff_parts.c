/* def/diff_parts.c - a definition taken apart for comparing.
 *
 * The table below says what names a part. What it does not know is a part named
 * by its id, or by its element.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/diff.h"

const char *const wf_diff_langs[WF_DIFF_LANGS] = { "zh-CN", "en" };

/* --- What elements are */

enum nesting {
    NAMED_WITHIN, /* its path goes on from the part around it */
    NAMED_ALONE,  /* its key is enough: fields, steps */
    NO_PART,      /* only holds others; its attributes are the definition's */
};

struct kind {
    const char *element, *kind;
    const char *key; /* the attribute that names it; NULL: id, else none */
    enum nesting nesting;
    bool ordered;
    bool tells_element; /* several elements are of this kind */
};

/* clang-format off */
static const struct kind kinds[] = {
    { "fields",       NULL,         NULL,      NO_PART,      false, false },
    { "rules",        NULL,         NULL,      NO_PART,      false, false },
    { "workflow",     NULL,         NULL,      NO_PART,      false, false },
    { "access",       NULL,         NULL,      NO_PART,      false, false },
    { "views",        NULL,         NULL,      NO_PART,      false, false },
    { "section",      "section",    NULL,      NAMED_ALONE,  true,  false },
    { "field",        "field",      NULL,      NAMED_WITHIN, true,  false },
    { "items",        "field",      NULL,      NAMED_ALONE,  true,  false },
    { "rollup",       "rollup",     "field",   NAMED_ALONE,  true,  true  },
    { "metric-value", "rollup",     "field",   NAMED_ALONE,  true,  true  },
    { "map",          "map",        "to",      NAMED_ALONE,  true,  false },
    { "option",       "option",     NULL,      NAMED_WITHIN, true,  false },
    { "point",        "point",      NULL,      NAMED_WITHIN, true,  false },
    { "rule",         "rule",       "message", NAMED_ALONE,  false, false },
    { "step",         "step",       NULL,      NAMED_ALONE,  false, true  },
    { "approval",     "step",       NULL,      NAMED_ALONE,  false, true  },
    { "branch",       "step",       NULL,      NAMED_ALONE,  false, true  },
    { "parallel",     "step",       NULL,      NAMED_ALONE,  false, true  },
    { "collect",      "step",       NULL,      NAMED_ALONE,  false, true  },
    { "wait",         "step",       NULL,      NAMED_ALONE,  false, true  },
    { "call",         "step",       NULL,      NAMED_ALONE,  false, true  },
    { "lane",         "lane",       NULL,      NAMED_WITHIN, true,  false },
    { "end",          "step",       NULL,      NAMED_ALONE,  false, true  },
    { "action",       "action",     NULL,      NAMED_WITHIN, true,  false },
    { "level",        "level",      NULL,      NAMED_WITHIN, true,  true  },
    { "climb",        "level",      NULL,      NAMED_WITHIN, true,  true  },
    { "fast-track",   "fast-track", "levels",  NAMED_WITHIN, true,  false },
    { "go",           "go",         "to",      NAMED_WITHIN, true,  false },
    { "set",          "set",        "field",   NAMED_WITHIN, false, false },
    { "create",       "create",     "",        NAMED_ALONE,  false, false },
    { "grant",        "grant",      "to",      NAMED_ALONE,  false, false },
    { "hide",         "hide",       "from",    NAMED_ALONE,  false, false },
    { "list",         "list",       NULL,      NAMED_ALONE,  false, false },
    { "place",        "place",      NULL,      NAMED_ALONE,  true,  false },
    { "board",        "view",       "",        NAMED_ALONE,  false, true  },
    { "tree",         "view",       "",        NAMED_ALONE,  false, true  },
    { "calendar",     "view",       "",        NAMED_ALONE,  false, true  },
    { "chart",        "view",       "",        NAMED_ALONE,  false, true  },
    { "matrix",       "view",       "",        NAMED_ALONE,  false, true  },
    { "related",      "view",       "",        NAMED_ALONE,  false, true  },
    { "add",          "overlay",    "sel",     NAMED_ALONE,  false, true  },
    { "replace",      "overlay",    "sel",     NAMED_ALONE,  false, true  },
    { "remove",       "overlay",    "sel",     NAMED_ALONE,  false, true  },
};
/* clang-format on */

static struct kind kind_of(const struct wf_elem *elem)
{
    struct kind unknown = { elem->name,   elem->name, NULL,
                            NAMED_WITHIN, false,      false };

    /* the lists of a package have options, those of views have columns */
    if (wf_elem_is(elem, "list") && !wf_elem_attr(elem, "id"))
        return (struct kind){ "list", "view", "", NAMED_ALONE, false, true };
    for (size_t i = 0; i < WF_COUNT(kinds); i++)
        if (wf_elem_is(elem, kinds[i].element))
            return kinds[i];
    return unknown;
}

/* --- Parts */

struct reader {
    struct wf_arena *arena;
    const struct wf_diff_side *side;
    struct wf_parts *out;
    struct wf_part *root;
};

static const char *label_in(const struct wf_elem *elem, const char *own,
                            const char *lang)
{
    const char *label = wf_elem_get(elem, "label");

    for (const struct wf_elem *at = elem->first; at && !wf_streq(own, lang);
         at = at->next)
        if (wf_elem_is(at, "t") && wf_streq(wf_elem_get(at, "xml:lang"), lang)
            && wf_elem_get(at, "label"))
            label = wf_elem_get(at, "label");
    return label;
}

/* Two of one name are told apart by their order. */
static void enter(struct reader *r, struct wf_part *part)
{
    const char *path = part->path;

    for (int n = 2; !wf_map_add(
             r->arena, &r->out->names,
             wf_arena_printf(r->arena, "%s %s", part->kind, part->path), part);
         n++)
        part->path = wf_arena_printf(r->arena, "%s #%d", path, n);
    *WF_PUSH(r->arena, r->out) = part;
}

static struct wf_part *new_part(struct reader *r, const char *kind,
                                const char *key, const struct wf_part *within)
{
    struct wf_part *part = WF_NEW(r->arena, struct wf_part);

    part->kind = kind;
    part->key = wf_arena_str(r->arena, key);
    part->path = part->key;
    part->within = within;
    for (int i = 0; i < WF_DIFF_LANGS; i++)
        part->label[i] = part->key;
    return part;
}

static const char *key_of(const struct wf_elem *elem, const struct kind *kind)
{
    const char *key = wf_elem_get(elem, kind->key ? kind->key : "id");

    return wf_str_empty(key) ? elem->name : key;
}

static void take_translation(struct reader *r, struct wf_part *part,
                             const struct wf_elem *t)
{
    const char *lang = wf_elem_get(t, "xml:lang");

    for (const struct wf_attr *at = t->attrs; lang && at; at = at->next)
        if (!wf_streq(at->name, "xml:lang"))
            wf_part_say(r->arena, part, NULL,
                        wf_arena_printf(r->arena, "%s (%s)", at->name, lang),
                        at->value);
}

/* The attributes of an element: what it says, then what is said for it. */
static void take_attrs(struct reader *r, struct wf_part *part,
                       const struct wf_elem *elem, const struct kind *kind)
{
    bool for_levels = wf_elem_is(elem, "approval");
    bool is_level = wf_streq(kind->kind, "level") && elem->parent;

    for (const struct wf_attr *at = elem->attrs; at; at = at->next) {
        bool names = wf_streq(at->name, kind->key ? kind->key : "id");

        if (!names && !(for_levels && wf_part_inherits(at->name)))
            wf_part_say(r->arena, part, elem, at->name, at->value);
    }
    for (const struct wf_attr *at = is_level ? elem->parent->attrs : NULL; at;
         at = at->next)
        if (wf_part_inherits(at->name) && !wf_elem_attr(elem, at->name))
            wf_part_say(r->arena, part, elem, at->name, at->value);
    if (kind->tells_element)
        wf_part_say(r->arena, part, NULL, "element", elem->name);
    if (wf_elem_is(elem, "items"))
        wf_part_say(r->arena, part, NULL, "type", "items");
    if (elem->text[0])
        wf_part_say(r->arena, part, NULL, "content", elem->text);
}

static const char *written(struct reader *r, const struct wf_elem *elem)
{
    struct wf_buf out = WF_BUF_INIT(r->arena);

    for (const struct wf_elem *at = elem->first; at; at = at->next)
        wf_elem_write(&out, at);
    return wf_buf_text(&out);
}

static void read_kids(struct reader *r, const struct wf_elem *elem,
                      struct wf_part *part);

/* Options of a list and points of a scale stand in the package, which may have
 * changed where the form has not. */
static void take_choices(struct reader *r, const struct wf_part *part,
                         const char *kind, const struct wf_choices *choices)
{
    for (const struct wf_option *at = choices ? choices->options : NULL; at;
         at = at->next) {
        struct wf_part *one = new_part(r, kind, at->id, part);
        char value[32];

        one->path = wf_arena_printf(r->arena, "%s.%s", part->path, at->id);
        one->ordered = true;
        for (int i = 0; i < WF_DIFF_LANGS; i++)
            one->label[i] = wf_arena_str(
                r->arena, wf_words_label(at->words, wf_diff_langs[i], at->id));
        wf_number_write(at->value, value);
        if (wf_streq(kind, "point"))
            wf_part_say(r->arena, one, NULL, "value", value);
        wf_part_say(r->arena, one, NULL, "label",
                    wf_words_get(at->words, r->side->lang, WF_WORD_LABEL));
        enter(r, one);
    }
}

static void take_package(struct reader *r, const struct wf_part *part)
{
    const struct wf_part_attr *options = wf_part_attr(part, "options");
    const struct wf_field *field =
        r->side->form ? wf_form_field(r->side->form, part->path) : NULL;

    if (!field)
        return;
    if (options && wf_str_starts(options->value, "list:"))
        take_choices(r, part, "option", field->choices);
    take_choices(r, part, "point", field->scale);
}

static void read_elem(struct reader *r, const struct wf_elem *elem,
                      struct wf_part *within)
{
    struct kind kind = kind_of(elem);
    struct wf_part *part;
    bool section = elem->parent && wf_elem_is(elem->parent, "section");

    if (!kind.kind) {
        for (const struct wf_attr *at = elem->attrs; at; at = at->next)
            wf_part_say(r->arena, r->root, NULL, at->name, at->value);
        read_kids(r, elem, within);
        return;
    }
    part = new_part(r, kind.kind, key_of(elem, &kind), within);
    part->ordered = kind.ordered;
    part->elem = elem;
    if (section)
        part->within = within = r->root;
    if (kind.nesting == NAMED_WITHIN && within != r->root)
        part->path =
            wf_arena_printf(r->arena, "%s.%s", within->path, part->key);
    for (int i = 0; i < WF_DIFF_LANGS; i++) {
        const char *label = label_in(elem, r->side->lang, wf_diff_langs[i]);

        if (label)
            part->label[i] = wf_arena_str(r->arena, label);
    }
    take_attrs(r, part, elem, &kind);
    if (section)
        wf_part_say(r->arena, part, NULL, "section",
                    wf_elem_get(elem->parent, "id"));
    if (wf_elem_is(elem->parent, "lane"))
        wf_part_say(r->arena, part, NULL, "lane",
                    wf_elem_get(elem->parent, "id"));
    enter(r, part);
    if (wf_streq(kind.kind, "field"))
        take_package(r, part);
    if (wf_streq(kind.kind, "overlay")) {
        if (elem->first)
            wf_part_say(r->arena, part, NULL, "content", written(r, elem));
    } else {
        read_kids(r, elem, part);
    }
}

static void read_kids(struct reader *r, const struct wf_elem *elem,
                      struct wf_part *part)
{
    for (const struct wf_elem *at = elem->first; at; at = at->next)
        if (wf_elem_is(at, "t"))
            take_translation(r, part, at);
        else
            read_elem(r, at, part);
}

/* --- Hooks: the functions of a file, without comments and empty lines */

static bool says_nothing(struct wf_str line)
{
    return line.len == 0
           || (line.len >= 2 && line.at[0] == '-' && line.at[1] == '-');
}

/* "function NAME(" or "local function NAME(" at the start of a line. */
static bool starts_function(struct wf_str line, struct wf_str *name)
{
    static const char *const starts[] = { "function ", "local function " };

    for (size_t i = 0; i < WF_COUNT(starts); i++) {
        size_t len = strlen(starts[i]);
        size_t end = len;

        if (line.len <= len || strncmp(line.at, starts[i], len))
            continue;
        while (end < line.len && line.at[end] != '(' && line.at[end] != ' ')
            end++;
        *name = (struct wf_str){ line.at + len, end - len };
        return true;
    }
    return false;
}

static void read_hooks(struct reader *r)
{
    struct wf_str rest = wf_str_of(r->side->hook), line, name;
    struct wf_part *part = NULL;
    struct wf_buf body = WF_BUF_INIT(r->arena);

    while (wf_str_split(&rest, '\n', &line)) {
        bool starts = starts_function(line, &name);

        line = wf_str_trim(line);
        if (starts || (!part && !says_nothing(line))) {
            if (part)
                wf_part_say(r->arena, part, NULL, "body", wf_buf_text(&body));
            part = new_part(r, "hook",
                            starts ? wf_arena_slice(r->arena, name) : "-",
                            r->root);
            enter(r, part);
            body = (struct wf_buf)WF_BUF_INIT(r->arena);
        }
        if (part && !says_nothing(line)) {
            wf_buf_add(&body, line.at, line.len);
            wf_buf_char(&body, '\n');
        }
    }
    if (part)
        wf_part_say(r->arena, part, NULL, "body", wf_buf_text(&body));
}

void wf_parts_read(struct wf_arena *arena, const struct wf_diff_side *side,
                   struct wf_parts *out)
{
    struct reader r = { arena, side, out, NULL };
    const struct wf_elem *root = side->root;
    struct kind kind;

    if (!root)
        return;
    kind = kind_of(root);
    r.root = new_part(&r, kind.kind, key_of(root, &kind), NULL);
    for (int i = 0; i < WF_DIFF_LANGS; i++) {
        const char *label = label_in(root, side->lang, wf_diff_langs[i]);

        if (label)
            r.root->label[i] = wf_arena_str(arena, label);
    }
    r.root->elem = root;
    take_attrs(&r, r.root, root, &kind);
    enter(&r, r.root);
    read_kids(&r, root, r.root);
    read_hooks(&r);
}

struct wf_diff_side wf_diff_form(struct wf_arena *arena,
                                 const struct wf_form *form)
{
    struct wf_diags none = WF_DIAGS_INIT(arena, "en");

    return (struct wf_diff_side){
        .root = wf_xml_parse(arena, form->file, form->text, strlen(form->text),
                             &none),
        .lang = form->package->lang,
        .hook = form->hook,
        .form = form,
    };
}
