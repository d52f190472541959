/* base/respell.c - a text in other letters, by ICU's rules.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/respell.h"

#include <pthread.h>

#include <unicode/utrans.h>

/* "Names" reads family names as such: 曾 is zeng. */
static const UChar *const rules[] = {
    [WF_RESPELL_SPOKEN] = u"Han-Latin/Names; Latin-ASCII; Lower",
    [WF_RESPELL_SIMPLIFIED] = u"Hant-Hans",
};

/* Read with the first text that needs them, and kept to the end of the process;
 * NULL: not read yet. ICU lets one thread at a time use them.
 * lint: static, because they are ICU's data, as its tables of letters are. */
static UTransliterator *kept[WF_COUNT(rules)];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

bool wf_respell(enum wf_respelling how, UChar *text, int32_t *len, int32_t cap)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t limit = *len;

    pthread_mutex_lock(&lock);
    if (!kept[how])
        kept[how] = utrans_openU(rules[how], -1, UTRANS_FORWARD, NULL, 0, NULL,
                                 &status);
    if (U_SUCCESS(status))
        utrans_transUChars(kept[how], text, len, cap, 0, &limit, &status);
    pthread_mutex_unlock(&lock);
    return U_SUCCESS(status);
}
