/* api/live.c - tells the layers that have clocks of their own which definitions
 * have gone live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/live.h"

#include "flow/live.h"
#include "flow/reindex.h"
#include "plan/plan.h"
#include "report/live.h"

static const struct wf_live_kind *const layers[] = { wf_plan_live,
                                                     wf_report_live, NULL };

static wf_live_fn *find(const char *kind)
{
    for (size_t i = 0; layers[i]; i++)
        for (const struct wf_live_kind *at = layers[i]; at->kind; at++)
            if (wf_streq(at->kind, kind))
                return at->begin;
    return NULL;
}

/* The call's snapshot of definitions is the one from before. */
bool wf_live_begin(struct wf_flow *flow, const char *kind, const char *id,
                   weft_error *err)
{
    struct wf_call *call = flow->call;
    const struct wf_registry *before = call->registry;
    const struct wf_registry *now WF_CLEANUP(wf_registry_release) = NULL;
    wf_live_fn *begin = find(kind);
    const struct wf_head *head;
    bool done = true;

    if (!begin)
        return true;
    if (!wf_registry_renew(before, call->db, &now, err))
        return false;
    call->registry = now;
    head = wf_registry_find(now, kind, id);
    if (head)
        done = begin(flow, head, err);
    call->registry = before;
    return done;
}

bool wf_live_settle(struct wf_flow *flow, weft_error *err)
{
    return wf_reindex_begin(flow, err);
}
