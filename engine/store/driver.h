/* store/driver.h - what the files of this folder share: the insides of a store
 * and of a connection.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_DRIVER_H
#define WF_STORE_DRIVER_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/database.h"
#include "store/ground.h"
#include "store/memo.h"
#include "store/memory.h"

enum {
    WF_BUSY_TIMEOUT_MS = 5000,
    WF_READERS_KEPT = 8, /* idle connections; more are closed */
    WF_MADE_KEPT = 64,   /* prepared queries of query.h per connection */
};

/* A prepared statement of one connection. Kept ones are found again by `sql`:
 * by its address, or, in `made`, by its text, which the slot then owns. */
struct wf_stmt_slot {
    const char *sql;
    char *text; /* of a made statement: what `sql` points to */
    void *raw;  /* the driver's; NULL before its first use */
    bool lent;
    bool is_twin;            /* made for one lease, ended with it */
    unsigned reads, changes; /* ground.h; known once it is prepared */
    int64_t used; /* of a made statement: the greatest was used last */
};

/* By the address of their text: open addressing, at most half full. */
struct wf_slots {
    struct wf_stmt_slot **at;
    size_t n, cap; /* a power of two, or 0 */
};

/* A connection, whichever database it goes to. */
struct wf_db {
    struct wf_store *store;
    const struct wf_driver *driver;
    void *raw; /* the driver's; NULL after it was found broken */
    bool is_reader, in_transaction;
    bool broken;  /* an I/O error: to be opened anew before the next use */
    bool clashed; /* another transaction was in the way: run the whole again */
    int depth;    /* of savepoints */
    int n_lent;
    unsigned epoch;                /* of the store when it was opened */
    int64_t deadline;              /* wf_monotonic_ms(), 0: none */
    int64_t n_statements, n_trips; /* so often the database was waited for */
    int64_t n_rows;                /* written; each is locked to the end */
    int64_t lane;                  /* of the history, written here alone */
    bool locked, has_baton;        /* what wf_db_unlock() gives back */
    int64_t baton_until; /* the driver's: it hands it on then; 0: it has not */
    struct wf_footing footing; /* of this transaction */
    char **notices;            /* what it says at its end; notify.c */
    size_t n_notices;
    /* The driver's: pages of log that are too many; the ids of this
     * transaction's new entries of `search`. */
    int64_t checkpoint_at, search_first, search_next;
    struct wf_memo *memo; /* NULL: nothing is remembered */
    const char *own_what; /* what wf_own_keep() was given; NULL: nothing */
    unsigned char own_value[WF_MEMO_VALUE];
    struct wf_slots slots;
    struct wf_stmt_slot *made[WF_MADE_KEPT];
    weft_error failure; /* WEFT_OK, or why this transaction cannot be kept */
    struct wf_db *next; /* in the pool */
};

extern const struct wf_driver wf_driver_sqlite, wf_driver_pg;

struct wf_node_lease; /* the lease of a node number, node.c */
struct wf_hub;        /* who listens, notify.c */

struct wf_store {
    const struct wf_driver *driver;
    struct wf_store_options options;
    char *location;          /* what the driver opens: a path or a URL */
    bool is_kept;            /* else it goes when it is closed */
    struct wf_memory memory; /* the driver's: where it is, if it is not kept */
    char *schema;            /* the driver's: the same, of a database */
    struct wf_store *model;  /* it began as a copy of that; NULL: empty */
    void *spare; /* the driver's, under `lock`: what a copy has left here */
    char *lock_words; /* the driver's: what wf_db_lock() asks for */
    bool unsynced;    /* the driver's: what is kept is not yet on disk */
    atomic_int trust; /* hand.c: that others are not in the way */
    struct wf_db *writer;
    struct wf_hub *hub;
    atomic_bool closing;  /* breaks off what is still being read */
    atomic_uint epoch;    /* connections of an older one are not lent again */
    pthread_mutex_t lock; /* of the rest */
    pthread_cond_t returned;
    struct wf_db *idle;
    size_t n_idle;
    size_t n_lent;
    struct wf_node_lease *node; /* NULL before the first wf_store_node() */
};

/* --- db.c: connections and their transactions. */
WF_MUST_CHECK bool wf_db_open(struct wf_store *store, bool is_reader,
                              struct wf_db **out, weft_error *err);
void wf_db_close(struct wf_db *db);

/* Does `change` in a transaction of its own. */
typedef bool wf_change_fn(struct wf_db *db, void *self, weft_error *err);
WF_MUST_CHECK bool wf_db_change(struct wf_db *db, wf_change_fn *change,
                                void *self, weft_error *err);

/* --- slot.c. find: the slot of the constant `sql`. find_made: the one of a
 * text, NULL if all places are lent. twin: a slot for one
 * lease of `sql`, which it borrows, the caller's. forget: finalizes all that
 * `db` has prepared. */
struct wf_stmt_slot *wf_slot_find(struct wf_db *db, const char *sql);
struct wf_stmt_slot *wf_slot_find_made(struct wf_db *db, const char *sql);
struct wf_stmt_slot *wf_slot_twin(const char *sql);
void wf_slot_free(struct wf_db *db, struct wf_stmt_slot *slot);
void wf_slot_forget(struct wf_db *db);

/* --- stmt.c. This transaction rests on these grounds, and on rows of
 * `document`; 0: whose rows they are, nobody knows. */
void wf_db_rest_on_rows(struct wf_db *db, unsigned reads, int64_t document);

/* --- stmt.c. Runs a constant without parameters, and also in a transaction
 * that has failed, for BEGIN and its like. */
WF_MUST_CHECK bool wf_stmt_exec(struct wf_db *db, const char *sql,
                                weft_error *err);
/* As wf_stmt_begin() for text that was put together: found by its text. */
WF_MUST_CHECK bool wf_stmt_begin_made(struct wf_db *db, const char *sql,
                                      struct wf_stmt *out, weft_error *err);

/* --- store.c. What a URL names; `location` is to be freed; NULL: in memory,
 * wherever the driver finds room. */
struct wf_location {
    const struct wf_driver *driver;
    char *location;
    bool is_kept;
};
WF_MUST_CHECK bool wf_store_locate(const char *url, struct wf_location *out,
                                   weft_error *err);

/* --- migrate.c: brings the tables up to this version. */
WF_MUST_CHECK bool wf_migrate(struct wf_db *db, weft_error *err);

/* --- node.c: gives the number back. NULL allowed. */
void wf_node_close(struct wf_node_lease *node);

/* --- node.c: the lane of the n-th connection of this process that writes. */
int64_t wf_node_lane(struct wf_store *store, unsigned n);

/* --- notify.c. A notice on this channel is for all. send: what the transaction
 * has to say, before its commit; told: after it; drop: all but the first
 * `kept`. hear: tells a notice to whom it concerns. close: NULL allowed. */
#define WF_ANY_CHANNEL "*"
void wf_hub_open(struct wf_store *store);
void wf_hub_close(struct wf_hub *hub);
void wf_hub_hear(struct wf_hub *hub, const char *notice);
WF_MUST_CHECK bool wf_notices_send(struct wf_db *db, weft_error *err);
void wf_notices_told(struct wf_db *db);
void wf_notices_drop(struct wf_db *db, size_t kept);

/* --- heap.c: zeroed memory that outlives arenas, for free(); never NULL. */
void *wf_heap_new(size_t size);
char *wf_heap_printf(const char *fmt, ...) WF_PRINTF(1, 2);

#endif
