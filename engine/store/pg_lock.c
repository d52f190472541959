/* store/pg_lock.c - what stands around a transaction: locks of the session,
 * which are waited for before it begins, and the disk, which is waited for
 * after it.
 *
 * PostgreSQL looks for conflicts among all transactions that are not done, and
 * one that waits for the disk is not. So many that commit together, each
 * blameless, would be taken for a circle. Here a transaction commits without
 * waiting, gives its locks back, and an empty one behind it waits for the disk:
 * what lies before it in the log is then there as well. The answer comes after
 * that; only who reads may see a change that moment earlier.
 *
 * The keys of one schema are not those of another.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/error.h"

enum {
    BATON = -4,       /* its key; ids are positive */
    BATON_ASKED = -1, /* of baton_until: it may have to be waited for */
    BATON_MS = 1000,  /* who holds it longer hands it on before the end */
};

static const char SQL_LOCK[] =
    "SELECT pg_advisory_lock("
    "hashtextextended(current_setting('search_path'), $1))";
static const char SQL_PASS[] =
    "SELECT pg_advisory_unlock("
    "hashtextextended(current_setting('search_path'), $1))";
static const char SQL_UNLOCK[] = "SELECT pg_advisory_unlock_all()";
/* An empty transaction is not written, one with a message is. */
static const char SQL_FLUSH[] =
    "SELECT set_config('synchronous_commit',"
    " current_setting('weft.synchronous_commit'), true),"
    " pg_logical_emit_message(true, 'weft', '')";

const char wf_pg_commit_at_once[] =
    "SELECT set_config('weft.synchronous_commit',"
    " current_setting('synchronous_commit'), false);"
    "SET synchronous_commit = off;";

/* Sent without waiting. */
static bool send(struct wf_db *db, const char *sql, int64_t key,
                 weft_error *err)
{
    struct wf_stmt_slot *slot = wf_slot_find(db, sql);
    bool sent;

    if (!slot->raw && !wf_pg_prepare(db, sql, &slot->raw, err))
        return false;
    if (key)
        wf_pg_bind_int(slot->raw, 1, key);
    sent = wf_pg_send(db, slot->raw, err);
    wf_pg_reset(slot->raw);
    return sent;
}

/* The sync keeps its snapshot apart from that of the transaction that follows.
 */
static bool send_apart(struct wf_db *db, const char *sql, int64_t key,
                       weft_error *err)
{
    bool sent = send(db, sql, key, err);

    wf_pg_sync(db);
    return sent;
}

char *wf_pg_lock_words(const char *top)
{
    return wf_heap_printf("SELECT pg_advisory_lock(hashtextextended("
                          "current_setting('search_path'), (%s)))",
                          top);
}

bool wf_pg_lock(struct wf_db *db, int64_t key, weft_error *err)
{
    const char *of_tree = db->store->lock_words;

    return send_apart(db, key > 0 && of_tree ? of_tree : SQL_LOCK, key, err);
}

bool wf_pg_baton(struct wf_db *db, weft_error *err)
{
    db->baton_until = BATON_ASKED;
    return send_apart(db, SQL_LOCK, BATON, err);
}

/* Something came back, so what was sent before is done: it is ours. */
void wf_pg_baton_comes(struct wf_db *db)
{
    if (db->baton_until == BATON_ASKED)
        db->baton_until = wf_monotonic_ms() + BATON_MS;
}

bool wf_pg_held_long(const struct wf_db *db)
{
    return db->baton_until > 0 && wf_monotonic_ms() > db->baton_until;
}

bool wf_pg_pass(struct wf_db *db, weft_error *err)
{
    if (!db->baton_until)
        return true;
    db->baton_until = 0;
    return send(db, SQL_PASS, BATON, err);
}

/* If the commit fails, these are skipped. */
bool wf_pg_settle(struct wf_db *db, weft_error *err)
{
    return (!(db->locked || db->has_baton) || send(db, SQL_UNLOCK, 0, err))
           && send(db, SQL_FLUSH, 0, err);
}

bool wf_pg_is_flush(const char *sql)
{
    return sql == SQL_FLUSH;
}

void wf_pg_unlock(struct wf_db *db)
{
    weft_error ignored = WEFT_ERROR_INIT;

    db->baton_until = 0;
    if (!db->broken && !send_apart(db, SQL_UNLOCK, 0, &ignored))
        db->broken = true;
}
