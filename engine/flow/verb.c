/* flow/verb.c - the table of verbs, and whether one may be taken.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/verb.h"

#include "base/error.h"
#include "base/list.h"
#include "base/messages.h"
#include "doc/doc_lane.h"
#include "flow/approval.h"
#include "flow/undo.h"

enum {
    ASKING = WF_AT_LEVEL | WF_AT_STEP,
    OF_ALL = ASKING | WF_AT_LANES,
    ANYWHERE = OF_ALL | WF_AT_END,
};

/* clang-format off */
static const struct wf_verb verbs[] = {
    /* id, bit, places, needs a seat, names people, is undone, may, run */
    { "approve", WF_VERB_APPROVE, WF_AT_LEVEL, true, false, true,
      NULL, wf_verb_approve, WF_MESSAGE("Approve") },
    { "reject", WF_VERB_REJECT, WF_AT_LEVEL, true, false, true,
      NULL, wf_verb_reject, WF_MESSAGE("Reject") },
    { "return", WF_VERB_RETURN, WF_AT_LEVEL, true, false, true,
      NULL, wf_verb_return, WF_MESSAGE("Return") },
    { "transfer", WF_VERB_TRANSFER, ASKING, true, true, true,
      NULL, wf_verb_transfer, WF_MESSAGE("Transfer") },
    { "delegate", WF_VERB_DELEGATE, WF_AT_LEVEL, true, true, true,
      NULL, wf_verb_delegate, WF_MESSAGE("Delegate") },
    { "add-approver", WF_VERB_ADD, WF_AT_LEVEL, true, true, true,
      NULL, wf_verb_add, WF_MESSAGE("Add approver") },
    { "remove-approver", WF_VERB_REMOVE, WF_AT_LEVEL, false, false, true,
      wf_may_remove, wf_verb_remove, WF_MESSAGE("Remove approver") },
    { "withdraw", WF_VERB_WITHDRAW, WF_AT_LEVEL, false, false, false,
      wf_may_withdraw, wf_verb_withdraw, WF_MESSAGE("Withdraw") },
    { "urge", WF_VERB_URGE, OF_ALL, false, false, false,
      wf_may_urge, wf_verb_urge, WF_MESSAGE("Urge") },
    { "cc", WF_VERB_CC, ANYWHERE, false, true, false,
      wf_may_cc, wf_verb_cc, WF_MESSAGE("Send a copy") },
    { "attach", WF_VERB_ATTACH, ANYWHERE, false, false, false,
      wf_may_attach, wf_verb_attach, WF_MESSAGE("Attach files") },
    { "reopen", WF_VERB_REOPEN, WF_AT_END, false, false, false,
      wf_may_reopen, wf_verb_reopen, WF_MESSAGE("Reopen") },
    { "appeal", WF_VERB_APPEAL, WF_AT_END, false, false, false,
      wf_may_appeal, wf_verb_appeal, WF_MESSAGE("Appeal") },
};
/* clang-format on */

const struct wf_verb *wf_verb_find(const char *id)
{
    for (size_t i = 0; i < WF_COUNT(verbs); i++)
        if (wf_streq(verbs[i].id, id))
            return &verbs[i];
    return NULL;
}

const struct wf_verb *wf_verb_next(const struct wf_verb *verb)
{
    size_t i = verb ? (size_t)(verb - verbs) + 1 : 0;

    return i < WF_COUNT(verbs) ? &verbs[i] : NULL;
}

bool wf_is_draft(const struct wf_doc *doc, const struct wf_person *me)
{
    return me && doc->step == doc->form->start
           && doc->step->kind == WF_STEP_WORK && !wf_approval_kept(doc, "from")
           && wf_is_own(doc, me->id);
}

/* 0 where no verb is possible. */
static unsigned place_of(const struct wf_deed *deed)
{
    if (deed->doc->state != WF_OPEN)
        return WF_AT_END;
    if (deed->level)
        return WF_AT_LEVEL;
    if (deed->doc->step->kind == WF_STEP_PARALLEL)
        return WF_AT_LANES;
    return wf_is_draft(deed->doc, deed->flow->call->me) ? 0 : WF_AT_STEP;
}

/* Of what is about all lanes: the seats of each. */
static bool begin_in_all(struct wf_deed *deed, weft_error *err)
{
    struct wf_arena *arena = deed->flow->call->arena;
    struct wf_doc_lane *around = deed->doc->lane, *lane = NULL;
    struct wf_seats walk;

    while ((lane = wf_lane_next(deed->doc, lane))) {
        wf_lane_look(deed->doc, lane);
        if (!wf_seats_load(deed->flow, deed->doc, true, &walk, err))
            return false;
        for (size_t i = 0; i < walk.n; i++) {
            *WF_PUSH(arena, &deed->walk) = walk.at[i];
            if (wf_streq(walk.at[i].level, deed->doc->level))
                *WF_PUSH(arena, &deed->seats) = walk.at[i];
        }
    }
    wf_lane_look(deed->doc, around);
    return true;
}

bool wf_deed_begin(struct wf_deed *deed, struct wf_flow *flow,
                   struct wf_doc *doc, const struct wf_act *act,
                   weft_error *err)
{
    *deed = (struct wf_deed){
        .flow = flow, .doc = doc, .act = act, .level = wf_approval_level(doc)
    };
    if (doc->step->kind == WF_STEP_PARALLEL)
        return begin_in_all(deed, err);
    if (!wf_seats_load(flow, doc, true, &deed->walk, err))
        return false;
    for (size_t i = 0; i < deed->walk.n; i++)
        if (wf_streq(deed->walk.at[i].level, doc->level))
            *WF_PUSH(flow->call->arena, &deed->seats) = deed->walk.at[i];
    if (flow->call->me)
        deed->mine = wf_seats_open_of(&deed->seats, flow->call->me->id);
    return true;
}

/* --- May they? */

static bool fail_here(const struct wf_verb *verb, const struct wf_deed *deed,
                      weft_error *err)
{
    if (deed->doc->state != WF_OPEN)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This document is finished; \"%s\" is too late.",
                       verb->id);
    return wf_fail(err, WEFT_E_CONFLICT,
                   "\"%s\" is not possible in step \"%s\".", verb->id,
                   deed->doc->step->id);
}

/* Why somebody without an open seat has none: they were asked and it is
 * decided, or nobody asks them. */
static bool fail_unasked(const struct wf_deed *deed, weft_error *err)
{
    const struct wf_person *me = deed->flow->call->me;

    for (size_t i = 0; me && i < deed->walk.n; i++)
        if (deed->walk.at[i].person == me->id
            && !wf_seat_is_live(&deed->walk.at[i]))
            return wf_fail(err, WEFT_E_CONFLICT,
                           "This has been decided already.");
    if (me && wf_seats_live_of(&deed->seats, me->id))
        return wf_fail(err, WEFT_E_DENIED,
                       "It is not your turn: others decide before you.");
    return wf_fail(err, WEFT_E_DENIED,
                   deed->level ? "This level does not ask you."
                               : "This step does not ask you.");
}

bool wf_verb_may(const struct wf_verb *verb, struct wf_deed *deed,
                 weft_error *err)
{
    if (!(verb->places & place_of(deed)))
        return fail_here(verb, deed, err);
    if (verb->needs_seat && !deed->mine)
        return fail_unasked(deed, err);
    if (deed->level && !wf_level_allows(deed->level, verb->bit))
        return wf_fail(err, WEFT_E_DENIED, "This level does not allow \"%s\".",
                       verb->id);
    return !verb->may || verb->may(deed, err);
}

bool wf_verb_is_possible(const struct wf_verb *verb, struct wf_deed *deed,
                         bool *out, weft_error *err)
{
    weft_error why = WEFT_ERROR_INIT;

    *out = wf_verb_may(verb, deed, &why);
    switch (why.code) {
    case WEFT_OK:
    case WEFT_E_DENIED:
    case WEFT_E_CONFLICT:
    case WEFT_E_INVALID:
    case WEFT_E_LIMITED:
        return true;
    default:
        return wf_fail_as(err, &why);
    }
}

/* --- Taking */

/* An act within the hook of another one has notes of its own. What led out of
 * the approval cannot be withdrawn. */
bool wf_verb_take(const struct wf_verb *verb, struct wf_deed *deed,
                  weft_error *err)
{
    struct wf_flow *flow = deed->flow;
    struct wf_undo *outer = flow->undo;
    bool ok;

    flow->undo = NULL;
    if (verb->is_undone && deed->level)
        wf_undo_begin(flow, deed->doc, verb->id, &deed->walk);
    ok = verb->run(deed, err);
    if (ok && deed->to)
        wf_undo_forget(deed->doc);
    else if (ok)
        wf_undo_end(flow, deed->doc);
    flow->undo = outer;
    return ok;
}
