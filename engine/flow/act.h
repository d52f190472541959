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

/* Of a document in lanes: looks at the one that the act is for, by its name or
 * as the first where call->me may take it; where it is about the whole, at the
 * document. Errors: WEFT_E_CONFLICT there is no such lane. */
WF_MUST_CHECK bool wf_act_look(struct wf_flow *flow, struct wf_doc *doc,
                               const struct wf_act *act, weft_error *err);

#endif
