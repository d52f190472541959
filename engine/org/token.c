/* org/token.c - API tokens: a prefix that scanners know and 32 random bytes,
 * of which the store has the hash.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "org/scope.h"

enum {
    SECRET_BYTES = 32
};
#define DAY_MS (24 * 3600 * INT64_C(1000))

static const char PREFIX[] = "weft_";

static const char SQL_ADD[] =
    "INSERT INTO token (id, hash, person, scopes, created, expires)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
static const char SQL_FIND[] =
    "SELECT person, scopes, expires FROM token WHERE hash = $1";

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
    *out = wish ? wish : allowed & ~(unsigned)WF_SCOPE_SCIM;
    return true;
}

bool wf_token_add(struct wf_call *call, wf_id person, unsigned scopes, int days,
                  const char **secret, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *fresh = wf_arena_printf(
        call->arena, "%s%s", PREFIX, wf_random_text(call->arena, SECRET_BYTES));
    struct wf_hash hash = wf_hash_of(fresh, strlen(fresh));

    if (!choose_scopes(call, person, scopes, &scopes, err)
        || !wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, wf_id_next(call->ids));
    wf_stmt_bind_blob(&q, 2, hash.at, sizeof hash.at);
    wf_stmt_bind_int(&q, 3, person);
    wf_stmt_bind_text(&q, 4, wf_scopes_text(call->arena, scopes));
    wf_stmt_bind_int(&q, 5, call->now);
    if (days)
        wf_stmt_bind_int(&q, 6, call->now + days * DAY_MS);
    else
        wf_stmt_bind_null(&q, 6);
    if (!wf_stmt_run(&q, err))
        return false;
    *secret = fresh;
    return true;
}

/* `*person` is 0 if there is no such token, or none any more. */
static bool load(struct wf_call *call, const char *secret, wf_id *person,
                 unsigned *scopes, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash = wf_hash_of(secret, strlen(secret));
    enum wf_fetch step;

    *person = 0;
    if (!wf_str_starts(secret, PREFIX))
        return true;
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_blob(&q, 1, hash.at, sizeof hash.at);
    step = wf_stmt_step(&q, err);
    if (step != WF_FETCH_ROW)
        return step == WF_FETCH_DONE;
    if ((wf_stmt_is_null(&q, 2) || call->now < wf_stmt_int(&q, 2))
        && wf_scopes_parse(wf_stmt_text(&q, 1), scopes))
        *person = wf_stmt_int(&q, 0);
    return true;
}

bool wf_token_find(struct wf_call *call, const char *secret,
                   struct wf_login *out, weft_error *err)
{
    struct wf_login login = { .by_token = true };
    unsigned allowed;
    wf_id person;

    if (!load(call, secret, &person, &login.scopes, err)
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
