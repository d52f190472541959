/* org/import_table.c - a CSV whose columns are known by name, in any order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/import_table.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/text.h"

enum {
    UNKNOWN = -1,
    IGNORED = -2 /* a column without a name */
};

struct reading {
    struct wf_call *call;
    const struct wf_table *table;
    int places[WF_CSV_COLUMNS_MAX]; /* of the file's columns */
    const char *names[WF_CSV_COLUMNS_MAX];
    size_t n_places;
    struct wf_str *cells; /* of a row, in order of the table */
    bool *in_file;        /* which of the table's columns there are */
};

const char *wf_table_field(struct wf_call *call, int64_t row,
                           const char *column)
{
    return row ? wf_arena_printf(call->arena, "[%lld].%s", (long long)row,
                                 column)
               : column;
}

bool wf_table_check(const struct wf_call *call, weft_error *err)
{
    return !call->findings->n_errors
           || wf_fail(err, WEFT_E_INVALID,
                      "There are mistakes (%zu), each named in the list. "
                      "Nothing was changed.",
                      call->findings->n_errors);
}

/* --- The header. */

static int place_of(const struct wf_table *table, const char *name)
{
    for (size_t i = 0; i < table->n_columns; i++)
        if (wf_streq(table->columns[i], name))
            return (int)i;
    return UNKNOWN;
}

static bool is_twice(const struct reading *reading, size_t column)
{
    for (size_t i = 0; i < column; i++)
        if (wf_streq(reading->names[i], reading->names[column]))
            return true;
    return false;
}

static void check_column(struct reading *reading, size_t column)
{
    struct wf_diags *findings = reading->call->findings;
    const char *name = reading->names[column];

    if (is_twice(reading, column))
        wf_diag_field(findings, name, "duplicate",
                      "The column \"%s\" stands there twice.", name);
    if (reading->places[column] == UNKNOWN && !reading->table->takes_unknown)
        wf_diag_field(findings, name, "unknown",
                      "There is no column \"%s\" in such a file.", name);
}

static void take_header(struct reading *reading, const struct wf_str *cells,
                        size_t n)
{
    struct wf_arena *arena = reading->call->arena;

    for (size_t i = 0; i < n; i++) {
        struct wf_str name = wf_str_trim(cells[i]);

        reading->names[i] = wf_text_fold(arena, wf_arena_slice(arena, name));
        reading->places[i] =
            name.len ? place_of(reading->table, reading->names[i]) : IGNORED;
        if (reading->places[i] == UNKNOWN && reading->table->takes_unknown
            && wf_streq(reading->names[i], "id"))
            reading->places[i] = IGNORED; /* of an export: this store's own */
        if (reading->places[i] >= 0)
            reading->in_file[reading->places[i]] = true;
        if (name.len)
            check_column(reading, i);
    }
    reading->n_places = n;
    for (size_t i = 0; i < reading->table->n_required; i++)
        if (!reading->in_file[i])
            wf_diag_field(reading->call->findings, reading->table->columns[i],
                          "required", "The column \"%s\" is missing.",
                          reading->table->columns[i]);
}

/* --- Rows. */

static void add_unknown(struct reading *reading, struct wf_json **unknown,
                        const char *name, struct wf_str cell)
{
    struct wf_arena *arena = reading->call->arena;

    if (!*unknown)
        *unknown = wf_json_object(arena);
    wf_json_set(arena, *unknown, name,
                cell.len ? wf_json_text_n(arena, cell.at, cell.len)
                         : wf_json_null(arena));
}

static bool take_row(void *self, int64_t number, const struct wf_str *cells,
                     size_t n, weft_error *err)
{
    struct reading *reading = self;
    struct wf_table_row row = { number, reading->cells, NULL };

    if (!number) {
        take_header(reading, cells, n);
        return wf_table_check(reading->call, err);
    }
    if (n != reading->n_places) {
        wf_diag_field(
            reading->call->findings,
            wf_arena_printf(reading->call->arena, "[%lld]", (long long)number),
            "columns", "The row has %zu cells, but the header has %zu.", n,
            reading->n_places);
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        if (reading->places[i] >= 0)
            reading->cells[reading->places[i]] = cells[i];
        else if (reading->places[i] == UNKNOWN)
            add_unknown(reading, &row.unknown, reading->names[i], cells[i]);
    }
    return reading->table->take(reading->table->self, &row, err);
}

bool wf_table_read(struct wf_call *call, const struct wf_table *table,
                   const char *csv, size_t len, weft_error *err)
{
    struct reading *reading = WF_NEW(call->arena, struct reading);

    reading->call = call;
    reading->table = table;
    reading->cells = WF_NEW_N(call->arena, struct wf_str, table->n_columns);
    reading->in_file = WF_NEW_N(call->arena, bool, table->n_columns);
    return wf_csv_read(call->arena, csv, len, take_row, reading, err);
}
