/* api/scenario_world.c - the store of a scenario, its company and its clock.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/organisation.h>

#include "api/due.h"
#include "api/engine.h"
#include "api/scenario.h"
#include "base/date.h"
#include "base/embed.h"
#include "base/error.h"

enum {
    MINUTE_MS = 60 * 1000,
    START_MS = 9 * 60 * MINUTE_MS, /* of the day */
};

static const struct wf_date start_date = { 2026, 10, 12 };

const weft_file *wf_play_file(const struct wf_play *play, const char *name)
{
    for (size_t i = 0; i < play->n_files; i++)
        if (wf_streq(play->files[i].name, name))
            return &play->files[i];
    return NULL;
}

/* --- Opening */

static int64_t read_clock(void *self)
{
    struct wf_world *world = self;

    return atomic_load(&world->now);
}

/* What troubles the engine is of interest to who writes a scenario: a hook that
 * failed in a job. That it was opened is not. */
static void tell_trouble(void *self, const char *line)
{
    (void)self;
    if (!strstr(line, "\"level\":\"info\""))
        fprintf(stderr, "%s\n", line);
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

/* What the first finding of a reply says, which are all of its body or a member
 * of it; "" where there is none. */
static const char *first_finding(struct wf_arena *arena,
                                 const weft_reply *reply)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_json *found = NULL;
    const char *text = NULL;
    size_t len;
    const char *body = weft_reply_body(reply, &len);

    if (wf_json_parse(arena, body, len, &limits, &found, &ignored)
        && wf_json_is(found, WF_JSON_OBJECT))
        found = wf_json_get(found, "findings");
    if (wf_json_is(found, WF_JSON_ARRAY) && wf_json_len(found) > 0)
        text = wf_json_str(wf_json_get(found->u.array.at[0], "message"));
    return text ? text : "";
}

static bool import(struct wf_world *world, const char *what, weft_file file,
                   weft_error *err)
{
    weft_reply *reply =
        weft_run(weft_import(world->system, what, file.text, file.len, false));
    const weft_error *failure = weft_reply_error(reply);

    if (failure)
        wf_fail(err, failure->code, "%s: %s %s", file.name, failure->text,
                first_finding(world->arena, reply));
    weft_reply_free(reply);
    return !failure;
}

static weft_file sample(const char *name)
{
    const struct wf_embedded *file = wf_embedded_find(name);

    return (weft_file){ name, (const char *)file->data, file->len };
}

static bool fill(struct wf_world *world, weft_error *err)
{
    const struct wf_play *play = world->play;
    const weft_file *units = wf_play_file(play, "tests/units.csv");
    const weft_file *people = wf_play_file(play, "tests/people.csv");
    weft_deploy package = { play->files, play->n_files, NULL, NULL, NULL };

    if (!units && !people)
        return import(world, "units", sample("templates/demo/units.csv"), err)
               && import(world, "people", sample("templates/demo/people.csv"),
                         err)
               && use(weft_run(weft_deploy_run(world->system, &package)), err);
    return (!units || import(world, "units", *units, err))
           && (!people || import(world, "people", *people, err))
           && use(weft_run(weft_deploy_run(world->system, &package)), err);
}

static bool open_engine(struct wf_world *world, const weft_options *options,
                        weft_error *err)
{
    const struct wf_play *play = world->play;

    bool ok =
        play->model
            ? wf_engine_open_like(play->model, options, &world->engine, err)
            : weft_engine_open(play->store, options, &world->engine, err);

    if (ok)
        world->engine->is_alone = true;
    return ok;
}

bool wf_world_open(struct wf_world *world, const struct wf_play *play,
                   weft_error *err)
{
    weft_options options = WEFT_OPTIONS_INIT;
    int64_t start = 0;

    *world = (struct wf_world){ .play = play, .arena = wf_arena_new() };
    (void)wf_zone_from_local(play->zone, wf_day_of(start_date), START_MS,
                             &start);
    atomic_store(&world->now, start);
    options.create = true;
    options.no_jobs = true;
    options.log = tell_trouble;
    options.now_ms = read_clock;
    options.now_self = world;
    return open_engine(world, &options, err)
           && weft_session_as(world->engine, NULL, play->speaks, &world->system,
                              err)
           && (play->model || fill(world, err));
}

const char *wf_world_unsound(const struct wf_world *world)
{
    weft_reply *reply = weft_verify(world->system);
    const weft_error *failure = weft_reply_error(reply);
    const char *why = NULL;

    if (failure)
        why = wf_arena_printf(world->arena, "%s %s", failure->text,
                              first_finding(world->arena, reply));
    weft_reply_free(reply);
    return why;
}

void wf_world_close(struct wf_world *world)
{
    weft_session_free(world->system);
    weft_engine_close(world->engine);
    if (world->arena)
        wf_arena_free(world->arena);
}

/* --- The clock */

bool wf_world_settle(struct wf_world *world, weft_error *err)
{
    int64_t fired;

    return weft_engine_tick(world->engine, atomic_load(&world->now), &fired,
                            err);
}

static bool move(struct wf_world *world, int64_t to, weft_error *err)
{
    int64_t due;

    while (wf_due_next(world->engine, &due, err) && due > 0 && due <= to) {
        if (due > atomic_load(&world->now))
            atomic_store(&world->now, due);
        if (!wf_world_settle(world, err))
            return false;
    }
    if (err->code != WEFT_OK)
        return false;
    atomic_store(&world->now, to);
    return true;
}

bool wf_world_advance(struct wf_world *world, const char *by, weft_error *err)
{
    struct wf_duration duration;

    if (!by || !wf_duration_parse(wf_str_of(by), &duration))
        return wf_fail(err, WEFT_E_INVALID,
                       "\"%s\" is no duration: write one like 30min, 4h, 2d, "
                       "3wd or 2w.",
                       by ? by : "");
    return move(world,
                wf_calendar_shift(&world->play->calendar,
                                  atomic_load(&world->now), duration, false),
                err);
}

/* "2026-12-31 18:00", or the day alone for its first minute. */
static bool read_time(const struct wf_world *world, const char *text,
                      int64_t *out)
{
    struct wf_str rest = wf_str_of(text), date, hour;
    int64_t hours = 0, minutes = 0;
    int32_t day;

    if (!wf_str_split(&rest, ' ', &date) || !wf_date_parse(date, &day))
        return false;
    if (rest.len > 0
        && (!wf_str_split(&rest, ':', &hour) || !wf_str_to_int(hour, &hours)
            || !wf_str_to_int(rest, &minutes)))
        return false;
    return hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60
           && wf_zone_from_local(world->play->zone, day,
                                 (int32_t)(hours * 60 + minutes) * MINUTE_MS,
                                 out);
}

bool wf_world_move_to(struct wf_world *world, const char *at, weft_error *err)
{
    int64_t to;

    if (!at || !read_time(world, at, &to))
        return wf_fail(err, WEFT_E_INVALID,
                       "\"%s\" is no time: write one like 2026-12-31 18:00.",
                       at ? at : "");
    if (to < atomic_load(&world->now))
        return wf_fail(err, WEFT_E_INVALID, "%s is over.", at);
    return move(world, to, err);
}

const char *wf_world_time(const struct wf_world *world, struct wf_arena *arena,
                          int64_t ms)
{
    char date[WF_DATE_TEXT];
    int32_t day = 0, of_day = 0;

    (void)wf_zone_to_local(world->play->zone, ms, &day, &of_day);
    wf_date_write(day, date);
    return wf_arena_printf(arena, "%s %02d:%02d", date, of_day / MINUTE_MS / 60,
                           of_day / MINUTE_MS % 60);
}
