/* flow/reseat.c - the engine gives a seat to somebody else.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/reseat.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/history.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/delegation.h"
#include "flow/step.h"
#include "flow/verb.h"
#include "flow/vote.h"

static const char SQL_OF_PERSON[] =
    "SELECT id, document FROM seat WHERE person = $1"
    " AND state IN ('open', 'waiting') ORDER BY id";
/* A delegate's seat (verb) is not held in its giver's place. */
static const char SQL_OF_GIVER[] =
    "SELECT s.id, s.document FROM seat s WHERE s.giver = $1"
    " AND s.state IN ('open', 'waiting') AND s.source = 'delegation'"
    " AND coalesce(s.tie, '') <> 'delegate' ORDER BY s.id";

bool wf_seats_of_person(struct wf_flow *flow, wf_id person, bool giver,
                        struct wf_held_seats *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = (struct wf_held_seats){ NULL, 0, 0 };
    if (!wf_stmt_begin(flow->call->db, giver ? SQL_OF_GIVER : SQL_OF_PERSON, &q,
                       err))
        return false;
    wf_stmt_bind_id(&q, 1, person);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(flow->call->arena, out) =
            (struct wf_held_seat){ wf_stmt_int(&q, 0), wf_stmt_int(&q, 1) };
    return got == WF_FETCH_DONE;
}

wf_id wf_seat_principal(const struct wf_seat *seat)
{
    bool in_place = seat->giver && seat->tie != WF_TIE_DELEGATE
                    && wf_streq(seat->source, "delegation");

    return in_place ? seat->giver : seat->person;
}

static bool note(struct wf_flow *flow, const struct wf_doc *doc,
                 struct wf_why why, wf_id from, wf_id to, weft_error *err)
{
    struct wf_event event = { .document = doc->id,
                              .kind = why.kind,
                              .step = doc->step->id,
                              .level = doc->level,
                              .reason = why.reason,
                              .for_person = from,
                              .people = &to,
                              .n_people = to ? 1 : 0,
                              .by_system = true };

    return wf_history_add(flow->call, &event, err);
}

bool wf_reseat_settle(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    const struct wf_step *to = NULL;

    if (doc->step->kind == WF_STEP_APPROVAL
        && !wf_approval_count(flow, doc, &to, err))
        return false;
    return wf_step_finish(flow, doc, to, err);
}

/* A seat of `person` that another one beside it would double: one that is
 * asked, or has voted. */
static struct wf_seat *double_of(const struct wf_deed *deed, wf_id person,
                                 wf_id not )
{
    for (size_t i = 0; i < deed->seats.n; i++) {
        struct wf_seat *seat = &deed->seats.at[i];

        if (seat->id != not &&seat->person == person
            && (wf_seat_is_live(seat)
                || (deed->level && wf_seat_has_vote(seat))))
            return seat;
    }
    return NULL;
}

/* Whether `other` has been asked for a word that somebody waits for: to take
 * another's seat at that level would silence it. Of the seat itself it is the
 * same word. */
static bool is_awaited(const struct wf_seat *other, wf_id seat)
{
    return other && !wf_seat_has_vote(other) && other->asker != seat;
}

static bool close_seat(struct wf_flow *flow, struct wf_doc *doc,
                       struct wf_deed *deed, struct wf_seat *seat,
                       weft_error *err)
{
    if (!wf_seat_set(flow, seat, WF_SEAT_CLOSED, err)
        || !wf_deed_drop(deed, seat->id, err))
        return false;
    return wf_reseat_settle(flow, doc, err);
}

/* The seat where it is, with all that is about it; NULL: nobody decides there
 * any more. */
static bool find_live(struct wf_flow *flow, struct wf_doc *doc, wf_id id,
                      struct wf_deed *deed, struct wf_seat **out,
                      weft_error *err)
{
    if (!wf_seat_look(flow, doc, id, err)
        || !wf_deed_begin(deed, flow, doc, NULL, err))
        return false;
    *out = wf_seats_find(&deed->seats, id);
    if (*out && !wf_seat_is_live(*out))
        *out = NULL;
    return true;
}

bool wf_reseat_may(struct wf_flow *flow, struct wf_doc *doc, wf_id id,
                   wf_id person, bool *out, weft_error *err)
{
    struct wf_deed deed;
    struct wf_seat *seat;
    wf_id taker;

    if (!find_live(flow, doc, id, &deed, &seat, err)
        || !wf_delegation_taker(flow, doc, person, &taker, err))
        return false;
    *out = !is_awaited(double_of(&deed, taker, id), id);
    return true;
}

bool wf_reseat(struct wf_flow *flow, struct wf_doc *doc, wf_id id, wf_id person,
               const char *reason, weft_error *err)
{
    struct wf_why why = { "assign", reason };

    return wf_reseat_as(flow, doc, id, person, why, err);
}

bool wf_reseat_as(struct wf_flow *flow, struct wf_doc *doc, wf_id id,
                  wf_id person, struct wf_why why, weft_error *err)
{
    struct wf_deed deed;
    struct wf_seat *seat, *other;
    wf_id taker;

    if (!find_live(flow, doc, id, &deed, &seat, err)
        || !wf_delegation_taker(flow, doc, person, &taker, err))
        return false;
    if (!seat)
        return true;
    other = double_of(&deed, taker, id);
    if (is_awaited(other, id) || (other && wf_streq(why.reason, "delegation")))
        return true;
    if (!note(flow, doc, why, seat->person, taker, err))
        return false;
    if (other && wf_seat_has_vote(other))
        return close_seat(flow, doc, &deed, seat, err);
    /* Their word for this very seat is not needed any more. */
    if (other
        && (!wf_seat_set(flow, other, WF_SEAT_CLOSED, err)
            || !wf_deed_drop(&deed, other->id, err)))
        return false;
    return wf_seat_give(flow, doc, seat, person, why.reason, err)
           && wf_reseat_settle(flow, doc, err);
}

bool wf_unseat(struct wf_flow *flow, struct wf_doc *doc, wf_id id,
               const char *reason, weft_error *err)
{
    struct wf_deed deed;
    struct wf_seat *seat;

    if (!find_live(flow, doc, id, &deed, &seat, err))
        return false;
    if (!seat)
        return true;
    return note(flow, doc, (struct wf_why){ "assign", reason }, seat->person, 0,
                err)
           && close_seat(flow, doc, &deed, seat, err);
}

bool wf_seat_refuse(struct wf_flow *flow, struct wf_doc *doc, wf_id id,
                    const char *reason, weft_error *err)
{
    struct wf_deed deed;
    struct wf_seat *seat;

    if (!find_live(flow, doc, id, &deed, &seat, err))
        return false;
    if (!seat)
        return true;
    return note(flow, doc, (struct wf_why){ "reject", reason }, seat->person, 0,
                err)
           && wf_seat_expire(flow, seat, WF_SEAT_REJECTED, err)
           && wf_deed_drop(&deed, seat->id, err)
           && wf_reseat_settle(flow, doc, err);
}
