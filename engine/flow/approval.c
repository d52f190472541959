/* flow/approval.c - asking levels one after the other, and counting votes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/approval.h"

#include "base/error.h"
#include "flow/ask.h"
#include "flow/step.h"
#include "flow/undo.h"
#include "flow/vote.h"

/* --- What a running chain remembers */

void wf_approval_keep(struct wf_flow *flow, struct wf_doc *doc,
                      const char *what, const char *value)
{
    if (value)
        wf_json_set(flow->call->arena, doc->flow, what,
                    wf_json_text(flow->call->arena, value));
    else
        (void)wf_json_remove(doc->flow, what);
}

const char *wf_approval_kept(const struct wf_doc *doc, const char *what)
{
    return wf_json_str(wf_json_get(doc->flow, what));
}

void wf_approval_remember(struct wf_flow *flow, struct wf_doc *doc)
{
    char by[WF_ID_TEXT] = "";

    if (flow->call->me && !doc->veil)
        wf_id_write(flow->call->me->id, by);
    wf_approval_keep(flow, doc, "from", doc->step->id);
    wf_approval_keep(flow, doc, "by", by);
}

wf_id wf_approval_submitter(const struct wf_doc *doc)
{
    const char *by = wf_approval_kept(doc, "by");
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

        wf_id whose = seat->giver ? seat->giver : seat->person;

        if (seat->state != WF_SEAT_APPROVED || seat->tie == WF_TIE_DELEGATE
            || wf_seat_is_expired(seat) || wf_streq(seat->level, level))
            continue;
        wf_who_list_add(call->arena, approved, whose);
        if (!wf_streq(seat->level, last))
            before->n = 0;
        last = seat->level;
        wf_who_list_add(call->arena, before, whose);
    }
}

/* No silent pass, no stuck document: where nobody can be asked, the act that
 * led here is refused. */
static bool refuse(struct wf_flow *flow, const struct wf_level_turn *turn,
                   weft_error *err)
{
    return wf_fail(err, WEFT_E_INVALID,
                   "Nobody can be asked for \"%s\". An administrator has "
                   "to fill that place first.",
                   wf_level_turn_label(turn, flow->call));
}

/* Seats for one turn; *decided if those who approved before decide it. */
static bool ask(struct wf_flow *flow, struct wf_doc *doc,
                const struct wf_level_turn *turn, bool *decided,
                weft_error *err)
{
    struct wf_asking asking = { .people = &turn->people,
                                .again = &turn->again,
                                .source = turn->source,
                                .one_by_one =
                                    turn->level->order == WF_ONE_BY_ONE };
    struct wf_seats seats;

    *decided = false;
    if (turn->people.n == 0)
        return refuse(flow, turn, err);
    doc->level = turn->name;
    /* A return with "here" may come by a level that this walk has asked. */
    if (wf_approval_kept(doc, "back") && !wf_seats_retire(flow, doc, err))
        return false;
    if (!wf_seats_make(flow, doc, &asking, err))
        return false;
    if (turn->instead
        && !wf_step_note(flow, doc, "assign", turn->name, turn->instead, err))
        return false;
    if (turn->again.n == 0)
        return true;
    if (!wf_seats_load(flow, doc, false, &seats, err))
        return false;
    *decided = wf_vote_count(turn->level, &seats) == WF_APPROVED;
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

bool wf_approval_ask_again(struct wf_flow *flow, struct wf_doc *doc,
                           const char *name, enum wf_asked_anew why,
                           const struct wf_step **next, weft_error *err)
{
    struct wf_walk walk;
    struct wf_level_turn turn = { .level = NULL };
    bool decided = true;

    doc->level = name;
    wf_approval_keep(flow, doc, "back", name);
    if (!walk_of(flow, doc, why == WF_RETURNED_TO ? name : NULL, &walk, err)
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
    const char *resume = wf_approval_kept(doc, "resume");
    struct wf_level_turn turn = { .level = NULL };

    wf_undo_forget(doc);
    wf_approval_keep(flow, doc, "resumed", resume);
    wf_approval_keep(flow, doc, "back", resume);
    if (resume && wf_level_turn_find(doc->step, resume, &turn)) {
        wf_approval_keep(flow, doc, "resume", NULL);
        return wf_approval_ask_again(flow, doc, resume, WF_RESUMED_AT, next,
                                     err);
    }
    wf_approval_keep(flow, doc, "resume", NULL);
    doc->walk++;
    return ask_next(flow, doc, &turn, next, err);
}

/* The last level of this walk that was decided and is there still; none: the
 * walk begins anew. */
static bool last_decided_turn(struct wf_flow *flow, const struct wf_doc *doc,
                              struct wf_level_turn *out, weft_error *err)
{
    struct wf_seats walk;

    *out = (struct wf_level_turn){ .level = NULL };
    if (!wf_seats_load(flow, doc, true, &walk, err))
        return false;
    for (size_t i = 0; i < walk.n; i++)
        if (walk.at[i].state == WF_SEAT_APPROVED)
            (void)wf_level_turn_find(doc->step, walk.at[i].level, out);
    return true;
}

bool wf_approval_ask_anew(struct wf_flow *flow, struct wf_doc *doc,
                          const struct wf_step **next, weft_error *err)
{
    struct wf_level_turn turn;

    if (wf_level_turn_find(doc->step, doc->level, &turn))
        return wf_approval_ask_again(flow, doc, doc->level, WF_RESUMED_AT, next,
                                     err);
    return last_decided_turn(flow, doc, &turn, err)
           && ask_next(flow, doc, &turn, next, err);
}

/* --- Counting */

/* After an approved level: on to the next, or back to where a return came
 * from. */
static bool go_on(struct wf_flow *flow, struct wf_doc *doc,
                  const struct wf_step **to, weft_error *err)
{
    const char *resume = wf_approval_kept(doc, "resume");
    struct wf_level_turn turn = { .level = NULL };

    if (!wf_seats_close(flow, doc, err))
        return false;
    if (resume && !wf_streq(resume, doc->level)) {
        wf_approval_keep(flow, doc, "resume", NULL);
        return wf_approval_ask_again(flow, doc, resume, WF_RESUMED_AT, to, err);
    }
    (void)wf_level_turn_find(doc->step, doc->level, &turn);
    return ask_next(flow, doc, &turn, to, err);
}

/* Those whose turn has come are asked. */
static bool open_in_turn(struct wf_flow *flow, const struct wf_level *level,
                         struct wf_seats *seats, weft_error *err)
{
    for (size_t i = 0; i < seats->n; i++) {
        struct wf_seat *seat = &seats->at[i];

        if (seat->state == WF_SEAT_WAITING
            && wf_seat_has_turn(level, seats, seat)
            && !wf_seat_set(flow, seat, WF_SEAT_OPEN, err))
            return false;
    }
    return true;
}

bool wf_approval_count(struct wf_flow *flow, struct wf_doc *doc,
                       const struct wf_step **to, weft_error *err)
{
    const struct wf_level *level = wf_approval_level(doc);
    struct wf_seats seats;

    if (!wf_seats_load(flow, doc, false, &seats, err))
        return false;
    switch (wf_vote_count(level, &seats)) {
    case WF_APPROVED:
        return go_on(flow, doc, to, err);
    case WF_REFUSED:
        *to = doc->step->rejected;
        wf_approval_keep(flow, doc, "resume", NULL);
        return true;
    case WF_UNDECIDED:
        break;
    }
    return open_in_turn(flow, level, &seats, err);
}
