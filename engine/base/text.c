/* base/text.c - what Unicode knows of text, by ICU. utf8.c has what needs no
 * ICU.
 *
 * ASCII and plain Chinese, which is nearly all text, is already normal and
 * folds byte by byte; ICU's data is not touched for it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "base/error.h"
#include "base/macros.h"
#include "base/respell.h"

/* UTF-16 in an arena, as ICU takes and gives it. */
struct wide {
    UChar *at;
    int32_t len;
};

enum {
    TEXT_MAX = INT32_MAX / 64, /* so that no length overflows below */
    PINYIN_GROWTH = 8,         /* "zhuang " for one character */
    MARKS_MAX = 30,            /* on one letter: UAX #15, "Stream-Safe" */
};

static struct wide widen(struct wf_arena *arena, struct wf_str text)
{
    UErrorCode status = U_ZERO_ERROR;
    struct wide wide;

    assert(text.len < TEXT_MAX);
    wide.at = WF_NEW_N(arena, UChar, text.len + 1);
    u_strFromUTF8WithSub(wide.at, (int32_t)text.len + 1, &wide.len, text.at,
                         (int32_t)text.len, 0xFFFD, NULL, &status);
    assert(U_SUCCESS(status));
    return wide;
}

/* NUL-terminated UTF-8 and its length. */
static char *narrow(struct wf_arena *arena, struct wide wide, size_t *out_len)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t size = 3 * wide.len + 1;
    int32_t len = 0;
    char *text = wf_arena_alloc(arena, (size_t)size);

    u_strToUTF8WithSub(text, size, &len, wide.at, wide.len, 0xFFFD, NULL,
                       &status);
    assert(U_SUCCESS(status));
    *out_len = (size_t)len;
    return text;
}

static struct wide normalize(struct wf_arena *arena, const UNormalizer2 *by,
                             struct wide from)
{
    UErrorCode status = U_ZERO_ERROR;
    struct wide to = { NULL, 0 };

    to.len = unorm2_normalize(by, from.at, from.len, NULL, 0, &status);
    assert(status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status));
    status = U_ZERO_ERROR;
    to.at = WF_NEW_N(arena, UChar, (size_t)to.len + 1);
    unorm2_normalize(by, from.at, from.len, to.at, to.len + 1, &status);
    assert(U_SUCCESS(status));
    return to;
}

/* A Chinese character of the main block, U+4E00 to U+9FFF, begins at `at`. */
static bool is_plain_han(const char *at, size_t len)
{
    const unsigned char *byte = (const unsigned char *)at;

    return len > 2 && byte[0] >= 0xE4 && byte[0] <= 0xE9
           && (byte[0] > 0xE4 || byte[1] >= 0xB8) && (byte[1] & 0xC0) == 0x80
           && (byte[2] & 0xC0) == 0x80;
}

/* Only ASCII and plain Chinese: normal in each form, but for upper case. */
static bool is_plain(struct wf_str text)
{
    for (size_t i = 0; i < text.len;) {
        if ((unsigned char)text.at[i] < 0x80)
            i++;
        else if (is_plain_han(text.at + i, text.len - i))
            i += 3;
        else
            return false;
    }
    return true;
}

/* Takes part in the order of marks on one letter: is a mark, is nothing once
 * folded, or folds to a mark (the half-width ones of kana). */
static bool is_mark(UChar32 c)
{
    return u_getCombiningClass(c)
           || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)
           || c == 0xFF9E || c == 0xFF9F;
}

/* No text of any language, but made to hurt: the time to sort marks grows with
 * the square of their number. Such text is left as it is. */
static bool is_hostile(struct wide text)
{
    int n_marks = 0;

    for (int32_t i = 0; i < text.len && n_marks <= MARKS_MAX;) {
        UChar unit = text.at[i++];
        UChar32 c = unit;

        if (U16_IS_LEAD(unit) && i < text.len)
            c = U16_GET_SUPPLEMENTARY(unit, text.at[i++]);
        n_marks = is_mark(c) ? n_marks + 1 : 0;
    }
    return n_marks > MARKS_MAX;
}

struct wf_str wf_text_nfc(struct wf_arena *arena, struct wf_str text)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc;
    struct wide wide;

    if (is_plain(text))
        return text;
    nfc = unorm2_getNFCInstance(&status);
    wide = widen(arena, text);
    if (is_hostile(wide)
        || unorm2_isNormalized(nfc, wide.at, wide.len, &status))
        return text;
    assert(U_SUCCESS(status));
    text.at = narrow(arena, normalize(arena, nfc, wide), &text.len);
    return text;
}

static struct wf_str fold(struct wf_arena *arena, struct wf_str text)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *folding;
    struct wide wide;
    char *lower;

    if (!is_plain(text)) {
        folding = unorm2_getNFKCCasefoldInstance(&status);
        assert(U_SUCCESS(status));
        wide = widen(arena, text);
        if (!is_hostile(wide))
            wide = normalize(arena, folding, wide);
        text.at = narrow(arena, wide, &text.len);
        return text;
    }
    lower = wf_arena_slice(arena, text);
    for (size_t i = 0; i < text.len; i++)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] | 0x20);
    return (struct wf_str){ lower, text.len };
}

const char *wf_text_fold(struct wf_arena *arena, const char *text)
{
    return fold(arena, wf_str_of(text)).at;
}

/* u_strToLower() or u_strToUpper(), of no language in particular. */
typedef int32_t map_case_fn(UChar *to, int32_t size, const UChar *from,
                            int32_t len, const char *locale,
                            UErrorCode *status);

static const char *map_case(struct wf_arena *arena, struct wf_str text,
                            map_case_fn *map)
{
    UErrorCode status = U_ZERO_ERROR;
    struct wide from = widen(arena, text);
    struct wide to = { NULL, 0 };

    to.len = map(NULL, 0, from.at, from.len, "", &status);
    assert(status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status));
    status = U_ZERO_ERROR;
    to.at = WF_NEW_N(arena, UChar, (size_t)to.len + 1);
    map(to.at, to.len + 1, from.at, from.len, "", &status);
    assert(U_SUCCESS(status));
    return narrow(arena, to, &text.len);
}

const char *wf_text_lower(struct wf_arena *arena, struct wf_str text)
{
    return map_case(arena, text, u_strToLower);
}

const char *wf_text_upper(struct wf_arena *arena, struct wf_str text)
{
    return map_case(arena, text, u_strToUpper);
}

/* The syllables of `from`, separated by spaces. */
static char *syllables(struct wf_arena *arena, struct wide from)
{
    struct wide to = { NULL, from.len };
    int32_t cap = PINYIN_GROWTH * from.len + PINYIN_GROWTH;
    size_t len;

    to.at = WF_NEW_N(arena, UChar, (size_t)cap);
    u_memcpy(to.at, from.at, from.len);
    if (!wf_respell(WF_RESPELL_SPOKEN, to.at, &to.len, cap))
        to = from;
    return narrow(arena, to, &len);
}

/* Each run of spaces becomes one, none stays at the ends. */
static void squeeze(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++)
        if (*from != ' ' || (to > text && to[-1] != ' '))
            *to++ = *from;
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
}

static bool has_han(const char *text)
{
    while (*text)
        if (u_hasBinaryProperty((UChar32)wf_utf8_next(&text),
                                UCHAR_IDEOGRAPHIC))
            return true;
    return false;
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

/* The syllables of `folded`, which is not changed where it is ASCII. */
static const char *spell(struct wf_arena *arena, struct wf_str folded)
{
    struct wide wide;
    char *spelled;

    if (is_ascii(folded.at))
        return folded.at;
    wide = widen(arena, folded);
    if (is_hostile(wide))
        return folded.at;
    spelled = syllables(arena, wide);
    squeeze(spelled);
    return spelled;
}

const char *wf_text_pinyin(struct wf_arena *arena, const char *text)
{
    return spell(arena, fold(arena, wf_str_of(text)));
}

const char *wf_text_initials(struct wf_arena *arena, const char *text)
{
    struct wf_str folded = fold(arena, wf_str_of(text));
    const char *words = spell(arena, folded);
    struct wf_buf initials = WF_BUF_INIT(arena);

    if (!has_han(folded.at))
        return words;
    for (const char *at = words; *at; at++)
        if (at == words || at[-1] == ' ')
            wf_buf_char(&initials, *at);
    return wf_buf_text(&initials);
}

bool wf_text_is_emoji(const char *text)
{
    enum {
        UNITS_MAX = 32 /* the longest has 15 */
    };
    UChar wide[UNITS_MAX];
    UErrorCode status = U_ZERO_ERROR;
    int32_t len;

    u_strFromUTF8(wide, UNITS_MAX - 1, &len, text, -1, &status);
    if (U_FAILURE(status) || len == 0 || len == UNITS_MAX - 1)
        return false;
    if (u_stringHasBinaryProperty(wide, len, UCHAR_RGI_EMOJI))
        return true;
    wide[len] = 0xFE0F; /* a heart is often typed without it */
    return u_stringHasBinaryProperty(wide, len + 1, UCHAR_RGI_EMOJI);
}
