/* doc/rules.c - what a document must meet: its rules, and what stops an
 * action: required fields, least numbers of rows, totals.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/error.h"
#include "doc/covers.h"
#include "doc/derive.h"
#include "doc/fields.h"
#include "doc/smart.h"
#include "doc/stage.h"
#include "doc/warn.h"

/* Weights such as 33.3 + 33.3 + 33.4 are no exact doubles. */
#define TOTAL_TOLERANCE 1e-9

/* The rows in which a field stands: those of its table, or once outside. */
static size_t n_rows(const struct wf_doc *doc, const struct wf_field *field)
{
    return field && field->items
               ? wf_json_len(wf_json_get(doc->data, field->items->id))
               : 1;
}

static const struct wf_json *row_at(const struct wf_doc *doc,
                                    const struct wf_field *field, size_t i)
{
    return field && field->items
               ? wf_json_get(doc->data, field->items->id)->u.array.at[i]
               : NULL;
}

/* One rule being asked of a document. */
struct asking {
    struct wf_call *call;
    const struct wf_doc *doc;
    const struct wf_rule *rule;
    const struct wf_rights *rights; /* of the reader; NULL: not known yet */
    struct wf_rights found;
    struct wf_doc_env env;
};

/* What the reader sees: whoever acts, also where a hook acts for them as the
 * system. A document that is being made has no seats yet. */
static bool find_rights(struct asking *a, weft_error *err)
{
    const struct wf_place_asked start = { a->doc->form->start->id, NULL };
    bool system = a->call->system;
    bool found;

    a->call->system = system && !a->call->me;
    found = wf_access_decide_asked(
        a->call, a->doc, a->doc->stored ? NULL : &start, &a->found, err);
    a->call->system = system;
    a->rights = &a->found;
    return found;
}

static bool sees(const void *self, const struct wf_field *field)
{
    const struct asking *a = self;

    return wf_rights_see(a->rights, a->doc->form, field);
}

struct openness {
    const struct wf_form *form;
    bool closed;
};

static void look_open(void *self, const struct wf_field *field)
{
    struct openness *o = self;

    o->closed = o->closed || !wf_field_is_open(o->form, field);
}

/* What it says to the reader; NULL: nothing. */
static bool message_of(struct asking *a, const char **out, weft_error *err)
{
    const struct wf_template *says = wf_say_in(a->rule->says, a->call->lang);
    const struct wf_sight reader = { sees, a };
    struct openness o = { a->doc->form, false };

    *out = wf_words_get(a->rule->words, a->call->lang, WF_WORD_MESSAGE);
    if (!says)
        return true;
    if (!a->rights)
        wf_template_uses(says, look_open, &o);
    if (!a->rights && o.closed && !find_rights(a, err))
        return false;
    return wf_template_fill_for(says, a->rights ? &reader : NULL, &a->env.env,
                                out, err);
}

static bool report_rule(struct asking *a, size_t row, weft_error *err)
{
    const struct wf_rule *rule = a->rule;
    const char *place =
        rule->field ? wf_field_place(a->call->arena, rule->field, row) : "";
    const char *message;

    if (!message_of(a, &message, err))
        return false;
    if (message)
        wf_diag_field_text(a->call->findings, rule->severity, place, "rule",
                           message);
    else
        wf_diag_field(a->call->findings, place, "rule",
                      "A rule of the form does not hold here: %s must not be "
                      "so.",
                      wf_expr_text(rule->when));
    return true;
}

/* `rights` of who reads what it says; NULL: call->me's. */
static bool check_rule(struct wf_call *call, const struct wf_doc *doc,
                       const struct wf_rule *rule,
                       const struct wf_rights *rights, weft_error *err)
{
    struct asking a = {
        .call = call, .doc = doc, .rule = rule, .rights = rights
    };
    bool broken;

    wf_doc_env_init(&a.env, call, doc);
    for (size_t i = 0; i < n_rows(doc, rule->field); i++) {
        a.env.env.row = row_at(doc, rule->field, i);
        if (!wf_expr_holds(rule->when, &a.env.env, &broken, err)
            || (broken && !report_rule(&a, i + 1, err)))
            return false;
    }
    return true;
}

bool wf_rules_check(struct wf_call *call, const struct wf_doc *doc, bool saving,
                    weft_error *err)
{
    for (const struct wf_rule *r = doc->form->rules; r; r = r->next)
        if (saving == (r->severity == WF_SEVERITY_ERROR)
            && (!saving || r->on_save) && !check_rule(call, doc, r, NULL, err))
            return false;
    return true;
}

bool wf_rules_always(struct wf_call *call, const struct wf_doc *doc,
                     weft_error *err)
{
    size_t n_before = call->findings->n_errors;

    for (const struct wf_rule *r = doc->form->rules; r; r = r->next)
        if (r->on_always && !check_rule(call, doc, r, NULL, err))
            return false;
    return call->findings->n_errors == n_before
           || wf_fail(err, WEFT_E_INVALID,
                      "This would break a rule of \"%s\", which takes values "
                      "from this document.",
                      doc->title);
}

struct reading {
    const struct wf_form *form;
    const struct wf_rights *rights;
    bool all_seen;
};

static void look(void *self, const struct wf_field *field)
{
    struct reading *reading = self;

    reading->all_seen &= wf_rights_see(reading->rights, reading->form, field);
}

bool wf_rules_warn(struct wf_call *call, const struct wf_doc *doc,
                   const struct wf_rights *rights, weft_error *err)
{
    for (const struct wf_rule *r = doc->form->rules; r; r = r->next) {
        struct reading reading = { doc->form, rights, true };

        if (r->severity != WF_SEVERITY_WARNING)
            continue;
        if (r->field)
            look(&reading, r->field);
        wf_expr_uses(r->when, look, &reading);
        if (reading.all_seen && !check_rule(call, doc, r, rights, err))
            return false;
    }
    wf_smart_warn(call, doc, rights);
    return true;
}

static bool holds_or_none(struct wf_call *call, const struct wf_doc *doc,
                          const struct wf_expr *when, const struct wf_json *row,
                          bool *out, weft_error *err)
{
    struct wf_doc_env env;

    *out = true;
    if (!when)
        return true;
    wf_doc_env_init(&env, call, doc);
    env.env.row = row;
    return wf_expr_holds(when, &env.env, out, err);
}

bool wf_field_is_visible(struct wf_call *call, const struct wf_doc *doc,
                         const struct wf_field *field,
                         const struct wf_json *row, bool *out, weft_error *err)
{
    const struct wf_section *section = field->section;

    if (!holds_or_none(call, doc, field->visible_when, row, out, err))
        return false;
    if (*out && section
        && !holds_or_none(call, doc, section->visible_when, NULL, out, err))
        return false;
    return !*out || !field->items
           || wf_field_is_visible(call, doc, field->items, NULL, out, err);
}

/* Whether the field itself asks to be filled, in this row. */
static bool asks(struct wf_call *call, const struct wf_doc *doc,
                 const struct wf_field *field, const struct wf_json *row,
                 bool *out, weft_error *err)
{
    *out = field->required;
    if (*out || !field->required_when)
        return true;
    return holds_or_none(call, doc, field->required_when, row, out, err);
}

static void report_missing(struct wf_call *call, const struct wf_field *field,
                           size_t row)
{
    wf_diag_field(call->findings, wf_field_place(call->arena, field, row),
                  "required", "%s is missing: fill it in first.",
                  wf_field_label(call, field));
}

/* What the step asks of its people. */
struct asked {
    const struct wf_field_set *edit, *require;
};

static bool is_in(const struct wf_field_set *set, const struct wf_field *field)
{
    return set && wf_field_set_has(set, field);
}

static bool check_filled(struct wf_call *call, const struct wf_doc *doc,
                         const struct asked *asked,
                         const struct wf_field *field, weft_error *err)
{
    bool named = is_in(asked->require, field);
    bool editable = is_in(asked->edit, field);

    if (wf_field_is_derived(field) || (!named && !editable))
        return true;
    for (size_t i = 0; i < n_rows(doc, field); i++) {
        const struct wf_json *row = row_at(doc, field, i);
        bool wanted = named;

        if (!wf_json_is_nothing(wf_field_value(field, doc->data, row)))
            continue;
        if (!wanted && !asks(call, doc, field, row, &wanted, err))
            return false;
        if (wanted && !wf_field_is_visible(call, doc, field, row, &wanted, err))
            return false;
        if (wanted)
            report_missing(call, field, i + 1);
    }
    return true;
}

static bool check_min_rows(struct wf_call *call, const struct wf_doc *doc,
                           const struct wf_field *table, weft_error *err)
{
    size_t n = wf_json_len(wf_json_get(doc->data, table->id));
    bool visible;

    if (!table->has_min || (double)n >= table->min)
        return true;
    if (!wf_field_is_visible(call, doc, table, NULL, &visible, err))
        return false;
    if (visible)
        wf_diag_field(call->findings, table->path, "length",
                      "%s needs at least %.0f rows and has %zu: add some.",
                      wf_field_label(call, table), table->min, n);
    return true;
}

static void check_total(struct wf_call *call, const struct wf_doc *doc,
                        const struct wf_field *column)
{
    size_t n = n_rows(doc, column);
    char wanted[32], found[32];
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        const struct wf_json *json =
            wf_field_value(column, doc->data, row_at(doc, column, i));
        struct wf_value value = wf_value_of(call->arena, column, json);

        if (value.type == WF_T_NUMBER)
            sum += value.u.number;
    }
    if (!n || fabs(sum - column->total) <= TOTAL_TOLERANCE)
        return;
    wf_number_write(column->total, wanted);
    wf_number_write(wf_json_number(call->arena, sum)->u.number, found);
    wf_diag_field(call->findings, column->path, "total",
                  "%s must total %s over all rows, and totals %s: change some "
                  "of them.",
                  wf_field_label(call, column), wanted, found);
}

static bool check_fields(struct wf_call *call, const struct wf_doc *doc,
                         const struct asked *asked, weft_error *err)
{
    const struct wf_form *form = doc->form;

    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f)) {
        if (!check_filled(call, doc, asked, f, err)
            || (f->type == WF_F_ITEMS && !check_min_rows(call, doc, f, err)))
            return false;
        if (f->has_total && f->items)
            check_total(call, doc, f);
    }
    return true;
}

bool wf_complete_check(struct wf_call *call, const struct wf_doc *doc,
                       const struct wf_field_set *edit,
                       const struct wf_field_set *require, weft_error *err)
{
    const struct asked asked = { edit, require };

    if (!wf_stage_frozen(call, doc) && !check_fields(call, doc, &asked, err))
        return false;
    for (const struct wf_rule *r = doc->form->rules; r; r = r->next)
        if (r->severity == WF_SEVERITY_ERROR
            && !check_rule(call, doc, r, NULL, err))
            return false;
    return true;
}

bool wf_begun_check(struct wf_call *call, const struct wf_doc *doc,
                    const struct wf_field_set *later, weft_error *err)
{
    static const struct wf_field_set all = { .all = true };
    const struct asked asked = { &all, NULL };
    const struct wf_form *form = doc->form;

    if (!later->all && later->n == 0)
        return wf_complete_check(call, doc, &all, NULL, err);
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        if (!wf_field_set_has(later, f)
            && !check_filled(call, doc, &asked, f, err))
            return false;
    return true;
}

static void add_place(struct wf_call *call, struct wf_json *places,
                      const struct wf_field *field, size_t row)
{
    wf_json_push(
        call->arena, places,
        wf_json_text(call->arena, wf_field_place(call->arena, field, row)));
}

bool wf_fields_now(struct wf_call *call, const struct wf_doc *doc,
                   struct wf_json **visible, struct wf_json **required,
                   weft_error *err)
{
    struct wf_json *shown = wf_json_array(call->arena);
    struct wf_json *wanted = wf_json_array(call->arena);

    for (const struct wf_field *f = wf_field_after(doc->form, NULL); f;
         f = wf_field_after(doc->form, f))
        for (size_t i = 0; i < n_rows(doc, f); i++) {
            const struct wf_json *row = row_at(doc, f, i);
            bool is_shown, is_wanted = false;

            if (!wf_field_is_visible(call, doc, f, row, &is_shown, err)
                || (is_shown && !wf_field_is_derived(f)
                    && !asks(call, doc, f, row, &is_wanted, err)))
                return false;
            if (is_shown)
                add_place(call, shown, f, i + 1);
            if (is_wanted)
                add_place(call, wanted, f, i + 1);
        }
    *visible = shown;
    *required = wanted;
    return true;
}
