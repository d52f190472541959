/* base/likeness.h - what kind of thing a text says, learnt from examples.
 *
 * Each example is a text of one kind, or of several that it may be. A text is
 * its letters (Chinese) or words (others) and the pairs of them that stand
 * beside each other; rare ones count for more. What is learnt is how much each
 * speaks for each kind: logistic regression, by a fixed number of rounds in a
 * fixed order, so the same examples always teach the same.
 *
 * Texts are folded (letters.h). `{name}` in them is one word, whatever stands
 * for it in what people say: "praise {person}".
 *
 * Filled by one thread; once sealed it does not change, and any may read it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_LIKENESS_H
#define WF_BASE_LIKENESS_H

#include "base/arena.h"

struct wf_likeness;

/* Nothing learnt yet; lives in `arena`. */
struct wf_likeness *wf_likeness_new(struct wf_arena *arena);

/* An example of `kind`; of several kinds, separated by '|', of each in part.
 * Both texts are borrowed for as long as the arena lives. */
void wf_likeness_add(struct wf_likeness *likeness, const char *text,
                     const char *kind);

/* Learns; no more is added. Some 20 ms and 4 MB for 4000 sentences of 25 kinds.
 */
void wf_likeness_seal(struct wf_likeness *likeness);

/* What one kind has to say of a text. */
struct wf_likeness_row {
    const char *kind;
    double share;        /* of all kinds together: 0 to 1 */
    const char *example; /* the one of this kind that is nearest */
    double near; /* how near it is: 1 is the same, 0 has nothing of it */
};

/* The kinds that `text` may be of, best first, at most `cap`. Returns their
 * number: 0 where nothing was learnt, or nothing of the text is known. */
size_t wf_likeness_of(const struct wf_likeness *likeness, const char *text,
                      struct wf_likeness_row *out, size_t cap);

#endif
