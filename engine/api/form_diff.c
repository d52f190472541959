/* api/form_diff.c - what differs between two versions of a form.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/form.h"
#include "def/deploy.h"

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
