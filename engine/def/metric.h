/* def/metric.h - a metric: a series of points fed from outside, of people or of
 * units, with the thresholds that are watched on it.
 *
 * A point reads like a document of two fields: `subject` and `value`. So who,
 * formula and message texts of its levels are the ones of forms; what is new is
 * avg(28) and sd(28), which look back over days.
 *
 * Source: docs/definition-language.md, "Metrics".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_METRIC_H
#define WF_DEF_METRIC_H

#include "base/date.h"
#include "def/head.h"

enum wf_metric_of {
    WF_METRIC_PERSON,
    WF_METRIC_UNIT,
};

/* What is made of the points of a span. */
enum wf_metric_fn {
    WF_METRIC_AVG,
    WF_METRIC_SUM,
    WF_METRIC_MIN,
    WF_METRIC_MAX,
    WF_METRIC_COUNT,
    WF_METRIC_LAST,
};

const char *wf_metric_fn_name(enum wf_metric_fn fn);
bool wf_metric_fn_named(const char *name, enum wf_metric_fn *out);

/* The spans that points are gathered over; points: each for itself. */
enum wf_metric_span {
    WF_SPAN_POINT,
    WF_SPAN_HOUR,
    WF_SPAN_DAY,
    WF_SPAN_WEEK,
    WF_SPAN_MONTH,
};

bool wf_metric_span_named(const char *name, enum wf_metric_span *out);

enum wf_colour {
    WF_COLOUR_NONE,
    WF_COLOUR_GREEN,
    WF_COLOUR_YELLOW,
    WF_COLOUR_RED,
};
const char *wf_colour_name(enum wf_colour colour); /* NULL: none */

/* A threshold. */
struct wf_metric_level {
    const char *id;
    struct wf_words *words; /* label, message */
    enum wf_colour colour;
    enum wf_metric_span over;
    enum wf_metric_fn fn;
    struct wf_expr *when;
    int looks_back; /* days: the longest avg(n) or sd(n) of `when` */
    int hold;       /* values in a row before it tells; 1 */
    struct wf_duration hold_for; /* or for so long; n 0: not said */
    const struct wf_who *tell;   /* NULL: nobody */
    struct wf_duration history;  /* shown with the alert; n 0: none */
    struct wf_say *says;         /* NULL: the label, the value */
    struct wf_place place;
    struct wf_metric_level *next;
};

struct wf_metric {
    struct wf_head head;
    enum wf_metric_of of;
    enum wf_metric_fn fn; /* of charts and sums, unless they say otherwise */
    int digits;           /* of what is shown; -1: as it is */
    const struct wf_who *read; /* who may see it, beside the subject and the
                                  line above */
    const struct wf_who *own;  /* the subject and the line above */
    const struct wf_who *feed; /* who may bring points; NULL: administrators */
    struct wf_form *form;      /* of a point: subject, value */
    const struct wf_field *subject, *value;
    struct wf_metric_level *levels;
};

#endif
