/* api/scope.c - what a token may be used for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/scope.h"

#include <stdio.h>

#include "base/error.h"

static const struct scope {
    enum weft_scope scope;
    const char *word;
} scopes[] = {
    { WEFT_SCOPE_READ, "read" },       { WEFT_SCOPE_WRITE, "write" },
    { WEFT_SCOPE_DEPLOY, "deploy" },   { WEFT_SCOPE_ADMIN, "admin" },
    { WEFT_SCOPE_METRICS, "metrics" }, { WEFT_SCOPE_SCIM, "scim" },
};

void wf_scopes_write(unsigned held, struct wf_json_writer *out)
{
    wf_jw_open(out, '[');
    for (size_t i = 0; i < WF_COUNT(scopes); i++)
        if (held & scopes[i].scope)
            wf_jw_text(out, scopes[i].word);
    wf_jw_close(out, ']');
}

void wf_asker_speak(struct wf_asker *asker, const char *lang)
{
    snprintf(asker->lang, sizeof asker->lang, "%s", lang);
}

bool wf_asker_may(const struct wf_asker *asker, unsigned scope, weft_error *err)
{
    if (!asker->by_token || (asker->scopes & scope) == scope)
        return true;
    for (size_t i = 0; i < WF_COUNT(scopes); i++)
        if (scopes[i].scope & scope & ~asker->scopes)
            return wf_fail(err, WEFT_E_DENIED,
                           "This token lacks the scope \"%s\".",
                           scopes[i].word);
    return wf_fail(err, WEFT_E_DENIED, "This token may not do this.");
}
