/* http/suite.c - runs the tests against the server of tests/http/run.
 *
 *     test_http [load]
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* lint: static, because Check's fixtures take no argument. */
struct bench bench;

/* --- The bench */

void bench_setup(void)
{
    bench.arena = wf_arena_new();
    web_open(&bench.web, bench.port);
}

void bench_teardown(void)
{
    web_close(&bench.web);
    wf_arena_free(bench.arena);
}

const char *bench_as(const char *who)
{
    char name[64];
    const char *token;

    if (!who)
        return "";
    if (strchr(who, ':'))
        return who;
    snprintf(name, sizeof name, "TOKEN_%s", who);
    token = getenv(name);
    ck_assert_msg(token != NULL, "%s is not set", name);
    return wf_arena_printf(bench.arena, "Authorization: Bearer %s\r\n", token);
}

int bench_ask_with(const char *who, const char *headers, const char *method,
                   const char *path, const char *body)
{
    struct web_request request = {
        .method = method,
        .path = path,
        .headers = wf_arena_printf(bench.arena, "%s%s", bench_as(who), headers),
        .body = body,
    };

    web_ask(&bench.web, &request, &bench.answer);
    return bench.answer.status;
}

int bench_ask(const char *who, const char *method, const char *path,
              const char *body)
{
    return bench_ask_with(who, "", method, path, body);
}

/* --- Answers */

const struct wf_json *bench_json(void)
{
    static const struct wf_json_limits limits = { 64, 1000000 };
    struct wf_json *json = NULL;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert_msg(wf_json_parse(bench.arena, bench.answer.body,
                                bench.answer.len, &limits, &json, &err),
                  "%s: %.*s", err.text, (int)bench.answer.len,
                  bench.answer.body);
    return json;
}

static const struct wf_json *member(const struct wf_json *json,
                                    struct wf_str name)
{
    int64_t n;

    if (wf_json_is(json, WF_JSON_OBJECT))
        return wf_json_get(json, wf_arena_slice(bench.arena, name));
    if (!wf_json_is(json, WF_JSON_ARRAY) || !wf_str_to_int(name, &n)
        || n >= (int64_t)wf_json_len(json))
        return NULL;
    return json->u.array.at[n];
}

const char *bench_text(const char *path)
{
    const struct wf_json *json = bench_json();
    struct wf_str rest = wf_str_of(path), name;

    while (json && wf_str_split(&rest, '.', &name))
        json = member(json, name);
    return wf_json_str(json);
}

const char *bench_header(const char *name)
{
    char value[1024];

    return web_header(&bench.answer, name, value, sizeof value)
               ? wf_arena_str(bench.arena, value)
               : "";
}

const char *bench_document(const char *text)
{
    struct wf_buf body = WF_BUF_INIT(bench.arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "form", "request");
    wf_jw_key(&w, "data");
    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "subject_line", "A test");
    wf_jw_key_text(&w, "text", text);
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    ck_assert_int_eq(
        bench_ask("maker", "POST", "/api/v1/documents", wf_buf_text(&body)),
        201);
    return bench_header("Location");
}

/* clang-format off */
static suite_tests_fn *const tests[] = {
    document_tests,
    hostile_tests,
    page_tests,
    problem_tests,
    race_tests,
    session_tests,
    try_tests,
    verb_tests,
    wire_tests,
};
/* clang-format on */

int main(int argc, char **argv)
{
    const char *port = getenv("WEFT_PORT");

    if (!port) {
        fputs("test_http is run by tests/http/run\n", stderr);
        return EXIT_FAILURE;
    }
    bench.port = atoi(port);
    if (argc == 2 && strcmp(argv[1], "load") == 0)
        return load_run(bench.port);
    return suite_run("http", tests, sizeof tests / sizeof tests[0]);
}
