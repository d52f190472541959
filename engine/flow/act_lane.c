/* flow/act_lane.c - in which lane somebody acts.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/doc_lane.h"
#include "flow/act.h"
#include "flow/ask.h"
#include "flow/verb.h"

/* How near a lane comes to what is wanted. */
enum fit {
    FIT_NONE,    /* there is no such action where it stands */
    FIT_THERE,   /* there is, but not for this person, or not now */
    FIT_DECIDED, /* they have taken part there */
    FIT_POSSIBLE,
};

static bool fit_of_action(struct wf_flow *flow, struct wf_doc *doc,
                          const struct wf_act *act, enum fit *out,
                          weft_error *err)
{
    const struct wf_action *action = wf_step_action(doc->step, act->action);
    bool may, holds;

    *out = FIT_NONE;
    if (!action)
        return true;
    if (!wf_action_may(flow, doc, action, act->rights, &may, err)
        || !wf_ask_holds(flow, doc, action->when, NULL, &holds, err))
        return false;
    *out = may && holds ? FIT_POSSIBLE : FIT_THERE;
    return true;
}

static bool fit_of_verb(struct wf_flow *flow, struct wf_doc *doc,
                        const struct wf_act *act, const struct wf_verb *verb,
                        enum fit *out, weft_error *err)
{
    weft_error why = WEFT_ERROR_INIT;
    struct wf_deed deed;
    bool possible;

    if (!wf_deed_begin(&deed, flow, doc, act, err)
        || !wf_verb_is_possible(verb, &deed, &possible, err))
        return false;
    if (possible) {
        *out = FIT_POSSIBLE;
        return true;
    }
    if (wf_verb_may(verb, &deed, &why))
        return wf_fail(err, WEFT_E_INTERNAL, "\"%s\" is possible and is not.",
                       verb->id);
    *out = !(verb->places & (deed.level ? WF_AT_LEVEL : WF_AT_STEP)) ? FIT_NONE
           : why.code == WEFT_E_CONFLICT ? FIT_DECIDED
                                         : FIT_THERE;
    return true;
}

/* The lane that fits best, of several the first. */
static bool look_for(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_act *act, weft_error *err)
{
    const struct wf_verb *verb = wf_verb_find(act->action);
    struct wf_doc_lane *lane = NULL, *best = NULL;
    enum fit best_fit = FIT_NONE;

    while (best_fit != FIT_POSSIBLE && (lane = wf_lane_next(doc, lane))) {
        enum fit fit;

        wf_lane_look(doc, lane);
        if (!(verb ? fit_of_verb(flow, doc, act, verb, &fit, err)
                   : fit_of_action(flow, doc, act, &fit, err)))
            return false;
        if (fit > best_fit) {
            best = lane;
            best_fit = fit;
        }
    }
    if (verb && !best)
        best = wf_lane_next(doc, NULL);
    wf_lane_look(doc, best);
    return true;
}

static bool look_at_named(struct wf_doc *doc, const char *name, weft_error *err)
{
    struct wf_doc_lane *lane = NULL;

    while ((lane = wf_lane_next(doc, lane)))
        if (wf_streq(lane->lane->id, name)) {
            wf_lane_look(doc, lane);
            return true;
        }
    return wf_fail(err, WEFT_E_CONFLICT, "It is in no lane \"%s\" now.", name);
}

bool wf_act_look(struct wf_flow *flow, struct wf_doc *doc,
                 const struct wf_act *act, weft_error *err)
{
    const struct wf_verb *verb = wf_verb_find(act->action);

    if (act->lane)
        return look_at_named(doc, act->lane, err);
    if (doc->state != WF_OPEN || doc->step->kind != WF_STEP_PARALLEL
        || (verb && (verb->places & WF_AT_LANES)))
        return true;
    return look_for(flow, doc, act, err);
}
