/* markup/reading.h - a text that is being read, and where in it we are.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_MARKUP_READING_H
#define WF_MARKUP_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/* `at`, `line` and `column` are the place found last: places are mostly asked
 * for in the order of the text, so the next one is a short walk away. */
struct wf_reading {
    const char *file;
    const char *text;
    size_t len;
    size_t at;
    int line;
    int column;
};

#define WF_READING_INIT(file, text, len)                                       \
    {                                                                          \
        (file), (text), (len), 0, 1, 1                                         \
    }

/* Line and column, in characters from 1, of the byte at `offset`; an offset
 * beyond the end is the end. */
struct wf_place wf_reading_place(struct wf_reading *source, size_t offset);

/* Whether `word` stands at `offset`. */
bool wf_reading_has(const struct wf_reading *source, size_t offset,
                    const char *word);

/* The offset past the next `word` at or after `offset`; the end if none. */
size_t wf_reading_past(const struct wf_reading *source, size_t offset,
                       const char *word);

#endif
