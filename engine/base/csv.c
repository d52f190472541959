/* base/csv.c - CSV that people bring (RFC 4180), read row by row by libcsv.
 *
 * libcsv calls back for each cell and each row and cannot be stopped, so that
 * after a failure its calls are ignored until the piece at hand is through.
 * Pieces are small: a cell beyond its limit ends the reading before it fills
 * the memory.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"

#include <csv.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/list.h"
#include "base/text.h"

enum {
    PIECE = 4096
};

struct reader {
    struct wf_arena *arena;
    wf_csv_row_fn *take;
    void *self;
    weft_error *err;
    bool failed;
    int64_t row;
    struct wf_buf text; /* of the cells of the row at hand, end to end */
    WF_LIST(struct wf_str) cells;
};

static void add_cell(void *at, size_t len, void *self)
{
    struct reader *reader = self;
    struct wf_str *cell;

    if (reader->failed)
        return;
    if (len > WF_CSV_CELL_MAX || reader->cells.n == WF_CSV_COLUMNS_MAX) {
        reader->failed = true;
        wf_fail(reader->err, WEFT_E_TOO_LARGE,
                "A row of a CSV has at most %d columns, and a cell at most %d "
                "bytes; row %lld has more.",
                WF_CSV_COLUMNS_MAX, WF_CSV_CELL_MAX, (long long)reader->row);
        return;
    }
    wf_buf_add(&reader->text, at, len);
    cell = WF_PUSH(reader->arena, &reader->cells);
    cell->len = len;
}

/* Only now does the text of the cells stay where it is. */
static void end_row(int end, void *self)
{
    struct reader *reader = self;
    const char *at = wf_buf_text(&reader->text);

    (void)end;
    if (reader->failed)
        return;
    if (reader->row > WF_CSV_ROWS_MAX) {
        reader->failed = true;
        wf_fail(reader->err, WEFT_E_TOO_LARGE,
                "A CSV has at most %d rows. Bring it in parts.",
                WF_CSV_ROWS_MAX);
        return;
    }
    for (size_t i = 0; i < reader->cells.n; i++) {
        reader->cells.at[i].at = at;
        at += reader->cells.at[i].len;
    }
    reader->failed = !reader->take(reader->self, reader->row, reader->cells.at,
                                   reader->cells.n, reader->err);
    reader->row++;
    reader->text.len = 0;
    reader->cells.n = 0;
}

/* True unless libcsv refused the text or a callback failed. */
static bool went_well(struct reader *reader, bool parsed)
{
    if (!parsed && !reader->failed)
        return wf_fail(reader->err, WEFT_E_MALFORMED,
                       "The CSV has a quotation mark out of place in row %lld. "
                       "Inside a quoted cell it is written twice.",
                       (long long)reader->row);
    return !reader->failed;
}

static bool check_cell_at_hand(struct reader *reader,
                               const struct csv_parser *parser)
{
    if (parser->entry_pos > WF_CSV_CELL_MAX + PIECE)
        add_cell(parser->entry_buf, parser->entry_pos, reader);
    return !reader->failed;
}

static bool parse(struct reader *reader, struct csv_parser *parser,
                  const char *text, size_t len)
{
    while (len > 0) {
        size_t piece = len < PIECE ? len : PIECE;
        size_t done = csv_parse(parser, text, piece, add_cell, end_row, reader);

        if (!went_well(reader, done == piece)
            || !check_cell_at_hand(reader, parser))
            return false;
        text += piece;
        len -= piece;
    }
    return went_well(reader, !csv_fini(parser, add_cell, end_row, reader));
}

bool wf_csv_read(struct wf_arena *arena, const char *text, size_t len,
                 wf_csv_row_fn *take, void *self, weft_error *err)
{
    static const char BOM[] = "\xef\xbb\xbf";
    struct reader reader = { .arena = arena,
                             .take = take,
                             .self = self,
                             .err = err,
                             .text = WF_BUF_INIT(arena) };
    struct csv_parser parser WF_CLEANUP(csv_free);

    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        wf_oom();
    if (len > WF_CSV_BYTES_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "A CSV has at most %d MB. Bring it in parts.",
                       WF_CSV_BYTES_MAX / (1024 * 1024));
    if (!wf_utf8_is_valid(text, len))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The CSV is not UTF-8. Save it as \"CSV UTF-8\".");
    if (len >= sizeof BOM - 1 && !memcmp(text, BOM, sizeof BOM - 1)) {
        text += sizeof BOM - 1;
        len -= sizeof BOM - 1;
    }
    if (!parse(&reader, &parser, text, len))
        return false;
    return reader.row > 0
           || wf_fail(err, WEFT_E_MALFORMED,
                      "The CSV is empty. Its first row names the columns.");
}
