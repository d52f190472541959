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

/* `agree` of a level over its seats:
 * any      the first decision decides;
 * all      everyone approves, one refusal refuses;
 * share:N  approvals / seats >= N, refused once that cannot be reached;
 * weight:N the same with the seats' weights summed to N, or to all of them
 *          where they are fewer;
 * veto     more than half approve, one refusal refuses. */
enum wf_outcome wf_vote_count(const struct wf_level *level,
                              const struct wf_seat *seats, size_t n);

#endif
