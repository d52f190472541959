/* def/words.h - what a person reads of a definition, in each language it has.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_WORDS_H
#define WF_DEF_WORDS_H

enum wf_word {
    WF_WORD_LABEL,
    WF_WORD_HELP,
    WF_WORD_MESSAGE,
    WF_WORD_TITLE,
    WF_WORD_UNIT,
    WF_WORD_PLACEHOLDER,
    WF_N_WORDS
};

/* The first stands for the package's own language, the rest come from <t>.
 * A member is NULL where nothing was said. */
struct wf_words {
    const char *lang;
    const char *at[WF_N_WORDS];
    struct wf_words *next;
};

/* The word in `lang`, else in the package's language, else NULL. */
const char *wf_words_get(const struct wf_words *words, const char *lang,
                         enum wf_word word);

/* The label, or `id` where there is none. */
const char *wf_words_label(const struct wf_words *words, const char *lang,
                           const char *id);

#endif
