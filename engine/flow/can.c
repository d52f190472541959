/* flow/can.c - what somebody may do with a document now.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "doc/doc_lane.h"
#include "flow/act.h"
#include "flow/ask.h"
#include "flow/edit.h"
#include "flow/options.h"
#include "flow/verb.h"

struct ids {
    const char **at;
    size_t n, cap;
};

/* What is possible in several lanes is said once. */
static void add(struct wf_flow *flow, struct ids *ids, const char *id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (wf_streq(ids->at[i], id))
            return;
    *WF_PUSH(flow->call->arena, ids) = id;
}

static bool actions_of_step(struct wf_flow *flow, const struct wf_doc *doc,
                            const struct wf_rights *rights, struct ids *ids,
                            weft_error *err)
{
    for (const struct wf_action *action = doc->step->actions; action;
         action = action->next) {
        bool may, holds;

        if (!wf_action_may(flow, doc, action, rights, &may, err)
            || (may
                && !wf_ask_holds(flow, doc, action->when, NULL, &holds, err)))
            return false;
        if (may && holds)
            add(flow, ids, action->id);
    }
    return true;
}

static bool verbs(struct wf_flow *flow, struct wf_doc *doc, struct ids *ids,
                  weft_error *err)
{
    const struct wf_verb *verb = NULL;
    struct wf_deed deed;

    if (wf_is_draft(doc, flow->call->me))
        return true;
    if (!wf_deed_begin(&deed, flow, doc, NULL, err))
        return false;
    while ((verb = wf_verb_next(verb))) {
        bool possible;

        if (doc->lane && (verb->places & WF_AT_LANES))
            continue; /* of all lanes, once */

        if (!wf_verb_is_possible(verb, &deed, &possible, err))
            return false;
        if (possible)
            add(flow, ids, verb->id);
    }
    return true;
}

static bool in_lanes(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_rights *rights, struct ids *ids,
                     weft_error *err)
{
    struct wf_doc_lane *lane = NULL;

    while ((lane = wf_lane_next(doc, lane))) {
        wf_lane_look(doc, lane);
        if (!actions_of_step(flow, doc, rights, ids, err)
            || !verbs(flow, doc, ids, err))
            return false;
    }
    wf_lane_look(doc, NULL);
    return true;
}

bool wf_flow_can(struct wf_flow *flow, const struct wf_doc *doc,
                 const struct wf_rights *rights, struct wf_can *out,
                 weft_error *err)
{
    struct wf_doc copy = *doc; /* a deed may change it; this one does not */
    struct ids ids = { NULL, 0, 0 };
    struct wf_json *options = NULL;

    *out = (struct wf_can){ .actions = NULL };
    if (doc->state == WF_OPEN
        && (!in_lanes(flow, &copy, rights, &ids, err)
            || !actions_of_step(flow, &copy, rights, &ids, err)))
        return false;
    if (!verbs(flow, &copy, &ids, err)
        || !wf_edit_set(flow, &copy, rights, &out->edit, err))
        return false;
    if (out->edit && !wf_options_list(flow, &copy, rights, &options, err))
        return false;
    out->options = options;
    out->actions = ids.at;
    out->n_actions = ids.n;
    for (size_t i = 0; i < ids.n; i++)
        out->may_appeal |= wf_streq(ids.at[i], "appeal");
    if (out->may_appeal)
        out->appeal_until = wf_appeal_until(flow->call, doc);
    return true;
}
