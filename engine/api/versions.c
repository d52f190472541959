/* api/versions.c - the versions of a form: what state each is in, whose it is
 * and was, and how many documents run on it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/versions.h"

#include <weft/package.h>

#include "api/deploy_right.h"
#include "api/form.h"
#include "base/error.h"
#include "def/release.h"
#include "doc/running.h"

struct question {
    const char *form, *login;
};

/* What all rows of one answer are written from. */
struct answer {
    struct wf_turn *turn;
    struct wf_version_rows rows;
    struct wf_eras eras;
    struct wf_running running;
};

static bool write_person(struct answer *a, const char *key, wf_id id,
                         weft_error *err)
{
    const struct wf_person *person = NULL;

    if (id && !wf_person_find(&a->turn->call, id, &person, err))
        return false;
    wf_jw_key(&a->turn->out, key);
    if (person)
        wf_person_json(person, &a->turn->out);
    else
        wf_jw_null(&a->turn->out);
    return true;
}

static bool write_eras(struct answer *a, int version, weft_error *err)
{
    struct wf_json_writer *out = &a->turn->out;

    wf_jw_key(out, "eras");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < a->eras.n; i++) {
        const struct wf_era *era = &a->eras.at[i];

        if (era->version != version)
            continue;
        wf_jw_open(out, '{');
        wf_jw_key_text_or_null(out, "pilot", era->audience);
        wf_jw_key_time(out, "since", era->since);
        wf_jw_key_time(out, "until", era->until);
        if (!write_person(a, "by", era->begun_by, err)
            || !write_person(a, "ended_by", era->ended_by, err))
            return false;
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    return true;
}

/* How many people an audience is today. */
static bool write_people(struct answer *a, const char *audience,
                         weft_error *err)
{
    struct wf_call *call = &a->turn->call;
    struct wf_who_context context = { call, NULL, NULL, NULL };
    struct wf_diags none = WF_DIAGS_INIT(call->arena, "en");
    struct wf_place place = { NULL, 0, 0 };
    struct wf_who_list people = { NULL, 0, 0 };
    const struct wf_who *who;

    if (!audience)
        return true;
    who = wf_who_parse(
        call->arena, place, audience, NULL,
        (enum wf_who_use)(WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT), &none);
    if (who && !wf_who_people(&context, who, &people, err))
        return false;
    wf_jw_key(&a->turn->out, "people");
    wf_jw_int(&a->turn->out, (int64_t)people.n);
    return true;
}

static bool write_version(struct answer *a, const struct wf_version_info *info,
                          weft_error *err)
{
    struct wf_json_writer *out = &a->turn->out;
    bool waits = info->state == WF_PILOT || info->state == WF_PLANNED;

    wf_jw_open(out, '{');
    wf_jw_key(out, "version");
    wf_jw_int(out, info->version);
    wf_jw_key_text(out, "state", wf_release_state_name(info->state));
    wf_jw_key(out, "live");
    wf_jw_bool(out, info->live);
    wf_jw_key_text_or_null(out, "pilot", waits ? info->audience : NULL);
    if (waits && !write_people(a, info->audience, err))
        return false;
    wf_jw_key_time(out, "planned", info->planned);
    wf_jw_key(out, "documents");
    wf_jw_int(out, wf_running_of(&a->running, info->version));
    wf_jw_key_text(out, "hash", info->hash);
    wf_jw_key_text_or_null(out, "base", info->base);
    if (info->base) {
        wf_jw_key(out, "base_version");
        wf_jw_int(out, info->base_version);
    }
    wf_jw_key_time(out, "deployed", info->deployed);
    if (!write_person(a, "deployed_by", info->deployed_by, err)
        || !write_eras(a, info->version, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

/* The version that `login` would be given for a new document. */
static bool write_given(struct wf_turn *turn, const char *form,
                        const char *login, weft_error *err)
{
    const struct wf_person *me = turn->call.me, *person;
    const struct wf_form *given;
    bool found;

    if (!wf_person_find_login(&turn->call, login, &person, err))
        return false;
    if (!person)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                       login);
    turn->call.me = person;
    found = wf_flow_pick_form(&turn->flow, form, &given, err);
    turn->call.me = me;
    if (!found)
        return false;
    wf_jw_key(&turn->out, "given");
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "form", given->id);
    wf_jw_key(&turn->out, "version");
    wf_jw_int(&turn->out, given->version);
    wf_jw_close(&turn->out, '}');
    return true;
}

bool wf_versions_write(struct wf_turn *turn, const char *form,
                       const char *login, weft_error *err)
{
    struct answer a = { .turn = turn };
    struct wf_call *call = &turn->call;

    if (!wf_versions_load(call->db, call->arena, form, &a.rows, err)
        || !wf_eras_load(call->db, call->arena, form, &a.eras, err)
        || !wf_running_load(call, form, &a.running, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < a.rows.n; i++)
        if (!write_version(&a, &a.rows.at[i], err))
            return false;
    wf_jw_close(&turn->out, ']');
    if (login && !write_given(turn, form, login, err))
        return false;
    wf_jw_close(&turn->out, '}');
    return true;
}

bool wf_versions_open(struct wf_turn *turn, const char *form,
                      const char **package, weft_error *err)
{
    struct wf_version_rows rows;
    const struct wf_form *live;
    bool mine;

    if (!wf_versions_load(turn->call.db, turn->call.arena, form, &rows, err))
        return false;
    if (rows.n == 0)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no form \"%s\".", form);
    *package = rows.at[0].package;
    if (!wf_deploy_is_mine(&turn->call, *package, &mine, err)
        || (!mine && !wf_form_open(turn, form, 0, &live, err)))
        return false;
    return mine
           || wf_fail(err, WEFT_E_DENIED,
                      "You may not deploy into the package \"%s\".", *package);
}

/* Whoever may read the definition of a live form may read its versions. */
static bool versions(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *form;
    const char *package;

    return (wf_registry_form(turn->call.registry, question->form)
                ? wf_form_open_text(turn, question->form, 0, &form, err)
                : wf_versions_open(turn, question->form, &package, err))
           && wf_versions_write(turn, question->form, question->login, err);
}

weft_reply *weft_form_versions(weft_session *session, const char *form,
                               const char *login)
{
    struct question question = { .form = form, .login = login };

    return wf_question(session, WEFT_SCOPE_READ, versions, &question);
}
