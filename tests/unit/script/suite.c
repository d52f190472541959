/* unit/script/suite.c - runs the tests of script/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/clock.h"

struct bench bench;

void bench_setup(void)
{
    bench.arena = wf_arena_new();
    bench.limits = (struct wf_budget)WF_BUDGET_COMMAND;
    bench.options =
        (struct wf_script_options){ .budget = &bench.budget, .seed = 7 };
    bench.script = NULL;
    bench_renew();
}

void bench_teardown(void)
{
    wf_script_free(bench.script);
    wf_arena_free(bench.arena);
}

void bench_renew(void)
{
    wf_script_free(bench.script);
    bench.budget = bench.limits;
    bench.script = wf_script_new(&bench.options);
    bench.err = (weft_error)WEFT_ERROR_INIT;
}

void bench_load(const char *name, const char *text)
{
    ck_assert_msg(
        wf_script_load(bench.script, name, text, strlen(text), &bench.err),
        "%s", bench.err.text);
}

static struct wf_json *json_of(const char *text)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *json;

    ck_assert_msg(wf_json_parse(bench.arena, text, strlen(text), &limits, &json,
                                &bench.err),
                  "%s", bench.err.text);
    return json;
}

const char *bench_call(const char *text, const char *args)
{
    struct wf_script_call call = { .name = "t",
                                   .function = "f",
                                   .args = json_of(args) };

    bench_renew();
    if (!wf_script_load(bench.script, "t", text, strlen(text), &bench.err)
        || !wf_script_call(bench.script, bench.arena, &call, &bench.err))
        return bench.err.text;
    return call.result ? wf_json_dump(bench.arena, call.result) : "nil";
}

const char *bench_value(const char *expression)
{
    return bench_call(
        wf_arena_printf(bench.arena, "function f() return %s end", expression),
        "[]");
}

void bench_stops(const char *statements, const char *reason)
{
    int64_t before = wf_thread_cpu_us();
    const char *seen = bench_call(
        wf_arena_printf(bench.arena, "function f()\n%s\nend", statements),
        "[]");

    ck_assert_msg(strstr(seen, reason), "%s gave %s", statements, seen);
    ck_assert_int_eq(bench.err.code, WEFT_E_SCRIPT);
    ck_assert_msg(wf_thread_cpu_us() - before < 1000000, "%s took %d ms",
                  statements, (int)((wf_thread_cpu_us() - before) / 1000));
}

/* clang-format off */
static suite_tests_fn *const tests[] = {
    attack_tests,
    check_tests,
    chunk_tests,
    pattern_tests,
    sandbox_tests,
    script_tests,
    value_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("script", tests, sizeof tests / sizeof tests[0]);
}
