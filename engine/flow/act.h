/* flow/act.h - what act.c shares: the verbs, and who may take an action.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_ACT_H
#define WF_FLOW_ACT_H

#include "flow/flow.h"

/* A verb of a work item; run() sets *to where the document moves. */
struct wf_verb {
    const char *id;
    bool (*run)(struct wf_flow *flow, struct wf_doc *doc,
                const struct wf_act *act, const struct wf_step **to,
                weft_error *err);
    bool needs_seat; /* open to whoever is asked now */
};
const struct wf_verb *wf_verb_find(const char *id);

/* Whether call->me may take `action` (its condition aside). */
WF_MUST_CHECK bool wf_action_may(struct wf_flow *flow, const struct wf_doc *doc,
                                 const struct wf_action *action,
                                 const struct wf_rights *rights, bool *out,
                                 weft_error *err);

#endif
