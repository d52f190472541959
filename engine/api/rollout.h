/* api/rollout.h - definitions go live: for everyone or for a pilot, at once or
 * when their time has come.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_ROLLOUT_H
#define WF_API_ROLLOUT_H

#include "api/turn.h"
#include "def/deploy.h"
#include "flow/timer.h"

/* Versions go live when their time has come. */
extern const struct wf_timer_kind wf_rollout_timers[];

/* "unit:ID" in the language's own words; anything else as it is. */
const char *wf_pilot_text(struct wf_arena *arena, const char *pilot);

/* Finds fault with an audience that is no WHO, or is nobody today. */
WF_MUST_CHECK bool wf_pilot_check(struct wf_turn *turn, const char *pilot,
                                  weft_error *err);

/* Reads a time to come: RFC 3339, or a day, which begins at midnight in `zone`.
 * What cannot be is a finding of the field "at". */
WF_MUST_CHECK bool wf_plan_time(struct wf_turn *turn, const char *text,
                                const char *zone, int64_t *out,
                                weft_error *err);

/* Makes a bundle live, or plans it, begins what begins with it, and tells of it
 * in the history. Right to do so has been asked for. */
WF_MUST_CHECK bool wf_go_live(struct wf_flow *flow,
                              const struct wf_bundle *bundle,
                              const struct wf_deploy_options *options,
                              struct wf_deployed_rows *rows, weft_error *err);

/* Has the definitions of these rows go live at `at`. */
WF_MUST_CHECK bool wf_plan(struct wf_flow *flow,
                           const struct wf_deployed_rows *rows, int64_t at,
                           weft_error *err);

#endif
