/* api/scheduler.h - a thread that sleeps until something is due and does it:
 * one fires timers and jobs (due.h), another sends letters (sender.h).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SCHEDULER_H
#define WF_API_SCHEDULER_H

#include "api/engine.h"

/* What one does. */
struct wf_rounds {
    const char *name; /* in the log */
    /* When the next is due, in ms; 0: nothing waits. */
    bool (*next)(weft_engine *engine, int64_t *due, weft_error *err);
    /* Does some of what is due by `to`; see wf_due_fire_next(). */
    bool (*fire)(weft_engine *engine, int64_t to, bool *any, int64_t *fired,
                 weft_error *err);
    /* On this channel of the store a process that has no such thread says that
     * it queued something: when it is due, in ms. */
    const char *channel;
    bool seals; /* and makes the seal of each hour */
};
#define WF_CHANNEL_DUE "due"
#define WF_CHANNEL_SEND "send"

/* A handle without its thread, which is begun once all handles stand in the
 * engine: whatever one thread does may wake another. */
struct wf_scheduler *wf_scheduler_new(weft_engine *engine,
                                      const struct wf_rounds *rounds);
/* Errors: WEFT_E_BUSY the machine starts no more threads. */
WF_MUST_CHECK bool wf_scheduler_start(struct wf_scheduler *scheduler,
                                      weft_error *err);

/* Something was queued that is due at `due` (ms by the engine's clock). From
 * any thread; NULL allowed. */
void wf_scheduler_wake(struct wf_scheduler *scheduler, int64_t due);

/* Whether it is to end: what takes long looks between its parts. NULL: no. */
bool wf_scheduler_is_stopping(struct wf_scheduler *scheduler);

/* Ends the thread, after what is in hand; the handle stays valid. */
void wf_scheduler_stop(struct wf_scheduler *scheduler);
void wf_scheduler_free(struct wf_scheduler *scheduler);

#endif
