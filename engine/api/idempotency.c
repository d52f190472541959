/* api/idempotency.c - the same person, key and request: done once, answered
 * the same. Owns the table `idempotency`.
 *
 * Only what was done is kept: a command that was refused has changed nothing
 * and may be sent again.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/idempotency.h"

#include <stdio.h>

#include "base/error.h"
#include "base/vault.h"

enum {
    KEY_MAX = 200,
    KEPT_MS = 48 * 3600 * 1000
};

static const char SQL_FIND[] =
    "SELECT request, etag, document, body, code FROM idempotency"
    " WHERE person = $1 AND key = $2 AND at > $3";

static const char SQL_SAVE[] =
    "INSERT INTO idempotency"
    " (person, key, request, code, etag, document, body, at)"
    " VALUES ($1, $2, $3, $8, $4, $5, $6, $7)"
    " ON CONFLICT (person, key) DO UPDATE SET request = excluded.request,"
    " code = excluded.code,"
    " etag = excluded.etag, document = excluded.document,"
    " body = excluded.body, at = excluded.at";

/* A few with each new one, so that none has to pay for all. */
static const char SQL_FORGET[] =
    "DELETE FROM idempotency WHERE (person, key) IN"
    " (SELECT person, key FROM idempotency WHERE at <= $1"
    " ORDER BY at LIMIT 4)";

bool wf_once_init(struct wf_once *once, struct wf_arena *arena, const char *key,
                  weft_error *err)
{
    size_t len = strlen(key);

    if (len == 0 || len > KEY_MAX)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "An Idempotency-Key has 1 to %d bytes.", KEY_MAX);
    once->key = wf_arena_str(arena, key);
    wf_hasher_init(&once->hasher);
    return true;
}

void wf_once_add(struct wf_once *once, const char *part, size_t len)
{
    wf_hasher_add_text(&once->hasher, part, len);
}

static struct wf_hash request_hash(const struct wf_once *once)
{
    struct wf_hasher hasher = once->hasher;

    return wf_hasher_end(&hasher);
}

/* --- What may not stand in the clear
 *
 * A row names a person, a document and what was answered: of an anonymous
 * document that would tell who wrote it, and so would a hash of the request,
 * which may be guessed. Such a row is sealed; its body holds all of it. When it
 * is forgotten who wrote what, the rows of those who may have go with it
 * (doc/veil.c), and what closes the matter keeps none. */

enum kind {
    CLEAR,
    SEALED /* as veil.c knows, too */
};

static bool is_veiled(const struct wf_turn *turn)
{
    return turn->call.veiled.n > 0;
}

static bool kept_hash(const struct wf_once *once, struct wf_turn *turn,
                      enum kind kind, struct wf_hash *out, weft_error *err)
{
    *out = request_hash(once);
    return kind == CLEAR
           || wf_vault_hash(turn->call.vault, out->at, WF_HASH_LEN, out, err);
}

/* "ETAG ID BODY" */
static bool seal(struct wf_turn *turn, const char **body, weft_error *err)
{
    const struct weft_reply *reply = turn->reply;
    struct wf_buf text = WF_BUF_INIT(turn->call.arena);

    wf_buf_printf(&text, "%s %lld ", reply->etag, (long long)reply->id);
    wf_buf_add(&text, reply->body, reply->len);
    return wf_vault_seal_text(turn->call.vault, turn->call.arena,
                              wf_buf_text(&text), text.len, body, err);
}

static bool unseal(struct wf_turn *turn, const char *sealed, weft_error *err)
{
    struct weft_reply *reply = turn->reply;
    const char *text;
    struct wf_str rest = { NULL, 0 }, etag, id;

    if (!wf_vault_open_text(turn->call.vault, turn->call.arena, sealed, &text,
                            &rest.len, err))
        return false;
    rest.at = text;
    if (!wf_str_split(&rest, ' ', &etag) || !wf_str_split(&rest, ' ', &id))
        return wf_fail(err, WEFT_E_STORE, "A sealed secret is damaged.");
    snprintf(reply->etag, sizeof reply->etag, "%.*s", (int)etag.len, etag.at);
    (void)wf_id_parse(id, &reply->id);
    reply->body = wf_arena_slice(reply->arena, rest);
    reply->len = rest.len;
    reply->repeat = true;
    return true;
}

static int64_t asker_id(const struct wf_turn *turn)
{
    return turn->call.me ? turn->call.me->id : 0;
}

static void fill_reply(struct wf_turn *turn, struct wf_stmt *row)
{
    struct weft_reply *reply = turn->reply;
    const char *etag = wf_stmt_text(row, 1);

    snprintf(reply->etag, sizeof reply->etag, "%s", etag ? etag : "");
    reply->id = wf_stmt_int(row, 2);
    reply->body = wf_stmt_str(row, 3, reply->arena);
    reply->len = strlen(reply->body);
    reply->repeat = true;
}

/* The row that `q` stands on, against the request in hand. */
static bool use_row(const struct wf_once *once, struct wf_turn *turn,
                    struct wf_stmt *q, weft_error *err)
{
    enum kind kind = (enum kind)wf_stmt_int(q, 4);
    struct wf_hash hash;
    size_t len;
    const void *kept = wf_stmt_blob(q, 0, &len);

    if (!kept_hash(once, turn, kind, &hash, err))
        return false;
    if (len != WF_HASH_LEN || memcmp(kept, hash.at, len) != 0)
        return wf_fail(err, WEFT_E_INVALID,
                       "This Idempotency-Key was used for another request. "
                       "Use a new one.");
    if (kind == SEALED)
        return unseal(turn, wf_stmt_text(q, 3), err);
    fill_reply(turn, q);
    return true;
}

bool wf_once_find(const struct wf_once *once, struct wf_turn *turn, bool *found,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *found = false;
    if (!once->key)
        return true;
    if (!wf_stmt_begin(turn->call.db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, asker_id(turn));
    wf_stmt_bind_text(&q, 2, once->key);
    wf_stmt_bind_int(&q, 3, turn->call.now - KEPT_MS);
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        *found = true;
        return use_row(once, turn, &q, err);
    case WF_FETCH_DONE:
        return true;
    default:
        return false;
    }
}

static bool save(const struct wf_once *once, struct wf_turn *turn,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct weft_reply *reply = turn->reply;
    enum kind kind = is_veiled(turn) ? SEALED : CLEAR;
    const char *body = reply->body;
    size_t len = reply->len;
    struct wf_hash hash;

    if (!kept_hash(once, turn, kind, &hash, err)
        || (kind == SEALED && !seal(turn, &body, err)))
        return false;
    if (kind == SEALED)
        len = strlen(body);
    if (!wf_stmt_begin(turn->call.db, SQL_SAVE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, asker_id(turn));
    wf_stmt_bind_text(&q, 2, once->key);
    wf_stmt_bind_blob(&q, 3, hash.at, sizeof hash.at);
    wf_stmt_bind_text(&q, 4, kind == SEALED ? NULL : reply->etag);
    wf_stmt_bind_id(&q, 5, kind == SEALED ? 0 : reply->id);
    wf_stmt_bind_text_n(&q, 6, body, len);
    wf_stmt_bind_int(&q, 7, turn->call.now);
    wf_stmt_bind_int(&q, 8, kind);
    return wf_stmt_run(&q, err);
}

static bool forget(struct wf_turn *turn, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(turn->call.db, SQL_FORGET, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, turn->call.now - KEPT_MS);
    return wf_stmt_run(&q, err);
}

bool wf_once_save(const struct wf_once *once, struct wf_turn *turn,
                  weft_error *err)
{
    if (!once->key || (is_veiled(turn) && turn->call.unveiled))
        return true;
    return save(once, turn, err) && forget(turn, err);
}
