/* flow/live.h - what begins when a definition of a kind (def/kind.h) goes live:
 * a row for each kind that has clocks of its own, in a table of each layer that
 * api/live.c knows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_LIVE_H
#define WF_FLOW_LIVE_H

#include "flow/flow.h"

/* `head` is live from now on, as a first or a new version; in the transaction
 * in which that happens. What was set for the version before is there. */
typedef bool wf_live_fn(struct wf_flow *flow, const struct wf_head *head,
                        weft_error *err);
struct wf_live_kind {
    const char *kind;
    wf_live_fn *begin;
};

#endif
