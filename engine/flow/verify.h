/* flow/verify.h - the invariants that must hold whatever happened.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_VERIFY_H
#define WF_FLOW_VERIFY_H

#include "flow/flow.h"

/* No open document without work or a timer, no work and no timer for a closed
 * step or document, every version known, derived values as computed: breaches
 * are findings. */
WF_MUST_CHECK bool wf_verify_documents(struct wf_call *call, weft_error *err);

/* Of the seats of one document (verify_seats.c): whoever has the turn is asked,
 * and nobody else; no level is decided and still open. */
WF_MUST_CHECK bool wf_verify_turns(struct wf_call *call,
                                   const struct wf_doc *doc, weft_error *err);

/* Of all seats: none for what the document is not in, one open chain each, one
 * seat a person and place, each that hangs on another on one that is there;
 * nobody asked who has left. Of delegations: no circle. */
WF_MUST_CHECK bool wf_verify_seats(struct wf_call *call, weft_error *err);

/* Of one document (verify_errands.c): where it waits for others, some are to
 * come. Of all: nobody is asked for what nobody waits for, whoever waits hears
 * of each ending, and every anonymous answer has somebody to give it. */
WF_MUST_CHECK bool wf_verify_wanted(struct wf_call *call,
                                    const struct wf_doc *doc, weft_error *err);
WF_MUST_CHECK bool wf_verify_errands(struct wf_call *call, weft_error *err);

/* What must be true where `doc` stands, or the lane of it that is looked at:
 * somebody is asked, or a time is waited for, or other documents are. */
WF_MUST_CHECK bool wf_verify_place(struct wf_call *call,
                                   const struct wf_doc *doc, int64_t n_open,
                                   int64_t n_timers, weft_error *err);

/* The same of all lanes that a document is in, and of its joins; of rows of
 * lanes that no document is in. */
WF_MUST_CHECK bool wf_verify_lanes_of(struct wf_call *call, struct wf_doc *doc,
                                      weft_error *err);
WF_MUST_CHECK bool wf_verify_lanes(struct wf_call *call, weft_error *err);

/* Adds the finding. */
void wf_verify_report(struct wf_call *call, wf_id document, const char *code,
                      const char *message);

#endif
