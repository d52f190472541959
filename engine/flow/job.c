/* flow/job.c - after_ hooks as rows: leased, run, removed in one transaction.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/job.h"

#include "base/error.h"
#include "doc/shape.h"
#include "flow/hook.h"
#include "flow/record.h"
#include "flow/settle.h"
#include "flow/wanted.h"

enum {
    LEASE_MS = 60000,
    ATTEMPTS_MAX = 8,
    FIRST_PAUSE_MS = 1000, /* doubled with each attempt */
};

static const char SQL_ADD[] =
    "INSERT INTO job (id, kind, document, payload, due, lease_until, fence,"
    " attempt, state) VALUES ($1, 'hook', $2, $3, $4, 0, 0, 0, 'waiting')";

static const char SQL_TAKE[] =
    "UPDATE job SET lease_until = $2, fence = fence + 1,"
    " attempt = attempt + 1"
    " WHERE id = (SELECT id FROM job WHERE state = 'waiting' AND due <= $1"
    " AND lease_until <= $1 ORDER BY due, id LIMIT 1 /* claim */)"
    " RETURNING id, kind, document, payload, fence, attempt";

static const char SQL_REMOVE[] = "DELETE FROM job WHERE id = $1 AND fence = $2";

static const char SQL_FAIL[] =
    "UPDATE job SET lease_until = 0, due = $3, state = $4, problem = $5"
    " WHERE id = $1 AND fence = $2";

static const char SQL_NEXT_DUE[] =
    "SELECT due FROM job WHERE state = 'waiting' ORDER BY due LIMIT 1";

/* --- Queueing */

static const char *payload_of(struct wf_flow *flow, const struct wf_act *act)
{
    struct wf_buf buf = WF_BUF_INIT(flow->call->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "action", act->action);
    wf_jw_key_text(&w, "comment", act->comment);
    wf_jw_key_id_or_null(&w, "actor", flow->call->me ? flow->call->me->id : 0);
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

bool wf_job_add_after(struct wf_flow *flow, const struct wf_doc *doc,
                      const struct wf_act *act, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (doc->veil || !wf_hook_exists(doc->form, "after", act->action))
        return true;
    if (!wf_stmt_begin(flow->call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, wf_id_next(flow->call->ids));
    wf_stmt_bind_id(&q, 2, doc->id);
    wf_stmt_bind_text(&q, 3, payload_of(flow, act));
    wf_stmt_bind_int(&q, 4, flow->call->now);
    wf_flow_wake_at(flow, flow->call->now);
    return wf_stmt_run(&q, err);
}

/* --- Running */

bool wf_job_take(struct wf_call *call, struct wf_job *out, bool *found,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *payload;
    const char *text;
    enum wf_fetch fetch;

    *found = false;
    if (!wf_stmt_begin(call->db, SQL_TAKE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, call->now);
    wf_stmt_bind_int(&q, 2, call->now + LEASE_MS);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        *found = true;
        *out = (struct wf_job){ .id = wf_stmt_int(&q, 0),
                                .kind = wf_stmt_str(&q, 1, call->arena),
                                .document = wf_stmt_int(&q, 2),
                                .fence = wf_stmt_int(&q, 4),
                                .attempt = (int)wf_stmt_int(&q, 5) };
        text = wf_stmt_text(&q, 3);
        if (!wf_json_parse(call->arena, text, strlen(text), &limits, &payload,
                           err))
            return false;
        out->payload = payload;
    }
    return fetch == WF_FETCH_DONE;
}

static bool remove_job(struct wf_flow *flow, const struct wf_job *job,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_REMOVE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, job->id);
    wf_stmt_bind_int(&q, 2, job->fence);
    if (!wf_stmt_run(&q, err))
        return false;
    if (wf_stmt_changed(&q) == 1)
        return true;
    return wf_fail(err, WEFT_E_CONFLICT,
                   "Somebody else has taken over this job.");
}

/* The hook acts for whoever took the action. */
static bool find_actor(struct wf_call *call, const struct wf_job *job,
                       weft_error *err)
{
    const struct wf_json *actor = wf_json_get(job->payload, "actor");

    call->system = wf_json_is(actor, WF_JSON_NULL);
    return call->system || wf_person_named(call, actor, &call->me, err);
}

/* The document; NULL where it was removed meanwhile: nothing is left to do. */
static bool load(struct wf_flow *flow, const struct wf_job *job,
                 struct wf_doc **doc, weft_error *err)
{
    return find_actor(flow->call, job, err)
           && wf_doc_load(flow->call, job->document, doc, err);
}

bool wf_job_run(struct wf_flow *flow, const struct wf_job *job,
                struct wf_record *record, weft_error *err)
{
    const char *action = wf_json_str(wf_json_get(job->payload, "action"));
    struct wf_act act = { .action = action,
                          .comment = wf_json_str(
                              wf_json_get(job->payload, "comment")) };
    struct wf_hook hook = { "after", action, &act };
    struct wf_doc *doc;

    if (!load(flow, job, &doc, err))
        return false;
    flow->record = record;
    return !doc || !action || wf_hook_run(flow, doc, &hook, err);
}

/* Keeps what the hook assigned, if the document is still what it was given. */
static bool keep_assigned(struct wf_flow *flow, struct wf_doc *doc,
                          const struct wf_record *record, weft_error *err)
{
    struct wf_writable writable = { .hook = true };
    struct wf_json *now;
    struct wf_hash hash;

    if (!wf_hook_doc(flow, doc, NULL, &now, err))
        return false;
    hash = wf_record_hash(flow->call->arena, now);
    if (!wf_hash_equal(&hash, &record->doc))
        return wf_fail(err, WEFT_E_CONFLICT,
                       "The document has changed while its hook ran.");
    return !record->assigned
           || (wf_shape_patch(flow->call, doc, record->assigned, &writable, err)
               && wf_settle_edit(flow, doc, true, err));
}

static bool apply(struct wf_hooks *hooks, const void *with, weft_error *err)
{
    return wf_record_apply(hooks, with, err);
}

bool wf_job_keep(struct wf_flow *flow, const struct wf_job *job,
                 const struct wf_record *record, weft_error *err)
{
    struct wf_doc *doc;

    if (!remove_job(flow, job, err) || !load(flow, job, &doc, err))
        return false;
    if (!doc || !record->ran)
        return true;
    return keep_assigned(flow, doc, record, err)
           && wf_hook_within(flow, doc, apply, record, err)
           && wf_wanted_settle(flow, NULL, err);
}

bool wf_job_fail(struct wf_call *call, const struct wf_job *job,
                 const char *problem, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    bool dead = job->attempt >= ATTEMPTS_MAX;

    if (!wf_stmt_begin(call->db, SQL_FAIL, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, job->id);
    wf_stmt_bind_int(&q, 2, job->fence);
    wf_stmt_bind_int(&q, 3,
                     call->now + ((int64_t)FIRST_PAUSE_MS << job->attempt));
    wf_stmt_bind_text(&q, 4, dead ? "dead" : "waiting");
    wf_stmt_bind_text(&q, 5, problem);
    return wf_stmt_run(&q, err);
}

bool wf_job_next_due(struct wf_call *call, int64_t *due, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *due = 0;
    if (!wf_stmt_begin(call->db, SQL_NEXT_DUE, &q, err))
        return false;
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        *due = wf_stmt_int(&q, 0);
        return true;
    case WF_FETCH_DONE:
        return true;
    default:
        return false;
    }
}
