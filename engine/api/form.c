/* api/form.c - the forms that one sees, and their models.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/form.h"

#include <stdio.h>

#include <weft/package.h>

#include "api/deploy_right.h"
#include "base/error.h"
#include "base/hash.h"

struct question {
    const char *form;
    int version;
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
    if (!seen && !wf_deploy_is_mine(&turn->call, live->package->id, &seen, err))
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

bool wf_form_open_text(struct wf_turn *turn, const char *id, int version,
                       const struct wf_form **out, weft_error *err)
{
    bool may;

    if (!wf_form_open(turn, id, version, out, err)
        || !wf_deploy_is_mine(&turn->call, (*out)->package->id, &may, err)
        || (!may && !wf_access_may_derive(&turn->call, *out, &may, err)))
        return false;
    return may
           || wf_fail(err, WEFT_E_DENIED,
                      "You may not read the definition of \"%s\".", id);
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
    wf_form_json(form, turn->call.registry, turn->call.lang, &turn->out);
    tag(turn);
    return true;
}

weft_reply *weft_form_get(weft_session *session, const char *form, int version)
{
    struct question question = { .form = form, .version = version };

    return wf_question(session, WEFT_SCOPE_READ, model, &question);
}
