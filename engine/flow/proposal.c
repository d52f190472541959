/* flow/proposal.c - what waits for the end of a document: deploys that are
 * asked for by one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/proposal.h"

#include "flow/timer.h"

static const char SQL_IS_OPEN[] =
    "SELECT 1 FROM proposal WHERE document = $1 AND state = 'open'";

static bool find(struct wf_call *call, wf_id document, bool *out,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_IS_OPEN, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

bool wf_proposal_ended(struct wf_flow *flow, const struct wf_doc *doc,
                       weft_error *err)
{
    struct wf_call *call = flow->call;
    const struct wf_package *package =
        wf_registry_package(call->registry, doc->form->package->id);
    struct wf_timer timer = { .kind = "proposal", .due = call->now };
    struct wf_json *payload;
    char id[WF_ID_TEXT];
    bool open;

    if (!package || !package->policy.approval)
        return true; /* nothing is asked for there */
    if (!find(call, doc->id, &open, err))
        return false;
    if (!open)
        return true;
    wf_id_write(doc->id, id);
    payload = wf_json_object(call->arena);
    wf_json_set(call->arena, payload, "document",
                wf_json_text(call->arena, id));
    timer.key = wf_arena_str(call->arena, id);
    timer.payload = payload;
    return wf_timer_set(flow, &timer, err);
}
