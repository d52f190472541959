/* api/timers.c - hands timers that are due to the writer, each as a command,
 * and puts off what failed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>

#include "api/command.h"
#include "api/due.h"
#include "base/error.h"

static const struct wf_asker the_engine = { .system = true };

/* Timers on their way through the writer. */
struct piece {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t n_waiting; /* under the lock */
};

struct shot {
    struct piece *piece;
    wf_id id;
    bool fired;
    const char *problem;
    weft_error err; /* WEFT_OK: it went well, or was not there any more */
};

static bool fire(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct shot *shot = *(struct shot *const *)with;

    return wf_timer_fire(&turn->flow, turn->engine->timers, shot->id,
                         &shot->fired, err);
}

static bool put_off(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct shot *shot = *(struct shot *const *)with;

    return wf_timer_put_off(&turn->call, shot->id, shot->problem, err);
}

static weft_command *command_of(weft_engine *engine, wf_answer_fn *part,
                                struct shot *shot, int64_t now)
{
    weft_command *command = wf_command_as(engine, &the_engine, part);
    struct shot **with = WF_NEW(command->arena, struct shot *);

    *with = shot;
    command->with = with;
    command->now = now;
    return command;
}

/* On the writer's thread. */
static void landed(void *self, weft_reply *reply)
{
    struct shot *shot = self;
    struct piece *piece = shot->piece;
    const weft_error *failure = weft_reply_error(reply);

    if (failure)
        shot->err = *failure;
    weft_reply_free(reply);
    pthread_mutex_lock(&piece->lock);
    piece->n_waiting--;
    pthread_cond_signal(&piece->changed);
    pthread_mutex_unlock(&piece->lock);
}

static void fire_all(weft_engine *engine, const struct wf_timer_due *timers,
                     size_t n, struct shot *shots)
{
    struct piece piece = { .n_waiting = n };
    int64_t now = wf_clock_now(&engine->clock);

    pthread_mutex_init(&piece.lock, NULL);
    pthread_cond_init(&piece.changed, NULL);
    for (size_t i = 0; i < n; i++) {
        int64_t at = timers[i].at > now ? timers[i].at : now;
        weft_command *command;

        shots[i] = (struct shot){ .piece = &piece,
                                  .id = timers[i].id,
                                  .err = WEFT_ERROR_INIT };
        command = command_of(engine, fire, &shots[i], at);
        wf_command_touches(command, WF_TOUCHES_TIMERS);
        wf_command_patient(command);
        weft_submit(command, landed, &shots[i]);
    }
    pthread_mutex_lock(&piece.lock);
    while (piece.n_waiting > 0)
        pthread_cond_wait(&piece.changed, &piece.lock);
    pthread_mutex_unlock(&piece.lock);
    pthread_cond_destroy(&piece.changed);
    pthread_mutex_destroy(&piece.lock);
}

/* Whether a failure says nothing of the timer: it stays as it is. */
static bool is_of_all(weft_code code)
{
    return code == WEFT_E_BUSY || code == WEFT_E_STORE || code == WEFT_E_FULL;
}

static bool settle(weft_engine *engine, struct shot *shot, int64_t now,
                   weft_error *err)
{
    weft_reply *reply;
    const weft_error *failure;

    if (is_of_all(shot->err.code))
        return wf_fail_as(err, &shot->err);
    wf_log(&engine->log, WF_LOG_WARN, "timer", "timer %lld: %s",
           (long long)shot->id, shot->err.text);
    shot->problem = shot->err.text;
    reply = weft_run(command_of(engine, put_off, shot, now));
    failure = weft_reply_error(reply);
    if (failure)
        wf_fail_as(err, failure);
    weft_reply_free(reply);
    return !failure;
}

bool wf_timers_fire(weft_engine *engine, const struct wf_timer_due *timers,
                    size_t n, int64_t *fired, weft_error *err)
{
    struct shot shots[WF_TIMERS_PIECE];
    int64_t now = wf_clock_now(&engine->clock);

    fire_all(engine, timers, n, shots);
    for (size_t i = 0; i < n; i++) {
        int64_t at = timers[i].at > now ? timers[i].at : now;

        if (shots[i].err.code == WEFT_OK)
            *fired += shots[i].fired;
        else if (!settle(engine, &shots[i], at, err))
            return false;
    }
    return true;
}
