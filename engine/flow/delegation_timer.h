/* flow/delegation_timer.h - the days on which a delegation begins and ends.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_DELEGATION_TIMER_H
#define WF_FLOW_DELEGATION_TIMER_H

#include "flow/delegation.h"
#include "flow/timer.h"

/* Sets a timer for the first and one for the day after the last day, in each
 * time zone that a package has. */
WF_MUST_CHECK bool wf_delegation_set_timers(struct wf_flow *flow,
                                            const struct wf_delegation *d,
                                            weft_error *err);
WF_MUST_CHECK bool wf_delegation_cancel_timers(struct wf_flow *flow, wf_id id,
                                               weft_error *err);

/* The handler of the kind "delegation". */
bool wf_delegation_fire(struct wf_flow *flow, const struct wf_timer *timer,
                        weft_error *err);

#endif
