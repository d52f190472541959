/* store/writer.c - the thread that writes: takes what waits, commits once, and
 * only then says so.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/writer.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/thread.h"
#include "store/driver.h"

enum {
    QUEUE_DEFAULT = 1024,
    BATCH_DEFAULT = 128
};

/* A work of the batch and what became of it. */
struct outcome {
    struct wf_work *work;
    weft_error err; /* WEFT_OK: kept, if the commit succeeds */
};

struct wf_writer {
    struct wf_store *store;
    struct wf_writer_options options;
    struct outcome *batch; /* of the thread alone; max_batch */
    pthread_t thread;
    pthread_mutex_t lock; /* of the rest */
    pthread_cond_t arrived;
    struct wf_work *first; /* the queue */
    struct wf_work **last;
    bool stopping;
    struct wf_writer_stats stats;
};

/* --- The batch. */

static int64_t monotonic_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Runs `work` so that it can be undone alone. */
static bool run_in_savepoint(struct wf_work *work, struct wf_db *db,
                             weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;

    return wf_save_begin(db, &save, err) && work->run(work, db, err)
           && wf_save_keep(&save, err);
}

/* Marks all that would have been kept with the failure of the batch. */
static void fail_rest(struct wf_writer *writer, size_t n,
                      const weft_error *failure)
{
    for (size_t i = 0; i < n; i++) {
        if (writer->batch[i].err.code == WEFT_OK)
            wf_fail_as(&writer->batch[i].err, failure);
    }
}

/* Runs the works of the batch, each to its own outcome; `*any` if one is to be
 * kept. False if a failure, such as a full disk, is that of all. A work alone
 * needs no savepoint: the transaction is one. */
static bool run_all(struct wf_writer *writer, size_t n, bool *any,
                    weft_error *err)
{
    struct wf_db *db = writer->store->writer;

    for (size_t i = 0; i < n; i++) {
        struct outcome *o = &writer->batch[i];
        bool kept = n == 1 ? o->work->run(o->work, db, &o->err)
                           : run_in_savepoint(o->work, db, &o->err);

        *any = *any || kept;
        if (kept)
            o->err.code = WEFT_OK;
        else if (o->err.code == WEFT_OK)
            wf_fail(&o->err, WEFT_E_INTERNAL,
                    "A command failed without a reason. This is a mistake in "
                    "Weft; please report it.");
        if (db->failure.code != WEFT_OK)
            return wf_fail_as(err, &db->failure);
    }
    return true;
}

static bool commit(struct wf_writer *writer, weft_error *err)
{
    int64_t start = monotonic_us();
    bool committed = wf_db_commit(writer->store->writer, err);

    pthread_mutex_lock(&writer->lock);
    writer->stats.commit_us += monotonic_us() - start;
    pthread_mutex_unlock(&writer->lock);
    return committed;
}

/* Everything of the batch that did not fail is on the disk, or nothing. */
static bool write_batch(struct wf_writer *writer, size_t n, weft_error *err)
{
    struct wf_db *db = writer->store->writer;
    bool any = false;

    if (!wf_db_begin(db, err))
        return false;
    if (run_all(writer, n, &any, err) && any)
        return commit(writer, err);
    wf_db_rollback(db);
    return err->code == WEFT_OK;
}

static void run_batch(struct wf_writer *writer, size_t n)
{
    weft_error err = WEFT_ERROR_INIT;

    if (!write_batch(writer, n, &err))
        fail_rest(writer, n, &err);
    pthread_mutex_lock(&writer->lock);
    writer->stats.failing = err.code == WEFT_E_FULL || err.code == WEFT_E_STORE;
    pthread_mutex_unlock(&writer->lock);
    for (size_t i = 0; i < n; i++) {
        const struct outcome *o = &writer->batch[i];

        o->work->done(o->work, o->err.code == WEFT_OK ? NULL : &o->err);
    }
}

/* --- The thread. */

/* Waits for work and takes it; 0 once the writer stops and nothing waits. */
static size_t take_batch(struct wf_writer *writer)
{
    size_t n = 0;

    pthread_mutex_lock(&writer->lock);
    while (!writer->first && !writer->stopping)
        pthread_cond_wait(&writer->arrived, &writer->lock);
    while (writer->first && n < writer->options.max_batch) {
        struct outcome *o = &writer->batch[n++];

        o->work = writer->first;
        o->err = (weft_error)WEFT_ERROR_INIT;
        writer->first = o->work->next;
    }
    if (!writer->first)
        writer->last = &writer->first;
    writer->stats.waiting -= n;
    writer->stats.n_work += (int64_t)n;
    writer->stats.n_batches += n > 0;
    pthread_mutex_unlock(&writer->lock);
    return n;
}

static void *write_all(void *self)
{
    struct wf_writer *writer = self;
    size_t n;

    while ((n = take_batch(writer)) > 0)
        run_batch(writer, n);
    return NULL;
}

static void writer_free(struct wf_writer *writer)
{
    pthread_cond_destroy(&writer->arrived);
    pthread_mutex_destroy(&writer->lock);
    free(writer->batch);
    free(writer);
}

bool wf_writer_start(struct wf_store *store,
                     const struct wf_writer_options *options,
                     struct wf_writer **out, weft_error *err)
{
    struct wf_writer *writer = wf_heap_new(sizeof *writer);

    writer->store = store;
    writer->options = *options;
    if (!writer->options.max_queue)
        writer->options.max_queue = QUEUE_DEFAULT;
    if (!writer->options.max_batch)
        writer->options.max_batch = BATCH_DEFAULT;
    writer->batch =
        wf_heap_new(writer->options.max_batch * sizeof *writer->batch);
    writer->last = &writer->first;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->arrived, NULL);
    if (!wf_thread_start(&writer->thread, write_all, writer)) {
        writer_free(writer);
        return wf_fail(err, WEFT_E_BUSY,
                       "This machine starts no more threads.");
    }
    *out = writer;
    return true;
}

void wf_writer_stop(struct wf_writer *writer)
{
    if (!writer)
        return;
    pthread_mutex_lock(&writer->lock);
    writer->stopping = true;
    pthread_cond_signal(&writer->arrived);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    writer_free(writer);
}

/* --- Handing work over. */

bool wf_writer_submit(struct wf_writer *writer, struct wf_work *work,
                      weft_error *err)
{
    bool taken;

    pthread_mutex_lock(&writer->lock);
    taken =
        !writer->stopping && writer->stats.waiting < writer->options.max_queue;
    if (taken) {
        work->next = NULL;
        *writer->last = work;
        writer->last = &work->next;
        writer->stats.waiting++;
        pthread_cond_signal(&writer->arrived);
    } else {
        writer->stats.n_refused++;
    }
    pthread_mutex_unlock(&writer->lock);
    if (taken)
        return true;
    wf_fail(err, WEFT_E_BUSY,
            "There is more to write than can be written. Try again.");
    err->retry_after_s = 1;
    return false;
}

/* A work that somebody waits for. It stands in for the one it carries, so that
 * the carried one's own `done` is called all the same. */
struct awaited {
    struct wf_work work;
    struct wf_work *carried;
    weft_error *err;
    bool kept;
    bool finished;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

static bool awaited_run(struct wf_work *work, struct wf_db *db, weft_error *err)
{
    struct awaited *awaited = (struct awaited *)work;

    memcpy(err->lang, awaited->err->lang, sizeof err->lang);
    return awaited->carried->run(awaited->carried, db, err);
}

static void awaited_done(struct wf_work *work, const weft_error *err)
{
    struct awaited *awaited = (struct awaited *)work;

    if (awaited->carried->done)
        awaited->carried->done(awaited->carried, err);
    pthread_mutex_lock(&awaited->lock);
    awaited->kept = !err;
    if (err)
        wf_fail_as(awaited->err, err);
    awaited->finished = true;
    pthread_cond_signal(&awaited->changed);
    pthread_mutex_unlock(&awaited->lock);
}

bool wf_writer_do(struct wf_writer *writer, struct wf_work *work,
                  weft_error *err)
{
    struct awaited awaited = { .work = { awaited_run, awaited_done, NULL },
                               .carried = work,
                               .err = err };

    assert(!pthread_equal(pthread_self(), writer->thread));
    pthread_mutex_init(&awaited.lock, NULL);
    pthread_cond_init(&awaited.changed, NULL);
    if (wf_writer_submit(writer, &awaited.work, err)) {
        pthread_mutex_lock(&awaited.lock);
        while (!awaited.finished)
            pthread_cond_wait(&awaited.changed, &awaited.lock);
        pthread_mutex_unlock(&awaited.lock);
    }
    pthread_cond_destroy(&awaited.changed);
    pthread_mutex_destroy(&awaited.lock);
    return awaited.kept;
}

void wf_writer_stats(struct wf_writer *writer, struct wf_writer_stats *out)
{
    pthread_mutex_lock(&writer->lock);
    *out = writer->stats;
    pthread_mutex_unlock(&writer->lock);
}
