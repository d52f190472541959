/* store/hand.h - one of those who write: a thread's connection, and what it
 * does with the work that it took.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_HAND_H
#define WF_STORE_HAND_H

#include "store/driver.h"
#include "store/writer.h"

/* A work of a batch and what became of it. */
struct wf_outcome {
    struct wf_work *work;
    weft_error err; /* WEFT_OK: it is kept */
};

struct wf_hand {
    struct wf_writer *writer;
    struct wf_store *store;
    struct wf_db *db; /* NULL before its first batch, but for hand 0 */
    unsigned number;
    struct wf_outcome *batch;
    int64_t touching; /* what its work names; under the writer's lock */
    bool is_idle;     /* under the same */
    bool failing;     /* its last batch failed for disk or I/O */
    int64_t commit_us, n_again;            /* of its last batch */
    int64_t n_statements, n_trips, n_rows; /* the same; see writer.h */
    pthread_t thread;
    pthread_cond_t woken;
};

/* Of a hand that has run the first `n_run` of the `n` works of its batch, the
 * last of them patient: if others have come meanwhile they take the place of
 * the patient ones that have not run, which wait on. The new `n`. */
size_t wf_hand_join(struct wf_hand *hand, size_t n_run, size_t n);

/* Runs the first `n` of the batch, and who joins them, each to its own outcome.
 * What did not fail is on the disk, or nothing is. How many they were. */
size_t wf_hand_write(struct wf_hand *hand, size_t n);

#endif
