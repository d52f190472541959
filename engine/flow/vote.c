/* flow/vote.c - counting a level's seats.
 *
 * Source: docs/verbs.md; docs/definition-language.md, "Approvals", agree.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/vote.h"

/* Sums that should be equal differ in their last digits: 3/5 and 0.6. */
static const double TOLERANCE = 1e-9;

struct tally {
    double approved, refused, open;
    size_t n;
};

/* What the vote of one seat is, those added after it included. An adder is
 * older than whom it added, so this ends. */
static enum wf_outcome vote_of(const struct wf_seats *seats,
                               const struct wf_seat *seat)
{
    enum wf_outcome vote = WF_APPROVED;

    if (seat->state != WF_SEAT_APPROVED)
        return seat->state == WF_SEAT_REJECTED ? WF_REFUSED : WF_UNDECIDED;
    for (size_t i = 0; i < seats->n; i++) {
        const struct wf_seat *after = &seats->at[i];
        enum wf_outcome its;

        if (after->asker != seat->id || after->tie != WF_TIE_AFTER
            || after->state == WF_SEAT_CLOSED)
            continue;
        its = vote_of(seats, after);
        if (its == WF_REFUSED)
            return WF_REFUSED;
        if (its == WF_UNDECIDED)
            vote = WF_UNDECIDED;
    }
    return vote;
}

bool wf_seat_has_vote(const struct wf_seat *seat)
{
    return (seat->tie == WF_TIE_NONE || seat->tie == WF_TIE_BESIDE)
           && seat->state != WF_SEAT_CLOSED && seat->state != WF_SEAT_DONE;
}

static struct tally count(const struct wf_seats *seats, bool weighted)
{
    struct tally t = { 0, 0, 0, 0 };

    for (size_t i = 0; i < seats->n; i++) {
        double one = weighted ? seats->at[i].weight : 1;

        if (!wf_seat_has_vote(&seats->at[i]))
            continue;
        t.n++;
        switch (vote_of(seats, &seats->at[i])) {
        case WF_APPROVED:
            t.approved += one;
            break;
        case WF_REFUSED:
            t.refused += one;
            break;
        case WF_UNDECIDED:
            t.open += one;
            break;
        }
    }
    return t;
}

/* Whether somebody who was added is asked now. One who waits for an approval
 * that has not come is not. */
static bool is_held_up(const struct wf_seats *seats)
{
    for (size_t i = 0; i < seats->n; i++) {
        const struct wf_seat *seat = &seats->at[i];
        const struct wf_seat *asker = wf_seats_find(seats, seat->asker);

        if (seat->added_by && wf_seat_is_live(seat)
            && !(seat->tie == WF_TIE_AFTER
                 && (!asker || asker->state != WF_SEAT_APPROVED)))
            return true;
    }
    return false;
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
                              const struct wf_seats *seats)
{
    struct tally t = count(seats, level->agree == WF_AGREE_WEIGHT);
    double all = t.approved + t.refused + t.open;

    if (is_held_up(seats))
        return WF_UNDECIDED;
    if (t.n == 0)
        return WF_APPROVED;
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
