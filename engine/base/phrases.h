/* base/phrases.h - a dictionary of phrases: which of them stand in a text,
 * which are near to what was mistyped, which sound like what was heard.
 *
 * Phrases and texts are folded (text.h, letters.h). A phrase has ids, any
 * number of them. Places are numbers of letters (code points) from 0.
 *
 * Hyphens and spaces in a text are alike; beside Chinese letters they are
 * nothing. A Latin word is found as a whole, and its plural with it.
 *
 * Filled by one thread; once sealed it does not change, and any may read it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_PHRASES_H
#define WF_BASE_PHRASES_H

#include "base/arena.h"
#include "base/map.h"

struct wf_phrases;

/* An empty dictionary that lives in `arena`. */
struct wf_phrases *wf_phrases_new(struct wf_arena *arena);

/* `phrase` is copied, `id` borrowed; an id that it has already is not added. */
void wf_phrases_add(struct wf_phrases *phrases, const char *phrase,
                    const char *id);

/* No more is added; the sounds are known from now on. A few milliseconds for
 * thousands of phrases. */
void wf_phrases_seal(struct wf_phrases *phrases);

/* The ids of one phrase, borrowed from the dictionary. */
struct wf_phrase_ids {
    const char *const *at;
    size_t n;
};

/* A phrase over the letters `from` to `to` - 1. */
struct wf_phrase_found {
    size_t from, to;
    struct wf_phrase_ids ids;
};
struct wf_phrases_found {
    struct wf_phrase_found *at;
    size_t n, cap;
};

/* Appends all phrases that stand in `text`, long and short ones, in the order
 * of their first letters. */
void wf_phrases_find(const struct wf_phrases *phrases, struct wf_arena *arena,
                     const char *text, struct wf_phrases_found *out);

/* Whether some phrase has this Latin word, or it is the plural of one. */
bool wf_phrases_know(const struct wf_phrases *phrases, const char *word);

/* The Latin words of phrases to which `word` is nearest, in letters to change,
 * leave out, add or swap, and how many those are: 1, or 2 for a word of eight
 * letters and more; 0 where none is so near. At most `cap` are given; `*n` is
 * their number. Words of less than four letters are near to none. */
int wf_phrases_near(const struct wf_phrases *phrases, const char *word,
                    const char **out, size_t cap, size_t *n);

/* The ids of the Chinese phrases of two to five letters that sound like this:
 * syllables with spaces between ("ji fen"), or without ("jifen"). Appends to
 * `out`, whose places are 0. */
void wf_phrases_heard(const struct wf_phrases *phrases, struct wf_arena *arena,
                      const char *sound, struct wf_phrases_found *out);

#endif
