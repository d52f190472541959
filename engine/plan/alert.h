/* plan/alert.h - alerts over documents: the daily look, in pieces.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_ALERT_H
#define WF_PLAN_ALERT_H

#include "plan/look.h"
#include "plan/plan.h"

/* All alerts look at all of their documents. */
WF_MUST_CHECK bool wf_alerts_look(struct wf_flow *flow, weft_error *err);

extern wf_live_fn wf_alert_begin;
extern wf_timer_fn wf_alert_fire;

/* Keeps what a look has found of one document: its light, who hears of it, what
 * the hook does. */
WF_MUST_CHECK bool wf_alert_keep(struct wf_flow *flow,
                                 const struct wf_alert *alert,
                                 const struct wf_seen *seen, weft_error *err);

#endif
