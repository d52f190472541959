/* report/table.h - rows and columns on their way out of Weft, and the two files
 * that spreadsheets read.
 *
 * Whatever a cell holds was typed by somebody: no program that opens the file
 * may take it for a formula. A workbook has strings of its own, which are never
 * run; in a CSV a text that looks like a formula gets an apostrophe in front.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_TABLE_H
#define WF_REPORT_TABLE_H

#include <weft/error.h>

#include "base/buf.h"
#include "base/list.h"

enum {
    WF_TABLE_ROWS_MAX = 100000 /* of one file */
};

enum wf_cell_kind {
    WF_CELL_EMPTY,
    WF_CELL_TEXT,
    WF_CELL_NUMBER,
    WF_CELL_BOOLEAN,
    WF_CELL_DAY,
    WF_CELL_TIME,
};

struct wf_cell {
    enum wf_cell_kind kind;
    union {
        const char *text; /* borrowed */
        double number;
        bool boolean;
        int32_t day;
        int64_t ms;
    } u;
};

struct wf_cell wf_cell_text(const char *text); /* NULL: empty */
struct wf_cell wf_cell_number(double number);

struct wf_table {
    struct wf_arena *arena;
    const char *name;    /* of its sheet */
    const char **header; /* of each column, borrowed */
    size_t n_columns;
    WF_LIST(struct wf_cell *) rows; /* each of n_columns cells */
};

/* A new row of empty cells. Error: WEFT_E_TOO_LARGE more rows than a file may
 * have. */
WF_MUST_CHECK bool wf_table_add(struct wf_table *table, struct wf_cell **out,
                                weft_error *err);

/* RFC 4180, UTF-8 with a byte order mark, for spreadsheets guess without. Times
 * are UTC. */
void wf_csv_write(const struct wf_table *table, struct wf_buf *out);

/* A workbook with a sheet for each of the tables. Times are those of `zone`.
 * Error: WEFT_E_STORE no room for a file on its way. */
WF_MUST_CHECK bool wf_xlsx_write(const struct wf_table *const *tables, size_t n,
                                 const char *zone, struct wf_buf *out,
                                 weft_error *err);

#endif
