/* store/pg.c - the PostgreSQL driver: its table, and how a connection is
 * opened.
 *
 * A few connections write, each its own serializable transactions; the others
 * read, each from one snapshot. The tables lie in the first schema of the
 * connection's search path.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum {
    N_WRITERS = 8,
    N_READERS = 24
};

/* What the URL may say otherwise, and, from `dbname` on, what it may not. */
static const char *const keys[] = { "connect_timeout",  "tcp_user_timeout",
                                    "keepalives_idle",  "target_session_attrs",
                                    "application_name", "dbname",
                                    "client_encoding",  NULL };
enum {
    KEY_DBNAME = 5
};

/* A plan by statistics of a table that has just been made reads it whole, and
 * then every other transaction is in the way of this one; so where there is an
 * index it is used. */
static const char SETTINGS[] =
    "SET client_min_messages = error; SET extra_float_digits = 1;"
    "SET bytea_output = hex; SET jit = off; SET enable_seqscan = off;"
    "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '15s';"
    "SET client_connection_check_interval = '5s';";
static const char SETTINGS_WRITER[] = "SET statement_timeout = '30s';"
                                      "SET plan_cache_mode = "
                                      "force_generic_plan;";

static void ignore_notice(void *self, const char *text)
{
    (void)self;
    (void)text;
}

static bool provide(struct wf_store *store, weft_error *err)
{
    (void)err;
    if (store->options.top)
        store->lock_words = wf_pg_lock_words(store->options.top);
    if (!store->is_kept)
        wf_pg_scratch_begin(store);
    return true;
}

static void dispose(struct wf_store *store)
{
    free(store->schema);
    free(store->lock_words);
    store->schema = store->lock_words = NULL;
}

void wf_pg_close(struct wf_pg *pg)
{
    PQfinish(pg->conn);
    free(pg->sent.at);
    free(pg->dropped.at);
    free(pg);
}

/* The store's own connection removes a schema that is not to be kept. */
static void close_connection(struct wf_db *db)
{
    if (db == db->store->writer)
        wf_pg_scratch_end(db);
    if (db->raw)
        wf_pg_close(db->raw);
    db->raw = NULL;
}

static bool fail_to_connect(const struct wf_db *db, weft_error *err)
{
    const struct wf_pg *pg = db->raw;

    wf_log(db->store->options.log, WF_LOG_ERROR, "database", "%s",
           PQerrorMessage(pg->conn));
    wf_fail(err, WEFT_E_BUSY,
            "The database is not there at the moment. Try again.");
    err->retry_after_s = 1;
    return false;
}

/* The first connection of a store that is not kept. */
static bool is_first(const struct wf_db *db)
{
    return db->store->schema && !db->store->writer;
}

static bool set_up(struct wf_db *db, weft_error *err)
{
    const struct wf_store *store = db->store;
    struct wf_pg *pg = db->raw;
    char *sql;
    bool set;

    if (PQstatus(pg->conn) != CONNECTION_OK)
        return fail_to_connect(db, err);
    PQsetNoticeProcessor(pg->conn, ignore_notice, NULL);
    sql = wf_heap_printf("%s%s%s%s%s", SETTINGS,
                         db->is_reader ? "" : SETTINGS_WRITER,
                         db->is_reader ? "" : wf_pg_commit_at_once,
                         store->schema ? "SET search_path = " : "",
                         store->schema ? store->schema : "");
    set = PQenterPipelineMode(pg->conn) && wf_pg_plain(db, sql, NULL, err)
          && (!is_first(db) || wf_pg_left_take(db, err));
    free(sql);
    return set;
}

static bool open_connection(struct wf_db *db, weft_error *err)
{
    const char *values[WF_COUNT(keys)] = { "5",          "15000", "30",
                                           "read-write", "weft",  NULL,
                                           "UTF8",       NULL };
    struct wf_pg *pg =
        db->is_reader ? NULL : wf_pg_scratch_connection(db->store);

    db->broken = false;
    db->raw = pg;
    if (pg)
        return true;
    pg = wf_heap_new(sizeof *pg);
    db->raw = pg;
    values[KEY_DBNAME] = db->store->location;
    pg->conn = PQconnectdbParams(keys, values, 1);
    if (set_up(db, err))
        return true;
    wf_pg_close(pg);
    db->raw = NULL;
    db->broken = true;
    return false;
}

/* Takes in what has come meanwhile: a farewell ends with the end of the file.
 */
static bool is_alive(struct wf_db *db)
{
    struct wf_pg *pg = db->raw;
    struct pollfd fd;

    if (!pg || PQstatus(pg->conn) != CONNECTION_OK)
        return false;
    fd = (struct pollfd){ PQsocket(pg->conn), POLLIN, 0 };
    for (int i = 0; i < 2 && poll(&fd, 1, 0) > 0; i++)
        if (!PQconsumeInput(pg->conn))
            return false;
    return PQstatus(pg->conn) == CONNECTION_OK;
}

static bool in_transaction(struct wf_db *db)
{
    return !db->broken;
}

static bool bulk(struct wf_db *db, weft_error *err)
{
    return wf_pg_plain(db,
                       "SET CONSTRAINTS ALL DEFERRED;"
                       "SET LOCAL statement_timeout = 0;"
                       "SET LOCAL idle_in_transaction_session_timeout = 0",
                       NULL, err);
}

const struct wf_driver wf_driver_pg = {
    .begin_write = "BEGIN ISOLATION LEVEL SERIALIZABLE",
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .schemas = wf_pg_schemas,
    .n_writers = N_WRITERS,
    .n_readers = N_READERS,
    .provide = provide,
    .dispose = dispose,
    .open = open_connection,
    .close = close_connection,
    .is_alive = is_alive,
    .identify = wf_pg_identify,
    .adopt = wf_pg_adopt,
    .like = wf_pg_like,
    .apply = wf_pg_apply,
    .lock = wf_pg_lock,
    .baton = wf_pg_baton,
    .unlock = wf_pg_unlock,
    .tell = wf_pg_tell,
    .listen = wf_pg_listen,
    .hear = wf_pg_hear,
    .in_transaction = in_transaction,
    .prepare = wf_pg_prepare,
    .finalize = wf_pg_finalize,
    .reset = wf_pg_reset,
    .step = wf_pg_step,
    .run = wf_pg_run,
    .changed = wf_pg_changed,
    .ahead = wf_pg_ahead,
    .bind_int = wf_pg_bind_int,
    .bind_real = wf_pg_bind_real,
    .bind_text = wf_pg_bind_text,
    .bind_blob = wf_pg_bind_blob,
    .bind_null = wf_pg_bind_null,
    .get_int = wf_pg_int,
    .get_real = wf_pg_real,
    .get_text = wf_pg_text,
    .get_blob = wf_pg_blob,
    .is_null = wf_pg_is_null,
    .search_set = wf_pg_search_set,
    .search_remove = wf_pg_search_remove,
    .search = { "tokens @> (" },
    .search_for = wf_pg_search_for,
    .plan = wf_pg_plan,
    .columns = "SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT),"
               " format_type(a.atttypid, NULL),"
               " coalesce(array_position(i.indkey, a.attnum) + 1, 0)"
               " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
               " AND a.attnum > 0 AND NOT a.attisdropped"
               " LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"
               " WHERE c.relkind = 'r' AND c.relnamespace ="
               " to_regnamespace(quote_ident(current_schema()))"
               " ORDER BY c.relname, a.attnum",
    .search_page = "SELECT document, field, array_to_string(tokens, ' ')"
                   " FROM search WHERE (document, field) > ($1, $2)"
                   " ORDER BY document, field LIMIT $3",
    .bulk = bulk,
    .check = wf_pg_check,
};
