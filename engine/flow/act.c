/* flow/act.c - an action of a step, or a verb of an approval, from the first
 * check to the job that follows it.
 *
 * The order is the same for all: may this person, here, now; what they fill in
 * with it; is it complete; before_ hook; the person's event; the move, with
 * the engine's own events; the rest.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/act.h"

#include "base/error.h"
#include "doc/derive.h"
#include "doc/history.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/edit.h"
#include "flow/hook.h"
#include "flow/job.h"
#include "flow/settle.h"
#include "flow/step.h"

/* --- Verbs */

static bool approve(struct wf_flow *flow, struct wf_doc *doc,
                    const struct wf_act *act, const struct wf_step **to,
                    weft_error *err)
{
    (void)act;
    return wf_approval_vote(flow, doc, true, to, err);
}

static bool reject(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_act *act, const struct wf_step **to,
                   weft_error *err)
{
    (void)act;
    return wf_approval_vote(flow, doc, false, to, err);
}

static bool give_back(struct wf_flow *flow, struct wf_doc *doc,
                      const struct wf_act *act, const struct wf_step **to,
                      weft_error *err)
{
    return wf_approval_return(flow, doc, act->to, to, err);
}

static bool withdraw(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_act *act, const struct wf_step **to,
                     weft_error *err)
{
    (void)act;
    return wf_approval_withdraw(flow, doc, to, err);
}

static const struct wf_verb verbs[] = {
    { "approve", approve, true },
    { "reject", reject, true },
    { "return", give_back, true },
    { "withdraw", withdraw, false },
};

const struct wf_verb *wf_verb_find(const char *id)
{
    for (size_t i = 0; i < WF_COUNT(verbs); i++)
        if (wf_streq(verbs[i].id, id))
            return &verbs[i];
    return NULL;
}

/* --- May they, here, now? */

bool wf_action_may(struct wf_flow *flow, const struct wf_doc *doc,
                   const struct wf_action *action,
                   const struct wf_rights *rights, bool *out, weft_error *err)
{
    *out = !rights || flow->call->system || (rights->rights & WF_RIGHT_ACT);
    if (*out)
        return true;
    if (action->by)
        return wf_ask_is_one_of(flow, doc, action->by, out, err);
    *out = rights->has_work;
    return true;
}

/* Why there is no such action in this step: elsewhere in the form it is too
 * early or too late, else it does not exist. */
static bool fail_unknown(const struct wf_doc *doc, const char *id,
                         weft_error *err)
{
    for (const struct wf_step *step = doc->form->steps; step; step = step->next)
        if (wf_step_action(step, id))
            return wf_fail(err, WEFT_E_CONFLICT,
                           "\"%s\" is not possible in step \"%s\".", id,
                           doc->step->id);
    return wf_fail(err, WEFT_E_NOTFOUND, "There is no action \"%s\".", id);
}

static bool check_action(struct wf_flow *flow, const struct wf_doc *doc,
                         const struct wf_action *action,
                         const struct wf_act *act, weft_error *err)
{
    bool may, holds;

    if (!wf_action_may(flow, doc, action, act->rights, &may, err)
        || !wf_ask_holds(flow, doc, action->when, NULL, &holds, err))
        return false;
    if (!may)
        return wf_fail(
            err, WEFT_E_DENIED, "\"%s\" is not yours to do in this step.",
            wf_words_label(action->words, flow->call->lang, action->id));
    if (!holds)
        return wf_fail(
            err, WEFT_E_CONFLICT,
            "\"%s\" is not possible now: its condition does not "
            "hold.",
            wf_words_label(action->words, flow->call->lang, action->id));
    if (action->comment_required && wf_str_empty(act->comment))
        wf_diag_field(flow->call->findings, "comment", "required",
                      "Please say why.");
    return true;
}

/* --- The parts that all acts have */

/* Fills in, settles, checks that it is complete, runs before_. */
static bool prepare(struct wf_flow *flow, struct wf_doc *doc,
                    const struct wf_act *act,
                    const struct wf_field_set *require, weft_error *err)
{
    const struct wf_field_set *edit = wf_edit_set(doc, act->rights);
    static const struct wf_field_set nothing = { .all = false };
    struct wf_hook hook = { "before", act->action, act };

    if (!wf_settle_patch(flow, doc, act->data, edit ? edit : &nothing,
                         act->rights, err)
        || !wf_settle(flow, doc, err))
        return false;
    if (require
        && !wf_complete_check(flow->call, doc, edit ? edit : &nothing, require,
                              err))
        return false;
    return wf_settle_findings(flow, err) && wf_hook_run(flow, doc, &hook, err)
           && wf_settle_values(flow, doc, err);
}

static bool record(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_act *act, weft_error *err)
{
    struct wf_event event = { .document = doc->id,
                              .kind = act->action,
                              .step = doc->step->id,
                              .level = doc->level,
                              .comment = act->comment,
                              .changes = wf_doc_changes(flow->call, doc) };

    return wf_history_add(flow->call, &event, err);
}

static bool finish(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_act *act, const struct wf_step *to,
                   weft_error *err)
{
    return wf_step_finish(flow, doc, to, err)
           && wf_job_add_after(flow, doc, act, err);
}

/* --- The two kinds */

static bool act_verb(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_verb *verb, const struct wf_act *act,
                     weft_error *err)
{
    const struct wf_level *level = wf_approval_level(doc);
    const struct wf_field_set *require = NULL;
    const struct wf_step *to = NULL;

    if (!level)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "\"%s\" is not possible in step \"%s\".", verb->id,
                       doc->step->id);
    if (wf_streq(verb->id, "approve"))
        require = &level->require;
    return prepare(flow, doc, act, require, err) && record(flow, doc, act, err)
           && verb->run(flow, doc, act, &to, err)
           && finish(flow, doc, act, to, err);
}

static bool mark_done(struct wf_flow *flow, const struct wf_doc *doc,
                      weft_error *err)
{
    struct wf_seats seats;
    struct wf_seat *mine;

    if (!flow->call->me)
        return true;
    if (!wf_seats_load(flow, doc, false, &seats, err))
        return false;
    mine = wf_seats_open_of(&seats, flow->call->me->id);
    return !mine || wf_seat_set(flow, mine, WF_SEAT_DONE, err);
}

static bool act_action(struct wf_flow *flow, struct wf_doc *doc,
                       const struct wf_action *action, const struct wf_act *act,
                       weft_error *err)
{
    const struct wf_field_set *require = &doc->step->require;

    if (action->to && action->to->kind == WF_STEP_END && action->to->void_)
        require = NULL; /* giving up needs no completeness */
    if (!check_action(flow, doc, action, act, err)
        || !prepare(flow, doc, act, require, err)
        || !record(flow, doc, act, err))
        return false;
    if (action->to) {
        wf_approval_remember(flow, doc);
        if (!mark_done(flow, doc, err))
            return false;
    }
    return finish(flow, doc, act, action->to, err);
}

bool wf_flow_act(struct wf_flow *flow, struct wf_doc *doc,
                 const struct wf_act *act, weft_error *err)
{
    const struct wf_verb *verb = wf_verb_find(act->action);
    const struct wf_action *action;

    if (doc->state != WF_OPEN)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This document is finished; \"%s\" is too late.",
                       act->action);
    if (verb)
        return act_verb(flow, doc, verb, act, err);
    action = wf_step_action(doc->step, act->action);
    if (!action)
        return fail_unknown(doc, act->action, err);
    return act_action(flow, doc, action, act, err);
}
