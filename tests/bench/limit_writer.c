/* bench/limit_writer.c - documents stored in batches, with the rows that the
 * engine stores for them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "limit.h"

enum {
    BATCH_MAX = 128
};

static const char SQL_DOC[] =
    "INSERT INTO document (id, form, family, version, title, step, state,"
    " subject, creator, period, score, revision, walk, flow, uniq, created,"
    " updated, data) VALUES (?1, 'bench', 'bench', 1, 'Benchmark', 'draft',"
    " 'open', ?2, ?2, '2026-Q4', 86.5, 1, 0, '{}', NULL, ?3, ?3, ?4)";
static const char SQL_INDEX[] =
    "INSERT INTO field_index (document, form, field, row, num, text)"
    " VALUES (?1, 'bench', ?2, 0, ?3, ?4)";
static const char SQL_SEAT[] =
    "INSERT INTO seat (id, document, form, step, walk, place, person, source,"
    " state, made) VALUES (?1, ?2, 'bench', 'draft', 0, 1, ?3, 'rule', 'open',"
    " ?4)";
static const char SQL_EVENT[] =
    "INSERT INTO event (lane, seq, document, at, actor, kind, step, payload,"
    " salt, digest, hash) SELECT 1, n + 1, ?1, ?2, ?3, 'create', 'draft', ?4,"
    " ?5, ?6, ?6 FROM lane WHERE id = 1";
static const char SQL_LANE[] =
    "UPDATE lane SET head = ?1, n = n + 1 WHERE id = 1";

struct writer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct request *first, **last;
    bool stop;
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *doc, *index, *seat, *event, *lane;
    sqlite3_stmt *save, *release;
    long long next_id, person;
};

static bool run(sqlite3_stmt *stmt)
{
    int rc = sqlite3_step(stmt);

    sqlite3_reset(stmt);
    return rc == SQLITE_DONE;
}

static bool add_index(struct writer *w, long long id, const char *field,
                      double num, const char *text)
{
    sqlite3_bind_int64(w->index, 1, id);
    sqlite3_bind_text(w->index, 2, field, -1, SQLITE_STATIC);
    if (text) {
        sqlite3_bind_null(w->index, 3);
        sqlite3_bind_text(w->index, 4, text, -1, SQLITE_STATIC);
    } else {
        sqlite3_bind_double(w->index, 3, num);
        sqlite3_bind_null(w->index, 4);
    }
    return run(w->index);
}

static bool add_event(struct writer *w, const struct request *r, long long now)
{
    static const unsigned char hash[32] = { 1 };

    sqlite3_bind_int64(w->event, 1, r->id);
    sqlite3_bind_int64(w->event, 2, now);
    sqlite3_bind_int64(w->event, 3, w->person);
    sqlite3_bind_text(w->event, 4, r->data, -1, SQLITE_STATIC);
    sqlite3_bind_blob(w->event, 5, hash, 16, SQLITE_STATIC);
    sqlite3_bind_blob(w->event, 6, hash, 32, SQLITE_STATIC);
    sqlite3_bind_blob(w->lane, 1, hash, 32, SQLITE_STATIC);
    return run(w->event) && run(w->lane);
}

static bool store(struct writer *w, struct request *r, long long now)
{
    char person[32];

    snprintf(person, sizeof person, "%lld", w->person);
    r->id = w->next_id++;
    sqlite3_bind_int64(w->doc, 1, r->id);
    sqlite3_bind_int64(w->doc, 2, w->person);
    sqlite3_bind_int64(w->doc, 3, now);
    sqlite3_bind_text(w->doc, 4, r->data, -1, SQLITE_STATIC);
    sqlite3_bind_int64(w->seat, 1, w->next_id++);
    sqlite3_bind_int64(w->seat, 2, r->id);
    sqlite3_bind_int64(w->seat, 3, w->person);
    sqlite3_bind_int64(w->seat, 4, now);
    return run(w->save) && run(w->doc)
           && add_index(w, r->id, "owner", 0, person)
           && add_index(w, r->id, "period", 0, "2026-Q4")
           && add_index(w, r->id, "total", 86.5, NULL) && run(w->seat)
           && add_event(w, r, now) && run(w->release);
}

static long long now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_REALTIME, &ts);
    return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Takes up to BATCH_MAX requests; NULL when it is time to stop. */
static struct request *take(struct writer *w)
{
    struct request *batch, *end;

    pthread_mutex_lock(&w->lock);
    while (!w->first && !w->stop)
        pthread_cond_wait(&w->wake, &w->lock);
    batch = end = w->first;
    for (int n = 1; end && end->next && n < BATCH_MAX; n++)
        end = end->next;
    if (end) {
        w->first = end->next;
        end->next = NULL;
        if (!w->first)
            w->last = &w->first;
    }
    pthread_mutex_unlock(&w->lock);
    return batch;
}

static void *work(void *self)
{
    struct writer *w = self;
    struct request *batch;

    while ((batch = take(w))) {
        bool ok = run(w->begin);

        for (struct request *r = batch; ok && r; r = r->next)
            ok = store(w, r, now_ms());
        ok = ok && run(w->commit);
        while (batch) {
            struct request *r = batch;

            batch = r->next;
            r->failed = !ok;
            r->done = true;
            MHD_resume_connection(r->connection);
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
    w->save = limit_prepare(w->db, "SAVEPOINT one");
    w->release = limit_prepare(w->db, "RELEASE one");
    w->doc = limit_prepare(w->db, SQL_DOC);
    w->index = limit_prepare(w->db, SQL_INDEX);
    w->seat = limit_prepare(w->db, SQL_SEAT);
    w->event = limit_prepare(w->db, SQL_EVENT);
    w->lane = limit_prepare(w->db, SQL_LANE);
    w->next_id = ask(w->db, "SELECT max(id) FROM (SELECT max(id) AS id FROM"
                            " document UNION ALL SELECT max(id) FROM seat)")
                 + 1;
    w->person = ask(w->db, "SELECT subject FROM document ORDER BY id LIMIT 1");
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

void writer_stop(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
}
