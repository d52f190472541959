/* unit/script/test_value.c - trees into Lua and back.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

static void echoes(const char *json)
{
    const char *seen = bench_call("function f(x) return x end",
                                  wf_arena_printf(bench.arena, "[%s]", json));

    ck_assert_str_eq(seen, json);
}

static void refuses(const char *expression, const char *reason)
{
    const char *seen = bench_value(expression);

    ck_assert_msg(strstr(seen, reason), "%s gave %s", expression, seen);
    ck_assert_int_eq(bench.err.code, WEFT_E_SCRIPT);
}

START_TEST(trees_come_back_as_they_went)
{
    echoes("1");
    echoes("-2.5");
    echoes("true");
    echoes("false");
    echoes("\"绩效\"");
    echoes("\"\"");
    echoes("[]");
    echoes("{}");
    echoes("[[],{},[[]]]");
    echoes("[null,1,null]");
    echoes("123456789012345");
    echoes("{\"1\":1}");
}
END_TEST

START_TEST(null_is_absent_in_objects_and_null_in_lists)
{
    ck_assert_str_eq(bench_call("function f(x) return x.a == nil and x.b[1] == "
                                "null and tostring(x.b[1]) end",
                                "[{\"a\": null, \"b\": [null]}]"),
                     "\"null\"");
    ck_assert_str_eq(bench_value("{ a = null }"), "{\"a\":null}");
    ck_assert_str_eq(bench_call("function f(x) return x == nil end", "[null]"),
                     "true");
}
END_TEST

START_TEST(integers_stay_integers)
{
    ck_assert_str_eq(bench_call("function f(a, b, c) return math.type(a) .. "
                                "math.type(b) .. tostring(c) end",
                                "[3, 3.5, 4.0]"),
                     "\"integerfloat4\"");
    ck_assert_str_eq(bench_value("7 // 2 + 0.5"), "3.5");
    ck_assert_str_eq(bench_value("10 / 2"), "5");
}
END_TEST

START_TEST(lists_that_were_emptied_stay_lists)
{
    ck_assert_str_eq(
        bench_call("function f(x) table.remove(x.a) x.b = {} return x end",
                   "[{\"a\": [1], \"b\": [1]}]"),
        "{\"a\":[],\"b\":{}}");
    ck_assert_str_eq(
        bench_call("function f(x) x.a[1] = nil x.a.k = 1 return x end",
                   "[{\"a\": [1]}]"),
        "{\"a\":{\"k\":1}}");
    ck_assert_str_eq(
        bench_call("function f(x) return getmetatable(x) end", "[[1]]"),
        "false");
}
END_TEST

START_TEST(members_come_out_sorted)
{
    ck_assert_str_eq(bench_value("{ b = 1, a = 2, c = { z = 1, y = 2 } }"),
                     "{\"a\":2,\"b\":1,\"c\":{\"y\":2,\"z\":1}}");
}
END_TEST

START_TEST(what_json_cannot_hold_is_refused)
{
    refuses("function() end", "t: what f has returned is a function");
    refuses("{ a = { b = tostring } }", "b is a function");
    refuses("coroutine.create(function() end)", "is a thread");
    refuses("0 / 0", "is not a finite number");
    refuses("{ 1 / 0 }", "is not a finite number");
    refuses("2^53 | 0 + 1 << 60", "beyond 2^53");
    refuses("math.maxinteger", "is an integer beyond 2^53");
    refuses("-9007199254740993", "is an integer beyond 2^53");
    refuses("'\\xFF'", "not valid UTF-8");
    refuses("'a\\0b'", "not valid UTF-8");
    refuses("{ ['\\xFF'] = 1 }", "has a key that is not valid UTF-8");
    refuses("{ 1, nil, 3 }", "list with holes");
    refuses("{ [2] = 1 }", "list with holes");
    refuses("{ [1e15] = 1 }", "list with holes");
    refuses("{ 1, a = 2 }", "mixes names and numbers");
    refuses("{ [true] = 1 }", "mixes names and numbers");
    refuses("{ [0] = 1 }", "mixes names and numbers");
    refuses("(function() local t = {} t.t = t return t end)()",
            "deep, or holds itself");
    refuses("(function() local t = {} for i = 1, 33 do t = { t } end return t "
            "end)()",
            "nested more than 32 deep");
    refuses("(function() local t = { 1 } for i = 1, 25 do t = { t, t } end "
            "return t end)()",
            "more than 100000 values");
}
END_TEST

START_TEST(a_hundred_thousand_values_are_the_most)
{
    bench.limits = (struct wf_budget)WF_BUDGET_JOB;

    ck_assert_uint_eq(
        strlen(bench_value("(function() local t = {} for i = 1, 100000 do t[i] "
                           "= 1 end return t end)()")),
        200001);
    refuses("(function() local t = {} for i = 1, 100001 do t[i] = 1 end return "
            "t end)()",
            "more than 100000 values");
}
END_TEST

START_TEST(metamethods_are_not_asked)
{
    ck_assert_str_eq(
        bench_value("setmetatable({ a = 1 }, { __index = function() while true "
                    "do end end, __pairs = function() while true do end end, "
                    "__len = function() while true do end end })"),
        "{\"a\":1}");
}
END_TEST

TCase *value_tests(void)
{
    TCase *tc = tcase_create("script/value");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, trees_come_back_as_they_went);
    tcase_add_test(tc, null_is_absent_in_objects_and_null_in_lists);
    tcase_add_test(tc, integers_stay_integers);
    tcase_add_test(tc, lists_that_were_emptied_stay_lists);
    tcase_add_test(tc, members_come_out_sorted);
    tcase_add_test(tc, what_json_cannot_hold_is_refused);
    tcase_add_test(tc, a_hundred_thousand_values_are_the_most);
    tcase_add_test(tc, metamethods_are_not_asked);
    return tc;
}
