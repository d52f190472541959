/* base/letters.c - a text letter by letter, folded.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/letters.h"

#include <string.h>

#include <unicode/ustring.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/respell.h"
#include "base/text.h"

struct places {
    size_t *at;
    size_t n, cap;
};

static void add_letter(struct wf_arena *arena, struct wf_buf *out,
                       struct places *from, struct wf_str letter, size_t place)
{
    const char *folded = wf_text_fold(arena, wf_arena_slice(arena, letter));

    wf_buf_str(out, folded);
    for (size_t n = wf_utf8_count(folded, strlen(folded)); n > 0; n--)
        *WF_PUSH(arena, from) = place;
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

/* In simplified characters, one for one; NULL where that cannot be. */
static const char *simplified(struct wf_arena *arena, const char *text,
                              size_t n)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t cap = 4 * strlen(text) + 16;
    UChar *wide = WF_NEW_N(arena, UChar, cap);
    char *out = wf_arena_alloc(arena, 3 * cap);
    int32_t len = 0;

    u_strFromUTF8(wide, (int32_t)cap, &len, text, -1, &status);
    if (U_FAILURE(status)
        || !wf_respell(WF_RESPELL_SIMPLIFIED, wide, &len, (int32_t)cap))
        return NULL;
    u_strToUTF8(out, (int32_t)(3 * cap), NULL, wide, len, &status);
    return U_SUCCESS(status) && wf_utf8_count(out, strlen(out)) == n ? out
                                                                     : NULL;
}

struct wf_letters wf_letters_of(struct wf_arena *arena, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct places from = { NULL, 0, 0 };
    struct wf_letters letters;
    const char *at = text, *begin = text, *simple;

    while (*at) {
        begin = at;
        (void)wf_utf8_next(&at);
        add_letter(arena, &out, &from,
                   (struct wf_str){ begin, (size_t)(at - begin) },
                   (size_t)(begin - text));
    }
    letters.n = from.n;
    *WF_PUSH(arena, &from) = (size_t)(at - text);
    letters.from = from.at;
    letters.folded = wf_buf_text(&out);
    simple = is_ascii(letters.folded)
                 ? NULL
                 : simplified(arena, letters.folded, letters.n);
    if (simple)
        letters.folded = simple;
    return letters;
}
