/* base/tokens.c - text cut into search tokens: see base/text.h.
 *
 * Neither FTS5 nor PostgreSQL cuts Chinese, so the cut is ours, alike for both.
 * Scripts that put no space between words become overlapping pairs.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/macros.h"

/* Bytes of a word that are kept; a greater one is hardly one. */
enum {
    WORD_MAX = 128
};

enum kind {
    SEPARATOR,
    WORD,
    UNSPACED
};

struct cutter {
    struct wf_buf *out;
    struct wf_str run; /* characters of one kind */
    enum kind kind;
    size_t last; /* where the run's last character begins */
};

static enum kind kind_of(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;

    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? WORD
                                                                : SEPARATOR;
    if (uscript_breaksBetweenLetters(uscript_getScript(c, &status))
        && u_hasBinaryProperty(c, UCHAR_ALPHABETIC))
        return UNSPACED;
    if (u_hasBinaryProperty(c, UCHAR_ALPHABETIC) || u_isdigit(c)
        || U_GET_GC_MASK(c) & U_GC_M_MASK)
        return WORD;
    return SEPARATOR;
}

static void put(struct wf_buf *out, const char *at, size_t len)
{
    if (out->len)
        wf_buf_char(out, ' ');
    wf_buf_add(out, at, len);
}

/* Ends the run: a word is put, of pairs the lone character, which no pair has
 * taken along. */
static void end_run(struct cutter *cut)
{
    size_t len = cut->run.len;

    if (cut->kind == WORD)
        put(cut->out, cut->run.at, wf_utf8_cut(cut->run.at, len, WORD_MAX));
    if (cut->kind == UNSPACED && !cut->last)
        put(cut->out, cut->run.at, len);
    cut->kind = SEPARATOR;
}

/* Takes the character of `len` bytes at `at`. */
static void take(struct cutter *cut, enum kind kind, const char *at, size_t len)
{
    if (kind != cut->kind) {
        end_run(cut);
        cut->kind = kind;
        cut->run.at = at;
        cut->run.len = len;
        cut->last = 0;
        return;
    }
    if (kind == UNSPACED) {
        size_t start = cut->last;

        cut->last = cut->run.len;
        put(cut->out, cut->run.at + start, cut->run.len - start + len);
    }
    cut->run.len += len;
}

void wf_text_tokens(struct wf_buf *out, const char *text, size_t len)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_str slice = { text, len };
    const char *folded = wf_text_fold(arena, wf_arena_slice(arena, slice));
    struct cutter cut = { out, { NULL, 0 }, SEPARATOR, 0 };

    while (*folded) {
        const char *start = folded;
        enum kind kind = kind_of((UChar32)wf_utf8_next(&folded));

        take(&cut, kind, start, (size_t)(folded - start));
    }
    end_run(&cut);
}
