/* bench/limit_writer.c - documents stored in batches, with the rows that the
 * engine stores for them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "limit_rows.h"

enum {
    BATCH_MAX = 128
};

static const char SQL_INDEX[] = "INSERT INTO search_index (rowid, tokens)"
                                " SELECT id, tokens FROM search WHERE id >= ?1";
static const char SQL_LANE[] = "UPDATE lane SET n = ?1 WHERE id = 1";

struct writer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct request *first, **last;
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *index, *lane;
    struct rows rows;
    long long next_id, next_entry, n_events;
};

static bool run(sqlite3_stmt *stmt)
{
    int rc = sqlite3_step(stmt);

    sqlite3_reset(stmt);
    return rc == SQLITE_DONE;
}

/* Entries of full text have small ids of their own. */
static long long id_for(struct writer *w, const struct row *row,
                        const struct request *r)
{
    if (row->data)
        return r->id;
    return row->time ? w->next_id++ : w->next_entry++;
}

static bool store(struct writer *w, struct request *r, long long now)
{
    r->id = w->next_id++;
    for (int i = 0; i < w->rows.n; i++) {
        const struct row *row = &w->rows.at[i];

        if (row->id)
            sqlite3_bind_int64(row->insert, row->id, id_for(w, row, r));
        if (row->document)
            sqlite3_bind_int64(row->insert, row->document, r->id);
        if (row->data)
            sqlite3_bind_text(row->insert, row->data, r->data, -1,
                              SQLITE_STATIC);
        if (row->time)
            sqlite3_bind_int64(row->insert, row->time, now);
        if (row->seq)
            sqlite3_bind_int64(row->insert, row->seq, ++w->n_events);
        if (!run(row->insert))
            return false;
    }
    return true;
}

static long long now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_REALTIME, &ts);
    return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Waits for requests and takes up to BATCH_MAX of them. */
static struct request *take(struct writer *w)
{
    struct request *batch, *end;

    pthread_mutex_lock(&w->lock);
    while (!w->first)
        pthread_cond_wait(&w->wake, &w->lock);
    batch = end = w->first;
    for (int n = 1; end->next && n < BATCH_MAX; n++)
        end = end->next;
    w->first = end->next;
    end->next = NULL;
    if (!w->first)
        w->last = &w->first;
    pthread_mutex_unlock(&w->lock);
    return batch;
}

/* The head of the history and the index of full text once for all. */
static bool store_all(struct writer *w, struct request *batch)
{
    long long now = now_ms();

    sqlite3_bind_int64(w->index, 1, w->next_entry);
    if (!run(w->begin))
        return false;
    for (struct request *r = batch; r; r = r->next)
        if (!store(w, r, now))
            return false;
    sqlite3_bind_int64(w->lane, 1, w->n_events);
    return run(w->index) && run(w->lane) && run(w->commit);
}

static void *work(void *self)
{
    struct writer *w = self;

    for (;;) {
        struct request *batch = take(w);
        bool ok = store_all(w, batch);

        while (batch) {
            struct request *r = batch;

            batch = r->next;
            r->failed = !ok;
            r->done = true;
            MHD_resume_connection(r->connection);
        }
        if (!ok) {
            fprintf(stderr, "%s\n", sqlite3_errmsg(w->db));
            sqlite3_exec(w->db, "ROLLBACK", NULL, NULL, NULL);
        }
    }
    return NULL;
}

static long long ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = limit_prepare(db, sql);
    long long n =
        sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;

    sqlite3_finalize(stmt);
    return n;
}

struct writer *writer_start(const char *path)
{
    struct writer *w = calloc(1, sizeof *w);

    w->db = limit_open(path, false);
    w->begin = limit_prepare(w->db, "BEGIN IMMEDIATE");
    w->commit = limit_prepare(w->db, "COMMIT");
    w->index = limit_prepare(w->db, SQL_INDEX);
    w->lane = limit_prepare(w->db, SQL_LANE);
    rows_load(&w->rows, w->db);
    w->next_id = 1 + ask(w->db, "SELECT max(id) FROM seat");
    w->next_entry = 1 + ask(w->db, "SELECT max(id) FROM search");
    w->n_events = ask(w->db, "SELECT n FROM lane WHERE id = 1");
    w->last = &w->first;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    pthread_create(&w->thread, NULL, work, w);
    return w;
}

void writer_submit(struct writer *w, struct request *request)
{
    pthread_mutex_lock(&w->lock);
    request->next = NULL;
    *w->last = request;
    w->last = &request->next;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
}
