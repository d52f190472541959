/* store/driver.h - what the files of this folder share: the insides of a store
 * and of a connection, and the table of functions that a database gives.
 *
 * Leases, transactions, pool, migration, writer and queries are written once
 * on top of this table; a second database is a second table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_DRIVER_H
#define WF_STORE_DRIVER_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/diag.h"
#include "store/db.h"
#include "store/ground.h"
#include "store/memory.h"
#include "store/query.h"

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
    bool broken; /* an I/O error: to be opened anew before the next use */
    int depth;   /* of savepoints */
    int n_lent;
    unsigned epoch;   /* of the store when it was opened */
    int64_t deadline; /* wf_monotonic_ms(), 0: none */
    int64_t n_statements;
    struct wf_footing footing; /* of this transaction */
    /* The driver's: pages of log that are too many; the ids of this
     * transaction's new entries of `search`. */
    int64_t checkpoint_at, search_first, search_next;
    struct wf_slots slots;
    struct wf_stmt_slot *made[WF_MADE_KEPT];
    weft_error failure; /* WEFT_OK, or why this transaction cannot be kept */
    struct wf_db *next; /* in the pool */
};

/* One schema text that belongs to a driver alone. */
struct wf_schema {
    const char *name;
    const char *sql;
};

/* What a database gives. Functions that fail fill `err`, and set
 * db->broken where the connection is not to be trusted any more. */
struct wf_driver {
    const char *begin_write; /* the SQL that begins a transaction */
    const char *begin_read;
    const struct wf_schema *schemas; /* after schemas/sql; ends with NULL */

    /* Sees that there is something to open; makes it if it may. */
    bool (*provide)(const char *location, bool create, weft_error *err);

    /* Opens db->raw as db->store and db->is_reader say. */
    bool (*open)(struct wf_db *db, weft_error *err);
    void (*close)(struct wf_db *db);

    /* Whether a Weft store is there (`*fresh` false) or nothing at all yet;
     * anything else is an error. adopt: makes it ours, in a transaction. */
    bool (*identify)(struct wf_db *db, bool *fresh, weft_error *err);
    bool (*adopt)(struct wf_db *db, weft_error *err);

    /* Runs a schema text of many statements, written for both databases. */
    bool (*apply)(struct wf_db *db, const char *sql, weft_error *err);

    /* What is left to do before a commit. */
    bool (*finish)(struct wf_db *db, weft_error *err);
    /* False once the database has ended the transaction by itself. */
    bool (*in_transaction)(struct wf_db *db);
    bool (*prepare)(struct wf_db *db, const char *sql, void **raw,
                    weft_error *err);
    void (*finalize)(void *raw);
    void (*reset)(void *raw);
    enum wf_fetch (*step)(struct wf_db *db, void *raw, weft_error *err);
    int64_t (*changed)(struct wf_db *db);

    /* What cannot be bound is told by the next step. */
    void (*bind_int)(void *raw, int n, int64_t value);
    void (*bind_real)(void *raw, int n, double value);
    void (*bind_text)(void *raw, int n, const char *text, size_t len);
    void (*bind_blob)(void *raw, int n, const void *data, size_t len);
    void (*bind_null)(void *raw, int n);
    int64_t (*get_int)(void *raw, int column);
    double (*get_real)(void *raw, int column);
    const char *(*get_text)(void *raw, int column);
    const void *(*get_blob)(void *raw, int column, size_t *len);
    bool (*is_null)(void *raw, int column);

    /* search.h; remove: of all fields where `field` is NULL. */
    bool (*search_set)(struct wf_db *db, int64_t document, const char *field,
                       const char *tokens, weft_error *err);
    bool (*search_remove)(struct wf_db *db, int64_t document, const char *field,
                          weft_error *err);
    /* The condition of wf_search_match(), up to its parameter. */
    struct wf_sql search;
    /* The parameter that matches entries with all of `tokens`. */
    const char *(*search_for)(struct wf_arena *arena, const char *tokens);

    bool (*plan)(struct wf_db *db, const char *sql, struct wf_arena *arena,
                 const char **out, weft_error *err);

    /* backup.h. */
    bool (*check)(struct wf_db *db, struct wf_diags *diags, weft_error *err);
    bool (*backup)(struct wf_db *db, const char *path, weft_error *err);
    bool (*restore)(const char *path, const char *location, weft_error *err);
};

extern const struct wf_driver wf_driver_sqlite;

struct wf_node_lease; /* the lease of a node number, node.c */

struct wf_store {
    const struct wf_driver *driver;
    struct wf_store_options options;
    char *location;          /* what the driver opens: a path */
    struct wf_memory memory; /* where it is, if it is not kept */
    struct wf_db *writer;
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

/* --- stmt.c. Runs a constant without parameters, and also in a transaction
 * that has failed, for BEGIN and its like. */
WF_MUST_CHECK bool wf_stmt_exec(struct wf_db *db, const char *sql,
                                weft_error *err);
/* As wf_stmt_begin() for text that was put together: found by its text. */
WF_MUST_CHECK bool wf_stmt_begin_made(struct wf_db *db, const char *sql,
                                      struct wf_stmt *out, weft_error *err);

/* --- store.c. Splits a URL; `*location` is to be freed; NULL: in
 * memory. */
WF_MUST_CHECK bool wf_store_locate(const char *url,
                                   const struct wf_driver **driver,
                                   char **location, weft_error *err);

/* --- migrate.c: brings the tables up to this version. */
WF_MUST_CHECK bool wf_migrate(struct wf_db *db, weft_error *err);

/* --- node.c: gives the number back. NULL allowed. */
void wf_node_close(struct wf_node_lease *node);

/* --- heap.c: zeroed memory that outlives arenas, for free(); never NULL. */
void *wf_heap_new(size_t size);
char *wf_heap_printf(const char *fmt, ...) WF_PRINTF(1, 2);

#endif
