/* flow/forget.h - words that were taken out of documents leave the search index
 * too, in pieces between which others write (store/search.h).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_FORGET_H
#define WF_FLOW_FORGET_H

#include "flow/flow.h"
#include "flow/timer.h"

/* At once, for somebody who has asked for it; or in the coming night, all of a
 * day together. */
WF_MUST_CHECK bool wf_forget_now(struct wf_flow *flow, weft_error *err);
WF_MUST_CHECK bool wf_forget_tonight(struct wf_flow *flow, weft_error *err);

extern wf_timer_fn wf_forget_fire;

#endif
