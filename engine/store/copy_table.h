/* store/copy_table.h - the tables of a store as a copy needs them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_COPY_TABLE_H
#define WF_STORE_COPY_TABLE_H

#include "store/driver.h"

enum wf_copy_type {
    WF_COPY_INT,
    WF_COPY_REAL,
    WF_COPY_TEXT,
    WF_COPY_BLOB,
};

struct wf_copy_column {
    const char *name;
    enum wf_copy_type type;
    int key; /* its place in the primary key, from 1; 0: none */
};

/* Rows are read in the order of the primary key, a page at a time: `next` are
 * those behind a key, whose values are its parameters. */
struct wf_copy_table {
    const char *name;
    struct {
        struct wf_copy_column *at;
        size_t n, cap;
    } columns;
    const char *first, *next, *insert; /* SQL */
};
struct wf_copy_tables {
    struct wf_copy_table *at;
    size_t n, cap;
};

/* Appends the tables that are copied as they are. */
WF_MUST_CHECK bool wf_copy_tables(struct wf_db *db, struct wf_arena *arena,
                                  struct wf_copy_tables *out, weft_error *err);

#endif
