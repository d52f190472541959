/* api/scheduler.c - the threads that do what is due.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/scheduler.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "api/seal.h"
#include "base/error.h"
#include "base/thread.h"
#include "store/notify.h"

enum {
    /* Another process may queue something without waking us, and the wall
     * clock may be set on. */
    LONGEST_SLEEP_MS = 10000,
    PAUSE_MS = 1000,
    SEAL_MS = 3600 * 1000
};

struct wf_scheduler {
    weft_engine *engine;
    const struct wf_rounds *rounds;
    pthread_t thread;
    int64_t sealed_at;    /* its thread's */
    pthread_mutex_t lock; /* of the rest */
    pthread_cond_t changed;
    int64_t soonest; /* due of what was queued since the last look */
    struct wf_listener *deploys, *others; /* what other processes did */
    bool stopping, joined;
};

/* --- How long to sleep */

/* What the thread waits for: so many ms to `due`, by the engine's clock. */
struct nap {
    int64_t due, ms;
};

static struct nap nap_of(struct wf_scheduler *scheduler, bool failed)
{
    weft_engine *engine = scheduler->engine;
    struct nap nap = { INT64_MAX, LONGEST_SLEEP_MS };
    weft_error err = WEFT_ERROR_INIT;
    int64_t due, ms;

    pthread_mutex_lock(&scheduler->lock);
    scheduler->soonest = INT64_MAX;
    pthread_mutex_unlock(&scheduler->lock);
    if (!scheduler->rounds->next(engine, &due, &err)) {
        nap.ms = PAUSE_MS;
    } else if (due) {
        ms = due - wf_clock_now(&engine->clock);
        nap.due = due;
        if (ms < LONGEST_SLEEP_MS)
            nap.ms = ms > 0 ? ms : 0;
    }
    if (failed && nap.ms == 0)
        nap.ms = PAUSE_MS;
    return nap;
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
static bool take_nap(struct wf_scheduler *scheduler, struct nap nap)
{
    struct timespec until = after_ms(nap.ms);
    bool goes_on;

    pthread_mutex_lock(&scheduler->lock);
    while (
        scheduler->soonest >= nap.due && !scheduler->stopping
        && pthread_cond_timedwait(&scheduler->changed, &scheduler->lock, &until)
               == 0)
        ;
    goes_on = !scheduler->stopping;
    pthread_mutex_unlock(&scheduler->lock);
    return goes_on;
}

bool wf_scheduler_is_stopping(struct wf_scheduler *scheduler)
{
    bool stopping;

    if (!scheduler)
        return false;
    pthread_mutex_lock(&scheduler->lock);
    stopping = scheduler->stopping;
    pthread_mutex_unlock(&scheduler->lock);
    return stopping;
}

/* Fires what is due. False if nothing could be done about it: the store failed,
 * or somebody else has the next job in hand. */
static bool fire(struct wf_scheduler *scheduler)
{
    weft_engine *engine = scheduler->engine;
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired = 0;
    bool any = true, some = false;

    while (any && !wf_scheduler_is_stopping(scheduler)) {
        if (!scheduler->rounds->fire(engine, wf_clock_now(&engine->clock), &any,
                                     &fired, &err)) {
            wf_log(&engine->log, WF_LOG_ERROR, scheduler->rounds->name, "%s",
                   err.text);
            return false;
        }
        some = some || any;
    }
    return some;
}

/* Each hour; the last one is made when the engine drains. */
static void seal_if_due(struct wf_scheduler *scheduler)
{
    weft_engine *engine = scheduler->engine;
    int64_t now = wf_clock_now(&engine->clock);
    weft_reply *reply;

    if (!scheduler->rounds->seals || now - scheduler->sealed_at < SEAL_MS)
        return;
    scheduler->sealed_at = now;
    reply = weft_run(wf_seal_command(engine));
    wf_seal_tell(engine, reply);
    weft_reply_free(reply);
}

static void *run(void *self)
{
    struct wf_scheduler *scheduler = self;
    struct nap nap = nap_of(scheduler, false);

    while (take_nap(scheduler, nap)) {
        bool done = fire(scheduler);

        seal_if_due(scheduler);
        nap = nap_of(scheduler, !done);
    }
    return NULL;
}

/* --- What other processes do */

/* The look for what is due next takes the new definitions along, so that they
 * are there before somebody asks for them. */
static void hear_of_deploy(void *self, const char *payload)
{
    (void)payload;
    wf_scheduler_wake(self, 0);
}

static void hear_of_due(void *self, const char *payload)
{
    wf_scheduler_wake(self, payload ? strtoll(payload, NULL, 10) : 0);
}

static bool listen_all(struct wf_scheduler *scheduler, weft_error *err)
{
    struct wf_store *store = scheduler->engine->store;

    return wf_listen_begin(store, "definition", hear_of_deploy, scheduler,
                           &scheduler->deploys, err)
           && wf_listen_begin(store, scheduler->rounds->channel, hear_of_due,
                              scheduler, &scheduler->others, err);
}

/* --- The handle */

struct wf_scheduler *wf_scheduler_new(weft_engine *engine,
                                      const struct wf_rounds *rounds)
{
    struct wf_scheduler *scheduler = calloc(1, sizeof *scheduler);
    pthread_condattr_t monotonic;

    if (!scheduler)
        wf_oom();
    scheduler->engine = engine;
    scheduler->rounds = rounds;
    scheduler->sealed_at = wf_clock_now(&engine->clock);
    pthread_mutex_init(&scheduler->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&scheduler->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    scheduler->joined = true; /* it has not begun */
    return scheduler;
}

bool wf_scheduler_start(struct wf_scheduler *scheduler, weft_error *err)
{
    scheduler->joined = !wf_thread_start(&scheduler->thread, run, scheduler);
    if (scheduler->joined)
        return wf_fail(err, WEFT_E_BUSY,
                       "This machine starts no more threads.");
    return listen_all(scheduler, err);
}

void wf_scheduler_wake(struct wf_scheduler *scheduler, int64_t due)
{
    if (!scheduler)
        return;
    pthread_mutex_lock(&scheduler->lock);
    if (due < scheduler->soonest) {
        scheduler->soonest = due;
        pthread_cond_signal(&scheduler->changed);
    }
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
    wf_listen_end(scheduler->deploys);
    wf_listen_end(scheduler->others);
    wf_scheduler_stop(scheduler);
    pthread_cond_destroy(&scheduler->changed);
    pthread_mutex_destroy(&scheduler->lock);
    free(scheduler);
}
