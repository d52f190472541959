/* unit/script/test_sandbox.c - what scripts find, and what they do not.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static void gives(const char *expression, const char *wanted)
{
    const char *seen = bench_value(expression);

    ck_assert_msg(!strcmp(seen, wanted), "%s gave %s", expression, seen);
}

static void fails(const char *expression, const char *reason)
{
    const char *seen = bench_value(expression);

    ck_assert_msg(strstr(seen, reason), "%s gave %s", expression, seen);
    ck_assert_int_eq(bench.err.code, WEFT_E_SCRIPT);
}

START_TEST(what_reaches_out_is_absent)
{
    static const char *const names[] = {
        "os",
        "io",
        "debug",
        "package",
        "load",
        "loadfile",
        "loadstring",
        "dofile",
        "collectgarbage",
        "print",
        "warn",
        "string.dump",
        "string.pack",
        "string.unpack",
        "math.randomseed",
        "module",
        "arg",
        "setfenv",
        "getfenv",
        "newproxy",
        "coroutine.cancel",
    };

    for (size_t i = 0; i < WF_COUNT(names); i++)
        gives(names[i], "nil");
}
END_TEST

START_TEST(the_environment_has_only_known_names)
{
    gives("(function() local t = {} for k in pairs(_G) do t[#t + 1] = k end "
          "return table.concat(t, ' ') end)()",
          "\"_G _VERSION assert coroutine error f getmetatable ipairs math "
          "next null pairs pcall rawequal rawget rawlen rawset require select "
          "setmetatable string table tonumber tostring type utf8 xpcall\"");
    gives("_G == _ENV and _G._G == _G", "true");
}
END_TEST

START_TEST(texts_share_no_metatable_with_scripts)
{
    gives("getmetatable('')", "\"texts have no metatable here\"");
    fails("setmetatable('', {})", "table expected");
    gives("(function() string.rep = 1 string.upper = nil return ('a'):upper() "
          "end)()",
          "\"A\"");
    fails("rawset(getmetatable(''), '__index', {})", "table expected");
    gives("pcall(function() return ('x').y.z end)", "false");
}
END_TEST

START_TEST(bytecode_is_refused)
{
    static const char BYTECODE[] = "\x1BLuaT\0\x19\x93\r\n\x1A\n";

    ck_assert(!wf_script_load(bench.script, "b", BYTECODE, sizeof BYTECODE - 1,
                              &bench.err));
    ck_assert_ptr_nonnull(strstr(bench.err.text, "binary"));
}
END_TEST

START_TEST(files_cannot_change_each_others_functions)
{
    struct wf_script_call call = { .name = "b",
                                   .function = "f",
                                   .args = wf_json_array(bench.arena) };

    bench_load("a", "string.upper = function() return 'stolen' end\n"
                    "math.floor = nil table.sort = nil tostring = nil\n"
                    "secret = 1 _G.type = nil");
    bench_load("b", "function f() return type(secret) .. string.upper('a') .. "
                    "tostring(math.floor(1.5)) .. type(table.sort) end");

    ck_assert_msg(wf_script_call(bench.script, bench.arena, &call, &bench.err),
                  "%s", bench.err.text);
    ck_assert_str_eq(wf_json_str(call.result), "nilA1function");
}
END_TEST

START_TEST(addresses_are_not_shown)
{
    gives("tostring({})", "\"table\"");
    gives("tostring(tostring)", "\"function\"");
    gives("tostring(function() end)", "\"function\"");
    gives("tostring(coroutine.create(function() end))", "\"thread\"");
    gives("tostring(null)", "\"null\"");
    gives("('%s'):format({})", "\"table\"");
    gives("('%s'):format(setmetatable({}, { __name = 'thing' }))", "\"table\"");
    gives("tostring(setmetatable({}, { __tostring = function() return 'me' "
          "end }))",
          "\"me\"");
    fails("('%p'):format({})", "invalid conversion");
    fails("error({})", "an error of type table");
    fails("tostring(setmetatable({}, { __tostring = function() return {} end "
          "}))",
          "must return a string");
    fails("setmetatable(setmetatable({}, { __metatable = 1 }), {})",
          "protected metatable");
    gives("getmetatable(setmetatable({}, nil))", "nil");
    fails("setmetatable({}, 1)", "nil or table expected");
    fails("{} .. 'x'", "attempt to concatenate a table value");
}
END_TEST

START_TEST(pairs_and_next_go_in_order)
{
    static const char MIXED[] =
        "{ z = 1, a = 2, [3] = 3, [1] = 4, [2.5] = 5, [true] = 6, [false] = "
        "7, ab = 8, [-1] = 9 }";
    static const char SORTED[] = "\"-1 1 2.5 3 a ab z false true\"";

    gives(wf_arena_printf(bench.arena,
                          "(function() local t = {} for k in pairs(%s) do t[#t "
                          "+ 1] = tostring(k) end return table.concat(t, ' ') "
                          "end)()",
                          MIXED),
          SORTED);
    gives(wf_arena_printf(bench.arena,
                          "(function() local t, m = {}, %s local k = next(m) "
                          "while k ~= nil do t[#t + 1] = tostring(k) k = "
                          "next(m, k) end return table.concat(t, ' ') end)()",
                          MIXED),
          SORTED);
    gives("next({})", "nil");
    gives("(function() local n, t = 0, { [{}] = 1, [{}] = 2, [print or 1] = 3 "
          "} for k in pairs(t) do n = n + 1 end local k = next(t) while k do n "
          "= n + 1 k = next(t, k) end return n end)()",
          "6");
    gives("(function() local t, n = { a = 1, b = 2, c = 3 }, 0 for k, v in "
          "pairs(t) do t[k] = nil t.b = nil n = n + v end return n end)()",
          "4");
    gives("(function() for a, b in pairs(setmetatable({}, { __pairs = "
          "function(t) return function(_, k) if not k then return 1, 2 end "
          "end, t end })) do return a + b end end)()",
          "3");
    fails("pairs(nil)", "table expected");
}
END_TEST

START_TEST(errors_are_caught_as_in_lua)
{
    gives("{ pcall(error, 'x') }", "[false,\"x\"]");
    gives("{ pcall(function(...) return ... end, 1, 2) }", "[true,1,2]");
    gives("{ xpcall(function(a, b) return a + b end, tostring, 1, 2) }",
          "[true,3]");
    gives("{ xpcall(function() error({ code = 7 }) end, function(e) return "
          "e.code end) }",
          "[false,7]");
    gives("{ pcall(function() local x = nil; x() end) }",
          "[false,\"t:1: attempt to call a nil value (local 'x')\"]");
    gives("select(2, pcall(pcall))",
          "\"bad argument #1 to '?' (value expected)\"");
    fails("xpcall(error)", "function expected");
}
END_TEST

START_TEST(coroutines_work_as_in_lua)
{
    gives("(function() local c = coroutine.wrap(function(a) local b = "
          "coroutine.yield(a + 1) return b * 2 end) return { c(1), c(10) } "
          "end)()",
          "[2,20]");
    gives("{ coroutine.resume(coroutine.create(function() error('x', 0) end)) "
          "}",
          "[false,\"x\"]");
    gives("(function() local c = coroutine.create(function() end) "
          "coroutine.resume(c) return { coroutine.resume(c) } end)()",
          "[false,\"cannot resume dead coroutine\"]");
    gives("(function() local c c = coroutine.create(function() return "
          "coroutine.resume(c) end) return { coroutine.resume(c) } end)()",
          "[true,false,\"cannot resume non-suspended coroutine\"]");
    gives("(function() local c = coroutine.create(function() pcall(function() "
          "coroutine.yield(1) error('x') end) return 'after' end) return { "
          "select(2, coroutine.resume(c)), select(2, coroutine.resume(c)), "
          "coroutine.status(c) } end)()",
          "[1,\"after\",\"dead\"]");
    gives("(function() local closed local c = coroutine.create(function() "
          "local x <close> = setmetatable({}, { __close = function() closed = "
          "true end }) coroutine.yield() end) coroutine.resume(c) "
          "coroutine.close(c) return { closed, coroutine.status(c) } end)()",
          "[true,\"dead\"]");
    fails("coroutine.close(coroutine.running())", "cannot close a running");
    fails("(function() local main = coroutine.running() return "
          "coroutine.wrap(function() return coroutine.close(main) end)() "
          "end)()",
          "cannot close a running");
    gives("{ coroutine.close(coroutine.create(function() end)) }", "[true]");
    gives("(function() local c = coroutine.create(error) coroutine.resume(c, "
          "'x') return { coroutine.close(c) } end)()",
          "[false,\"x\"]");
    fails("coroutine.resume(1)", "coroutine expected");
    fails("coroutine.create(1)", "function expected");
    fails("coroutine.wrap(function() error('inner', 0) end)()", "inner");
    fails("coroutine.yield()", "outside a coroutine");
}
END_TEST

START_TEST(tables_work_as_in_lua)
{
    gives("(function() local t = { 1, 3 } table.insert(t, 2, 2) "
          "table.insert(t, 4) return { t, table.remove(t, 1), table.remove(t) "
          "} end)()",
          "[[2,3],1,4]");
    gives("table.concat({ 1, 'b', 2.5 }, '-')", "\"1-b-2.5\"");
    gives("{ table.unpack({ 1, 2, 3 }, 2) }", "[2,3]");
    gives("table.pack(1, nil, 3).n", "3");
    gives("table.move({ 1, 2, 3 }, 1, 3, 2)", "[1,1,2,3]");
    gives("table.move({ 1, 2, 3 }, 2, 3, 1)", "[2,3,3]");
    gives("table.move({ 1, 2 }, 1, 2, 1, {})", "[1,2]");
    gives("(function() local t = { 5, 2, 8, 1, 9, 3 } table.sort(t) return t "
          "end)()",
          "[1,2,3,5,8,9]");
    gives("(function() local t = {} for i = 1, 9 do t[i] = { k = i % 3, i = i "
          "} end table.sort(t, function(a, b) return a.k > b.k end) local r = "
          "{} for i, v in ipairs(t) do r[i] = v.i end return r end)()",
          "[2,5,8,1,4,7,3,6,9]");
    gives("table.remove({})", "nil");
    gives("table.remove({}, 0)", "nil");
    gives("{ table.unpack({ 1 }, 2) }", "{}");
    gives("table.concat({}, ',')", "\"\"");
    gives("table.move({}, 1, 0, math.maxinteger)", "{}");
    gives("(function() local t = { 1 } table.sort(t) return t end)()", "[1]");
    fails("table.move({ 1, 2 }, 1, 2, math.maxinteger)", "wrap around");
    fails("table.remove({ 1 }, 7)", "position out of bounds");
    gives("#table.pack()", "0");
    fails("table.insert({}, 5, 1)", "position out of bounds");
    fails("table.insert({}, 1, 2, 3)", "wrong number of arguments");
    fails("table.concat({ {} })", "invalid value (a table) at index 1");
    fails("table.sort({ 1, 'x' })", "attempt to compare");
    fails("table.sort(1)", "table expected");
}
END_TEST

START_TEST(texts_work_as_in_lua)
{
    gives("{ ('abc'):byte(1, -1) }", "[97,98,99]");
    gives("{ ('abc'):byte(10) }", "{}");
    gives("string.char(104, 105)", "\"hi\"");
    gives("('绩'):len()", "3");
    gives("('hello'):sub(2, -2)", "\"ell\"");
    gives("('hello'):sub(-3)", "\"llo\"");
    gives("('hello'):sub(4, 2)", "\"\"");
    gives("('hello'):sub(-100, 100)", "\"hello\"");
    gives("('hello'):sub(math.mininteger, math.maxinteger)", "\"hello\"");
    gives("('Aé'):lower() .. ('aé'):upper()", "\"aéAé\"");
    gives("('abc'):reverse()", "\"cba\"");
    gives("('ab'):rep(3, '-')", "\"ab-ab-ab\"");
    gives("#('x'):rep(500000)", "500000");
    fails("('x'):rep(1048577)", "longer than");
    gives("utf8.len('绩效')", "2");
    gives("utf8.char(0x7EE9)", "\"绩\"");
    gives("utf8.codepoint('绩')", "32489");
    gives("utf8.offset('绩效', 2)", "4");
    gives("(function() local n = 0 for _, c in utf8.codes('绩效') do n = n + c "
          "end return n end)()",
          "58417");
    fails("'1' + 1", "attempt to perform arithmetic on a string value");
    fails("string.char(256)", "value out of range");
}
END_TEST

START_TEST(randomness_follows_the_seed)
{
    static const char THREE[] =
        "{ math.random(1000000), math.random(1000000), math.random() }";
    const char *first = bench_value(THREE);
    const char *again = bench_value(THREE);

    ck_assert_str_eq(first, again);
    bench.options.seed = 8;
    ck_assert_str_ne(bench_value(THREE), first);
}
END_TEST

START_TEST(select_counts_from_both_ends)
{
    gives("select('#', nil, nil)", "2");
    gives("{ select(2, 'a', 'b', 'c') }", "[\"b\",\"c\"]");
    gives("{ select(-1, 'a', 'b', 'c') }", "[\"c\"]");
    gives("{ select(9, 'a') }", "{}");
    fails("select(0)", "index out of range");
    fails("select(-5, 1)", "index out of range");
}
END_TEST

/* --- require */

static const char *find_script(void *self, const char *name)
{
    (void)self;
    if (!strcmp(name, "scoring"))
        return "local m = { n = 0 } function m.add(x) m.n = m.n + x return m.n "
               "end hidden = 1 return m";
    if (!strcmp(name, "circle"))
        return "return require 'circle'";
    if (!strcmp(name, "broken"))
        return "local x = = 1";
    if (!strcmp(name, "silent"))
        return "";
    return NULL;
}

START_TEST(required_scripts_run_once_in_an_environment_of_their_own)
{
    bench.options.find_script = find_script;

    gives("require('scoring').add(2) + require('scoring').add(3) + (hidden or "
          "0)",
          "7");
    gives("require 'silent'", "true");
    fails("require 'circle'", "'circle' requires itself");
    fails("require 'broken'", "scripts/broken.lua:1: unexpected symbol");
    fails("require 'nothing'", "t:1: there is no script 'nothing'");
    fails("require '../etc/passwd'", "there is no script");
    fails("require {}", "string expected");
    bench.options.find_script = NULL;
    fails("require 'scoring'", "there is no script 'scoring'");
}
END_TEST

/* A process that embeds the engine may speak German. */
START_TEST(a_number_has_a_point_in_every_locale)
{
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8"))
        puts("skipped: this machine has no locale with a decimal comma");
    ck_assert_str_eq(bench_value("1.5 .. ''"), "\"1.5\"");
    ck_assert_str_eq(bench_value("tonumber('1.5')"), "1.5");
    ck_assert_str_eq(bench_value("('%.2f'):format(1.5)"), "\"1.50\"");
    ck_assert(uselocale((locale_t)0) == LC_GLOBAL_LOCALE); /* as it was */
    setlocale(LC_NUMERIC, "C");
}
END_TEST

TCase *sandbox_tests(void)
{
    TCase *tc = tcase_create("script/sandbox");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, what_reaches_out_is_absent);
    tcase_add_test(tc, the_environment_has_only_known_names);
    tcase_add_test(tc, texts_share_no_metatable_with_scripts);
    tcase_add_test(tc, bytecode_is_refused);
    tcase_add_test(tc, files_cannot_change_each_others_functions);
    tcase_add_test(tc, addresses_are_not_shown);
    tcase_add_test(tc, pairs_and_next_go_in_order);
    tcase_add_test(tc, errors_are_caught_as_in_lua);
    tcase_add_test(tc, coroutines_work_as_in_lua);
    tcase_add_test(tc, tables_work_as_in_lua);
    tcase_add_test(tc, texts_work_as_in_lua);
    tcase_add_test(tc, randomness_follows_the_seed);
    tcase_add_test(tc, select_counts_from_both_ends);
    tcase_add_test(tc,
                   required_scripts_run_once_in_an_environment_of_their_own);
    tcase_add_test(tc, a_number_has_a_point_in_every_locale);
    return tc;
}
