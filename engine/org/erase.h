/* org/erase.h - a person who becomes a pseudonym.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_ERASE_H
#define WF_ORG_ERASE_H

#include "org/call.h"

/* Takes away who `person` was: login, name, address, title, grade, teams,
 * roles, attributes, password, sessions, tokens, identities, what they were
 * told, and what is planned for them. Unit and lines stay, so that totals do.
 * `*login` is what they are called from now on. */
WF_MUST_CHECK bool wf_person_erase(struct wf_call *call, wf_id person,
                                   const char **login, weft_error *err);

#endif
