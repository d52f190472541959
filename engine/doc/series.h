/* doc/series.h - the points of a metric, read: one by one, by spans, and what a
 * span adds up to.
 *
 * Points are brought by plan/. Days are counted in the zone of the metric's
 * package and are kept added up; hours are added up when they are asked for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_SERIES_H
#define WF_DOC_SERIES_H

#include "base/date.h"
#include "def/metric.h"
#include "org/call.h"

/* The series of a subject (a person's id or a unit's key, as text); 0: it has
 * no points. */
WF_MUST_CHECK bool wf_series_find(struct wf_call *call, const char *metric,
                                  const char *subject, wf_id *out,
                                  weft_error *err);

/* What points add up to. n 0: there are none. */
struct wf_sums {
    int64_t at; /* where the span begins, ms */
    int64_t n;
    double total, least, most, last;
    int64_t last_at;
};
struct wf_sums_list {
    struct wf_sums *at;
    size_t n, cap;
};
void wf_sums_add(struct wf_sums *sums, const struct wf_sums *more);

/* false: there is no value. */
bool wf_sums_value(const struct wf_sums *sums, enum wf_metric_fn fn,
                   double *out);

/* The span that `at` is in: from *begins on, up to *ends excluded. */
void wf_series_span(const char *zone, enum wf_metric_span span, int64_t at,
                    int64_t *begins, int64_t *ends);

/* What to read: from `from` to `to`, both included, at most `max` points or
 * spans. */
struct wf_series_query {
    wf_id series;
    const char *zone;
    enum wf_metric_span span; /* WF_SPAN_POINT: each point */
    int64_t from, to;
    size_t max;
};
WF_MUST_CHECK bool wf_series_read(struct wf_call *call,
                                  const struct wf_series_query *query,
                                  struct wf_sums_list *out, weft_error *err);

/* All of the days from `first` to `last` added up. */
WF_MUST_CHECK bool wf_series_days(struct wf_call *call, wf_id series,
                                  int32_t first, int32_t last,
                                  struct wf_sums *out, weft_error *err);

/* The mean of `fn` over the days from `first` to `last` that have points, or
 * how they scatter (of a sample). *there is false where the series does not go
 * back that far, or has too few days. */
struct wf_back {
    wf_id series;
    enum wf_metric_fn fn;
    int32_t first, last;
    bool sd;
};
WF_MUST_CHECK bool wf_series_back(struct wf_call *call,
                                  const struct wf_back *back, bool *there,
                                  double *out, weft_error *err);

#endif
