/* store/sqlite_stmt.c - prepared statements of SQLite: parameters in, rows
 * out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* A statement, and why its last parameters could not be bound. */
struct prepared {
    sqlite3_stmt *stmt;
    int bind_rc;
};

/* `$1` is a name to SQLite, numbered by its first appearance; `?1` is a
 * number. Both are as long. What stands between quotes stays. */
static char *with_numbers(const char *sql)
{
    char *text = wf_heap_printf("%s", sql);
    char quote = 0;

    for (char *at = text; *at; at++) {
        if (quote)
            quote = *at == quote ? 0 : quote;
        else if (*at == '\'' || *at == '"')
            quote = *at;
        else if (*at == '$' && isdigit((unsigned char)at[1]))
            *at = '?';
    }
    return text;
}

bool wf_sqlite_prepare(struct wf_db *db, const char *sql, void **raw,
                       weft_error *err)
{
    struct prepared *prepared = wf_heap_new(sizeof *prepared);
    char *text = with_numbers(sql);
    int rc = sqlite3_prepare_v3(db->raw, text, -1, SQLITE_PREPARE_PERSISTENT,
                                &prepared->stmt, NULL);

    free(text);
    if (rc != SQLITE_OK) {
        free(prepared);
        return wf_sqlite_fail(db, db->raw, rc, err);
    }
    *raw = prepared;
    return true;
}

void wf_sqlite_finalize(void *raw)
{
    struct prepared *prepared = raw;

    sqlite3_finalize(prepared->stmt);
    free(prepared);
}

void wf_sqlite_reset(void *raw)
{
    struct prepared *prepared = raw;

    sqlite3_reset(prepared->stmt);
    sqlite3_clear_bindings(prepared->stmt);
    prepared->bind_rc = SQLITE_OK;
}

enum wf_fetch wf_sqlite_step(struct wf_db *db, void *raw, weft_error *err)
{
    struct prepared *prepared = raw;
    int rc = prepared->bind_rc;

    if (rc == SQLITE_OK)
        rc = sqlite3_step(prepared->stmt);
    if (rc == SQLITE_ROW)
        return WF_FETCH_ROW;
    if (rc == SQLITE_DONE)
        return WF_FETCH_DONE;
    wf_sqlite_fail(db, prepared->bind_rc ? NULL : db->raw, rc, err);
    return WF_FETCH_ERROR;
}

/* A number that the statement does not have is our own mistake. */
static void remember(struct prepared *prepared, int rc)
{
    assert(rc != SQLITE_RANGE && rc != SQLITE_MISUSE);
    if (rc != SQLITE_OK)
        prepared->bind_rc = rc;
}

void wf_sqlite_bind_int(void *raw, int n, int64_t value)
{
    struct prepared *prepared = raw;

    remember(prepared, sqlite3_bind_int64(prepared->stmt, n, value));
}

void wf_sqlite_bind_real(void *raw, int n, double value)
{
    struct prepared *prepared = raw;

    remember(prepared, sqlite3_bind_double(prepared->stmt, n, value));
}

void wf_sqlite_bind_text(void *raw, int n, const char *text, size_t len)
{
    struct prepared *prepared = raw;

    remember(prepared, sqlite3_bind_text64(prepared->stmt, n, text, len,
                                           SQLITE_STATIC, SQLITE_UTF8));
}

void wf_sqlite_bind_blob(void *raw, int n, const void *data, size_t len)
{
    struct prepared *prepared = raw;

    /* An empty blob is not NULL, wherever it lies. */
    remember(prepared, sqlite3_bind_blob64(prepared->stmt, n, data ? data : "",
                                           len, SQLITE_STATIC));
}

void wf_sqlite_bind_null(void *raw, int n)
{
    struct prepared *prepared = raw;

    remember(prepared, sqlite3_bind_null(prepared->stmt, n));
}

int64_t wf_sqlite_int(void *raw, int column)
{
    return sqlite3_column_int64(((struct prepared *)raw)->stmt, column);
}

double wf_sqlite_real(void *raw, int column)
{
    return sqlite3_column_double(((struct prepared *)raw)->stmt, column);
}

const char *wf_sqlite_text(void *raw, int column)
{
    return (const char *)sqlite3_column_text(((struct prepared *)raw)->stmt,
                                             column);
}

const void *wf_sqlite_blob(void *raw, int column, size_t *len)
{
    sqlite3_stmt *stmt = ((struct prepared *)raw)->stmt;
    const void *data = sqlite3_column_blob(stmt, column);

    *len = (size_t)sqlite3_column_bytes(stmt, column);
    return data;
}

bool wf_sqlite_is_null(void *raw, int column)
{
    return sqlite3_column_type(((struct prepared *)raw)->stmt, column)
           == SQLITE_NULL;
}

bool wf_sqlite_plan(struct wf_db *db, const char *sql, struct wf_arena *arena,
                    const char **out, weft_error *err)
{
    struct wf_buf lines = WF_BUF_INIT(arena);
    const char *explain = wf_arena_printf(arena, "EXPLAIN QUERY PLAN %s", sql);
    enum wf_fetch step;
    void *raw;

    if (!wf_sqlite_prepare(db, explain, &raw, err))
        return false;
    while ((step = wf_sqlite_step(db, raw, err)) == WF_FETCH_ROW)
        wf_buf_printf(&lines, "%s\n", wf_sqlite_text(raw, 3));
    wf_sqlite_finalize(raw);
    if (step == WF_FETCH_ERROR)
        return false;
    *out = wf_buf_text(&lines);
    return true;
}
