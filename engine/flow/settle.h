/* flow/settle.h - bringing a changed document to rest: formulas, validate(),
 * rules; and telling what changed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_SETTLE_H
#define WF_FLOW_SETTLE_H

#include "flow/flow.h"

/* Derives, runs validate(), derives again, checks what stops a save.
 * Errors: WEFT_E_INVALID with findings. */
WF_MUST_CHECK bool wf_settle(struct wf_flow *flow, struct wf_doc *doc,
                             weft_error *err);

/* Settles an edit and keeps it, with an "edit" event, if anything changed:
 * of a person, or by_hook, which is the engine's own entry. */
WF_MUST_CHECK bool wf_settle_edit(struct wf_flow *flow, struct wf_doc *doc,
                                  bool by_hook, weft_error *err);

/* What the functions of the hook file give a new document by default: over all
 * that it is made with, where that has `said` (NULL: nothing) nothing itself.
 */
WF_MUST_CHECK bool wf_settle_defaults(struct wf_flow *flow, struct wf_doc *doc,
                                      const struct wf_json *said,
                                      weft_error *err);

/* Formulas and the columns taken from fields. */
WF_MUST_CHECK bool wf_settle_values(struct wf_flow *flow, struct wf_doc *doc,
                                    weft_error *err);

/* Fails with WEFT_E_INVALID if the call has findings of severity error. */
WF_MUST_CHECK bool wf_settle_findings(struct wf_flow *flow, weft_error *err);

/* Applies `patch` as people send it, for the fields of `edit` (NULL: all) that
 * `rights` (NULL: all) lets them see. */
WF_MUST_CHECK bool wf_settle_patch(struct wf_flow *flow, struct wf_doc *doc,
                                   const struct wf_json *patch,
                                   const struct wf_field_set *edit,
                                   const struct wf_rights *rights,
                                   weft_error *err);

/* The same of what somebody is typing: each field by itself, so that a bad one
 * does not hide the rest; what is wrong is left to the findings. */
WF_MUST_CHECK bool wf_settle_typed(struct wf_flow *flow, struct wf_doc *doc,
                                   const struct wf_json *patch,
                                   const struct wf_rights *rights,
                                   weft_error *err);

#endif
