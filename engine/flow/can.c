/* flow/can.c - what somebody may do with a document now.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "flow/act.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/edit.h"

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

static bool verbs_of_level(struct wf_flow *flow, const struct wf_doc *doc,
                           const struct wf_rights *rights, struct ids *ids,
                           weft_error *err)
{
    const struct wf_level *level = wf_approval_level(doc);
    struct wf_arena *arena = flow->call->arena;
    bool may_withdraw;

    if (level && rights->has_work) {
        *WF_PUSH(arena, ids) = "approve";
        *WF_PUSH(arena, ids) = "reject";
        if (level->returns != WF_RETURN_NONE)
            *WF_PUSH(arena, ids) = "return";
    }
    if (!wf_approval_may_withdraw(flow, doc, &may_withdraw, err))
        return false;
    if (may_withdraw)
        *WF_PUSH(arena, ids) = "withdraw";
    return true;
}

bool wf_flow_can(struct wf_flow *flow, const struct wf_doc *doc,
                 const struct wf_rights *rights, struct wf_can *out,
                 weft_error *err)
{
    struct ids ids = { NULL, 0, 0 };

    *out = (struct wf_can){ NULL, 0, NULL };
    if (doc->state != WF_OPEN)
        return true;
    if (!actions_of_step(flow, doc, rights, &ids, err)
        || !verbs_of_level(flow, doc, rights, &ids, err))
        return false;
    out->actions = ids.at;
    out->n_actions = ids.n;
    out->edit = wf_edit_set(doc, rights);
    return true;
}
