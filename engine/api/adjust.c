/* api/adjust.c - forms are adjusted by those to whom their package leaves it:
 * which parts, and within which limits.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/adjust.h>

#include "api/command.h"
#include "api/deploy.h"
#include "api/deploy_right.h"
#include "api/form.h"
#include "base/error.h"
#include "def/release.h"

struct adjustment {
    const char *form;
    int64_t version; /* that was looked at; 0: whichever it is */
    const char *reason;
    const struct wf_json *changes;
    bool dry_run;
};

/* --- Who may */

/* What one may not adjust, and does not see either, is not there. */
static bool open_one(struct wf_turn *turn, const char *id,
                     struct wf_adjusting *out, weft_error *err)
{
    struct wf_version_info info;
    const struct wf_form *seen;

    *out = (struct wf_adjusting){ .arena = turn->call.arena,
                                  .findings = &turn->findings };
    out->form = wf_registry_form(turn->call.registry, id);
    if (out->form && !wf_adjust_rules(&turn->call, out, err))
        return false;
    if (out->rules.n == 0)
        return wf_form_open(turn, id, 0, &seen, err)
               && wf_fail(err, WEFT_E_DENIED,
                          "Nothing of \"%s\" is yours to adjust.", id);
    if (!wf_version_load(turn->call.db, turn->call.arena, id,
                         out->form->version, &info, err))
        return false;
    out->raw = info.text;
    return true;
}

/* --- What may be changed */

static void write_head(struct wf_turn *turn, const struct wf_adjusting *with)
{
    struct wf_json_writer *out = &turn->out;
    const struct wf_form *form = with->form;
    const struct wf_package *package =
        wf_registry_package(turn->call.registry, form->package->id);

    wf_jw_key_text(out, "form", form->id);
    wf_jw_key_text(out, "label",
                   wf_words_label(form->words, turn->call.lang, form->id));
    wf_jw_key_text(out, "package", form->package->id);
    wf_jw_key(out, "version");
    wf_jw_int(out, form->version);
    wf_jw_key_text_or_null(out, "approval",
                           package ? package->policy.approval : NULL);
    wf_jw_key(out, "rules");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < with->rules.n; i++) {
        const struct wf_adjust *rule = with->rules.at[i];

        wf_jw_open(out, '{');
        wf_jw_key_text(out, "id", rule->id);
        wf_jw_key_text(out, "label",
                       wf_words_label(rule->words, turn->call.lang, rule->id));
        wf_jw_key_text(
            out, "help",
            wf_words_get(rule->words, turn->call.lang, WF_WORD_HELP));
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
}

static bool get(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct adjustment *asked = with;
    struct wf_adjusting adjusting;

    if (!open_one(turn, asked->form, &adjusting, err))
        return false;
    wf_jw_open(&turn->out, '{');
    write_head(turn, &adjusting);
    wf_adjust_write(&adjusting, turn->call.lang, &turn->out);
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_form_adjustable(weft_session *session, const char *form)
{
    struct adjustment asked = { .form = form };

    return wf_question(session, WEFT_SCOPE_READ, get, &asked);
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wf_form *form;
    size_t cursor = 0;

    (void)with;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    while ((form = wf_registry_next(turn->call.registry, &cursor))) {
        struct wf_adjusting one = { .arena = turn->call.arena, .form = form };

        if (!wf_adjust_rules(&turn->call, &one, err))
            return false;
        if (one.rules.n == 0)
            continue;
        wf_jw_open(&turn->out, '{');
        write_head(turn, &one);
        wf_jw_close(&turn->out, '}');
    }
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_adjustable(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list, NULL);
}

/* --- Changing it */

/* Compiles the text and looks for anything in it that is not by the rules. */
static bool compile(struct wf_turn *turn, const struct wf_adjusting *with,
                    const struct wf_text_file *file, struct wf_bundle *out,
                    weft_error *err)
{
    struct wf_call *call = &turn->call;
    struct wf_compile_options options = { call->registry, call->db,
                                          with->form->package->id };

    wf_compile(call->arena, file, 1, &options, &turn->findings, out);
    if (turn->findings.n_errors > 0)
        return wf_deploy_refuses(&turn->findings, err);
    if (!out->compiled || out->compiled->next || !out->compiled->form)
        return wf_fail(err, WEFT_E_INTERNAL, "The change is no form.");
    wf_adjust_check(with, out->compiled->form);
    return turn->findings.n_errors == 0 || wf_body_misfits(err);
}

static void write_changes(struct wf_turn *turn, const struct wf_adjusting *with,
                          const struct wf_form *to)
{
    wf_jw_key_text(&turn->out, "form", to->id);
    wf_jw_key(&turn->out, "changes");
    wf_form_diff(with->form, to, turn->call.lang, &turn->out);
}

static bool adjust(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct adjustment *asked = with;
    struct wf_text_file file;
    struct wf_deployment deployment = { .files = &file,
                                        .n_files = 1,
                                        .check = asked->dry_run,
                                        .adjusts = true,
                                        .reason = asked->reason };
    struct wf_adjusting adjusting;
    struct wf_bundle bundle;

    if (!open_one(turn, asked->form, &adjusting, err))
        return false;
    if (asked->version && asked->version != adjusting.form->version)
        return wf_fail(err, WEFT_E_STALE,
                       "It has changed since you opened it. Load it again.");
    file.name = adjusting.form->file;
    file.text = wf_adjust_apply(&adjusting, asked->changes);
    if (!file.text)
        return wf_body_misfits(err);
    file.len = strlen(file.text);
    if (!compile(turn, &adjusting, &file, &bundle, err))
        return false;
    deployment.package = adjusting.form->package->id;
    deployment.bundle = bundle;
    wf_jw_open(&turn->out, '{');
    write_changes(turn, &adjusting, bundle.compiled->form);
    return wf_deploy_compiled(turn, &deployment, &bundle, err);
}

weft_command *weft_form_adjust(weft_session *session, const char *form,
                               const char *body, size_t len)
{
    static const struct wf_member members[] = {
        { "changes", WF_BODY_ARRAY, offsetof(struct adjustment, changes),
          true },
        { "version", WF_BODY_INT, offsetof(struct adjustment, version), false },
        { "reason", WF_BODY_TEXT, offsetof(struct adjustment, reason), false },
        { "dry_run", WF_BODY_BOOL, offsetof(struct adjustment, dry_run),
          false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, adjust);
    struct adjustment *asked = WF_NEW(command->arena, struct adjustment);

    asked->form = wf_arena_str(command->arena, form);
    wf_command_read(command, members, WF_COUNT(members),
                    (struct wf_text){ body, len }, asked);
    return command;
}
