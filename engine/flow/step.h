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

/* Records an act of the engine itself, with its reason code. */
WF_MUST_CHECK bool wf_step_note(struct wf_flow *flow, const struct wf_doc *doc,
                                const char *kind, const char *level,
                                const char *reason, weft_error *err);

#endif
