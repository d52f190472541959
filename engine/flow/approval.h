/* flow/approval.h - the walk of a document through an approval: levels one
 * after the other, votes, returns and withdrawals.
 *
 * What a running chain remembers stands in doc->flow:
 *   "from"   the step of the submit
 *   "by"     who submitted
 *   "resume" the level that a return came from and goes on at
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_APPROVAL_H
#define WF_FLOW_APPROVAL_H

#include "flow/level.h"
#include "flow/seat.h"

/* Remembers where a submit came from, before the move into the approval. */
void wf_approval_remember(struct wf_flow *flow, struct wf_doc *doc);

/* Enters doc->step, an approval: asks its first level, or the one that a
 * return resumes at. Sets *next to the approved step if no level asks. */
WF_MUST_CHECK bool wf_approval_enter(struct wf_flow *flow, struct wf_doc *doc,
                                     const struct wf_step **next,
                                     weft_error *err);

/* The verbs. Each sets *to where the document leaves the approval; history is
 * the caller's. */
WF_MUST_CHECK bool wf_approval_vote(struct wf_flow *flow, struct wf_doc *doc,
                                    bool approve, const struct wf_step **to,
                                    weft_error *err);
WF_MUST_CHECK bool wf_approval_return(struct wf_flow *flow, struct wf_doc *doc,
                                      const char *place,
                                      const struct wf_step **to,
                                      weft_error *err);
WF_MUST_CHECK bool wf_approval_withdraw(struct wf_flow *flow,
                                        struct wf_doc *doc,
                                        const struct wf_step **to,
                                        weft_error *err);

/* Whether call->me may withdraw now; asked also for `can`. */
WF_MUST_CHECK bool wf_approval_may_withdraw(struct wf_flow *flow,
                                            const struct wf_doc *doc, bool *out,
                                            weft_error *err);

/* The level that the document is at; NULL outside approvals. */
const struct wf_level *wf_approval_level(const struct wf_doc *doc);

wf_id wf_approval_submitter(const struct wf_doc *doc);

/* People who have approved in this walk; of the level before `level`. */
void wf_approval_approvers(struct wf_call *call, const struct wf_seats *seats,
                           const char *level, struct wf_who_list *approved,
                           struct wf_who_list *before);

#endif
