/* store/node.c - the number that sets this process apart from all others on
 * the store, for ids: leased, renewed, given back.
 *
 * Leases are by the machine's clock, as ids are. One that is given back stays
 * taken for a moment, so that no id of the next holder has the time of one of
 * ours.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/driver.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/thread.h"

enum {
    N_NODES = 1024,
    LEASE_MS = 60 * 60 * 1000,
    RENEW_S = 10 * 60,
    LINGER_MS = 5000,
    LANES = 64,  /* for a node */
    LEASES = -5, /* the key of a lock; ids are positive */
    RUNS = 5
};

static const char SQL_TAKEN[] =
    "SELECT id FROM node WHERE lease_until > $1 ORDER BY id";
static const char SQL_TAKE[] =
    "INSERT INTO node (id, holder, lease_until) VALUES ($1, $2, $3)"
    " ON CONFLICT (id) DO UPDATE SET holder = excluded.holder,"
    " lease_until = excluded.lease_until";
static const char SQL_EXTEND[] =
    "UPDATE node SET lease_until = $3 WHERE id = $1 AND holder = $2";

struct wf_node_lease {
    struct wf_store *store;
    struct wf_arena *arena;
    const char *holder; /* random: says that a row is ours */
    unsigned id;
    bool stopping;
    pthread_t thread;
    pthread_mutex_t lock; /* of `stopping` */
    pthread_cond_t changed;
};

/* --- In a transaction. */

/* The lowest number without a lease. */
static bool find_free(struct wf_db *db, unsigned *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;
    int64_t n = 0;

    if (!wf_stmt_begin(db, SQL_TAKEN, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, wf_clock_now(&wf_clock_real));
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW
           && wf_stmt_int(&q, 0) == n)
        n++;
    if (fetch == WF_FETCH_ERROR)
        return false;
    if (n >= N_NODES)
        return wf_fail(err, WEFT_E_BUSY,
                       "All %d node numbers of the store are taken.", N_NODES);
    *out = (unsigned)n;
    return true;
}

static bool take(struct wf_db *db, void *self, weft_error *err)
{
    struct wf_node_lease *node = self;
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!find_free(db, &node->id, err) || !wf_stmt_begin(db, SQL_TAKE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, node->id);
    wf_stmt_bind_text(&q, 2, node->holder);
    wf_stmt_bind_int(&q, 3, wf_clock_now(&wf_clock_real) + LEASE_MS);
    return wf_stmt_run(&q, err);
}

static bool extend(struct wf_db *db, const struct wf_node_lease *node,
                   int64_t by_ms, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_EXTEND, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, node->id);
    wf_stmt_bind_text(&q, 2, node->holder);
    wf_stmt_bind_int(&q, 3, wf_clock_now(&wf_clock_real) + by_ms);
    if (!wf_stmt_run(&q, err))
        return false;
    return wf_stmt_changed(&q) == 1
           || wf_fail(err, WEFT_E_CONFLICT,
                      "Node number %u of this process was taken by another. "
                      "Restart it.",
                      node->id);
}

static bool renew(struct wf_db *db, void *self, weft_error *err)
{
    return extend(db, self, LEASE_MS, err);
}

static bool give_back(struct wf_db *db, void *self, weft_error *err)
{
    return extend(db, self, LINGER_MS, err);
}

/* One after the other: nodes that start together look for the same number. */
static bool change_once(struct wf_node_lease *node, struct wf_db *db,
                        wf_change_fn *change, weft_error *err)
{
    bool changed =
        wf_db_lock(db, LEASES, err) && wf_db_change(db, change, node, err);

    wf_db_unlock(db);
    return changed;
}

/* Does `change` on a connection of its own: the write connection is the
 * writer's, and this happens six times an hour. What has nothing to do with it
 * can be taken for a conflict all the same, so it is tried again. */
static bool change_store(struct wf_node_lease *node, wf_change_fn *change,
                         weft_error *err)
{
    struct wf_db *db;
    bool changed = false;

    if (!wf_db_open(node->store, false, &db, err))
        return false;
    for (int run = 0; run < RUNS && !changed; run++) {
        err->code = WEFT_OK;
        changed = change_once(node, db, change, err);
        if (!db->clashed)
            break;
    }
    wf_db_close(db);
    return changed;
}

/* --- The thread that renews. */

/* False once the store is being closed. */
static bool sleep_until_due(struct wf_node_lease *node)
{
    struct timespec due;
    int rc = 0;

    clock_gettime(CLOCK_MONOTONIC, &due);
    due.tv_sec += RENEW_S;
    pthread_mutex_lock(&node->lock);
    while (!node->stopping && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&node->changed, &node->lock, &due);
    rc = !node->stopping;
    pthread_mutex_unlock(&node->lock);
    return rc;
}

static void *keep_renewing(void *self)
{
    struct wf_node_lease *node = self;

    while (sleep_until_due(node)) {
        weft_error err = WEFT_ERROR_INIT;

        if (!change_store(node, renew, &err))
            wf_log(node->store->options.log, WF_LOG_ERROR, "node", "%s",
                   err.text);
    }
    return NULL;
}

/* --- The store's side. */

static void node_free(struct wf_node_lease *node)
{
    pthread_cond_destroy(&node->changed);
    pthread_mutex_destroy(&node->lock);
    wf_arena_free(node->arena);
    free(node);
}

static struct wf_node_lease *node_new(struct wf_store *store)
{
    struct wf_node_lease *node = wf_heap_new(sizeof *node);
    pthread_condattr_t monotonic;

    node->store = store;
    node->arena = wf_arena_new();
    node->holder = wf_random_text(node->arena, 16);
    pthread_mutex_init(&node->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&node->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return node;
}

static bool node_open(struct wf_store *store, struct wf_node_lease **out,
                      weft_error *err)
{
    struct wf_node_lease *node = node_new(store);

    if (!change_store(node, take, err)) {
        node_free(node);
        return false;
    }
    if (!wf_thread_start(&node->thread, keep_renewing, node)) {
        node_free(node);
        return wf_fail(err, WEFT_E_BUSY,
                       "This machine starts no more threads.");
    }
    *out = node;
    return true;
}

void wf_node_close(struct wf_node_lease *node)
{
    weft_error err = WEFT_ERROR_INIT;

    if (!node)
        return;
    pthread_mutex_lock(&node->lock);
    node->stopping = true;
    pthread_cond_signal(&node->changed);
    pthread_mutex_unlock(&node->lock);
    pthread_join(node->thread, NULL);
    if (!change_store(node, give_back, &err))
        wf_log(node->store->options.log, WF_LOG_WARN, "node", "%s", err.text);
    node_free(node);
}

int64_t wf_node_lane(struct wf_store *store, unsigned n)
{
    int64_t first = 1;

    assert(n < LANES);
    pthread_mutex_lock(&store->lock);
    if (store->node && store->driver->n_writers > 1)
        first += (int64_t)store->node->id * LANES;
    pthread_mutex_unlock(&store->lock);
    return first + n;
}

bool wf_store_node(struct wf_store *store, unsigned *node, weft_error *err)
{
    struct wf_node_lease *mine = NULL;
    bool is_open;

    pthread_mutex_lock(&store->lock);
    is_open = store->node != NULL;
    pthread_mutex_unlock(&store->lock);
    if (!is_open && !node_open(store, &mine, err))
        return false;
    pthread_mutex_lock(&store->lock);
    if (!store->node) {
        store->node = mine;
        mine = NULL;
    }
    *node = store->node->id;
    pthread_mutex_unlock(&store->lock);
    wf_node_close(mine); /* another thread was first */
    return true;
}
