/* flow/flow.c - the life of one command's flow, and the form that somebody is
 * given.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/flow.h"

#include "base/error.h"
#include "flow/hook.h"

void wf_flow_begin(struct wf_flow *flow, struct wf_call *call,
                   struct wf_budget budget)
{
    *flow = (struct wf_flow){ .call = call, .budget = budget };
    call->units = &flow->budget.units;
}

void wf_flow_end(struct wf_flow *flow)
{
    for (size_t i = 0; i < WF_COUNT(flow->hooks); i++) {
        wf_hooks_free(flow->hooks[i]);
        flow->hooks[i] = NULL;
    }
    if (flow->call)
        flow->call->units = NULL;
}

void wf_flow_renew(struct wf_flow *flow, struct wf_budget budget)
{
    flow->budget = budget;
    flow->n_calls = flow->n_created = flow->n_read = 0;
    for (size_t i = 0; i < WF_COUNT(flow->hooks); i++)
        if (!wf_hooks_renew(flow->hooks[i])) {
            wf_hooks_free(flow->hooks[i]);
            flow->hooks[i] = NULL;
        }
}

void wf_flow_wake_at(struct wf_flow *flow, int64_t due)
{
    if (!flow->wake_at || due < flow->wake_at)
        flow->wake_at = due;
}

/* Whether call->me is one of the people of an audience: words that need no
 * document. */
static bool is_for_me(struct wf_flow *flow, const struct wf_who *audience,
                      bool *out, weft_error *err)
{
    struct wf_who_context context = { flow->call, NULL, NULL, NULL };

    *out = false;
    if (!audience || !flow->call->me)
        return true;
    return wf_who_includes(&context, audience, flow->call->me->id, out, err);
}

static bool pick_pilot(struct wf_flow *flow, const char *form,
                       const struct wf_form **out, weft_error *err)
{
    const struct wf_who *audience;
    const struct wf_form *pilot;
    size_t cursor = 0;
    bool mine = false;

    while (!mine
           && (pilot = wf_registry_pilot(flow->call->registry, form, &cursor,
                                         &audience))) {
        if (!is_for_me(flow, audience, &mine, err))
            return false;
        if (mine)
            *out = pilot;
    }
    return true;
}

bool wf_flow_pick_form(struct wf_flow *flow, const char *form,
                       const struct wf_form **out, weft_error *err)
{
    const struct wf_form *overlay, *found;
    size_t cursor = 0;
    bool mine = false;

    found = wf_registry_form(flow->call->registry, form);
    while (!mine
           && (overlay =
                   wf_registry_overlay(flow->call->registry, form, &cursor))) {
        if (!is_for_me(flow, overlay->audience, &mine, err))
            return false;
        if (mine)
            found = overlay;
    }
    if (!mine && !pick_pilot(flow, form, &found, err))
        return false;
    if (!found)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no form \"%s\".", form);
    *out = found;
    return true;
}
