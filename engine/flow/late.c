/* flow/late.c - what happens when whoever has a seat is late: as its step or
 * level says, done by the engine itself and told so in the history.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/messages.h"
#include "doc/history.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/deadline.h"
#include "flow/delegation.h"
#include "flow/reseat.h"
#include "flow/step.h"
#include "flow/verb.h"

enum {
    LINE_MAX_STEPS = 64
};

/* One seat whose time is over. */
struct late {
    struct wf_flow *flow;
    struct wf_doc *doc;
    const struct wf_deadline *deadline;
    const struct wf_level *level; /* NULL: of a step */
    struct wf_seat seat;
};

static bool note(struct late *late, const char *kind, weft_error *err)
{
    return wf_step_note(late->flow, late->doc, kind, late->seat.level,
                        "timeout", err);
}

static bool remind(struct late *late, weft_error *err)
{
    return note(late, "remind", err)
           && wf_deadline_tell(late->flow, late->doc, late->seat.person,
                               WF_MESSAGE("This is overdue"), err);
}

/* --- Giving the seat to somebody else */

static bool give(struct late *late, wf_id person, const char *kind,
                 weft_error *err)
{
    struct wf_flow *flow = late->flow;
    wf_id taker;

    return wf_delegation_taker(flow, late->doc, person, &taker, err)
           && wf_deadline_tell(flow, late->doc, late->seat.person,
                               WF_MESSAGE("You were late, somebody else has it "
                                          "now"),
                               err)
           && wf_deadline_tell(flow, late->doc, taker,
                               WF_MESSAGE("Somebody was late, you have it now"),
                               err)
           && wf_reseat_as(flow, late->doc, late->seat.id, person,
                           (struct wf_why){ kind, "timeout" }, err);
}

/* Whether they would decide what is their own because another one was late. */
static bool is_spared(const struct late *late, wf_id person)
{
    return late->level && wf_is_own(late->doc, person)
           && !(late->level->self == WF_SELF_ASK
                && person == wf_approval_submitter(late->doc));
}

static bool may_have(struct late *late, const struct wf_person *person,
                     bool *out, weft_error *err)
{
    *out = person && person->active && person->id != late->seat.person
           && !is_spared(late, person->id);
    return !*out
           || wf_reseat_may(late->flow, late->doc, late->seat.id, person->id,
                            out, err);
}

/* To the first manager above the late one who may have it; where the line ends
 * they are reminded. */
static bool escalate(struct late *late, weft_error *err)
{
    struct wf_call *call = late->flow->call;
    const struct wf_person *at;

    if (!wf_person_find(call, late->seat.person, &at, err))
        return false;
    for (int i = 0; at && at->manager && i < LINE_MAX_STEPS; i++) {
        bool may;

        if (!wf_person_find(call, at->manager, &at, err)
            || !may_have(late, at, &may, err))
            return false;
        if (may)
            return give(late, at->id, "escalate", err);
    }
    return remind(late, err);
}

static bool transfer(struct late *late, weft_error *err)
{
    struct wf_call *call = late->flow->call;
    struct wf_who_list people;

    if (!wf_ask_people(late->flow, late->doc, late->deadline->timeout_who,
                       &people, err))
        return false;
    for (size_t i = 0; i < people.n; i++) {
        const struct wf_person *person;
        bool may;

        if (!wf_person_find(call, people.at[i], &person, err)
            || !may_have(late, person, &may, err))
            return false;
        if (may)
            return give(late, person->id, "transfer", err);
    }
    return remind(late, err);
}

/* --- Deciding */

static bool decide(struct late *late, enum wf_seat_state state,
                   const char *kind, weft_error *err)
{
    return note(late, kind, err)
           && wf_seat_expire(late->flow, &late->seat, state, err)
           && wf_reseat_settle(late->flow, late->doc, err);
}

/* Whether no level would be asked after this one. */
static bool is_last(struct late *late, bool *out, weft_error *err)
{
    struct wf_doc *doc = late->doc;
    struct wf_level_turn turn;
    struct wf_seats seats;
    struct wf_walk walk;

    if (!wf_walk_begin(&walk, late->flow, doc, doc->step,
                       wf_approval_submitter(doc), err)
        || !wf_seats_load(late->flow, doc, true, &seats, err))
        return false;
    wf_approval_approvers(late->flow->call, &seats, NULL, &walk.approved,
                          &walk.before);
    if (!wf_level_turn_find(doc->step, late->seat.level, &turn))
        turn.level = NULL;
    do {
        if (!wf_walk_next(&walk, &turn, err))
            return false;
    } while (turn.level
             && (turn.skipped
                 || (turn.people.n > 0 && turn.again.n == turn.people.n)));
    *out = !turn.level;
    return true;
}

/* A last level says so itself, or the document would pass unseen. */
static bool approve(struct late *late, weft_error *err)
{
    bool last = false;

    if (!late->deadline->own_timeout && !is_last(late, &last, err))
        return false;
    return last ? remind(late, err)
                : decide(late, WF_SEAT_APPROVED, "approve", err);
}

static bool reject(struct late *late, weft_error *err)
{
    return decide(late, WF_SEAT_REJECTED, "reject", err);
}

static bool move(struct late *late, weft_error *err)
{
    return note(late, "timeout", err)
           && wf_step_finish(late->flow, late->doc, late->deadline->timeout_to,
                             err);
}

/* --- Firing */

typedef bool late_fn(struct late *late, weft_error *err);

static late_fn *const outcomes[] = {
    [WF_TIMEOUT_REMIND] = remind,     [WF_TIMEOUT_ESCALATE] = escalate,
    [WF_TIMEOUT_TRANSFER] = transfer, [WF_TIMEOUT_APPROVE] = approve,
    [WF_TIMEOUT_REJECT] = reject,     [WF_TIMEOUT_TO] = move,
};

bool wf_late_fire(struct wf_flow *flow, const struct wf_timer *timer,
                  weft_error *err)
{
    struct late late = { .flow = flow };

    if (!wf_deadline_load(flow, timer, &late.doc, &late.seat, err))
        return false;
    if (!late.doc)
        return true;
    late.deadline =
        wf_deadline_of(late.doc->form, late.seat.step, late.seat.level);
    if (!late.deadline || !late.deadline->timeout)
        return true;
    if (late.seat.level)
        late.level = wf_approval_level(late.doc);
    return outcomes[late.deadline->timeout](&late, err);
}
