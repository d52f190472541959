/* report/span.h - the stretch of time that a report is about.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_SPAN_H
#define WF_REPORT_SPAN_H

#include "base/date.h"
#include "def/report.h"
#include "report/facts.h"

struct wf_span {
    bool is_set;
    struct wf_period period; /* unit none: it is no single one */
    int32_t first, last;     /* days */
    int64_t from, until;     /* ms, `until` excluded */
};

/* The whole of a period, in `zone`. */
struct wf_span wf_span_of(struct wf_period period, const char *zone);

/* The span from `first` on to the end of `last`. */
struct wf_span wf_span_between(struct wf_period first, struct wf_period last,
                               const char *zone);

/* Appends " AND …": the report's date is within the span. Of a period field it
 * is asked whether its first day is. */
void wf_span_add(const struct wf_facts *facts, const struct wf_report *report,
                 const struct wf_span *span, struct wf_query *query);

/* Appends " JOIN (…) p ON …": a row of `document d` for each of the `n` periods
 * from `first` on that ended, or goes on, while it was open: `p.no` as of
 * wf_span_add_number(), `p.until` the moment (ms), `now` at most. */
void wf_span_add_open(const struct wf_report *report, struct wf_period first,
                      int n, int64_t now, struct wf_query *query);

/* Appends a number for each of the `n` periods from `first` on: 0 … n - 1, -1
 * before and behind them. Not for a date that is a period itself. */
void wf_span_add_number(const struct wf_facts *facts,
                        const struct wf_report *report, struct wf_period first,
                        int n, struct wf_query *query);

#endif
