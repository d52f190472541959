/* store/pg_stmt.c - prepared statements of PostgreSQL: parameters in, runs.
 *
 * Parameters travel as text, whatever they are bound as, and the server makes
 * of them what the statement needs; blobs travel as they are.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"

enum {
    SENT_MAX = 512, /* results that may wait on a connection */
};

static bool is_effect(const char *sql)
{
    static const char *const words[] = { "INSERT ", "UPDATE ", "DELETE ",
                                         "BEGIN", "SAVEPOINT" };

    for (size_t i = 0; i < WF_COUNT(words); i++) {
        if (wf_str_starts(sql, words[i]))
            return !strstr(sql, " RETURNING ");
    }
    return false;
}

/* The name of the table that `sql` changes; "": of none. */
static void table_of(const char *sql, char table[WF_PG_TABLE])
{
    static const char *const words[] = { "INSERT INTO ", "UPDATE ",
                                         "DELETE FROM " };

    *table = '\0';
    for (size_t i = 0; i < WF_COUNT(words); i++)
        if (wf_str_starts(sql, words[i]))
            snprintf(table, WF_PG_TABLE, "%.*s",
                     (int)strcspn(sql + strlen(words[i]), " ("),
                     sql + strlen(words[i]));
}

/* The server hears of it with its first run. */
bool wf_pg_prepare(struct wf_db *db, const char *sql, void **raw,
                   weft_error *err)
{
    struct wf_pg_stmt *stmt = wf_heap_new(sizeof *stmt);

    (void)err;
    stmt->db = db;
    stmt->sql = wf_pg_words(sql);
    stmt->is_effect = is_effect(sql);
    stmt->is_rescue = wf_str_starts(sql, "ROLLBACK");
    stmt->is_end = wf_streq(sql, "ROLLBACK");
    stmt->is_begin = wf_str_starts(sql, "BEGIN");
    stmt->is_commit = wf_streq(sql, "COMMIT");
    stmt->is_flush = wf_pg_is_flush(sql);
    table_of(stmt->sql, stmt->writes);
    stmt->n_params = wf_pg_count_params(sql);
    stmt->params =
        wf_heap_new(((size_t)stmt->n_params + 1) * sizeof *stmt->params);
    *raw = stmt;
    return true;
}

void wf_pg_finalize(void *raw)
{
    struct wf_pg_stmt *stmt = raw;
    struct wf_pg *pg = stmt->db->raw;

    if (pg) {
        wf_pg_ahead_leave(pg, stmt);
        wf_pg_leave(pg, stmt);
        if (stmt->is_prepared)
            wf_pg_drop(pg, stmt->name);
    }
    wf_pg_row_leave(stmt);
    PQclear(stmt->rows);
    free(stmt->asked);
    free(stmt->bytes.at);
    free(stmt->params);
    free(stmt->sql);
    free(stmt);
}

void wf_pg_reset(void *raw)
{
    struct wf_pg_stmt *stmt = raw;

    wf_pg_row_leave(stmt);
    if (!stmt->asked) { /* else they are for who asks next */
        PQclear(stmt->rows);
        stmt->rows = NULL;
        stmt->n_rows = 0;
    }
    stmt->has_run = false;
    stmt->bytes.n = 0;
    memset(stmt->params, 0, (size_t)stmt->n_params * sizeof *stmt->params);
}

/* --- Running. */

static bool answer(struct wf_db *db, struct wf_pg_stmt *stmt, weft_error *err)
{
    if (!wf_pg_ahead_take(db->raw, stmt))
        return wf_pg_send(db, stmt, err) && wf_pg_collect(db, err);
    db->n_statements--; /* which had counted as one before */
    return stmt->n_waiting == 0 || wf_pg_collect(db, err);
}

enum wf_fetch wf_pg_step(struct wf_db *db, void *raw, weft_error *err)
{
    struct wf_pg_stmt *stmt = raw;

    if (!stmt->has_run) {
        if (!answer(db, stmt, err))
            return WF_FETCH_ERROR;
        stmt->has_run = true;
    }
    wf_pg_row_leave(stmt);
    return ++stmt->row < stmt->n_rows ? WF_FETCH_ROW : WF_FETCH_DONE;
}

/* A rollback of the whole needs no answer: who uses the connection next hears
 * of it. */
bool wf_pg_run(struct wf_db *db, void *raw, weft_error *err)
{
    struct wf_pg_stmt *stmt = raw;
    const struct wf_pg *pg = db->raw;

    if (!wf_pg_send(db, stmt, err)
        || (stmt->is_commit && !wf_pg_settle(db, err)))
        return false;
    stmt->has_run = true;
    if (stmt->is_end) {
        wf_pg_sync(db);
        return true;
    }
    return (stmt->is_effect && (db->in_transaction || stmt->is_begin)
            && pg->sent.n < SENT_MAX)
           || wf_pg_collect(db, err);
}

/* If that fails, so does what comes next. */
int64_t wf_pg_changed(struct wf_db *db, void *raw)
{
    const struct wf_pg_stmt *stmt = raw;
    weft_error failure = WEFT_ERROR_INIT;

    if (stmt->n_waiting > 0 && !wf_pg_collect(db, &failure)) {
        if (db->failure.code == WEFT_OK)
            db->failure = failure;
        return 0;
    }
    return stmt->changed;
}

/* --- Parameters. */

static struct wf_pg_param *param(struct wf_pg_stmt *stmt, int n)
{
    assert(n >= 1 && n <= stmt->n_params);
    return &stmt->params[n - 1];
}

static void bind_bytes(struct wf_pg_stmt *stmt, int n, const void *data,
                       size_t len)
{
    struct wf_pg_param *p = param(stmt, n);

    if (stmt->bytes.cap - stmt->bytes.n < len + 1) {
        stmt->bytes.cap = 2 * stmt->bytes.cap + len + 64;
        stmt->bytes.at = realloc(stmt->bytes.at, stmt->bytes.cap);
        if (!stmt->bytes.at)
            wf_oom();
    }
    *p = (struct wf_pg_param){ true, false, stmt->bytes.n, len };
    if (len > 0)
        memcpy(stmt->bytes.at + p->at, data, len);
    stmt->bytes.at[p->at + len] = '\0';
    stmt->bytes.n += len + 1;
}

void wf_pg_bind_int(void *raw, int n, int64_t value)
{
    char text[32];
    int len = snprintf(text, sizeof text, "%" PRId64, value);

    bind_bytes(raw, n, text, (size_t)len);
}

void wf_pg_bind_real(void *raw, int n, double value)
{
    char text[40];
    int len = snprintf(text, sizeof text, "%.17g", value);

    bind_bytes(raw, n, text, (size_t)len);
}

void wf_pg_bind_text(void *raw, int n, const char *text, size_t len)
{
    bind_bytes(raw, n, text, len);
}

void wf_pg_bind_blob(void *raw, int n, const void *data, size_t len)
{
    bind_bytes(raw, n, data, len);
    param(raw, n)->is_blob = true;
}

void wf_pg_bind_null(void *raw, int n)
{
    *param(raw, n) = (struct wf_pg_param){ false, false, 0, 0 };
}
