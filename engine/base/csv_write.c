/* base/csv_write.c - texts in CSV that no spreadsheet takes for a formula.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"
#include "base/str.h"

/* What a spreadsheet would run, also behind blanks that it takes away.
 * Full-width signs count as well. */
static bool looks_like_formula(const char *text)
{
    static const char *const signs[] = { "=",  "+",  "-",  "@",  "\t", "\r",
                                         "\n", "＝", "＋", "－", "＠" };

    while (*text == ' ')
        text++;
    for (size_t i = 0; i < WF_COUNT(signs); i++)
        if (wf_str_starts(text, signs[i]))
            return true;
    return false;
}

void wf_csv_write_text(struct wf_buf *out, const char *text)
{
    wf_buf_char(out, '"');
    if (looks_like_formula(text))
        wf_buf_char(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            wf_buf_char(out, '"');
        wf_buf_char(out, *text);
    }
    wf_buf_char(out, '"');
}
