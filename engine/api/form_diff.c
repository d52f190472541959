/* api/form_diff.c - what differs between two versions of a form, or between
 * texts that nobody has deployed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/deploy.h"
#include "api/form.h"
#include "def/diff.h"

struct question {
    const char *form;
    int version, to;
};

static bool diff(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *from, *to;

    if (!wf_form_open_text(turn, question->form, question->version, &from, err)
        || !wf_form_open_text(turn, question->form, question->to, &to, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "form", to->id);
    wf_jw_key(&turn->out, "from");
    wf_jw_int(&turn->out, from->version);
    wf_jw_key(&turn->out, "to");
    wf_jw_int(&turn->out, to->version);
    wf_jw_key(&turn->out, "changes");
    wf_form_diff(from, to, turn->call.lang, &turn->out);
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_form_diff(weft_session *session, const char *form, int from,
                           int to)
{
    struct question question = { .form = form, .version = from, .to = to };

    return wf_question(session, WEFT_SCOPE_READ, diff, &question);
}

/* --- Texts */

static struct wf_text_files texts_of(struct wf_arena *arena,
                                     const weft_file *files, size_t n)
{
    struct wf_text_file *made = WF_NEW_N(arena, struct wf_text_file, n);

    for (size_t i = 0; i < n; i++)
        made[i] =
            (struct wf_text_file){ files[i].name, files[i].text, files[i].len };
    return (struct wf_text_files){ made, n };
}

weft_reply *weft_diff(const char *lang, const weft_diff_texts *texts)
{
    weft_reply *reply = wf_reply_new(wf_arena_new());
    weft_error err = wf_error_in(lang);
    struct wf_diags findings = WF_DIAGS_INIT(reply->arena, lang);
    struct wf_buf body = WF_BUF_INIT(reply->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&body);
    struct wf_text_files from =
        texts_of(reply->arena, texts->from, texts->n_from);
    struct wf_text_files to = texts_of(reply->arena, texts->to, texts->n_to);

    wf_jw_open(&out, '{');
    wf_jw_key(&out, "changes");
    wf_jw_open(&out, '[');
    wf_diff_files(reply->arena, &from, &to, &findings, &out);
    wf_jw_close(&out, ']');
    wf_jw_close(&out, '}');
    reply->body = wf_buf_text(&body);
    reply->len = body.len;
    if (findings.n_errors > 0 && !wf_deploy_refuses(&findings, &err))
        wf_reply_fail(reply, &err, wf_reply_findings(&findings));
    return reply;
}
