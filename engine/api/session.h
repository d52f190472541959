/* api/session.h - what a session keeps of the one who asks.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SESSION_H
#define WF_API_SESSION_H

#include "api/turn.h"

/* Finds whose `key` it is: a secret, or a login. */
typedef bool wf_login_fn(struct wf_call *call, const char *key,
                         struct wf_login *out, weft_error *err);

/* Asks what that will ask before it is wanted (store/ahead.h). */
typedef bool wf_login_ahead_fn(struct wf_call *call, const char *key,
                               weft_error *err);

struct weft_session {
    weft_engine *engine;
    struct wf_arena *arena;
    struct wf_asker asker;
    wf_login_fn *find;        /* NULL once it is known who asks */
    wf_login_fn *found;       /* what `find` was; NULL: of the system */
    wf_login_ahead_fn *ahead; /* of `find`; NULL: it has none */
    const char *key;          /* what they are given */
    const char *wish;         /* Accept-Language; NULL: the person's own */
    const char *login;        /* NULL: the system */
    const char *csrf;         /* NULL: not by cookie */
    const char *secret;       /* of the cookie; NULL: not by cookie */
    bool wants_touch;         /* its last use is to be noted */
    bool is_watch;            /* looking on is no use: it would never end */
    struct wf_turn *within;   /* a question whose answer asks others, on the
                               * same snapshot; NULL: none */
};

/* Finds out in the turn's own snapshot who asks, who is turn->call.me from
 * here on. Errors: WEFT_E_SIGNED_OUT. */
WF_MUST_CHECK bool wf_session_meet(weft_session *session, struct wf_turn *turn,
                                   weft_error *err);

/* For a person of whom another program has said, and proved, that they ask: to
 * read and to write, as by a token. `via` as of weft_session_by_way(). */
weft_session *wf_session_for(weft_engine *engine, wf_id person,
                             const char *lang, const char *via);

/* The same key, with nothing found out yet: for who looks on while a session
 * lasts. */
weft_session *wf_session_again(const weft_session *session);

/* Notes that it was used, if that is due; nobody waits for it. */
void wf_session_touch_later(weft_session *session);

#endif
