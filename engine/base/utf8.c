/* base/utf8.c - what is known of UTF-8 without ICU: see base/text.h.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* The length of the character at `at`, 0 if it is none: table 3-7 of the
 * Unicode standard, which leaves out overlong forms, surrogates and what lies
 * beyond U+10FFFF. */
static size_t char_len(const unsigned char *at, size_t len)
{
    unsigned char c = at[0];

    if (c < 0x80)
        return c ? 1 : 0;
    if (c < 0xC2 || c > 0xF4 || len < 2 || !is_tail(at[1]))
        return 0;
    if (c < 0xE0)
        return 2;
    if (len < 3 || !is_tail(at[2]) || (c == 0xE0 && at[1] < 0xA0)
        || (c == 0xED && at[1] > 0x9F))
        return 0;
    if (c < 0xF0)
        return 3;
    if (len < 4 || !is_tail(at[3]) || (c == 0xF0 && at[1] < 0x90)
        || (c == 0xF4 && at[1] > 0x8F))
        return 0;
    return 4;
}

bool wf_utf8_is_valid(const char *text, size_t len)
{
    const unsigned char *at = (const unsigned char *)text;

    for (size_t i = 0; i < len;) {
        size_t n = char_len(at + i, len - i);

        if (!n)
            return false;
        i += n;
    }
    return true;
}

size_t wf_utf8_count(const char *text, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += !is_tail((unsigned char)text[i]);
    return n;
}

size_t wf_utf8_cut(const char *text, size_t len, size_t max)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t start;

    if (max > len)
        max = len;
    /* The last character may have begun and not ended before `max`. */
    for (start = max; start > 0 && max - start < 4 && is_tail(at[start - 1]);)
        start--;
    if (!start || at[start - 1] < 0xC0)
        return max;
    return char_len(at + start - 1, max - start + 1) ? max : start - 1;
}

uint32_t wf_utf8_next(const char **at)
{
    unsigned char first = (unsigned char)*(*at)++;
    int n_tails = (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0);
    uint32_t c = n_tails ? first & (0x3FU >> n_tails) : first;

    for (; n_tails; n_tails--)
        c = c << 6 | ((unsigned char)*(*at)++ & 0x3FU);
    return c;
}
