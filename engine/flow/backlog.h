/* flow/backlog.h - what is to be done without anybody's doing: timers and jobs
 * as an administrator sees them, with why they failed.
 *
 * What has failed may be revived, which tries it again at once, or dropped,
 * which leaves the document where it is. What only waits for its time is
 * neither: an act that is due on Friday is not to be had on Monday.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_BACKLOG_H
#define WF_FLOW_BACKLOG_H

#include "doc/cursor.h"
#include "flow/flow.h"

/* Writes {"items":[{"id","what","kind","document","form","step","level",
 * "state","due","at","attempts","problem"}],"next"}, by when it is tried next;
 * `dead`: those that are not tried any more, else those that wait. */
WF_MUST_CHECK bool wf_backlog_list(struct wf_call *call, bool dead,
                                   const struct wf_page *page,
                                   struct wf_json_writer *out, weft_error *err);

/* Errors: WEFT_E_NOTFOUND there is none; WEFT_E_CONFLICT it has not failed. In
 * a transaction; the history of its document says so. */
WF_MUST_CHECK bool wf_backlog_revive(struct wf_flow *flow, wf_id id,
                                     weft_error *err);
WF_MUST_CHECK bool wf_backlog_drop(struct wf_flow *flow, wf_id id,
                                   weft_error *err);

#endif
