/* report/table.c - rows and columns on their way out of Weft.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/table.h"

#include "base/error.h"

struct wf_cell wf_cell_text(const char *text)
{
    struct wf_cell cell = { .kind = text ? WF_CELL_TEXT : WF_CELL_EMPTY };

    cell.u.text = text;
    return cell;
}

struct wf_cell wf_cell_number(double number)
{
    return (struct wf_cell){ .kind = WF_CELL_NUMBER, .u.number = number };
}

bool wf_table_add(struct wf_table *table, struct wf_cell **out, weft_error *err)
{
    if (table->rows.n == WF_TABLE_ROWS_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "A file has at most %d rows: ask for fewer, by a "
                       "filter, a period or a unit.",
                       WF_TABLE_ROWS_MAX);
    *out = WF_NEW_N(table->arena, struct wf_cell, table->n_columns);
    *WF_PUSH(table->arena, &table->rows) = *out;
    return true;
}
