/* report/live.h - what this layer hands down when an engine opens: its timers,
 * and what begins when its definitions go live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_LIVE_H
#define WF_REPORT_LIVE_H

#include "flow/live.h"
#include "flow/timer.h"

extern const struct wf_live_kind wf_report_live[];    /* kind NULL at the end */
extern const struct wf_timer_kind wf_report_timers[]; /* id NULL at the end */

#endif
