/* flow/retention.h - how long the documents of a form are kept once they have
 * ended: <retention>. Each night those that are over are reduced or erased, in
 * pieces between which others write.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_RETENTION_H
#define WF_FLOW_RETENTION_H

#include "flow/flow.h"
#include "flow/timer.h"

/* The form is live: it is looked at from the next night on. Does nothing for
 * one without <retention>. */
WF_MUST_CHECK bool wf_retention_begin(struct wf_flow *flow,
                                      const struct wf_form *form,
                                      weft_error *err);

extern wf_timer_fn wf_retention_fire;

/* A document goes: those that were kept only for it are looked at again. */
WF_MUST_CHECK bool wf_retention_again(struct wf_call *call, wf_id document,
                                      weft_error *err);

/* A document whose time is over. */
struct wf_over {
    wf_id document;
    int64_t ended;
    bool held;  /* `unless` holds: it stays */
    bool erase; /* else it is reduced: the rule says so, or others need it */
};
struct wf_overs {
    struct wf_over *at; /* in order of id */
    size_t n, cap;
    wf_id after; /* where to go on; 0: these were all */
};

/* Those of `form` with an id beyond `after`, of at most `max` that are looked
 * at. Changes nothing. */
WF_MUST_CHECK bool wf_retention_list(struct wf_flow *flow,
                                     const struct wf_form *form, wf_id after,
                                     size_t max, struct wf_overs *out,
                                     weft_error *err);

#endif
