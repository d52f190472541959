/* api/jobs.c - one due job: taken, run on a snapshot on this
 * thread, kept, and if that fails put off.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/command.h"
#include "api/due.h"
#include "base/error.h"
#include "flow/after.h"
#include "flow/record.h"

static const struct wf_asker the_engine = { .system = true };

/* What a job had read may have changed before it is kept; then it runs again,
 * at once so many times. */
enum {
    RUNS_MAX = 3
};

/* One job on its way. Its payload lives in the reply of its taking. */
struct errand {
    struct wf_job job;
    struct wf_record record;
    bool found;
    const char *problem;
};

static bool take(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct errand *errand = *(struct errand *const *)with;

    return wf_job_take(&turn->call, WF_JOB_HOOK, &errand->job, &errand->found,
                       err);
}

static bool run(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct errand *errand = *(struct errand *const *)with;

    return wf_after_run(&turn->flow, &errand->job, &errand->record, err);
}

static bool keep(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct errand *errand = *(struct errand *const *)with;

    return wf_after_keep(&turn->flow, &errand->job, &errand->record, err);
}

static bool put_off(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct errand *errand = *(struct errand *const *)with;

    return wf_job_fail(&turn->call, WF_JOB_HOOK, &errand->job, errand->problem,
                       err);
}

static weft_reply *do_part(weft_engine *engine, wf_answer_fn *part,
                           struct errand *errand, int64_t now)
{
    weft_command *command = wf_command_as(engine, &the_engine, part);
    struct errand **with = WF_NEW(command->arena, struct errand *);

    *with = errand;
    command->with = with;
    command->now = now;
    return weft_run(command);
}

/* False with `err` filled if `reply`, which is freed, is one of failure. */
static bool use(weft_reply *reply, weft_error *err)
{
    const weft_error *failure = weft_reply_error(reply);

    if (failure)
        wf_fail_as(err, failure);
    weft_reply_free(reply);
    return !failure;
}

static bool run_and_keep(weft_engine *engine, struct errand *errand,
                         int64_t now, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();

    wf_record_init(&errand->record, arena);
    return use(wf_question_of_job(engine, &the_engine, now, run, &errand), err)
           && use(do_part(engine, keep, errand, now), err);
}

static bool run_or_put_off(weft_engine *engine, struct errand *errand,
                           int64_t now, weft_error *err)
{
    weft_error problem = WEFT_ERROR_INIT;

    for (int runs = 0; runs < RUNS_MAX; runs++) {
        problem.code = WEFT_OK;
        if (run_and_keep(engine, errand, now, &problem))
            return true;
        if (problem.code != WEFT_E_CONFLICT)
            break;
    }
    wf_log(&engine->log, WF_LOG_WARN, "job", "job %lld, attempt %d: %s",
           (long long)errand->job.id, errand->job.attempt, problem.text);
    errand->problem = problem.text;
    return use(do_part(engine, put_off, errand, now), err);
}

bool wf_job_fire(weft_engine *engine, int64_t now, bool *found, weft_error *err)
{
    struct errand errand = { .found = false };
    weft_reply *taken = do_part(engine, take, &errand, now);
    const weft_error *failure = weft_reply_error(taken);
    bool ok = failure ? wf_fail_as(err, failure) : true;

    if (ok && errand.found)
        ok = run_or_put_off(engine, &errand, now, err);
    *found = errand.found;
    weft_reply_free(taken);
    return ok;
}
