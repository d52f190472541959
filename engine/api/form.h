/* api/form.h - a form, found for the one who asks.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_FORM_H
#define WF_API_FORM_H

#include "api/turn.h"

/* The live version of a form (or `version`, where not 0), if call->me sees the
 * form at all. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_form_open(struct wf_turn *turn, const char *id,
                                int version, const struct wf_form **out,
                                weft_error *err);

/* The same for its definition, which tells of fields and rules that a mere
 * user of the form may not see: for whoever may derive from it or deploy it.
 * Errors: WEFT_E_DENIED as well. */
WF_MUST_CHECK bool wf_form_open_text(struct wf_turn *turn, const char *id,
                                     int version, const struct wf_form **out,
                                     weft_error *err);

#endif
