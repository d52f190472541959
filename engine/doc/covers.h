/* doc/covers.h - what a hide takes away: the fields that it names, and those
 * that are computed of them, for a result tells of its parts.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_COVERS_H
#define WF_DOC_COVERS_H

#include "doc/doc.h"

bool wf_hide_covers(const struct wf_hide *hide, const struct wf_field *field);

/* Whether a grant shows a field: all that are not private, or the named. */
bool wf_grant_shows(const struct wf_grant *grant, const struct wf_field *field);

#endif
