/* org/provider.c - the tables of providers, identities and ways back.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/provider.h"

#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/vault.h"
#include "store/notify.h"

static const char SQL_FIND[] =
    "SELECT label, issuer, client, secret, address, creates, inside"
    " FROM provider WHERE id = $1";
static const char SQL_SAVE[] =
    "INSERT INTO provider (id, label, issuer, client, secret, address, creates,"
    " inside, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (id) DO UPDATE SET label = excluded.label,"
    " issuer = excluded.issuer, client = excluded.client,"
    " secret = excluded.secret, address = excluded.address,"
    " creates = excluded.creates, inside = excluded.inside,"
    " changed = excluded.changed";
static const char SQL_REMOVE[] = "DELETE FROM provider WHERE id = $1"
                                 " RETURNING id";
static const char SQL_ALL[] =
    "SELECT id, label, issuer, client, secret IS NOT NULL, address, creates,"
    " inside FROM provider ORDER BY id";

static const char SQL_MEET[] =
    "SELECT person FROM identity WHERE issuer = $1 AND subject = $2";
static const char SQL_USED[] =
    "UPDATE identity SET used = $3 WHERE issuer = $1 AND subject = $2";
static const char SQL_ADD[] =
    "INSERT INTO identity (issuer, subject, person, made)"
    " VALUES ($1, $2, $3, $4)";

static const char SQL_FORGET[] = "DELETE FROM way_taken WHERE until < $1";
static const char SQL_TAKE[] =
    "INSERT INTO way_taken (state, until) VALUES ($1, $2)"
    " ON CONFLICT DO NOTHING RETURNING until";

static const char SQL_CAME_BY[] =
    "SELECT provider FROM session WHERE hash = $1";
static const char SQL_SAY[] =
    "UPDATE session SET provider = $2, sid = $3 WHERE hash = $1";
static const char SQL_END_SESSION[] =
    "DELETE FROM session WHERE provider = $1 AND sid = $2"
    " AND (person IN (SELECT i.person FROM identity i"
    " WHERE i.issuer = $4 AND i.subject = $3) OR $3 IS NULL)"
    " RETURNING person"; /* what $3 is, PostgreSQL learns of the first use */
static const char SQL_END_PERSON[] =
    "DELETE FROM session WHERE provider = $1 AND person IN"
    " (SELECT i.person FROM identity i WHERE i.issuer = $3"
    " AND i.subject = $2) RETURNING person";

/* --- Providers */

static bool fail_unknown(const char *id, weft_error *err)
{
    return wf_fail(err, WEFT_E_NOTFOUND,
                   "There is no identity provider \"%s\".", id);
}

static bool open_secret(struct wf_call *call, const char *sealed,
                        const char **out, weft_error *err)
{
    size_t len;

    *out = NULL;
    return !sealed
           || wf_vault_open_text(call->vault, call->arena, sealed, out, &len,
                                 err);
}

bool wf_provider_find(struct wf_call *call, const char *id,
                      struct wf_provider *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_provider found;
    const char *sealed;

    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        break;
    case WF_FETCH_DONE:
        return fail_unknown(id, err);
    default:
        return false;
    }
    found = (struct wf_provider){
        .id = wf_arena_str(call->arena, id),
        .label = wf_stmt_str(&q, 0, call->arena),
        .issuer = wf_stmt_str(&q, 1, call->arena),
        .client = wf_stmt_str(&q, 2, call->arena),
        .address = wf_stmt_str(&q, 4, call->arena),
        .creates = wf_stmt_int(&q, 5) != 0,
        .inside = wf_stmt_int(&q, 6) != 0,
    };
    sealed = wf_stmt_is_null(&q, 3) ? NULL : wf_stmt_str(&q, 3, call->arena);
    if (!open_secret(call, sealed, &found.secret, err))
        return false;
    *out = found;
    return true;
}

/* What is sealed already, for a change that leaves it. */
static bool kept_secret(struct wf_call *call, const char *id, const char **out,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW && !wf_stmt_is_null(&q, 3))
        *out = wf_stmt_str(&q, 3, call->arena);
    return got != WF_FETCH_ERROR;
}

bool wf_provider_save(struct wf_call *call, const struct wf_provider *provider,
                      bool keep_secret, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *sealed = NULL;

    if (keep_secret && !kept_secret(call, provider->id, &sealed, err))
        return false;
    if (!keep_secret && provider->secret
        && !wf_vault_seal_text(call->vault, call->arena, provider->secret,
                               strlen(provider->secret), &sealed, err))
        return false;
    if (!wf_stmt_begin(call->db, SQL_SAVE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, provider->id);
    wf_stmt_bind_text(&q, 2, provider->label);
    wf_stmt_bind_text(&q, 3, provider->issuer);
    wf_stmt_bind_text(&q, 4, provider->client);
    wf_stmt_bind_text(&q, 5, sealed);
    wf_stmt_bind_text(&q, 6, provider->address);
    wf_stmt_bind_int(&q, 7, provider->creates);
    wf_stmt_bind_int(&q, 8, provider->inside);
    wf_stmt_bind_int(&q, 9, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_provider_remove(struct wf_call *call, const char *id, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;
    size_t n = 0;

    if (!wf_stmt_begin(call->db, SQL_REMOVE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        n++;
    return got == WF_FETCH_DONE && (n > 0 || fail_unknown(id, err));
}

static void write_row(struct wf_stmt *q, bool all, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", wf_stmt_text(q, 0));
    wf_jw_key_text(out, "label", wf_stmt_text(q, 1));
    if (all) {
        wf_jw_key_text(out, "issuer", wf_stmt_text(q, 2));
        wf_jw_key_text(out, "client", wf_stmt_text(q, 3));
        wf_jw_key(out, "secret");
        wf_jw_bool(out, wf_stmt_int(q, 4) != 0);
        wf_jw_key_text(out, "address", wf_stmt_text(q, 5));
        wf_jw_key(out, "creates");
        wf_jw_bool(out, wf_stmt_int(q, 6) != 0);
        wf_jw_key(out, "inside");
        wf_jw_bool(out, wf_stmt_int(q, 7) != 0);
    }
    wf_jw_close(out, '}');
}

bool wf_provider_list(struct wf_call *call, bool all,
                      struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        write_row(&q, all, out);
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return got == WF_FETCH_DONE;
}

/* --- Identities */

static bool begin_of(struct wf_call *call, const char *sql,
                     const struct wf_identity *identity, struct wf_stmt *q,
                     weft_error *err)
{
    if (!wf_stmt_begin(call->db, sql, q, err))
        return false;
    wf_stmt_bind_text(q, 1, identity->issuer);
    wf_stmt_bind_text(q, 2, identity->subject);
    return true;
}

static bool find_person(struct wf_call *call,
                        const struct wf_identity *identity, wf_id *out,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!begin_of(call, SQL_MEET, identity, &q, err))
        return false;
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : 0;
    return got != WF_FETCH_ERROR;
}

bool wf_identity_meet(struct wf_call *call, const struct wf_identity *identity,
                      wf_id *person, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!find_person(call, identity, person, err))
        return false;
    if (!*person)
        return true;
    if (!begin_of(call, SQL_USED, identity, &q, err))
        return false;
    wf_stmt_bind_int(&q, 3, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_identity_add(struct wf_call *call, const struct wf_identity *identity,
                     wf_id person, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    wf_id other;

    if (!find_person(call, identity, &other, err))
        return false;
    if (other)
        return other == person
               || wf_fail(err, WEFT_E_CONFLICT,
                          "\"%s\" is somebody else there already.",
                          identity->subject);
    if (!begin_of(call, SQL_ADD, identity, &q, err))
        return false;
    wf_stmt_bind_int(&q, 3, person);
    wf_stmt_bind_int(&q, 4, call->now);
    return wf_stmt_run(&q, err);
}

/* --- Ways back */

static bool forget_old(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FORGET, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_way_take(struct wf_call *call, const char *state, int64_t until,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash = wf_hash_of(state, strlen(state));
    enum wf_fetch got;
    size_t n = 0;

    if (!forget_old(call, err) || !wf_stmt_begin(call->db, SQL_TAKE, &q, err))
        return false;
    wf_stmt_bind_blob(&q, 1, hash.at, sizeof hash.at);
    wf_stmt_bind_int(&q, 2, until);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        n++;
    if (got != WF_FETCH_DONE)
        return false;
    return n > 0
           || wf_fail(err, WEFT_E_SIGNED_OUT,
                      "This sign-in was used already. Begin again.");
}

/* --- Sessions */

bool wf_session_provider(struct wf_call *call, const char *secret,
                         const char **out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash = wf_hash_of(secret, strlen(secret));
    enum wf_fetch got;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_CAME_BY, &q, err))
        return false;
    wf_stmt_bind_blob(&q, 1, hash.at, sizeof hash.at);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW && !wf_stmt_is_null(&q, 0))
        *out = wf_stmt_str(&q, 0, call->arena);
    return got != WF_FETCH_ERROR;
}

bool wf_session_came_by(struct wf_call *call, const char *secret,
                        const struct wf_came_by *by, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_hash hash = wf_hash_of(secret, strlen(secret));

    if (!wf_stmt_begin(call->db, SQL_SAY, &q, err))
        return false;
    wf_stmt_bind_blob(&q, 1, hash.at, sizeof hash.at);
    wf_stmt_bind_text(&q, 2, by->provider);
    wf_stmt_bind_text(&q, 3, by->session);
    return wf_stmt_run(&q, err);
}

bool wf_sessions_end_by(struct wf_call *call, const struct wf_came_by *by,
                        const struct wf_identity *who, int64_t *n,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *n = 0;
    if (!wf_stmt_begin(call->db, by->session ? SQL_END_SESSION : SQL_END_PERSON,
                       &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, by->provider);
    wf_stmt_bind_text(&q, 2, by->session ? by->session : who->subject);
    wf_stmt_bind_text(&q, 3, by->session ? who->subject : who->issuer);
    if (by->session)
        wf_stmt_bind_text(&q, 4, who->issuer);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        ++*n;
    if (got == WF_FETCH_DONE && *n > 0)
        wf_notify(call->db, "session", ""); /* who listens looks again */
    return got == WF_FETCH_DONE;
}
