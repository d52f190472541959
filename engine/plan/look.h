/* plan/look.h - an alert looks at documents: by their index rows alone, many at
 * a time, and finds from when on their light may be another one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_LOOK_H
#define WF_PLAN_LOOK_H

#include "def/alert.h"
#include "flow/flow.h"

/* Which documents are next. */
struct wf_look {
    const struct wf_alert *alert;
    bool all;    /* those behind `after`, else those that are due */
    wf_id after; /* moves on */
    int max;
};

/* What was found of one. */
struct wf_seen {
    wf_id document;
    bool gone;       /* it is not watched any more */
    const char *lit; /* the level that colours it until now */
    const struct wf_alert_level *level; /* that does now; NULL: none */
    int64_t due;                        /* when to look again */
};
struct wf_seen_list {
    struct wf_seen *at;
    size_t n, cap;
};

WF_MUST_CHECK bool wf_look(struct wf_call *call, struct wf_look *look,
                           struct wf_seen_list *out, weft_error *err);

/* The next moment after `after` at which the alert looks. */
int64_t wf_look_next(const struct wf_alert *alert, int64_t after);

#endif
