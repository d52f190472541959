/* store/writer.h - who writes: threads that take the work that waits, run it
 * in a transaction, and only after the commit say so.
 *
 * Where the database lets one write at a time, one thread takes all that waits,
 * runs each in a savepoint of one transaction and commits once. No timer
 * gathers work: while one batch commits, the next one queues, so batches grow
 * by themselves under load. Where it lets several, a few threads run each work
 * in a transaction of its own, and the whole again where another one was in
 * the way.
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
     * be called again from the start if the transaction has to be repeated: so
     * nothing outside the store happens here. */
    bool (*run)(struct wf_work *work, struct wf_db *db, weft_error *err);

    /* Called once, after the commit, or after the failure. `err` is NULL if
     * the work is kept. On a thread of the writer: may not block. May be NULL
     * for wf_writer_do(). */
    void (*done)(struct wf_work *work, const weft_error *err);

    /* What it will change and others too, such as the id of a document: two
     * works with the same one run one after the other. 0: nothing of the kind.
     * `run` may set it, for the next time that it is called. */
    int64_t touches;

    /* Nobody waits for it: what is not patient goes first, and joins a
     * transaction of patient work that is under way. */
    bool patient;

    /* It takes some milliseconds: nothing more joins its transaction. */
    bool is_long;

    struct wf_work *next; /* the queue's */
};

struct wf_writer;

struct wf_writer_options {
    size_t max_queue; /* work waiting, patient work apart; 0: 1024 */
    size_t max_batch; /* work in one transaction; 0: 128 */
    size_t max_hands; /* transactions that write at once, each of one work; 0:
                       * what the database lets */
};

/* Starts the threads on `store`, which must outlive them. */
WF_MUST_CHECK bool wf_writer_start(struct wf_store *store,
                                   const struct wf_writer_options *options,
                                   struct wf_writer **out, weft_error *err);

/* Takes no more work, finishes what waits, ends the threads. NULL allowed. */
void wf_writer_stop(struct wf_writer *writer);

/* Waits until nothing waits or runs. */
void wf_writer_drain(struct wf_writer *writer);

/* Hands `work` over, from any thread. Errors: WEFT_E_BUSY, the queue is full
 * or the writer is stopping; then `done` is not called. */
WF_MUST_CHECK bool wf_writer_submit(struct wf_writer *writer,
                                    struct wf_work *work, weft_error *err);

/* Submits and waits. Not from the writer's own threads. */
WF_MUST_CHECK bool wf_writer_do(struct wf_writer *writer, struct wf_work *work,
                                weft_error *err);

/* For /metrics and readiness. */
struct wf_writer_stats {
    int64_t n_work;
    int64_t n_batches;
    int64_t n_refused; /* WEFT_E_BUSY */
    int64_t n_again;   /* runs after another transaction was in the way */
    int64_t n_statements, n_trips; /* of the database: run, and waited for */
    int64_t n_rows;    /* written on PostgreSQL, locked until the commit */
    int64_t commit_us; /* time spent in COMMIT, all together */
    size_t waiting;
    bool failing; /* the last commit failed for disk or I/O */
};
void wf_writer_stats(struct wf_writer *writer, struct wf_writer_stats *out);

#endif
