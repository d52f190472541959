/* base/letters.h - a text as it is compared, letter by letter, and where each
 * letter stands in the text as it was written.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_LETTERS_H
#define WF_BASE_LETTERS_H

#include "base/arena.h"

/* Letters in one form of case and width (NFKC_Casefold), Chinese ones in the
 * simplified script. `from[i]` is the byte at which the i-th code point of
 * `folded` begins in the text; `from[n]` its length. */
struct wf_letters {
    const char *folded;
    size_t *from;
    size_t n;
};

/* The letters of valid UTF-8. */
struct wf_letters wf_letters_of(struct wf_arena *arena, const char *text);

#endif
