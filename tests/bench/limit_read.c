/* bench/limit_read.c - one document, and a list of fifty, as JSON text.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limit.h"

#define COLUMNS                                                                \
    "SELECT d.id, d.form, d.version, d.title, d.step, d.state, p.login,"       \
    " p.name, d.created, d.updated, d.score"
const char SQL_DOCUMENT[] =
    COLUMNS ", d.data FROM document d JOIN person p ON p.id = d.subject"
            " WHERE d.id = ?1";
const char SQL_LIST[] =
    COLUMNS " FROM document d JOIN person p ON p.id = d.subject"
            " WHERE d.subject = ?1 ORDER BY d.updated DESC LIMIT 50";

sqlite3 *limit_open(const char *path, bool readonly)
{
    int flags = SQLITE_OPEN_NOMUTEX
                | (readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    sqlite3 *db;

    if (sqlite3_open_v2(path, &db, flags, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(db));
        exit(1);
    }
    sqlite3_exec(db,
                 "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                 "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=1073741824;"
                 "PRAGMA wal_autocheckpoint=1000; PRAGMA busy_timeout=5000",
                 NULL, NULL, NULL);
    return db;
}

sqlite3_stmt *limit_prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt;

    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL)
        != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
        exit(1);
    }
    return stmt;
}

static const char *text(sqlite3_stmt *stmt, int column)
{
    const unsigned char *t = sqlite3_column_text(stmt, column);

    return t ? (const char *)t : "";
}

/* Text that grows. */
struct out {
    char *at;
    size_t len, cap;
};

static void put_n(struct out *out, const char *t, size_t len)
{
    if (out->cap - out->len <= len) {
        out->cap = (out->cap + len) * 2;
        out->at = realloc(out->at, out->cap);
    }
    memcpy(out->at + out->len, t, len);
    out->len += len;
}

static void put(struct out *out, const char *t)
{
    put_n(out, t, strlen(t));
}

static void put_text(struct out *out, const char *key, sqlite3_stmt *stmt,
                     int column)
{
    put(out, key);
    put_n(out, text(stmt, column), (size_t)sqlite3_column_bytes(stmt, column));
}

static void put_int(struct out *out, const char *key, long long n)
{
    char digits[24];
    char *at = digits + sizeof digits;

    put(out, key);
    do
        *--at = (char)('0' + n % 10);
    while (n /= 10);
    put_n(out, at, (size_t)(digits + sizeof digits - at));
}

/* The columns that both answers begin with. */
static void put_head(struct out *out, sqlite3_stmt *stmt)
{
    put_int(out, "{\"id\":\"", sqlite3_column_int64(stmt, 0));
    put_text(out, "\",\"form\":\"", stmt, 1);
    put_int(out, "\",\"version\":", sqlite3_column_int64(stmt, 2));
    put_text(out, ",\"title\":\"", stmt, 3);
    put_text(out, "\",\"step\":\"", stmt, 4);
    put_text(out, "\",\"state\":\"", stmt, 5);
    put_text(out, "\",\"subject\":{\"login\":\"", stmt, 6);
    put_text(out, "\",\"name\":\"", stmt, 7);
    put_int(out, "\"},\"created\":", sqlite3_column_int64(stmt, 8));
    put_int(out, ",\"updated\":", sqlite3_column_int64(stmt, 9));
    put_int(out, ",\"score\":", sqlite3_column_int64(stmt, 10));
}

char *read_document(sqlite3_stmt *stmt, long long id, size_t *len)
{
    struct out out = { malloc(4096), 0, 4096 };

    sqlite3_bind_int64(stmt, 1, id);
    if (sqlite3_step(stmt) == SQLITE_ROW) {
        put_head(&out, stmt);
        put_text(&out, ",\"data\":", stmt, 11);
        put(&out, "}");
    }
    sqlite3_reset(stmt);
    *len = out.len;
    return out.at;
}

char *read_list(sqlite3_stmt *stmt, long long subject, size_t *len)
{
    struct out out = { malloc(16384), 0, 16384 };
    const char *comma = "{\"items\":[";

    sqlite3_bind_int64(stmt, 1, subject);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        put(&out, comma);
        put_head(&out, stmt);
        put(&out, "}");
        comma = ",";
    }
    sqlite3_reset(stmt);
    put(&out, "]}");
    *len = out.len;
    return out.at;
}
