/* flow/step.c - entering and leaving steps of each kind.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/step.h"

#include "base/error.h"
#include "base/messages.h"
#include "doc/history.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/deadline.h"
#include "flow/hook.h"
#include "flow/notification.h"
#include "flow/outbox.h"
#include "flow/parallel.h"
#include "flow/proposal.h"
#include "flow/seat.h"
#include "flow/settle.h"
#include "flow/wait.h"
#include "flow/wanted.h"

/* Branches may lead to branches and approvals may pass at once; a form that
 * goes round in them is stopped here. */
enum {
    MOVES_MAX = 100
};

bool wf_step_note(struct wf_flow *flow, const struct wf_doc *doc,
                  const char *kind, const char *level, const char *reason,
                  weft_error *err)
{
    struct wf_event event = { .document = doc->id,
                              .kind = kind,
                              .step = doc->step->id,
                              .level = level,
                              .reason = reason,
                              .by_system = true };

    return wf_history_add(flow->call, &event, err);
}

/* --- One kind of step each: sets *next where the document does not stay. */

static bool administrators(struct wf_flow *flow, struct wf_doc *doc,
                           struct wf_who_list *people, weft_error *err)
{
    static const struct wf_who admin = { .kind = WF_WHO_ROLE, .name = "admin" };

    if (!wf_ask_people(flow, doc, &admin, people, err))
        return false;
    if (people->n == 0)
        return wf_fail(
            err, WEFT_E_INVALID,
            "Nobody can be asked for step \"%s\", and there is no "
            "administrator either.",
            wf_words_label(doc->step->words, flow->call->lang, doc->step->id));
    return wf_step_note(flow, doc, "assign", NULL, "nobody", err);
}

static bool enter_work(struct wf_flow *flow, struct wf_doc *doc,
                       const struct wf_step **next, weft_error *err)
{
    struct wf_who_list people;
    struct wf_asking asking = { .people = &people, .source = "rule" };

    (void)next;
    if (!doc->step->by || doc->veil)
        return true; /* its writer is asked apart from it */
    if (!wf_ask_people(flow, doc, doc->step->by, &people, err))
        return false;
    if (people.n == 0) {
        asking.source = "admin";
        if (!administrators(flow, doc, &people, err))
            return false;
    }
    return wf_seats_make(flow, doc, &asking, err);
}

static bool enter_approval(struct wf_flow *flow, struct wf_doc *doc,
                           const struct wf_step **next, weft_error *err)
{
    return wf_approval_enter(flow, doc, next, err);
}

static bool enter_wanted(struct wf_flow *flow, struct wf_doc *doc,
                         const struct wf_step **next, weft_error *err)
{
    return wf_wanted_enter(flow, doc, next, err);
}

static bool enter_branch(struct wf_flow *flow, struct wf_doc *doc,
                         const struct wf_step **next, weft_error *err)
{
    for (const struct wf_go *go = doc->step->goes; go; go = go->next) {
        bool holds;

        if (!wf_ask_holds(flow, doc, go->when, NULL, &holds, err))
            return false;
        if (holds) {
            *next = go->to;
            return true;
        }
    }
    return wf_fail(err, WEFT_E_INVALID,
                   "No way on from \"%s\": none of its conditions holds.",
                   doc->step->id);
}

static bool enter_wait(struct wf_flow *flow, struct wf_doc *doc,
                       const struct wf_step **next, weft_error *err)
{
    return wf_wait_enter(flow, doc, next, err);
}

static bool enter_parallel(struct wf_flow *flow, struct wf_doc *doc,
                           const struct wf_step **next, weft_error *err)
{
    return wf_parallel_enter(flow, doc, next, err);
}

static bool enter_end(struct wf_flow *flow, struct wf_doc *doc,
                      const struct wf_step **next, weft_error *err)
{
    (void)next;
    doc->state = doc->step->void_ ? WF_VOID : WF_DONE;
    wf_wanted_ended(flow, doc->id);
    return wf_errand_ahead(flow, doc->id, err)
           && wf_proposal_ended(flow, doc, err);
}

typedef bool enter_fn(struct wf_flow *flow, struct wf_doc *doc,
                      const struct wf_step **next, weft_error *err);

static enter_fn *const enter_kinds[] = {
    [WF_STEP_WORK] = enter_work,         [WF_STEP_APPROVAL] = enter_approval,
    [WF_STEP_BRANCH] = enter_branch,     [WF_STEP_WAIT] = enter_wait,
    [WF_STEP_CALL] = enter_wanted,       [WF_STEP_COLLECT] = enter_wanted,
    [WF_STEP_PARALLEL] = enter_parallel, [WF_STEP_END] = enter_end,
};

/* In the language of each; whoever has brought it there knows. */
static bool tell_one(struct wf_flow *flow, const struct wf_doc *doc,
                     wf_id person, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_told told = { .person = person,
                            .document = doc->id,
                            .matter = WF_MATTER_TOLD };
    struct wf_hearer hearer;

    if (call->me && call->me->id == person)
        return true;
    if (!wf_hearer_find(call, doc, person, &hearer, err))
        return false;
    if (!hearer.person)
        return true;
    told.text = wf_arena_printf(
        call->arena, "%s: %s",
        wf_words_label(doc->step->words, hearer.lang, doc->step->id),
        hearer.title);
    return wf_notification_add(call, &told, err);
}

/* tell="…" of a step: who hears that a document has come there. */
static bool tell(struct wf_flow *flow, const struct wf_doc *doc,
                 const struct wf_step *to, weft_error *err)
{
    struct wf_who_list people = { NULL, 0, 0 };

    if (!to->tell || doc->veil)
        return true;
    if (!wf_ask_people(flow, doc, to->tell, &people, err))
        return false;
    for (size_t i = 0; i < people.n; i++)
        if (!tell_one(flow, doc, people.at[i], err))
            return false;
    return true;
}

/* The hook finds the document in its new step, in the store as well, and may
 * still change it: people and conditions are asked after it. */
static bool enter_one(struct wf_flow *flow, struct wf_doc *doc,
                      const struct wf_step *to, const struct wf_step **next,
                      weft_error *err)
{
    struct wf_hook hook = { "enter", to->id, NULL };

    doc->step = to;
    doc->level = NULL;
    wf_lane_set_due(doc, 0);
    *next = NULL;
    if (to->kind == WF_STEP_END)
        doc->state = to->void_ ? WF_VOID : WF_DONE;
    if (wf_hook_exists(doc->form, "enter", to->id)
        && (!wf_settle_values(flow, doc, err)
            || !wf_doc_save(flow->call, doc, err)
            || !wf_hook_run(flow, doc, &hook, err)))
        return false;
    return wf_settle_values(flow, doc, err)
           && enter_kinds[to->kind](flow, doc, next, err)
           && tell(flow, doc, to, err);
}

bool wf_step_enter_here(struct wf_flow *flow, struct wf_doc *doc,
                        const struct wf_step *to, const struct wf_step **out,
                        weft_error *err)
{
    const struct wf_lane *here = doc->lane ? doc->lane->lane : NULL;

    for (int moves = 0; to && wf_lane_has(here, to); moves++) {
        const struct wf_step *next;

        if (moves == MOVES_MAX)
            return wf_fail(err, WEFT_E_INVALID,
                           "The workflow goes round in circles at \"%s\".",
                           to->id);
        if (!enter_one(flow, doc, to, &next, err))
            return false;
        to = next;
    }
    *out = to;
    return true;
}

bool wf_step_enter(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_step *to, weft_error *err)
{
    const struct wf_step *out = to;

    while (out) {
        if (!wf_step_enter_here(flow, doc, out, &out, err)
            || (out && !wf_parallel_out(flow, doc, &out, err)))
            return false;
    }
    return true;
}

bool wf_step_move(struct wf_flow *flow, struct wf_doc *doc,
                  const struct wf_step *to, weft_error *err)
{
    struct wf_hook hook = { "leave", doc->step->id, NULL };
    const char *left = wf_doc_own(doc).step->id;

    if (doc->step->kind != WF_STEP_END
        && (!wf_hook_run(flow, doc, &hook, err)
            || !wf_step_clear(flow, doc, err)))
        return false;
    if (!wf_step_enter(flow, doc, to, err))
        return false;
    if (doc->step->kind == WF_STEP_END) { /* where a reopening leads */
        char ended[WF_TIME_TEXT];

        wf_time_write(flow->call->now, ended);
        wf_approval_keep(flow, doc, "left", left);
        wf_approval_keep(flow, doc, "ended",
                         wf_arena_str(flow->call->arena, ended));
    }
    return true;
}

bool wf_step_ask_anew(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    const struct wf_step *next = NULL;

    return enter_work(flow, doc, &next, err);
}

bool wf_step_clear(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    if (doc->step->kind == WF_STEP_PARALLEL)
        return wf_parallel_clear(flow, doc, err);
    return wf_seats_close(flow, doc, err)
           && (!doc->step->until || wf_wait_leave(flow, doc, err))
           && (!doc->step->wanted || wf_wanted_leave(flow, doc, err));
}

/* --- What comes after a move, whoever made it */

/* What hooks changed on the way is the engine's own entry. */
static bool record_rest(struct wf_flow *flow, struct wf_doc *doc,
                        struct wf_json *recorded, weft_error *err)
{
    struct wf_json *loaded = doc->before;
    struct wf_event event = { .document = doc->id,
                              .kind = "edit",
                              .step = doc->step->id,
                              .reason = "hook",
                              .by_system = true,
                              .is_saved_after = true };

    doc->before = recorded;
    event.changes = wf_doc_changes(flow->call, doc);
    doc->before = loaded;
    return wf_json_len(event.changes) == 0
           || wf_history_add(flow->call, &event, err);
}

bool wf_step_finish(struct wf_flow *flow, struct wf_doc *doc,
                    const struct wf_step *to, weft_error *err)
{
    struct wf_json *recorded = wf_json_copy(flow->call->arena, doc->data);

    if (to && !wf_step_move(flow, doc, to, err))
        return false;
    wf_lane_look(doc, NULL);
    wf_doc_touch(flow->call, doc);
    return wf_settle_values(flow, doc, err)
           && record_rest(flow, doc, recorded, err)
           && wf_deadline_settle(flow, doc, err)
           && wf_doc_save(flow->call, doc, err)
           && (!to
               || (wf_outbox_moved(flow->call, doc, err)
                   && wf_notification_ended(flow->call, doc, err)));
}
