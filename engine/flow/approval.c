/* flow/approval.c - asking levels one after the other, and counting votes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/approval.h"

#include "base/error.h"
#include "flow/ask.h"
#include "flow/step.h"
#include "flow/vote.h"

/* --- What a running chain remembers */

static void remember(struct wf_flow *flow, struct wf_doc *doc, const char *what,
                     const char *value)
{
    if (value)
        wf_json_set(flow->call->arena, doc->flow, what,
                    wf_json_text(flow->call->arena, value));
    else
        (void)wf_json_remove(doc->flow, what);
}

static const char *remembered(const struct wf_doc *doc, const char *what)
{
    return wf_json_str(wf_json_get(doc->flow, what));
}

void wf_approval_remember(struct wf_flow *flow, struct wf_doc *doc)
{
    char by[WF_ID_TEXT] = "";

    if (flow->call->me)
        wf_id_write(flow->call->me->id, by);
    remember(flow, doc, "from", doc->step->id);
    remember(flow, doc, "by", by);
}

wf_id wf_approval_submitter(const struct wf_doc *doc)
{
    const char *by = remembered(doc, "by");
    wf_id id = 0;

    if (by)
        (void)wf_id_parse(wf_str_of(by), &id);
    return id;
}

const struct wf_level *wf_approval_level(const struct wf_doc *doc)
{
    struct wf_level_turn turn;

    if (doc->step->kind != WF_STEP_APPROVAL
        || !wf_level_turn_find(doc->step, doc->level, &turn))
        return NULL;
    return turn.level;
}

/* --- Asking */

void wf_approval_approvers(struct wf_call *call, const struct wf_seats *seats,
                           const char *level, struct wf_who_list *approved,
                           struct wf_who_list *before)
{
    const char *last = NULL;

    for (size_t i = 0; i < seats->n; i++) {
        const struct wf_seat *seat = &seats->at[i];

        if (seat->state != WF_SEAT_APPROVED || wf_streq(seat->level, level))
            continue;
        wf_who_list_add(call->arena, approved, seat->person);
        if (!wf_streq(seat->level, last))
            before->n = 0;
        last = seat->level;
        wf_who_list_add(call->arena, before, seat->person);
    }
}

/* Seats for one turn; *decided if those who approved before decide it. */
static bool ask(struct wf_flow *flow, struct wf_doc *doc,
                const struct wf_level_turn *turn, bool *decided,
                weft_error *err)
{
    struct wf_asking asking = { &turn->people, &turn->again, turn->source,
                                turn->level->order == WF_ONE_BY_ONE };
    struct wf_seats seats;

    *decided = false;
    doc->level = turn->name;
    if (!wf_seats_make(flow, doc, &asking, err))
        return false;
    if (!wf_streq(turn->source, "rule")
        && !wf_step_note(flow, doc, "assign", turn->name, "nobody", err))
        return false;
    if (turn->again.n == 0)
        return true;
    if (!wf_seats_load(flow, doc, false, &seats, err))
        return false;
    *decided = wf_vote_count(turn->level, seats.at, seats.n) == WF_APPROVED;
    return !*decided
           || (wf_seats_close(flow, doc, err)
               && wf_step_note(flow, doc, "skip", turn->name, "repeat", err));
}

static bool walk_of(struct wf_flow *flow, const struct wf_doc *doc,
                    const char *upto, struct wf_walk *walk, weft_error *err)
{
    struct wf_seats seats;

    if (!wf_walk_begin(walk, flow, doc, doc->step, wf_approval_submitter(doc),
                       err)
        || !wf_seats_load(flow, doc, true, &seats, err))
        return false;
    wf_approval_approvers(flow->call, &seats, upto, &walk->approved,
                          &walk->before);
    return true;
}

/* Goes on after `turn` to the next level that has somebody to ask. */
static bool ask_next(struct wf_flow *flow, struct wf_doc *doc,
                     struct wf_level_turn *turn, const struct wf_step **next,
                     weft_error *err)
{
    struct wf_walk walk;
    bool decided = true;

    if (!walk_of(flow, doc, NULL, &walk, err))
        return false;
    while (decided) {
        if (!wf_walk_next(&walk, turn, err))
            return false;
        if (!turn->level) {
            doc->level = NULL;
            *next = doc->step->approved;
            return true;
        }
        if (turn->skipped) {
            if (!wf_step_note(flow, doc, "skip", turn->name, turn->skipped,
                              err))
                return false;
            continue;
        }
        if (!ask(flow, doc, turn, &decided, err))
            return false;
    }
    return true;
}

/* Asks the level called `name` anew. Where a return leads, its earlier
 * approvals are what was questioned; where it goes on, they still count. */
enum asked_anew {
    RETURNED_TO,
    RESUMED_AT
};

static bool ask_again(struct wf_flow *flow, struct wf_doc *doc,
                      const char *name, enum asked_anew why,
                      const struct wf_step **next, weft_error *err)
{
    struct wf_walk walk;
    struct wf_level_turn turn = { .level = NULL };
    bool decided = true;

    doc->level = name;
    if (!walk_of(flow, doc, why == RETURNED_TO ? name : NULL, &walk, err)
        || !wf_seats_retire(flow, doc, err))
        return false;
    do {
        if (!wf_walk_next(&walk, &turn, err))
            return false;
    } while (turn.level && !wf_streq(turn.name, name));
    if (turn.level && !turn.skipped && !ask(flow, doc, &turn, &decided, err))
        return false;
    return !decided || ask_next(flow, doc, &turn, next, err);
}

bool wf_approval_enter(struct wf_flow *flow, struct wf_doc *doc,
                       const struct wf_step **next, weft_error *err)
{
    const char *resume = remembered(doc, "resume");
    struct wf_level_turn turn = { .level = NULL };

    if (resume && wf_level_turn_find(doc->step, resume, &turn)) {
        remember(flow, doc, "resume", NULL);
        return ask_again(flow, doc, resume, RESUMED_AT, next, err);
    }
    remember(flow, doc, "resume", NULL);
    doc->walk++;
    return ask_next(flow, doc, &turn, next, err);
}

/* --- Voting */

/* In a level where one follows the other, the next one's turn. */
static bool open_next(struct wf_flow *flow, struct wf_seats *seats,
                      weft_error *err)
{
    for (size_t i = 0; i < seats->n; i++)
        if (seats->at[i].state == WF_SEAT_OPEN)
            return true;
    for (size_t i = 0; i < seats->n; i++)
        if (seats->at[i].state == WF_SEAT_WAITING)
            return wf_seat_set(flow, &seats->at[i], WF_SEAT_OPEN, err);
    return true;
}

static bool my_seat(struct wf_flow *flow, struct wf_doc *doc,
                    struct wf_seats *seats, struct wf_seat **mine,
                    weft_error *err)
{
    wf_id me = flow->call->me ? flow->call->me->id : 0;
    struct wf_seats walk;

    if (!wf_seats_load(flow, doc, false, seats, err))
        return false;
    *mine = wf_seats_open_of(seats, me);
    if (*mine)
        return true;
    if (!wf_seats_load(flow, doc, true, &walk, err))
        return false;
    for (size_t i = 0; i < walk.n; i++)
        if (walk.at[i].person == me && walk.at[i].state != WF_SEAT_WAITING)
            return wf_fail(err, WEFT_E_CONFLICT,
                           "This has been decided already.");
    return wf_fail(err, WEFT_E_DENIED, "This level does not ask you.");
}

/* After an approved level: on to the next, or back to where a return came
 * from. */
static bool go_on(struct wf_flow *flow, struct wf_doc *doc,
                  const struct wf_step **to, weft_error *err)
{
    const char *resume = remembered(doc, "resume");
    struct wf_level_turn turn = { .level = NULL };

    if (!wf_seats_close(flow, doc, err))
        return false;
    if (resume && !wf_streq(resume, doc->level)) {
        remember(flow, doc, "resume", NULL);
        return ask_again(flow, doc, resume, RESUMED_AT, to, err);
    }
    (void)wf_level_turn_find(doc->step, doc->level, &turn);
    return ask_next(flow, doc, &turn, to, err);
}

bool wf_approval_vote(struct wf_flow *flow, struct wf_doc *doc, bool approve,
                      const struct wf_step **to, weft_error *err)
{
    struct wf_seats seats;
    struct wf_seat *mine;

    if (!my_seat(flow, doc, &seats, &mine, err)
        || !wf_seat_set(flow, mine,
                        approve ? WF_SEAT_APPROVED : WF_SEAT_REJECTED, err))
        return false;
    switch (wf_vote_count(wf_approval_level(doc), seats.at, seats.n)) {
    case WF_APPROVED:
        return go_on(flow, doc, to, err);
    case WF_REFUSED:
        *to = doc->step->rejected;
        remember(flow, doc, "resume", NULL);
        return true;
    case WF_UNDECIDED:
        break;
    }
    return open_next(flow, &seats, err);
}

/* --- Return: one person's act, outside the vote */

/* The name of the level that was decided last before the present one. */
static const char *level_before(const struct wf_doc *doc,
                                const struct wf_seats *walk)
{
    const char *name = NULL;

    for (size_t i = 0; i < walk->n; i++)
        if (!wf_streq(walk->at[i].level, doc->level))
            name = walk->at[i].level;
    return name;
}

static bool was_asked(const struct wf_seats *walk, const char *level)
{
    for (size_t i = 0; i < walk->n; i++)
        if (wf_streq(walk->at[i].level, level))
            return true;
    return false;
}

/* Where a return leads: *level of this approval, else the step *to. */
static bool place_of_return(struct wf_flow *flow, struct wf_doc *doc,
                            const char *wish, const char **level,
                            const struct wf_step **to, weft_error *err)
{
    enum wf_return allowed = wf_approval_level(doc)->returns;
    const char *from = remembered(doc, "from");
    struct wf_seats walk;
    const char *previous;

    *level = NULL;
    *to = NULL;
    if (!wf_seats_load(flow, doc, true, &walk, err))
        return false;
    previous = level_before(doc, &walk);
    if (!wish)
        wish = allowed != WF_RETURN_START && previous ? previous : from;
    if (allowed != WF_RETURN_START && !wf_streq(wish, doc->level)
        && (allowed == WF_RETURN_ANY ? was_asked(&walk, wish)
                                     : wf_streq(wish, previous)))
        *level = wish;
    else if (wf_streq(wish, from)
             && (allowed != WF_RETURN_PREVIOUS || !previous))
        *to = wf_form_step(doc->form, from);
    if (*level || *to)
        return true;
    return wf_fail(err, WEFT_E_INVALID,
                   "It cannot be returned to \"%s\" from here.",
                   wish ? wish : "");
}

/* Back to a level that was asked before: with "here" this level goes on after
 * it, with "again" a new walk begins there. */
static bool return_to_level(struct wf_flow *flow, struct wf_doc *doc,
                            const char *level, const struct wf_step **to,
                            weft_error *err)
{
    if (!wf_seats_close(flow, doc, err))
        return false;
    if (wf_approval_level(doc)->resume == WF_RESUME_AGAIN)
        doc->walk++;
    return ask_again(flow, doc, level, RETURNED_TO, to, err);
}

bool wf_approval_return(struct wf_flow *flow, struct wf_doc *doc,
                        const char *place, const struct wf_step **to,
                        weft_error *err)
{
    struct wf_seats seats;
    struct wf_seat *mine;
    const char *level;

    if (!my_seat(flow, doc, &seats, &mine, err))
        return false;
    if (wf_approval_level(doc)->returns == WF_RETURN_NONE)
        return wf_fail(err, WEFT_E_DENIED,
                       "This level may approve or reject, not return.");
    if (!place_of_return(flow, doc, place, &level, to, err))
        return false;
    if (wf_approval_level(doc)->resume == WF_RESUME_HERE)
        remember(flow, doc, "resume", doc->level);
    return !level || return_to_level(flow, doc, level, to, err);
}

/* --- Withdraw */

/* The last one who decided in this walk; NULL: nobody has. */
static struct wf_seat *last_decided(const struct wf_seats *walk)
{
    struct wf_seat *last = NULL;

    for (size_t i = 0; i < walk->n; i++) {
        struct wf_seat *seat = &walk->at[i];
        bool decided =
            seat->state == WF_SEAT_APPROVED || seat->state == WF_SEAT_REJECTED;

        if (decided && !wf_streq(seat->source, "again")
            && (!last || seat->decided >= last->decided))
            last = seat;
    }
    return last;
}

bool wf_approval_may_withdraw(struct wf_flow *flow, const struct wf_doc *doc,
                              bool *out, weft_error *err)
{
    wf_id me = flow->call->me ? flow->call->me->id : 0;
    struct wf_seats walk;
    const struct wf_seat *last;

    *out = false;
    if (doc->step->kind != WF_STEP_APPROVAL || !me)
        return true;
    if (!wf_seats_load(flow, doc, true, &walk, err))
        return false;
    last = last_decided(&walk);
    *out = last ? last->person == me : wf_approval_submitter(doc) == me;
    return true;
}

/* The withdrawer is asked again, at the level where they had decided. */
static bool reopen(struct wf_flow *flow, struct wf_doc *doc,
                   struct wf_seats *walk, struct wf_seat *seat, weft_error *err)
{
    bool same_level = wf_streq(seat->level, doc->level);

    if (!same_level && !wf_seats_close(flow, doc, err))
        return false;
    if (wf_approval_level(doc)->order == WF_ONE_BY_ONE && same_level)
        for (size_t i = 0; i < walk->n; i++)
            if (walk->at[i].state == WF_SEAT_OPEN
                && wf_streq(walk->at[i].level, seat->level)
                && !wf_seat_set(flow, &walk->at[i], WF_SEAT_WAITING, err))
                return false;
    doc->level = seat->level;
    return wf_seat_set(flow, seat, WF_SEAT_OPEN, err);
}

bool wf_approval_withdraw(struct wf_flow *flow, struct wf_doc *doc,
                          const struct wf_step **to, weft_error *err)
{
    wf_id me = flow->call->me ? flow->call->me->id : 0;
    struct wf_seats walk;
    struct wf_seat *last;
    bool may;

    if (!wf_approval_may_withdraw(flow, doc, &may, err)
        || !wf_seats_load(flow, doc, true, &walk, err))
        return false;
    last = last_decided(&walk);
    if (may && last)
        return reopen(flow, doc, &walk, last, err);
    if (may) {
        *to = wf_form_step(doc->form, remembered(doc, "from"));
        return true;
    }
    for (size_t i = 0; i < walk.n; i++)
        if (walk.at[i].person == me && last)
            return wf_fail(err, WEFT_E_CONFLICT,
                           "Too late: somebody has acted since.");
    if (wf_approval_submitter(doc) == me)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Too late: somebody has acted since.");
    return wf_fail(err, WEFT_E_DENIED,
                   "Only who submitted it or acted last can withdraw.");
}
