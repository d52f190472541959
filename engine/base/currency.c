/* base/currency.c - currencies of ISO 4217, by ICU: see base/text.h.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <unicode/ucurr.h>

enum {
    CODE_LEN = 3
};

/* Three capitals, as ICU takes them. */
static bool to_utf16(const char *code, UChar out[CODE_LEN + 1])
{
    for (int i = 0; i < CODE_LEN; i++) {
        if (code[i] < 'A' || code[i] > 'Z')
            return false;
        out[i] = (UChar)code[i];
    }
    out[CODE_LEN] = 0;
    return !code[CODE_LEN];
}

bool wf_currency_known(const char *code)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar iso[CODE_LEN + 1];

    return code && to_utf16(code, iso)
           && ucurr_isAvailable(iso, U_DATE_MIN, U_DATE_MAX, &status)
           && U_SUCCESS(status);
}

int wf_currency_digits(const char *code)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar iso[CODE_LEN + 1];

    if (!wf_currency_known(code) || !to_utf16(code, iso))
        return 2;
    return ucurr_getDefaultFractionDigits(iso, &status);
}
