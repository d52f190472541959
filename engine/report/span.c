/* report/span.c - the stretch of time that a report is about.
 *
 * Times in the store are milliseconds, days and periods texts that sort by
 * time; the bounds of both are worked out here, in the package's zone, so that
 * no store counts days. A period is compared by its year and unit: "2026-11"
 * lies in "2026-Q4", because all texts of one unit that do stand in a list.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/span.h"

enum {
    PERIODS_MAX = 60 /* within a span, of a unit; a year has 53 weeks */
};

struct wf_span wf_span_between(struct wf_period first, struct wf_period last,
                               const char *zone)
{
    struct wf_span span = { .is_set = true };

    span.first = wf_period_start(first);
    span.last = wf_period_end(last);
    (void)wf_zone_from_local(zone, span.first, 0, &span.from);
    (void)wf_zone_from_local(zone, span.last + 1, 0, &span.until);
    return span;
}

struct wf_span wf_span_of(struct wf_period period, const char *zone)
{
    struct wf_span span = wf_span_between(period, period, zone);

    span.period = period;
    return span;
}

/* --- What the date is in the store */

static enum wf_type type_of(const struct wf_report *report)
{
    return report->date_field ? wf_field_kind(report->date_field->type)->type
                              : WF_T_NIL; /* a column of ms */
}

static void add_date(const struct wf_facts *facts,
                     const struct wf_report *report, struct wf_query *query)
{
    const struct wf_fact field = { .kind = WF_FACT_FIELD,
                                   .type = type_of(report),
                                   .field = report->date_field };
    const struct wf_fact name = { .kind = WF_FACT_NAME,
                                  .name = wf_streq(report->date, "updated")
                                              ? WF_NAME_UPDATED
                                              : WF_NAME_CREATED };

    wf_fact_add(facts, report->date_field ? &field : &name, query);
}

/* A bound: the first moment of `day`. */
static void bind_bound(const struct wf_facts *facts,
                       const struct wf_report *report, int32_t day, int64_t ms,
                       struct wf_query *query)
{
    char text[WF_TIME_TEXT];

    switch (type_of(report)) {
    case WF_T_NIL:
        wf_query_bind_int(query, ms);
        return;
    case WF_T_DATE:
        wf_date_write(day, text);
        break;
    default:
        wf_time_write(ms, text);
    }
    wf_query_bind_text(query, wf_arena_str(facts->call->arena, text));
}

/* All periods of the field's unit that begin within the span. */
static void add_periods(const struct wf_facts *facts,
                        const struct wf_report *report,
                        const struct wf_span *span, struct wf_query *query)
{
    struct wf_period at = wf_period_at(report->date_field->period, span->first);
    char text[WF_PERIOD_TEXT];
    int n = 0;

    if (wf_period_start(at) < span->first)
        at = wf_period_step(at, 1);
    wf_query_add(query, WF_SQL(" AND "));
    add_date(facts, report, query);
    wf_query_add(query, WF_SQL(" IN ("));
    for (; wf_period_start(at) <= span->last && n < PERIODS_MAX;
         at = wf_period_step(at, 1)) {
        wf_period_write(at, text);
        wf_query_add(query, n++ > 0 ? WF_SQL(", ") : WF_SQL(""));
        wf_query_bind_text(query, wf_arena_str(facts->call->arena, text));
    }
    if (n == 0)
        wf_query_bind_text(query, "");
    wf_query_add(query, WF_SQL(")"));
}

void wf_span_add(const struct wf_facts *facts, const struct wf_report *report,
                 const struct wf_span *span, struct wf_query *query)
{
    if (!span->is_set || report->open)
        return;
    if (type_of(report) == WF_T_PERIOD) {
        add_periods(facts, report, span, query);
        return;
    }
    wf_query_add(query, WF_SQL(" AND "));
    add_date(facts, report, query);
    wf_query_add(query, WF_SQL(" >= "));
    bind_bound(facts, report, span->first, span->from, query);
    wf_query_add(query, WF_SQL(" AND "));
    add_date(facts, report, query);
    wf_query_add(query, WF_SQL(" < "));
    bind_bound(facts, report, span->last + 1, span->until, query);
}

void wf_span_add_number(const struct wf_facts *facts,
                        const struct wf_report *report, struct wf_period first,
                        int n, struct wf_query *query)
{
    const char *zone = report->form->package->timezone;
    struct wf_period at = first;

    wf_query_add(query, WF_SQL("CASE"));
    for (int i = 0; i <= n; i++, at = wf_period_step(at, 1)) {
        struct wf_span span = wf_span_of(at, zone);

        wf_query_add(query, WF_SQL(" WHEN "));
        add_date(facts, report, query);
        wf_query_add(query, WF_SQL(" < "));
        bind_bound(facts, report, span.first, span.from, query);
        wf_query_add(query, WF_SQL(" THEN CAST("));
        wf_query_bind_int(query, i - 1);
        wf_query_add(query, WF_SQL(" AS BIGINT)"));
    }
    wf_query_add(query, WF_SQL(" ELSE -1 END"));
}

/* What has ended was touched last as it ended. */
void wf_span_add_open(const struct wf_report *report, struct wf_period first,
                      int n, int64_t now, struct wf_query *query)
{
    const char *zone = report->form->package->timezone;
    struct wf_period at = first;

    wf_query_add(query, WF_SQL(" JOIN ("));
    for (int i = 0; i < n; i++, at = wf_period_step(at, 1)) {
        int64_t until = wf_span_of(at, zone).until;

        wf_query_add(query, i > 0 ? WF_SQL(" UNION ALL SELECT CAST(")
                                  : WF_SQL("SELECT CAST("));
        wf_query_bind_int(query, i);
        wf_query_add(query, WF_SQL(" AS BIGINT) AS no, CAST("));
        wf_query_bind_int(query, until < now ? until : now);
        wf_query_add(query, WF_SQL(" AS BIGINT) AS until"));
    }
    wf_query_add(query,
                 WF_SQL(") p ON d.created <= p.until"
                        " AND (d.state = 'open' OR d.updated > p.until)"));
}
