/* flow/delegation_rows.h - what the files of delegation share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_DELEGATION_ROWS_H
#define WF_FLOW_DELEGATION_ROWS_H

#include "base/list.h"
#include "flow/delegation.h"

struct wf_delegations {
    struct wf_delegation *at;
    size_t n, cap;
};

/* Reads those that `sql` finds: id, giver, taker, since, until, forms of
 * person $1 and day $2. */
WF_MUST_CHECK bool wf_delegations_load(struct wf_call *call, const char *sql,
                                       wf_id person, const char *day,
                                       struct wf_delegations *out,
                                       weft_error *err);

/* Those of a giver that are not over on the day `since`. */
WF_MUST_CHECK bool wf_delegations_given(struct wf_call *call, wf_id giver,
                                        const char *since,
                                        struct wf_delegations *out,
                                        weft_error *err);

/* The one of this id that has not ended. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_delegation_load(struct wf_call *call, wf_id id,
                                      struct wf_delegation *out,
                                      weft_error *err);

/* Whether from its taker on somebody stands in for somebody, on its days and
 * for its forms, until it comes back to its giver. */
WF_MUST_CHECK bool wf_delegation_circles(struct wf_call *call,
                                         const struct wf_delegation *delegation,
                                         bool *out, weft_error *err);

/* The last day of one that has none. */
#define WF_DELEGATION_OPEN "9999-12-31"

/* Today in a zone, as a date; NULL: where it is earliest, so that nothing that
 * holds anywhere is over by it. */
const char *wf_delegation_today(struct wf_call *call, const char *zone);

/* Brings the seats of all documents to what holds today: whoever has a
 * substitute is asked through them, and who has none is asked again. */
WF_MUST_CHECK bool wf_delegation_refresh(struct wf_flow *flow, wf_id giver,
                                         weft_error *err);

#endif
