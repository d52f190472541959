/* api/form_text.c - the text of a form, and its versions.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/form.h"
#include "def/deploy.h"

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

static void write_version(struct wf_json_writer *out,
                          const struct wf_version_info *info)
{
    wf_jw_open(out, '{');
    wf_jw_key(out, "version");
    wf_jw_int(out, info->version);
    wf_jw_key_text(out, "hash", info->hash);
    wf_jw_key(out, "live");
    wf_jw_bool(out, info->live);
    wf_jw_key_text_or_null(out, "pilot", info->audience);
    wf_jw_key_text_or_null(out, "base", info->base);
    wf_jw_key_time(out, "deployed", info->deployed);
    wf_jw_close(out, '}');
}

static bool versions(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *form;
    struct wf_version_rows rows;

    if (!wf_form_open_text(turn, question->form, 0, &form, err)
        || !wf_versions_load(turn->call.db, turn->call.arena, form->id, &rows,
                             err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < rows.n; i++)
        write_version(&turn->out, &rows.at[i]);
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_form_versions(weft_session *session, const char *form)
{
    struct question question = { .form = form };

    return wf_question(session, WEFT_SCOPE_READ, versions, &question);
}
