/* api/migration.c - migrations that were begun: how far each has come, and what
 * stayed and why.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/migration.h"

#include <weft/package.h>

#include "api/command.h"
#include "api/versions.h"
#include "base/error.h"
#include "doc/running.h"

enum {
    RUNS_MAX = 50
};

/* How many are still where they were: those that are refused stay there. */
static bool count_left(struct wf_turn *turn, const struct wf_migration_run *run,
                       int64_t *out, weft_error *err)
{
    struct wf_running running;

    *out = 0;
    if (!wf_running_load(&turn->call, run->form, &running, err))
        return false;
    for (size_t i = 0; i < running.n; i++)
        if (running.at[i].version != run->version)
            *out += running.at[i].n;
    return true;
}

static bool write_refusals(struct wf_turn *turn, wf_id id, weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    struct wf_refusals refusals;

    if (!wf_migration_refusals(&turn->call, id, &refusals, err))
        return false;
    wf_jw_key(out, "refusals");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < refusals.n; i++) {
        wf_jw_open(out, '{');
        wf_jw_key(out, "document");
        wf_jw_id(out, refusals.at[i].document);
        wf_jw_key_text(out, "code", refusals.at[i].code);
        wf_jw_key_text(out, "text", refusals.at[i].reason);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    return true;
}

static void write_count(struct wf_json_writer *out, const char *key, int64_t n)
{
    wf_jw_key(out, key);
    wf_jw_int(out, n);
}

bool wf_migration_write(struct wf_turn *turn,
                        const struct wf_migration_run *run, weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    const struct wf_person *by = NULL;
    int64_t left;

    if (!count_left(turn, run, &left, err)
        || (run->started_by
            && !wf_person_find(&turn->call, run->started_by, &by, err)))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, run->id);
    wf_jw_key_text(out, "form", run->form);
    write_count(out, "to", run->version);
    wf_jw_key_text(out, "state", run->finished ? "done" : "running");
    write_count(out, "moved", run->moved);
    write_count(out, "refused", run->refused);
    write_count(out, "left", left);
    wf_jw_key_text_or_null(out, "reason", run->reason);
    wf_jw_key_time(out, "started", run->started);
    wf_jw_key_time(out, "finished", run->finished);
    wf_jw_key(out, "by");
    if (by)
        wf_person_json(by, out);
    else
        wf_jw_null(out);
    if (!write_refusals(turn, run->id, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

/* --- The doors */

struct question {
    const char *form;
    wf_id run;
};

/* One that is of another form is not there. */
static bool find_run(struct wf_turn *turn, const struct question *question,
                     struct wf_migration_run *out, weft_error *err)
{
    const char *package;
    bool found;

    if (!wf_versions_open(turn, question->form, &package, err)
        || !wf_migration_load(&turn->call, question->run, out, &found, err))
        return false;
    return (found && wf_streq(out->form, question->form))
           || wf_fail(err, WEFT_E_NOTFOUND, "There is no such migration.");
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    struct wf_migration_runs runs;
    const char *package;

    if (!wf_versions_open(turn, question->form, &package, err)
        || !wf_migrations_load(&turn->call, question->form, RUNS_MAX, &runs,
                               err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < runs.n; i++)
        if (!wf_migration_write(turn, &runs.at[i], err))
            return false;
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_migration_list(weft_session *session, const char *form)
{
    struct question question = { .form = form };

    return wf_question(session, WEFT_SCOPE_READ, list, &question);
}

static bool get(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wf_migration_run run;

    return find_run(turn, with, &run, err)
           && wf_migration_write(turn, &run, err);
}

weft_reply *weft_migration_get(weft_session *session, const char *form,
                               int64_t run)
{
    struct question question = { form, run };

    return wf_question(session, WEFT_SCOPE_READ, get, &question);
}

static bool go_on(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wf_migration_run run;

    return find_run(turn, with, &run, err)
           && (run.finished || wf_migration_go_on(&turn->flow, &run, err))
           && wf_migration_write(turn, &run, err);
}

weft_command *weft_migration_go_on(weft_session *session, const char *form,
                                   int64_t run)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_DEPLOY, go_on);
    struct question *question = WF_NEW(command->arena, struct question);

    question->form = wf_arena_str(command->arena, form);
    question->run = run;
    command->with = question;
    return command;
}
