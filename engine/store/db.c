/* store/db.c - connections, their transactions and savepoints.
 *
 * A connection that met an I/O error is never trusted again: what a failed
 * write or sync has left in its memory is unknown. It is closed, and what the
 * disk really holds is recovered by opening it anew.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/driver.h"

#include <assert.h>
#include <stdlib.h>

#include "base/error.h"

/* Savepoints nest by being named alike: the innermost one is meant. */
static const char SQL_COMMIT[] = "COMMIT";
static const char SQL_ROLLBACK[] = "ROLLBACK";
static const char SQL_SAVE[] = "SAVEPOINT save";
static const char SQL_UNDO[] = "ROLLBACK TO SAVEPOINT save";
static const char SQL_RELEASE[] = "RELEASE SAVEPOINT save";

bool wf_db_open(struct wf_store *store, bool is_reader, struct wf_db **out,
                weft_error *err)
{
    struct wf_db *db = wf_heap_new(sizeof *db);

    db->store = store;
    db->driver = store->driver;
    db->is_reader = is_reader;
    db->epoch = atomic_load(&store->epoch);
    db->lane = 1;
    if (!db->driver->open(db, err)) {
        free(db);
        return false;
    }
    *out = db;
    return true;
}

static void disconnect(struct wf_db *db)
{
    assert(db->n_lent == 0);
    wf_slot_forget(db);
    if (db->raw)
        db->driver->close(db);
    /* The next one counts the states of the store from its own beginning. */
    wf_memo_free(db->memo);
    db->memo = NULL;
    wf_own_forget(db);
}

void wf_db_close(struct wf_db *db)
{
    if (!db)
        return;
    disconnect(db);
    wf_notices_drop(db, 0);
    free(db->notices);
    free(db);
}

bool wf_db_is_reader(const struct wf_db *db)
{
    return db->is_reader;
}

/* Idle readers go too, by the new epoch: once the last connection is closed,
 * the next one recovers from the file alone. */
static bool reconnect(struct wf_db *db, weft_error *err)
{
    disconnect(db);
    db->epoch = atomic_fetch_add(&db->store->epoch, 1) + 1;
    if (!db->driver->open(db, err))
        return false;
    db->broken = false;
    return true;
}

static bool is_usable(struct wf_db *db)
{
    return !db->broken && (!db->driver->is_alive || db->driver->is_alive(db));
}

static void forget_transaction(struct wf_db *db)
{
    db->in_transaction = false;
    db->depth = 0;
    db->search_first = db->search_next = 0;
    db->footing = (struct wf_footing){ .reads = 0 };
    db->failure = (weft_error)WEFT_ERROR_INIT;
    wf_notices_drop(db, 0);
}

bool wf_db_begin(struct wf_db *db, weft_error *err)
{
    assert(!db->in_transaction);
    db->clashed = false;
    if (!is_usable(db) && !reconnect(db, err))
        return false;
    if (!wf_stmt_exec(db,
                      db->is_reader ? db->driver->begin_read
                                    : db->driver->begin_write,
                      err))
        return false;
    /* What was asked outside of transactions is no ground of this one. */
    db->footing = (struct wf_footing){ .reads = 0 };
    db->in_transaction = true;
    return true;
}

bool wf_db_commit(struct wf_db *db, weft_error *err)
{
    assert(db->in_transaction && db->n_lent == 0 && db->depth == 0);
    if (db->failure.code != WEFT_OK)
        wf_fail_as(err, &db->failure);
    else if (wf_generation_tell(db, err) && wf_notices_send(db, err)
             && (!db->driver->finish || db->driver->finish(db, err))
             && wf_stmt_exec(db, SQL_COMMIT, err)) {
        db->locked = db->has_baton = false;
        wf_notices_told(db);
        forget_transaction(db);
        return true;
    }
    wf_db_rollback(db);
    return false;
}

void wf_db_rollback(struct wf_db *db)
{
    weft_error ignored = WEFT_ERROR_INIT;

    assert(db->n_lent == 0);
    wf_own_forget(db);
    /* A rollback that fails leaves a connection to be closed, which rolls
     * back as well. */
    if (db->in_transaction && db->driver->in_transaction(db)
        && !wf_stmt_exec(db, SQL_ROLLBACK, &ignored))
        db->broken = true;
    forget_transaction(db);
}

bool wf_db_change(struct wf_db *db, wf_change_fn *change, void *self,
                  weft_error *err)
{
    if (!wf_db_begin(db, err))
        return false;
    if (change(db, self, err))
        return wf_db_commit(db, err);
    wf_db_rollback(db);
    return false;
}

bool wf_db_lock(struct wf_db *db, int64_t key, weft_error *err)
{
    assert(!db->in_transaction && !db->locked);
    if (!key || !db->driver->lock)
        return true;
    if (!is_usable(db) && !reconnect(db, err))
        return false;
    db->locked = db->driver->lock(db, key, err);
    return db->locked;
}

bool wf_db_baton(struct wf_db *db, weft_error *err)
{
    assert(!db->in_transaction && !db->has_baton);
    if (!db->driver->baton)
        return true;
    if (!db->locked && !is_usable(db) && !reconnect(db, err))
        return false;
    db->has_baton = db->driver->baton(db, err);
    return db->has_baton;
}

void wf_db_unlock(struct wf_db *db)
{
    assert(!db->in_transaction);
    if (db->locked || db->has_baton)
        db->driver->unlock(db);
    db->locked = db->has_baton = false;
}

int64_t wf_db_lane(const struct wf_db *db)
{
    return db->lane;
}

bool wf_save_begin(struct wf_db *db, struct wf_save *save, weft_error *err)
{
    assert(db->in_transaction);
    if (db->failure.code != WEFT_OK)
        return wf_fail_as(err, &db->failure);
    if (!wf_stmt_exec(db, SQL_SAVE, err))
        return false;
    save->db = db;
    save->depth = ++db->depth;
    save->n_notices = db->n_notices;
    return true;
}

bool wf_save_keep(struct wf_save *save, weft_error *err)
{
    struct wf_db *db = save->db;

    assert(db->depth == save->depth);
    if (db->failure.code != WEFT_OK)
        return wf_fail_as(err, &db->failure);
    if (!wf_stmt_exec(db, SQL_RELEASE, err)) {
        db->failure = *err;
        return false;
    }
    db->depth--;
    save->db = NULL;
    return true;
}

void wf_save_end(struct wf_save *save)
{
    weft_error failure = WEFT_ERROR_INIT;
    struct wf_db *db = save->db;

    if (!db)
        return;
    assert(db->depth == save->depth);
    save->db = NULL;
    db->depth--;
    wf_own_forget(db);
    wf_notices_drop(db, save->n_notices);
    if (!db->driver->in_transaction(db))
        return; /* all is undone already; db->failure says why */
    if (wf_stmt_exec(db, SQL_UNDO, &failure)
        && wf_stmt_exec(db, SQL_RELEASE, &failure))
        db->failure = (weft_error)WEFT_ERROR_INIT;
    else
        db->failure = failure;
}
