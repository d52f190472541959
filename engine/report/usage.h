/* report/usage.h - how much is used, by whom in general and by nobody in
 * particular.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_USAGE_H
#define WF_REPORT_USAGE_H

#include "flow/timer.h"

/* Sees to it that each day is counted when it is over, from the first report on
 * that is deployed. Asked again it changes nothing. */
WF_MUST_CHECK bool wf_usage_begin(struct wf_flow *flow, weft_error *err);
extern wf_timer_fn wf_usage_fire;

/* {"items":[{"day","form","what","unit","n","people"}]} of the days from `from`
 * to `to`, both included, the newest first; `form` NULL: of all. */
WF_MUST_CHECK bool wf_usage_list(struct wf_call *call, int32_t from, int32_t to,
                                 const char *form, struct wf_json_writer *out,
                                 weft_error *err);

#endif
