/* org/token.c - API tokens: a prefix that scanners know and 32 random bytes,
 * of which the store has the hash.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "org/scope.h"
#include "store/ahead.h"
#include "store/memo.h"

enum {
    SECRET_BYTES = 32,
    MINUTE_MS = 60 * 1000,
    NAME_MAX_BYTES = 200
};
#define DAY_MS (24 * 3600 * INT64_C(1000))

static const char PREFIX[] = "weft_";

static const char SQL_ADD[] =
    "INSERT INTO token (id, hash, person, scopes, created, expires, name)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char SQL_FIND[] =
    "SELECT person, scopes, expires, used FROM token WHERE hash = $1";
static const char SQL_TOUCH[] = "UPDATE token SET used = $2 WHERE hash = $1";

#define COLUMNS                                                                \
    "SELECT t.id, p.id, p.login, p.name, t.name, t.scopes, t.created,"         \
    " t.expires, t.used FROM token t JOIN person p ON p.id = t.person"
static const char SQL_ALL[] = COLUMNS " ORDER BY p.login, t.id";
static const char SQL_OF[] = COLUMNS " WHERE t.person = $1 ORDER BY t.id";
static const char SQL_OWNER[] = "SELECT person FROM token WHERE id = $1";
static const char SQL_END[] = "DELETE FROM token WHERE id = $1";
static const char SQL_END_OF[] = "DELETE FROM token WHERE person = $1";

static bool choose_scopes(struct wf_call *call, wf_id person, unsigned wish,
                          unsigned *out, weft_error *err)
{
    unsigned allowed;

    if (!wf_scopes_of(call, person, &allowed, err))
        return false;
    if (wish & ~allowed)
        return wf_fail(err, WEFT_E_DENIED,
                       "The roles of this person do not allow the scopes: %s.",
                       wf_scopes_text(call->arena, wish & ~allowed));
    *out =
        wish ? wish : allowed & ~(unsigned)(WF_SCOPE_SCIM | WF_SCOPE_CALENDAR);
    return true;
}

bool wf_token_add(struct wf_call *call, wf_id person,
                  const struct wf_token_wish *wish, const char **secret,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *fresh = wf_arena_printf(
        call->arena, "%s%s", PREFIX, wf_random_text(call->arena, SECRET_BYTES));
    struct wf_hash hash = wf_hash_of(fresh, strlen(fresh));
    unsigned scopes = 0;

    if (wish->name && strlen(wish->name) > NAME_MAX_BYTES)
        return wf_fail(err, WEFT_E_INVALID,
                       "The name of a token has at most %d bytes.",
                       NAME_MAX_BYTES);
    if (!choose_scopes(call, person, wish->scopes, &scopes, err)
        || !wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, wf_id_next(call->ids));
    wf_stmt_bind_blob(&q, 2, hash.at, sizeof hash.at);
    wf_stmt_bind_int(&q, 3, person);
    wf_stmt_bind_text(&q, 4, wf_scopes_text(call->arena, scopes));
    wf_stmt_bind_int(&q, 5, call->now);
    if (wish->days)
        wf_stmt_bind_int(&q, 6, call->now + wish->days * DAY_MS);
    else
        wf_stmt_bind_null(&q, 6);
    wf_stmt_bind_text(&q, 7, wish->name);
    if (!wf_stmt_run(&q, err))
        return false;
    *secret = fresh;
    return true;
}

/* What the store says of a token. */
struct row {
    wf_id person; /* 0: there is no such token */
    int64_t expires, used;
    unsigned scopes;
};

static bool load_row(struct wf_call *call, const struct wf_hash *hash,
                     struct row *out, weft_error *err)
{
    struct wf_memo_key key = { SQL_FIND, hash->at, sizeof hash->at, 0 };
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (wf_memo_find(call->db, &key, out, sizeof *out))
        return true;
    memset(out, 0, sizeof *out);
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_blob(&q, 1, hash->at, sizeof hash->at);
    step = wf_stmt_step(&q, err);
    if (step != WF_FETCH_ROW)
        return step == WF_FETCH_DONE;
    if (!wf_scopes_parse(wf_stmt_text(&q, 1), &out->scopes))
        return true;
    out->person = wf_stmt_int(&q, 0);
    out->expires = wf_stmt_is_null(&q, 2) ? INT64_MAX : wf_stmt_int(&q, 2);
    out->used = wf_stmt_int(&q, 3);
    wf_memo_keep(call->db, &key, out, sizeof *out);
    return true;
}

/* `*person` is 0 if there is no such token, or none any more. */
static bool load(struct wf_call *call, const char *secret, wf_id *person,
                 struct wf_login *out, weft_error *err)
{
    struct wf_hash hash;
    struct row row;

    *person = 0;
    if (!wf_str_starts(secret, PREFIX))
        return true;
    hash = wf_hash_of(secret, strlen(secret));
    if (!load_row(call, &hash, &row, err))
        return false;
    if (call->now < row.expires)
        *person = row.person;
    out->scopes = row.scopes;
    out->wants_touch = call->now - row.used > MINUTE_MS;
    return true;
}

bool wf_token_ahead(struct wf_call *call, const char *secret, weft_error *err)
{
    struct wf_stmt q = WF_STMT_INIT;
    struct wf_hash hash;

    if (!wf_str_starts(secret, PREFIX) || !wf_db_asks_ahead(call->db))
        return true;
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    hash = wf_hash_of(secret, strlen(secret));
    wf_stmt_bind_blob(&q, 1, hash.at, sizeof hash.at);
    return wf_stmt_ahead(&q, err);
}

bool wf_token_find(struct wf_call *call, const char *secret,
                   struct wf_login *out, weft_error *err)
{
    struct wf_login login = { .by_token = true };
    unsigned allowed;
    wf_id person;

    if (!load(call, secret, &person, &login, err)
        || !wf_person_find(call, person, &login.person, err))
        return false;
    if (!login.person || !login.person->active)
        return wf_fail(err, WEFT_E_SIGNED_OUT,
                       "The token is not valid, or no longer.");
    if (!wf_scopes_of(call, person, &allowed, err))
        return false;
    login.scopes &= allowed;
    *out = login;
    return true;
}

bool wf_token_touch(struct wf_call *call, const char *secret, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash = wf_hash_of(secret, strlen(secret));

    if (!wf_stmt_begin(call->db, SQL_TOUCH, &q, err))
        return false;
    wf_stmt_bind_blob(&q, 1, hash.at, sizeof hash.at);
    wf_stmt_bind_int(&q, 2, call->now);
    return wf_stmt_run(&q, err);
}

/* --- Looked at, and ended. */

static void write_time(struct wf_stmt *q, int column, const char *key,
                       struct wf_json_writer *out)
{
    if (wf_stmt_is_null(q, column)) {
        wf_jw_key(out, key);
        wf_jw_null(out);
    } else {
        wf_jw_key_time(out, key, wf_stmt_int(q, column));
    }
}

static void write_scopes(const char *words, struct wf_json_writer *out)
{
    struct wf_str rest = wf_str_of(words);
    struct wf_str word;

    wf_jw_key(out, "scopes");
    wf_jw_open(out, '[');
    while (wf_str_split(&rest, ' ', &word))
        wf_jw_text_n(out, word.at, word.len);
    wf_jw_close(out, ']');
}

static void write_token(struct wf_stmt *q, struct wf_json_writer *out)
{
    struct wf_person person = { .id = wf_stmt_int(q, 1),
                                .login = wf_stmt_text(q, 2),
                                .name = wf_stmt_text(q, 3) };

    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, 0));
    wf_jw_key(out, "person");
    wf_person_json(&person, out);
    wf_jw_key_text_or_null(out, "name", wf_stmt_text(q, 4));
    write_scopes(wf_stmt_text(q, 5), out);
    wf_jw_key_time(out, "created", wf_stmt_int(q, 6));
    write_time(q, 7, "expires", out);
    write_time(q, 8, "used", out);
    wf_jw_close(out, '}');
}

bool wf_token_list(struct wf_call *call, wf_id person,
                   struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, person ? SQL_OF : SQL_ALL, &q, err))
        return false;
    if (person)
        wf_stmt_bind_int(&q, 1, person);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        write_token(&q, out);
    wf_jw_close(out, ']');
    wf_jw_key(out, "next");
    wf_jw_null(out);
    wf_jw_close(out, '}');
    return step == WF_FETCH_DONE;
}

bool wf_token_owner(struct wf_call *call, wf_id id, wf_id *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_OWNER, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    step = wf_stmt_step(&q, err);
    *out = step == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : 0;
    return step != WF_FETCH_ERROR;
}

static bool end(struct wf_call *call, const char *sql, wf_id id,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    return wf_stmt_run(&q, err);
}

bool wf_token_end(struct wf_call *call, wf_id id, weft_error *err)
{
    return end(call, SQL_END, id, err);
}

bool wf_tokens_end_of(struct wf_call *call, wf_id person, weft_error *err)
{
    return end(call, SQL_END_OF, person, err);
}
