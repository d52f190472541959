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
#include "flow/after.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/edit.h"
#include "flow/hook.h"
#include "flow/parallel.h"
#include "flow/settle.h"
#include "flow/step.h"
#include "flow/verb.h"
#include "flow/wanted.h"

/* --- May they, here, now? */

bool wf_action_may(struct wf_flow *flow, const struct wf_doc *doc,
                   const struct wf_action *action,
                   const struct wf_rights *rights, bool *out, weft_error *err)
{
    *out = !rights || flow->call->system || (rights->rights & WF_RIGHT_ACT);
    if (*out)
        return true;
    if (action->by && !doc->veil)
        return wf_ask_is_one_of(flow, doc, action->by, out, err);
    return wf_works_here(flow, doc, rights, out, err);
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
    const struct wf_field_set *edit;
    static const struct wf_field_set nothing = { .all = false };
    struct wf_hook hook = { "before", act->action, act };

    if (act->rights && wf_json_len(act->data) > 0
        && !wf_edit_is_thawed(flow, doc, err))
        return false;
    if (!wf_edit_set(flow, doc, act->rights, &edit, err)
        || !wf_settle_patch(flow, doc, act->data, edit ? edit : &nothing,
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
                   const struct wf_act *act, const struct wf_deed *deed,
                   weft_error *err)
{
    struct wf_event event = { .document = doc->id,
                              .kind = act->action,
                              .step = doc->step->id,
                              .level = doc->level,
                              .comment = act->comment,
                              .for_person = deed->mine ? deed->mine->giver : 0,
                              .people = deed->people.at,
                              .n_people = deed->people.n,
                              .changes = wf_doc_changes(flow->call, doc),
                              .is_saved_after = true };

    return wf_history_add(flow->call, &event, err);
}

/* --- The two kinds */

static bool needs_comment(const struct wf_deed *deed,
                          const struct wf_verb *verb)
{
    if (verb->bit & WF_VERBS_OF_ENDS)
        return true;
    return deed->level && deed->level->explain & verb->bit;
}

/* Of a lane it stays known that somebody has done something in it; at a level
 * the acts themselves tell. */
static bool led_on(struct wf_deed *deed, const struct wf_verb *verb)
{
    if (deed->to || (verb->is_undone && !deed->level))
        wf_parallel_note_move(deed->flow, deed->doc);
    return true;
}

static bool act_verb(struct wf_deed *deed, const struct wf_verb *verb,
                     weft_error *err)
{
    struct wf_flow *flow = deed->flow;
    const struct wf_act *act = deed->act;
    struct wf_act own = *act;
    const struct wf_field_set *require =
        verb->bit == WF_VERB_APPROVE && deed->level ? &deed->level->require
                                                    : NULL;

    if (verb->bit == WF_VERB_APPEAL)
        own.data = NULL; /* it is of the appeal */
    if (!wf_verb_may(verb, deed, err))
        return false;
    if (needs_comment(deed, verb) && wf_str_empty(act->comment))
        wf_diag_field(flow->call->findings, "comment", "required",
                      "Please say why.");
    return wf_deed_people(deed, verb, err)
           && prepare(flow, deed->doc, &own, require, err)
           && record(flow, deed->doc, act, deed, err)
           && wf_verb_take(verb, deed, err) && led_on(deed, verb)
           && wf_step_finish(flow, deed->doc, deed->to, err)
           && wf_after_add(flow, deed->doc, act, err);
}

static bool act_action(struct wf_deed *deed, const struct wf_action *action,
                       weft_error *err)
{
    struct wf_flow *flow = deed->flow;
    struct wf_doc *doc = deed->doc;
    const struct wf_field_set *require = &doc->step->require;

    if (action->to && action->to->kind == WF_STEP_END && action->to->void_)
        require = NULL; /* giving up needs no completeness */
    if (!check_action(flow, doc, action, deed->act, err)
        || !prepare(flow, doc, deed->act, require, err)
        || !record(flow, doc, deed->act, deed, err))
        return false;
    if (action->to) {
        wf_approval_remember(flow, doc);
        wf_parallel_note_move(flow, doc);
        if (deed->mine && !wf_seat_set(flow, deed->mine, WF_SEAT_DONE, err))
            return false;
    }
    return wf_step_finish(flow, doc, action->to, err)
           && wf_after_add(flow, doc, deed->act, err);
}

static bool act_once(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_act *act, weft_error *err)
{
    const struct wf_verb *verb = wf_verb_find(act->action);
    const struct wf_action *action;
    struct wf_deed deed;

    if (!wf_act_look(flow, doc, act, err))
        return false;
    if (doc->veil == WF_VEIL_LIFTED || (doc->veil && verb))
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This document is finished; \"%s\" is too late.",
                       act->action);
    if (!wf_deed_begin(&deed, flow, doc, act, err))
        return false;
    if (verb)
        return act_verb(&deed, verb, err);
    if (doc->state != WF_OPEN)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This document is finished; \"%s\" is too late.",
                       act->action);
    action = wf_step_action(doc->step, act->action);
    if (!action)
        return fail_unknown(doc, act->action, err);
    return act_action(&deed, action, err);
}

bool wf_flow_act(struct wf_flow *flow, struct wf_doc *doc,
                 const struct wf_act *act, weft_error *err)
{
    bool done;

    flow->busy++;
    done = act_once(flow, doc, act, err);
    flow->busy--;
    return done && wf_wanted_settle(flow, doc, err);
}
