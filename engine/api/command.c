/* api/command.c - what changes something: read on the caller's thread, run on
 * the writer's, answered after the commit.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/command.h"

#include <assert.h>
#include <inttypes.h>

#include "api/hub.h"
#include "api/scheduler.h"
#include "api/session.h"
#include "base/error.h"
#include "store/notify.h"

/* --- Making */

static bool run_work(struct wf_work *work, struct wf_db *db, weft_error *err);

weft_command *wf_command_as(weft_engine *engine, const struct wf_asker *asker,
                            wf_answer_fn *run)
{
    struct wf_arena *arena = wf_arena_new();
    weft_command *command = WF_NEW(arena, weft_command);

    command->work.run = run_work;
    command->engine = engine;
    command->arena = arena;
    command->asker = *asker;
    command->findings =
        (struct wf_diags)WF_DIAGS_INIT(arena, command->asker.lang);
    command->run = run;
    command->reply = wf_reply_new(arena);
    command->problems = "[]";
    command->err = wf_error_in(asker->lang);
    return command;
}

weft_command *wf_command_new(weft_session *session, unsigned scope,
                             wf_answer_fn *run)
{
    weft_error err = wf_error_in(session->asker.lang);
    bool known = weft_session_meet(session, &err);
    weft_command *command =
        wf_command_as(session->engine, &session->asker, run);
    bool may = known ? wf_asker_may(&command->asker, scope, &command->err)
                     : wf_fail_as(&command->err, &err);

    assert(may == wf_command_is_sound(command));
    return command;
}

bool wf_command_is_sound(const weft_command *command)
{
    return command->err.code == WEFT_OK;
}

void wf_command_read(weft_command *command, const struct wf_member *members,
                     size_t n, struct wf_text text, void *with)
{
    command->with = with;
    if (wf_command_is_sound(command)
        && !wf_body_read(&command->findings, members, n, text, with,
                         &command->err))
        command->problems = wf_reply_findings(&command->findings);
}

void wf_command_touches(weft_command *command, wf_id id)
{
    command->work.touches = id;
}

void wf_command_patient(weft_command *command)
{
    command->work.patient = true;
}

void wf_command_once(weft_command *command, const weft_how *how,
                     const char *verb, wf_id id, struct wf_text text)
{
    if (!how || !how->idempotency_key || !wf_command_is_sound(command))
        return;
    if (!wf_once_init(&command->once, command->arena, how->idempotency_key,
                      &command->err))
        return;
    wf_once_add(&command->once, verb, strlen(verb));
    wf_once_add(&command->once, (const char *)&id, sizeof id);
    wf_once_add(&command->once, text.at, text.len);
}

weft_command *weft_command_once(weft_command *command, const char *key,
                                const void *request, size_t len)
{
    if (key && !command->is_secret && wf_command_is_sound(command)
        && wf_once_init(&command->once, command->arena, key, &command->err))
        wf_once_add(&command->once, request, len);
    return command;
}

/* --- Running, on the writer's thread */

static bool answer(weft_command *command, struct wf_turn *turn, weft_error *err)
{
    bool found = false;

    if (!wf_once_find(&command->once, turn, &found, err))
        return false;
    if (found)
        return true;
    if (!command->run(turn, command->with, err)) {
        command->problems = wf_reply_findings(&turn->findings);
        return false;
    }
    if (turn->more)
        return true;
    wf_turn_keep(turn);
    return wf_once_save(&command->once, turn, err);
}

/* Nobody is there to be woken in this process. */
static void tell_others(const weft_command *command, struct wf_db *db)
{
    const struct {
        const char *channel;
        int64_t due;
    } queued[] = { { WF_CHANNEL_DUE, command->wake_at },
                   { WF_CHANNEL_SEND, command->send_at } };

    for (size_t i = 0; i < WF_COUNT(queued); i++)
        if (queued[i].due)
            wf_notify(
                db, queued[i].channel,
                wf_arena_printf(command->arena, "%" PRId64, queued[i].due));
}

static void wake_own(const weft_command *command)
{
    if (command->wake_at)
        wf_scheduler_wake(command->engine->scheduler, command->wake_at);
    if (command->send_at)
        wf_scheduler_wake(command->engine->sender, command->send_at);
}

static bool run_work(struct wf_work *work, struct wf_db *db, weft_error *err)
{
    struct wf_turn turn WF_CLEANUP(wf_turn_end) = WF_TURN_INIT;
    weft_command *command = (weft_command *)work;
    struct wf_start start = {
        .engine = command->engine,
        .asker = &command->asker,
        .reply = command->reply,
        .db = db,
        .now = command->now,
        .budget = WF_BUDGET_COMMAND,
        .about = work->touches > 0 ? work->touches : 0,
        .makes = command->makes,
    };

    memcpy(err->lang, command->asker.lang, sizeof err->lang);
    command->problems = "[]"; /* it may be run again */
    command->more = false;
    if (!wf_turn_begin(&turn, &start, err))
        return false;
    turn.piece = command->piece;
    if (!answer(command, &turn, err))
        return false;
    command->wake_at = turn.flow.wake_at;
    command->send_at = turn.call.send_at;
    if (!command->engine->scheduler)
        tell_others(command, db);
    command->more = turn.more;
    return true;
}

/* --- Handing over */

/* Whether it may go to the writer; command->err says why not. */
static bool may_go(weft_command *command)
{
    if (!wf_command_is_sound(command))
        return false;
    if (!atomic_load(&command->engine->draining))
        return true;
    wf_fail(&command->err, WEFT_E_BUSY,
            "Weft is shutting down. Try again in a moment.");
    command->err.retry_after_s = 5;
    return false;
}

/* The reply, which owns the command's memory from now on. */
static weft_reply *finish(weft_command *command, const weft_error *err)
{
    weft_reply *reply = command->reply;

    if (command->end)
        command->end(command->with);
    if (err)
        wf_reply_fail(reply, err, command->problems);
    else
        wf_hub_wake(command->engine->hub);
    if (!err)
        wake_own(command);
    return reply;
}

/* A piece is kept; true: there is another one. */
static bool go_on(weft_command *command)
{
    if (!command->more)
        return false;
    wake_own(command);
    command->piece++;
    return true;
}

weft_reply *weft_run(weft_command *command)
{
    bool kept = may_go(command);

    do {
        kept = kept
               && wf_writer_do(command->engine->writer, &command->work,
                               &command->err);
    } while (kept && go_on(command));

    return finish(command, kept ? NULL : &command->err);
}

static void committed(struct wf_work *work, const weft_error *err)
{
    weft_command *command = (weft_command *)work;
    weft_done *done = command->done;
    void *self = command->self;

    if (!err && go_on(command)) {
        if (wf_writer_submit(command->engine->writer, work, &command->err))
            return;
        err = &command->err;
    }
    done(self, finish(command, err));
}

void weft_submit(weft_command *command, weft_done *done, void *self)
{
    command->work.done = committed;
    command->done = done;
    command->self = self;
    if (!may_go(command)
        || !wf_writer_submit(command->engine->writer, &command->work,
                             &command->err))
        committed(&command->work, &command->err);
}
