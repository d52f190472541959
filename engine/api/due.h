/* api/due.h - what is due: timers and jobs, fired in order of their time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_DUE_H
#define WF_API_DUE_H

#include "api/engine.h"
#include "flow/timer.h"

/* When the next timer or job is due; 0: nothing waits. */
WF_MUST_CHECK bool wf_due_next(weft_engine *engine, int64_t *due,
                               weft_error *err);

/* Fires the next of what is due by `to` (ms), in order of due: some timers or
 * one job. What lies in the future of the engine's clock happens at its own
 * time. What fails is tried again later and is no failure here; a store that
 * fails is. *any is false if nothing was left to do; *fired grows by what went
 * well. */
WF_MUST_CHECK bool wf_due_fire_next(weft_engine *engine, int64_t to, bool *any,
                                    int64_t *fired, weft_error *err);

/* The two as the rounds of a scheduler. */
struct wf_rounds;
extern const struct wf_rounds wf_due_rounds;

/* The same until nothing is left. */
WF_MUST_CHECK bool wf_due_fire(weft_engine *engine, int64_t to, int64_t *fired,
                               weft_error *err);

/* --- Its two kinds */

/* Fires these timers, in this order, each a command of its own; all of them
 * are in the writer's queue at once, so that they share commits. */
enum {
    WF_TIMERS_PIECE = 128 /* that go to the writer together */
};
WF_MUST_CHECK bool wf_timers_fire(weft_engine *engine,
                                  const struct wf_timer_due *timers, size_t n,
                                  int64_t *fired, weft_error *err);

/* Runs the next job that is due at `now`; *found is false if there is none, or
 * somebody else is at it. */
WF_MUST_CHECK bool wf_job_fire(weft_engine *engine, int64_t now, bool *found,
                               weft_error *err);

#endif
