/* unit/script/test_attack.c - scripts that want to run for ever, fill the
 * memory, or outlive their end. Each must stop, with a reason and its place.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#define WORK "too much work"
#define MEMORY "bytes of memory"
#define ENDED "the script " /* by either of the walls */

START_TEST(endless_loops_stop_at_their_line)
{
    bench_stops("local x = 1\nwhile true do x = x + 1 end", "t:3: " ENDED);
    bench_stops("repeat until false", ENDED);
    bench_stops("for i = 1, math.huge do end", ENDED);
    bench_stops("::a:: goto a", ENDED);
}
END_TEST

START_TEST(units_decide_alike_on_every_run)
{
    static const char TEXT[] =
        "function f() local t = {} for i = 1, 3000 do t[i] = 'x' .. i end "
        "table.sort(t) return table.concat(t) end";
    int64_t left;

    bench_call(TEXT, "[]");
    left = bench.budget.units;
    ck_assert_int_gt(left, 0);
    ck_assert_int_lt(left, 1000000);
    for (int i = 0; i < 5; i++) {
        bench_call(TEXT, "[]");
        ck_assert_int_eq(bench.budget.units, left);
    }
}
END_TEST

START_TEST(repeating_nothing_is_answered_at_once)
{
    ck_assert_str_eq(bench_value("(''):rep(2^62 | 0)"), "\"\"");
    ck_assert_str_eq(bench_value("#('x'):rep(-5)"), "0");
    bench_stops("return ('x'):rep(2^62 | 0)", "longer than 1048576 bytes");
    bench_stops("return (''):rep(2^62 | 0, 'x')", "longer than 1048576 bytes");
    bench_stops("return ('x'):rep(2^40 | 0, ('y'):rep(1000))",
                "longer than 1048576 bytes");
}
END_TEST

START_TEST(pattern_bombs_stop)
{
    bench_stops("('a'):rep(30):find(('a?'):rep(30) .. ('a'):rep(31))", ENDED);
    bench_stops("('a'):rep(2000):find('.-.-.-.-b')", ENDED);
    bench_stops("('a'):rep(2000):match('.*.*.*.*b')", ENDED);
    bench_stops("('a'):rep(2000):gsub('.-.-.-.-b', '')", ENDED);
    bench_stops("for _ in ('a'):rep(2000):gmatch('.-.-.-.-b') do end", ENDED);
    bench_stops("('('):rep(200000):find('%b()')", ENDED);
    bench_stops("('a'):rep(100000):find('[' .. ('b'):rep(100000) .. ']')",
                ENDED);
    bench_stops("('a'):rep(100000):find('(a*)%1b')", ENDED);
}
END_TEST

START_TEST(moving_ranges_without_end_stops)
{
    bench_stops("table.move({}, 1, 2^40 | 0, 2)", "elements at once");
    bench_stops("table.concat({}, '', 1, 2^40 | 0)", "elements at once");
    bench_stops("table.unpack({}, 1, 2^40 | 0)", "elements at once");
    bench_stops("table.unpack({}, math.mininteger, math.maxinteger)",
                "elements at once");
    bench_stops("string.byte(('x'):rep(200000), 1, -1)", "too many bytes");
    bench_stops("utf8.codepoint(('x'):rep(200000), 1, -1)",
                "characters at once");
    bench_stops("local t = setmetatable({}, { __len = function() return "
                "2^62 | 0 end }) table.insert(t, 1, 0)",
                "elements at once");
    bench_stops("local t = setmetatable({}, { __len = function() return "
                "2^62 | 0 end }) table.remove(t, 1)",
                "elements at once");
    bench_stops("local t = setmetatable({}, { __len = function() return "
                "2^62 | 0 end }) table.sort(t)",
                "elements at once");
    bench_stops("while true do table.move({}, 1, 90000, 2) end", ENDED);
}
END_TEST

START_TEST(churning_through_long_texts_stops)
{
    bench_stops("local s = '' while true do s = s .. 'x' end", ENDED);
    bench_stops("local s = ('x'):rep(500000) while true do local t = s .. 'y' "
                "end",
                ENDED);
    bench_stops("local s = ('x'):rep(500000) while true do s:reverse() end",
                ENDED);
    bench_stops("local s = ('x'):rep(500000) while true do s:upper() end",
                ENDED);
    bench_stops("local t = { ('x'):rep(400000), 'y' } while true do "
                "table.concat(t) end",
                ENDED);
    bench_stops("while true do ('x'):rep(500000) end", ENDED);
    bench_stops("local s = ('x'):rep(500000) while true do s:find('y', 1, true)"
                " end",
                ENDED);
    bench_stops("local s = ('x'):rep(500000) while true do utf8.len(s) end",
                ENDED);
    bench_stops("local s = ('1'):rep(500000) while true do tonumber(s) end",
                ENDED);
    bench_stops("local s = ('x'):rep(500000) while true do ('%s'):format(s) "
                "end",
                ENDED);
    bench_stops("local a = ('x'):rep(500000) local b = a .. 'y' a = a .. 'z' "
                "while true do local c = a < b end",
                ENDED);
    bench_stops("local a, b = ('x'):rep(500000) .. 'y', ('x'):rep(500000) .. "
                "'y' while true do local c = a == b end",
                ENDED);
    bench_stops("local s = ('0'):rep(500000) .. '1' while true do local c = s "
                "| 1 end",
                "bitwise operation on a string");
}
END_TEST

/* Each of these instructions reads all of a text. */
START_TEST(slow_instructions_do_not_outrun_the_clock)
{
    static const char *const loops[] = {
        "math.floor(s)",
        "for i = 1, s do break end",
        "pcall(utf8.codes('a'), ('\\x80'):rep(9) .. s, 0)",
        "coroutine.wrap(function() while true do math.floor(s) end end)()",
    };

    for (size_t i = 0; i < WF_COUNT(loops); i++)
        bench_stops(wf_arena_printf(bench.arena,
                                    "local s = ('1'):rep(400000) while true do "
                                    "%s end",
                                    loops[i]),
                    ENDED);
    bench_stops("local s\n"
                "local c = coroutine.wrap(function() coroutine.yield() while "
                "true do math.floor(s) end end)\n"
                "c() s = ('1'):rep(400000) c()",
                ENDED);
    bench_stops("local s\n"
                "coroutine.wrap(function() s = ('1'):rep(400000) end)()\n"
                "while true do math.floor(s) end",
                ENDED);
}
END_TEST

START_TEST(sorting_and_comparing_without_end_stops)
{
    bench_stops("local t = {} for i = 1, 300 do t[i] = ('x'):rep(1000) .. i "
                "end while true do table.sort(t) end",
                ENDED);
    bench_stops("local t = {} for i = 1, 1000 do t[i] = i end table.sort(t, "
                "function() while true do end end)",
                ENDED);
    ck_assert_str_eq(
        bench_value("(function() local t = {} for i = 1, 1000 do t[i] = i % 7 "
                    "end table.sort(t, function(a, b) return true end) return "
                    "#t end)()"),
        "1000");
}
END_TEST

START_TEST(varargs_and_long_lists_stop)
{
    bench_stops("local t = {} for i = 1, 50000 do t[i] = i end\n"
                "local function g() end\n"
                "local function h(...) while true do g(...) end end\n"
                "h(table.unpack(t))",
                ENDED);
    bench_stops("local t = {} for i = 1, 50000 do t[i] = i end\n"
                "local function h(...) while true do select('#', ...) end end\n"
                "h(table.unpack(t))",
                ENDED);
    bench_stops("local t = {} for i = 1, 50000 do t[i] = i end\n"
                "while true do next(t, 1) end",
                ENDED);
}
END_TEST

START_TEST(memory_has_a_limit)
{
    bench.limits = (struct wf_budget)WF_BUDGET_JOB;
    bench.limits.units = 1000000000;
    bench.limits.cpu_us = 10000000;
    bench_stops("local t = {} for i = 1, math.huge do t[i] = {} end", MEMORY);
    bench_stops("local t = {} for i = 1, math.huge do t[i] = 'x' .. i end",
                MEMORY);
    bench_stops("local t = {} while true do t = { t } end", MEMORY);
    bench_stops("local t = {} for i = 1, 100 do t[i] = (i .. ''):rep(300000) "
                "end",
                MEMORY);
    bench_stops("local s = 'x' while true do s = s .. s end",
                "longer than 1048576 bytes");
}
END_TEST

START_TEST(living_just_below_the_limit_stops)
{
    bench.limits = (struct wf_budget)WF_BUDGET_JOB;
    bench_stops("local t = {}\n"
                "pcall(function() for i = 1, 180000 do t[i] = { i } end end)\n"
                "while true do local x = {} end",
                "t:");
}
END_TEST

START_TEST(finalizers_are_refused)
{
    bench_stops("setmetatable({}, { __gc = function() while true do end end })",
                "t:2: a metatable may not have __gc");
    bench_stops("setmetatable({}, { __gc = true })", "may not have __gc");
    ck_assert_str_eq(
        bench_value("(function() local m = {} local t = setmetatable({}, m) "
                    "m.__gc = function() while true do end end return 1 "
                    "end)()"),
        "1");
}
END_TEST

START_TEST(an_end_cannot_be_caught)
{
    bench_stops("while true do pcall(function() while true do end end) end",
                ENDED);
    bench_stops("pcall(function() while true do end end) return 1", ENDED);
    bench_stops("xpcall(function() while true do end end, function() while "
                "true do end end)",
                ENDED);
    bench_stops("while true do coroutine.resume(coroutine.create(function() "
                "while true do end end)) end",
                ENDED);
    bench_stops("while true do pcall(coroutine.wrap(function() while true do "
                "end end)) end",
                ENDED);
    bench_stops("local c = coroutine.create(function() local x <close> = "
                "setmetatable({}, { __close = function() while true do end end "
                "}) coroutine.yield() end) coroutine.resume(c) "
                "coroutine.close(c)",
                ENDED);
    bench_stops("local c = coroutine.create(function() local x <close> = "
                "setmetatable({}, { __close = function() while true do end end "
                "}) while true do end end) coroutine.resume(c) "
                "coroutine.close(c)",
                ENDED);
    bench_stops("local x <close> = setmetatable({}, { __close = function() "
                "while true do end end }) while true do end",
                ENDED);
    bench_stops("for i = 1, 10 do pcall(string.rep, 'x', 1000000) end "
                "while true do pcall(string.rep, 'x', 1000000) end",
                ENDED);
    bench_stops("local s = 'x' while true do pcall(function() s = s .. s end) "
                "end",
                "longer than");
    bench_stops("setmetatable(_G, { __index = function() while true do end "
                "end }) pcall(nothing) pcall(nothing)",
                ENDED);
}
END_TEST

START_TEST(handlers_that_fail_or_loop_stop)
{
    bench_stops("xpcall(error, function() while true do end end)", ENDED);
    bench_stops("xpcall(error, function() error('again', 0) end)", "again");
    bench_stops("error(setmetatable({}, { __tostring = function() while true "
                "do end end }))",
                "an error of type table");
    bench_stops("error(setmetatable({}, { __tostring = function() error('x') "
                "end }))",
                "an error of type table");
    bench_stops("error()", "an error of type nil");
    bench_stops("error(print)", "an error of type nil");
    bench_stops("error(coroutine.create(function() end))",
                "an error of type thread");
    bench_stops("tostring(setmetatable({}, { __tostring = function() while "
                "true do end end }))",
                ENDED);
    bench_stops("tostring(setmetatable({}, { __tostring = function() return 1 "
                "/ 0 end, __name = 'x' })):find('x').y = 1",
                "t:2:");
}
END_TEST

START_TEST(coroutines_are_not_free_of_charge)
{
    bench_stops("while true do coroutine.wrap(function() for i = 1, 100 do end "
                "end)() end",
                ENDED);
    bench_stops("local function g() return coroutine.wrap(g)() end g()",
                "C stack overflow");
    bench_stops("local c = coroutine.wrap(function() while true do "
                "coroutine.yield() end end) while true do c() end",
                ENDED);
}
END_TEST

START_TEST(deep_recursion_ends)
{
    bench_stops("local function g() return 1 + g() end g()", "t:2:");
    bench_stops("local function g() return pcall(g) end while true do g() end",
                ENDED);
    bench_stops("local t = setmetatable({}, {}) getmetatable(t).__index = "
                "function(_, k) return t[k .. 'x'] end return t.a",
                "t:");
    bench_stops("local t = setmetatable({}, {}) getmetatable(t).__index = t "
                "return t.a",
                "loop");
    bench_stops("('x'):gsub('x', function(s) return (s:gsub('x', "
                "load)) end)",
                "t:2:");
    bench_stops("local function g(s) return (s:gsub('.', g)) end g('x')",
                "C stack overflow");
    bench_stops("local function rec() local c = coroutine.create(function() "
                "local x <close> = setmetatable({}, { __close = rec }) "
                "coroutine.yield() end) coroutine.resume(c) "
                "assert(coroutine.close(c)) end rec()",
                "t:");
}
END_TEST

START_TEST(deep_source_does_not_crash)
{
    static const char *const opens[] = { "(",  "{",    "a[",
                                         "-",  "not ", "function() return ",
                                         "a(", "a^" };

    for (size_t i = 0; i < WF_COUNT(opens); i++) {
        struct wf_buf text = WF_BUF_INIT(bench.arena);
        wf_buf_str(&text, "x = ");
        for (int n = 0; n < 20000; n++)
            wf_buf_str(&text, opens[i]);
        bench_renew();
        ck_assert(!wf_script_load(bench.script, "deep", text.data, text.len,
                                  &bench.err));
        ck_assert_int_eq(bench.err.code, WEFT_E_SCRIPT);
    }
}
END_TEST

/* CVE-2022-28805 and CVE-2022-33099, and their kin of Lua 5.4.4. */
START_TEST(known_faults_of_lua_are_mended)
{
    bench_stops("local _ENV <const> = 'x'; return a.b.c", "t:");
    bench_stops("local _ENV <const> = nil; a = 1", "t:");
    bench_stops("local function loop() assert(pcall(loop)) end\n"
                "local ok, e = xpcall(loop, loop) error(ok or e, 0)",
                "");
    bench_stops("local function loop(x, y, z) return 1 + loop(x, y, z) end\n"
                "local function h(m) return loop(m) end\n"
                "xpcall(loop, h)",
                "");
    bench_stops("local function f() local x <close> = setmetatable({}, { "
                "__close = f }) f() end f()",
                "");
}
END_TEST

START_TEST(huge_error_texts_are_cut)
{
    bench_stops("error(('x'):rep(100000))", "t:2: xxx");
    ck_assert_uint_lt(strlen(bench.err.text), WEFT_ERROR_TEXT_MAX);
    bench_stops("error('\\xFF\\xFE', 0)", "?");
    bench_stops("error(('绩'):rep(1000), 0)", "绩");
}
END_TEST

START_TEST(an_ended_script_stays_ended)
{
    struct wf_script_call call = { .name = "t",
                                   .function = "g",
                                   .args = wf_json_array(bench.arena) };

    bench_call("function g() return 1 end function f() while true do end end",
               "[]");
    ck_assert(!wf_script_call(bench.script, bench.arena, &call, &bench.err));
    ck_assert_ptr_nonnull(strstr(bench.err.text, ENDED));
    ck_assert_int_eq(bench.budget.units, 0);
    ck_assert(wf_script_has(bench.script, "t", "none")); /* fails closed */
    ck_assert(!wf_script_load(bench.script, "u", "", 0, &bench.err));
}
END_TEST

START_TEST(a_budget_of_nothing_stops_before_anything_runs)
{
    bench.limits = (struct wf_budget){ 0, 0, 0 };
    bench_renew();

    ck_assert(!wf_script_load(bench.script, "t", "x = 1", 5, &bench.err));
    ck_assert_int_eq(bench.err.code, WEFT_E_SCRIPT);
}
END_TEST

START_TEST(any_limit_of_memory_is_an_answer)
{
    static const char TEXT[] =
        "local t = {} for i = 1, 50 do t[i] = { ('x'):rep(i), i } end\n"
        "function f() return pcall(string.rep, 'x', 2000) end";

    for (size_t memory = 0; memory < 120000; memory += 700) {
        bench.limits.memory = memory;
        bench_call(TEXT, "[{\"a\": [1, 2, \"three\"]}]");
    }
}
END_TEST

TCase *attack_tests(void)
{
    TCase *tc = tcase_create("script/attack");

    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, endless_loops_stop_at_their_line);
    tcase_add_test(tc, units_decide_alike_on_every_run);
    tcase_add_test(tc, repeating_nothing_is_answered_at_once);
    tcase_add_test(tc, pattern_bombs_stop);
    tcase_add_test(tc, moving_ranges_without_end_stops);
    tcase_add_test(tc, churning_through_long_texts_stops);
    tcase_add_test(tc, slow_instructions_do_not_outrun_the_clock);
    tcase_add_test(tc, sorting_and_comparing_without_end_stops);
    tcase_add_test(tc, varargs_and_long_lists_stop);
    tcase_add_test(tc, memory_has_a_limit);
    tcase_add_test(tc, living_just_below_the_limit_stops);
    tcase_add_test(tc, finalizers_are_refused);
    tcase_add_test(tc, an_end_cannot_be_caught);
    tcase_add_test(tc, handlers_that_fail_or_loop_stop);
    tcase_add_test(tc, coroutines_are_not_free_of_charge);
    tcase_add_test(tc, deep_recursion_ends);
    tcase_add_test(tc, deep_source_does_not_crash);
    tcase_add_test(tc, known_faults_of_lua_are_mended);
    tcase_add_test(tc, huge_error_texts_are_cut);
    tcase_add_test(tc, an_ended_script_stays_ended);
    tcase_add_test(tc, a_budget_of_nothing_stops_before_anything_runs);
    tcase_add_test(tc, any_limit_of_memory_is_an_answer);
    return tc;
}
