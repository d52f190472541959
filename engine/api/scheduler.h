/* api/scheduler.h - runs what is due: sleeps until the next job, takes it, and
 * hands it to the writer as a command like any other.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SCHEDULER_H
#define WF_API_SCHEDULER_H

#include "api/engine.h"

WF_MUST_CHECK bool wf_scheduler_start(weft_engine *engine,
                                      struct wf_scheduler **out,
                                      weft_error *err);

/* There may be something to do. From any thread; NULL allowed. */
void wf_scheduler_wake(struct wf_scheduler *scheduler);

/* Ends the thread, after the job in hand; the handle stays valid. */
void wf_scheduler_stop(struct wf_scheduler *scheduler);
void wf_scheduler_free(struct wf_scheduler *scheduler);

/* Runs the jobs that are due by `to` (ms), in order, on the calling thread.
 * A job that fails is tried again later and is no failure here. */
WF_MUST_CHECK bool wf_jobs_fire(weft_engine *engine, int64_t to, int64_t *fired,
                                weft_error *err);

#endif
