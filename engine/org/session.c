/* org/session.c - signed-in sessions: 32 random bytes, of which the store has
 * the hash.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "org/company.h"
#include "org/scope.h"
#include "store/ahead.h"
#include "store/memo.h"
#include "store/notify.h"

enum {
    SECRET_BYTES = 32,
    CSRF_TEXT = 48, /* as much in base64, and more */
    MINUTE_MS = 60 * 1000,
    ID_CHARS = 16, /* of the hash's text: no right, just a name */
    AGENT_MAX = 200
};

static const char SQL_ADD[] =
    "INSERT INTO session (hash, person, csrf, created, seen, expires, agent)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char SQL_FIND[] =
    "SELECT person, csrf, seen, created FROM session WHERE hash = $1";
static const char SQL_ALL[] =
    "SELECT hash, created, seen, agent FROM session WHERE person = $1"
    " ORDER BY seen DESC, hash";
static const char SQL_END_OTHERS[] =
    "DELETE FROM session WHERE person = $1 AND hash <> $2";
static const char SQL_TOUCH[] = "UPDATE session SET seen = $2 WHERE hash = $1";
static const char SQL_END[] = "DELETE FROM session WHERE hash = $1";
static const char SQL_END_ALL[] = "DELETE FROM session WHERE person = $1";
static const char SQL_END_OLD[] =
    "DELETE FROM session WHERE person = $1 AND (seen <= $2 OR created <= $3)";

/* Whoever holds something open for `person` (0: for anyone) looks whether they
 * are still signed in. */
static void tell_end(struct wf_call *call, wf_id person)
{
    char text[WF_ID_TEXT] = "";

    if (person)
        wf_id_write(person, text);
    wf_notify(call->db, "session", text);
}

static void bind_secret(struct wf_stmt *q, const char *secret,
                        struct wf_hash *hash)
{
    *hash = wf_hash_of(secret, strlen(secret));
    wf_stmt_bind_blob(q, 1, hash->at, sizeof hash->at);
}

/* A person's own old sessions go when a new one comes. */
static bool end_old(struct wf_call *call, wf_id person,
                    const struct wf_company *limits, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_END_OLD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_int(&q, 2, call->now - limits->idle_ms);
    wf_stmt_bind_int(&q, 3, call->now - limits->life_ms);
    return wf_stmt_run(&q, err);
}

bool wf_session_add(struct wf_call *call, wf_id person, const char *agent,
                    const char **secret, const char **csrf, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *fresh = wf_random_text(call->arena, SECRET_BYTES);
    const char *token = wf_random_text(call->arena, SECRET_BYTES);
    struct wf_company limits;
    struct wf_hash hash;

    if (!wf_company_load(call, &limits, err)
        || !end_old(call, person, &limits, err)
        || !wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    bind_secret(&q, fresh, &hash);
    wf_stmt_bind_int(&q, 2, person);
    wf_stmt_bind_text(&q, 3, token);
    wf_stmt_bind_int(&q, 4, call->now);
    wf_stmt_bind_int(&q, 5, call->now);
    wf_stmt_bind_int(&q, 6, call->now + limits.life_ms);
    wf_stmt_bind_text_n(&q, 7, agent, agent ? strnlen(agent, AGENT_MAX) : 0);
    if (!wf_stmt_run(&q, err))
        return false;
    *secret = fresh;
    *csrf = token;
    return true;
}

/* What the store says of a session. */
struct row {
    wf_id person; /* 0: there is no such session */
    int64_t seen, created;
    char csrf[CSRF_TEXT];
};

static bool load_row(struct wf_call *call, const char *secret, struct row *out,
                     weft_error *err)
{
    struct wf_hash hash = wf_hash_of(secret, strlen(secret));
    struct wf_memo_key key = { SQL_FIND, hash.at, sizeof hash.at, 0 };
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (wf_memo_find(call->db, &key, out, sizeof *out))
        return true;
    memset(out, 0, sizeof *out);
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_blob(&q, 1, hash.at, sizeof hash.at);
    step = wf_stmt_step(&q, err);
    if (step != WF_FETCH_ROW)
        return step == WF_FETCH_DONE;
    out->person = wf_stmt_int(&q, 0);
    snprintf(out->csrf, sizeof out->csrf, "%s", wf_stmt_text(&q, 1));
    out->seen = wf_stmt_int(&q, 2);
    out->created = wf_stmt_int(&q, 3);
    wf_memo_keep(call->db, &key, out, sizeof *out);
    return true;
}

/* Fills all of `out` but person and scopes; `*person` is 0 if there is no such
 * session, or none any more. */
static bool load(struct wf_call *call, const char *secret, wf_id *person,
                 struct wf_login *out, weft_error *err)
{
    struct wf_company limits;
    struct row row;

    *person = 0;
    if (!wf_company_load(call, &limits, err)
        || !load_row(call, secret, &row, err))
        return false;
    if (!row.person || call->now - row.seen >= limits.idle_ms
        || call->now - row.created >= limits.life_ms)
        return true;
    *person = row.person;
    *out = (struct wf_login){ .csrf = wf_arena_str(call->arena, row.csrf),
                              .wants_touch = call->now - row.seen > MINUTE_MS };
    return true;
}

bool wf_session_ahead(struct wf_call *call, const char *secret, weft_error *err)
{
    struct wf_stmt q = WF_STMT_INIT;
    struct wf_hash hash;

    if (!wf_db_asks_ahead(call->db))
        return true;
    if (!wf_company_ahead(call, err)
        || !wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    bind_secret(&q, secret, &hash);
    return wf_stmt_ahead(&q, err);
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
    tell_end(call, call->me ? call->me->id : 0);
    bind_secret(&q, secret, &hash);
    return wf_stmt_run(&q, err);
}

bool wf_sessions_end_of(struct wf_call *call, wf_id person, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_END_ALL, &q, err))
        return false;
    tell_end(call, person);
    wf_stmt_bind_int(&q, 1, person);
    return wf_stmt_run(&q, err);
}

/* --- Looked at, and ended by their names. */

static void id_of(const struct wf_hash *hash, char text[WF_HASH_TEXT])
{
    wf_hash_write(hash, text);
    text[ID_CHARS] = '\0';
}

/* The hash of the row that `q` stands on. */
static struct wf_hash hash_of(struct wf_stmt *q)
{
    struct wf_hash hash = { { 0 } };
    size_t len;
    const void *at = wf_stmt_blob(q, 0, &len);

    if (len == sizeof hash.at)
        memcpy(hash.at, at, len);
    return hash;
}

bool wf_session_list(struct wf_call *call, wf_id person, const char *secret,
                     struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash mine =
        wf_hash_of(secret ? secret : "", secret ? strlen(secret) : 0);
    struct wf_company limits;
    enum wf_fetch step;

    if (!wf_company_load(call, &limits, err)
        || !wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        int64_t created = wf_stmt_int(&q, 1);
        int64_t seen = wf_stmt_int(&q, 2);
        struct wf_hash hash = hash_of(&q);
        char id[WF_HASH_TEXT];

        if (call->now - seen >= limits.idle_ms
            || call->now - created >= limits.life_ms)
            continue;
        id_of(&hash, id);
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "id", id);
        wf_jw_key_time(out, "created", created);
        wf_jw_key_time(out, "seen", seen);
        wf_jw_key_time(out, "expires", created + limits.life_ms);
        wf_jw_key_text_or_null(out, "agent", wf_stmt_text(&q, 3));
        wf_jw_key(out, "current");
        wf_jw_bool(out, wf_hash_equal(&hash, &mine));
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    wf_jw_key(out, "next");
    wf_jw_null(out);
    wf_jw_close(out, '}');
    return step == WF_FETCH_DONE;
}

/* The person's session of that id; false in `*found` if there is none. */
static bool find_id(struct wf_call *call, wf_id person, const char *id,
                    struct wf_hash *out, bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    *found = false;
    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    while (!*found && (step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        char text[WF_HASH_TEXT];

        *out = hash_of(&q);
        id_of(out, text);
        *found = wf_streq(text, id);
    }
    return *found || step == WF_FETCH_DONE;
}

bool wf_session_end_id(struct wf_call *call, wf_id person, const char *id,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash;
    bool found;

    if (!find_id(call, person, id, &hash, &found, err))
        return false;
    if (!found)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no such session.");
    if (!wf_stmt_begin(call->db, SQL_END, &q, err))
        return false;
    tell_end(call, person);
    wf_stmt_bind_blob(&q, 1, hash.at, sizeof hash.at);
    return wf_stmt_run(&q, err);
}

bool wf_sessions_end_others(struct wf_call *call, wf_id person,
                            const char *secret, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash mine;

    if (!secret)
        return wf_sessions_end_of(call, person, err);
    mine = wf_hash_of(secret, strlen(secret));
    if (!wf_stmt_begin(call->db, SQL_END_OTHERS, &q, err))
        return false;
    tell_end(call, person);
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_blob(&q, 2, mine.at, sizeof mine.at);
    return wf_stmt_run(&q, err);
}
