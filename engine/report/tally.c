/* report/tally.c - adding up: what is gathered for each measure, and the
 * results that it comes to.
 *
 * Sums are kept as two numbers whose sum is exact, and results are rounded to
 * 12 digits before they are to those of the measure: in whatever order a store
 * gives its rows, the answer is the same.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "report/run.h"

enum {
    SURE_DIGITS = 12
};

void wf_tally_init(const struct wf_run *run, struct wf_row *row)
{
    struct wf_arena *arena = run->call->arena;
    size_t n = run->report->n_measures;

    row->accs = WF_NEW_N(arena, struct wf_acc, n);
    row->results = WF_NEW_N(arena, double, n);
    row->there = WF_NEW_N(arena, bool, n);
    if (!run->report->floor)
        return;
    row->people = WF_NEW(arena, struct wf_idset);
    row->subjects = WF_NEW(arena, struct wf_idset);
    row->own_people = WF_NEW(arena, struct wf_idset);
    row->own_subjects = WF_NEW(arena, struct wf_idset);
}

static void add_sum(struct wf_acc *acc, double value)
{
    double sum = acc->sum + value;
    double back = sum - acc->sum;

    acc->rest += (acc->sum - (sum - back)) + (value - back);
    acc->sum = sum;
}

static void add_bounds(struct wf_acc *acc, double min, double max)
{
    acc->min = acc->n == 0 || min < acc->min ? min : acc->min;
    acc->max = acc->n == 0 || max > acc->max ? max : acc->max;
}

static void add_distinct(struct wf_run *run, struct wf_acc *acc,
                         struct wf_value value)
{
    struct wf_buf text = WF_BUF_INIT(run->call->arena);

    if (wf_value_write(&text, value)
        && !wf_map_find(&acc->seen, wf_buf_text(&text)))
        (void)wf_map_add(run->call->arena, &acc->seen, wf_buf_text(&text), acc);
}

/* One value of `n` documents. */
static void add_value(struct wf_run *run, const struct wf_measure *measure,
                      struct wf_acc *acc, struct wf_value value, int64_t n)
{
    if (wf_value_holds(value))
        acc->holds += n;
    if (measure->fn == WF_MEASURE_DISTINCT)
        add_distinct(run, acc, value);
    if (value.type != WF_T_NUMBER)
        return;
    add_sum(acc, value.u.number * (double)n);
    add_bounds(acc, value.u.number, value.u.number);
    acc->n += n;
}

/* SUM, COUNT, MIN, MAX of the store. */
static void add_sums(struct wf_acc *acc, struct wf_stmt *stmt, int at)
{
    int64_t n = wf_stmt_int(stmt, at + 1);

    if (n == 0)
        return;
    add_sum(acc, wf_stmt_real(stmt, at));
    add_bounds(acc, wf_stmt_real(stmt, at + 2), wf_stmt_real(stmt, at + 3));
    acc->n += n;
}

static wf_id person_of(const struct wf_fact_column *column)
{
    wf_id id = 0;

    if (column && column->value.type == WF_T_PERSON)
        (void)wf_id_parse(column->value.u.text, &id);
    return id;
}

/* Whose they are: with a floor so many people must be there. A document without
 * a writer is an anonymous answer, and each is somebody's. */
static void add_people(struct wf_run *run, struct wf_idset *people,
                       struct wf_idset *subjects, int64_t n)
{
    wf_id creator = person_of(run->creator);

    if (!run->report->floor)
        return;
    for (int64_t i = 0; i < (creator ? 1 : n); i++)
        (void)wf_idset_add(run->call->arena, people,
                           creator ? creator : -(wf_id)people->n - 1);
    if (run->subject)
        (void)wf_idset_add(run->call->arena, subjects, person_of(run->subject));
}

void wf_tally_add_own(struct wf_run *run, struct wf_row *row, int64_t n)
{
    row->own += n;
    add_people(run, row->own_people, row->own_subjects, n);
}

bool wf_tally_add(struct wf_run *run, struct wf_row *row, struct wf_stmt *stmt,
                  const struct wf_env *env, int64_t n, weft_error *err)
{
    int sums = run->at_sums;
    size_t i = 0;

    row->documents += n;
    add_people(run, row->people, row->subjects, n);
    for (const struct wf_measure *m = run->report->measures; m;
         m = m->next, i++) {
        struct wf_value value;

        if (run->values[i]) {
            if (!wf_expr_eval(run->values[i], env, &value, err))
                return false;
            add_value(run, m, &row->accs[i], value, n);
        } else if (m->value.expr) {
            add_sums(&row->accs[i], stmt, sums);
            sums += 4;
        }
    }
    return true;
}

/* --- Results */

static double rounded(double value, int digits)
{
    int size = value > 0 || value < 0 ? (int)floor(log10(fabs(value))) : 0;
    int sure = SURE_DIGITS - 1 - size;

    if (sure > 15)
        sure = 15;
    if (sure > -15)
        value = wf_number_round(value, sure);
    return wf_number_round(value, digits);
}

/* False: there is none. */
static bool result_of(const struct wf_measure *measure,
                      const struct wf_acc *acc, int64_t documents, double *out)
{
    switch (measure->fn) {
    case WF_MEASURE_COUNT:
        *out = (double)(measure->value.expr ? acc->holds : documents);
        return true;
    case WF_MEASURE_SUM:
        *out = acc->sum + acc->rest;
        return true;
    case WF_MEASURE_AVG:
        *out = acc->n ? (acc->sum + acc->rest) / (double)acc->n : 0;
        return acc->n > 0;
    case WF_MEASURE_MIN:
        *out = acc->min;
        return acc->n > 0;
    case WF_MEASURE_MAX:
        *out = acc->max;
        return acc->n > 0;
    case WF_MEASURE_SHARE:
        *out = documents ? 100.0 * (double)acc->holds / (double)documents : 0;
        return documents > 0;
    case WF_MEASURE_DISTINCT:
        *out = (double)acc->seen.n;
        return true;
    case WF_MEASURE_FORMULA:
        break;
    }
    return false;
}

/* The results so far, as the document that a formula is over. */
static bool work_out(struct wf_run *run, const struct wf_measure *measure,
                     const struct wf_row *row, struct wf_value *out,
                     weft_error *err)
{
    struct wf_arena *arena = run->call->arena;
    struct wf_json *data = wf_json_object(arena);
    struct wf_run_env env;
    size_t i = 0;

    for (const struct wf_measure *m = run->report->measures; m != measure;
         m = m->next, i++)
        if (row->there[i])
            wf_json_set(arena, data, m->id,
                        wf_json_number(arena, row->results[i]));
    wf_run_env_init(&env, run, arena);
    env.env.data = data;
    return wf_expr_eval(measure->formula.expr, &env.env, out, err);
}

bool wf_tally_finish(struct wf_run *run, struct wf_row *row, weft_error *err)
{
    size_t i = 0;

    for (const struct wf_measure *m = run->report->measures; m;
         m = m->next, i++) {
        struct wf_value value = wf_value_nil;

        if (m->fn == WF_MEASURE_FORMULA) {
            if (!m->formula.expr || !work_out(run, m, row, &value, err))
                return false;
            row->there[i] = value.type == WF_T_NUMBER;
            row->results[i] = row->there[i] ? value.u.number : 0;
        } else {
            row->there[i] =
                result_of(m, &row->accs[i], row->documents, &row->results[i]);
        }
        row->results[i] = rounded(row->results[i], m->digits);
    }
    return true;
}
