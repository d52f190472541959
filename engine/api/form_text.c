/* api/form_text.c - the text of a form and of its hooks, and its workflow as a
 * diagram.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/form.h"
#include "def/deploy.h"
#include "flow/hook.h"
#include "report/bpmn.h"

struct question {
    const char *form;
    int version;
};

static bool xml(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    struct wf_version_info info;
    const struct wf_form *form;

    if (!wf_form_open_text(turn, question->form, question->version, &form, err)
        || !wf_version_load(turn->call.db, turn->call.arena, form->id,
                            form->version, &info, err))
        return false;
    wf_buf_str(&turn->body, info.text);
    return true;
}

weft_reply *weft_form_xml(weft_session *session, const char *form, int version)
{
    struct question question = { .form = form, .version = version };

    return wf_question(session, WEFT_SCOPE_READ, xml, &question);
}

static bool bpmn(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *form;

    if (!wf_form_open_text(turn, question->form, question->version, &form, err))
        return false;
    wf_bpmn_write(turn->call.arena, form, turn->call.lang, &turn->body);
    return true;
}

weft_reply *weft_form_bpmn(weft_session *session, const char *form, int version)
{
    struct question question = { .form = form, .version = version };

    return wf_question(session, WEFT_SCOPE_READ, bpmn, &question);
}

static void write_hosts(struct wf_json_writer *out)
{
    wf_jw_key(out, "host");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < wf_n_hook_hosts; i++) {
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "name", wf_hook_hosts[i].name);
        wf_jw_key_text(out, "signature", wf_hook_hosts[i].signature);
        wf_jw_key_text(out, "help", wf_hook_hosts[i].help);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
}

static bool hooks(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    struct wf_json_writer *out = &turn->out;
    const struct wf_form *form;

    if (!wf_form_open_text(turn, question->form, question->version, &form, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text_or_null(out, "file", form->hook ? form->hook_file : NULL);
    wf_jw_key_text(out, "text", form->hook ? form->hook : "");
    wf_jw_key(out, "system");
    wf_jw_bool(out, form->run_as_system);
    write_hosts(out);
    wf_jw_close(out, '}');
    return true;
}

weft_reply *weft_form_hooks(weft_session *session, const char *form,
                            int version)
{
    struct question question = { .form = form, .version = version };

    return wf_question(session, WEFT_SCOPE_READ, hooks, &question);
}
