/* unit/script/test_script.c - files loaded, functions called, functions of the
 * engine called from them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/error.h"

START_TEST(a_hook_changes_a_document_by_assigning)
{
    struct wf_json *doc = wf_json_object(bench.arena);
    struct wf_json *args = wf_json_array(bench.arena);
    struct wf_script_call call = { "t", "f", args, 1, NULL, NULL };

    wf_json_set(bench.arena, doc, "a", wf_json_int(bench.arena, 1));
    wf_json_set(bench.arena, doc, "gone", wf_json_int(bench.arena, 2));
    wf_json_push(bench.arena, args, doc);
    wf_json_push(bench.arena, args, wf_json_text(bench.arena, "x"));
    bench_load("t", "function f(doc, act) doc.a = doc.a + 1 doc.gone = nil "
                    "doc.rows = { { title = act } } doc = nil return 'done' "
                    "end");

    ck_assert(wf_script_call(bench.script, bench.arena, &call, &bench.err));
    ck_assert_str_eq(wf_json_str(call.result), "done");
    ck_assert_str_eq(wf_json_dump(bench.arena, call.back),
                     "[{\"a\":2,\"rows\":[{\"title\":\"x\"}]}]");
    ck_assert_str_eq(wf_json_dump(bench.arena, doc), "{\"a\":1,\"gone\":2}");
}
END_TEST

START_TEST(nothing_returned_is_no_result)
{
    ck_assert_str_eq(bench_call("function f() end", "[]"), "nil");
    ck_assert_str_eq(bench_call("function f() return nil, 1 end", "[]"), "nil");
    ck_assert_str_eq(bench_call("function f() return 1, 2 end", "[]"), "1");
}
END_TEST

START_TEST(a_file_is_loaded_once_and_asked_for_its_functions)
{
    bench_load("t", "n = (n or 0) + 1 function f() return n end local function "
                    "g() end h = 1");
    bench_load("t", "this is not Lua");

    ck_assert(wf_script_has(bench.script, "t", "f"));
    ck_assert(!wf_script_has(bench.script, "t", "g"));
    ck_assert(!wf_script_has(bench.script, "t", "h"));
    ck_assert(!wf_script_has(bench.script, "u", "f"));
    ck_assert(!wf_script_has(bench.script, "t", ""));
}
END_TEST

START_TEST(errors_name_file_and_line)
{
    ck_assert_str_eq(
        bench_call("function f()\n  local x\n  return x.y\nend", "[]"),
        "t:3: attempt to index a nil value (local 'x')");
    ck_assert_int_eq(bench.err.code, WEFT_E_SCRIPT);
    ck_assert_str_eq(bench_call("function g() end", "[]"),
                     "t has no function f");
    ck_assert_ptr_nonnull(strstr(bench_call("function f( end", "[]"), "t:1: "));
    ck_assert_str_eq(bench_call("function f() error('plain', 0) end", "[]"),
                     "plain");
}
END_TEST

/* --- Functions of the engine */

static bool echo(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    (void)self;
    (void)host;
    (void)err;
    *result = wf_json_text(arena, wf_json_dump(arena, args));
    return true;
}

static bool refuse(void *self, const struct wf_host *host,
                   struct wf_arena *arena, const struct wf_json *args,
                   struct wf_json **result, weft_error *err)
{
    (void)self;
    (void)host;
    (void)arena;
    (void)args;
    (void)result;
    return wf_fail(err, WEFT_E_INVALID, "title: %s", "too short");
}

static bool lose(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    (void)self;
    (void)host;
    (void)arena;
    (void)args;
    (void)result;
    return wf_fail(err, WEFT_E_CONFLICT, "somebody was first");
}

/* Calls the function g of the same file, as an event inside an event does. */
static bool nest(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    struct wf_json *call_args = wf_json_array(arena);
    struct wf_script_call call = { .name = "t",
                                   .function = "g",
                                   .args = call_args };

    (void)self;
    (void)host;
    wf_json_push(arena, call_args, args->u.array.at[0]);
    if (!wf_script_call(bench.script, arena, &call, err))
        return false;
    *result = call.result;
    return true;
}

static bool quiet(void *self, const struct wf_host *host,
                  struct wf_arena *arena, const struct wf_json *args,
                  struct wf_json **result, weft_error *err)
{
    (void)self;
    (void)host;
    (void)arena;
    (void)args;
    (void)result;
    (void)err;
    return true;
}

/* clang-format off */
static const struct wf_host hosts[] = {
    { "echo",   echo,   10,     "echo(...)",   "" },
    { "refuse", refuse, 10,     "refuse()",    "" },
    { "lose",   lose,   10,     "lose()",      "" },
    { "nest",   nest,   10,     "nest(x)",     "" },
    { "quiet",  quiet,  10,     "quiet()",     "" },
    { "dear",   quiet,  200000, "dear()",      "" },
};
/* clang-format on */

static void setup_hosts(void)
{
    bench_setup();
    bench.options.hosts = hosts;
    bench.options.n_hosts = WF_COUNT(hosts);
    bench_renew();
}

START_TEST(the_engine_gets_arguments_as_a_list)
{
    ck_assert_str_eq(bench_value("echo(1, nil, 'x', { a = { 1 } })"),
                     "\"[1,null,\\\"x\\\",{\\\"a\\\":[1]}]\"");
    ck_assert_str_eq(bench_value("select('#', quiet())"), "0");
    ck_assert_str_eq(bench_value("echo(print, tostring)"),
                     "t:1: argument 2 of echo is a function, which cannot "
                     "leave the script");
    ck_assert_str_eq(bench_value("pcall(echo, function() end)"), "false");
}
END_TEST

START_TEST(a_refusal_can_be_caught_and_keeps_its_kind)
{
    ck_assert_str_eq(bench_value("{ pcall(refuse) }"),
                     "[false,\"title: too short\"]");
    ck_assert_str_eq(bench_value("refuse()"), "title: too short");
    ck_assert_int_eq(bench.err.code, WEFT_E_INVALID);
    bench_value("select(2, pcall(refuse)) .. error('title: other', 0)");
    ck_assert_int_eq(bench.err.code, WEFT_E_SCRIPT);
}
END_TEST

START_TEST(other_failures_of_the_engine_end_the_script)
{
    ck_assert_str_eq(bench_value("pcall(lose)"), "somebody was first");
    ck_assert_int_eq(bench.err.code, WEFT_E_CONFLICT);
    ck_assert_str_eq(
        bench_call("function f() pcall(pcall, lose) while true do end end",
                   "[]"),
        "somebody was first");
    ck_assert_str_eq(
        bench_value("coroutine.resume(coroutine.create(function() lose() "
                    "end))"),
        "somebody was first");
}
END_TEST

START_TEST(calls_inside_calls_share_state_and_budget)
{
    ck_assert_str_eq(bench_call("function g(x) return x * 2 end "
                                "function f() return nest(21) end",
                                "[]"),
                     "42");
    ck_assert_str_eq(
        bench_call("function g(x) return x * 2 end function f() return "
                   "coroutine.wrap(function() return nest(4) end)() end",
                   "[]"),
        "8");
    bench_call("function g() while true do end end function f() pcall(nest, 1) "
               "return 1 end",
               "[]");
    ck_assert_ptr_nonnull(strstr(bench.err.text, "t:1: the script "));
    bench_call("function g(x) return nest(x) end function f() return nest(1) "
               "end",
               "[]");
    ck_assert_int_eq(bench.err.code, WEFT_E_SCRIPT);
}
END_TEST

START_TEST(the_engine_charges_for_its_functions)
{
    bench_call("function f() dear() dear() end", "[]");
    ck_assert_int_lt(bench.budget.units, 600000);
    bench_stops("for i = 1, 5 do pcall(dear) end", "t:2: the script does");
}
END_TEST

START_TEST(formulas_take_from_the_same_budget)
{
    bench_load("t", "function f() for i = 1, 10000 do end end");
    bench.budget.units = 1000;

    ck_assert(!wf_script_call(
        bench.script, bench.arena,
        &(struct wf_script_call){
            .name = "t", .function = "f", .args = wf_json_array(bench.arena) },
        &bench.err));
    ck_assert_int_eq(bench.err.code, WEFT_E_SCRIPT);
    ck_assert_int_eq(bench.budget.units, 0);
}
END_TEST

START_TEST(messages_are_in_the_language_of_the_caller)
{
    struct wf_script_call call = { .name = "t",
                                   .function = "f",
                                   .args = wf_json_array(bench.arena) };

    bench_load("t", "function f() while true do end end");
    strcpy(bench.err.lang, "zh-CN");
    ck_assert(!wf_script_call(bench.script, bench.arena, &call, &bench.err));
    ck_assert_ptr_nonnull(strstr(bench.err.text, "脚本"));
}
END_TEST

TCase *script_tests(void)
{
    TCase *tc = tcase_create("script/script");

    tcase_set_timeout(tc, 30);
    tcase_add_checked_fixture(tc, setup_hosts, bench_teardown);
    tcase_add_test(tc, a_hook_changes_a_document_by_assigning);
    tcase_add_test(tc, nothing_returned_is_no_result);
    tcase_add_test(tc, a_file_is_loaded_once_and_asked_for_its_functions);
    tcase_add_test(tc, errors_name_file_and_line);
    tcase_add_test(tc, the_engine_gets_arguments_as_a_list);
    tcase_add_test(tc, a_refusal_can_be_caught_and_keeps_its_kind);
    tcase_add_test(tc, other_failures_of_the_engine_end_the_script);
    tcase_add_test(tc, calls_inside_calls_share_state_and_budget);
    tcase_add_test(tc, the_engine_charges_for_its_functions);
    tcase_add_test(tc, formulas_take_from_the_same_budget);
    tcase_add_test(tc, messages_are_in_the_language_of_the_caller);
    return tc;
}
