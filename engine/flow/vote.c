/* flow/vote.c - counting a level's seats.
 *
 * Source: docs/definition-language.md, "Workflow", agree.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/vote.h"

/* Sums that should be equal differ in their last digits: 3/5 and 0.6. */
static const double TOLERANCE = 1e-9;

struct tally {
    double approved, refused, open;
};

static struct tally count(const struct wf_seat *seats, size_t n, bool weighted)
{
    struct tally t = { 0, 0, 0 };

    for (size_t i = 0; i < n; i++) {
        double one = weighted ? seats[i].weight : 1;

        switch (seats[i].state) {
        case WF_SEAT_APPROVED:
            t.approved += one;
            break;
        case WF_SEAT_REJECTED:
            t.refused += one;
            break;
        case WF_SEAT_WAITING:
        case WF_SEAT_OPEN:
            t.open += one;
            break;
        default: /* closed seats have no part in it */
            break;
        }
    }
    return t;
}

/* Approved at `needed`, refused once what is open cannot bring it there. */
static enum wf_outcome reach(const struct tally *t, double needed)
{
    if (t->approved >= needed - TOLERANCE)
        return WF_APPROVED;
    if (t->approved + t->open < needed - TOLERANCE)
        return WF_REFUSED;
    return WF_UNDECIDED;
}

static enum wf_outcome majority_without_veto(const struct tally *t)
{
    double all = t->approved + t->refused + t->open;

    if (t->refused > 0)
        return WF_REFUSED;
    return t->approved * 2 > all ? WF_APPROVED : WF_UNDECIDED;
}

enum wf_outcome wf_vote_count(const struct wf_level *level,
                              const struct wf_seat *seats, size_t n)
{
    struct tally t = count(seats, n, level->agree == WF_AGREE_WEIGHT);
    double all = t.approved + t.refused + t.open;

    switch (level->agree) {
    case WF_AGREE_ANY:
        if (t.approved > 0)
            return WF_APPROVED;
        return t.refused > 0 ? WF_REFUSED : WF_UNDECIDED;
    case WF_AGREE_ALL:
        return reach(&t, all);
    case WF_AGREE_SHARE:
        return reach(&t, level->agree_n * all);
    case WF_AGREE_WEIGHT:
        return reach(&t, level->agree_n < all ? level->agree_n : all);
    case WF_AGREE_VETO:
        return majority_without_veto(&t);
    }
    return WF_UNDECIDED;
}
