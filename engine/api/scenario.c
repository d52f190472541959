/* api/scenario.c - plays the scenarios of a package and tells how they went.
 *
 * Each runs in a world and in a script state of its own, so that one leaves
 * nothing to the next, not even its end. What scenarios are written with stands
 * in scripts/scenario/prelude.lua.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/scenario.h"

#include <weft/document.h>

#include "api/reply.h"
#include "base/embed.h"
#include "base/error.h"
#include "def/compile.h"

static const char MODULE[] = "weft-scenario";
static const char PRELUDE[] = "scripts/scenario/prelude.lua";

/* Stands before the first line of a scenario file, which stays the first. */
static const char INSTALL[] = "require 'weft-scenario'(_ENV) ";

/* How far all of it is. */
struct playing {
    struct wf_arena *arena; /* the reply's */
    struct wf_play play;
    struct wf_world model; /* no script gets at it */
    struct wf_json_writer *out;
    int n_passed, n_failed;
};

/* One of them. */
struct scenario {
    const weft_file *file;
    const char *name; /* the file's where that cannot be read */
    int line;
    int place; /* in its file, from 1 */
};

/* --- Scripts */

static const char *find_script(void *self, const char *name)
{
    const struct wf_world *world = self;
    const weft_file *file;

    if (wf_streq(name, MODULE))
        return (const char *)wf_embedded_find(PRELUDE)->data;
    file = wf_play_file(world->play,
                        wf_arena_printf(world->arena, "scripts/%s.lua", name));
    return file ? file->text : NULL;
}

/* A scenario may do more than a hook, and still comes to an end. */
static struct wf_script *script_new(struct wf_world *world)
{
    static const struct wf_budget budget = { 100000000, 10000000, 64u << 20 };
    struct wf_budget *left = WF_NEW(world->arena, struct wf_budget);
    const struct wf_script_options options = {
        .budget = left,
        .hosts = wf_scenario_hosts,
        .n_hosts = wf_scenario_n_hosts,
        .self = world,
        .find_script = find_script,
    };

    *left = budget;
    return wf_script_new(&options);
}

static void end_script(struct wf_script **script)
{
    wf_script_free(*script);
}

/* Loads the file into `script` and calls a function that the prelude has left
 * in it, with a number. */
static bool ask_script(struct wf_script *script, const struct wf_world *world,
                       const struct scenario *scenario,
                       struct wf_script_call *wanted, weft_error *err)
{
    const weft_file *file = scenario->file;
    struct wf_buf text = WF_BUF_INIT(world->arena);
    struct wf_json *args = wf_json_array(world->arena);

    wf_buf_str(&text, INSTALL);
    wf_buf_add(&text, file->text, file->len);
    wf_json_push(world->arena, args,
                 wf_json_int(world->arena, scenario->place));
    wanted->name = file->name;
    wanted->args = args;
    return wf_script_load(script, file->name, text.data, text.len, err)
           && wf_script_call(script, world->arena, wanted, err);
}

/* --- What is told */

/* Cuts "FILE:LINE: " off what Lua has raised; without one it is about the
 * scenario. */
static const char *cut_place(const char *text, struct wf_str *file, int *line)
{
    const char *colon = strstr(text, ".lua:");
    int64_t n;
    size_t digits;

    if (!colon)
        return text;
    colon += strlen(".lua");
    digits = strspn(colon + 1, "0123456789");
    if (!wf_str_to_int((struct wf_str){ colon + 1, digits }, &n)
        || !wf_str_starts(colon + 1 + digits, ": "))
        return text;
    *file = (struct wf_str){ text, (size_t)(colon - text) };
    *line = (int)n;
    return colon + 1 + digits + strlen(": ");
}

/* "2026-10-12 09:00 zhangwei submit approval/lead: text" */
static void write_event(const struct wf_world *world,
                        const struct wf_json *event, struct wf_json_writer *out)
{
    static const char *const parts[] = { "kind", "step", "level", "reason",
                                         "comment" };
    static const char *const before[] = { " ", " ", "/", ", ", ": " };
    struct wf_buf line = WF_BUF_INIT(world->arena);
    const char *at = wf_json_str(wf_json_get(event, "at"));
    const char *login =
        wf_json_str(wf_json_get(wf_json_get(event, "actor"), "login"));
    int64_t ms = 0;

    (void)wf_time_parse(wf_str_of(at), &ms);
    wf_buf_str(&line, wf_world_time(world, world->arena, ms));
    wf_buf_printf(&line, " %s", login ? login : "-");
    for (size_t i = 0; i < WF_COUNT(parts); i++) {
        const char *part = wf_json_str(wf_json_get(event, parts[i]));

        if (part)
            wf_buf_printf(&line, "%s%s", before[i], part);
    }
    wf_jw_text(out, wf_buf_text(&line));
}

/* The history of the document that was touched last, or nothing. */
static void write_story(const struct wf_world *world,
                        struct wf_json_writer *out)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *body = NULL;
    const struct wf_json *items;
    weft_reply *reply;
    size_t len;
    const char *text;

    if (!world->last)
        return;
    reply = weft_document_history(world->system, world->last, NULL, 0);
    text = weft_reply_body(reply, &len);
    if (!wf_json_parse(world->arena, text, len, &limits, &body, &err))
        body = NULL;
    weft_reply_free(reply);
    items = wf_json_get(body, "items");
    for (size_t i = 0; i < wf_json_len(items); i++)
        write_event(world, items->u.array.at[i], out);
}

static void write_problem(const struct scenario *scenario,
                          const struct wf_world *world, const char *problem,
                          struct wf_json_writer *out)
{
    struct wf_str file = wf_str_of(scenario->file->name);
    int line = scenario->line;
    const char *text = cut_place(problem, &file, &line);

    wf_jw_open(out, '{');
    wf_jw_key(out, "file");
    wf_jw_text_n(out, file.at, file.len);
    wf_jw_key(out, "line");
    wf_jw_int(out, line);
    wf_jw_key_text(out, "text", text);
    wf_jw_key(out, "story");
    wf_jw_open(out, '[');
    write_story(world, out);
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
}

/* `problem` NULL: it passed. */
static void write_scenario(struct playing *playing,
                           const struct scenario *scenario,
                           const struct wf_world *world, const char *problem)
{
    struct wf_json_writer *out = playing->out;

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "name", scenario->name);
    wf_jw_key_text(out, "file", scenario->file->name);
    wf_jw_key(out, "line");
    wf_jw_int(out, scenario->line);
    wf_jw_key(out, "passed");
    wf_jw_bool(out, !problem);
    wf_jw_key(out, "problem");
    if (problem)
        write_problem(scenario, world, problem, out);
    else
        wf_jw_null(out);
    wf_jw_close(out, '}');
    playing->n_passed += !problem;
    playing->n_failed += problem != NULL;
}

/* --- One scenario, one file, all */

/* All begin alike: so that is made once, with the first. */
static bool open_model(struct playing *playing, weft_error *err)
{
    if (playing->play.model)
        return true;
    if (wf_world_open(&playing->model, &playing->play, err)) {
        playing->play.model = playing->model.engine;
        return true;
    }
    wf_world_close(&playing->model);
    playing->model = (struct wf_world){ .play = NULL };
    return false;
}

static void play_one(struct playing *playing, const struct scenario *scenario)
{
    struct wf_world world WF_CLEANUP(wf_world_close) = { .play = NULL };
    struct wf_script *script WF_CLEANUP(end_script) = NULL;
    struct wf_script_call run = { .function = "weft_run" };
    weft_error err = wf_error_in(playing->play.lang);
    const char *problem = err.text;

    if (open_model(playing, &err)
        && wf_world_open(&world, &playing->play, &err)) {
        script = script_new(&world);
        if (ask_script(script, &world, scenario, &run, &err))
            problem = wf_json_str(run.result);
        if (!problem)
            problem = wf_world_unsound(&world);
    }
    write_scenario(playing, scenario, &world, problem);
}

static void play_listed(struct playing *playing, const weft_file *file,
                        const struct wf_json *listed)
{
    for (size_t i = 0; i < wf_json_len(listed); i++) {
        const struct wf_json *one = listed->u.array.at[i];
        const struct scenario scenario = {
            .file = file,
            .name = wf_json_str(wf_json_get(one, "name")),
            .line = (int)wf_json_num(wf_json_get(one, "line"), 0),
            .place = (int)i + 1,
        };

        play_one(playing, &scenario);
    }
}

/* The names are asked for in a world without a store; a file that cannot even
 * be read is a scenario that has failed. */
static void play_file(struct playing *playing, const weft_file *file)
{
    struct wf_world nowhere = { .play = &playing->play,
                                .arena = playing->arena };
    const struct scenario whole = { file, file->name, 1, 0 };
    struct wf_script *script WF_CLEANUP(end_script) = script_new(&nowhere);
    struct wf_script_call names = { .function = "weft_names" };
    weft_error err = wf_error_in(playing->play.lang);

    if (ask_script(script, &nowhere, &whole, &names, &err))
        play_listed(playing, file, names.result);
    else
        write_scenario(playing, &whole, &nowhere, err.text);
}

static bool is_scenarios(const char *name)
{
    return wf_str_starts(name, "tests/") && wf_str_ends(name, ".lua");
}

static void play_all(struct playing *playing)
{
    struct wf_json_writer *out = playing->out;

    wf_jw_open(out, '{');
    wf_jw_key(out, "scenarios");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < playing->play.n_files; i++)
        if (is_scenarios(playing->play.files[i].name))
            play_file(playing, &playing->play.files[i]);
    wf_jw_close(out, ']');
    wf_jw_key(out, "passed");
    wf_jw_int(out, playing->n_passed);
    wf_jw_key(out, "failed");
    wf_jw_int(out, playing->n_failed);
    wf_jw_close(out, '}');
}

/* What the clock goes by stands in it. */
static bool is_of_clock(const char *name)
{
    return wf_streq(name, "package.xml") || wf_str_ends(name, ".calendar.xml");
}

/* What the clock goes by, the zone and the calendar of the package that the
 * files make, and its language; they are known to compile. */
static void read_clock(struct wf_arena *arena, struct wf_play *play)
{
    const struct wf_compile_options options = { .registry = NULL };
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_bundle bundle = { .package = NULL };
    struct wf_text_file *texts =
        WF_NEW_N(arena, struct wf_text_file, play->n_files);
    size_t n = 0;

    for (size_t i = 0; i < play->n_files; i++)
        if (is_of_clock(play->files[i].name))
            texts[n++] =
                (struct wf_text_file){ play->files[i].name, play->files[i].text,
                                       play->files[i].len };
    wf_compile(arena, texts, n, &options, &diags, &bundle);
    play->zone = bundle.package ? bundle.package->timezone : "Asia/Shanghai";
    play->speaks = bundle.package ? bundle.package->lang : "zh-CN";
    play->calendar =
        bundle.calendar ? *bundle.calendar : wf_calendar_plain(play->zone);
}

weft_reply *weft_test(const char *lang, const char *store,
                      const weft_file *files, size_t n)
{
    const weft_deploy package = { files, n, NULL, NULL, NULL };
    weft_reply *reply = weft_check(NULL, lang, &package);
    struct wf_buf body = WF_BUF_INIT(reply->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&body);
    struct playing playing = {
        .arena = reply->arena,
        .play = { .lang = lang,
                  .store =
                      store ? wf_arena_printf(reply->arena, "scratch+%s", store)
                            : "sqlite::memory:",
                  .files = files,
                  .n_files = n },
        .out = &out,
    };

    if (weft_reply_error(reply))
        return reply;
    read_clock(reply->arena, &playing.play);
    play_all(&playing);
    wf_world_close(&playing.model);
    reply->body = wf_buf_text(&body);
    reply->len = body.len;
    return reply;
}
