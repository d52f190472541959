/* store/pg.h - what the files of the PostgreSQL driver share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_PG_H
#define WF_STORE_PG_H

#include <libpq-fe.h>

#include "store/driver.h"

struct wf_pg_stmt;

/* Something sent whose result was not taken yet. `forgiven`: undone since, so
 * that it may have failed. */
enum wf_pg_kind {
    WF_PG_PREPARE,
    WF_PG_RUN,
    WF_PG_SYNC, /* the server goes on here after a failure */
};
struct wf_pg_sent {
    enum wf_pg_kind kind;
    bool forgiven;
    struct wf_pg_stmt *stmt; /* NULL: nobody asks for its result */
};

enum {
    WF_PG_ASKED = 16, /* questions that are asked ahead, at most */
    WF_PG_TABLE = 48
};

/* A connection: db->raw. It is always in pipeline mode. */
struct wf_pg {
    PGconn *conn;
    struct {
        struct wf_pg_sent *at; /* a ring, oldest at `first` */
        size_t first, n, cap;
    } sent;
    struct {
        unsigned *at; /* names of statements that are not used any more */
        size_t n, cap;
    } dropped;
    struct wf_pg_stmt *asked[WF_PG_ASKED]; /* ahead, and not taken yet */
    size_t n_asked;
    unsigned n_named;
    bool committing; /* if it is lost now, nobody knows what became of it */
};

/* A prepared statement; `sql` is the slot's. */
struct wf_pg_stmt {
    struct wf_db *db;
    char *sql;
    unsigned name;
    bool is_prepared; /* the server has it, or is about to */
    bool is_effect;   /* gives no rows: its result can wait */
    bool is_rescue;   /* ROLLBACK, also TO a savepoint */
    bool is_end;      /* ROLLBACK */
    bool is_begin, is_commit;
    char writes[WF_PG_TABLE]; /* the table that it changes; "": none */
    char *asked; /* the parameters of a question that was asked ahead … */
    size_t asked_len;
    bool is_flush; /* waits until what was committed is on the disk */
    bool has_run;
    int n_waiting; /* runs whose result was not taken yet */
    int n_params;
    struct wf_pg_param *params;
    struct {
        char *at;
        size_t n, cap;
    } bytes; /* of the parameters, each ended by a zero */
    PGresult *rows;
    int row, n_rows;
    int64_t changed;
    unsigned char **blobs; /* of the row, by column; those that were read */
};

/* --- pg.c. */
void wf_pg_close(struct wf_pg *pg);

/* --- pg_wire.c: what goes over a connection. send: queues a run. sync: lets
 * the server answer and go on after a failure. collect: waits for all that
 * was sent; false with the first failure that is not forgiven. plain: runs
 * a text of many statements at once, `*out` to be cleared, or NULL. */
WF_MUST_CHECK bool wf_pg_send(struct wf_db *db, struct wf_pg_stmt *stmt,
                              weft_error *err);
void wf_pg_sync(struct wf_db *db);
WF_MUST_CHECK bool wf_pg_collect(struct wf_db *db, weft_error *err);
WF_MUST_CHECK bool wf_pg_plain(struct wf_db *db, const char *sql,
                               PGresult **out, weft_error *err);
/* Nobody asks for the results of `stmt` any more. */
void wf_pg_leave(struct wf_pg *pg, const struct wf_pg_stmt *stmt);
/* All that was sent so far is undone. */
void wf_pg_forgive(struct wf_pg *pg);
/* Drops the name of a prepared statement when there is time. */
void wf_pg_drop(struct wf_pg *pg, unsigned name);

/* --- pg_error.c. Turns a result, or the end of the connection, into an error;
 * false. */
bool wf_pg_fail(struct wf_db *db, const PGresult *result, weft_error *err);
bool wf_pg_lose(struct wf_db *db, weft_error *err);

/* --- pg_words.c. words: a statement as the server is told it; to be freed. */
char *wf_pg_words(const char *sql);
int wf_pg_count_params(const char *sql);
/* The types of its `n` parameters: 0, as the server finds out itself, but for
 * numbers that are not in use. */
void wf_pg_param_types(const char *sql, int n, Oid *types);

/* --- pg_stmt.c. */
struct wf_pg_param {
    bool is_set, is_blob;
    size_t at, len; /* in the bytes of the statement */
};
bool wf_pg_prepare(struct wf_db *db, const char *sql, void **raw,
                   weft_error *err);
void wf_pg_finalize(void *raw);
void wf_pg_reset(void *raw);
enum wf_fetch wf_pg_step(struct wf_db *db, void *raw, weft_error *err);
bool wf_pg_run(struct wf_db *db, void *raw, weft_error *err);
int64_t wf_pg_changed(struct wf_db *db, void *raw);
void wf_pg_bind_int(void *raw, int n, int64_t value);
void wf_pg_bind_real(void *raw, int n, double value);
void wf_pg_bind_text(void *raw, int n, const char *text, size_t len);
void wf_pg_bind_blob(void *raw, int n, const void *data, size_t len);
void wf_pg_bind_null(void *raw, int n);

/* --- pg_ahead.c. take: whether the answer to `stmt`, as its parameters are
 * now, was asked for ahead; it has come, or is waiting. forget: what was asked
 * ahead and names `table` is asked again; NULL: all. */
bool wf_pg_ahead(struct wf_db *db, void *raw, weft_error *err);
bool wf_pg_ahead_take(struct wf_pg *pg, struct wf_pg_stmt *stmt);
void wf_pg_ahead_forget(struct wf_pg *pg, const char *table);
void wf_pg_ahead_leave(struct wf_pg *pg, struct wf_pg_stmt *stmt);

/* --- pg_row.c. leave: frees what was read of the row. */
void wf_pg_row_leave(struct wf_pg_stmt *stmt);
int64_t wf_pg_int(void *raw, int column);
double wf_pg_real(void *raw, int column);
const char *wf_pg_text(void *raw, int column);
const void *wf_pg_blob(void *raw, int column, size_t *len);
bool wf_pg_is_null(void *raw, int column);

/* --- pg_schema.c. */
extern const struct wf_schema wf_pg_schemas[];
bool wf_pg_identify(struct wf_db *db, bool *fresh, weft_error *err);
bool wf_pg_adopt(struct wf_db *db, weft_error *err);
bool wf_pg_apply(struct wf_db *db, const char *sql, weft_error *err);

/* --- pg_like.c. begin: gives a store that is not kept its schema, one that was
 * left to its model where there is one. connection: what was left with that, to
 * be the writer's; NULL: nothing. end: the writer's connection is closed or
 * left to the model, the schemas are dropped or left too. */
void wf_pg_scratch_begin(struct wf_store *store);
struct wf_pg *wf_pg_scratch_connection(struct wf_store *store);
void wf_pg_scratch_end(struct wf_db *db);
bool wf_pg_like(struct wf_db *db, struct wf_db *from, weft_error *err);

/* --- pg_left.c. take: the schema of a store that is not kept, if one was left;
 * leave: it is done with. */
WF_MUST_CHECK bool wf_pg_left_take(struct wf_db *db, weft_error *err);
void wf_pg_left_leave(struct wf_db *db, const char *schema);

/* --- pg_lock.c. words: what locks the top of the tree of $1, found by `top`;
 * to be freed. comes: something was answered; pass: hands the baton on inside a
 * transaction that takes long. settle: sends what follows a commit, is_flush
 * being the last of it; commit_at_once: sets a connection up for that. */
char *wf_pg_lock_words(const char *top);
bool wf_pg_lock(struct wf_db *db, int64_t key, weft_error *err);
bool wf_pg_baton(struct wf_db *db, weft_error *err);
bool wf_pg_pass(struct wf_db *db, weft_error *err);
void wf_pg_baton_comes(struct wf_db *db);
bool wf_pg_held_long(const struct wf_db *db);
void wf_pg_unlock(struct wf_db *db);
bool wf_pg_settle(struct wf_db *db, weft_error *err);
bool wf_pg_is_flush(const char *sql);
extern const char wf_pg_commit_at_once[];

/* --- pg_listen.c. */
bool wf_pg_tell(struct wf_db *db, const char *notice, weft_error *err);
bool wf_pg_listen(struct wf_db *db, weft_error *err);
void wf_pg_hear(struct wf_db *db, int stop_fd);

/* --- pg_search.c. */
bool wf_pg_search_set(struct wf_db *db, int64_t document, const char *field,
                      const char *tokens, weft_error *err);
bool wf_pg_search_remove(struct wf_db *db, int64_t document, const char *field,
                         weft_error *err);
const char *wf_pg_search_for(struct wf_arena *arena, const char *tokens);

/* --- pg_plan.c. */
bool wf_pg_plan(struct wf_db *db, const char *sql, struct wf_arena *arena,
                const char **out, weft_error *err);
bool wf_pg_check(struct wf_db *db, struct wf_diags *diags, weft_error *err);

#endif
