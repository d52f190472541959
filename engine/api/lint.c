/* api/lint.c - what really happened with forms, and what could be left out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/deploy_right.h"
#include "api/form.h"
#include "flow/lint.h"

struct question {
    const char *form;
};

static void write_one(struct wf_turn *turn, const struct wf_form *form,
                      const struct wf_lint *lint)
{
    static const char *const langs[] = { "zh-CN", "en" };
    struct wf_json_writer *out = &turn->out;

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "form", form->id);
    wf_jw_key_text(out, "kind", wf_lint_kind_name(lint->kind));
    wf_jw_key_text(out, "path", lint->path);
    wf_jw_key_text(out, "other", lint->other);
    wf_jw_key(out, "cases");
    wf_jw_int(out, lint->n);
    if (lint->kind == WF_LINT_WAITING) {
        wf_jw_key(out, "days");
        wf_jw_number(out, lint->days);
    }
    wf_jw_key(out, "text");
    wf_jw_open(out, '{');
    for (size_t i = 0; i < WF_COUNT(langs); i++)
        wf_jw_key_text(
            out, langs[i],
            wf_lint_sentence(turn->call.arena, form, lint, langs[i]));
    wf_jw_close(out, '}');
    wf_jw_close(out, '}');
}

static bool lint_form(struct wf_turn *turn, const struct wf_form *form,
                      weft_error *err)
{
    struct wf_lints lints = { NULL, 0, 0 };

    if (!wf_lint_flow(&turn->call, form, &lints, err)
        || !wf_lint_fields(&turn->call, form, &lints, err))
        return false;
    for (size_t i = 0; i < lints.n; i++)
        write_one(turn, form, &lints.at[i]);
    return true;
}

/* Every live form into whose package one may deploy. */
static bool lint_all(struct wf_turn *turn, weft_error *err)
{
    const struct wf_form *form;
    size_t cursor = 0;

    while ((form = wf_registry_next(turn->call.registry, &cursor))) {
        bool mine;

        if (!wf_deploy_is_mine(&turn->call, form->package->id, &mine, err)
            || (mine && !lint_form(turn, form, err)))
            return false;
    }
    return true;
}

static bool lint(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *form = NULL;

    if (question->form
        && !wf_form_open_text(turn, question->form, 0, &form, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    if (form ? !lint_form(turn, form, err) : !lint_all(turn, err))
        return false;
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_lint(weft_session *session, const char *form)
{
    struct question question = { form };

    return wf_question(session, WEFT_SCOPE_READ, lint, &question);
}
