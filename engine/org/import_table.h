/* org/import_table.h - a CSV whose columns are known by name, in any order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_IMPORT_TABLE_H
#define WF_ORG_IMPORT_TABLE_H

#include "org/call.h"

/* A row in the order of the known columns: `at` of a cell is NULL where the
 * file has no such column. `unknown` are the other columns, as a patch (RFC
 * 7396): name to text, an empty cell null; NULL: there are none. */
struct wf_table_row {
    int64_t number; /* from 1 */
    const struct wf_str *cells;
    struct wf_json *unknown;
};

struct wf_table {
    const char *const *columns;
    size_t n_columns;
    size_t n_required; /* the first ones */
    bool takes_unknown;
    bool (*take)(void *self, const struct wf_table_row *row, weft_error *err);
    void *self;
};

/* Reads the CSV. Mistakes are findings; with any in the header it fails with
 * WEFT_E_INVALID, else the rows without one are taken. */
WF_MUST_CHECK bool wf_table_read(struct wf_call *call,
                                 const struct wf_table *table, const char *csv,
                                 size_t len, weft_error *err);

/* "[ROW].column", the field of a finding; row 0 is none: "column". */
const char *wf_table_field(struct wf_call *call, int64_t row,
                           const char *column);

/* Fails with WEFT_E_INVALID if there are findings. */
WF_MUST_CHECK bool wf_table_check(const struct wf_call *call, weft_error *err);

#endif
