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
#include "api/deploy_right.h"
#include "api/proposal.h"
#include "api/rollout.h"
#include "base/error.h"
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

/* Into an open object. */
static void write_result(struct wf_turn *turn, const struct wf_deployed *rows,
                         size_t n)
{
    struct wf_json_writer *out = &turn->out;

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

static bool check_rights(struct wf_turn *turn, const struct wf_bundle *bundle,
                         weft_error *err)
{
    struct wf_deploy_bar bar;

    if (!wf_deploy_bar(&turn->call, bundle, &bar, err))
        return false;
    if (bar.package)
        return wf_fail(err, WEFT_E_DENIED,
                       "You may not deploy into the package \"%s\".",
                       bar.package);
    return !bar.hooks
           || wf_fail(err, WEFT_E_DENIED,
                      "The hooks of \"%s\" run as the system; only an "
                      "administrator may deploy them.",
                      bar.hooks);
}

/* --- Where it is asked for first */

/* The form by which; NULL: by none. A bundle that touches packages with
 * several of them would go live by only one of the chains. */
static bool find_approval(struct wf_turn *turn, const struct wf_bundle *bundle,
                          const char **out, weft_error *err)
{
    *out = wf_proposal_form(turn, bundle->package->id);
    for (const struct wf_compiled *c = bundle->compiled; c; c = c->next) {
        const char *form =
            wf_proposal_form(turn, wf_deploy_package(c, bundle)->id);

        if (form && *out && !wf_streq(form, *out))
            return wf_fail(err, WEFT_E_CONFLICT,
                           "These belong to packages that are approved apart: "
                           "deploy them one after the other.");
        if (form)
            *out = form;
    }
    return true;
}

/* Asks instead of deploying. */
static bool propose(struct wf_turn *turn, const struct wf_proposing *what,
                    weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    wf_id document;

    if (!wf_proposal_make(turn, what, &document, err))
        return false;
    wf_jw_key(out, "proposal");
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "form", what->form);
    wf_jw_key(out, "document");
    wf_jw_id(out, document);
    wf_jw_close(out, '}');
    return true;
}

/* Lets it go live, or wait for its approval. The object is open. */
static bool put(struct wf_turn *turn, const struct wf_deployment *deployment,
                const struct wf_bundle *bundle,
                const struct wf_deploy_options *options,
                struct wf_deployed_rows *rows, weft_error *err)
{
    struct wf_proposing what = { .bundle = bundle,
                                 .files = deployment->files,
                                 .n_files = deployment->n_files,
                                 .pilot = deployment->pilot,
                                 .reason = deployment->reason,
                                 .at = options->at,
                                 .adjusts = deployment->adjusts };

    if (!find_approval(turn, bundle, &what.form, err))
        return false;
    return what.form ? propose(turn, &what, err)
                     : wf_go_live(&turn->flow, bundle, options, rows, err);
}

bool wf_deploy_compiled(struct wf_turn *turn,
                        const struct wf_deployment *deployment,
                        const struct wf_bundle *bundle, weft_error *err)
{
    struct wf_call *call = &turn->call;
    struct wf_deploy_options options = { .by = call->me ? call->me->id : 0,
                                         .now = call->now,
                                         .pilot = deployment->pilot,
                                         .ids = call->ids };
    struct wf_deployed_rows rows = { 0 };

    if (!wf_pilot_check(turn, deployment->pilot, err)
        || !wf_plan_time(turn, deployment->at, bundle->package->timezone,
                         &options.at, err))
        return false;
    if (!deployment->pilot)
        wf_overlays_warn(turn, bundle);
    if (!deployment->check
        && !put(turn, deployment, bundle, &options, &rows, err))
        return false;
    write_result(turn, rows.at, rows.n);
    if (deployment->check && !deployment->adjusts
        && !wf_checked_write(turn, bundle, err))
        return false;
    wf_jw_close(&turn->out, '}');
    return true;
}

bool wf_deploy_files(struct wf_turn *turn,
                     const struct wf_deployment *deployment, weft_error *err)
{
    struct wf_bundle bundle;

    if (!compile_again(turn, deployment, &bundle, err)
        || !check_rights(turn, &bundle, err))
        return false;
    wf_jw_open(&turn->out, '{');
    return wf_deploy_compiled(turn, deployment, &bundle, err);
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
    deployment->reason = wf_arena_str(command->arena, upload->reason);
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
