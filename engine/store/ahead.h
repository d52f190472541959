/* store/ahead.h - questions that are asked before their answers are wanted.
 *
 * Most of the time of a short transaction on PostgreSQL goes by with waiting:
 * each answer is a journey. Who knows what will be asked sends the questions
 * first; whoever asks them then, as ever, finds that the answers have come
 * together. An answer is taken in the same transaction, and as long as no
 * statement has changed a table that the question names. Where an answer costs
 * no wait, nothing is asked ahead.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_AHEAD_H
#define WF_STORE_AHEAD_H

#include "store/db.h"

/* Whether it saves something to ask ahead now. */
bool wf_db_asks_ahead(const struct wf_db *db);

/* Sends what is bound, and ends the lease: the next lease of the same statement
 * with the same parameters has the answer. */
WF_MUST_CHECK bool wf_stmt_ahead(struct wf_stmt *stmt, weft_error *err);

/* All of it for a constant whose one parameter is `id`, if that saves
 * something. */
WF_MUST_CHECK bool wf_ask_ahead(struct wf_db *db, const char *sql, int64_t id,
                                weft_error *err);

/* For wf_generation_get() of a connection that writes. */
WF_MUST_CHECK bool wf_generation_ahead(struct wf_db *db, const char *what,
                                       weft_error *err);

#endif
