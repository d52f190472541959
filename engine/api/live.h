/* api/live.h - what begins when definitions go live: by a deploy, or because
 * the time has come for which it was planned.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_LIVE_H
#define WF_API_LIVE_H

#include "flow/flow.h"

/* One definition is live now, and the generation has been bumped. */
WF_MUST_CHECK bool wf_live_begin(struct wf_flow *flow, const char *kind,
                                 const char *id, weft_error *err);

/* Once for all of them: index rows that they need are made. */
WF_MUST_CHECK bool wf_live_settle(struct wf_flow *flow, weft_error *err);

#endif
