/* flow/attempt.c - what a hook asks of the engine where pcall would catch a
 * refusal: behind a savepoint.
 *
 * Only what changes documents needs one; fail() is a refusal whoever catches
 * it, and what reads has nothing to undo.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/attempt.h"

#include "base/error.h"

static wf_host_fn *const changing[] = { wf_host_create, wf_host_update,
                                        wf_host_act, wf_host_link,
                                        wf_host_override };

static bool changes(const struct wf_host *host)
{
    for (size_t i = 0; i < WF_COUNT(changing); i++)
        if (host->call == changing[i])
            return true;
    return false;
}

/* What a command remembers beside the store. */
struct memory {
    size_t n_findings, n_errors, n_told, n_veiled, n_ended;
    bool unveiled;
    struct wf_undo *undo;
};

static struct memory remember(const struct wf_flow *flow)
{
    const struct wf_call *call = flow->call;

    return (struct memory){ call->findings->n, call->findings->n_errors,
                            call->told.n,      call->veiled.n,
                            flow->ended.n,     call->unveiled,
                            flow->undo };
}

static void go_back(struct wf_flow *flow, const struct memory *to)
{
    struct wf_call *call = flow->call;

    call->findings->n = to->n_findings;
    call->findings->n_errors = to->n_errors;
    call->told.n = to->n_told;
    call->veiled.n = to->n_veiled;
    call->unveiled = to->unveiled;
    flow->ended.n = to->n_ended;
    flow->undo = to->undo;
}

/* Where the findings are taken back, the first of them is what is said. */
static void say_why(const struct wf_diags *findings, size_t from,
                    weft_error *err)
{
    for (size_t i = from; i < findings->n; i++)
        if (findings->at[i].severity == WF_SEVERITY_ERROR) {
            (void)wf_fail(err, err->code, "%s", findings->at[i].message);
            return;
        }
}

bool wf_attempt(void *self, const struct wf_host *host, struct wf_arena *arena,
                const struct wf_json *args, struct wf_json **result,
                weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_flow *flow = ((struct wf_hooks *)self)->flow;
    struct memory before;

    if (!changes(host) || !flow->call->ids) /* nothing is written here */
        return host->call(self, host, arena, args, result, err);
    before = remember(flow);
    if (!wf_save_begin(flow->call->db, &save, err))
        return false;
    if (host->call(self, host, arena, args, result, err))
        return wf_save_keep(&save, err);
    say_why(flow->call->findings, before.n_findings, err);
    go_back(flow, &before);
    return false;
}
