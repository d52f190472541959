/* flow/verb_vote.c - approve and reject: a vote, or a word to whoever asked.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/approval.h"
#include "flow/verb.h"

bool wf_verb_approve(struct wf_deed *deed, weft_error *err)
{
    return wf_seat_set(deed->flow, deed->mine, WF_SEAT_APPROVED, err)
           && wf_approval_count(deed->flow, deed->doc, &deed->to, err);
}

/* Whoever was to be asked after an approval will not be. */
bool wf_verb_reject(struct wf_deed *deed, weft_error *err)
{
    return wf_seat_set(deed->flow, deed->mine, WF_SEAT_REJECTED, err)
           && wf_deed_drop(deed, deed->mine->id, err)
           && wf_approval_count(deed->flow, deed->doc, &deed->to, err);
}
