/* store/hand.c - a batch of work in one transaction, again if another one was
 * in the way.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/hand.h"

#include <time.h>

#include "base/error.h"
#include "base/hash.h"

enum {
    AGAIN_MAX = 20,
    LOSER = 3,   /* runs, after which those who lose go one after the other */
    LOSERS = -3, /* the key of their lock; ids are positive */
    /* What a node trusts in having the others not in its way: a run earns one,
     * a run again costs so much, and so there is at most one in that many. */
    COST = 400,
    MOST = 800,
    CALM = 200,  /* with so much, one in TRY takes no baton; */
    BRAVE = 600, /* with so much, none does */
    TRY = 50,
    PAUSE_US = 500, /* before the second run; doubled with each */
    PAUSE_MAX_US = 200000,
};

static int64_t monotonic_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* --- The batch. */

/* Runs `work` so that it can be undone alone. */
static bool run_in_savepoint(struct wf_work *work, struct wf_db *db,
                             weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;

    return wf_save_begin(db, &save, err) && work->run(work, db, err)
           && wf_save_keep(&save, err);
}

/* Marks all that would have been kept with the failure of the batch. */
static void fail_rest(struct wf_hand *hand, size_t n, const weft_error *failure)
{
    for (size_t i = 0; i < n; i++) {
        if (hand->batch[i].err.code == WEFT_OK)
            wf_fail_as(&hand->batch[i].err, failure);
    }
}

/* Runs the works of the batch, each to its own outcome; `*any` if one is to be
 * kept. False if a failure, such as a full disk, is that of all. A work alone
 * needs no savepoint: the transaction is one. */
static bool run_all(struct wf_hand *hand, size_t *n, bool *any, weft_error *err)
{
    struct wf_db *db = hand->db;

    for (size_t i = 0; i < *n; i++) {
        struct wf_outcome *o = &hand->batch[i];
        bool kept = *n == 1 ? o->work->run(o->work, db, &o->err)
                            : run_in_savepoint(o->work, db, &o->err);

        *any = *any || kept;
        if (kept)
            o->err.code = WEFT_OK;
        else if (o->err.code == WEFT_OK)
            wf_fail(&o->err, WEFT_E_INTERNAL,
                    "A command failed without a reason. This is a mistake in "
                    "Weft; please report it.");
        if (db->failure.code != WEFT_OK)
            return wf_fail_as(err, &db->failure);
        if (o->work->patient)
            *n = wf_hand_join(hand, i + 1, *n);
    }
    return true;
}

static bool commit(struct wf_hand *hand, weft_error *err)
{
    int64_t start = monotonic_us();
    bool committed = wf_db_commit(hand->db, err);

    hand->commit_us += monotonic_us() - start;
    return committed;
}

static bool write_locked(struct wf_hand *hand, size_t *n, weft_error *err)
{
    bool any = false;

    if (!wf_db_begin(hand->db, err))
        return false;
    if (run_all(hand, n, &any, err) && any)
        return commit(hand, err);
    wf_db_rollback(hand->db);
    return err->code == WEFT_OK;
}

/* Where many meet, it costs less to follow one another than to run again; where
 * few do, as among many documents, it costs less to take the risk. Whether they
 * do shows by trying: alone at first, so that a wrong guess costs one run. */
static bool is_brave(atomic_int *trust, int run)
{
    int before = atomic_load(trust), after;

    do {
        after = run == 0 ? before + 1 : before - COST;
        after = after < 0 ? 0 : after < MOST ? after : MOST;
    } while (!atomic_compare_exchange_weak(trust, &before, after));
    return run == 0 && (after >= BRAVE || (after >= CALM && after % TRY == 0));
}

static bool queue_up(struct wf_hand *hand, int run, weft_error *err)
{
    return is_brave(&hand->store->trust, run) || wf_db_baton(hand->db, err);
}

/* Everything of the batch that did not fail is on the disk, or nothing. What
 * the work names is waited for before its transaction begins: inside, what it
 * sees would be older than that. */
static bool write_once(struct wf_hand *hand, size_t *n, int run,
                       weft_error *err)
{
    int64_t key = hand->batch[0].work->touches;
    bool written =
        wf_db_lock(hand->db, key == 0 && run >= LOSER ? LOSERS : key, err)
        && queue_up(hand, run, err) && write_locked(hand, n, err);

    wf_db_unlock(hand->db);
    return written;
}

/* --- Again. */

/* Longer with each run, and never as long as another's. */
static void pause_before(int run)
{
    int64_t most = (int64_t)PAUSE_US << run, us;
    struct timespec pause;
    uint32_t chance;

    if (most > PAUSE_MAX_US)
        most = PAUSE_MAX_US;
    wf_random(&chance, sizeof chance);
    us = most / 2 + chance % (most / 2);
    pause = (struct timespec){ 0, us * 1000 };
    nanosleep(&pause, NULL);
}

static void forget(struct wf_hand *hand, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hand->batch[i].err = (weft_error)WEFT_ERROR_INIT;
}

/* A key that is taken may have been taken by who was in the way: one more run
 * tells. */
static int most_runs(const weft_error *err)
{
    return err->code == WEFT_E_CONFLICT ? 1 : AGAIN_MAX;
}

static bool write_batch(struct wf_hand *hand, size_t *n, weft_error *err)
{
    for (int run = 0;; run++) {
        *err = (weft_error)WEFT_ERROR_INIT;
        if (write_once(hand, n, run, err))
            return true;
        if (!hand->db->clashed || run >= most_runs(err))
            return false;
        hand->n_again++;
        pause_before(run);
        forget(hand, *n);
    }
}

static bool open_hand(struct wf_hand *hand, weft_error *err)
{
    if (!hand->db && !wf_db_open(hand->store, false, &hand->db, err))
        return false;
    hand->db->lane = wf_node_lane(hand->store, hand->number);
    return true;
}

/* What the connection has done, less what it had; `by` 1 or -1. */
static void count(struct wf_hand *hand, int by)
{
    hand->n_statements += by * hand->db->n_statements;
    hand->n_trips += by * hand->db->n_trips;
    hand->n_rows += by * hand->db->n_rows;
}

size_t wf_hand_write(struct wf_hand *hand, size_t n)
{
    weft_error err = WEFT_ERROR_INIT;

    bool is_open = open_hand(hand, &err);

    hand->commit_us = hand->n_again = 0;
    hand->n_statements = hand->n_trips = hand->n_rows = 0;
    if (is_open)
        count(hand, -1);
    if (!is_open || !write_batch(hand, &n, &err))
        fail_rest(hand, n, &err);
    if (is_open)
        count(hand, 1);
    hand->failing = err.code == WEFT_E_FULL || err.code == WEFT_E_STORE;
    return n;
}
