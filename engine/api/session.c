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

/* What a session is looked up by, and what was found. */
struct lookup {
    const char *key;
    struct wf_login login;
};

static weft_session *session_new(weft_engine *engine, const char *lang)
{
    struct wf_arena *arena = wf_arena_new();
    weft_session *session = WF_NEW(arena, weft_session);

    session->engine = engine;
    session->arena = arena;
    wf_asker_speak(&session->asker, wf_lang_choose(lang, "en"));
    return session;
}

static void take_login(weft_session *session, const struct wf_login *login,
                       const char *lang)
{
    const struct wf_person *person = login->person;
    const char *own = wf_lang_choose(person->locale, "en");

    session->asker.person = person->id;
    session->asker.scopes = login->scopes;
    session->asker.by_token = login->by_token;
    session->login = wf_arena_str(session->arena, person->login);
    session->csrf = wf_arena_str(session->arena, login->csrf);
    wf_asker_speak(&session->asker, wf_lang_choose(lang, own));
}

/* Asks `find` for the lookup and makes the session of its answer. */
static bool session_open(weft_session *session, wf_answer_fn *find,
                         struct lookup *lookup, const char *lang,
                         weft_error *err)
{
    struct lookup *with = lookup;
    struct wf_asker nobody = { .person = 0 };
    const weft_error *failure;
    weft_reply *reply;

    memcpy(nobody.lang, session->asker.lang, sizeof nobody.lang);
    reply = wf_question_as(session->engine, &nobody, 0, find, &with);
    failure = weft_reply_error(reply);
    if (failure)
        wf_fail_as(err, failure);
    else
        take_login(session, &lookup->login, lang);
    weft_reply_free(reply);
    return !failure;
}

/* --- By cookie */

static bool find_by_cookie(struct wf_turn *turn, const void *with,
                           weft_error *err)
{
    struct lookup *lookup = *(struct lookup *const *)with;

    return wf_session_find(&turn->call, lookup->key, &lookup->login, err);
}

static bool touch(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_session_touch(&turn->call, with, err);
}

static void forget(void *self, weft_reply *reply)
{
    (void)self;
    weft_reply_free(reply);
}

/* Keeps the session alive; nobody waits for that. */
static void touch_later(const weft_session *session)
{
    weft_command *command =
        wf_command_as(session->engine, &session->asker, touch);

    command->with = wf_arena_str(command->arena, session->secret);
    weft_submit(command, forget, NULL);
}

bool weft_session_by_cookie(weft_engine *engine, const char *secret,
                            const char *lang, weft_session **out,
                            weft_error *err)
{
    weft_session *session = session_new(engine, lang);
    struct lookup lookup = { .key = secret };

    if (!session_open(session, find_by_cookie, &lookup, lang, err)) {
        weft_session_free(session);
        return false;
    }
    session->secret = wf_arena_str(session->arena, secret);
    if (lookup.login.wants_touch)
        touch_later(session);
    *out = session;
    return true;
}

/* --- By token */

static bool find_by_token(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    struct lookup *lookup = *(struct lookup *const *)with;

    return wf_token_find(&turn->call, lookup->key, &lookup->login, err);
}

bool weft_session_by_token(weft_engine *engine, const char *secret,
                           const char *lang, weft_session **out,
                           weft_error *err)
{
    weft_session *session = session_new(engine, lang);
    struct lookup lookup = { .key = secret };

    if (!session_open(session, find_by_token, &lookup, lang, err)) {
        weft_session_free(session);
        return false;
    }
    *out = session;
    return true;
}

/* --- By name */

static bool find_by_login(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    struct lookup *lookup = *(struct lookup *const *)with;
    const struct wf_person *person;

    if (!wf_person_find_login(&turn->call, lookup->key, &person, err))
        return false;
    if (!person || !person->active)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                       lookup->key);
    lookup->login.person = person;
    lookup->login.scopes = EVERY_SCOPE;
    return true;
}

bool weft_session_as(weft_engine *engine, const char *login, const char *lang,
                     weft_session **out, weft_error *err)
{
    weft_session *session = session_new(engine, lang);
    struct lookup lookup = { .key = login };

    if (!login) {
        session->asker.system = true;
        session->asker.scopes = EVERY_SCOPE;
    } else if (!session_open(session, find_by_login, &lookup, lang, err)) {
        weft_session_free(session);
        return false;
    }
    *out = session;
    return true;
}

/* --- The handle */

void weft_session_free(weft_session *session)
{
    if (session)
        wf_arena_free(session->arena);
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
