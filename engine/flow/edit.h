/* flow/edit.h - which fields somebody may edit now.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_EDIT_H
#define WF_FLOW_EDIT_H

#include "flow/flow.h"

/* The fields of the work in hand, or all of them with the right to edit;
 * NULL: none, as of what is frozen. `rights` NULL: the engine itself. Of a
 * document in lanes those of the lane that is looked at, else of all in which
 * call->me is asked. */
WF_MUST_CHECK bool wf_edit_set(struct wf_flow *flow, struct wf_doc *doc,
                               const struct wf_rights *rights,
                               const struct wf_field_set **out,
                               weft_error *err);

/* Whether call->me is asked where the document stands, or in the lane that is
 * looked at. */
WF_MUST_CHECK bool wf_works_here(struct wf_flow *flow, const struct wf_doc *doc,
                                 const struct wf_rights *rights, bool *out,
                                 weft_error *err);

/* Whether its stage still lets people edit it. Errors: WEFT_E_CONFLICT it is
 * frozen. */
WF_MUST_CHECK bool wf_edit_is_thawed(struct wf_flow *flow,
                                     const struct wf_doc *doc, weft_error *err);

#endif
