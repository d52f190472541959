/* assistant/assistant.c - the company of README.md on its day, for the suite:
 * a line of JSON in is what somebody says, a line out what the assistant makes
 * of it, with the milliseconds of processor that it took.
 *
 *     {"as":"liuyang","body":{"text":"待办"}}
 *     {"code":"ok","ms":3.2,"text":"","body":{…}}
 *
 * Its arguments are a store, and a folder whose files stand in for those of the
 * package that the program carries.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <weft/weft.h>

#include "base/embed.h"
#include "base/json.h"
#include "base/list.h"
#include "base/str.h"

/* Friday 2026-11-27, 15:00 in Shanghai. */
static const int64_t NOW_MS = INT64_C(1795762800000);

enum {
    FILE_MAX = 1 << 20
};

static const char PACKAGE[] = "templates/performance/";
static const char DEMO[] = "templates/demo/";

struct files {
    weft_file *at;
    size_t n, cap;
};

static int64_t read_clock(void *self)
{
    (void)self;
    return NOW_MS;
}

static void must(weft_reply *reply, const char *what)
{
    const weft_error *failure = weft_reply_error(reply);

    if (failure) {
        fprintf(stderr, "%s: %s\n%s\n", what, failure->text,
                weft_reply_body(reply, &(size_t){ 0 }));
        exit(1);
    }
    weft_reply_free(reply);
}

/* The small company is who the lines were written about; the group around it
 * came later and has people and goals of the same names. */
static bool is_of_group(const char *name)
{
    return strstr(name, "group") != NULL;
}

/* The file of that name in the folder that stands in for what the program
 * carries, if it is there. */
static bool stands_in(struct wf_arena *arena, const char *folder,
                      const char *name, weft_file *out)
{
    const char *path =
        folder ? wf_arena_printf(arena, "%s/%s", folder, name) : NULL;
    FILE *file = path ? fopen(path, "rb") : NULL;
    char *text;

    if (!file)
        return false;
    text = wf_arena_alloc(arena, FILE_MAX);
    *out = (weft_file){ name, text, fread(text, 1, FILE_MAX - 1, file) };
    fclose(file);
    return true;
}

/* The files that the program carries below `prefix`, but for its tests. */
static void collect(struct wf_arena *arena, const char *prefix,
                    const char *folder, bool demo, struct files *out)
{
    const struct wf_embedded *file = NULL;

    while ((file = wf_embedded_next(prefix, file))) {
        const char *name = file->name + strlen(prefix);

        if (!wf_str_starts(name, "tests/") && !is_of_group(name)
            && wf_str_ends(name, ".json") == demo)
            if (!stands_in(arena, folder, name, WF_PUSH(arena, out)))
                out->at[out->n - 1] =
                    (weft_file){ name, (const char *)file->data, file->len };
    }
}

static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 16);

    if (!file || !text) {
        perror(path);
        exit(1);
    }
    *len = fread(text, 1, (1 << 16) - 1, file);
    fclose(file);
    return text;
}

static void fill(weft_engine *engine, weft_session *system, const char *folder)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct files package = { NULL, 0, 0 }, demo = { NULL, 0, 0 };
    const struct wf_embedded *file = NULL;
    weft_error err = WEFT_ERROR_INIT;
    weft_deploy deploy = { NULL, 0, NULL, NULL, NULL };
    int64_t fired;
    size_t len;
    char *people = read_file("tests/assistant/people.csv", &len);

    collect(arena, PACKAGE, folder, false, &package);
    deploy.files = package.at;
    deploy.n_files = package.n;
    must(weft_run(weft_init_admin(system, "A-good-password-1")), "init");
    must(weft_run(weft_deploy_run(system, &deploy)), "deploy");
    while ((file = wf_embedded_next(DEMO, file)))
        if (!is_of_group(file->name))
            *WF_PUSH(arena, &demo) =
                (weft_file){ file->name + strlen(DEMO),
                             (const char *)file->data, file->len };
    collect(arena, PACKAGE, NULL, true, &demo);
    must(weft_init_demo(system, demo.at, demo.n), "demo");
    must(weft_run(weft_import(system, "people", people, len, false)), "people");
    free(people);
    if (!weft_engine_tick(engine, NOW_MS, &fired, &err)) {
        fprintf(stderr, "tick: %s\n", err.text);
        exit(1);
    }
}

static double clock_ms(void)
{
    struct timespec at;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void say(weft_engine *engine, struct wf_arena *arena,
                const struct wf_json *line)
{
    const char *body = wf_json_dump(arena, wf_json_get(line, "body"));
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session;
    weft_reply *reply;
    double began;
    size_t len;

    if (!weft_session_as(engine, wf_json_str(wf_json_get(line, "as")), "zh-CN",
                         &session, &err)) {
        printf("{\"code\":\"nobody\"}\n");
        return;
    }
    began = clock_ms();
    reply = wf_json_get(wf_json_get(line, "body"), "confirm")
                ? weft_run(weft_bot_do(session, body, strlen(body)))
                : weft_bot_ask(session, body, strlen(body));
    printf("{\"code\":\"%s\",\"ms\":%.2f,\"text\":",
           weft_reply_error(reply)
               ? weft_code_name(weft_reply_error(reply)->code)
               : "ok",
           clock_ms() - began);
    fputs(wf_json_dump(arena,
                       wf_json_text(arena, weft_reply_error(reply)
                                               ? weft_reply_error(reply)->text
                                               : "")),
          stdout);
    printf(",\"body\":%s}\n", weft_reply_body(reply, &len));
    weft_reply_free(reply);
    weft_session_free(session);
}

int main(int argc, char **argv)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    weft_engine *engine;
    weft_session *system;
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    options.create = options.no_jobs = true;
    options.now_ms = read_clock;
    if (!weft_engine_open(argc > 1 ? argv[1] : "sqlite::memory:", &options,
                          &engine, &err)
        || !weft_session_as(engine, NULL, "en", &system, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    fill(engine, system, argc > 2 ? argv[2] : NULL);
    while ((len = getline(&line, &room, stdin)) > 0) {
        struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
        struct wf_json *json;

        if (wf_json_parse(arena, line, (size_t)len, &limits, &json, &err))
            say(engine, arena, json);
        else
            printf("{\"code\":\"malformed\"}\n");
        fflush(stdout);
    }
    free(line);
    weft_session_free(system);
    weft_engine_close(engine);
    return 0;
}
