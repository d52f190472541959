/* api/metric.h - points as people send them, read and checked before anything
 * is locked.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_METRIC_H
#define WF_API_METRIC_H

#include "api/command.h"
#include "plan/metric.h"

/* One row as it came; the members of a point are NULL until it is checked. */
struct wf_feed_row {
    const char *metric, *subject, *at;
    const struct wf_json *value;
    const char *text; /* of CSV, instead of `value` */
};

/* What was sent, and what became of it. */
struct wf_feed {
    struct wf_arena *arena;
    struct wf_feed_row *rows;
    size_t n_rows;
    const char *metric; /* of all rows; NULL: each names its own */
    bool check;

    const char **metrics;    /* of each point */
    struct wf_point *points; /* by metric, subject and time, each once */
    size_t n_points, n_subjects;
    size_t piece; /* how many are written at a time */
};

/* Reads JSON, or CSV, into rows. */
WF_MUST_CHECK bool wf_feed_read_json(struct wf_feed *feed, const char *metric,
                                     struct wf_text body,
                                     struct wf_diags *findings,
                                     weft_error *err);
WF_MUST_CHECK bool wf_feed_read_csv(struct wf_feed *feed, const char *csv,
                                    size_t len, weft_error *err);

/* Makes points of the rows, for call->me; what is wrong with them goes to the
 * findings. Errors: WEFT_E_NOTFOUND, WEFT_E_DENIED, WEFT_E_INVALID. */
WF_MUST_CHECK bool wf_feed_check(struct wf_turn *turn, struct wf_feed *feed,
                                 weft_error *err);

/* A time as people write it: RFC 3339, a day, a day and a time of day in
 * `zone`. */
bool wf_feed_time(const char *text, const char *zone, int64_t *out);

/* Whether call->me may bring points of the metric. */
WF_MUST_CHECK bool wf_metric_may_feed(struct wf_turn *turn,
                                      const struct wf_metric *metric, bool *out,
                                      weft_error *err);

/* The live metric. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_metric_open(struct wf_turn *turn, const char *id,
                                  const struct wf_metric **out,
                                  weft_error *err);

/* The id or key of a subject as points have it; NULL: there is none. */
WF_MUST_CHECK bool wf_metric_subject(struct wf_call *call,
                                     const struct wf_metric *metric,
                                     const char *named, const char **out,
                                     weft_error *err);

#endif
