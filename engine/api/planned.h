/* api/planned.h - changes of people and units, now or on their day.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_PLANNED_H
#define WF_API_PLANNED_H

#include "flow/timer.h"

/* The timers of this layer. */
extern const struct wf_timer_kind wf_api_timers[];

#endif
