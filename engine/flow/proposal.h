/* flow/proposal.h - what waits for the end of a document: deploys that are
 * asked for by one (api/proposal.h).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_PROPOSAL_H
#define WF_FLOW_PROPOSAL_H

#include "flow/flow.h"

/* The document has come to an end: if something is asked for by it, the timer
 * "proposal" with its id as key sees to that, after the commit. */
WF_MUST_CHECK bool wf_proposal_ended(struct wf_flow *flow,
                                     const struct wf_doc *doc, weft_error *err);

#endif
