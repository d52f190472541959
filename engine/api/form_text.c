/* api/form_text.c - the text of a form.
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
