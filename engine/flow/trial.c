/* flow/trial.c - a document that is nowhere, on a form that need not be live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/trial.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "doc/convert.h"
#include "doc/fields.h"
#include "doc/shape.h"
#include "flow/hook.h"
#include "flow/record.h"
#include "flow/settle.h"

/* Behind a place, in Chinese. */
#define WIDE_COLON "\xef\xbc\x9a"

/* --- The document */

/* What functions would do is noted from the first one on. */
static void record_in(struct wf_flow *flow, struct wf_record *record)
{
    wf_record_init(record, flow->call->arena);
    record->trial = true;
    flow->record = record;
}

/* `data` without what is not seen, in tables without such columns. */
static struct wf_json *seen_data(struct wf_arena *arena,
                                 const struct wf_trial *trial)
{
    const struct wf_form *form = trial->like->form;
    struct wf_json *data = wf_json_copy(arena, trial->like->data);

    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f)) {
        struct wf_json *rows;

        if (wf_rights_see(trial->rights, form, f))
            continue;
        if (!f->items) {
            (void)wf_json_remove(data, f->id);
            continue;
        }
        rows = wf_json_get(data, f->items->id);
        for (size_t i = 0; i < wf_json_len(rows); i++)
            (void)wf_json_remove(rows->u.array.at[i], f->id);
    }
    return data;
}

/* One that is there, on the form that is tried. */
static bool make_like(struct wf_flow *flow, const struct wf_trial *trial,
                      struct wf_doc **out, weft_error *err)
{
    struct wf_converting how = { trial->form, NULL };
    struct wf_doc *doc = WF_NEW(flow->call->arena, struct wf_doc);
    struct wf_conversion lost;

    *doc = *trial->like;
    doc->data = seen_data(flow->call->arena, trial);
    doc->entered = NULL;
    doc->lane = NULL; /* what is tried stands in one place */
    doc->lanes = NULL;
    doc->lanes_known = true;
    if (!wf_convert(flow->call, doc, &how, &lost, err))
        return false;
    doc->step = trial->form->start;
    *out = doc;
    return true;
}

/* As its author would have it after filling in `data`. */
static bool make(struct wf_flow *flow, const struct wf_trial *trial,
                 struct wf_doc **out, weft_error *err)
{
    struct wf_call *call = flow->call;

    call->me = trial->author;
    if (trial->like)
        return make_like(flow, trial, out, err)
               && wf_settle_values(flow, *out, err);
    *out = wf_doc_new(call, trial->form);
    (*out)->creator = trial->author ? trial->author->id : 0;
    (*out)->step = trial->form->start;
    return wf_trial_fill(flow, *out, trial->data, NULL, err);
}

static void stand_at(const struct wf_trial *trial, struct wf_doc *doc)
{
    doc->step = trial->step;
    doc->level = trial->level ? trial->level->id : NULL;
}

/* --- What somebody sees of it */

static void write_seen(const struct wf_trial *trial,
                       const struct wf_rights *rights,
                       struct wf_json_writer *out)
{
    const struct wf_form *form = trial->form;

    wf_jw_key(out, "seen");
    wf_jw_open(out, '[');
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        if (wf_rights_see(rights, form, f))
            wf_jw_text(out, f->path);
    wf_jw_close(out, ']');
}

static void write_edit(const struct wf_trial *trial,
                       const struct wf_trial_work *work,
                       const struct wf_rights *rights,
                       struct wf_json_writer *out)
{
    const struct wf_form *form = trial->form;

    wf_jw_key(out, "edit");
    wf_jw_open(out, '[');
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        if (wf_field_set_has(work->edit, f) && !wf_field_is_derived(f)
            && !f->readonly && f->type != WF_F_JSON
            && wf_rights_see(rights, form, f))
            wf_jw_text(out, f->path);
    wf_jw_close(out, ']');
}

bool wf_trial_write(struct wf_flow *flow, const struct wf_trial *trial,
                    struct wf_json_writer *out, weft_error *err)
{
    struct wf_trial_work work = wf_trial_work_at(trial->step, trial->level);
    struct wf_place_asked asked = { trial->step->id,
                                    trial->level ? trial->level->id : NULL };
    struct wf_record record;
    struct wf_rights rights;
    struct wf_doc *doc;

    record_in(flow, &record);
    if (!make(flow, trial, &doc, err))
        return false;
    wf_jw_key(out, "chain");
    if (!wf_flow_foresee(flow, doc, out, err))
        return false;
    stand_at(trial, doc);
    flow->call->me = trial->eyes;
    if (!wf_access_decide_asked(flow->call, doc, &asked, &rights, err)
        || !wf_trial_tell(flow, doc, &work, &rights, out, err))
        return false;
    write_seen(trial, &rights, out);
    write_edit(trial, &work, &rights, out);
    return true;
}

/* --- What a hook would do */

/* All but what whoever tries does not see of the document that it is like;
 * what that one's form does not have hides nothing. */
static struct wf_rights rights_of_file(struct wf_call *call,
                                       const struct wf_trial *trial)
{
    const struct wf_form *form = trial->form;
    const struct wf_form *was = trial->like ? trial->like->form : NULL;
    bool *seen = WF_NEW_N(call->arena, bool, form->n_fields);

    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f)) {
        const struct wf_field *old =
            was ? wf_map_find(&was->paths, f->path) : NULL;

        seen[wf_field_number(form, f)] =
            !old || wf_rights_see(trial->rights, was, old);
    }
    return (struct wf_rights){ WF_RIGHT_READ, seen, false };
}

/* What the function changed, and what followed of it. */
static void write_changes(const struct wf_json *before,
                          const struct wf_json *after,
                          struct wf_json_writer *out)
{
    wf_jw_key(out, "changes");
    wf_jw_open(out, '[');
    for (int side = 0; side < 2; side++) {
        const struct wf_json *from = side ? before : after;

        for (size_t i = 0; i < from->u.object.n; i++) {
            const char *key = from->u.object.at[i].key.at;
            const struct wf_json *was = wf_json_get(before, key);
            const struct wf_json *is = wf_json_get(after, key);

            if (side ? is != NULL : wf_json_equal(was, is))
                continue;
            wf_jw_open(out, '{');
            wf_jw_key_text(out, "field", key);
            wf_jw_key(out, "from");
            was ? wf_jw_tree(out, was) : wf_jw_null(out);
            wf_jw_key(out, "to");
            is ? wf_jw_tree(out, is) : wf_jw_null(out);
            wf_jw_close(out, '}');
        }
    }
    wf_jw_close(out, ']');
}

static void write_calls(const struct wf_record *record,
                        struct wf_json_writer *out)
{
    for (int logs = 0; logs < 2; logs++) {
        wf_jw_key(out, logs ? "log" : "calls");
        wf_jw_open(out, '[');
        for (size_t i = 0; i < record->calls.n; i++) {
            const struct wf_recorded *call = &record->calls.at[i];

            if (logs ? !wf_streq(call->host->name, "log") : !call->writes)
                continue;
            if (!logs) {
                wf_jw_open(out, '{');
                wf_jw_key_text(out, "function", call->host->name);
                wf_jw_key(out, "arguments");
            }
            wf_jw_tree(out, call->args);
            if (!logs)
                wf_jw_close(out, '}');
        }
        wf_jw_close(out, ']');
    }
}

/* The line of "FILE@VERSION:LINE: what", and what; 0: it is no such text. Of
 * another file, which the hooks require, the whole text is told. */
static int line_of(const struct wf_trial *trial, const char *text,
                   const char **what)
{
    size_t len = strlen(trial->form->hook_file);
    const char *at;
    char *rest;
    long line;

    *what = text;
    if (strncmp(text, trial->form->hook_file, len) != 0 || text[len] != '@')
        return 0;
    at = strchr(text + len, ':');
    line = at ? strtol(at + 1, &rest, 10) : 0;
    if (line < 1 || line > INT32_MAX || rest == at + 1)
        return 0;
    *what = rest + strspn(rest, ": ");
    if (strncmp(rest, WIDE_COLON, strlen(WIDE_COLON)) == 0)
        *what = rest + strlen(WIDE_COLON);
    return (int)line;
}

static void write_problem(const struct wf_trial *trial,
                          const weft_error *problem, struct wf_json_writer *out)
{
    const char *what;
    int line;

    wf_jw_key(out, "problem");
    if (problem->code == WEFT_OK) {
        wf_jw_null(out);
        return;
    }
    line = line_of(trial, problem->text, &what);
    wf_jw_open(out, '{');
    wf_jw_key(out, "line");
    line > 0 ? wf_jw_int(out, line) : wf_jw_null(out);
    wf_jw_key_text(out, "message", what);
    wf_jw_close(out, '}');
}

/* What a function may do wrong is its own; the store's troubles are not. */
static bool is_of_function(const weft_error *problem)
{
    switch (problem->code) {
    case WEFT_E_SCRIPT:
    case WEFT_E_INVALID:
    case WEFT_E_MALFORMED:
    case WEFT_E_DENIED:
    case WEFT_E_NOTFOUND:
    case WEFT_E_CONFLICT:
        return true;
    default:
        return false;
    }
}

/* Runs it and puts what it assigned into `doc`, with what follows. */
static bool run(struct wf_flow *flow, struct wf_doc *doc,
                struct wf_hook_trial *call, weft_error *err)
{
    struct wf_writable writable = { .hook = true };

    return wf_hook_try(flow, doc, call, err)
           && (!call->assigned || call->assigned->u.object.n == 0
               || (wf_shape_patch(flow->call, doc, call->assigned, &writable,
                                  err)
                   && wf_settle_values(flow, doc, err)));
}

bool wf_trial_run(struct wf_flow *flow, const struct wf_trial *trial,
                  const struct wf_trial_hook *hook, struct wf_json_writer *out,
                  weft_error *err)
{
    struct wf_record record;
    struct wf_act act = { .action = hook->action, .comment = hook->comment };
    struct wf_hook_trial call = { .function = hook->function,
                                  .act = hook->action ? &act : NULL };
    struct wf_json *before, *after;
    struct wf_rights rights;
    struct wf_doc *doc;
    weft_error problem = *err;
    int64_t units;

    record_in(flow, &record);
    if (!make(flow, trial, &doc, err))
        return false;
    rights = rights_of_file(flow->call, trial);
    call.rights = &rights;
    stand_at(trial, doc);
    flow->call->findings->n = flow->call->findings->n_errors = 0;
    if (!wf_hook_doc(flow, doc, &rights, &before, err))
        return false;
    units = flow->budget.units;
    if (!run(flow, doc, &call, &problem) && !is_of_function(&problem))
        return wf_fail_as(err, &problem);
    units -= flow->budget.units;
    if (!wf_hook_doc(flow, doc, &rights, &after, err))
        return false;
    /* What fail() or a value that does not fit said stands at its field. */
    if (problem.code == WEFT_E_INVALID && flow->call->findings->n_errors > 0)
        problem.code = WEFT_OK;
    wf_jw_key(out, "hook");
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "function", hook->function);
    write_changes(before, after, out);
    wf_jw_key(out, "errors");
    wf_diags_fields_json(flow->call->findings, WF_SEVERITY_ERROR, out);
    wf_jw_key(out, "warnings");
    wf_diags_fields_json(flow->call->findings, WF_SEVERITY_WARNING, out);
    write_calls(&record, out);
    wf_jw_key(out, "result");
    call.result ? wf_jw_tree(out, call.result) : wf_jw_null(out);
    write_problem(trial, &problem, out);
    wf_jw_key(out, "units");
    wf_jw_int(out, units);
    wf_jw_close(out, '}');
    return true;
}
