/* weft/session.h - in whose name a call is made.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_SESSION_H
#define WEFT_SESSION_H

#include <weft/call.h>
#include <weft/engine.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A person, a language and scopes, for the calls of one request. Cheap to make;
 * rights are asked anew by each call. One thread at a time; commands keep what
 * they need of it, so it may be freed while they run. */
typedef struct weft_session weft_session;

enum weft_scope {
    WEFT_SCOPE_READ = 1,
    WEFT_SCOPE_WRITE = 2,
    WEFT_SCOPE_DEPLOY = 4,
    WEFT_SCOPE_ADMIN = 8,
    WEFT_SCOPE_METRICS = 16,
    WEFT_SCOPE_SCIM = 32,
    WEFT_SCOPE_CALENDAR = 64, /* of a token in an address: reads dates alone */
};

/* By the secret of a sign-in session or of an API token. `lang` may be an
 * Accept-Language text, or NULL: the person's own.
 * Errors: WEFT_E_SIGNED_OUT unknown, ended, or the person is not active. */
WEFT_API WEFT_MUST_CHECK bool weft_session_by_cookie(weft_engine *engine,
                                                     const char *secret,
                                                     const char *lang,
                                                     weft_session **out,
                                                     weft_error *err);
WEFT_API WEFT_MUST_CHECK bool weft_session_by_token(weft_engine *engine,
                                                    const char *secret,
                                                    const char *lang,
                                                    weft_session **out,
                                                    weft_error *err);

/* The same, and nothing is asked yet: who it is comes out with the first call
 * that is made with it, on that call's own snapshot, and fails with it. Until
 * then there is no login, scope or csrf. weft_session_meet() finds out now. */
WEFT_API WEFT_MUST_CHECK weft_session *weft_session_of_cookie(
    weft_engine *engine, const char *secret, const char *lang);
WEFT_API WEFT_MUST_CHECK weft_session *weft_session_of_token(
    weft_engine *engine, const char *secret, const char *lang);
WEFT_API WEFT_MUST_CHECK bool weft_session_meet(weft_session *session,
                                                weft_error *err);

/* By login, without a secret: for the command line and embedders, which have
 * the store in their hands anyway. NULL login: the system itself. */
WEFT_API WEFT_MUST_CHECK bool weft_session_as(weft_engine *engine,
                                              const char *login,
                                              const char *lang,
                                              weft_session **out,
                                              weft_error *err);
WEFT_API void weft_session_free(weft_session *session);

/* By which way it asks: what is done with it says so in the history. `via` is
 * a constant, such as "mcp"; NULL, as it is to begin with: a page, or a program
 * of the person. */
WEFT_API void weft_session_by_way(weft_session *session, const char *via);

WEFT_API const char *weft_session_lang(const weft_session *session);
WEFT_API const char *weft_session_login(const weft_session *session);
WEFT_API unsigned weft_session_scopes(const weft_session *session);

/* The token that changes by cookie must carry; NULL for API tokens. */
WEFT_API const char *weft_session_csrf(const weft_session *session);

/* Checks a password (0.1 s of CPU on the calling thread; at most two at once,
 * others WEFT_E_LIMITED) and then opens a session: the body is {"me":{…},
 * "csrf":"…"}, and *secret, where not NULL, the cookie's value, which lives as
 * long as the reply. */
typedef struct weft_sign_in {
    const char *login, *password;
    const char *address; /* of the client, for slowing down */
    const char *lang;
    const char *agent; /* the program that signs in; NULL: not known */
} weft_sign_in;
WEFT_API WEFT_MUST_CHECK weft_reply *weft_session_sign_in(
    weft_engine *engine, const weft_sign_in *with, const char **secret);
WEFT_API WEFT_MUST_CHECK weft_command *weft_session_sign_out(
    weft_session *session);

/* {"id","login","name","roles":[…],"scopes":[…],…}: the scope read. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_me(weft_session *session);

/* Passwords and API tokens: one's own, or with the role admin (or as the
 * system) anybody's. `scopes` 0: those that fit the person's roles. The body
 * of a new token is {"token":"…"}; it cannot be shown again. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_password_set(weft_session *session,
                                                         const char *login,
                                                         const char *password);
WEFT_API WEFT_MUST_CHECK weft_command *weft_token_add(weft_session *session,
                                                      const char *login,
                                                      unsigned scopes,
                                                      int days);

typedef struct weft_token {
    const char *login; /* NULL: one's own */
    const char *name;  /* what it is for; NULL: not said */
    unsigned scopes;
    int days; /* 0: no end */
} weft_token;
WEFT_API WEFT_MUST_CHECK weft_command *weft_token_make(weft_session *session,
                                                       const weft_token *token);

/* The same as a body asks for it: {"login"?, "name"?, "scopes"?: ["read" …],
 * "days"?}. Errors besides those of the person: WEFT_E_INVALID with findings.
 */
WEFT_API WEFT_MUST_CHECK weft_command *weft_token_ask(weft_session *session,
                                                      const char *body,
                                                      size_t len);

/* The scopes that `words` name, with a space between each; 0: one of them is
 * none, or there is no word. */
WEFT_API unsigned weft_scopes_of(const char *words);

/* One's own tokens and sessions, or with the role admin those of `login` (a
 * login or an id), of tokens also everybody's; and ended. `id` NULL: all of
 * them but this very session. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_token_list(weft_session *session,
                                                     const char *login,
                                                     bool all);
WEFT_API WEFT_MUST_CHECK weft_command *weft_token_end(weft_session *session,
                                                      int64_t id);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_session_list(weft_session *session,
                                                       const char *login);
WEFT_API WEFT_MUST_CHECK weft_command *weft_session_end(weft_session *session,
                                                        const char *login,
                                                        const char *id);

#ifdef __cplusplus
}
#endif

#endif
