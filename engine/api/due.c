/* api/due.c - timers and jobs in one order: whichever is due first.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/due.h"

#include "api/scheduler.h"
#include "api/turn.h"
#include "base/error.h"
#include "flow/job.h"

static const struct wf_asker the_engine = { .system = true };

/* What comes next, at one look. */
struct next {
    int64_t to;
    int64_t job; /* when; 0: none waits */
    struct wf_timer_due timers[WF_TIMERS_PIECE];
    size_t n;
};

static bool look(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct next *next = *(struct next *const *)with;

    return wf_job_next_due(&turn->call, WF_JOB_HOOK, &next->job, err)
           && wf_timers_due(&turn->call, next->to, next->timers,
                            WF_TIMERS_PIECE, &next->n, err);
}

static bool look_ahead(weft_engine *engine, struct next *next, weft_error *err)
{
    weft_reply *reply = wf_question_as(engine, &the_engine, 0, look, &next);
    const weft_error *failure = weft_reply_error(reply);

    if (failure)
        wf_fail_as(err, failure);
    weft_reply_free(reply);
    return !failure;
}

bool wf_due_next(weft_engine *engine, int64_t *due, weft_error *err)
{
    struct next next = { .to = INT64_MAX };

    if (!look_ahead(engine, &next, err))
        return false;
    *due = next.job;
    if (next.n > 0 && (!next.job || next.timers[0].at < next.job))
        *due = next.timers[0].at;
    return true;
}

/* How many of the timers may go together: those until `last`, and, of those in
 * the future, the ones of a single moment: whatever they set may be due before
 * the rest. */
static size_t piece_of(const struct next *next, int64_t now, int64_t last)
{
    size_t n = 0;

    if (next->n > 0 && next->timers[0].at > now)
        now = next->timers[0].at;
    if (now < last)
        last = now;
    while (n < next->n && next->timers[n].at <= last)
        n++;
    return n;
}

bool wf_due_fire_next(weft_engine *engine, int64_t to, bool *any,
                      int64_t *fired, weft_error *err)
{
    int64_t now = wf_clock_now(&engine->clock);
    struct next next = { .to = to };
    bool job_waits;
    size_t n;

    *any = false;
    if (!look_ahead(engine, &next, err))
        return false;
    job_waits = next.job && next.job <= to;
    n = piece_of(&next, now, job_waits ? next.job : to);
    if (job_waits && n == 0) {
        if (!wf_job_fire(engine, next.job > now ? next.job : now, any, err))
            return false;
        *fired += *any;
        if (*any)
            return true;
        n = piece_of(&next, now, to); /* somebody else has that job in hand */
    }
    *any = n > 0;
    return wf_timers_fire(engine, next.timers, n, fired, err);
}

const struct wf_rounds wf_due_rounds = { "scheduler", wf_due_next,
                                         wf_due_fire_next, WF_CHANNEL_DUE,
                                         true };

bool wf_due_fire(weft_engine *engine, int64_t to, int64_t *fired,
                 weft_error *err)
{
    bool any = true;

    *fired = 0;
    while (any)
        if (!wf_due_fire_next(engine, to, &any, fired, err))
            return false;
    return true;
}
