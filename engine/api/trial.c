/* api/trial.c - trying out what a document would be: its chain, its values.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/body.h"
#include "api/deploy_right.h"
#include "api/form.h"
#include "base/error.h"

struct question {
    const char *form;
    struct wf_text body;
};

struct trial {
    const struct wf_json *data;
    const char *as;
};

static bool read_trial(struct wf_turn *turn, const struct question *question,
                       struct trial *out, weft_error *err)
{
    static const struct wf_member members[] = {
        { "data", WF_BODY_OBJECT, offsetof(struct trial, data), false },
        { "as", WF_BODY_TEXT, offsetof(struct trial, as), false },
    };

    *out = (struct trial){ NULL, NULL };
    return wf_body_read(&turn->findings, members, WF_COUNT(members),
                        question->body, out, err);
}

/* To simulate for another is for those who may deploy the form. From here on
 * it is that person who asks. */
static bool become(struct wf_turn *turn, const struct wf_form *form,
                   const char *login, weft_error *err)
{
    const struct wf_person *person;
    bool may;

    if (!login)
        return true;
    if (!wf_deploy_is_mine(&turn->call, form->package->id, &may, err)
        || !wf_person_find_login(&turn->call, login, &person, err))
        return false;
    if (!may && (!person || person != turn->call.me))
        return wf_fail(err, WEFT_E_DENIED,
                       "You may simulate only as yourself.");
    if (!person)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                       login);
    turn->call.me = person;
    turn->call.system = false;
    return true;
}

static bool simulate(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *form;
    struct trial trial;

    return read_trial(turn, question, &trial, err)
           && wf_form_open(turn, question->form, 0, &form, err)
           && become(turn, form, trial.as, err)
           && wf_flow_pick_form(&turn->flow, question->form, &form, err)
           && wf_flow_simulate(&turn->flow, form, trial.data, &turn->out, err);
}

weft_reply *weft_form_simulate(weft_session *session, const char *form,
                               const char *body, size_t len)
{
    struct question question = { .form = form, .body = { body, len } };

    return wf_question(session, WEFT_SCOPE_READ, simulate, &question);
}

static bool evaluate(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *form;
    struct trial trial;

    return read_trial(turn, question, &trial, err)
           && wf_form_open(turn, question->form, 0, &form, err)
           && wf_flow_pick_form(&turn->flow, question->form, &form, err)
           && wf_flow_evaluate(&turn->flow, form, trial.data, &turn->out, err);
}

weft_reply *weft_form_evaluate(weft_session *session, const char *form,
                               const char *body, size_t len)
{
    struct question question = { .form = form, .body = { body, len } };

    return wf_question(session, WEFT_SCOPE_READ, evaluate, &question);
}
