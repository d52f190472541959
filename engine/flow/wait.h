/* flow/wait.h - <wait>: a document stays where it is until a time has come or
 * somebody outside gives the signal, whichever is first.
 *
 * The signal is an action of the step that nobody has work for: whoever has
 * the right `act` gives it, a program or a hook.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_WAIT_H
#define WF_FLOW_WAIT_H

#include "flow/timer.h"

/* Sets the timer of doc->step; *next is set if its time is over already.
 * Errors: WEFT_E_INVALID what the time counts from is not filled in, and no
 * signal would help. */
WF_MUST_CHECK bool wf_wait_enter(struct wf_flow *flow, struct wf_doc *doc,
                                 const struct wf_step **next, weft_error *err);
/* Where what the time counts from has changed, it counts from there now: what
 * is over by then goes on at once. Errors: WEFT_E_INVALID it is empty, and no
 * signal can come. */
WF_MUST_CHECK bool wf_wait_follow(struct wf_flow *flow, struct wf_doc *doc,
                                  weft_error *err);
WF_MUST_CHECK bool wf_wait_leave(struct wf_flow *flow, const struct wf_doc *doc,
                                 weft_error *err);

/* The kind "wait": its time has come. */
extern wf_timer_fn wf_wait_fire;

#endif
