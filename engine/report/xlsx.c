/* report/xlsx.c - tables as a workbook, by libxlsxwriter, which writes files
 * only: one without a name is read back and gone.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/date.h"
#include "base/error.h"
#include "report/table.h"

enum {
    CELL_MAX = 32767, /* characters, as the format has it */
    NAME_MAX_BYTES = 31,
    MS_A_DAY = 24 * 60 * 60 * 1000,
};

/* A workbook in the making. */
struct book {
    lxw_workbook *book;
    lxw_format *head, *day, *time;
    const char *zone;
    struct wf_arena *arena;
};

/* At most `max` bytes of it, cut between characters. */
static const char *cut(struct wf_arena *arena, const char *text, size_t max)
{
    size_t len = strlen(text);

    if (len <= max)
        return text;
    for (len = max; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
        len--;
    return wf_arena_slice(arena, (struct wf_str){ text, len });
}

static lxw_datetime moment_of(int32_t day, int32_t ms_of_day)
{
    struct wf_date date = wf_date_of(day);

    return (lxw_datetime){ .year = date.year,
                           .month = date.month,
                           .day = date.day,
                           .hour = ms_of_day / 3600000,
                           .min = ms_of_day / 60000 % 60,
                           .sec = ms_of_day % 60000 / 1000.0 };
}

static void write_cell(const struct book *b, lxw_worksheet *sheet,
                       lxw_row_t row, lxw_col_t column,
                       const struct wf_cell *cell)
{
    lxw_datetime moment;
    int32_t day = 0, of_day = 0;

    switch (cell->kind) {
    case WF_CELL_EMPTY:
        break;
    case WF_CELL_TEXT:
        worksheet_write_string(sheet, row, column,
                               cut(b->arena, cell->u.text, CELL_MAX), NULL);
        break;
    case WF_CELL_NUMBER:
        worksheet_write_number(sheet, row, column, cell->u.number, NULL);
        break;
    case WF_CELL_BOOLEAN:
        worksheet_write_boolean(sheet, row, column, cell->u.boolean, NULL);
        break;
    case WF_CELL_DAY:
        moment = moment_of(cell->u.day, 0);
        worksheet_write_datetime(sheet, row, column, &moment, b->day);
        break;
    case WF_CELL_TIME:
        (void)wf_zone_to_local(b->zone, cell->u.ms, &day, &of_day);
        moment = moment_of(day, of_day);
        worksheet_write_datetime(sheet, row, column, &moment, b->time);
        break;
    }
}

/* Signs that a sheet's name cannot have become blanks; names are numbered, for
 * no two may be the same. */
static const char *sheet_name(const struct book *b, const char *name, size_t n)
{
    char *text = wf_arena_str(
        b->arena, cut(b->arena, wf_arena_printf(b->arena, "%zu %s", n, name),
                      NAME_MAX_BYTES));

    for (char *at = text; *at; at++)
        if (strchr("[]:*?/\\'", *at))
            *at = ' ';
    return text;
}

static void write_sheet(const struct book *b, const struct wf_table *table,
                        size_t n)
{
    lxw_worksheet *sheet =
        workbook_add_worksheet(b->book, sheet_name(b, table->name, n));

    if (!sheet)
        return;
    worksheet_freeze_panes(sheet, 1, 0);
    for (size_t k = 0; k < table->n_columns; k++)
        worksheet_write_string(sheet, 0, (lxw_col_t)k,
                               cut(b->arena, table->header[k], CELL_MAX),
                               b->head);
    for (size_t i = 0; i < table->rows.n; i++)
        for (size_t k = 0; k < table->n_columns; k++)
            write_cell(b, sheet, (lxw_row_t)i + 1, (lxw_col_t)k,
                       &table->rows.at[i][k]);
}

static lxw_format *date_format(lxw_workbook *book, const char *pattern)
{
    lxw_format *format = workbook_add_format(book);

    format_set_num_format(format, pattern);
    return format;
}

static bool write_book(struct book *b, const struct wf_table *const *tables,
                       size_t n, const char *path)
{
    lxw_workbook_options options = { .constant_memory = LXW_FALSE };

    b->book = workbook_new_opt(path, &options);
    if (!b->book)
        return false;
    b->head = workbook_add_format(b->book);
    format_set_bold(b->head);
    b->day = date_format(b->book, "yyyy-mm-dd");
    b->time = date_format(b->book, "yyyy-mm-dd hh:mm");
    for (size_t i = 0; i < n; i++)
        write_sheet(b, tables[i], i + 1);
    return workbook_close(b->book) == LXW_NO_ERROR;
}

static bool read_back(const char *path, struct wf_buf *out)
{
    FILE *file = fopen(path, "rb");
    char part[8192];
    size_t got;
    bool ok;

    if (!file)
        return false;
    while ((got = fread(part, 1, sizeof part, file)) > 0)
        wf_buf_add(out, part, got);
    ok = ferror(file) == 0;
    fclose(file);
    return ok;
}

bool wf_xlsx_write(const struct wf_table *const *tables, size_t n,
                   const char *zone, struct wf_buf *out, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct book book = { .zone = zone, .arena = arena };
    const char *folder = getenv("TMPDIR");
    char *path =
        wf_arena_printf(arena, "%s/weft-XXXXXX", folder ? folder : "/tmp");
    int file = mkstemp(path);
    bool ok;

    if (file < 0)
        return wf_fail(err, WEFT_E_STORE,
                       "No file can be made in %s for the workbook.",
                       folder ? folder : "/tmp");
    close(file);
    ok = write_book(&book, tables, n, path) && read_back(path, out);
    unlink(path);
    return ok
           || wf_fail(err, WEFT_E_STORE,
                      "The workbook could not be written in %s.",
                      folder ? folder : "/tmp");
}
