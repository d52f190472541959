/* flow/vote.h - counting a level's seats: nothing but arithmetic.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_VOTE_H
#define WF_FLOW_VOTE_H

#include "flow/seat.h"

enum wf_outcome {
    WF_UNDECIDED,
    WF_APPROVED,
    WF_REFUSED
};

/* Whether the seat is a vote of its own, whatever its state but closed. */
bool wf_seat_has_vote(const struct wf_seat *seat);

/* `agree` of a level over its votes:
 * any      one approval is enough, and one refusal while nobody has approved;
 * all      everyone approves, one refusal refuses;
 * share:N  approvals / votes >= N, refused once that cannot be reached;
 * weight:N the same with the votes' weights summed to N, or to all of them
 *          where they are fewer;
 * veto     more than half approve, one refusal refuses.
 *
 * A vote is a seat of the level itself, or one that was added beside another.
 * Those added before it, and its delegate, have none: they decide for its
 * holder to see. Those added after it are part of it: the vote approves once
 * all of them have, and one refusal makes it one.
 *
 * A level that nobody is left of is passed over, as one without people is.
 * Undecided, whatever the votes say, while somebody who was added is asked. */
enum wf_outcome wf_vote_count(const struct wf_level *level,
                              const struct wf_seats *seats);

#endif
