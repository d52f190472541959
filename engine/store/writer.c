/* store/writer.c - the queue of those who write, and their threads: what waits
 * is taken, written, and only then said to be so.
 *
 * What one of them does with its work is hand.c's.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/writer.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/thread.h"
#include "store/hand.h"

enum {
    QUEUE_DEFAULT = 1024,
    BATCH_DEFAULT = 128,
    /* Whoever waits for a transaction waits for all of it, so there is little
     * patient work in one: so much beside others, or a part of what these are,
     * so that it gets on however many they are; and so much alone, for its
     * commit is waited for by who comes meanwhile. Where a batch is a single
     * work, one of so many is patient. */
    PATIENT_LEAST = 4,
    PATIENT_PART = 8,
    PATIENT_MOST = 32,
    OTHERS_MOST = 4
};

/* In the order in which they came. */
struct queue {
    struct wf_work *first, **last;
    size_t n;
};

struct wf_writer {
    struct wf_store *store;
    struct wf_writer_options options;
    struct wf_hand *hands; /* as many as the driver lets write at once */
    size_t n_hands;
    pthread_mutex_t lock;  /* of the rest */
    pthread_cond_t rested; /* nobody has anything to do */
    struct queue urgent, patient;
    size_t n_busy;
    unsigned n_turns; /* in which patient work waited */
    bool stopping;
    struct wf_writer_stats stats;
};

/* --- Taking, under the lock. */

static bool is_touched(const struct wf_writer *writer, int64_t key)
{
    for (size_t i = 0; key && i < writer->n_hands; i++) {
        if (writer->hands[i].touching == key)
            return true;
    }
    return false;
}

static void append(struct queue *queue, struct wf_work *work)
{
    work->next = NULL;
    *queue->last = work;
    queue->last = &work->next;
    queue->n++;
}

static void put_back(struct queue *queue, struct wf_work *work)
{
    work->next = queue->first;
    if (!queue->first)
        queue->last = &work->next;
    queue->first = work;
    queue->n++;
}

/* The oldest work that no other hand is in the way of. */
static struct wf_work *take_one(const struct wf_writer *writer,
                                struct queue *queue)
{
    struct wf_work **at = &queue->first, *work;

    while (*at && is_touched(writer, (*at)->touches))
        at = &(*at)->next;
    work = *at;
    if (!work)
        return NULL;
    *at = work->next;
    if (!*at)
        queue->last = at;
    queue->n--;
    return work;
}

/* Adds what waits in `queue` to the `n` works of a batch, up to `most`. */
static size_t take_from(struct wf_hand *hand, struct queue *queue, size_t n,
                        size_t most)
{
    struct wf_work *work;

    while (n < most && !(n > 0 && hand->batch[n - 1].work->is_long)
           && (work = take_one(hand->writer, queue)) != NULL)
        hand->batch[n++] = (struct wf_outcome){ work, WEFT_ERROR_INIT };
    return n;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t wf_hand_join(struct wf_hand *hand, size_t n_run, size_t n)
{
    struct wf_writer *writer = hand->writer;
    size_t most = writer->options.max_batch, joined = n, n_taken = n;

    if (n_run < PATIENT_LEAST)
        return n;
    pthread_mutex_lock(&writer->lock);
    if (writer->urgent.n > 0) {
        while (n > n_run)
            put_back(&writer->patient, hand->batch[--n].work);
        joined = take_from(hand, &writer->urgent, n, most);
        writer->stats.n_work += (int64_t)joined - (int64_t)n_taken;
    }
    pthread_mutex_unlock(&writer->lock);
    return joined;
}

/* Of hands that take one work at a time, each so many times. */
static bool is_turn_of_patient(struct wf_writer *writer, size_t most)
{
    if (most > 1 || !writer->patient.first)
        return false;
    return ++writer->n_turns % OTHERS_MOST == 0;
}

/* Of patient work, so much as may stand in a batch with others. */
static size_t patient_share(const struct wf_writer *writer)
{
    size_t most = writer->options.max_batch;
    size_t part = least(writer->urgent.n, most) / PATIENT_PART;
    size_t share = part > PATIENT_LEAST ? part : PATIENT_LEAST;

    return least(writer->patient.n, least(share, most / 2));
}

/* Where several may write, each takes one work: a conflict would throw away all
 * of a batch, and such a database gathers their commits. */
static size_t take_batch(struct wf_hand *hand)
{
    struct wf_writer *writer = hand->writer;
    size_t most = writer->options.max_batch;
    size_t kept = patient_share(writer);
    size_t n = 0, patient;

    if (!is_turn_of_patient(writer, most))
        n = take_from(hand, &writer->urgent, 0, most - kept);
    patient = least(most, n > 0 ? n + kept : PATIENT_MOST);
    n = take_from(hand, &writer->patient, n, patient);
    n = take_from(hand, &writer->urgent, n, most);
    if (n > 0 && writer->n_hands > 1)
        hand->touching = hand->batch[0].work->touches;
    writer->stats.n_work += (int64_t)n;
    writer->stats.n_batches += n > 0;
    return n;
}

/* The first who sleeps: so that few connections do what few can. */
static void wake_one(struct wf_writer *writer)
{
    size_t i = 0;

    while (i < writer->n_hands && !writer->hands[i].is_idle)
        i++;
    if (i == writer->n_hands)
        return;
    writer->hands[i].is_idle = false;
    pthread_cond_signal(&writer->hands[i].woken);
}

static bool anything_waits(const struct wf_writer *writer)
{
    return writer->urgent.first || writer->patient.first;
}

/* Waits for work and takes it; 0 once the writer stops and nothing waits. What
 * this hand was in the way of it takes first of all, and wakes another one only
 * for more than that. */
static size_t await_batch(struct wf_hand *hand)
{
    struct wf_writer *writer = hand->writer;
    size_t n;

    while ((n = take_batch(hand)) == 0
           && !(writer->stopping && !anything_waits(writer))) {
        hand->is_idle = true;
        while (hand->is_idle)
            pthread_cond_wait(&hand->woken, &writer->lock);
    }
    if (n > 0) {
        writer->n_busy++;
        if (anything_waits(writer))
            wake_one(writer);
    }
    return n;
}

static void count_batch(struct wf_hand *hand)
{
    struct wf_writer_stats *stats = &hand->writer->stats;

    stats->commit_us += hand->commit_us;
    stats->n_again += hand->n_again;
    stats->n_statements += hand->n_statements;
    stats->n_trips += hand->n_trips;
    stats->n_rows += hand->n_rows;
    stats->failing = hand->failing;
}

static void rest(struct wf_hand *hand)
{
    struct wf_writer *writer = hand->writer;

    hand->touching = 0;
    writer->n_busy--;
    if (writer->n_busy == 0 && !anything_waits(writer))
        pthread_cond_broadcast(&writer->rested);
}

/* --- The threads. */

static void *write_all(void *self)
{
    struct wf_hand *hand = self;
    struct wf_writer *writer = hand->writer;
    size_t n;

    pthread_mutex_lock(&writer->lock);
    while ((n = await_batch(hand)) > 0) {
        pthread_mutex_unlock(&writer->lock);
        n = wf_hand_write(hand, n);
        pthread_mutex_lock(&writer->lock);
        count_batch(hand);
        pthread_mutex_unlock(&writer->lock);
        for (size_t i = 0; i < n; i++) {
            const struct wf_outcome *o = &hand->batch[i];

            o->work->done(o->work, o->err.code == WEFT_OK ? NULL : &o->err);
        }
        pthread_mutex_lock(&writer->lock);
        rest(hand);
    }
    wake_one(writer); /* to its own end */
    pthread_mutex_unlock(&writer->lock);
    return NULL;
}

static void writer_free(struct wf_writer *writer)
{
    for (size_t i = 0; i < writer->n_hands; i++) {
        struct wf_hand *hand = &writer->hands[i];

        if (i > 0)
            wf_db_close(hand->db);
        pthread_cond_destroy(&hand->woken);
        free(hand->batch);
    }
    free(writer->hands);
    pthread_cond_destroy(&writer->rested);
    pthread_mutex_destroy(&writer->lock);
    free(writer);
}

static struct wf_writer *writer_new(struct wf_store *store,
                                    const struct wf_writer_options *options)
{
    struct wf_writer *writer = wf_heap_new(sizeof *writer);

    writer->store = store;
    writer->options = *options;
    if (!writer->options.max_queue)
        writer->options.max_queue = QUEUE_DEFAULT;
    if (!writer->options.max_batch)
        writer->options.max_batch = BATCH_DEFAULT;
    if (store->driver->n_writers > 1)
        writer->options.max_batch = 1;
    if (!writer->options.max_hands)
        writer->options.max_hands = store->driver->n_writers;
    writer->urgent.last = &writer->urgent.first;
    writer->patient.last = &writer->patient.first;
    writer->hands =
        wf_heap_new(store->driver->n_writers * sizeof *writer->hands);
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->rested, NULL);
    return writer;
}

static bool hand_start(struct wf_writer *writer)
{
    struct wf_hand *hand = &writer->hands[writer->n_hands];

    hand->writer = writer;
    hand->store = writer->store;
    hand->number = (unsigned)writer->n_hands;
    hand->db = writer->n_hands == 0 ? writer->store->writer : NULL;
    hand->batch = wf_heap_new(writer->options.max_batch * sizeof *hand->batch);
    pthread_cond_init(&hand->woken, NULL);
    if (wf_thread_start(&hand->thread, write_all, hand)) {
        writer->n_hands++;
        return true;
    }
    pthread_cond_destroy(&hand->woken);
    free(hand->batch);
    return false;
}

/* No hand takes anything before all are there. */
static bool start_all(struct wf_writer *writer)
{
    size_t most =
        least(writer->options.max_hands, writer->store->driver->n_writers);
    bool started = true;

    pthread_mutex_lock(&writer->lock);
    while (started && writer->n_hands < most)
        started = hand_start(writer);
    pthread_mutex_unlock(&writer->lock);
    return started;
}

bool wf_writer_start(struct wf_store *store,
                     const struct wf_writer_options *options,
                     struct wf_writer **out, weft_error *err)
{
    struct wf_writer *writer = writer_new(store, options);

    if (!start_all(writer)) {
        wf_writer_stop(writer);
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
    for (size_t i = 0; i < writer->n_hands; i++)
        wake_one(writer);
    pthread_mutex_unlock(&writer->lock);
    for (size_t i = 0; i < writer->n_hands; i++)
        pthread_join(writer->hands[i].thread, NULL);
    writer_free(writer);
}

void wf_writer_drain(struct wf_writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    while (anything_waits(writer) || writer->n_busy > 0)
        pthread_cond_wait(&writer->rested, &writer->lock);
    pthread_mutex_unlock(&writer->lock);
}

/* --- Handing work over. */

bool wf_writer_submit(struct wf_writer *writer, struct wf_work *work,
                      weft_error *err)
{
    bool taken;

    pthread_mutex_lock(&writer->lock);
    taken = !writer->stopping
            && (work->patient || writer->urgent.n < writer->options.max_queue);
    if (taken) {
        append(work->patient ? &writer->patient : &writer->urgent, work);
        wake_one(writer);
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

    bool ran;

    memcpy(err->lang, awaited->err->lang, sizeof err->lang);
    ran = awaited->carried->run(awaited->carried, db, err);
    work->touches = awaited->carried->touches;
    return ran;
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
    struct awaited awaited = { .work = { .run = awaited_run,
                                         .done = awaited_done,
                                         .touches = work->touches,
                                         .is_long = work->is_long,
                                         .patient = work->patient },
                               .carried = work,
                               .err = err };

    for (size_t i = 0; i < writer->n_hands; i++)
        assert(!pthread_equal(pthread_self(), writer->hands[i].thread));
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
    out->waiting = writer->urgent.n + writer->patient.n;
    pthread_mutex_unlock(&writer->lock);
}
