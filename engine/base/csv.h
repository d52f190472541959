/* base/csv.h - CSV that people bring (RFC 4180), read row by row by libcsv, and
 * that they take with them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_CSV_H
#define WF_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <weft/error.h>

#include "base/buf.h"
#include "base/macros.h"

enum {
    WF_CSV_BYTES_MAX = 64 * 1024 * 1024,
    WF_CSV_ROWS_MAX = 1000000,
    WF_CSV_CELL_MAX = 10 * 1024, /* bytes */
    WF_CSV_COLUMNS_MAX = 200
};

/* Takes a row: 0 is the header. The cells have no white space around them
 * unless it was quoted, and live until it returns. False ends the reading. */
typedef bool wf_csv_row_fn(void *self, int64_t row, const struct wf_str *cells,
                           size_t n, weft_error *err);

/* Gives each row of `text`, which is UTF-8, with or without a byte order mark,
 * to `take`. Empty lines are none.
 * Errors: WEFT_E_MALFORMED not UTF-8, a quotation mark out of place, no row at
 * all; WEFT_E_TOO_LARGE beyond a limit; what `take` failed with. */
WF_MUST_CHECK bool wf_csv_read(struct wf_arena *arena, const char *text,
                               size_t len, wf_csv_row_fn *take, void *self,
                               weft_error *err);

/* A text as a cell, in quotation marks. One that a spreadsheet would run as a
 * formula gets an apostrophe in front. */
void wf_csv_write_text(struct wf_buf *out, const char *text);

#endif
