/* api/signin.c - signing in and out, and who am I.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/command.h"
#include "api/session.h"
#include "base/error.h"
#include "base/messages.h"

/* --- Who am I */

static bool write_me(struct wf_turn *turn, unsigned scopes, weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    const struct wf_person *me = turn->call.me;
    struct wf_json *roles = NULL;

    if (me && !wf_roles_of(&turn->call, me->id, &roles, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", me ? me->id : 0);
    wf_jw_key_text_or_null(out, "login", me ? me->login : NULL);
    wf_jw_key_text_or_null(out, "name", me ? me->name : NULL);
    wf_jw_key_text_or_null(out, "unit", me ? me->unit_key : NULL);
    wf_jw_key_text_or_null(out, "title", me ? me->title : NULL);
    wf_jw_key_text(out, "lang", turn->call.lang);
    if (roles) {
        wf_jw_key(out, "roles");
        wf_jw_tree(out, roles);
    }
    wf_jw_key(out, "scopes");
    wf_scopes_write(scopes, out);
    wf_jw_close(out, '}');
    return true;
}

static bool me(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return write_me(turn, turn->asker->scopes, err);
}

weft_reply *weft_me(weft_session *session)
{
    return wf_question(session, 0, me, NULL);
}

/* --- Signing in */

struct checking {
    struct wf_gate *gate;
    struct wf_credentials credentials;
    const char *lang;       /* wished for, or NULL */
    struct wf_asker *asker; /* who it turns out to be */
    struct wf_checked *checked;
};

static bool check_password(struct wf_turn *turn, const void *with,
                           weft_error *err)
{
    const struct checking *checking = with;
    struct wf_asker *asker = checking->asker;
    const struct wf_person *person;

    if (!wf_password_check(&turn->call, checking->gate, &checking->credentials,
                           checking->checked, err))
        return false;
    asker->person = checking->checked->person;
    if (!wf_person_find(&turn->call, asker->person, &person, err))
        return false;
    if (person)
        wf_asker_speak(asker,
                       wf_lang_choose(checking->lang,
                                      wf_lang_choose(person->locale, "en")));
    return true;
}

/* Where the secret of the new session is told. */
struct opening {
    const char *agent;
    const char **secret;
    struct wf_checked checked;
};

static bool open_session(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    const struct opening *opening = with;
    struct wf_login login;
    const char *secret, *csrf;

    if (!wf_password_renew(&turn->call, &opening->checked, err)
        || !wf_session_add(&turn->call, turn->call.me->id, opening->agent,
                           &secret, &csrf, err)
        || !wf_session_find(&turn->call, secret, &login, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "me");
    if (!write_me(turn, login.scopes, err))
        return false;
    wf_jw_key_text(&turn->out, "csrf", csrf);
    wf_jw_close(&turn->out, '}');
    if (opening->secret)
        *opening->secret = secret;
    return true;
}

weft_reply *weft_session_sign_in(weft_engine *engine, const weft_sign_in *with,
                                 const char **secret)
{
    struct wf_asker nobody = { .person = 0 }, asker;
    struct wf_checked checked = { .person = 0 };
    struct checking checking = { .gate = engine->gate,
                                 .credentials = { with->login, with->password,
                                                  with->address },
                                 .lang = with->lang,
                                 .asker = &asker,
                                 .checked = &checked };
    weft_reply *reply;
    weft_command *command;
    struct opening *opening;

    wf_asker_speak(&nobody, wf_lang_choose(with->lang, "en"));
    asker = nobody;
    reply = wf_question_as(engine, &nobody, 0, check_password, &checking);
    if (weft_reply_error(reply))
        return reply;
    command = wf_command_as(engine, &asker, open_session);
    opening = WF_NEW(command->arena, struct opening);
    opening->agent = wf_arena_str(command->arena, with->agent);
    opening->secret = secret;
    opening->checked =
        (struct wf_checked){ checked.person,
                             wf_arena_str(command->arena, checked.stored),
                             wf_arena_str(command->arena, checked.renewed) };
    weft_reply_free(reply);
    command->with = opening;
    return weft_run(command);
}

static bool sign_out(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_session_end(&turn->call, with, err);
}

weft_command *weft_session_sign_out(weft_session *session)
{
    weft_command *command = wf_command_new(session, 0, sign_out);

    if (session->secret)
        command->with = wf_arena_str(command->arena, session->secret);
    else if (wf_command_is_sound(command))
        wf_fail(&command->err, WEFT_E_CONFLICT,
                "There is no session to end here.");
    return command;
}
