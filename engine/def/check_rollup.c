/* def/check_rollup.c - whether a rollup can be worked out: what it needs is
 * said, what it asks of itself is not derived, and no two forms take from one
 * another what they match by.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "def/check.h"
#include "def/link.h"
#include "def/metric.h"

/* --- The field that takes it */

static void check_field(struct wf_load *load, const struct wf_rollup_at *at)
{
    const struct wf_field *field = at->rollup->field;
    struct wf_place place = wf_place_of(at->elem, "field");

    if (!field)
        return;
    if (field->items || field->columns)
        wf_diag_at(load->diags, place, "type",
                   "a rollup gives its value to a field outside of tables");
    else if (field->formula)
        wf_diag_at(load->diags, place, "duplicate",
                   "\"%s\" has a formula: take one of both away", field->path);
}

/* --- What its function needs */

static bool is_number(const struct wf_field *field)
{
    return wf_field_kind(field->type)->type == WF_T_NUMBER;
}

static bool may_meet_absent(enum wf_rollup_fn fn)
{
    return fn == WF_ROLLUP_AVG || fn == WF_ROLLUP_WEIGHTED
           || fn == WF_ROLLUP_MIN || fn == WF_ROLLUP_MAX;
}

static void require(struct wf_load *load, const struct wf_rollup_at *at,
                    const char *attr, const char *what)
{
    if (!wf_elem_attr(at->elem, attr))
        wf_diag_at(load->diags, at->elem->place, "required",
                   "this rollup needs %s: %s", attr, what);
}

static void check_needs(struct wf_load *load, const struct wf_rollup_at *at)
{
    const struct wf_rollup *rollup = at->rollup;
    const char *lang = load->diags->lang;

    if (!wf_elem_attr(at->elem, "fn") || rollup->fn == WF_ROLLUP_MANUAL)
        return;
    require(load, at, "of",
            wf_message(lang, WF_MESSAGE("the form whose documents it takes "
                                        "values from")));
    if (rollup->via && rollup->match)
        wf_diag_at(load->diags, wf_place_of(at->elem, "match"), "duplicate",
                   "via and match exclude one another");
    if (!rollup->via && !rollup->match)
        require(load, at, "via",
                wf_message(lang, WF_MESSAGE("the link by which the others name "
                                            "this one; or match, fields that "
                                            "are equal in both")));
    if (rollup->fn != WF_ROLLUP_COUNT)
        require(load, at, "value",
                wf_message(lang, WF_MESSAGE("what is taken of each of them")));
    if (rollup->fn == WF_ROLLUP_WEIGHTED)
        require(load, at, "weight",
                wf_message(lang, WF_MESSAGE("how much each of them counts")));
    if (may_meet_absent(rollup->fn))
        require(load, at, "absent",
                wf_message(lang, WF_MESSAGE("what one without a value does: "
                                            "drop, zero or block")));
    if (rollup->fn != WF_ROLLUP_LATEST && rollup->field
        && !is_number(rollup->field))
        wf_diag_at(load->diags, wf_place_of(at->elem, "field"), "type",
                   "\"%s\" is no number, and only fn=\"latest\" gives anything "
                   "else",
                   rollup->field->path);
}

/* --- What points need */

static void check_metric(struct wf_load *load, const struct wf_rollup_at *at)
{
    const struct wf_rollup *rollup = at->rollup;
    const struct wf_world *world = load->world;
    const struct wf_metric *metric =
        world->other && rollup->metric
            ? (const void *)world->other(world->self, "metric", rollup->metric)
            : NULL;

    if (!world->other || !rollup->metric)
        return;
    if (!metric && !world->open)
        wf_diag_at(load->diags, wf_place_of(at->elem, "metric"), "unknown",
                   "there is no metric \"%s\"", rollup->metric);
    if (!metric || !rollup->subject)
        return;
    if (metric->of == WF_METRIC_PERSON && rollup->subject->type != WF_F_PERSON)
        wf_diag_at(load->diags, wf_place_of(at->elem, "subject"), "type",
                   "\"%s\" is measured of people: subject is a field of type "
                   "person",
                   rollup->metric);
    if (metric->of == WF_METRIC_UNIT && rollup->subject->type != WF_F_UNIT)
        wf_diag_at(load->diags, wf_place_of(at->elem, "subject"), "type",
                   "\"%s\" is measured of units: subject is a field of type "
                   "unit",
                   rollup->metric);
}

static void check_points(struct wf_load *load, const struct wf_rollup_at *at)
{
    const struct wf_rollup *rollup = at->rollup;

    if (rollup->field && !is_number(rollup->field))
        wf_diag_at(load->diags, wf_place_of(at->elem, "field"), "type",
                   "\"%s\" is no number, and points add up to one",
                   rollup->field->path);
    if (rollup->subject
        && (rollup->subject->items
            || (rollup->subject->type != WF_F_PERSON
                && rollup->subject->type != WF_F_UNIT)))
        wf_diag_at(load->diags, wf_place_of(at->elem, "subject"), "type",
                   "subject is a field of type person or unit outside of "
                   "tables");
    else
        check_metric(load, at);
    if (rollup->over
        && (rollup->over->items || rollup->over->type != WF_F_PERIOD))
        wf_diag_at(load->diags, wf_place_of(at->elem, "over"), "type",
                   "over is a field of type period outside of tables: the days "
                   "whose points count");
}

/* --- What it may ask */

struct asked {
    struct wf_load *load;
    struct wf_place place;
};

static void see_when(void *self, const struct wf_field *field)
{
    const struct asked *asked = self;

    if (field->formula || field->rolled)
        wf_diag_at(asked->load->diags, asked->place, "derived",
                   "when is asked before anything is worked out and cannot "
                   "read \"%s\", which is derived",
                   field->path);
}

static void see_mine(void *self, const struct wf_field *field)
{
    const struct asked *asked = self;

    if (field->formula || field->rolled)
        wf_diag_at(asked->load->diags, asked->place, "derived",
                   "doc.%s is derived, and a rollup may read only what was "
                   "entered in the document that takes it",
                   field->path);
}

static void check_asked(struct wf_load *load, const struct wf_rollup_at *at)
{
    const struct wf_rollup *rollup = at->rollup;
    const struct {
        const char *name;
        const struct wf_expr *expr;
    } rows[] = { { "value", rollup->value },
                 { "weight", rollup->weight },
                 { "where", rollup->where } };
    struct asked asked = { load, wf_place_of(at->elem, "when") };

    if (rollup->when)
        wf_expr_uses(rollup->when, see_when, &asked);
    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        asked.place = wf_place_of(at->elem, rows[i].name);
        if (rows[i].expr)
            wf_expr_uses_mine(rows[i].expr, see_mine, &asked);
    }
}

/* --- Circles. A tree's links are looked at when they are made; fields that
 * match are equal for ever, so that two forms that take from one another by
 * them would turn round at once. */

enum {
    DEPTH_MAX = 16
};

static bool takes_from(const struct wf_form *form, const char *id, int depth)
{
    for (const struct wf_rollup *r = form->rollups; r; r = r->next) {
        bool same_period = true;

        if (!r->source || !r->n_matches)
            continue;
        for (size_t i = 0; i < r->n_matches; i++)
            same_period = same_period && !r->matches[i].before;
        if (same_period
            && (wf_streq(r->source->id, id)
                || (depth < DEPTH_MAX && r->source != form
                    && takes_from(r->source, id, depth + 1))))
            return true;
    }
    return false;
}

static void check_circle(struct wf_load *load, const struct wf_rollup_at *at)
{
    const struct wf_rollup *rollup = at->rollup;

    if (rollup->n_matches && rollup->source
        && takes_from(load->form, load->form->id, 0))
        wf_diag_at(load->diags, wf_place_of(at->elem, "of"), "circle",
                   "documents of this form and of \"%s\" would take their "
                   "values from one another in a circle",
                   rollup->source_id);
}

void wf_check_rollups(struct wf_load *load)
{
    for (size_t i = 0; i < load->rollups.n; i++) {
        const struct wf_rollup_at *at = &load->rollups.at[i];

        check_field(load, at);
        if (at->rollup->fn == WF_ROLLUP_POINTS)
            check_points(load, at);
        else
            check_needs(load, at);
        check_asked(load, at);
        check_circle(load, at);
    }
}
