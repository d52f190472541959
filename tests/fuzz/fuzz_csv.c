/* fuzz/fuzz_csv.c - CSV of strangers: rows come in order, within the limits,
 * with cells of valid UTF-8.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/csv.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static bool look(void *self, int64_t row, const struct wf_str *cells, size_t n,
                 weft_error *err)
{
    int64_t *expected = self;

    (void)err;
    if (row != (*expected)++ || n > WF_CSV_COLUMNS_MAX)
        abort();
    for (size_t i = 0; i < n; i++)
        if (cells[i].len > WF_CSV_CELL_MAX
            || !wf_utf8_is_valid(cells[i].at, cells[i].len))
            abort();
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    weft_error err = WEFT_ERROR_INIT;
    int64_t rows = 0;
    bool is_read =
        wf_csv_read(arena, (const char *)data, len, look, &rows, &err);

    if (is_read != (err.code == WEFT_OK) || (is_read && rows == 0))
        abort();
    return 0;
}
