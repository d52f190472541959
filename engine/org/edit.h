/* org/edit.h - one person or one unit changed by hand, and what is known of
 * them, in the same words as the columns of a file.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_EDIT_H
#define WF_ORG_EDIT_H

#include "org/person.h"

/* Changes the person with the login `key`, or with NULL adds one. `with` is an
 * object with the columns of a people file as members: lists are arrays of
 * texts, `attributes` an object; what is not in it stays. What does not fit is
 * a finding at its member (WEFT_E_INVALID). Who is set inactive loses their
 * sessions. */
WF_MUST_CHECK bool wf_person_edit(struct wf_call *call, const char *key,
                                  const struct wf_json *with, wf_id *out,
                                  weft_error *err);

/* The same for a unit: `id` (of a new one) `name parent head active`. */
WF_MUST_CHECK bool wf_unit_edit(struct wf_call *call, const char *key,
                                const struct wf_json *with, weft_error *err);

/* Hangs a unit with all that is in it under another (NULL: none). With
 * `manager` (a login) its head reports to that person from now on. */
struct wf_unit_move {
    const char *unit, *parent, *manager;
};
WF_MUST_CHECK bool wf_unit_move(struct wf_call *call,
                                const struct wf_unit_move *move,
                                weft_error *err);

/* All columns of a person or unit, as an edit takes them. */
WF_MUST_CHECK bool wf_person_record(struct wf_call *call, const char *login,
                                    struct wf_json **out, weft_error *err);
WF_MUST_CHECK bool wf_unit_record(struct wf_call *call, const char *key,
                                  struct wf_json **out, weft_error *err);

#endif
