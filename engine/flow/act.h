/* flow/act.h - what act.c shares: who may take an action.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_ACT_H
#define WF_FLOW_ACT_H

#include "flow/flow.h"

/* Whether call->me may take `action` (its condition aside). */
WF_MUST_CHECK bool wf_action_may(struct wf_flow *flow, const struct wf_doc *doc,
                                 const struct wf_action *action,
                                 const struct wf_rights *rights, bool *out,
                                 weft_error *err);

#endif
