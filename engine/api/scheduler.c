/* api/scheduler.c - the thread that runs what is due.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/scheduler.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "api/turn.h"
#include "base/error.h"
#include "base/thread.h"
#include "flow/job.h"

enum {
    /* Another process may queue a job without waking us. */
    LONGEST_SLEEP_MS = 10000,
    PAUSE_MS = 1000
};

struct wf_scheduler {
    weft_engine *engine;
    pthread_t thread;
    pthread_mutex_t lock; /* of the rest */
    pthread_cond_t changed;
    bool woken, stopping, joined;
};

/* --- How long to sleep */

static bool ask_next(struct wf_turn *turn, const void *with, weft_error *err)
{
    int64_t *due = *(int64_t *const *)with;

    return wf_job_next_due(&turn->call, due, err);
}

static int64_t sleep_ms(weft_engine *engine)
{
    static const struct wf_asker the_engine = { .system = true };
    int64_t due = 0, ms;
    int64_t *with = &due;

    weft_reply_free(wf_question_as(engine, &the_engine, 0, ask_next, &with));
    ms = due - wf_clock_now(&engine->clock);
    if (!due || ms > LONGEST_SLEEP_MS)
        return LONGEST_SLEEP_MS;
    return ms > 0 ? ms : 0;
}

/* --- The thread */

static struct timespec after_ms(int64_t ms)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

/* False once the scheduler stops. */
static bool wait_ms(struct wf_scheduler *scheduler, int64_t ms)
{
    struct timespec until = after_ms(ms);
    bool goes_on;

    pthread_mutex_lock(&scheduler->lock);
    while (
        !scheduler->woken && !scheduler->stopping
        && pthread_cond_timedwait(&scheduler->changed, &scheduler->lock, &until)
               == 0)
        ;
    scheduler->woken = false;
    goes_on = !scheduler->stopping;
    pthread_mutex_unlock(&scheduler->lock);
    return goes_on;
}

static void *run(void *self)
{
    struct wf_scheduler *scheduler = self;
    weft_engine *engine = scheduler->engine;
    int64_t ms = sleep_ms(engine);

    while (wait_ms(scheduler, ms)) {
        weft_error err = WEFT_ERROR_INIT;
        int64_t fired;

        if (!wf_jobs_fire(engine, wf_clock_now(&engine->clock), &fired, &err)) {
            wf_log(&engine->log, WF_LOG_ERROR, "jobs", "%s", err.text);
            fired = 0;
        }
        ms = sleep_ms(engine);
        if (ms == 0 && fired == 0) /* it failed, or another has the lease */
            ms = PAUSE_MS;
    }
    return NULL;
}

/* --- The handle */

bool wf_scheduler_start(weft_engine *engine, struct wf_scheduler **out,
                        weft_error *err)
{
    struct wf_scheduler *scheduler = calloc(1, sizeof *scheduler);
    pthread_condattr_t monotonic;

    if (!scheduler)
        wf_oom();
    scheduler->engine = engine;
    pthread_mutex_init(&scheduler->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&scheduler->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (!wf_thread_start(&scheduler->thread, run, scheduler)) {
        scheduler->joined = true;
        wf_scheduler_free(scheduler);
        return wf_fail(err, WEFT_E_BUSY,
                       "This machine starts no more threads.");
    }
    *out = scheduler;
    return true;
}

void wf_scheduler_wake(struct wf_scheduler *scheduler)
{
    if (!scheduler)
        return;
    pthread_mutex_lock(&scheduler->lock);
    scheduler->woken = true;
    pthread_cond_signal(&scheduler->changed);
    pthread_mutex_unlock(&scheduler->lock);
}

void wf_scheduler_stop(struct wf_scheduler *scheduler)
{
    if (!scheduler || scheduler->joined)
        return;
    pthread_mutex_lock(&scheduler->lock);
    scheduler->stopping = true;
    pthread_cond_signal(&scheduler->changed);
    pthread_mutex_unlock(&scheduler->lock);
    pthread_join(scheduler->thread, NULL);
    scheduler->joined = true;
}

void wf_scheduler_free(struct wf_scheduler *scheduler)
{
    if (!scheduler)
        return;
    wf_scheduler_stop(scheduler);
    pthread_cond_destroy(&scheduler->changed);
    pthread_mutex_destroy(&scheduler->lock);
    free(scheduler);
}
