/* def/words.c - what a person reads of a definition, in each language it has.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/words.h"

#include "base/str.h"

const char *wf_words_get(const struct wf_words *words, const char *lang,
                         enum wf_word word)
{
    for (const struct wf_words *at = words; at && lang; at = at->next)
        if (wf_streq(at->lang, lang) && at->at[word])
            return at->at[word];
    return words ? words->at[word] : NULL;
}

const char *wf_words_label(const struct wf_words *words, const char *lang,
                           const char *id)
{
    const char *label = wf_words_get(words, lang, WF_WORD_LABEL);

    return label ? label : id;
}
