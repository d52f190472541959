/* org/scope.h - what sessions and tokens may be used for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_SCOPE_H
#define WF_ORG_SCOPE_H

#include "org/signin.h"

/* All that the person's roles allow. */
WF_MUST_CHECK bool wf_scopes_of(struct wf_call *call, wf_id person,
                                unsigned *out, weft_error *err);

/* As words, separated by one space. */
const char *wf_scopes_text(struct wf_arena *arena, unsigned scopes);

#endif
