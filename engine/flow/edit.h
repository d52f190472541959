/* flow/edit.h - which fields somebody may edit now.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_EDIT_H
#define WF_FLOW_EDIT_H

#include "flow/flow.h"

/* The fields of the work in hand, or all of them with the right to edit;
 * NULL: none. `rights` NULL: the engine itself. */
const struct wf_field_set *wf_edit_set(const struct wf_doc *doc,
                                       const struct wf_rights *rights);

#endif
