/* api/clone.c - a form is cloned, or laid over, and changed in one step.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/command.h"
#include "api/deploy.h"
#include "api/form.h"
#include "base/error.h"

struct cloning {
    const char *base;
    struct wf_clone_options options;
    const struct wf_json *changes;
};

/* Cloning needs the right to derive, whoever may deploy. */
static bool find_base(struct wf_turn *turn, const struct cloning *cloning,
                      const struct wf_form **out, weft_error *err)
{
    bool may;

    if (!wf_form_open(turn, cloning->base, 0, out, err)
        || !wf_is_admin(&turn->call, &may, err)
        || (!may && !wf_access_may_derive(&turn->call, *out, &may, err)))
        return false;
    return may
           || wf_fail(err, WEFT_E_DENIED,
                      "You may not derive anything from \"%s\".",
                      cloning->base);
}

static bool clone(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct cloning *cloning = with;
    struct wf_arena *arena = turn->call.arena;
    struct wf_text_file file;
    struct wf_deployment deployment = { .files = &file, .n_files = 1 };
    const struct wf_form *base;

    if (!find_base(turn, cloning, &base, err))
        return false;
    if (wf_registry_form(turn->call.registry, cloning->options.id))
        return wf_fail(err, WEFT_E_CONFLICT,
                       "There is a form \"%s\" already: choose another id.",
                       cloning->options.id);
    file.text = wf_clone_text(arena, base, &cloning->options, &turn->findings);
    if (!file.text)
        return wf_deploy_refuses(&turn->findings, err);
    file.name = wf_arena_printf(arena, "%s.form.xml", cloning->options.id);
    file.len = strlen(file.text);
    deployment.package = base->package->id;
    return wf_deploy_files(turn, &deployment, err);
}

/* Reads the rows of "changes". */
static bool read_changes(weft_command *command, struct cloning *cloning)
{
    static const struct wf_member members[] = {
        { "op", WF_BODY_TEXT, offsetof(struct wf_change, op), true },
        { "sel", WF_BODY_TEXT, offsetof(struct wf_change, sel), true },
        { "xml", WF_BODY_TEXT, offsetof(struct wf_change, xml), false },
    };

    size_t n = wf_json_len(cloning->changes);
    struct wf_change *list = WF_NEW_N(command->arena, struct wf_change, n);
    const char *id = cloning->options.id;

    for (size_t i = 0; i < n; i++)
        if (!wf_body_take(&command->findings, members, WF_COUNT(members),
                          cloning->changes->u.array.at[i], &list[i],
                          &command->err))
            return false;
    cloning->options.changes = list;
    cloning->options.n_changes = n;
    return wf_str_is_id(id)
           || wf_fail(&command->err, WEFT_E_INVALID,
                      "\"%s\" is no id: it begins with a lower-case letter and "
                      "has at most 63 letters, digits, \"_\" and \"-\".",
                      id);
}

weft_command *weft_form_clone(weft_session *session, const char *form,
                              const char *body, size_t len)
{
    static const struct wf_member members[] = {
        { "id", WF_BODY_TEXT, offsetof(struct cloning, options.id), true },
        { "label", WF_BODY_TEXT, offsetof(struct cloning, options.label),
          false },
        { "overlay", WF_BODY_BOOL, offsetof(struct cloning, options.overlay),
          false },
        { "changes", WF_BODY_ARRAY, offsetof(struct cloning, changes), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_DEPLOY, clone);
    struct cloning *cloning = WF_NEW(command->arena, struct cloning);
    struct wf_text text = { body, len };

    cloning->base = wf_arena_str(command->arena, form);
    wf_command_read(command, members, WF_COUNT(members), text, cloning);
    if (wf_command_is_sound(command) && !read_changes(command, cloning))
        command->problems = wf_reply_findings(&command->findings);
    return command;
}
