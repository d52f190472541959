/* api/privacy.h - whom the rights of privacy.c and privacy_copy.c are about.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_PRIVACY_H
#define WF_API_PRIVACY_H

#include <weft/privacy.h>

#include "api/turn.h"

/* By login or id. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_privacy_find(struct wf_turn *turn, const char *id,
                                   const struct wf_person **out,
                                   weft_error *err);

/* Whether it is whoever asks, or the system does. */
bool wf_privacy_is_me(const struct wf_call *call,
                      const struct wf_person *person);

#endif
