/* flow/host_say.c - what hooks say to people and learn of their surroundings.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"
#include "base/error.h"
#include "flow/host.h"

/* fail(field, message), or fail(message) for the whole document. */
static void say(struct wf_hooks *hooks, enum wf_severity severity,
                const struct wf_json *args, const char **message)
{
    const char *field = wf_json_str(wf_host_arg(args, 0));

    *message = wf_json_str(wf_host_arg(args, 1));
    if (!*message) {
        *message = field ? field : "";
        field = "";
    }
    wf_diag_field_text(hooks->flow->call->findings, severity,
                       field ? field : "", "hook", *message);
}

bool wf_host_fail(void *self, const struct wf_host *host,
                  struct wf_arena *arena, const struct wf_json *args,
                  struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    const char *message;

    (void)host;
    (void)arena;
    (void)result;
    say(hooks, WF_SEVERITY_ERROR, args, &message);
    return hooks->collecting || wf_fail(err, WEFT_E_INVALID, "%s", message);
}

bool wf_host_warn(void *self, const struct wf_host *host,
                  struct wf_arena *arena, const struct wf_json *args,
                  struct wf_json **result, weft_error *err)
{
    const char *message;

    (void)host;
    (void)arena;
    (void)result;
    (void)err;
    say(self, WF_SEVERITY_WARNING, args, &message);
    return true;
}

static const struct wf_words *words_of(const struct wf_form *form,
                                       const char *id)
{
    const struct wf_field *field = wf_form_field(form, id);
    const struct wf_step *step = wf_form_step(form, id);

    if (field)
        return field->words;
    if (step)
        return step->words;
    for (step = form->steps; step; step = step->next)
        if (wf_step_action(step, id))
            return wf_step_action(step, id)->words;
    return NULL;
}

bool wf_host_t(void *self, const struct wf_host *host, struct wf_arena *arena,
               const struct wf_json *args, struct wf_json **result,
               weft_error *err)
{
    struct wf_hooks *hooks = self;
    const char *id;

    if (!wf_host_text(host, args, 0, &id, err))
        return false;
    *result = wf_json_text(arena, wf_words_label(words_of(hooks->form, id),
                                                 hooks->flow->call->lang, id));
    return true;
}

bool wf_host_log(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    struct wf_hooks *hooks = self;

    (void)host;
    (void)result;
    (void)err;
    wf_log(hooks->flow->call->log, WF_LOG_INFO, "hook", "%s: %s",
           hooks->form->hook_file, wf_json_dump(arena, args));
    return true;
}

bool wf_host_now(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    struct wf_hooks *hooks = self;
    char text[WF_TIME_TEXT];

    (void)host;
    (void)args;
    (void)err;
    wf_time_write(hooks->flow->call->now, text);
    *result = wf_json_text(arena, text);
    return true;
}

bool wf_host_setting(void *self, const struct wf_host *host,
                     struct wf_arena *arena, const struct wf_json *args,
                     struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    const struct wf_json *value;
    const char *name;

    if (!wf_host_text(host, args, 0, &name, err))
        return false;
    value = wf_registry_setting(hooks->flow->call->registry,
                                hooks->form->package->id, name);
    if (!value)
        return wf_fail(err, WEFT_E_INVALID,
                       "The package has no setting \"%s\".", name);
    *result = wf_json_copy(arena, value);
    return true;
}

bool wf_host_formula(void *self, const struct wf_host *host,
                     struct wf_arena *arena, const struct wf_json *args,
                     struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    struct wf_doc_env env;

    (void)arena;
    wf_doc_env_init(&env, hooks->flow->call, hooks->doc);
    return wf_function_call(&env.env, host->name, args, result, err);
}
