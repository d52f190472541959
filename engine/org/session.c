/* org/session.c - signed-in sessions: 32 random bytes, of which the store has
 * the hash.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "org/scope.h"

enum {
    SECRET_BYTES = 32,
    MINUTE_MS = 60 * 1000
};
#define HOUR_MS (INT64_C(60) * MINUTE_MS)
#define IDLE_MS (8 * HOUR_MS)
#define LIFE_MS (30 * 24 * HOUR_MS)

static const char SQL_ADD[] =
    "INSERT INTO session (hash, person, csrf, created, seen, expires)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
static const char SQL_FIND[] =
    "SELECT person, csrf, seen, expires FROM session WHERE hash = $1";
static const char SQL_TOUCH[] = "UPDATE session SET seen = $2 WHERE hash = $1";
static const char SQL_END[] = "DELETE FROM session WHERE hash = $1";
static const char SQL_END_ALL[] = "DELETE FROM session WHERE person = $1";
static const char SQL_END_OLD[] =
    "DELETE FROM session WHERE person = $1 AND (seen <= $2 OR expires <= $3)";

static void bind_secret(struct wf_stmt *q, const char *secret,
                        struct wf_hash *hash)
{
    *hash = wf_hash_of(secret, strlen(secret));
    wf_stmt_bind_blob(q, 1, hash->at, sizeof hash->at);
}

/* A person's own old sessions go when a new one comes. */
static bool end_old(struct wf_call *call, wf_id person, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_END_OLD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_int(&q, 2, call->now - IDLE_MS);
    wf_stmt_bind_int(&q, 3, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_session_add(struct wf_call *call, wf_id person, const char **secret,
                    const char **csrf, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *fresh = wf_random_text(call->arena, SECRET_BYTES);
    const char *token = wf_random_text(call->arena, SECRET_BYTES);
    struct wf_hash hash;

    if (!end_old(call, person, err)
        || !wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    bind_secret(&q, fresh, &hash);
    wf_stmt_bind_int(&q, 2, person);
    wf_stmt_bind_text(&q, 3, token);
    wf_stmt_bind_int(&q, 4, call->now);
    wf_stmt_bind_int(&q, 5, call->now);
    wf_stmt_bind_int(&q, 6, call->now + LIFE_MS);
    if (!wf_stmt_run(&q, err))
        return false;
    *secret = fresh;
    *csrf = token;
    return true;
}

/* Fills all of `out` but person and scopes; `*person` is 0 if there is no such
 * session, or none any more. */
static bool load(struct wf_call *call, const char *secret, wf_id *person,
                 struct wf_login *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash;
    enum wf_fetch step;
    int64_t seen;

    *person = 0;
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    bind_secret(&q, secret, &hash);
    step = wf_stmt_step(&q, err);
    if (step != WF_FETCH_ROW)
        return step == WF_FETCH_DONE;
    seen = wf_stmt_int(&q, 2);
    if (call->now - seen >= IDLE_MS || call->now >= wf_stmt_int(&q, 3))
        return true;
    *person = wf_stmt_int(&q, 0);
    *out = (struct wf_login){ .csrf = wf_stmt_str(&q, 1, call->arena),
                              .wants_touch = call->now - seen > MINUTE_MS };
    return true;
}

bool wf_session_find(struct wf_call *call, const char *secret,
                     struct wf_login *out, weft_error *err)
{
    struct wf_login login = { 0 };
    wf_id person;

    if (!load(call, secret, &person, &login, err)
        || !wf_person_find(call, person, &login.person, err))
        return false;
    if (!login.person || !login.person->active)
        return wf_fail(err, WEFT_E_SIGNED_OUT,
                       "You are not signed in, or no longer. Sign in.");
    if (!wf_scopes_of(call, person, &login.scopes, err))
        return false;
    login.scopes &= ~(unsigned)WF_SCOPE_SCIM; /* for machines */
    *out = login;
    return true;
}

bool wf_session_touch(struct wf_call *call, const char *secret, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash;

    if (!wf_stmt_begin(call->db, SQL_TOUCH, &q, err))
        return false;
    bind_secret(&q, secret, &hash);
    wf_stmt_bind_int(&q, 2, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_session_end(struct wf_call *call, const char *secret, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash;

    if (!wf_stmt_begin(call->db, SQL_END, &q, err))
        return false;
    bind_secret(&q, secret, &hash);
    return wf_stmt_run(&q, err);
}

bool wf_sessions_end_of(struct wf_call *call, wf_id person, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_END_ALL, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    return wf_stmt_run(&q, err);
}
