/* api/session.c - in whose name a call is made.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/session.h"

#include "api/command.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/messages.h"

enum {
    EVERY_SCOPE = WEFT_SCOPE_READ | WEFT_SCOPE_WRITE | WEFT_SCOPE_DEPLOY
                  | WEFT_SCOPE_ADMIN | WEFT_SCOPE_METRICS,
};

static weft_session *session_new(weft_engine *engine, const char *lang)
{
    struct wf_arena *arena = wf_arena_new();
    weft_session *session = WF_NEW(arena, weft_session);

    session->engine = engine;
    session->arena = arena;
    session->wish = wf_arena_str(arena, lang);
    wf_asker_speak(&session->asker, wf_lang_choose(lang, "en"));
    return session;
}

/* --- Who asks */

bool wf_session_meet(weft_session *session, struct wf_turn *turn,
                     weft_error *err)
{
    struct wf_login login = { .scopes = 0 };
    const char *own;

    if (!session->find(&turn->call, session->key, &login, err))
        return false;
    own = wf_lang_choose(login.person->locale, "en");
    session->found = session->find;
    session->find = NULL;
    session->asker.person = login.person->id;
    session->asker.scopes = login.scopes;
    session->asker.by_token = login.by_token;
    session->login = wf_arena_str(session->arena, login.person->login);
    session->csrf = wf_arena_str(session->arena, login.csrf);
    session->wants_touch = login.wants_touch && !session->is_watch;
    wf_asker_speak(&session->asker, wf_lang_choose(session->wish, own));
    turn->call.me = login.person;
    return true;
}

weft_session *wf_session_again(const weft_session *session)
{
    weft_session *again = session_new(session->engine, session->wish);

    again->asker.system = session->asker.system;
    again->asker.scopes = session->asker.system ? session->asker.scopes : 0;
    again->find = session->find ? session->find : session->found;
    again->ahead = session->ahead;
    again->key = wf_arena_str(again->arena, session->key);
    again->is_watch = true;
    return again;
}

static bool touch_session(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    return wf_session_touch(&turn->call, with, err);
}

static bool touch_token(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_token_touch(&turn->call, with, err);
}

static void forget(void *self, weft_reply *reply)
{
    (void)self;
    weft_reply_free(reply);
}

void wf_session_touch_later(weft_session *session)
{
    weft_command *command;

    if (!session->wants_touch)
        return;
    session->wants_touch = false;
    command =
        wf_command_as(session->engine, &session->asker,
                      session->asker.by_token ? touch_token : touch_session);
    command->with = wf_arena_str(command->arena, session->key);
    command->now = wf_clock_now(&session->engine->clock); /* not when written */
    weft_submit(command, forget, NULL);
}

static bool nothing(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)turn;
    (void)with;
    (void)err;
    return true;
}

bool weft_session_meet(weft_session *session, weft_error *err)
{
    weft_reply *reply;
    const weft_error *failure;
    bool ok;

    if (!session->find)
        return true;
    reply = wf_question(session, 0, nothing, NULL);
    failure = weft_reply_error(reply);
    ok = !failure || wf_fail_as(err, failure);
    weft_reply_free(reply);
    return ok;
}

/* --- By a secret */

weft_session *weft_session_of_cookie(weft_engine *engine, const char *secret,
                                     const char *lang)
{
    weft_session *session = session_new(engine, lang);

    session->find = wf_session_find;
    session->ahead = wf_session_ahead;
    session->key = session->secret = wf_arena_str(session->arena, secret);
    return session;
}

weft_session *weft_session_of_token(weft_engine *engine, const char *secret,
                                    const char *lang)
{
    weft_session *session = session_new(engine, lang);

    session->find = wf_token_find;
    session->ahead = wf_token_ahead;
    session->key = wf_arena_str(session->arena, secret);
    return session;
}

/* Gives `session` away if it is somebody's. */
static bool give(weft_session *session, weft_session **out, weft_error *err)
{
    if (!weft_session_meet(session, err)) {
        weft_session_free(session);
        return false;
    }
    *out = session;
    return true;
}

bool weft_session_by_cookie(weft_engine *engine, const char *secret,
                            const char *lang, weft_session **out,
                            weft_error *err)
{
    return give(weft_session_of_cookie(engine, secret, lang), out, err);
}

bool weft_session_by_token(weft_engine *engine, const char *secret,
                           const char *lang, weft_session **out,
                           weft_error *err)
{
    return give(weft_session_of_token(engine, secret, lang), out, err);
}

/* --- By name */

static bool find_by_login(struct wf_call *call, const char *key,
                          struct wf_login *out, weft_error *err)
{
    const struct wf_person *person;

    if (!wf_person_find_login(call, key, &person, err))
        return false;
    if (!person || !person->active)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                       key);
    *out = (struct wf_login){ .person = person, .scopes = EVERY_SCOPE };
    return true;
}

bool weft_session_as(weft_engine *engine, const char *login, const char *lang,
                     weft_session **out, weft_error *err)
{
    weft_session *session = session_new(engine, lang);

    if (login) {
        session->find = find_by_login;
        session->key = wf_arena_str(session->arena, login);
    } else {
        session->asker.system = true;
        session->asker.scopes = EVERY_SCOPE;
    }
    return give(session, out, err);
}

/* --- By id, for whom others have vouched */

static bool find_by_id(struct wf_call *call, const char *key,
                       struct wf_login *out, weft_error *err)
{
    const struct wf_person *person = NULL;
    wf_id id;

    if (wf_id_parse(wf_str_of(key), &id)
        && !wf_person_find(call, id, &person, err))
        return false;
    if (!person || !person->active)
        return wf_fail(err, WEFT_E_SIGNED_OUT, "Please sign in.");
    *out = (struct wf_login){ .person = person,
                              .scopes = WEFT_SCOPE_READ | WEFT_SCOPE_WRITE,
                              .by_token = true };
    return true;
}

weft_session *wf_session_for(weft_engine *engine, wf_id person,
                             const char *lang, const char *via)
{
    weft_session *session = session_new(engine, lang);
    char digits[WF_ID_TEXT];

    wf_id_write(person, digits);
    session->find = find_by_id;
    session->key = wf_arena_str(session->arena, digits);
    session->asker.via = via;
    return session;
}

/* --- The handle */

void weft_session_free(weft_session *session)
{
    if (session)
        wf_arena_free(session->arena);
}

void weft_session_by_way(weft_session *session, const char *via)
{
    session->asker.via = via;
}

const char *weft_session_lang(const weft_session *session)
{
    return session->asker.lang;
}

const char *weft_session_login(const weft_session *session)
{
    return session->login;
}

unsigned weft_session_scopes(const weft_session *session)
{
    return session->asker.scopes;
}

const char *weft_session_csrf(const weft_session *session)
{
    return session->csrf;
}
