/* fault/test_script.c - hooks that want to run for ever, fill the memory or
 * reach out, each deployed and fired by a real command: the command fails
 * alone, soon, and leaves nothing.
 *
 * What the sandbox itself keeps out has tests of its own, in unit/script; here
 * it is asked whether every way into it has its limits.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/macros.h"
#include "cost.h"
#include "suite.h"

static struct test_engine t;
static weft_session *ann;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
}

static void teardown(void)
{
    fault_verify(&t);
    weft_session_free(ann);
    test_engine_close(&t);
}

static const char FORM[] =
    "<form xmlns=\"urn:weft:1\" id=\"hook\" label=\"Hook\"><fields>"
    "<field id=\"s\" type=\"text\" label=\"S\"/>"
    "<field id=\"n\" type=\"number\" label=\"N\"/></fields>"
    "<workflow start=\"draft\"><step id=\"draft\" label=\"D\" by=\"creator\" "
    "edit=\"*\"><action id=\"go\" label=\"Go\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow><access>"
    "<create by=\"everyone\"/><grant to=\"creator\" rights=\"read\"/></access>"
    "<hooks src=\"hook.lua\"/></form>";

static bool deployed(const char *lua)
{
    weft_file files[] = { { "hook.form.xml", FORM, sizeof FORM - 1 },
                          { "hook.lua", lua, strlen(lua) } };
    weft_deploy deploy = { files, 2, NULL, NULL, NULL };
    struct cost cost = cost_begin();
    weft_reply *reply = weft_run(weft_deploy_run(t.system, &deploy));
    bool well = !weft_reply_error(reply);

    cost_end(&cost, lua);
    if (!well)
        ck_assert_int_eq(weft_reply_error(reply)->code, WEFT_E_INVALID);
    weft_reply_free(reply);
    return well;
}

static weft_code code_of(weft_reply *reply)
{
    const weft_error *failure = weft_reply_error(reply);
    weft_code code = failure ? failure->code : WEFT_OK;

    weft_reply_free(reply);
    return code;
}

/* The function `hook` with the body `body` makes the command fail. */
static void stops(const char *body)
{
    const char *lua =
        wf_arena_printf(t.arena, "function validate(doc) %s\nend", body);
    int64_t before = fault_count(&t, t.system, "hook");
    struct cost cost = cost_begin();
    weft_code code;

    if (!deployed(lua))
        return;
    code = code_of(fault_create(ann, NULL, "{\"form\":\"hook\",\"data\":{}}"));

    cost_end(&cost, body);
    ck_assert_msg(code == WEFT_E_SCRIPT || code == WEFT_E_INVALID
                      || code == WEFT_E_TOO_LARGE,
                  "%s: %s", body, weft_code_name(code));
    ck_assert_int_eq(fault_count(&t, t.system, "hook"), before);
    cost_serves(&t);
}

START_TEST(hooks_that_do_not_end_are_stopped)
{
    static const char *const bodies[] = {
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "xpcall(function() while true do end end, function() while true do "
        "end end)",
        "string.rep('', 2^62) string.rep('x', 2^40)",
        "('a'):rep(2000):find('.-.-.-.-b')",
        "('a'):rep(30):find(('a?'):rep(30) .. ('a'):rep(30) .. 'b')",
        "('('):rep(200000):find('%b()')",
        "table.move({}, 1, 2^40, 2, {})",
        "local s = 'x' while true do s = s .. s end",
        "local s = '' for i = 1, 1e9 do s = s .. i end",
        "setmetatable({}, { __gc = function() while true do end end })",
        "local c = coroutine.wrap(function() while true do "
        "pcall(coroutine.yield) end end) while true do c() end",
        "local function f() return f() end f()",
        "local function f() f() return 1 end f()",
        "local t = {} while true do t[#t + 1] = {} end",
        "error(setmetatable({}, { __tostring = function() while true do end "
        "end }))",
        "error({})",
        "error(nil)",
        "getmetatable('').__index = nil error('x')",
        "local t = {} t.t = t doc.s = t",
        "doc.n = 0/0",
        "doc.n = math.huge",
        "doc.s = '\\xff'",
        "doc.s = 'a\\0b'",
        "doc.s = ('x'):rep(1000000)",
        "doc.unknown = 1",
        "doc.creator = 'boss'; doc.step = 'done'; doc.s = {}",
        "load('x = 1')()",
        "os.execute('id')",
        "io.open('/etc/passwd')",
        "require('../../etc/passwd')",
        "require('os')",
        "debug.getregistry()",
        "package.loadlib('x', 'y')",
        "string.dump(validate)",
        "while true do setting('x') end",
        "while true do find('note', {}) end",
        "while true do now() end",
        "while true do log(('x'):rep(1000)) end",
        "while true do people('everyone') end",
        "while true do people('manager(manager(manager(creator)))') end",
        "while true do create('note', { title = 'x' }) end",
        "create('hook', {})",
        "for i = 1, 1e6 do fail('s', 'x' .. i) end",
        "for i = 1, 1e6 do warn('s', ('x'):rep(1000)) end",
        "table.sort({ 3, 2, 1, 5, 4 }, function() while true do end end)",
        "('x'):rep(100000):gsub('.', function() return ('y'):rep(100000) "
        "end)",
    };

    for (size_t i = 0; i < WF_COUNT(bodies); i++)
        stops(bodies[i]);
}
END_TEST

START_TEST(files_that_do_not_end_are_not_deployed)
{
    static const char *const files[] = {
        "while true do end",
        "local t = {} while true do t[#t + 1] = ('x'):rep(1000) end",
        "\27Lua",
        "function validate(doc)",
        "os.exit(1)",
        "error('x')",
        ("setmetatable(_G, { __index = function() while true do end end })\n"
         "x = y"),
        "function validate() end\n\xff\xfe",
    };

    for (size_t i = 0; i < WF_COUNT(files); i++) {
        ck_assert_msg(!deployed(files[i]), "%s", files[i]);
        cost_serves(&t);
    }
}
END_TEST

START_TEST(a_hook_that_makes_its_like_is_stopped_and_leaves_nothing)
{
    static const char *const files[] = {
        "function enter_draft(doc) create('hook', { n = (doc.n or 0) + 1 }) "
        "end",
        "function enter_draft(doc) for i = 1, 2000 do create('note', { title "
        "= 'x' .. i }) end end",
        "function before_go(doc) act(doc.id, 'go') end\n"
        "function enter_draft(doc) act(doc.id, 'go') end",
    };

    for (size_t i = 0; i < WF_COUNT(files); i++) {
        int64_t notes = fault_count(&t, t.system, "note");
        int64_t hooks = fault_count(&t, t.system, "hook");
        struct cost cost = cost_begin();
        weft_code code;

        if (!deployed(files[i]))
            continue;
        code =
            code_of(fault_create(ann, NULL, "{\"form\":\"hook\",\"data\":{}}"));
        cost_end(&cost, files[i]);
        ck_assert_int_ne(code, WEFT_OK);
        ck_assert_int_eq(fault_count(&t, t.system, "hook"), hooks);
        ck_assert_int_eq(fault_count(&t, t.system, "note"), notes);
        cost_serves(&t);
    }
}
END_TEST

/* After-hooks are jobs with ten times the budget, run apart. */
START_TEST(a_job_that_does_not_end_is_stopped_and_others_run)
{
    int64_t id, fired;
    weft_error err = WEFT_ERROR_INIT;
    struct cost cost;

    ck_assert(deployed("function after_go(doc) while true do end end"));
    weft_reply *reply =
        fault_create(ann, NULL, "{\"form\":\"hook\",\"data\":{}}");
    id = weft_reply_id(reply);
    test_ok(&t, reply);
    test_ok(&t, fault_act(ann, id, "go", NULL));
    cost = cost_begin();
    (void)!weft_engine_tick(t.engine, t.now, &fired, &err);

    cost_end(&cost, "a job");
    cost_serves(&t);
}
END_TEST

TCase *script_tests(void)
{
    TCase *tc = tcase_create("fault/script");

    tcase_set_timeout(tc, 300);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, hooks_that_do_not_end_are_stopped);
    tcase_add_test(tc, files_that_do_not_end_are_not_deployed);
    tcase_add_test(tc,
                   a_hook_that_makes_its_like_is_stopped_and_leaves_nothing);
    tcase_add_test(tc, a_job_that_does_not_end_is_stopped_and_others_run);
    return tc;
}
