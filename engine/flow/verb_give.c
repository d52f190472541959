/* flow/verb_give.c - transfer: for good; delegate: it comes back before it
 * counts.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/approval.h"
#include "flow/verb.h"

/* The new holder's vote has a weight of its own, with which a level may be out
 * of reach. */
bool wf_verb_transfer(struct wf_deed *deed, weft_error *err)
{
    return wf_deed_seatable(deed, true, err)
           && wf_seat_give(deed->flow, deed->doc, deed->mine,
                           deed->people.at[0], "transfer", err)
           && (!deed->level
               || wf_approval_count(deed->flow, deed->doc, &deed->to, err));
}

/* The delegate decides in the giver's name, and the giver has the last word:
 * their seat waits until then. */
bool wf_verb_delegate(struct wf_deed *deed, weft_error *err)
{
    struct wf_seat *mine = deed->mine;
    struct wf_asking asking = { .people = &deed->people,
                                .source = "delegate",
                                .tie = WF_TIE_DELEGATE,
                                .asker = mine->id,
                                .giver =
                                    mine->giver ? mine->giver : mine->person,
                                .from = mine,
                                .place = mine->place };

    return wf_deed_seatable(deed, true, err)
           && wf_seat_set(deed->flow, mine, WF_SEAT_WAITING, err)
           && wf_seats_make(deed->flow, deed->doc, &asking, err);
}
