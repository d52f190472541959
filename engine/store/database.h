/* store/database.h - the table of functions that a database gives.
 *
 * Leases, transactions, pool, migration, writer and queries are written once
 * on top of this table; each database is one table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_DATABASE_H
#define WF_STORE_DATABASE_H

#include "base/diag.h"
#include "store/query.h"

/* One schema text that belongs to a driver alone. */
struct wf_schema {
    const char *name;
    const char *sql;
};

/* Functions that fail fill `err`, and set db->broken where the connection is
 * not to be trusted any more, db->clashed where the whole transaction may be
 * run again. Those marked so may be NULL. */
struct wf_driver {
    const char *begin_write; /* the SQL that begins a transaction */
    const char *begin_read;
    /* The SQL that selects a number, which changes with whatever is committed,
     * as the snapshot of a reader shows it. NULL: there is none. */
    const char *state;
    const struct wf_schema *schemas; /* after schemas/sql; ends with NULL */
    size_t n_writers; /* transactions that write at once; 1: batches */
    size_t n_readers; /* connections lent at once; 0: as many as are wanted */

    /* Sees that there is something to open; makes it if it may. dispose:
     * removes what is not to be kept. */
    bool (*provide)(struct wf_store *store, weft_error *err);
    void (*dispose)(struct wf_store *store);

    /* Opens db->raw as db->store and db->is_reader say. */
    bool (*open)(struct wf_db *db, weft_error *err);
    void (*close)(struct wf_db *db);
    /* False if the other side has ended it meanwhile. May be NULL. */
    bool (*is_alive)(struct wf_db *db);

    /* Whether a Weft store is there (`*fresh` false) or nothing at all yet;
     * anything else is an error. adopt: makes it ours, in a transaction. */
    bool (*identify)(struct wf_db *db, bool *fresh, weft_error *err);
    bool (*adopt)(struct wf_db *db, weft_error *err);

    /* Gives an empty store, of which `db` is the only connection, what `from`
     * reads, but for the leases of nodes. */
    bool (*like)(struct wf_db *db, struct wf_db *from, weft_error *err);

    /* Runs a schema text of many statements, written for both databases. */
    bool (*apply)(struct wf_db *db, const char *sql, weft_error *err);

    /* Waits until nobody else holds `key`, or the baton, on whichever machine;
     * outside of transactions. unlock: gives back all that is held. All may be
     * NULL: one transaction writes at a time. */
    bool (*lock)(struct wf_db *db, int64_t key, weft_error *err);
    bool (*baton)(struct wf_db *db, weft_error *err);
    void (*unlock)(struct wf_db *db);

    /* notify.h. All NULL: nobody listens elsewhere. tell: sends a notice inside
     * the transaction. listen: makes a connection one that hears them. hear:
     * gives wf_hub_hear() what comes, until `stop_fd` is readable or the
     * connection is lost. */
    bool (*tell)(struct wf_db *db, const char *notice, weft_error *err);
    bool (*listen)(struct wf_db *db, weft_error *err);
    void (*hear)(struct wf_db *db, int stop_fd);

    /* What is left to do before a commit. May be NULL. */
    bool (*finish)(struct wf_db *db, weft_error *err);
    /* False once the database has ended the transaction by itself. */
    bool (*in_transaction)(struct wf_db *db);
    bool (*prepare)(struct wf_db *db, const char *sql, void **raw,
                    weft_error *err);
    void (*finalize)(void *raw);
    void (*reset)(void *raw);
    enum wf_fetch (*step)(struct wf_db *db, void *raw, weft_error *err);
    /* Runs a statement for its effect. Its failure may be told by a later
     * statement of the same transaction, its end at the latest. */
    bool (*run)(struct wf_db *db, void *raw, weft_error *err);
    int64_t (*changed)(struct wf_db *db, void *raw);
    /* Sends a question whose answer a later step takes; see ahead.h.
     * NULL: an answer costs no wait. */
    bool (*ahead)(struct wf_db *db, void *raw, weft_error *err);

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
    /* NULL: nothing is to be done for it. */
    bool (*search_forget)(struct wf_db *db, bool begun, bool *more,
                          weft_error *err);
    /* The condition of wf_search_match(), up to its parameter. */
    struct wf_sql search;
    /* The parameter that matches entries with all of `tokens`. */
    const char *(*search_for)(struct wf_arena *arena, const char *tokens);

    bool (*plan)(struct wf_db *db, const char *sql, struct wf_arena *arena,
                 const char **out, weft_error *err);

    /* copy.h. columns: tables, their columns, the words for their types, and
     * their places in the primary key; of a table, one after the other.
     * search_page: $3 entries behind that of the document $1, field $2. bulk:
     * keys are compared at the end of this transaction, however long. */
    const char *columns, *search_page;
    bool (*bulk)(struct wf_db *db, weft_error *err);

    /* backup.h. Both NULL: by way of a file of SQLite. */
    bool (*check)(struct wf_db *db, struct wf_diags *diags, weft_error *err);
    bool (*backup)(struct wf_db *db, const char *path, weft_error *err);
    bool (*restore)(const char *path, const char *location, weft_error *err);
};

#endif
