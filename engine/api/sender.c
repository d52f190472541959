/* api/sender.c - the rounds of the thread that sends.
 *
 * A channel that does not answer rests for a growing while, and is then tried
 * with one letter: so a slow one holds up nobody for long.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/sender.h"

#include "api/command.h"
#include "api/connector.h"
#include "api/scheduler.h"
#include "base/error.h"
#include "connect/sending.h"

static const struct wf_asker the_engine = { .system = true };

#define MINUTE_MS INT64_C(60000)

enum {
    BATCH = 16,        /* letters of one lease */
    BATCH_MS = 30000,  /* the rest goes back; half of a lease */
    REST_MS = 5000,    /* of a channel, after a failure … */
    REST_GROWS = 4,    /* … each time so many times as long … */
    REST_MAX_MIN = 30, /* … and no longer */
};

/* Letters of one channel on their way. They live in the reply of their taking.
 */
struct trip {
    const char *channel;
    int64_t now;
    struct wf_channel with; /* its secrets */
    struct wf_parcel parcels[BATCH];
    struct wf_outcome outcomes[BATCH];
    size_t n, n_tried;
    bool rests; /* until the next minute: it has sent all that it may */
};

static bool use(weft_reply *reply, weft_error *err)
{
    const weft_error *failure = weft_reply_error(reply);

    if (failure)
        wf_fail_as(err, failure);
    weft_reply_free(reply);
    return !failure;
}

static weft_reply *do_part(weft_engine *engine, wf_answer_fn *part,
                           struct trip *trip)
{
    weft_command *command = wf_command_as(engine, &the_engine, part);
    struct trip **with = WF_NEW(command->arena, struct trip *);

    *with = trip;
    command->with = with;
    command->now = trip->now;
    wf_command_patient(command);
    return weft_run(command);
}

/* --- Taking */

/* How many may go now; none: it rests until the minute is over. */
static size_t allowance(const struct wf_channel *channel, int64_t now)
{
    int left = wf_send_per_minute(channel);

    if (channel->minute == now / MINUTE_MS)
        left -= channel->sent;
    if (left <= 0)
        return 0;
    if (channel->failures > 0)
        return 1;
    return left < BATCH ? (size_t)left : BATCH;
}

static bool take(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct trip *trip = *(struct trip *const *)with;
    struct wf_call *call = &turn->call;
    size_t most;

    trip->n = trip->n_tried = 0;
    trip->rests = false;
    if (!wf_channel_find(call, trip->channel, &trip->with, err))
        return false;
    if (!trip->with.on || trip->with.held_until > call->now)
        return true;
    most = allowance(&trip->with, call->now);
    trip->rests = most == 0;
    if (trip->rests)
        return wf_channel_rests(call, trip->channel,
                                (call->now / MINUTE_MS + 1) * MINUTE_MS, err);
    return wf_outbox_take(call, &trip->with, trip->parcels, most, &trip->n,
                          err);
}

/* --- Sending */

static void send_all(weft_engine *engine, struct wf_arena *arena,
                     struct trip *trip)
{
    int64_t begin = wf_monotonic_ms();
    const char *token = NULL;

    for (size_t i = 0; i < trip->n; i++) {
        struct wf_parcel *parcel = &trip->parcels[i];
        struct wf_outcome *out = &trip->outcomes[i];

        if (wf_scheduler_is_stopping(engine->sender)
            || wf_monotonic_ms() - begin > BATCH_MS)
            return;
        *out = (struct wf_outcome){ .how = WF_SENT };
        if (!parcel->is_empty)
            *out = wf_send(arena, &trip->with, &parcel->letter, &token, "en");
        trip->n_tried++;
        if (out->how == WF_SENT_BUSY || out->how == WF_SENT_GONE)
            return;
    }
}

/* --- What became of it */

/* Whoever has taken it over ends it. */
static bool end_one(struct wf_call *call, const struct wf_job *job,
                    weft_error *err)
{
    weft_error own = WEFT_ERROR_INIT;

    if (wf_letter_end(call, job, &own) || own.code == WEFT_E_CONFLICT)
        return true;
    return wf_fail_as(err, &own);
}

static int64_t rest_of(const struct wf_channel *channel,
                       const struct wf_outcome *out)
{
    int64_t rest = REST_MS;

    for (int i = 0; i < channel->failures && rest < REST_MAX_MIN * MINUTE_MS;
         i++)
        rest *= REST_GROWS;
    if (rest > REST_MAX_MIN * MINUTE_MS)
        rest = REST_MAX_MIN * MINUTE_MS;
    if (out->retry_after_s * 1000 > rest)
        rest = out->retry_after_s * 1000;
    return rest;
}

static bool settle_one(struct wf_turn *turn, struct trip *trip, size_t i,
                       weft_error *err)
{
    struct wf_call *call = &turn->call;
    const struct wf_job *job = &trip->parcels[i].job;
    const struct wf_outcome *out = &trip->outcomes[i];
    int64_t until;

    if (i >= trip->n_tried)
        return wf_job_put_back(call, job, call->now, err);
    if (out->how == WF_SENT)
        return end_one(call, job, err);
    if (!wf_job_fail(call, WF_JOB_SEND, job, out->problem, err))
        return false;
    if (out->how == WF_SENT_NOT)
        return true;
    until = call->now + rest_of(&trip->with, out);
    return wf_channel_failed(call, trip->channel, out->problem, until,
                             out->how == WF_SENT_GONE, err);
}

static bool settle(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct trip *trip = *(struct trip *const *)with;
    int n_sent = 0;

    for (size_t i = 0; i < trip->n_tried; i++)
        n_sent += trip->outcomes[i].how == WF_SENT;
    if (n_sent > 0 && !wf_channel_sent(&turn->call, &trip->with, n_sent, err))
        return false;
    for (size_t i = 0; i < trip->n; i++)
        if (!settle_one(turn, trip, i, err))
            return false;
    return true;
}

static void tell_log(weft_engine *engine, const struct trip *trip)
{
    for (size_t i = 0; i < trip->n_tried; i++)
        if (trip->outcomes[i].how != WF_SENT)
            wf_log(&engine->log, WF_LOG_WARN, "sender",
                   "%s to %s, attempt %d: %s", trip->parcels[i].letter.key,
                   trip->channel, trip->parcels[i].job.attempt,
                   trip->outcomes[i].problem);
}

/* `*any`: letters were in hand. */
static bool go(weft_engine *engine, const char *channel, int64_t now, bool *any,
               int64_t *fired, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct trip *trip = WF_NEW(arena, struct trip);
    weft_reply *taken;
    bool ok = true;

    trip->channel = channel;
    trip->now = now;
    taken = do_part(engine, take, trip);
    if (weft_reply_error(taken))
        return use(taken, err);
    *any = *any || trip->rests; /* the next minute may be due as well */
    if (trip->n > 0) {
        send_all(engine, arena, trip);
        tell_log(engine, trip);
        *any = *any || trip->n_tried > 0;
        *fired += (int64_t)trip->n_tried;
        ok = use(do_part(engine, settle, trip), err);
    }
    weft_reply_free(taken);
    return ok;
}

/* --- Rounds */

struct due {
    const char *channel;
    int64_t at;
};

enum {
    CHANNELS_MAX = 100
};

struct look {
    struct wf_arena *arena;
    struct due due[CHANNELS_MAX];
    size_t n;
    int64_t next; /* of all; 0: none */
};

static bool look(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct look *look = *(struct look *const *)with;
    struct wf_call *call = &turn->call;
    const struct wf_channel *all;

    if (!wf_channels_sending(call, &all, err))
        return false;
    for (const struct wf_channel *at = all; at; at = at->next) {
        int64_t due;

        if (!wf_job_next_of(call, at->id, &due, err))
            return false;
        if (!due || look->n == CHANNELS_MAX)
            continue;
        if (due < at->held_until)
            due = at->held_until;
        look->due[look->n++] =
            (struct due){ wf_arena_str(look->arena, at->id), due };
        if (!look->next || due < look->next)
            look->next = due;
    }
    return true;
}

static bool look_around(weft_engine *engine, struct look *out, weft_error *err)
{
    return use(wf_question_as(engine, &the_engine, 0, look, &out), err);
}

static bool next_due(weft_engine *engine, int64_t *due, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct look *look = WF_NEW(arena, struct look);

    look->arena = arena;
    if (!look_around(engine, look, err)
        || !wf_connectors_next(engine, due, err))
        return false;
    if (!*due || (look->next && look->next < *due))
        *due = look->next;
    return true;
}

static bool fire_next(weft_engine *engine, int64_t to, bool *any,
                      int64_t *fired, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct look *look = WF_NEW(arena, struct look);
    int64_t now = wf_clock_now(&engine->clock);

    *any = false;
    look->arena = arena;
    if (!look_around(engine, look, err))
        return false;
    for (size_t i = 0; i < look->n; i++) {
        int64_t at = look->due[i].at;

        if (at <= to
            && !go(engine, look->due[i].channel, at > now ? at : now, any,
                   fired, err))
            return false;
    }
    return wf_connectors_fire(engine, to, any, fired, err);
}

const struct wf_rounds wf_sender_rounds = { "sender", next_due, fire_next,
                                            WF_CHANNEL_SEND, false };

bool wf_sender_fire(weft_engine *engine, int64_t to, weft_error *err)
{
    int64_t fired = 0;
    bool any = true;

    while (any)
        if (!fire_next(engine, to, &any, &fired, err))
            return false;
    return true;
}
