/* store/search.h - full text: which documents have these words, and in which
 * field.
 *
 * The table `search` has one entry for each document and field, so that a
 * search looks into no field that the asker may not see. Texts are cut into
 * tokens by base/text.h before they come here, both those that are kept and
 * those that are asked for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_SEARCH_H
#define WF_STORE_SEARCH_H

#include "store/query.h"

/* Makes `tokens`, separated by one space, the entry of `document` and `field`.
 * No tokens: no entry. It is found by its words once it is committed. */
WF_MUST_CHECK bool wf_search_set(struct wf_db *db, int64_t document,
                                 const char *field, const char *tokens,
                                 weft_error *err);

/* Forgets all entries of `document`. */
WF_MUST_CHECK bool wf_search_remove(struct wf_db *db, int64_t document,
                                    weft_error *err);

/* What is removed is found no more at once, but stands in the index of SQLite
 * until this has gone through all of it, in pieces of some milliseconds, each
 * in a transaction: `begun` from the second on, as long as *more. PostgreSQL
 * vacuums by itself. */
WF_MUST_CHECK bool wf_search_forget(struct wf_db *db, bool begun, bool *more,
                                    weft_error *err);

/* Appends a condition on rows of `search`: the entry has every one of
 * `tokens`, which are words and never syntax. No tokens: no entry.
 *
 *     wf_query_add(&q, WF_SQL("id IN (SELECT document FROM search WHERE "));
 *     wf_search_match(db, &q, tokens);
 *     wf_query_add(&q, WF_SQL(" AND field <> 'salary')")); */
void wf_search_match(const struct wf_db *db, struct wf_query *query,
                     const char *tokens);

#endif
