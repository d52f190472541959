/* org/heard.c - the tables of what has come from chat tools, and of what is to
 * be confirmed there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/heard.h"

#include <string.h>

#include "base/hash.h"

#define KEPT_MS (INT64_C(48) * 3600 * 1000)

static const char SQL_TAKE[] =
    "INSERT INTO heard (channel, what, at) VALUES ($1, $2, $3)"
    " ON CONFLICT DO NOTHING RETURNING at";
/* A few with each new one, so that none has to pay for all. */
static const char SQL_FORGET[] =
    "DELETE FROM heard WHERE (channel, what) IN"
    " (SELECT channel, what FROM heard WHERE at < $1 ORDER BY at LIMIT 4)";

static const char SQL_SET[] =
    "INSERT INTO pending (channel, person, code, token, until)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (channel, person) DO UPDATE"
    " SET code = excluded.code, token = excluded.token, until = excluded.until";
static const char SQL_END[] =
    "DELETE FROM pending WHERE channel = $1 AND person = $2 AND code = $3"
    " RETURNING token, until";

static bool forget_old(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FORGET, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, call->now - KEPT_MS);
    return wf_stmt_run(&q, err);
}

bool wf_heard_take(struct wf_call *call, const char *channel, const char *what,
                   bool *first, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash = wf_hash_of(what, strlen(what));
    char digits[WF_HASH_TEXT];
    enum wf_fetch got;

    *first = false;
    wf_hash_write(&hash, digits);
    if (!forget_old(call, err) || !wf_stmt_begin(call->db, SQL_TAKE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, channel);
    wf_stmt_bind_text(&q, 2, digits);
    wf_stmt_bind_int(&q, 3, call->now);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *first = true;
    return got == WF_FETCH_DONE;
}

bool wf_pending_set(struct wf_call *call, const struct wf_pending *pending,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_SET, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, pending->channel);
    wf_stmt_bind_id(&q, 2, pending->person);
    wf_stmt_bind_text(&q, 3, pending->code);
    wf_stmt_bind_text(&q, 4, pending->token);
    wf_stmt_bind_int(&q, 5, pending->until);
    return wf_stmt_run(&q, err);
}

bool wf_pending_take(struct wf_call *call, const char *channel, wf_id person,
                     const char *code, const char **token, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *token = NULL;
    if (!wf_stmt_begin(call->db, SQL_END, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, channel);
    wf_stmt_bind_id(&q, 2, person);
    wf_stmt_bind_text(&q, 3, code);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (wf_stmt_int(&q, 1) >= call->now)
            *token = wf_stmt_str(&q, 0, call->arena);
    return got == WF_FETCH_DONE;
}
