/* bench/limit.h - the bare program that the engine is measured against: the
 * same rows, read and written by libmicrohttpd, jansson and SQLite alone.
 *
 * It has no rights, no formulas, no hooks and no checks; what it reaches is
 * the limit of these libraries on this machine.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_LIMIT_H
#define BENCH_LIMIT_H

#include <jansson.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

/* One request, from its first byte to its answer. */
struct request {
    struct MHD_Connection *connection;
    char *body;
    size_t len, cap;
    char *data; /* the document's data as text, to be stored */
    long long id;
    bool done; /* by the writer: the answer can be given */
    bool failed;
    struct request *next;
};

/* The only one who writes: a queue, batches, one commit each. Runs until the
 * process ends. */
struct writer;
struct writer *writer_start(const char *path);
void writer_submit(struct writer *writer, struct request *request);

/* Opens a connection as the engine does; ends the process on failure. */
sqlite3 *limit_open(const char *path, bool readonly);
sqlite3_stmt *limit_prepare(sqlite3 *db, const char *sql);

/* Reads: an answer's text, to be freed; empty if there is no such row. */
char *read_document(sqlite3_stmt *stmt, long long id, size_t *len);
char *read_list(sqlite3_stmt *stmt, long long subject, size_t *len);
extern const char SQL_DOCUMENT[];
extern const char SQL_LIST[];

#endif
