/* store/memo.h - what a connection that reads remembers of what it read.
 *
 * As long as nobody commits, the same question has the same answer, and most
 * of a day nobody does. A connection knows the state of the store that its
 * snapshot shows by a number, where the database has one; what it remembers
 * holds for that state alone. So nothing is ever taken out by hand, and what
 * another process commits counts like our own commits.
 *
 * For answers of some bytes that are asked for all the time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_MEMO_H
#define WF_STORE_MEMO_H

#include "store/db.h"

enum {
    WF_MEMO_KEY = 32,
    WF_MEMO_VALUE = 80
};

/* What was asked: the statement, as its constant text, and its parameter. What
 * is found rests on what the statement does (ground.h). */
struct wf_memo_key {
    const char *sql;
    const void *parameter; /* NULL: none */
    size_t len;            /* of it; at most WF_MEMO_KEY */
    int64_t document;      /* whose rows the statement reads; 0: of none */
};

/* True, and `value` filled with its `size` bytes, if the answer to `key` is
 * known for the state that this transaction sees. False on connections that
 * write, and where the database does not tell its state. */
WF_MUST_CHECK bool wf_memo_find(struct wf_db *db, const struct wf_memo_key *key,
                                void *value, size_t size);

/* Remembers the answer, of at most WF_MEMO_VALUE bytes. */
void wf_memo_keep(struct wf_db *db, const struct wf_memo_key *key,
                  const void *value, size_t size);

/* What a connection knows because nobody else writes it, as the end of the lane
 * of the history that it alone writes (wf_db_lane()): `what` is a constant, one
 * for a connection. Kept in a transaction, it is known in that one and in those
 * after it, until something is undone or the connection made anew. Never known
 * where other processes write the same. */
WF_MUST_CHECK bool wf_own_find(const struct wf_db *db, const char *what,
                               void *value, size_t size);
void wf_own_keep(struct wf_db *db, const char *what, const void *value,
                 size_t size);
/* Inside the store: something is undone. */
void wf_own_forget(struct wf_db *db);

/* Inside the store: with the connection. */
struct wf_memo;
void wf_memo_free(struct wf_memo *memo);

#endif
