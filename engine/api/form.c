/* api/form.c - the forms that one sees: models, texts, versions, differences;
 * and trying out what a document would be.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/form.h"

#include <stdio.h>

#include <weft/package.h>

#include "api/body.h"
#include "api/deploy.h"
#include "base/error.h"
#include "base/hash.h"

struct question {
    const char *form;
    int version, to;
    struct wf_text body;
};

static bool fail_unknown(const char *id, weft_error *err)
{
    return wf_fail(err, WEFT_E_NOTFOUND, "There is no form \"%s\".", id);
}

bool wf_form_open(struct wf_turn *turn, const char *id, int version,
                  const struct wf_form **out, weft_error *err)
{
    const struct wf_form *live = wf_registry_form(turn->call.registry, id);
    bool seen = turn->call.system;

    if (!live)
        return fail_unknown(id, err);
    if (!seen && !wf_access_may_see_form(&turn->call, live, &seen, err))
        return false;
    if (!seen && !wf_deploy_is_mine(turn, live->package->id, &seen, err))
        return false;
    if (!seen)
        return fail_unknown(id, err);
    if (version == 0) {
        *out = live;
        return true;
    }
    return wf_registry_version(turn->call.registry, turn->call.db, id, version,
                               out, err);
}

/* --- All of them */

static bool write_row(struct wf_turn *turn, const struct wf_form *form,
                      weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    bool may_create = turn->call.system;

    if (!may_create
        && !wf_access_may_create(&turn->call, form, &may_create, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", form->id);
    wf_jw_key_text(out, "label",
                   wf_words_label(form->words, turn->call.lang, form->id));
    wf_jw_key_text(out, "help",
                   wf_words_get(form->words, turn->call.lang, WF_WORD_HELP));
    wf_jw_key_text(out, "package", form->package->id);
    wf_jw_key(out, "version");
    wf_jw_int(out, form->version);
    wf_jw_key_text_or_null(out, "base", form->base);
    wf_jw_key(out, "create");
    wf_jw_bool(out, may_create);
    wf_jw_close(out, '}');
    return true;
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
        bool seen = turn->call.system;

        if (!seen && !wf_access_may_see_form(&turn->call, form, &seen, err))
            return false;
        if (seen && !write_row(turn, form, err))
            return false;
    }
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_form_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list, NULL);
}

/* --- The model */

/* A model has no revision of its own: settings, lists and language are in it
 * as well. */
static void tag(struct wf_turn *turn)
{
    char text[WF_HASH_TEXT];
    struct wf_hash hash = wf_hash_of(wf_buf_text(&turn->body), turn->body.len);

    wf_hash_write(&hash, text);
    snprintf(turn->reply->etag, sizeof turn->reply->etag, "%.16s", text);
}

static bool model(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *form;

    if (!wf_form_open(turn, question->form, question->version, &form, err))
        return false;
    wf_form_json(form, turn->call.lang, &turn->out);
    tag(turn);
    return true;
}

weft_reply *weft_form_get(weft_session *session, const char *form, int version)
{
    struct question question = { .form = form, .version = version };

    return wf_question(session, WEFT_SCOPE_READ, model, &question);
}

/* --- Text, versions, differences: they tell of fields and rules that a mere
 * user of the form may not see. */

static bool open_text(struct wf_turn *turn, const char *id, int version,
                      const struct wf_form **out, weft_error *err)
{
    bool may;

    if (!wf_form_open(turn, id, version, out, err)
        || !wf_deploy_is_mine(turn, (*out)->package->id, &may, err)
        || (!may && !wf_access_may_derive(&turn->call, *out, &may, err)))
        return false;
    return may
           || wf_fail(err, WEFT_E_DENIED,
                      "You may not read the definition of \"%s\".", id);
}

static bool xml(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    struct wf_version_info info;
    const struct wf_form *form;

    if (!open_text(turn, question->form, question->version, &form, err)
        || !wf_version_load(turn->call.db, turn->call.arena, "form", form->id,
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
    struct wf_version_info *rows;
    size_t n;

    if (!open_text(turn, question->form, 0, &form, err)
        || !wf_versions_load(turn->call.db, turn->call.arena, "form", form->id,
                             &rows, &n, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < n; i++)
        write_version(&turn->out, &rows[i]);
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_form_versions(weft_session *session, const char *form)
{
    struct question question = { .form = form };

    return wf_question(session, WEFT_SCOPE_READ, versions, &question);
}

static bool diff(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *from, *to;

    if (!open_text(turn, question->form, question->version, &from, err)
        || !open_text(turn, question->form, question->to, &to, err))
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

/* --- Trying out */

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
    if (!wf_deploy_is_mine(turn, form->package->id, &may, err)
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
