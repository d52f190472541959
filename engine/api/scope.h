/* api/scope.h - in whose name something is asked, and what a token may be used
 * for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SCOPE_H
#define WF_API_SCOPE_H

#include <stdbool.h>

#include <weft/session.h>

#include "base/id.h"
#include "base/json.h"

/* In whose name something is asked; copied by whoever keeps it. */
struct wf_asker {
    wf_id person; /* 0: nobody yet, or the system */
    bool system;
    bool by_token;   /* then only `scopes` may be used */
    unsigned scopes; /* of enum weft_scope */
    const char *via; /* as of wf_call */
    char lang[WEFT_LANG_MAX];
};

/* Has answers in `lang`: "zh-CN" or "en". */
void wf_asker_speak(struct wf_asker *asker, const char *lang);

/* Whether `asker` may use `scope` (0: none is needed): a token has it or not,
 * and what is for directories alone is for nobody else. Errors: WEFT_E_DENIED.
 */
WF_MUST_CHECK bool wf_asker_may(const struct wf_asker *asker, unsigned scope,
                                weft_error *err);

/* The words of scopes, as a JSON array. */
void wf_scopes_write(unsigned scopes, struct wf_json_writer *out);

#endif
