/* doc/covers.h - which fields a rule of a form's access speaks of. A hide takes
 * away those that it names, and those that are computed of them, for a result
 * tells of its parts.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_COVERS_H
#define WF_DOC_COVERS_H

#include "doc/doc.h"

bool wf_hide_covers(const struct wf_hide *hide, const struct wf_field *field);

/* Whether a grant shows a field: all that are not private, or the named. */
bool wf_grant_shows(const struct wf_grant *grant, const struct wf_field *field);

/* Whether a copy shows a field: one that is neither private nor taken from
 * anybody, whoever sends it to whom. */
bool wf_copy_shows(const struct wf_form *form, const struct wf_field *field);
bool wf_copy_shows_all(const struct wf_form *form,
                       const struct wf_field *const *fields, size_t n);

/* Whether everybody who may read a document of the form sees the field. */
bool wf_field_is_open(const struct wf_form *form, const struct wf_field *field);

#endif
