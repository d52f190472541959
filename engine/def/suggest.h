/* def/suggest.h - "did you mean …?" for a word that is not known.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_SUGGEST_H
#define WF_DEF_SUGGEST_H

/* Start with WF_SUGGEST_INIT(word) and offer what it could have been. */
struct wf_suggest {
    const char *word;
    const char *best; /* NULL: nothing is close enough */
    int distance;
};
#define WF_SUGGEST_INIT(word)                                                  \
    {                                                                          \
        (word), NULL, 0                                                        \
    }

/* Keeps `candidate` (borrowed) if it is nearer than the best so far: at most
 * two letters wrong, and fewer than half of them. NULL is allowed. */
void wf_suggest_offer(struct wf_suggest *suggest, const char *candidate);

#endif
