/* markup/reading.c - walks a text and counts its lines and columns.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "markup/reading.h"

#include <string.h>

/* Bytes 10xxxxxx go on with a character of UTF-8, all others begin one. */
static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

struct wf_place wf_reading_place(struct wf_reading *source, size_t offset)
{
    struct wf_place place;

    if (offset > source->len)
        offset = source->len;
    if (offset < source->at) {
        source->at = 0;
        source->line = 1;
        source->column = 1;
    }
    for (; source->at < offset; source->at++) {
        if (source->text[source->at] == '\n') {
            source->line++;
            source->column = 1;
        } else if (begins_character(source->text[source->at])) {
            source->column++;
        }
    }
    place.file = source->file;
    place.line = source->line;
    place.column = source->column;
    return place;
}

bool wf_reading_has(const struct wf_reading *source, size_t offset,
                    const char *word)
{
    size_t n = strlen(word);

    return offset <= source->len && source->len - offset >= n
           && !memcmp(source->text + offset, word, n);
}

size_t wf_reading_past(const struct wf_reading *source, size_t offset,
                       const char *word)
{
    size_t n = strlen(word);
    const char *found;

    if (offset >= source->len)
        return source->len;
    found = memmem(source->text + offset, source->len - offset, word, n);
    return found ? (size_t)(found - source->text) + n : source->len;
}
