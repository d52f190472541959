/* plan/metric.h - points come in: they are kept, added up by days, and the
 * levels of the metric look at them.
 *
 * A level judges the points, or the spans of `over`, in the order of their
 * time. What comes late is kept and counted, and judged only if nothing newer
 * has been. The newest may be judged again, as often as it is brought.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_METRIC_H
#define WF_PLAN_METRIC_H

#include "def/metric.h"
#include "flow/timer.h"

struct wf_point {
    const char *subject; /* a person's id, a unit's key */
    int64_t at;
    double value;
    size_t
        row; /* of what it came in, from 1: findings name it; 0: of nothing */
};

/* Keeps these points, in order of subject and time, each time of a subject
 * once. */
WF_MUST_CHECK bool wf_metric_store(struct wf_flow *flow,
                                   const struct wf_metric *metric,
                                   const struct wf_point *points, size_t n,
                                   weft_error *err);

/* A point as a document, for who-words, messages and rights. */
WF_MUST_CHECK bool wf_metric_doc(struct wf_call *call,
                                 const struct wf_metric *metric,
                                 const struct wf_point *point,
                                 struct wf_doc **out, weft_error *err);

/* And as hooks know it: {"metric","subject","at","value"}. */
WF_MUST_CHECK bool wf_metric_point(struct wf_call *call,
                                   const struct wf_metric *metric,
                                   const struct wf_point *point,
                                   struct wf_json **out, weft_error *err);

/* --- Judging: metric_judge.c */

/* One series while its points are judged. */
struct wf_judge {
    struct wf_flow *flow;
    const struct wf_metric *metric;
    const char *subject;
    wf_id series;
    bool deaf; /* of somebody who has left: nobody is told of */
};

/* How far a level has come with a series. */
struct wf_hold {
    int64_t upto, run, since, run_before, since_before;
    wf_id episode;
};
WF_MUST_CHECK bool wf_hold_load(struct wf_judge *judge, const char *level,
                                struct wf_hold *out, weft_error *err);
WF_MUST_CHECK bool wf_hold_save(struct wf_judge *judge, const char *level,
                                const struct wf_hold *hold, weft_error *err);

/* The value at `at`, the next one of the series, or its newest again. */
WF_MUST_CHECK bool wf_judge_value(struct wf_judge *judge,
                                  const struct wf_metric_level *level,
                                  struct wf_hold *hold, int64_t at,
                                  double value, weft_error *err);

/* Finds out whether anybody is told of the subject. */
WF_MUST_CHECK bool wf_judge_begin(struct wf_judge *judge, weft_error *err);

/* --- Spans: metric_span.c */

/* The span from `begins` to `ends` is to be judged when it is over. */
struct wf_span_mark {
    wf_id series;
    const char *level;
    int64_t begins, ends;
};
WF_MUST_CHECK bool wf_span_mark(struct wf_call *call,
                                const struct wf_span_mark *mark,
                                weft_error *err);
/* Sets the timer for the first that is due, if any is marked. */
WF_MUST_CHECK bool wf_spans_wait(struct wf_flow *flow, weft_error *err);

/* Judges all that are due. */
WF_MUST_CHECK bool wf_spans_judge(struct wf_flow *flow, weft_error *err);

extern wf_timer_fn wf_spans_fire;

#endif
