/* flow/wanted.h - steps that ask for other documents: entered, answered, left.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_WANTED_H
#define WF_FLOW_WANTED_H

#include "flow/errand.h"

/* Enters doc->step, a call or a collect: makes the documents, each for its
 * person. Sets *next where nothing is to be waited for. */
WF_MUST_CHECK bool wf_wanted_enter(struct wf_flow *flow, struct wf_doc *doc,
                                   const struct wf_step **next,
                                   weft_error *err);

/* Leaves doc->step before everything is in: what is still open ends void. */
WF_MUST_CHECK bool wf_wanted_leave(struct wf_flow *flow,
                                   const struct wf_doc *doc, weft_error *err);

/* Notes that a document has ended or was removed; whoever waits for it goes on
 * in wf_wanted_settle(), once the command's own documents are kept: at the end
 * of the outermost act. `hand` is the document that the caller holds and has
 * kept, or NULL. */
void wf_wanted_ended(struct wf_flow *flow, wf_id document);
WF_MUST_CHECK bool wf_wanted_settle(struct wf_flow *flow, struct wf_doc *hand,
                                    weft_error *err);

/* Ends a document void, as the engine, for a reason. */
WF_MUST_CHECK bool wf_wanted_drop(struct wf_flow *flow, wf_id document,
                                  const char *reason, weft_error *err);

#endif
