/* store/db.h - the one narrow door to the database: connections, transactions,
 * savepoints, leased statements.
 *
 * SQL is written once, in the subset that SQLite and PostgreSQL share, with
 * `$1` parameters; the driver behind this door translates what must differ.
 * Nothing above this folder knows which store it talks to.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_DB_H
#define WF_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <weft/error.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/macros.h"

struct wf_store; /* an open store; any thread */
struct wf_db;    /* one connection; one thread at a time */

struct wf_store_options {
    const struct wf_log *log;
    bool create; /* make the file where there is none */
    /* What is changed together with the document $1, as the key of its lock: a
     * constant that selects one number. NULL: nothing but itself. */
    const char *top;
    /* A store that is made here waits for the disk only when it is closed. */
    bool in_the_making;
};

/* Opens the store at `url` and brings its tables up to this version
 * (schemas/sql, each file one transaction, recorded with its hash). URLs:
 * "sqlite:PATH" or a bare PATH; "sqlite::memory:", which is not kept;
 * "postgresql://…" as libpq reads it; "scratch+postgresql://…", a schema of
 * its own there, which is not kept. On success `*out` is the caller's. Errors:
 * WEFT_E_NOTFOUND no store there and not `create`; WEFT_E_STORE unreadable,
 * not a Weft store, or made by a newer Weft; WEFT_E_BUSY another process is
 * upgrading it; WEFT_E_MALFORMED the URL. */
WF_MUST_CHECK bool wf_store_open(const char *url,
                                 const struct wf_store_options *options,
                                 struct wf_store **out, weft_error *err);
void wf_store_close(struct wf_store *store);

/* The path of the store's file, NULL: it has none; whether it is kept. */
const char *wf_store_path(const struct wf_store *store);
bool wf_store_is_kept(const struct wf_store *store);

/* The write connection. One thread's at a time: the writer's once it runs. */
struct wf_db *wf_store_writer(struct wf_store *store);

/* --- Connections. A reader is lent from a pool and sees one snapshot from its
 * first statement to wf_reader_end(), which also takes an empty lease. A read
 * past `deadline` (wf_monotonic_ms(), 0: none) is broken off: WEFT_E_BUSY. */
struct wf_reader {
    struct wf_store *store;
    struct wf_db *db;
};
/* clang-format off */
#define WF_READER_INIT { NULL, NULL }
/* clang-format on */
WF_MUST_CHECK bool wf_reader_begin(struct wf_store *store, int64_t deadline,
                                   struct wf_reader *out, weft_error *err);
void wf_reader_end(struct wf_reader *reader);
/* Another deadline, say without what is done for all; the one it had. */
int64_t wf_db_set_deadline(struct wf_db *db, int64_t deadline);

/* --- Transactions of the write connection, for the writer (writer.h) and for
 * tools that hold the store alone. Begins immediate; waits at most the busy
 * timeout (5 s) for other processes. */
WF_MUST_CHECK bool wf_db_begin(struct wf_db *db, weft_error *err);
WF_MUST_CHECK bool wf_db_commit(struct wf_db *db, weft_error *err);
void wf_db_rollback(struct wf_db *db);

/* True while the connection only reads. */
bool wf_db_is_reader(const struct wf_db *db);

/* The lane of the history that this connection alone writes. */
int64_t wf_db_lane(const struct wf_db *db);

/* Waits until no other connection, on whichever machine, holds `key` (0:
 * none), such as the id of a document, which stands for all that is changed
 * with it; before wf_db_begin(), as what a transaction sees must not be older
 * than its lock. Where one transaction writes at a time there is nothing to
 * wait for.
 *
 * The baton is one for the whole store: who has it runs statements, and hands
 * it on with the commit, or when it takes long. So transactions that have
 * nothing in common but a page of an index, which the database cannot tell
 * from a conflict, follow one another, and wait for the disk together. It is
 * taken behind the lock. A commit gives back all that is held; unlock does
 * where there was none. */
WF_MUST_CHECK bool wf_db_lock(struct wf_db *db, int64_t key, weft_error *err);
WF_MUST_CHECK bool wf_db_baton(struct wf_db *db, weft_error *err);
void wf_db_unlock(struct wf_db *db);

/* A savepoint: begin, then keep; wf_save_end() (WF_CLEANUP) undoes all since
 * begin unless it was kept. They nest. */
struct wf_save {
    struct wf_db *db;
    int depth;
    size_t n_notices; /* that were said before */
};
#define WF_SAVE_INIT                                                           \
    {                                                                          \
        NULL, 0, 0                                                             \
    }
WF_MUST_CHECK bool wf_save_begin(struct wf_db *db, struct wf_save *save,
                                 weft_error *err);
WF_MUST_CHECK bool wf_save_keep(struct wf_save *save, weft_error *err);
void wf_save_end(struct wf_save *save);

/* --- Statements. */
enum wf_fetch {
    WF_FETCH_ROW,
    WF_FETCH_DONE,
    WF_FETCH_ERROR
};

struct wf_stmt_slot;
struct wf_stmt {
    struct wf_db *db;
    struct wf_stmt_slot *slot;
};
#define WF_STMT_INIT                                                           \
    {                                                                          \
        NULL, NULL                                                             \
    }

/* Lends the prepared form of `sql`, preparing it on first use. The key is the
 * address: `sql` must be a constant, so text made at run time cannot get in.
 * No lease is held while calling out of the file. A statement that is lent
 * already (a query inside itself) is prepared a second time for this lease. */
WF_MUST_CHECK bool wf_stmt_begin(struct wf_db *db, const char *sql,
                                 struct wf_stmt *out, weft_error *err);
/* Resets the statement and hands it back. An empty lease is allowed. */
void wf_stmt_end(struct wf_stmt *stmt);

/* Parameters from 1. Text and blobs are borrowed until the lease ends; NULL
 * text is NULL. */
void wf_stmt_bind_int(struct wf_stmt *stmt, int n, int64_t value);
void wf_stmt_bind_id(struct wf_stmt *stmt, int n, int64_t id); /* 0: NULL */
void wf_stmt_bind_real(struct wf_stmt *stmt, int n, double value);
void wf_stmt_bind_text(struct wf_stmt *stmt, int n, const char *text);
void wf_stmt_bind_text_n(struct wf_stmt *stmt, int n, const char *text,
                         size_t len);
void wf_stmt_bind_blob(struct wf_stmt *stmt, int n, const void *data,
                       size_t len);
void wf_stmt_bind_null(struct wf_stmt *stmt, int n);

/* The next row, the end, or an error (err filled: WEFT_E_FULL, WEFT_E_STORE,
 * WEFT_E_BUSY, or WEFT_E_CONFLICT for a unique key or a foreign key). */
WF_MUST_CHECK enum wf_fetch wf_stmt_step(struct wf_stmt *stmt, weft_error *err);

/* For statements that are run for their effect: to the end. Their failure may
 * be told by a later statement of the transaction, or its end, instead. */
WF_MUST_CHECK bool wf_stmt_run(struct wf_stmt *stmt, weft_error *err);

/* Rows that the last statement changed. */
int64_t wf_stmt_changed(const struct wf_stmt *stmt);

/* Columns from 0; text is borrowed until the next step; NULL column: 0, NULL
 * text, NaN-free 0.0; ask is_null. */
int64_t wf_stmt_int(struct wf_stmt *stmt, int column);
double wf_stmt_real(struct wf_stmt *stmt, int column);
const char *wf_stmt_text(struct wf_stmt *stmt, int column);
const void *wf_stmt_blob(struct wf_stmt *stmt, int column, size_t *len);
bool wf_stmt_is_null(struct wf_stmt *stmt, int column);
const char *wf_stmt_str(struct wf_stmt *stmt, int column,
                        struct wf_arena *arena); /* copied; NULL stays NULL */

/* --- Generations: how a process hears that another changed what it caches.
 * `what` is a constant: "definition" (bumped by who deploys), "organisation"
 * (bumped by the commit itself, if a statement has changed one of the tables
 * that ground.c names). A reader asks for both in one statement, once. A bump
 * is also told on the channel `what` (notify.h). */
WF_MUST_CHECK bool wf_generation_get(struct wf_db *db, const char *what,
                                     int64_t *out, weft_error *err);
WF_MUST_CHECK bool wf_generation_bump(struct wf_db *db, const char *what,
                                      weft_error *err);
/* Whether this transaction has bumped it: what it sees may still be undone. */
bool wf_generation_moved(const struct wf_db *db, const char *what);

/* The node number leased for this process (0–1023), for ids. Renewed by the
 * store until it is closed. */
WF_MUST_CHECK bool wf_store_node(struct wf_store *store, unsigned *node,
                                 weft_error *err);

/* --- For tests and operators: statements run so far on this connection, waits
 * for the database, and the query plan of `sql` as text, a line a step. */
int64_t wf_db_statements(const struct wf_db *db);
int64_t wf_db_trips(const struct wf_db *db);
WF_MUST_CHECK bool wf_db_plan(struct wf_db *db, const char *sql,
                              struct wf_arena *arena, const char **out,
                              weft_error *err);

#endif
