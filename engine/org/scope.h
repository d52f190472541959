/* org/scope.h - what sessions and tokens may be used for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_SCOPE_H
#define WF_ORG_SCOPE_H

#include "org/signin.h"

/* Every scope with its word; ends with NULL. */
struct wf_scope_row {
    const char *word;
    enum wf_scope_word scope;
};
extern const struct wf_scope_row wf_scope_rows[];

/* All that the person's roles, and the policies of packages, allow. */
WF_MUST_CHECK bool wf_scopes_of(struct wf_call *call, wf_id person,
                                unsigned *out, weft_error *err);

/* As words, separated by one space. */
const char *wf_scopes_text(struct wf_arena *arena, unsigned scopes);

#endif
