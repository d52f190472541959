/* api/cycle.c - cycles are listed, launched, revealed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/cycle.h"

#include "api/command.h"
#include "api/params.h"
#include "api/rollout.h"
#include "base/error.h"
#include "plan/cycle_members.h"

enum {
    RUNS_MAX = 50,
    RUNS_LISTED = 3, /* a run begins before the one before is over */
    SAMPLE = 20
};

/* --- A cycle */

static void write_every(struct wf_turn *turn, const struct wf_cycle *cycle)
{
    const char *unit = wf_period_unit_name(cycle->unit);

    wf_jw_key_text(&turn->out, "every",
                   cycle->every > 1 ? wf_arena_printf(
                       turn->call.arena, "%d %ss", cycle->every, unit)
                                    : unit);
    wf_jw_key_text(&turn->out, "launch", cycle->by_clock ? "auto" : "hand");
}

static void write_plan(struct wf_turn *turn, const struct wf_cycle *cycle)
{
    struct wf_json_writer *out = &turn->out;

    wf_jw_key(out, "stages");
    wf_jw_open(out, '[');
    for (const struct wf_cycle_stage *s = cycle->stages; s; s = s->next) {
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "id", s->id);
        wf_jw_key_text(out, "label",
                       wf_words_label(s->words, turn->call.lang, s->id));
        wf_jw_key_text(out, "form", s->form_id);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    wf_jw_key(out, "calibrations");
    wf_jw_open(out, '[');
    for (const struct wf_calibrate *c = cycle->calibrates; c; c = c->next) {
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "id", c->id);
        wf_jw_key_text(out, "label",
                       wf_words_label(c->words, turn->call.lang, c->id));
        wf_jw_key_text(out, "form", c->form_id);
        wf_jw_key_text(out, "field", c->field);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
}

static bool write_cycle(struct wf_turn *turn, const struct wf_cycle *cycle,
                        const struct wf_cycle_part *part, int max,
                        weft_error *err)
{
    const struct wf_head *head = &cycle->head;
    struct wf_json_writer *out = &turn->out;
    struct wf_runs runs;

    if (!wf_runs_load(&turn->call, head->id, max, &runs, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", head->id);
    wf_jw_key_text(out, "label",
                   wf_words_label(head->words, turn->call.lang, head->id));
    wf_jw_key_text_or_null(
        out, "help", wf_words_get(head->words, turn->call.lang, WF_WORD_HELP));
    wf_jw_key(out, "version");
    wf_jw_int(out, head->version);
    write_every(turn, cycle);
    wf_jw_key(out, "may_launch");
    wf_jw_bool(out, part->launches);
    wf_jw_key(out, "may_calibrate");
    wf_jw_bool(out, part->calibrates);
    write_plan(turn, cycle);
    wf_jw_key(out, "runs");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < runs.n; i++) {
        const struct wf_cycle_open open = { cycle, runs.at[i], *part };

        if (!wf_cycle_write_run(turn, &open, err))
            return false;
    }
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return true;
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wf_head *head;
    size_t cursor = 0;

    (void)with;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    while (
        (head = wf_registry_next_of(turn->call.registry, "cycle", &cursor))) {
        const struct wf_cycle *cycle =
            (const struct wf_cycle *)(const void *)head;
        struct wf_cycle_part part;

        if (!wf_cycle_part(turn, cycle, &part, err))
            return false;
        if (wf_cycle_is_seen(&part)
            && !write_cycle(turn, cycle, &part, RUNS_LISTED, err))
            return false;
    }
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_cycle_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list, NULL);
}

static bool get(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wf_cycle *cycle;
    struct wf_cycle_part part;

    if (!wf_cycle_find(&turn->call, with, &cycle, err)
        || !wf_cycle_part(turn, cycle, &part, err))
        return false;
    if (!wf_cycle_is_seen(&part))
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no cycle \"%s\".",
                       (const char *)with);
    return write_cycle(turn, cycle, &part, RUNS_MAX, err);
}

weft_reply *weft_cycle_get(weft_session *session, const char *id)
{
    return wf_question(session, WEFT_SCOPE_READ, get, id);
}

/* --- Launching */

struct launching {
    const char *cycle, *period, *audience;
    bool dry_run;
};

static bool check_launches(const struct wf_cycle *cycle,
                           const struct wf_cycle_part *part, weft_error *err)
{
    if (part->launches)
        return true;
    if (!wf_cycle_is_seen(part))
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no cycle \"%s\".",
                       cycle->head.id);
    return wf_fail(err, WEFT_E_DENIED,
                   "You may not launch this cycle: that is for those who may "
                   "deploy its package.");
}

static bool write_person(struct wf_turn *turn, wf_id id, weft_error *err)
{
    const struct wf_person *person;

    if (!wf_person_find(&turn->call, id, &person, err))
        return false;
    wf_person_json(person, &turn->out);
    return true;
}

static bool try_out(struct wf_turn *turn, const struct wf_launch *launch,
                    weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    struct wf_stage_rows rows;
    struct wf_members sample;
    struct wf_run run;
    int64_t n;

    if (!wf_launch_plan(&turn->call, launch, &run, &rows, err)
        || !wf_launch_people(&turn->call, launch, SAMPLE, &sample, &n, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "cycle", run.cycle);
    wf_jw_key_text(out, "period", run.span.period);
    wf_jw_key(out, "dry_run");
    wf_jw_bool(out, true);
    wf_jw_key_text_or_null(out, "audience", run.audience);
    wf_jw_key(out, "launched");
    wf_jw_bool(out, run.id != 0);
    wf_jw_key(out, "people");
    wf_jw_int(out, n);
    wf_jw_key(out, "sample");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < sample.n; i++)
        if (!write_person(turn, sample.at[i], err))
            return false;
    wf_jw_close(out, ']');
    wf_cycle_write_stages(turn, launch->cycle, &rows, false);
    wf_jw_close(out, '}');
    return true;
}

static bool launch_it(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct launching *wanted = with;
    struct wf_launch launch = {
        .period = wanted->period,
        .audience = wf_pilot_text(turn->call.arena, wanted->audience),
    };
    struct wf_cycle_open open = { .cycle = NULL };

    if (!wf_cycle_find(&turn->call, wanted->cycle, &launch.cycle, err)
        || !wf_cycle_part(turn, launch.cycle, &open.part, err)
        || !check_launches(launch.cycle, &open.part, err))
        return false;
    if (wanted->dry_run)
        return try_out(turn, &launch, err);
    open.cycle = launch.cycle;
    return wf_cycle_launch(&turn->flow, &launch, &open.run, err)
           && wf_cycle_write_run(turn, &open, err);
}

weft_command *weft_cycle_launch(weft_session *session, const char *id,
                                const char *body, size_t len,
                                const weft_how *how)
{
    static const struct wf_member members[] = {
        { "period", WF_BODY_TEXT, offsetof(struct launching, period), false },
        { "audience", WF_BODY_TEXT, offsetof(struct launching, audience),
          false },
        { "dry_run", WF_BODY_BOOL, offsetof(struct launching, dry_run), false },
    };
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, launch_it);
    struct launching *wanted = WF_NEW(command->arena, struct launching);
    struct wf_text text = { body, len };

    wanted->cycle = wf_arena_str(command->arena, id);
    wf_command_read(command, members, WF_COUNT(members), text, wanted);
    wf_command_once(command, how, "launch", 0, text);
    return command;
}

/* --- Runs */

struct asked {
    const char *cycle;
    wf_id run;
    const weft_param *params;
    size_t n;
    const char *stage;
};

static bool get_run(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_cycle_open open;

    return wf_cycle_open_run(turn, asked->cycle, asked->run, &open, err)
           && wf_cycle_write_run(turn, &open, err);
}

weft_reply *weft_cycle_run(weft_session *session, const weft_cycle_ref *run)
{
    struct asked asked = { .cycle = run->cycle, .run = run->run };

    return wf_question(session, WEFT_SCOPE_READ, get_run, &asked);
}

static bool members(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_cycle_open open;
    struct wf_params params;
    struct wf_page page;

    if (!wf_cycle_open_run(turn, asked->cycle, asked->run, &open, err)
        || !check_launches(open.cycle, &open.part, err)
        || !wf_params_read(turn->call.arena, asked->params, asked->n,
                           WF_PARAMS_PAGE, &params, err))
        return false;
    page = (struct wf_page){ params.query.cursor, params.query.limit };
    wf_jw_open(&turn->out, '{');
    if (!wf_members_write(&turn->call, open.run.id, &page, &turn->out, err))
        return false;
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_cycle_members(weft_session *session, const weft_cycle_ref *run,
                               const weft_param *params, size_t n)
{
    struct asked asked = { run->cycle, run->run, params, n, NULL };

    return wf_question(session, WEFT_SCOPE_READ, members, &asked);
}

static bool reveal(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_cycle_open open;

    return wf_cycle_open_run(turn, asked->cycle, asked->run, &open, err)
           && check_launches(open.cycle, &open.part, err)
           && wf_run_reveal(&turn->flow, &open.run, asked->stage, err)
           && wf_cycle_write_run(turn, &open, err);
}

static bool remind(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_cycle_open open;

    return wf_cycle_open_run(turn, asked->cycle, asked->run, &open, err)
           && check_launches(open.cycle, &open.part, err)
           && wf_run_remind(&turn->flow, &open.run, asked->stage, err)
           && wf_cycle_write_run(turn, &open, err);
}

/* What is done to the stages of a run: `body` may name one. */
static weft_command *on_stages(weft_session *session, wf_answer_fn *act,
                               const weft_cycle_ref *run, const char *body,
                               size_t len)
{
    static const struct wf_member members_[] = {
        { "stage", WF_BODY_TEXT, offsetof(struct asked, stage), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, act);
    struct asked *asked = WF_NEW(command->arena, struct asked);
    struct wf_text text = { body, len };

    asked->cycle = wf_arena_str(command->arena, run->cycle);
    asked->run = run->run;
    wf_command_read(command, members_, WF_COUNT(members_), text, asked);
    return command;
}

weft_command *weft_cycle_reveal(weft_session *session,
                                const weft_cycle_ref *run, const char *body,
                                size_t len)
{
    return on_stages(session, reveal, run, body, len);
}

weft_command *weft_cycle_remind(weft_session *session,
                                const weft_cycle_ref *run, const char *body,
                                size_t len)
{
    return on_stages(session, remind, run, body, len);
}
