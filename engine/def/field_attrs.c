/* def/field_attrs.c - the attributes of a field whose meaning hangs on its
 * type: which may stand there at all, defaults, options, units.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/date.h"
#include "base/messages.h"
#include "base/str.h"
#include "base/text.h"
#include "def/limits.h"
#include "def/parse.h"

#define BIT(type) (1u << (type))

enum {
    TEXTS = BIT(WF_F_TEXT) | BIT(WF_F_LONGTEXT) | BIT(WF_F_EMAIL)
            | BIT(WF_F_URL) | BIT(WF_F_PHONE),
    NUMBERS = BIT(WF_F_NUMBER) | BIT(WF_F_PERCENT) | BIT(WF_F_MONEY)
              | BIT(WF_F_DURATION) | BIT(WF_F_PROGRESS),
    MEMBERS = BIT(WF_F_CHOICES) | BIT(WF_F_PEOPLE) | BIT(WF_F_LINKS)
              | BIT(WF_F_TAGS) | BIT(WF_F_FILES) | BIT(WF_F_ITEMS),
    CHOICES = BIT(WF_F_CHOICE) | BIT(WF_F_CHOICES),
    LINKS = BIT(WF_F_LINK) | BIT(WF_F_LINKS),
    FILES = BIT(WF_F_FILE) | BIT(WF_F_FILES) | BIT(WF_F_AUDIO),
    /* what a formula can give */
    DERIVED = ~(MEMBERS | FILES | BIT(WF_F_JSON) | BIT(WF_F_LINK)) & 0x7fffffff,
};

/* clang-format off */
static const struct attr_types {
    const char *name;
    unsigned types;
    const char *said; /* for the message */
} attr_types[] = {
    { "min",     TEXTS | NUMBERS | MEMBERS, WF_MESSAGE("texts, numbers, lists and tables") },
    { "max",     TEXTS | NUMBERS | MEMBERS | BIT(WF_F_AUDIO), WF_MESSAGE("texts, numbers, lists, tables and sound") },
    { "digits",  NUMBERS,                   WF_MESSAGE("numbers") },
    { "total",   NUMBERS,                   WF_MESSAGE("numbers") },
    { "pattern", TEXTS,                     WF_MESSAGE("texts") },
    { "options", CHOICES,                   WF_MESSAGE("choice and choices") },
    { "scale",   BIT(WF_F_RATING),          WF_MESSAGE("rating") },
    { "reverse", BIT(WF_F_RATING),          WF_MESSAGE("rating") },
    { "form",    LINKS,                     WF_MESSAGE("link and links") },
    { "text",    BIT(WF_F_PROGRESS),        WF_MESSAGE("progress") },
    { "formula", DERIVED,                   WF_MESSAGE("fields with a single value") },
};
/* clang-format on */

static void check_attr_types(struct wf_load *load, const struct wf_elem *elem,
                             const struct wf_field *field)
{
    for (size_t i = 0; i < WF_COUNT(attr_types); i++) {
        const struct wf_attr *attr = wf_elem_attr(elem, attr_types[i].name);

        if (attr && !(attr_types[i].types & BIT(field->type)))
            wf_diag_at(load->diags, attr->place, "type",
                       "%s=\"…\" means nothing for a field of type %s; it is "
                       "for %s",
                       attr->name, wf_field_kind(field->type)->word,
                       wf_message(load->diags->lang, attr_types[i].said));
    }
}

/* --- Defaults */

static struct wf_json *literal_list(struct wf_load *load, const char *text)
{
    struct wf_json *list = wf_json_array(load->arena);
    struct wf_str rest = wf_str_of(text), part;

    while (wf_str_split(&rest, ' ', &part))
        if (part.len)
            wf_json_push(load->arena, list,
                         wf_json_text_n(load->arena, part.at, part.len));
    return list;
}

static struct wf_json *literal_number(struct wf_load *load,
                                      const struct wf_field *field,
                                      double number)
{
    struct wf_value value = { .type = WF_T_NUMBER, .u.number = number };

    return wf_value_to_json(load->arena, field, value);
}

/* Whether `text` is of the form that the type wants, for types kept as text. */
static bool is_literal(const struct wf_field *field, const char *text)
{
    struct wf_period period;
    int32_t day;
    int64_t ms;

    switch (field->type) {
    case WF_F_DATE:
        return wf_date_parse(wf_str_of(text), &day);
    case WF_F_DATETIME:
        return wf_time_parse(wf_str_of(text), &ms);
    case WF_F_PERIOD:
        return wf_period_parse(wf_str_of(text), &period)
               && period.unit == field->period;
    case WF_F_PERSON:
    case WF_F_PEOPLE:
    case WF_F_LINK:
    case WF_F_LINKS:
    case WF_F_FILE:
    case WF_F_FILES:
    case WF_F_AUDIO:
    case WF_F_JSON:
        return false;
    default:
        return true;
    }
}

static const struct wf_json *literal(struct wf_load *load,
                                     const struct wf_attr *attr,
                                     const struct wf_field *field)
{
    bool truth = false;
    struct wf_duration duration;
    double number;

    if (field->type == WF_F_DURATION
        && wf_duration_parse(wf_str_of(attr->value), &duration))
        return wf_json_text(load->arena, attr->value);
    if (BIT(field->type) & (NUMBERS | BIT(WF_F_RATING))) {
        if (!wf_load_number(load, attr, &number))
            return NULL;
        return field->type == WF_F_MONEY || field->type == WF_F_DURATION
                   ? literal_number(load, field, number)
                   : wf_json_number(load->arena, number);
    }
    if (field->type == WF_F_BOOLEAN) {
        wf_read_bool(load, attr, &truth, NULL);
        return wf_json_bool(load->arena, truth);
    }
    if (!is_literal(field, attr->value)) {
        wf_diag_at(load->diags, attr->place, "type",
                   "default=\"%s\" is no value of type %s", attr->value,
                   wf_field_kind(field->type)->word);
        return NULL;
    }
    return wf_field_kind(field->type)->counts_members
               ? literal_list(load, attr->value)
               : wf_json_text(load->arena, attr->value);
}

static void default_formula(struct wf_load *load, const struct wf_attr *attr,
                            struct wf_field *field)
{
    struct wf_ref *ref =
        wf_load_refer(load, WF_REF_EXPR, attr, &field->default_formula);

    ref->text++; /* the = */
    ref->place.column++;
    ref->want = WF_T_ANY;
    ref->owner = field;
    ref->items = load->items;
    field->default_kind = WF_DEFAULT_FORMULA;
}

static void read_default(struct wf_load *load, const struct wf_attr *attr,
                         struct wf_field *field)
{
    const char *text = attr->value;

    if (wf_str_starts(text, "lua:")) {
        field->default_kind = WF_DEFAULT_LUA;
        field->default_lua = wf_arena_str(load->arena, text + strlen("lua:"));
    } else if (field->type == WF_F_ITEMS) {
        wf_diag_at(load->diags, attr->place, "type",
                   "the rows of a table come from a hook: write "
                   "default=\"lua:NAME\"");
    } else if (text[0] == '=') {
        default_formula(load, attr, field);
    } else if (wf_streq(text, "me")
               && (field->type == WF_F_PERSON || field->type == WF_F_PEOPLE
                   || field->type == WF_F_UNIT)) {
        field->default_kind = WF_DEFAULT_ME;
    } else if (wf_streq(text, "this") && field->type == WF_F_PERIOD) {
        field->default_kind = WF_DEFAULT_THIS;
    } else {
        field->default_kind = WF_DEFAULT_LITERAL;
        field->default_value = literal(load, attr, field);
    }
}

/* --- Options and scales */

static void unknown_choices(struct wf_load *load, struct wf_place place,
                            const char *noun, const char *id,
                            const struct wf_choices *known)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(id);

    for (; known; known = known->next)
        wf_suggest_offer(&guess, known->id);
    wf_load_unknown(load, place, noun, &guess);
}

static void read_options(struct wf_load *load, const struct wf_attr *attr,
                         struct wf_field *field)
{
    const char *text = attr->value;

    if (field->choices)
        wf_diag_at(load->diags, attr->place, "conflict",
                   "options=\"…\" and <option> exclude one another; write one "
                   "of the two");
    if (wf_str_starts(text, "list:")) {
        const char *id = text + strlen("list:");
        struct wf_place place = attr->place;

        place.column += (int)strlen("list:");
        field->choices = wf_package_list(load->package, id);
        if (!field->choices)
            unknown_choices(load, place, WF_MESSAGE("list"), id,
                            load->package->lists);
    } else if (wf_str_starts(text, "lua:")) {
        field->options_lua = wf_arena_str(load->arena, text + strlen("lua:"));
    } else {
        field->options_form = wf_arena_str(load->arena, text);
    }
}

static void read_scale(struct wf_load *load, const struct wf_elem *elem,
                       struct wf_field *field)
{
    const char *id = wf_elem_get(elem, "scale");

    if (!id) {
        wf_diag_at(load->diags, elem->place, "required",
                   "a rating needs scale=\"ID\": a <scale> of package.xml");
        return;
    }
    field->scale = wf_package_scale(load->package, id);
    if (!field->scale)
        unknown_choices(load, wf_place_of(elem, "scale"), WF_MESSAGE("scale"),
                        id, load->package->scales);
}

/* --- What a type needs */

static void read_period(struct wf_load *load, const struct wf_elem *elem,
                        struct wf_field *field)
{
    const char *unit = wf_elem_get(elem, "unit");

    field->period = wf_period_unit_of(unit ? unit : "");
    if (field->period == WF_PERIOD_NONE)
        wf_diag_at(load->diags, wf_place_of(elem, "unit"), "required",
                   "a period needs unit=\"week\", \"month\", \"quarter\", "
                   "\"half\" or \"year\"");
}

static void read_money(struct wf_load *load, const struct wf_elem *elem,
                       struct wf_field *field)
{
    const struct wf_attr *unit = wf_elem_attr(elem, "unit");

    field->currency = unit ? wf_arena_str(load->arena, unit->value) : "CNY";
    if (unit && !wf_currency_known(unit->value))
        wf_diag_at(load->diags, unit->place, "unknown",
                   "unit=\"%s\" is no currency; write one such as CNY or EUR",
                   unit->value);
}

static void need_options(struct wf_load *load, const struct wf_elem *elem,
                         const struct wf_field *field)
{
    bool has = wf_field_kind(field->type)->has_options;

    if (has && !field->choices && !field->options_lua && !field->options_form
        && !wf_elem_attr(elem, "options"))
        wf_diag_at(load->diags, elem->place, "required",
                   "a field of type %s needs <option>s, or options=\"…\"",
                   wf_field_kind(field->type)->word);
    if (!has && field->choices)
        wf_diag_at(load->diags, field->choices->place, "type",
                   "<option> means nothing for a field of type %s; it is for "
                   "choice and choices",
                   wf_field_kind(field->type)->word);
}

static void need_form(struct wf_load *load, const struct wf_elem *elem,
                      const struct wf_field *field)
{
    if (!field->form)
        wf_diag_at(load->diags, elem->place, "required",
                   "a field of type %s needs form=\"ID\": where it leads to",
                   wf_field_kind(field->type)->word);
}

void wf_read_by_type(struct wf_load *load, const struct wf_elem *elem,
                     struct wf_field *field)
{
    const struct wf_attr *options = wf_elem_attr(elem, "options");
    const struct wf_attr *value = wf_elem_attr(elem, "default");

    check_attr_types(load, elem, field);
    if (options && (BIT(field->type) & CHOICES))
        read_options(load, options, field);
    need_options(load, elem, field);
    if (field->type == WF_F_RATING)
        read_scale(load, elem, field);
    if (field->type == WF_F_PERIOD)
        read_period(load, elem, field);
    if (field->type == WF_F_MONEY)
        read_money(load, elem, field);
    if (BIT(field->type) & LINKS)
        need_form(load, elem, field);
    if (value)
        read_default(load, value, field);
}
