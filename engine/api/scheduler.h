/* api/scheduler.h - the thread that sleeps until the next timer or job is due
 * and fires it (api/due.h).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SCHEDULER_H
#define WF_API_SCHEDULER_H

#include "api/engine.h"

WF_MUST_CHECK bool wf_scheduler_start(weft_engine *engine,
                                      struct wf_scheduler **out,
                                      weft_error *err);

/* Something was queued that is due at `due` (ms by the engine's clock). From
 * any thread; NULL allowed. */
void wf_scheduler_wake(struct wf_scheduler *scheduler, int64_t due);

/* Ends the thread, after what is in hand; the handle stays valid. */
void wf_scheduler_stop(struct wf_scheduler *scheduler);
void wf_scheduler_free(struct wf_scheduler *scheduler);

#endif
