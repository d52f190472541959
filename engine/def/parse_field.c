/* def/parse_field.c - reads <fields>: fields, sections, item tables.
 *
 * Source: docs/definition-language.md, "Forms".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/messages.h"
#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

/* --- Attributes of a field */

static void read_type(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(attr->value);

    (void)arg;
    for (unsigned i = 0; i < WF_F_ITEMS; i++) {
        const char *word = wf_field_kind((enum wf_field_type)i)->word;

        if (wf_streq(word, attr->value)) {
            *(enum wf_field_type *)member = (enum wf_field_type)i;
            return;
        }
        wf_suggest_offer(&guess, word);
    }
    wf_load_unknown(load, attr->place, WF_MESSAGE("field type"), &guess);
}

static void read_min(struct wf_load *load, const struct wf_attr *attr,
                     void *member, const void *arg)
{
    struct wf_field *field = member;

    (void)arg;
    field->has_min = wf_load_number(load, attr, &field->min);
}

static void read_max(struct wf_load *load, const struct wf_attr *attr,
                     void *member, const void *arg)
{
    struct wf_field *field = member;

    (void)arg;
    field->has_max = wf_load_number(load, attr, &field->max);
}

static void read_total(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    struct wf_field *field = member;

    (void)arg;
    field->has_total = wf_load_number(load, attr, &field->total);
}

static void read_pattern(struct wf_load *load, const struct wf_attr *attr,
                         void *member, const void *arg)
{
    struct wf_field *field = member;
    weft_error err = WEFT_ERROR_INIT;

    strncpy(err.lang, load->diags->lang ? load->diags->lang : "",
            sizeof err.lang - 1);
    field->pattern_text = wf_arena_str(load->arena, attr->value);
    (void)arg;
    if (!wf_pattern_compile(load->arena, field->pattern_text, &field->pattern,
                            &err))
        wf_diag_at(load->diags, attr->place, "pattern", "%s", err.text);
}

/* The wanted type is known only when the type has been read: link.c asks the
 * owner. */
static void read_formula(struct wf_load *load, const struct wf_attr *attr,
                         void *member, const void *arg)
{
    wf_read_when(load, attr, member, arg);
    load->refs.at[load->refs.n - 1].want = WF_T_ANY;
}

/* What depends on the type is worked out by field_attrs.c. */
static void leave_for_type(struct wf_load *load, const struct wf_attr *attr,
                           void *member, const void *arg)
{
    (void)load, (void)attr, (void)member, (void)arg;
}

static const unsigned use_formula = WF_USE_STORED;
static const struct wf_range digits_range = { 0, WF_MAX_DIGITS };

#define AT(member) offsetof(struct wf_field, member)
/* clang-format off */
static const struct wf_attr_row field_attrs[] = {
    { "id",            wf_read_name,   AT(id),                true,  NULL },
    { "type",          read_type,      AT(type),              true,  NULL },
    { "label",         wf_read_word,   AT(words),             false, &wf_word_label },
    { "help",          wf_read_word,   AT(words),             false, &wf_word_help },
    { "unit",          wf_read_word,   AT(words),             false, &wf_word_unit },
    { "placeholder",   wf_read_word,   AT(words),             false, &wf_word_placeholder },
    { "required",      wf_read_bool,   AT(required),          false, NULL },
    { "readonly",      wf_read_bool,   AT(readonly),          false, NULL },
    { "index",         wf_read_bool,   AT(index),             false, NULL },
    { "private",       wf_read_bool,   AT(hidden_by_default), false, NULL },
    { "reverse",       wf_read_bool,   AT(reverse),           false, NULL },
    { "text",          wf_read_bool,   AT(sentence),          false, NULL },
    { "min",           read_min,       0,                     false, NULL },
    { "max",           read_max,       0,                     false, NULL },
    { "total",         read_total,     0,                     false, NULL },
    { "digits",        wf_read_count,  AT(digits),            false, &digits_range },
    { "pattern",       read_pattern,   0,                     false, NULL },
    { "formula",       read_formula,   AT(formula),           false, &use_formula },
    { "visible-when",  wf_read_when,   AT(visible_when),      false, NULL },
    { "required-when", wf_read_when,   AT(required_when),     false, NULL },
    { "readonly-when", wf_read_when,   AT(readonly_when),     false, NULL },
    { "width",         wf_read_text,   AT(width),             false, NULL },
    { "form",          wf_read_id,     AT(form),              false, NULL },
    { "default",       leave_for_type, 0,                     false, NULL },
    { "options",       leave_for_type, 0,                     false, NULL },
    { "scale",         leave_for_type, 0,                     false, NULL },
};
static const struct wf_attr_row items_attrs[] = {
    { "id",            wf_read_name,   AT(id),                true,  NULL },
    { "label",         wf_read_word,   AT(words),             false, &wf_word_label },
    { "help",          wf_read_word,   AT(words),             false, &wf_word_help },
    { "required",      wf_read_bool,   AT(required),          false, NULL },
    { "readonly",      wf_read_bool,   AT(readonly),          false, NULL },
    { "private",       wf_read_bool,   AT(hidden_by_default), false, NULL },
    { "min",           read_min,       0,                     false, NULL },
    { "max",           read_max,       0,                     false, NULL },
    { "visible-when",  wf_read_when,   AT(visible_when),      false, NULL },
    { "required-when", wf_read_when,   AT(required_when),     false, NULL },
    { "readonly-when", wf_read_when,   AT(readonly_when),     false, NULL },
    { "default",       leave_for_type, 0,                     false, NULL },
};
/* clang-format on */
#undef AT

/* --- A field */

static void parse_own_option(struct wf_load *load, const struct wf_elem *elem,
                             void *parent)
{
    struct wf_field *field = parent;

    if (!field->choices) {
        struct wf_choices *own = WF_NEW(load->arena, struct wf_choices);

        own->place = elem->place;
        field->choices = own;
        load->own_choices = own;
    }
    wf_parse_option(load, elem, load->own_choices);
}

static const struct wf_kid_row field_kids[] = { { "option",
                                                  parse_own_option } };

const struct wf_shape wf_field_shape = { field_attrs, WF_COUNT(field_attrs),
                                         field_kids, WF_COUNT(field_kids),
                                         offsetof(struct wf_field, words) };

static const char *path_of(struct wf_load *load, const struct wf_field *field)
{
    return load->items ? wf_arena_printf(load->arena, "%s.%s", load->items->id,
                                         field->id)
                       : field->id;
}

/* Puts a field that was read where it belongs: behind its brothers, and under
 * its path. */
static void add_field(struct wf_load *load, const struct wf_elem *elem,
                      struct wf_field *field)
{
    struct wf_form *form = load->form;
    struct wf_place place = wf_place_of(elem, "id");
    const struct wf_field *other;
    struct wf_field_at *at;

    field->path = path_of(load, field);
    other = wf_map_find(&form->paths, field->path);
    if (other) {
        wf_diag_at(load->diags, place, "duplicate",
                   "there is a field \"%s\" already, in line %d", field->path,
                   other->place.line);
        return;
    }
    if (wf_name_of(field->id) != WF_NAME_UNKNOWN || wf_streq(field->id, "doc")
        || wf_streq(field->id, "settings"))
        wf_diag_at(load->diags, place, "reserved",
                   "no field may be called \"%s\": the word has a meaning of "
                   "its own in formulas",
                   field->id);
    if (wf_expr_is_keyword(field->id))
        wf_diag_warn_at(load->diags, place, "keyword",
                        "formulas and hooks cannot read a field called \"%s\", "
                        "a word of their syntax; call it otherwise",
                        field->id);
    if (!wf_load_room(load, elem, form->n_fields, WF_MAX_FIELDS))
        return;
    form->n_fields++;
    (void)wf_map_add(load->arena, &form->paths, field->path, field);
    *load->fields_end = field;
    load->fields_end = &field->next;
    at = WF_PUSH(load->scratch, &load->fields);
    at->field = field;
    at->elem = elem;
}

static struct wf_field *new_field(struct wf_load *load,
                                  const struct wf_elem *elem)
{
    struct wf_field *field = WF_NEW(load->arena, struct wf_field);

    field->place = elem->place;
    field->items = load->items;
    field->section = load->section;
    field->digits = -1;
    field->type = WF_N_FIELD_TYPES; /* until said */
    return field;
}

static void parse_field(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_field *field = new_field(load, elem);

    (void)parent;
    load->field = field;
    wf_load_read(load, elem, &wf_field_shape, field);
    if (field->type == WF_N_FIELD_TYPES)
        field->type = WF_F_JSON; /* a mistake already: no more of them */
    else
        wf_read_by_type(load, elem, field);
    load->field = NULL;
    if (field->id)
        add_field(load, elem, field);
}

/* --- Item tables and sections */

/* Columns are read once the table itself stands under its path. */
static void leave_column(struct wf_load *load, const struct wf_elem *elem,
                         void *parent)
{
    (void)load, (void)elem, (void)parent;
}

/* clang-format off */
static const struct wf_kid_row items_kids[] = { { "field", leave_column } };
/* clang-format on */

const struct wf_shape wf_items_shape = { items_attrs, WF_COUNT(items_attrs),
                                         items_kids, WF_COUNT(items_kids),
                                         offsetof(struct wf_field, words) };

static void parse_columns(struct wf_load *load, const struct wf_elem *elem,
                          struct wf_field *table)
{
    struct wf_field **fields_end = load->fields_end;

    load->items = table;
    load->fields_end = &table->columns;
    for (const struct wf_elem *kid = elem->first; kid; kid = kid->next)
        if (wf_elem_is(kid, "field"))
            parse_field(load, kid, table);
    load->fields_end = fields_end;
    load->items = NULL;
}

static void parse_items(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_field *table = new_field(load, elem);

    (void)parent;
    table->type = WF_F_ITEMS;
    load->field = table;
    wf_load_read(load, elem, &wf_items_shape, table);
    wf_read_by_type(load, elem, table);
    load->field = NULL;
    if (!table->id)
        return;
    add_field(load, elem, table);
    parse_columns(load, elem, table);
    if (!table->columns)
        wf_diag_at(load->diags, elem->place, "required",
                   "<items> needs at least one <field>: its columns");
}

/* clang-format off */
static const struct wf_attr_row section_attrs[] = {
    { "id",           wf_read_id,   offsetof(struct wf_section, id),           true,  NULL },
    { "label",        wf_read_word, offsetof(struct wf_section, words),        false, &wf_word_label },
    { "help",         wf_read_word, offsetof(struct wf_section, words),        false, &wf_word_help },
    { "visible-when", wf_read_when, offsetof(struct wf_section, visible_when), false, NULL },
};
static const struct wf_kid_row section_kids[] = {
    { "field", parse_field },
    { "items", parse_items },
};
/* clang-format on */

static const struct wf_shape section_shape = {
    section_attrs, WF_COUNT(section_attrs), section_kids,
    WF_COUNT(section_kids), offsetof(struct wf_section, words)
};

static void parse_section(struct wf_load *load, const struct wf_elem *elem,
                          void *parent)
{
    struct wf_section *section = WF_NEW(load->arena, struct wf_section);
    struct wf_section **end = &load->form->sections;
    size_t n = 0;

    (void)parent;
    section->place = elem->place;
    load->section = section;
    wf_load_read(load, elem, &section_shape, section);
    load->section = NULL;
    for (; *end; end = &(*end)->next, n++)
        if (section->id && wf_streq((*end)->id, section->id))
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is a section \"%s\" already, in line %d",
                       section->id, (*end)->place.line);
    if (section->id && wf_load_room(load, elem, n, WF_MAX_FIELDS))
        *end = section;
}

/* clang-format off */
static const struct wf_kid_row fields_kids[] = {
    { "field",        parse_field },
    { "items",        parse_items },
    { "section",      parse_section },
    { "rollup",       wf_parse_rollup },
    { "metric-value", wf_parse_metric_value },
};
/* clang-format on */

static const struct wf_shape fields_shape = { NULL, 0, fields_kids,
                                              WF_COUNT(fields_kids),
                                              WF_NO_WORDS };

void wf_parse_fields(struct wf_load *load, const struct wf_elem *elem,
                     void *parent)
{
    wf_load_read(load, elem, &fields_shape, parent);
}
