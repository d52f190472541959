/* def/check_field.c - whether the bounds of fields can be kept at all, and
 * whether the fields that the form itself names are of the right type.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "def/check.h"
#include "def/limits.h"

/* --- Bounds */

static bool is_whole(double number)
{
    return number >= 0 && floor(number) == number;
}

/* Characters, members and rows are counted: whole, and not below nothing. */
static bool counts(const struct wf_field *field)
{
    return wf_field_kind(field->type)->counts_members
           || wf_field_kind(field->type)->type == WF_T_TEXT;
}

static void check_bounds(struct wf_load *load, const struct wf_field_at *at)
{
    const struct wf_field *field = at->field;
    struct wf_place min = wf_place_of(at->elem, "min");
    struct wf_place max = wf_place_of(at->elem, "max");

    if (field->has_min && field->has_max && field->min > field->max)
        wf_diag_at(load->diags, max, "bounds",
                   "max=\"%g\" is below min=\"%g\": no value would do",
                   field->max, field->min);
    if (!counts(field))
        return;
    if (field->has_min && !is_whole(field->min))
        wf_diag_at(load->diags, min, "type",
                   "min=\"%g\" counts something here: write a whole number",
                   field->min);
    if (field->has_max && !is_whole(field->max))
        wf_diag_at(load->diags, max, "type",
                   "max=\"%g\" counts something here: write a whole number",
                   field->max);
    if (field->type == WF_F_ITEMS && field->max > WF_MAX_ROWS)
        wf_diag_at(load->diags, max, "limit", "a table has at most %d rows",
                   WF_MAX_ROWS);
}

/* --- Totals: n rows of values between min and max must be able to reach it */

static void check_total(struct wf_load *load, const struct wf_field_at *at)
{
    const struct wf_field *field = at->field;
    const struct wf_field *table = field->items;
    struct wf_place place = wf_place_of(at->elem, "total");
    bool fixed = field->readonly && field->default_kind == WF_DEFAULT_LITERAL
                 && wf_json_is(field->default_value, WF_JSON_NUMBER);
    double rows;

    if (!table) {
        wf_diag_at(load->diags, place, "type",
                   "total=\"…\" is what a column adds up to; write it on a "
                   "field of <items>");
        return;
    }
    if (field->has_max && table->has_max
        && table->max * field->max < field->total)
        wf_diag_at(load->diags, place, "total",
                   "at most %g rows of at most %g never add up to %g",
                   table->max, field->max, field->total);
    if (field->has_min && table->has_min
        && table->min * field->min > field->total)
        wf_diag_at(load->diags, place, "total",
                   "at least %g rows of at least %g are more than %g",
                   table->min, field->min, field->total);
    if (!fixed)
        return;
    rows = field->total / field->default_value->u.number;
    if (!is_whole(rows) || (table->has_max && rows > table->max)
        || (table->has_min && rows < table->min))
        wf_diag_at(load->diags, place, "total",
                   "rows of %g each never add up to %g",
                   field->default_value->u.number, field->total);
}

/* --- Attributes that exclude one another */

static void check_derived(struct wf_load *load, const struct wf_field_at *at)
{
    static const char *const without[] = { "default", "required",
                                           "required-when" };

    if (!wf_elem_attr(at->elem, "formula"))
        return;
    for (size_t i = 0; i < WF_COUNT(without); i++)
        if (wf_elem_attr(at->elem, without[i]))
            wf_diag_at(load->diags, wf_place_of(at->elem, without[i]),
                       "conflict",
                       "a field with a formula is filled by it; leave out "
                       "%s=\"…\"",
                       without[i]);
}

/* A default that its own field would refuse. */
static void check_default(struct wf_load *load, const struct wf_field_at *at)
{
    const struct wf_field *field = at->field;
    const struct wf_json *value = field->default_value;
    struct wf_place place = wf_place_of(at->elem, "default");
    double number = field->type == WF_F_DURATION && value
                        ? wf_value_of(load->scratch, field, value).u.number
                        : wf_json_num(value, NAN);

    if ((field->has_min && number < field->min)
        || (field->has_max && number > field->max))
        wf_diag_at(load->diags, place, "bounds",
                   "default=\"%g\" is outside of min and max", number);
    if (wf_json_is(value, WF_JSON_TEXT) && field->choices
        && !wf_choices_find(field->choices, wf_json_str(value)))
        wf_diag_at(load->diags, place, "unknown",
                   "default=\"%s\" is none of the options", wf_json_str(value));
}

/* --- Fields that the form names */

#define BIT(type) (1u << (type))

static const unsigned numbers = BIT(WF_F_NUMBER) | BIT(WF_F_PERCENT)
                                | BIT(WF_F_MONEY) | BIT(WF_F_RATING)
                                | BIT(WF_F_PROGRESS) | BIT(WF_F_DURATION);

static void check_role(struct wf_load *load, const char *attr,
                       const struct wf_field *field, unsigned types,
                       const char *wanted)
{
    struct wf_place place = wf_place_of(load->root, attr);

    if (!field || !wf_elem_attr(load->root, attr))
        return;
    if (field->items || !(types & BIT(field->type)))
        wf_diag_at(load->diags, place, "type",
                   "%s=\"%s\" must name a field of type %s outside of tables",
                   attr, field->path, wanted);
}

static void check_roles(struct wf_load *load)
{
    const struct wf_form *form = load->form;

    check_role(load, "subject", form->subject, BIT(WF_F_PERSON), "person");
    check_role(load, "parent", form->parent, BIT(WF_F_LINK), "link");
    check_role(load, "score", form->score,
               numbers | BIT(WF_F_CHOICE) | BIT(WF_F_TEXT), "number");
    check_role(load, "due", form->due, BIT(WF_F_DATE) | BIT(WF_F_DATETIME),
               "date");
    check_role(load, "progress", form->progress, numbers, "progress");
    check_role(load, "period", form->period, BIT(WF_F_PERIOD), "period");
}

static void check_unique(struct wf_load *load)
{
    struct wf_place place = wf_place_of(load->root, "unique");

    for (const struct wf_field **at = load->form->unique; at && *at; at++) {
        if ((*at)->items || (*at)->columns)
            wf_diag_at(load->diags, place, "type",
                       "\"%s\" is part of a table and cannot be unique",
                       (*at)->path);
        else if ((*at)->hidden_by_default)
            wf_diag_at(load->diags, place, "private",
                       "\"%s\" is private: whether a value is taken would "
                       "show it",
                       (*at)->path);
    }
}

/* Rows are no rows of an index. */
static void check_index(struct wf_load *load, const struct wf_field_at *at)
{
    if (at->field->items && wf_elem_attr(at->elem, "index"))
        wf_diag_at(load->diags, wf_place_of(at->elem, "index"), "type",
                   "\"%s\" is part of a table and has no index",
                   at->field->path);
}

void wf_check_fields(struct wf_load *load)
{
    for (size_t i = 0; i < load->fields.n; i++) {
        const struct wf_field_at *at = &load->fields.at[i];

        check_bounds(load, at);
        check_index(load, at);
        if (at->field->has_total)
            check_total(load, at);
        check_derived(load, at);
        check_default(load, at);
    }
    check_roles(load);
    check_unique(load);
}
