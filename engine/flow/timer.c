/* flow/timer.c - the table of timers: set, cancelled, fired by removing the
 * row, put off after a failure.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/timer.h"

#include "base/error.h"
#include "flow/wanted.h"

enum {
    ATTEMPTS_MAX = 8,
    FIRST_PAUSE_MS = 4000, /* four times as long with each attempt: 6 hours */
    PAUSE_BITS = 2,
};

static const char SQL_SET[] =
    "INSERT INTO timer (id, kind, key, document, seat, step, level, walk, due,"
    " at, payload, attempt, state)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, 0, 'waiting')"
    " ON CONFLICT (kind, key) DO UPDATE SET document = excluded.document,"
    " seat = excluded.seat, step = excluded.step, level = excluded.level,"
    " walk = excluded.walk, due = excluded.due, at = excluded.at,"
    " payload = excluded.payload, attempt = 0, state = 'waiting',"
    " problem = NULL";

static const char SQL_CANCEL[] =
    "DELETE FROM timer WHERE kind = $1 AND key = $2";
static const char SQL_CANCEL_SEAT[] =
    "DELETE FROM timer WHERE document = $1 AND seat = $2";
static const char SQL_CANCEL_STEP[] =
    "DELETE FROM timer WHERE document = $1 AND step = $2";
static const char SQL_CANCEL_ALL[] = "DELETE FROM timer WHERE document = $1";

static const char SQL_DUE[] =
    "SELECT id, at FROM timer WHERE state = 'waiting' AND at <= $1"
    " ORDER BY at, id LIMIT $2";

static const char SQL_TAKE[] =
    "DELETE FROM timer WHERE id = $1 AND state = 'waiting' AND at <= $2"
    " RETURNING kind, key, document, seat, step, level, walk, due, payload,"
    " attempt";

static const char SQL_ATTEMPT[] = "SELECT attempt FROM timer WHERE id = $1";
static const char SQL_PUT_OFF[] =
    "UPDATE timer SET at = $2, attempt = $3, state = $4, problem = $5"
    " WHERE id = $1";

static const char SQL_FAILED[] =
    "SELECT kind, step, level, document, attempt FROM timer WHERE id = $1";
static const char SQL_REVIVE[] =
    "UPDATE timer SET state = 'waiting', attempt = 0, at = $2 WHERE id = $1";
static const char SQL_DROP[] = "DELETE FROM timer WHERE id = $1";

const struct wf_failing wf_failing_timers = { SQL_FAILED, SQL_REVIVE,
                                              SQL_DROP };

/* --- Setting */

bool wf_timer_set(struct wf_flow *flow, const struct wf_timer *timer,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_call *call = flow->call;
    const struct wf_json *payload = timer->payload;

    if (!wf_stmt_begin(call->db, SQL_SET, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, wf_id_next(call->ids));
    wf_stmt_bind_text(&q, 2, timer->kind);
    wf_stmt_bind_text(&q, 3, timer->key);
    wf_stmt_bind_id(&q, 4, timer->document);
    wf_stmt_bind_id(&q, 5, timer->seat);
    wf_stmt_bind_text(&q, 6, timer->step);
    wf_stmt_bind_text(&q, 7, timer->level);
    wf_stmt_bind_int(&q, 8, timer->walk);
    wf_stmt_bind_int(&q, 9, timer->due);
    wf_stmt_bind_text(&q, 10,
                      payload ? wf_json_dump(call->arena, payload) : "{}");
    wf_flow_wake_at(flow, timer->due);
    return wf_stmt_run(&q, err);
}

bool wf_timer_cancel(struct wf_flow *flow, const char *kind, const char *key,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_CANCEL, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, kind);
    wf_stmt_bind_text(&q, 2, key);
    return wf_stmt_run(&q, err);
}

bool wf_timers_cancel_seat(struct wf_flow *flow, wf_id document, wf_id seat,
                           weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_CANCEL_SEAT, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    wf_stmt_bind_id(&q, 2, seat);
    return wf_stmt_run(&q, err);
}

bool wf_timers_cancel_step(struct wf_flow *flow, wf_id document,
                           const char *step, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_CANCEL_STEP, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    wf_stmt_bind_text(&q, 2, step);
    return wf_stmt_run(&q, err);
}

bool wf_timers_cancel(struct wf_flow *flow, wf_id document, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_CANCEL_ALL, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    return wf_stmt_run(&q, err);
}

/* --- Firing */

bool wf_timers_due(struct wf_call *call, int64_t to, struct wf_timer_due *out,
                   size_t max, size_t *n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    *n = 0;
    if (!wf_stmt_begin(call->db, SQL_DUE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, to);
    wf_stmt_bind_int(&q, 2, (int64_t)max);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        out[(*n)++] =
            (struct wf_timer_due){ wf_stmt_int(&q, 0), wf_stmt_int(&q, 1) };
    return fetch == WF_FETCH_DONE;
}

/* Removes the row, so that nobody else fires it. */
static bool take(struct wf_call *call, wf_id id, struct wf_timer *out,
                 bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = call->arena;
    struct wf_json *payload;
    enum wf_fetch fetch;

    *found = false;
    if (!wf_stmt_begin(call->db, SQL_TAKE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    wf_stmt_bind_int(&q, 2, call->now);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        *found = true;
        if (!wf_json_read_stored(arena, wf_stmt_text(&q, 8), &payload, err))
            return false;
        *out = (struct wf_timer){
            .id = id,
            .kind = wf_stmt_str(&q, 0, arena),
            .key = wf_stmt_str(&q, 1, arena),
            .document = wf_stmt_int(&q, 2),
            .seat = wf_stmt_int(&q, 3),
            .step = wf_stmt_str(&q, 4, arena),
            .level = wf_stmt_str(&q, 5, arena),
            .walk = wf_stmt_int(&q, 6),
            .due = wf_stmt_int(&q, 7),
            .payload = payload,
            .attempt = (int)wf_stmt_int(&q, 9),
        };
    }
    return fetch == WF_FETCH_DONE;
}

static wf_timer_fn *handler_of(const struct wf_timer_kind *const *layers,
                               const char *kind)
{
    for (; *layers; layers++)
        for (const struct wf_timer_kind *at = *layers; at->id; at++)
            if (wf_streq(at->id, kind))
                return at->fire;
    return NULL;
}

bool wf_timer_fire(struct wf_flow *flow,
                   const struct wf_timer_kind *const *layers, wf_id id,
                   bool *fired, weft_error *err)
{
    struct wf_timer timer;
    wf_timer_fn *fire;

    if (!take(flow->call, id, &timer, fired, err))
        return false;
    if (!*fired)
        return true;
    fire = handler_of(layers, timer.kind);
    if (!fire)
        return wf_fail(err, WEFT_E_INTERNAL,
                       "This Weft knows no timer of the kind \"%s\".",
                       timer.kind);
    return fire(flow, &timer, err) && wf_wanted_settle(flow, NULL, err);
}

/* --- After a failure */

static bool attempt_of(struct wf_call *call, wf_id id, int *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    *out = 0;
    if (!wf_stmt_begin(call->db, SQL_ATTEMPT, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    fetch = wf_stmt_step(&q, err);
    if (fetch == WF_FETCH_ROW)
        *out = (int)wf_stmt_int(&q, 0);
    return fetch != WF_FETCH_ERROR;
}

bool wf_timer_put_off(struct wf_call *call, wf_id id, const char *problem,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    int attempt;

    if (!attempt_of(call, id, &attempt, err)
        || !wf_stmt_begin(call->db, SQL_PUT_OFF, &q, err))
        return false;
    attempt++;
    wf_stmt_bind_id(&q, 1, id);
    wf_stmt_bind_int(
        &q, 2,
        call->now + ((int64_t)FIRST_PAUSE_MS << (attempt - 1) * PAUSE_BITS));
    wf_stmt_bind_int(&q, 3, attempt);
    wf_stmt_bind_text(&q, 4, attempt >= ATTEMPTS_MAX ? "dead" : "waiting");
    wf_stmt_bind_text(&q, 5, problem);
    return wf_stmt_run(&q, err);
}
