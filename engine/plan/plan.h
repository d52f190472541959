/* plan/plan.h - what this layer hands down when an engine opens: its timers,
 * and what begins when its definitions go live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_PLAN_H
#define WF_PLAN_PLAN_H

#include "flow/live.h"
#include "flow/timer.h"

/* Looks at everything that alerts and metrics watch, at once and not at their
 * time: for a store that nobody waits for, as while it is made. */
WF_MUST_CHECK bool wf_plan_look(struct wf_flow *flow, weft_error *err);

extern const struct wf_live_kind wf_plan_live[];    /* kind NULL at the end */
extern const struct wf_timer_kind wf_plan_timers[]; /* id NULL at the end */

#endif
