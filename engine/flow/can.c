/* flow/can.c - what somebody may do with a document now.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "flow/act.h"
#include "flow/ask.h"
#include "flow/edit.h"
#include "flow/verb.h"

struct ids {
    const char **at;
    size_t n, cap;
};

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
            *WF_PUSH(flow->call->arena, ids) = action->id;
    }
    return true;
}

static bool verbs(struct wf_flow *flow, const struct wf_doc *doc,
                  struct ids *ids, weft_error *err)
{
    const struct wf_verb *verb = NULL;
    struct wf_deed deed;
    struct wf_doc copy = *doc; /* a deed may change it; this one does not */

    if (wf_is_draft(doc, flow->call->me))
        return true;
    if (!wf_deed_begin(&deed, flow, &copy, NULL, err))
        return false;
    while ((verb = wf_verb_next(verb))) {
        bool possible;

        if (!wf_verb_is_possible(verb, &deed, &possible, err))
            return false;
        if (possible)
            *WF_PUSH(flow->call->arena, ids) = verb->id;
    }
    return true;
}

bool wf_flow_can(struct wf_flow *flow, const struct wf_doc *doc,
                 const struct wf_rights *rights, struct wf_can *out,
                 weft_error *err)
{
    struct ids ids = { NULL, 0, 0 };

    *out = (struct wf_can){ NULL, 0, NULL };
    if (doc->state == WF_OPEN && !actions_of_step(flow, doc, rights, &ids, err))
        return false;
    if (!verbs(flow, doc, &ids, err))
        return false;
    out->actions = ids.at;
    out->n_actions = ids.n;
    out->edit = wf_edit_set(doc, rights);
    return true;
}
