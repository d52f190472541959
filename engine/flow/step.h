/* flow/step.h - from one step to the next, through branches, until people are
 * asked or an end is reached.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_STEP_H
#define WF_FLOW_STEP_H

#include "flow/flow.h"

/* Leaves the document's step (leave_STEP, seats closed) and enters `to`. */
WF_MUST_CHECK bool wf_step_move(struct wf_flow *flow, struct wf_doc *doc,
                                const struct wf_step *to, weft_error *err);

/* Enters `to` without leaving anything: a new document's start. */
WF_MUST_CHECK bool wf_step_enter(struct wf_flow *flow, struct wf_doc *doc,
                                 const struct wf_step *to, weft_error *err);

/* The same within the lane that is looked at, or outside of all. *out is the
 * step to which that leads out of the lane, which is not entered, or its join;
 * NULL: none. */
WF_MUST_CHECK bool wf_step_enter_here(struct wf_flow *flow, struct wf_doc *doc,
                                      const struct wf_step *to,
                                      const struct wf_step **out,
                                      weft_error *err);

/* Asks those whom the document's work step asks now. */
WF_MUST_CHECK bool wf_step_ask_anew(struct wf_flow *flow, struct wf_doc *doc,
                                    weft_error *err);

/* Takes back what the document's step has asked for: seats, documents, timers,
 * of a parallel all its lanes. */
WF_MUST_CHECK bool wf_step_clear(struct wf_flow *flow, struct wf_doc *doc,
                                 weft_error *err);

/* The end of every act, a person's or the engine's: the move to `to` (NULL:
 * none), values, what hooks have changed on the way, and the document kept. Of
 * its lanes, none is looked at any more. */
WF_MUST_CHECK bool wf_step_finish(struct wf_flow *flow, struct wf_doc *doc,
                                  const struct wf_step *to, weft_error *err);

/* Records an act of the engine itself, with its reason code. */
WF_MUST_CHECK bool wf_step_note(struct wf_flow *flow, const struct wf_doc *doc,
                                const char *kind, const char *level,
                                const char *reason, weft_error *err);

#endif
