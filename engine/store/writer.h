/* store/writer.h - the only one who writes: a thread that takes all work that
 * waits, runs each in a savepoint of one transaction, commits once, and only
 * then says so.
 *
 * No timer gathers work: while one batch commits, the next one queues, so
 * batches grow by themselves under load.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_WRITER_H
#define WF_STORE_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include <weft/error.h>

#include "store/db.h"

/* One command. Belongs to its submitter until submitted, to the writer until
 * `done` is called, then to its submitter again. */
struct wf_work {
    /* Runs inside a transaction. False with `err` filled undoes it alone. May
     * be called again from the start if the transaction has to be repeated. */
    bool (*run)(struct wf_work *work, struct wf_db *db, weft_error *err);

    /* Called once, after the commit, or after the failure. `err` is NULL if
     * the work is kept. On the writer's thread: may not block. May be NULL for
     * wf_writer_do(). */
    void (*done)(struct wf_work *work, const weft_error *err);

    struct wf_work *next; /* the queue's */
};

struct wf_writer;

struct wf_writer_options {
    size_t max_queue; /* work waiting; 0: 1024 */
    size_t max_batch; /* work in one transaction; 0: 128 */
};

/* Starts the thread on `store`, which must outlive it. */
WF_MUST_CHECK bool wf_writer_start(struct wf_store *store,
                                   const struct wf_writer_options *options,
                                   struct wf_writer **out, weft_error *err);

/* Takes no more work, finishes what waits, ends the thread. NULL allowed. */
void wf_writer_stop(struct wf_writer *writer);

/* Hands `work` over, from any thread. Errors: WEFT_E_BUSY, the queue is full
 * or the writer is stopping; then `done` is not called. */
WF_MUST_CHECK bool wf_writer_submit(struct wf_writer *writer,
                                    struct wf_work *work, weft_error *err);

/* Submits and waits. Not from the writer's own thread. */
WF_MUST_CHECK bool wf_writer_do(struct wf_writer *writer, struct wf_work *work,
                                weft_error *err);

/* For /metrics and readiness. */
struct wf_writer_stats {
    int64_t n_work;
    int64_t n_batches;
    int64_t n_refused; /* WEFT_E_BUSY */
    int64_t commit_us; /* time spent in COMMIT, all together */
    size_t waiting;
    bool failing; /* the last commit failed for disk or I/O */
};
void wf_writer_stats(struct wf_writer *writer, struct wf_writer_stats *out);

#endif
