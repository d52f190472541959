/* flow/delegation.h - standing delegation: from one day to another, who stands
 * in for whom, for all forms or some.
 *
 * Days are those of the time zone of the document's package, both included.
 * The substitute decides in the giver's name, and never what is their own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_DELEGATION_H
#define WF_FLOW_DELEGATION_H

#include "flow/flow.h"

struct wf_delegation {
    wf_id id, giver, taker;
    const char *since, *until;   /* dates, both included */
    const struct wf_json *forms; /* ids; [] or NULL: all */
};

/* Whoever is asked about `doc` in the place of `person` today: their
 * substitute, or the substitute's, or they themselves. */
WF_MUST_CHECK bool wf_delegation_taker(struct wf_flow *flow,
                                       const struct wf_doc *doc, wf_id person,
                                       wf_id *taker, weft_error *err);

/* Asks ahead for the substitutes of `giver` (store/ahead.h). */
WF_MUST_CHECK bool wf_delegation_ahead(struct wf_call *call, wf_id giver,
                                       weft_error *err);

/* Adds one, and hands over what waits for the giver. `id` is set.
 * Errors: WEFT_E_INVALID with findings: a circle, oneself, a period that ends
 * before it begins, an unknown form. */
WF_MUST_CHECK bool wf_delegation_add(struct wf_flow *flow,
                                     struct wf_delegation *delegation,
                                     weft_error *err);

/* Ends one now; what the substitute has not decided comes back.
 * Errors: WEFT_E_NOTFOUND, also one that call->me has no part in and does not
 * administer; with `own_only` administrators, too, end none but their own. */
WF_MUST_CHECK bool wf_delegation_end(struct wf_flow *flow, wf_id id,
                                     bool own_only, weft_error *err);

/* {"items":[{"id","giver","to","from","until","forms","active"}]}: those that
 * `person` has given or takes, the running and coming ones. */
WF_MUST_CHECK bool wf_delegation_list(struct wf_flow *flow, wf_id person,
                                      struct wf_json_writer *out,
                                      weft_error *err);
WF_MUST_CHECK bool wf_delegation_show(struct wf_flow *flow, wf_id id,
                                      struct wf_json_writer *out,
                                      weft_error *err);

/* What `giver` gives ends, as they leave. Their seats do not move yet. */
WF_MUST_CHECK bool wf_delegations_end_given(struct wf_flow *flow, wf_id giver,
                                            weft_error *err);

/* Everything that `giver` takes or gives ends, as they leave: what they took is
 * taken by `heir` instead. */
WF_MUST_CHECK bool wf_delegations_inherit(struct wf_flow *flow, wf_id giver,
                                          wf_id heir, weft_error *err);

/* A circle among those that run is a finding: for weft verify. */
WF_MUST_CHECK bool wf_delegations_verify(struct wf_call *call, weft_error *err);

#endif
