/* base/respell.h - a text in other letters, by ICU's rules: Chinese as it is
 * spoken, or in the simplified script.
 *
 * To read the rules takes ICU milliseconds; so it is done once in a process.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_RESPELL_H
#define WF_BASE_RESPELL_H

#include <stdbool.h>
#include <stdint.h>

#include <unicode/umachine.h>

#include "base/macros.h"

enum wf_respelling {
    WF_RESPELL_SPOKEN, /* syllables in small ASCII letters, apart by spaces */
    WF_RESPELL_SIMPLIFIED,
};

/* Changes the `*len` units at `text`, where there is room for `cap`. False,
 * and the text is not to be used, if they do not suffice or ICU lacks the
 * rules. Any thread. */
WF_MUST_CHECK bool wf_respell(enum wf_respelling how, UChar *text, int32_t *len,
                              int32_t cap);

#endif
