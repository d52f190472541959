/* report/csv.c - a table as RFC 4180.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"
#include "base/date.h"
#include "report/table.h"

static void write_cell(struct wf_buf *out, const struct wf_cell *cell)
{
    char day[WF_DATE_TEXT], time[WF_TIME_TEXT];

    switch (cell->kind) {
    case WF_CELL_EMPTY:
        break;
    case WF_CELL_TEXT:
        wf_csv_write_text(out, cell->u.text);
        break;
    case WF_CELL_NUMBER:
        wf_buf_printf(out, "%.15g", cell->u.number);
        break;
    case WF_CELL_BOOLEAN:
        wf_buf_str(out, cell->u.boolean ? "true" : "false");
        break;
    case WF_CELL_DAY:
        wf_date_write(cell->u.day, day);
        wf_buf_str(out, day);
        break;
    case WF_CELL_TIME:
        wf_time_write(cell->u.ms, time);
        wf_buf_str(out, time);
        break;
    }
}

void wf_csv_write(const struct wf_table *table, struct wf_buf *out)
{
    wf_buf_str(out, "\xEF\xBB\xBF");
    for (size_t k = 0; k < table->n_columns; k++) {
        if (k > 0)
            wf_buf_char(out, ',');
        wf_csv_write_text(out, table->header[k]);
    }
    wf_buf_str(out, "\r\n");
    for (size_t i = 0; i < table->rows.n; i++) {
        for (size_t k = 0; k < table->n_columns; k++) {
            if (k > 0)
                wf_buf_char(out, ',');
            write_cell(out, &table->rows.at[i][k]);
        }
        wf_buf_str(out, "\r\n");
    }
}
