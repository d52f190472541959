/* api/deploy.c - definitions are checked and made live.
 *
 * The compiler runs on the caller's thread, before the queue: what is wrong is
 * refused there, and the writer stores what was made unless other definitions
 * have gone live meanwhile; then it compiles once more.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/deploy.h"

#include <weft/package.h>

#include "api/checked.h"
#include "api/command.h"
#include "api/release.h"
#include "base/error.h"
#include "doc/history.h"
#include "markup/zip.h"

/* --- Compiling */

bool wf_deploy_refuses(const struct wf_diags *findings, weft_error *err)
{
    return wf_fail(err, WEFT_E_INVALID,
                   "The definitions have mistakes: %zu. Each is named in the "
                   "list.",
                   findings->n_errors);
}

static bool compile(struct wf_call *call,
                    const struct wf_deployment *deployment,
                    struct wf_bundle *out, weft_error *err)
{
    struct wf_compile_options options = { call->registry, call->db,
                                          deployment->package };

    wf_compile(call->arena, deployment->files, deployment->n_files, &options,
               call->findings, out);
    wf_diags_sort(call->findings);
    return call->findings->n_errors == 0
           || wf_deploy_refuses(call->findings, err);
}

/* The bundle of the first pass, or a new one. */
static bool compile_again(struct wf_turn *turn,
                          const struct wf_deployment *deployment,
                          struct wf_bundle *out, weft_error *err)
{
    if (!deployment->registry
        || wf_registry_generation(deployment->registry)
               != wf_registry_generation(turn->call.registry))
        return compile(&turn->call, deployment, out, err);
    *out = deployment->bundle;
    turn->findings = deployment->warnings;
    return true;
}

/* Leaves the object open. */
static void write_result(struct wf_turn *turn, const struct wf_deployed *rows,
                         size_t n)
{
    struct wf_json_writer *out = &turn->out;

    wf_jw_open(out, '{');
    wf_jw_key(out, "deployed");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < n; i++) {
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "kind", rows[i].kind);
        wf_jw_key_text(out, "id", rows[i].id);
        wf_jw_key(out, "version");
        wf_jw_int(out, rows[i].version);
        if (rows[i].planned) {
            wf_jw_key(out, "planned");
            wf_jw_bool(out, true);
        }
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    wf_jw_key(out, "diagnostics");
    wf_diags_json(&turn->findings, out);
}

/* --- Who may */

bool wf_deploy_is_mine(struct wf_turn *turn, const char *id, bool *out,
                       weft_error *err)
{
    const struct wf_package *live =
        wf_registry_package(turn->call.registry, id);

    if (!wf_turn_is_admin(turn, out, err))
        return false;
    return *out || !live || wf_access_may_deploy(&turn->call, live, out, err);
}

static bool check_package(struct wf_turn *turn, const char *id, weft_error *err)
{
    bool mine;

    if (!wf_deploy_is_mine(turn, id, &mine, err))
        return false;
    return mine
           || wf_fail(err, WEFT_E_DENIED,
                      "You may not deploy into the package \"%s\".", id);
}

/* Hooks that run as the system can do everything, so only they who may do
 * everything bring them. */
static bool check_system_hooks(struct wf_turn *turn,
                               const struct wf_compiled *compiled,
                               weft_error *err)
{
    bool is_admin;

    if (!compiled->form || !compiled->form->run_as_system)
        return true;
    if (!wf_turn_is_admin(turn, &is_admin, err))
        return false;
    return is_admin
           || wf_fail(err, WEFT_E_DENIED,
                      "The hooks of \"%s\" run as the system; only an "
                      "administrator may deploy them.",
                      compiled->id);
}

static bool check_rights(struct wf_turn *turn, const struct wf_bundle *bundle,
                         weft_error *err)
{
    if (!check_package(turn, bundle->package->id, err))
        return false;
    for (const struct wf_compiled *c = bundle->compiled; c; c = c->next) {
        const struct wf_form *form = c->form;

        if (!check_system_hooks(turn, c, err))
            return false;
        if (form && !wf_streq(form->package->id, bundle->package->id)
            && !check_package(turn, form->package->id, err))
            return false;
    }
    return true;
}

/* --- Making live */

/* One event for the whole: "package@2 form@3". */
static bool record(struct wf_turn *turn, const struct wf_deployed *rows,
                   size_t n, weft_error *err)
{
    struct wf_buf buf = WF_BUF_INIT(turn->call.arena);
    struct wf_event event = { .kind = "deploy" };

    for (size_t i = 0; i < n; i++)
        if (rows[i].is_new)
            wf_buf_printf(&buf, "%s%s@%d", buf.len > 0 ? " " : "", rows[i].id,
                          rows[i].version);
    event.comment = wf_buf_text(&buf);
    return buf.len == 0 || wf_history_add(&turn->call, &event, err);
}

bool wf_deploy_files(struct wf_turn *turn,
                     const struct wf_deployment *deployment, weft_error *err)
{
    struct wf_call *call = &turn->call;
    struct wf_deploy_options options = { .by = call->me ? call->me->id : 0,
                                         .now = call->now,
                                         .pilot = deployment->pilot,
                                         .ids = call->ids };
    struct wf_bundle bundle;
    struct wf_deployed_rows rows = { 0 };

    if (!compile_again(turn, deployment, &bundle, err)
        || !wf_pilot_check(turn, deployment->pilot, err)
        || !wf_plan_time(turn, deployment->at, bundle.package->timezone,
                         &options.at, err))
        return false;
    if (!deployment->check
        && (!check_rights(turn, &bundle, err)
            || !wf_deploy(call->db, call->arena, &bundle, &options, &rows, err)
            || !wf_plan(turn, &rows, options.at, err)
            || !record(turn, rows.at, rows.n, err)))
        return false;
    write_result(turn, rows.at, rows.n);
    if (deployment->check && !wf_checked_write(turn, &bundle, err))
        return false;
    wf_jw_close(&turn->out, '}');
    return true;
}

static bool run(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_deploy_files(turn, with, err);
}

/* --- The doors */

/* Compiles beside the definitions that are live, where there is an engine, and
 * keeps them in `deployment`, whose owner releases them. */
static bool compile_beside(weft_engine *engine, struct wf_call *call,
                           struct wf_deployment *deployment, weft_error *err)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;

    if (engine
        && (!wf_reader_begin(engine->store, 0, &reader, err)
            || !wf_registry_acquire(engine->definitions, reader.db,
                                    &deployment->registry, err)))
        return false;
    call->registry = deployment->registry;
    call->db = reader.db;
    return compile(call, deployment, &deployment->bundle, err);
}

/* The first pass. What it finds is what the command is refused with. */
static void try_first(weft_command *command, struct wf_deployment *deployment)
{
    struct wf_call call = { .arena = command->arena,
                            .findings = &command->findings };

    if (!wf_command_is_sound(command))
        return;
    if (compile_beside(command->engine, &call, deployment, &command->err))
        deployment->warnings = command->findings;
    else
        command->problems = wf_reply_findings(&command->findings);
}

static void release(const void *with)
{
    const struct wf_deployment *deployment = with;
    const struct wf_registry *registry = deployment->registry;

    wf_registry_release(&registry);
}

static struct wf_deployment *deployment_new(weft_command *command,
                                            const char *package,
                                            const char *pilot, const char *at)
{
    struct wf_deployment *deployment =
        WF_NEW(command->arena, struct wf_deployment);

    deployment->package = wf_arena_str(command->arena, package);
    deployment->pilot = wf_pilot_text(command->arena, pilot);
    deployment->at = wf_arena_str(command->arena, at);
    command->with = deployment;
    command->end = release;
    return deployment;
}

weft_command *weft_deploy_run(weft_session *session, const weft_deploy *what)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_DEPLOY, run);
    struct wf_deployment *deployment =
        deployment_new(command, what->package, what->pilot, what->at);
    struct wf_text_file *files =
        WF_NEW_N(command->arena, struct wf_text_file, what->n_files);

    for (size_t i = 0; i < what->n_files; i++)
        files[i] = (struct wf_text_file){
            wf_arena_str(command->arena, what->files[i].name),
            wf_arena_mem(command->arena, what->files[i].text,
                         what->files[i].len),
            what->files[i].len
        };
    deployment->files = files;
    deployment->n_files = what->n_files;
    try_first(command, deployment);
    return command;
}

static void unpack(weft_command *command, struct wf_deployment *deployment,
                   const weft_upload *upload)
{
    struct wf_text_file *files;
    struct wf_file *first;
    size_t n = 0;

    if (!wf_command_is_sound(command)
        || !wf_zip_read(command->arena, upload->data, upload->len, &first,
                        &command->err))
        return;
    for (const struct wf_file *file = first; file; file = file->next)
        n++;
    files = WF_NEW_N(command->arena, struct wf_text_file, n);
    deployment->files = files;
    deployment->n_files = n;
    for (const struct wf_file *file = first; file; file = file->next)
        *files++ = (struct wf_text_file){ file->name, file->data, file->len };
}

weft_command *weft_deploy_upload(weft_session *session,
                                 const weft_upload *upload)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_DEPLOY, run);
    struct wf_deployment *deployment =
        deployment_new(command, upload->package, upload->pilot, upload->at);

    deployment->check = upload->check;
    if (upload->zip) {
        unpack(command, deployment, upload);
    } else {
        struct wf_text_file *file = WF_NEW(command->arena, struct wf_text_file);

        *file = (struct wf_text_file){
            "upload.xml",
            wf_arena_mem(command->arena, upload->data, upload->len), upload->len
        };
        deployment->files = file;
        deployment->n_files = 1;
    }
    try_first(command, deployment);
    if (upload->test)
        wf_deploy_test(command, deployment);
    return command;
}

/* --- The compiler alone */

static void write_diagnostics(weft_reply *reply,
                              const struct wf_diags *findings)
{
    struct wf_buf buf = WF_BUF_INIT(reply->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&out, '{');
    wf_jw_key(&out, "diagnostics");
    wf_diags_json(findings, &out);
    wf_jw_close(&out, '}');
    reply->body = wf_buf_text(&buf);
    reply->len = buf.len;
}

weft_reply *weft_check(weft_engine *engine, const char *lang,
                       const weft_deploy *what)
{
    weft_reply *reply = wf_reply_new(wf_arena_new());
    weft_error err = wf_error_in(lang);
    struct wf_text_file *files =
        WF_NEW_N(reply->arena, struct wf_text_file, what->n_files);
    struct wf_diags findings = WF_DIAGS_INIT(reply->arena, lang);
    struct wf_call call = { .arena = reply->arena, .findings = &findings };
    struct wf_deployment deployment = { .files = files,
                                        .n_files = what->n_files,
                                        .package = what->package };

    for (size_t i = 0; i < what->n_files; i++)
        files[i] =
            (struct wf_text_file){ what->files[i].name, what->files[i].text,
                                   what->files[i].len };
    if (!compile_beside(engine, &call, &deployment, &err))
        reply->error = err;
    wf_registry_release(&deployment.registry);
    write_diagnostics(reply, &findings);
    return reply;
}
