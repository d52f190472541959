/* plan/plan.c - the tables that this layer hands down.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/plan.h"

#include "plan/alert.h"
#include "plan/cycle.h"
#include "plan/metric.h"

bool wf_plan_look(struct wf_flow *flow, weft_error *err)
{
    return wf_alerts_look(flow, err) && wf_spans_judge(flow, err);
}

/* clang-format off */
const struct wf_live_kind wf_plan_live[] = {
    { "alert", wf_alert_begin },
    { "cycle", wf_cycle_begin },
    { NULL, NULL },
};

const struct wf_timer_kind wf_plan_timers[] = {
    { "alert",        wf_alert_fire },
    { "metric",       wf_spans_fire },
    { "cycle-clock",  wf_cycle_clock_fire },
    { "cycle-close",  wf_cycle_close_fire },
    { "cycle-gather", wf_cycle_gather_fire },
    { "cycle-look",   wf_cycle_look_fire },
    { "cycle-nudge",  wf_cycle_nudge_fire },
    { "cycle-remind", wf_cycle_remind_fire },
    { "cycle-stage",  wf_cycle_stage_fire },
    { NULL, NULL },
};
/* clang-format on */
