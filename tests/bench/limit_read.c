/* bench/limit_read.c - one document, and a list of fifty, as JSON text.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limit.h"

const char SQL_DOCUMENT[] =
    "SELECT id, form, version, title, step, state, subject, creator, score,"
    " revision, created, updated, data FROM document WHERE id = ?1";
const char SQL_LIST[] =
    "SELECT d.id, d.form, d.version, d.title, d.step, d.state, p.login,"
    " p.name, d.score, d.created, d.updated FROM document d"
    " JOIN person p ON p.id = d.subject WHERE d.subject = ?1"
    " ORDER BY d.updated DESC LIMIT 50";

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

char *read_document(sqlite3_stmt *stmt, long long id, size_t *len)
{
    char *out = NULL;
    size_t size = 0;
    FILE *f;

    sqlite3_bind_int64(stmt, 1, id);
    if (sqlite3_step(stmt) == SQLITE_ROW && (f = open_memstream(&out, &size))) {
        fprintf(f,
                "{\"id\":\"%lld\",\"form\":\"%s\",\"version\":%d,"
                "\"title\":\"%s\",\"step\":\"%s\",\"state\":\"%s\","
                "\"subject\":\"%lld\",\"creator\":\"%lld\",\"score\":%.15g,"
                "\"created\":%lld,\"updated\":%lld,\"data\":%s}",
                sqlite3_column_int64(stmt, 0), text(stmt, 1),
                sqlite3_column_int(stmt, 2), text(stmt, 3), text(stmt, 4),
                text(stmt, 5), sqlite3_column_int64(stmt, 6),
                sqlite3_column_int64(stmt, 7), sqlite3_column_double(stmt, 8),
                sqlite3_column_int64(stmt, 10), sqlite3_column_int64(stmt, 11),
                text(stmt, 12));
        fclose(f);
    }
    sqlite3_reset(stmt);
    *len = size;
    return out;
}

char *read_list(sqlite3_stmt *stmt, long long subject, size_t *len)
{
    const char *comma = "";
    char *out = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&out, &size);

    fputs("{\"items\":[", f);
    sqlite3_bind_int64(stmt, 1, subject);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        fprintf(f,
                "%s{\"id\":\"%lld\",\"form\":\"%s\",\"version\":%d,"
                "\"title\":\"%s\",\"step\":\"%s\",\"state\":\"%s\","
                "\"subject\":{\"login\":\"%s\",\"name\":\"%s\"},"
                "\"score\":%.15g,\"created\":%lld,\"updated\":%lld}",
                comma, sqlite3_column_int64(stmt, 0), text(stmt, 1),
                sqlite3_column_int(stmt, 2), text(stmt, 3), text(stmt, 4),
                text(stmt, 5), text(stmt, 6), text(stmt, 7),
                sqlite3_column_double(stmt, 8), sqlite3_column_int64(stmt, 9),
                sqlite3_column_int64(stmt, 10));
        comma = ",";
    }
    sqlite3_reset(stmt);
    fputs("]}", f);
    fclose(f);
    *len = size;
    return out;
}
