/* flow/job.c - the table of jobs: queued, leased, ended or put off.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/job.h"

#include "base/error.h"
#include "base/hash.h"
#include "flow/timer.h"

static const char SQL_ADD[] =
    "INSERT INTO job (id, kind, document, payload, due, lease_until, fence,"
    " attempt, state, channel, person, slot)"
    " VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 'waiting', $6, $7, $8)";

/* What is taken is closed: nothing is added to it any more. */
static const char SQL_TAKE[] =
    "UPDATE job SET lease_until = $2, fence = fence + 1,"
    " attempt = attempt + 1, slot = NULL"
    " WHERE id = (SELECT id FROM job WHERE kind = $3 AND state = 'waiting'"
    " AND due <= $1 AND lease_until <= $1 ORDER BY due, id LIMIT 1 /* claim */)"
    " RETURNING id, kind, document, payload, fence, attempt, channel, person";
/* It is due again when its lease has ended. */
static const char SQL_TAKE_OF[] =
    "UPDATE job SET lease_until = $2, due = $2, fence = fence + 1,"
    " attempt = attempt + 1, slot = NULL"
    " WHERE id IN (SELECT id FROM job WHERE channel = $3 AND state = 'waiting'"
    " AND due <= $1 AND lease_until <= $1 ORDER BY due, id LIMIT $4"
    " /* claim */)"
    " RETURNING id, kind, document, payload, fence, attempt, channel, person";

static const char SQL_END[] = "DELETE FROM job WHERE id = $1 AND fence = $2";
static const char SQL_PUT_BACK[] =
    "UPDATE job SET lease_until = 0, due = $3, attempt = attempt - 1"
    " WHERE id = $1 AND fence = $2";

static const char SQL_FAIL[] =
    "UPDATE job SET lease_until = 0, due = $3, state = $4, problem = $5"
    " WHERE id = $1 AND fence = $2";

static const char SQL_NEXT_DUE[] =
    "SELECT due FROM job WHERE kind = $1 AND state = 'waiting'"
    " ORDER BY due LIMIT 1";
static const char SQL_NEXT_OF[] =
    "SELECT due FROM job WHERE channel = $1 AND state = 'waiting'"
    " ORDER BY due LIMIT 1";

static const char SQL_SLOT[] = "SELECT id, payload FROM job WHERE slot = $1";
static const char SQL_PAYLOAD[] = "UPDATE job SET payload = $2 WHERE id = $1";

/* An attempt that has no end yet has not failed. */
static const char SQL_FAILED[] =
    "SELECT kind, NULL, NULL, document,"
    " CASE WHEN problem IS NULL THEN 0 ELSE attempt END"
    " FROM job WHERE id = $1";
static const char SQL_REVIVE[] =
    "UPDATE job SET state = 'waiting', attempt = 0, due = $2, lease_until = 0,"
    " fence = fence + 1 WHERE id = $1";
static const char SQL_DROP[] = "DELETE FROM job WHERE id = $1";
static const char SQL_DROP_OF[] = "DELETE FROM job WHERE channel = $1";

const struct wf_failing wf_failing_jobs = { SQL_FAILED, SQL_REVIVE, SQL_DROP };

/* --- Kinds */

/* What is sent waits as Standard Webhooks advises; hooks, which only conflicts
 * hold up, for less. */
static const int64_t hook_pauses[] = { 2000,  4000,  8000,  16000,
                                       32000, 64000, 128000 };
#define MINUTES INT64_C(60000)
#define HOURS (60 * MINUTES)
static const int64_t send_pauses[] = { 5000,       5 * MINUTES, 30 * MINUTES,
                                       2 * HOURS,  5 * HOURS,   10 * HOURS,
                                       14 * HOURS, 20 * HOURS,  24 * HOURS };

static const struct kind {
    const char *name;
    int64_t lease_ms; /* many times what one may take */
    const int64_t *pauses;
    int n_pauses;   /* and dead after the next attempt */
    bool is_spread; /* pauses differ by up to a fifth from job to job */
} kinds[] = {
    [WF_JOB_HOOK] = { "hook", 10000, hook_pauses, WF_COUNT(hook_pauses),
                      false },
    [WF_JOB_SEND] = { "send", 60000, send_pauses, WF_COUNT(send_pauses), true },
};

/* Where many fail at once they do not all come back at once. */
static int64_t pause_after(const struct kind *kind, int attempt)
{
    int64_t pause = kind->pauses[attempt - 1];
    uint32_t dice;

    if (!kind->is_spread)
        return pause;
    wf_random(&dice, sizeof dice);
    return pause + pause * (dice % 1000) / 5000;
}

/* --- Queueing */

bool wf_job_add(struct wf_call *call, const struct wf_job_new *job, wf_id *id,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    wf_id made = wf_id_next(call->ids);

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, made);
    wf_stmt_bind_text(&q, 2, kinds[job->kind].name);
    wf_stmt_bind_id(&q, 3, job->document);
    wf_stmt_bind_text(&q, 4, job->payload);
    wf_stmt_bind_int(&q, 5, job->due);
    wf_stmt_bind_text(&q, 6, job->channel);
    wf_stmt_bind_id(&q, 7, job->person);
    wf_stmt_bind_text(&q, 8, job->slot);
    if (id)
        *id = made;
    return wf_stmt_run(&q, err);
}

bool wf_job_open_slot(struct wf_call *call, const char *slot, wf_id *id,
                      const char **payload, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    *id = 0;
    if (!wf_stmt_begin(call->db, SQL_SLOT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, slot);
    fetch = wf_stmt_step(&q, err);
    if (fetch == WF_FETCH_ROW) {
        *id = wf_stmt_int(&q, 0);
        if (payload)
            *payload = wf_stmt_str(&q, 1, call->arena);
    }
    return fetch != WF_FETCH_ERROR;
}

bool wf_job_set_payload(struct wf_call *call, wf_id id, const char *payload,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_PAYLOAD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    wf_stmt_bind_text(&q, 2, payload);
    return wf_stmt_run(&q, err);
}

/* --- Taking */

static bool read_row(struct wf_call *call, struct wf_stmt *q,
                     struct wf_job *out, weft_error *err)
{
    struct wf_json *payload;

    *out = (struct wf_job){ .id = wf_stmt_int(q, 0),
                            .kind = wf_stmt_str(q, 1, call->arena),
                            .document = wf_stmt_int(q, 2),
                            .fence = wf_stmt_int(q, 4),
                            .attempt = (int)wf_stmt_int(q, 5),
                            .channel = wf_stmt_str(q, 6, call->arena),
                            .person = wf_stmt_int(q, 7) };
    if (!wf_json_read_stored(call->arena, wf_stmt_text(q, 3), &payload, err))
        return false;
    out->payload = payload;
    return true;
}

/* Those of one statement, in no order. */
static bool read_all(struct wf_call *call, struct wf_stmt *q,
                     struct wf_job *out, size_t max, size_t *n, weft_error *err)
{
    enum wf_fetch fetch;

    *n = 0;
    while ((fetch = wf_stmt_step(q, err)) == WF_FETCH_ROW)
        if (*n < max && !read_row(call, q, &out[(*n)++], err))
            return false;
    return fetch == WF_FETCH_DONE;
}

bool wf_job_take(struct wf_call *call, enum wf_job_kind kind,
                 struct wf_job *out, bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    size_t n;

    *found = false;
    if (!wf_stmt_begin(call->db, SQL_TAKE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, call->now);
    wf_stmt_bind_int(&q, 2, call->now + kinds[kind].lease_ms);
    wf_stmt_bind_text(&q, 3, kinds[kind].name);
    if (!read_all(call, &q, out, 1, &n, err))
        return false;
    *found = n > 0;
    return true;
}

bool wf_job_take_of(struct wf_call *call, const char *channel,
                    struct wf_job *out, size_t max, size_t *n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *n = 0;
    if (!wf_stmt_begin(call->db, SQL_TAKE_OF, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, call->now);
    wf_stmt_bind_int(&q, 2, call->now + kinds[WF_JOB_SEND].lease_ms);
    wf_stmt_bind_text(&q, 3, channel);
    wf_stmt_bind_int(&q, 4, (int64_t)max);
    return read_all(call, &q, out, max, n, err);
}

/* --- Ending */

bool wf_job_end(struct wf_call *call, wf_id id, int64_t fence, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_END, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    wf_stmt_bind_int(&q, 2, fence);
    if (!wf_stmt_run(&q, err))
        return false;
    if (wf_stmt_changed(&q) == 1)
        return true;
    return wf_fail(err, WEFT_E_CONFLICT,
                   "Somebody else has taken over this job.");
}

bool wf_job_put_back(struct wf_call *call, const struct wf_job *job,
                     int64_t due, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_PUT_BACK, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, job->id);
    wf_stmt_bind_int(&q, 2, job->fence);
    wf_stmt_bind_int(&q, 3, due);
    return wf_stmt_run(&q, err);
}

bool wf_job_fail(struct wf_call *call, enum wf_job_kind of,
                 const struct wf_job *job, const char *problem, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct kind *kind = &kinds[of];
    bool dead = job->attempt > kind->n_pauses;

    if (!wf_stmt_begin(call->db, SQL_FAIL, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, job->id);
    wf_stmt_bind_int(&q, 2, job->fence);
    wf_stmt_bind_int(&q, 3,
                     call->now + (dead ? 0 : pause_after(kind, job->attempt)));
    wf_stmt_bind_text(&q, 4, dead ? "dead" : "waiting");
    wf_stmt_bind_text(&q, 5, problem);
    return wf_stmt_run(&q, err);
}

/* --- Looking ahead */

static bool read_due(struct wf_stmt *q, int64_t *due, weft_error *err)
{
    switch (wf_stmt_step(q, err)) {
    case WF_FETCH_ROW:
        *due = wf_stmt_int(q, 0);
        return true;
    case WF_FETCH_DONE:
        return true;
    default:
        return false;
    }
}

bool wf_job_next_due(struct wf_call *call, enum wf_job_kind kind, int64_t *due,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *due = 0;
    if (!wf_stmt_begin(call->db, SQL_NEXT_DUE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, kinds[kind].name);
    return read_due(&q, due, err);
}

bool wf_job_next_of(struct wf_call *call, const char *channel, int64_t *due,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *due = 0;
    if (!wf_stmt_begin(call->db, SQL_NEXT_OF, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, channel);
    return read_due(&q, due, err);
}

/* --- After a failure */

bool wf_jobs_drop_of(struct wf_call *call, const char *channel, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_DROP_OF, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, channel);
    return wf_stmt_run(&q, err);
}
