/* api/work.c - the inbox, and one action on many documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/document.h>

#include "api/command.h"
#include "api/params.h"
#include "base/error.h"

enum {
    BATCH_MAX = 100
};

/* --- The inbox */

struct inbox {
    const weft_param *params;
    size_t n;
};

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct inbox *inbox = with;
    struct wf_params params;
    struct wf_work_query query;

    if (!wf_params_read(turn->call.arena, inbox->params, inbox->n,
                        WF_PARAMS_PAGE | WF_PARAMS_WORK, &params, err))
        return false;
    query = (struct wf_work_query){ params.query.form, params.query.cursor,
                                    params.due, params.query.limit };
    return wf_work_list(&turn->flow, &query, &turn->out, err);
}

weft_reply *weft_work_list(weft_session *session, const weft_param *params,
                           size_t n)
{
    struct inbox inbox = { params, n };

    return wf_question(session, WEFT_SCOPE_READ, list, &inbox);
}

/* --- One action on many */

struct batch {
    const struct wf_json *ids, *etags;
    const char *action, *comment;
};

/* It is as it was when it was shown to whoever acts, if that is asked for. */
static bool is_as_shown(const struct batch *batch, size_t i,
                        const struct wf_doc *doc,
                        const struct wf_rights *rights, weft_error *err)
{
    const char *etag = batch->etags && i < wf_json_len(batch->etags)
                           ? wf_json_str(batch->etags->u.array.at[i])
                           : NULL;

    return !etag || wf_etag_matches_edit(etag, doc, rights)
           || wf_fail(err, WEFT_E_STALE,
                      "It has changed since you opened it. Load it again.");
}

/* All of it or nothing of it, for this one document. */
static bool act_kept(struct wf_turn *turn, struct wf_flow *flow, size_t i,
                     const struct batch *batch, weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_act act = { .action = batch->action, .comment = batch->comment };
    struct wf_rights rights;
    struct wf_doc *doc;
    wf_id id = 0;

    wf_id_parse(batch->ids->u.array.at[i]->u.text, &id);
    if (!wf_save_begin(turn->call.db, &save, err)
        || !wf_doc_open(&turn->call, id, &doc, &rights, err)
        || !is_as_shown(batch, i, doc, &rights, err))
        return false;
    act.rights = turn->call.system ? NULL : &rights;
    return wf_flow_act(flow, doc, &act, err) && wf_save_keep(&save, err);
}

/* Each document has the findings, the hooks and the budget of a command of its
 * own. */
static bool act_alone(struct wf_turn *turn, size_t i, const struct batch *batch,
                      weft_error *err)
{
    struct wf_budget budget = WF_BUDGET_COMMAND;
    struct wf_flow flow WF_CLEANUP(wf_flow_end) = { .call = NULL };
    bool kept;

    turn->findings =
        (struct wf_diags)WF_DIAGS_INIT(turn->call.arena, turn->call.lang);
    wf_flow_begin(&flow, &turn->call, budget);
    kept = act_kept(turn, &flow, i, batch, err);
    if (flow.wake_at)
        wf_flow_wake_at(&turn->flow, flow.wake_at);
    return kept;
}

static void write_item(struct wf_turn *turn, const char *id,
                       const weft_error *problem)
{
    struct wf_json_writer *out = &turn->out;

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", id);
    wf_jw_key(out, "ok");
    wf_jw_bool(out, !problem);
    if (problem) {
        wf_jw_key(out, "problem");
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "kind", weft_code_name(problem->code));
        wf_jw_key_text(out, "detail", problem->text);
        wf_jw_key(out, "errors");
        wf_diags_fields_json(&turn->findings, WF_SEVERITY_ERROR, out);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, '}');
}

/* A broken store is the failure of all. */
static bool ends_all(weft_code code)
{
    return code == WEFT_E_STORE || code == WEFT_E_FULL || code == WEFT_E_BUSY;
}

static bool act_on_all(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct batch *batch = with;

    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < batch->ids->u.array.n; i++) {
        const struct wf_json *text = batch->ids->u.array.at[i];
        weft_error problem = wf_error_in(err->lang);

        if (act_alone(turn, i, batch, &problem))
            write_item(turn, text->u.text.at, NULL);
        else if (ends_all(problem.code))
            return wf_fail_as(err, &problem);
        else
            write_item(turn, text->u.text.at, &problem);
    }
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

static bool are_ids(const struct wf_json *ids)
{
    wf_id id;

    for (size_t i = 0; i < ids->u.array.n; i++)
        if (!wf_json_is(ids->u.array.at[i], WF_JSON_TEXT)
            || !wf_id_parse(ids->u.array.at[i]->u.text, &id))
            return false;
    return true;
}

static void check_batch(weft_command *command, const struct batch *batch)
{
    size_t n = wf_json_len(batch->ids);

    if (!wf_command_is_sound(command))
        return;
    if (n < 1 || n > BATCH_MAX)
        wf_fail(&command->err, WEFT_E_INVALID,
                "\"ids\" has to be 1 to %d documents.", BATCH_MAX);
    else if (!are_ids(batch->ids))
        wf_fail(&command->err, WEFT_E_MALFORMED,
                "\"ids\" has to be a list of ids.");
}

weft_command *weft_work_batch(weft_session *session, const char *body,
                              size_t len, const weft_how *how)
{
    static const struct wf_member members[] = {
        { "ids", WF_BODY_ARRAY, offsetof(struct batch, ids), true },
        { "etags", WF_BODY_ARRAY, offsetof(struct batch, etags), false },
        { "action", WF_BODY_TEXT, offsetof(struct batch, action), true },
        { "comment", WF_BODY_TEXT, offsetof(struct batch, comment), false },
    };
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, act_on_all);
    struct batch *batch = WF_NEW(command->arena, struct batch);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text, batch);
    check_batch(command, batch);
    wf_command_once(command, how, "batch", 0, text);
    return command;
}
