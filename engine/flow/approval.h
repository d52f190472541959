/* flow/approval.h - the walk of a document through an approval: levels one
 * after the other, and the count of their votes.
 *
 * What a running chain remembers stands in doc->flow:
 *   "from"    the step of the submit
 *   "by"      who submitted
 *   "resume"  the level that a return came from and goes on at
 *   "resumed" the level at which this submit went on
 *   "back"    the level to which this walk has gone back, if it ever has
 *   "acts"    what can be withdrawn (undo.h)
 *   "urged"   when they were reminded last
 *   "left"    the step that led to the end
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

/* Asks anew at the level where the document is, which may ask others now; where
 * the approval does not have it any more, at the next one after the last that
 * was decided. Earlier approvals count. Sets *next as above. */
WF_MUST_CHECK bool wf_approval_ask_anew(struct wf_flow *flow,
                                        struct wf_doc *doc,
                                        const struct wf_step **next,
                                        weft_error *err);

/* Counts the votes of the present level and does what follows: it is decided,
 * *to is then where the document leaves the approval, or the next level is
 * asked; or those whose turn has come are. */
WF_MUST_CHECK bool wf_approval_count(struct wf_flow *flow, struct wf_doc *doc,
                                     const struct wf_step **to,
                                     weft_error *err);

/* Asks the level called `name` anew. Where a return leads, its earlier
 * approvals are what was questioned; where it goes on, they still count. */
enum wf_asked_anew {
    WF_RETURNED_TO,
    WF_RESUMED_AT
};
WF_MUST_CHECK bool wf_approval_ask_again(struct wf_flow *flow,
                                         struct wf_doc *doc, const char *name,
                                         enum wf_asked_anew why,
                                         const struct wf_step **next,
                                         weft_error *err);

/* What the chain remembers under a name; NULL: nothing, and forgets it. */
void wf_approval_keep(struct wf_flow *flow, struct wf_doc *doc,
                      const char *what, const char *value);
const char *wf_approval_kept(const struct wf_doc *doc, const char *what);

/* The level that the document is at; NULL outside approvals. */
const struct wf_level *wf_approval_level(const struct wf_doc *doc);

wf_id wf_approval_submitter(const struct wf_doc *doc);

/* People who have approved in this walk; of the level before `level`. */
void wf_approval_approvers(struct wf_call *call, const struct wf_seats *seats,
                           const char *level, struct wf_who_list *approved,
                           struct wf_who_list *before);

#endif
