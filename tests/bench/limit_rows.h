/* bench/limit_rows.h - the rows of one document that the engine wrote, to be
 * written again for others.
 *
 * So the bare program writes what the engine writes, whatever that is.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_LIMIT_ROWS_H
#define BENCH_LIMIT_ROWS_H

#include "limit.h"

enum {
    ROWS_MAX = 64
};

/* One row: its insert, all parameters bound but these (0: it has none). */
struct row {
    sqlite3_stmt *insert;
    int id, document, data, time, seq;
};

struct rows {
    struct row at[ROWS_MAX];
    int n;
};

/* Takes the rows of the store's last document. */
void rows_load(struct rows *rows, sqlite3 *db);

#endif
