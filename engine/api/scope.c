/* api/scope.c - what a token may be used for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/scope.h"

#include <stdio.h>

#include "base/error.h"
#include "org/scope.h"

/* The numbers of the API are those of org/, whose table has the words. */
_Static_assert((int)WEFT_SCOPE_READ == (int)WF_SCOPE_READ
                   && (int)WEFT_SCOPE_WRITE == (int)WF_SCOPE_WRITE
                   && (int)WEFT_SCOPE_DEPLOY == (int)WF_SCOPE_DEPLOY
                   && (int)WEFT_SCOPE_ADMIN == (int)WF_SCOPE_ADMIN
                   && (int)WEFT_SCOPE_METRICS == (int)WF_SCOPE_METRICS
                   && (int)WEFT_SCOPE_SCIM == (int)WF_SCOPE_SCIM
                   && (int)WEFT_SCOPE_CALENDAR == (int)WF_SCOPE_CALENDAR,
               "scopes are the same in both");

void wf_scopes_write(unsigned held, struct wf_json_writer *out)
{
    wf_jw_open(out, '[');
    for (const struct wf_scope_row *r = wf_scope_rows; r->word; r++)
        if (held & r->scope)
            wf_jw_text(out, r->word);
    wf_jw_close(out, ']');
}

void wf_asker_speak(struct wf_asker *asker, const char *lang)
{
    snprintf(asker->lang, sizeof asker->lang, "%s", lang);
}

bool wf_asker_may(const struct wf_asker *asker, unsigned scope, weft_error *err)
{
    if (asker->system || (asker->scopes & scope) == scope)
        return true;
    if (!asker->by_token && (scope & WEFT_SCOPE_SCIM))
        return wf_fail(err, WEFT_E_DENIED,
                       "This is for programs, with a token of the scope "
                       "\"scim\".");
    if (!asker->by_token)
        return true; /* what somebody may who is here is asked beneath */
    for (const struct wf_scope_row *r = wf_scope_rows; r->word; r++)
        if (r->scope & scope & ~asker->scopes)
            return wf_fail(err, WEFT_E_DENIED,
                           "This token lacks the scope \"%s\".", r->word);
    return wf_fail(err, WEFT_E_DENIED, "This token may not do this.");
}
