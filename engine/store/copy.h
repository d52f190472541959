/* store/copy.h - a whole store, table by table, from one database to another.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_COPY_H
#define WF_STORE_COPY_H

#include "store/db.h"

/* What was copied of a table: how many rows, and a hash over all of them, in
 * whatever order. */
struct wf_copied {
    const char *table;
    int64_t n_rows;
    uint64_t hash[2];
};
struct wf_copied_list {
    struct wf_copied *at;
    size_t n, cap;
};

/* Copies what `from` holds, as of one moment, into `to`, which must be empty,
 * in one transaction; then reads it there, and compares. `to` and `from` are
 * stores of this version. What was copied is appended to `out`, in `arena`.
 * Errors: WEFT_E_CONFLICT `to` is not empty; WEFT_E_STORE the two differ. */
WF_MUST_CHECK bool wf_copy_store(struct wf_store *from, struct wf_store *to,
                                 struct wf_arena *arena,
                                 struct wf_copied_list *out, weft_error *err);

/* The same between two URLs; the second is made where there is none. */
WF_MUST_CHECK bool wf_copy_between(const char *from_url, const char *to_url,
                                   const struct wf_log *log,
                                   struct wf_arena *arena,
                                   struct wf_copied_list *out, weft_error *err);

#endif
