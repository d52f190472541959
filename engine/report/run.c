/* report/run.c - a report as one query: the store gathers what is alike, the
 * rest is worked out here, once for all that are alike.
 *
 * Access is the same condition as in lists; a document counts only where its
 * reader sees every field that the report reads of it, so that no number tells
 * what a page does not show.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/run.h"

#include "base/error.h"
#include "doc/veil.h"

enum {
    COLUMNS_MAX = 48, /* that it is grouped by */
    UNITS = 200000000 /* of formulas */
};

/* --- What the store can ask by itself */

static bool is_askable(const struct wf_report *report,
                       const struct wf_node *node)
{
    const struct wf_form *form = report->form;

    switch (node->op) {
    case WF_OP_FIELD:
        return (node->field->index || !wf_fact_is_column(form, node->field))
               && !node->field->items
               && wf_field_kind(node->field->type)->type != WF_T_LIST;
    case WF_OP_NAME:
        return node->name != WF_NAME_CREATED && node->name != WF_NAME_UPDATED
               && node->name != WF_NAME_ME
               && !(report->open && node->name == WF_NAME_HEALTH);
    case WF_OP_CONST:
    case WF_OP_SETTING:
        return true;
    case WF_OP_AND:
    case WF_OP_OR:
    case WF_OP_NOT:
    case WF_OP_EQ:
    case WF_OP_NE:
    case WF_OP_LT:
    case WF_OP_LE:
    case WF_OP_GT:
    case WF_OP_GE:
        for (size_t i = 0; i < node->n_args; i++)
            if (!is_askable(report, node->args[i]))
                return false;
        return true;
    default:
        return false;
    }
}

static bool is_summed(const struct wf_measure *measure)
{
    const struct wf_field *field =
        measure->value.expr ? wf_expr_field(measure->value.expr) : NULL;

    return field && measure->value.expr->root->type == WF_T_NUMBER
           && (measure->fn == WF_MEASURE_SUM || measure->fn == WF_MEASURE_AVG
               || measure->fn == WF_MEASURE_MIN
               || measure->fn == WF_MEASURE_MAX);
}

/* --- What is read */

static bool reads_me(const struct wf_node *node)
{
    bool found = node->op == WF_OP_NAME && node->name == WF_NAME_ME;

    for (size_t i = 0; i < node->n_args && !found; i++)
        found = reads_me(node->args[i]);
    return found;
}

static struct wf_expr *take(struct wf_run *run, const struct wf_expr *expr)
{
    run->reads_me = run->reads_me || reads_me(expr->root);
    return wf_facts_take(&run->facts, expr);
}

static void join_field(void *self, const struct wf_field *field)
{
    struct wf_run *run = self;

    wf_fields_join(run->call->arena, &run->fields, field);
}

static void take_where(struct wf_run *run)
{
    const struct wf_expr *where = run->report->where.expr;

    if (!where)
        return;
    wf_expr_uses(where, join_field, run);
    if (!is_askable(run->report, where->root))
        run->where = take(run, where);
}

static bool is_period(const struct wf_field *field)
{
    return field && wf_field_kind(field->type)->type == WF_T_PERIOD;
}

static void take_groups(struct wf_run *run)
{
    const struct wf_report *report = run->report;
    size_t i = 0;

    run->groups =
        WF_NEW_N(run->call->arena, struct wf_expr *, report->n_groups + 1);
    for (const struct wf_report_group *g = report->groups; g && !run->whole;
         g = g->next, i++) {
        if (g->many)
            join_field(run, g->many);
        else if (g->value.expr)
            run->groups[i] = take(run, g->value.expr);
        else if (is_period(report->date_field))
            run->date = wf_facts_field(&run->facts, report->date_field);
    }
}

static void take_measures(struct wf_run *run)
{
    const struct wf_report *report = run->report;
    size_t i = 0;

    run->values =
        WF_NEW_N(run->call->arena, struct wf_expr *, report->n_measures + 1);
    for (const struct wf_measure *m = report->measures; m; m = m->next, i++) {
        if (is_summed(m))
            join_field(run, wf_expr_field(m->value.expr));
        else if (m->value.expr)
            run->values[i] = take(run, m->value.expr);
    }
}

static void take_people(struct wf_run *run)
{
    const struct wf_form *form = run->report->form;

    if (run->report->floor) {
        run->creator = wf_facts_name(&run->facts, WF_NAME_CREATOR);
        if (form->subject)
            run->subject = wf_facts_field(&run->facts, form->subject);
    }
    if (run->ask->unit && form->subject)
        join_field(run, form->subject);
}

/* --- The span */

static const struct wf_report_group *period_group(
    const struct wf_report *report)
{
    const struct wf_report_group *g = report->groups;

    while (g && g->over == WF_PERIOD_NONE)
        g = g->next;
    return g;
}

static struct wf_period present(const struct wf_run *run,
                                enum wf_period_unit unit)
{
    int32_t day = 0, of_day;

    (void)wf_zone_to_local(run->report->form->package->timezone, run->call->now,
                           &day, &of_day);
    return wf_period_at(unit, day);
}

static bool bad_period(const struct wf_run *run, weft_error *err)
{
    if (!run->report->date)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The report \"%s\" is about no period: it says no date. "
                       "Leave period out.",
                       run->report->head.id);
    return wf_fail(err, WEFT_E_MALFORMED,
                   "\"%.40s\" is no period that this report knows: write a %s, "
                   "such as 2026, 2026-Q4, 2026-11 or 2026-W48.",
                   run->ask->period,
                   run->report->over ? wf_period_unit_name(run->report->over)
                                     : wf_period_unit_name(WF_PERIOD_MONTH));
}

/* The last periods of the group that is by them. */
static void span_of_group(struct wf_run *run, const struct wf_report_group *g)
{
    const char *zone = run->report->form->package->timezone;
    struct wf_period last = present(run, g->over);

    if (run->span.is_set)
        last = wf_period_at(g->over, run->span.last);
    run->first = run->span.is_set ? wf_period_at(g->over, run->span.first)
                                  : wf_period_step(last, 1 - g->last);
    if (!run->span.is_set)
        run->span = wf_span_between(run->first, last, zone);
}

static bool check_unit(const struct wf_run *run, weft_error *err)
{
    const char *unit = run->ask->unit;

    return !unit || wf_units_find(&run->units, wf_str_of(unit))
           || wf_fail(err, WEFT_E_MALFORMED, "There is no unit \"%s\".", unit);
}

static bool find_span(struct wf_run *run, weft_error *err)
{
    const struct wf_report *report = run->report;
    const char *zone = report->form->package->timezone;
    const struct wf_report_group *g = period_group(report);
    struct wf_period period = { .unit = WF_PERIOD_NONE };

    if (run->ask->period
        && (!report->date
            || !wf_period_parse(wf_str_of(run->ask->period), &period)
            || (report->over && period.unit != report->over)))
        return bad_period(run, err);
    if (!run->ask->period && report->over)
        period = present(run, report->over);
    if (!run->ask->period && report->floor)
        period = wf_period_step(period, -1); /* one that is over */
    if (period.unit != WF_PERIOD_NONE)
        run->span = wf_span_of(period, zone);
    if (g)
        span_of_group(run, g);
    return true;
}

/* --- Conditions */

/* The fields that a version has of those that are read. */
static bool seen_fields(const void *self, struct wf_arena *arena,
                        const struct wf_form *version, struct wf_fields *out)
{
    const struct wf_fields *fields = self;

    for (size_t i = 0; i < fields->n; i++) {
        const struct wf_field *field =
            wf_form_field(version, fields->at[i]->path);

        if (field)
            *WF_PUSH(arena, out) = field;
    }
    return true;
}

static void add_unit(struct wf_run *run, struct wf_query *query)
{
    if (!run->ask->unit)
        return;
    wf_query_add(query, run->report->form->subject ? WF_SQL(" AND d.subject")
                                                   : WF_SQL(" AND d.creator"));
    wf_query_add(query, WF_SQL(" IN (SELECT p.id FROM unit u"
                               " JOIN unit_above a ON a.above = u.id"
                               " JOIN person p ON p.unit = a.unit"
                               " WHERE u.key = "));
    wf_query_bind_text(query, run->ask->unit);
    wf_query_add(query, WF_SQL(")"));
}

bool wf_run_add_conditions(struct wf_run *run, struct wf_query *query,
                           weft_error *err)
{
    const struct wf_report *report = run->report;
    const struct wf_ask ask = { .form = report->form_id,
                                .fields = seen_fields,
                                .self = &run->fields };
    const struct wf_expr *where = report->where.expr;

    if (!wf_ask_add(run->call, &ask, query, err))
        return false;
    if (!report->with_void)
        wf_query_add(query, WF_SQL(" AND d.state <> 'void'"));
    if (where && !run->where) {
        wf_query_add(query, WF_SQL(" AND "));
        if (!wf_when_query(run->call, report->form, where, query, err))
            return false;
    }
    wf_span_add(&run->facts, report, &run->span, query);
    add_unit(run, query);
    return true;
}

/* --- The query */

static void add_ordinals(struct wf_query *query, int n)
{
    /* clang-format off */
    static const struct wf_sql ordinals[COLUMNS_MAX] = {
        { "1" }, { ", 2" }, { ", 3" }, { ", 4" }, { ", 5" }, { ", 6" },
        { ", 7" }, { ", 8" }, { ", 9" }, { ", 10" }, { ", 11" }, { ", 12" },
        { ", 13" }, { ", 14" }, { ", 15" }, { ", 16" }, { ", 17" }, { ", 18" },
        { ", 19" }, { ", 20" }, { ", 21" }, { ", 22" }, { ", 23" }, { ", 24" },
        { ", 25" }, { ", 26" }, { ", 27" }, { ", 28" }, { ", 29" }, { ", 30" },
        { ", 31" }, { ", 32" }, { ", 33" }, { ", 34" }, { ", 35" }, { ", 36" },
        { ", 37" }, { ", 38" }, { ", 39" }, { ", 40" }, { ", 41" }, { ", 42" },
        { ", 43" }, { ", 44" }, { ", 45" }, { ", 46" }, { ", 47" }, { ", 48" },
    };
    /* clang-format on */

    if (n > 0)
        wf_query_add(query, WF_SQL(" GROUP BY "));
    for (int i = 0; i < n; i++)
        wf_query_add(query, ordinals[i]);
}

const struct wf_report_group *wf_run_many(const struct wf_run *run)
{
    const struct wf_report_group *g = run->whole ? NULL : run->report->groups;

    while (g && !g->many)
        g = g->next;
    return g;
}

bool wf_run_repeats(const struct wf_run *run)
{
    return !run->whole && (wf_run_many(run) || run->report->open);
}

static int n_periods(const struct wf_run *run, const struct wf_report_group *g)
{
    struct wf_period at = run->first;
    int n = 0;

    while (n < WF_MAX_REPORT_PERIODS && wf_period_start(at) <= run->span.last) {
        at = wf_period_step(at, 1);
        n++;
    }
    (void)g;
    return n;
}

int wf_run_add_columns(struct wf_run *run, struct wf_query *query)
{
    const struct wf_report_group *g =
        run->whole ? NULL : period_group(run->report);
    const struct wf_report_group *many = wf_run_many(run);
    int n = (int)run->facts.columns.n;

    wf_facts_add(&run->facts, query);
    if (g && !run->date) {
        run->at_period = n++;
        if (run->report->open)
            wf_query_add(query, WF_SQL("p.no"));
        else
            wf_span_add_number(&run->facts, run->report, run->first,
                               n_periods(run, g), query);
        wf_query_add(query, WF_SQL(", "));
    }
    if (many) {
        run->at_many = n++;
        wf_query_add(query, WF_SQL("g.text, "));
    }
    return n;
}

static void add_sums(struct wf_run *run)
{
    struct wf_query *query = &run->query;

    for (const struct wf_measure *m = run->report->measures; m; m = m->next) {
        const struct wf_fact fact = {
            .kind = WF_FACT_FIELD,
            .type = WF_T_NUMBER,
            .field = is_summed(m) ? wf_expr_field(m->value.expr) : NULL,
        };

        if (!fact.field)
            continue;
        wf_query_add(query, WF_SQL(", SUM("));
        wf_fact_add(&run->facts, &fact, query);
        wf_query_add(query, WF_SQL("), COUNT("));
        wf_fact_add(&run->facts, &fact, query);
        wf_query_add(query, WF_SQL("), MIN("));
        wf_fact_add(&run->facts, &fact, query);
        wf_query_add(query, WF_SQL("), MAX("));
        wf_fact_add(&run->facts, &fact, query);
        wf_query_add(query, WF_SQL(")"));
    }
}

/* In all, of the last period alone: nothing is open twice. */
static void add_open(const struct wf_run *run, struct wf_query *query)
{
    const struct wf_report_group *g = period_group(run->report);
    struct wf_period last = run->first;
    int n = 1;

    if (!run->report->open)
        return;
    if (!g)
        last = run->span.period;
    else if (run->whole)
        last = wf_period_at(g->over, run->span.last);
    else
        n = n_periods(run, g);
    wf_span_add_open(run->report, last, n, run->call->now, query);
}

void wf_run_add_joins(const struct wf_run *run, struct wf_query *query)
{
    const struct wf_report_group *many = wf_run_many(run);

    add_open(run, query);
    if (!many)
        return;
    wf_query_add(query, WF_SQL(" JOIN field_index g ON g.document = d.id"
                               " AND g.field = "));
    wf_query_bind_text(query, many->many->path);
}

static bool make_query(struct wf_run *run, weft_error *err)
{
    struct wf_query *query = &run->query;
    int n;

    wf_query_add(query, WF_SQL("SELECT "));
    n = wf_run_add_columns(run, query);
    if (n > COLUMNS_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "The report reads more than %d different facts.",
                       COLUMNS_MAX);
    run->at_count = n;
    run->at_sums = n + 1;
    wf_query_add(query, WF_SQL("COUNT(*)"));
    add_sums(run);
    wf_query_add(query, WF_SQL(" FROM document d"));
    wf_run_add_joins(run, query);
    wf_query_add(query, WF_SQL(" WHERE "));
    if (!wf_run_add_conditions(run, query, err))
        return false;
    add_ordinals(query, n);
    wf_query_add(query, WF_SQL(" LIMIT "));
    wf_query_bind_int(query, WF_RUN_ROWS_MAX + 1);
    return true;
}

bool wf_run_begin(struct wf_run *run, struct wf_call *call,
                  const struct wf_report *report,
                  const struct wf_report_ask *ask, bool whole, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(call->arena);

    *run = (struct wf_run){ .call = call,
                            .report = report,
                            .ask = ask,
                            .whole = whole,
                            .query = query,
                            .at_period = -1,
                            .at_many = -1,
                            .units_left = UNITS };
    if (!wf_units_load(call, &run->units, err) || !check_unit(run, err)
        || !find_span(run, err))
        return false;
    run->facts.call = call;
    run->facts.form = report->form;
    run->facts.units = &run->units;
    run->facts.then = report->open;
    take_where(run);
    take_groups(run);
    take_measures(run);
    take_people(run);
    wf_facts_fields(&run->facts, &run->fields);
    if (report->date_field)
        join_field(run, report->date_field);
    return make_query(run, err);
}
