/* api/signin.c - signing in and out, who am I, passwords and tokens.
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
};

static bool check_password(struct wf_turn *turn, const void *with,
                           weft_error *err)
{
    const struct checking *checking = with;
    struct wf_asker *asker = checking->asker;
    const struct wf_person *person;

    if (!wf_password_check(&turn->call, checking->gate, &checking->credentials,
                           &asker->person, err)
        || !wf_person_find(&turn->call, asker->person, &person, err))
        return false;
    if (person)
        wf_asker_speak(asker,
                       wf_lang_choose(checking->lang,
                                      wf_lang_choose(person->locale, "en")));
    return true;
}

/* Where the secret of the new session is told. */
struct opening {
    const char **secret;
};

static bool open_session(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    const struct opening *opening = with;
    struct wf_login login;
    const char *secret, *csrf;

    if (!wf_session_add(&turn->call, turn->call.me->id, &secret, &csrf, err)
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
    struct checking checking = { .gate = engine->gate,
                                 .credentials = { with->login, with->password,
                                                  with->address },
                                 .lang = with->lang,
                                 .asker = &asker };
    weft_reply *reply;
    weft_command *command;
    struct opening *opening;

    wf_asker_speak(&nobody, wf_lang_choose(with->lang, "en"));
    asker = nobody;
    reply = wf_question_as(engine, &nobody, 0, check_password, &checking);
    if (weft_reply_error(reply))
        return reply;
    weft_reply_free(reply);
    command = wf_command_as(engine, &asker, open_session);
    opening = WF_NEW(command->arena, struct opening);
    opening->secret = secret;
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

/* --- Passwords and tokens */

struct key_order {
    const char *login; /* NULL: one's own */
    const char *password;
    char hash[WF_PASSWORD_TEXT]; /* of it */
    unsigned scopes;
    int days;
};

/* Whose password or token it is: one's own, or with the role admin anybody's.
 * A token makes neither: who finds one may not stay by it. */
static bool find_owner(struct wf_turn *turn, const char *login,
                       const struct wf_person **out, weft_error *err)
{
    const struct wf_person *mine = turn->call.me;

    if (!login || (mine && wf_streq(login, mine->login))) {
        *out = mine;
        if (turn->asker->by_token)
            return wf_asker_may(turn->asker, WEFT_SCOPE_ADMIN, err);
        return mine || wf_fail(err, WEFT_E_MALFORMED, "Say whose it is to be.");
    }
    if (!wf_asker_may(turn->asker, WEFT_SCOPE_ADMIN, err)
        || !wf_turn_administers(turn, err)
        || !wf_person_find_login(&turn->call, login, out, err))
        return false;
    return *out
           || wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                      login);
}

/* On the caller's thread: it takes long. */
static bool make_hash(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct key_order *order = *(struct key_order *const *)with;
    const struct wf_person *owner;

    return find_owner(turn, order->login, &owner, err)
           && wf_password_make(&turn->call, owner->id, order->password,
                               order->hash, err);
}

static bool set_password(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    const struct key_order *order = with;
    const struct wf_person *owner;

    return find_owner(turn, order->login, &owner, err)
           && wf_password_save_hash(&turn->call, owner->id, order->hash, err);
}

static struct key_order *order_new(weft_command *command, const char *login)
{
    struct key_order *order = WF_NEW(command->arena, struct key_order);

    order->login = wf_arena_str(command->arena, login);
    command->with = order;
    return order;
}

weft_command *weft_password_set(weft_session *session, const char *login,
                                const char *password)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, set_password);
    struct key_order *order = order_new(command, login);
    weft_reply *made;

    order->password = password;
    made = wf_question(session, WEFT_SCOPE_WRITE, make_hash, &order);
    order->password = NULL;
    if (weft_reply_error(made) && wf_command_is_sound(command))
        wf_fail_as(&command->err, weft_reply_error(made));
    weft_reply_free(made);
    return command;
}

static bool add_token(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct key_order *order = with;
    const struct wf_person *owner;
    const char *secret;

    if (!find_owner(turn, order->login, &owner, err)
        || !wf_token_add(&turn->call, owner->id, order->scopes, order->days,
                         &secret, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "token", secret);
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_command *weft_token_add(weft_session *session, const char *login,
                             unsigned scopes, int days)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, add_token);
    struct key_order *order = order_new(command, login);

    command->is_secret = true;
    order->scopes = scopes;
    order->days = days;
    return command;
}
