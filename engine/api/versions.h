/* api/versions.h - the versions of a form as people see them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_VERSIONS_H
#define WF_API_VERSIONS_H

#include "api/turn.h"

/* The package of a form, of which there may be planned versions alone, for
 * whoever may deploy into it. Errors: WEFT_E_DENIED; WEFT_E_NOTFOUND where it
 * is not, or nothing of it is seen. */
WF_MUST_CHECK bool wf_versions_open(struct wf_turn *turn, const char *form,
                                    const char **package, weft_error *err);

/* Writes {"items":[…]}; where `login` is not NULL, also which version that
 * person would be given for a new document. */
WF_MUST_CHECK bool wf_versions_write(struct wf_turn *turn, const char *form,
                                     const char *login, weft_error *err);

#endif
