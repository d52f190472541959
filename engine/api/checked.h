/* api/checked.h - what a check tells of forms that are not live yet.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_CHECKED_H
#define WF_API_CHECKED_H

#include "api/turn.h"
#include "def/compile.h"

/* Appends to an open object "checked": of each compiled form its model, how it
 * would look, and what differs from the live one. Only of packages that
 * call->me may deploy into: a text is nobody else's business. */
WF_MUST_CHECK bool wf_checked_write(struct wf_turn *turn,
                                    const struct wf_bundle *bundle,
                                    weft_error *err);

#endif
