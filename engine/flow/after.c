/* flow/after.c - after_ hooks as jobs: run on a snapshot, made good with the
 * job's end in one transaction.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/after.h"

#include "base/error.h"
#include "doc/shape.h"
#include "flow/hook.h"
#include "flow/record.h"
#include "flow/settle.h"
#include "flow/wanted.h"

enum {
    AFTER_MAX = 8 /* as deep as hooks fire hooks within one act */
};

static const char *payload_of(struct wf_flow *flow, const struct wf_act *act)
{
    struct wf_buf buf = WF_BUF_INIT(flow->call->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "action", act->action);
    wf_jw_key_text(&w, "comment", act->comment);
    wf_jw_key_id_or_null(&w, "actor", flow->call->me ? flow->call->me->id : 0);
    wf_jw_key(&w, "n_after");
    wf_jw_int(&w, flow->n_after + 1);
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

bool wf_after_add(struct wf_flow *flow, const struct wf_doc *doc,
                  const struct wf_act *act, weft_error *err)
{
    struct wf_job_new job = { .kind = WF_JOB_HOOK, .document = doc->id };

    if (doc->veil || !wf_hook_exists(doc->form, "after", act->action))
        return true;
    if (flow->n_after >= AFTER_MAX)
        return wf_fail(err, WEFT_E_SCRIPT,
                       "Hooks have fired hooks %d deep; do they call each "
                       "other?",
                       AFTER_MAX);
    job.payload = payload_of(flow, act);
    job.due = flow->call->now;
    wf_flow_wake_at(flow, job.due);
    return wf_job_add(flow->call, &job, NULL, err);
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
    flow->n_after = (int)wf_json_num(wf_json_get(job->payload, "n_after"), 1);
    return find_actor(flow->call, job, err)
           && wf_doc_load(flow->call, job->document, doc, err);
}

bool wf_after_run(struct wf_flow *flow, const struct wf_job *job,
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

bool wf_after_keep(struct wf_flow *flow, const struct wf_job *job,
                   const struct wf_record *record, weft_error *err)
{
    struct wf_doc *doc;

    if (!wf_job_end(flow->call, job->id, job->fence, err)
        || !load(flow, job, &doc, err))
        return false;
    if (!doc || !record->ran)
        return true;
    return keep_assigned(flow, doc, record, err)
           && wf_hook_within(flow, doc, apply, record, err)
           && wf_wanted_settle(flow, NULL, err);
}
