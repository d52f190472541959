/* api/test_scenario.c - the scenarios of a package: what is green, what is red
 * and where, and that each comes to an end.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static const char package_xml[] =
    "<package xmlns=\"urn:weft:1\" id=\"small\" label=\"Small\" lang=\"en\""
    " timezone=\"Asia/Shanghai\"/>";
static const char units[] = "id,name,parent,head\nall,All,,lead\n";
static const char people[] = "login,name,unit,manager,roles\n"
                             "lead,Lead,all,,\n"
                             "ann,Ann,all,lead,\n"
                             "root,Root,all,,admin\n";

static struct test_engine t; /* its arena only */

static void setup(void)
{
    t.arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(t.arena);
}

static weft_file file_of(const char *name, const char *text)
{
    return (weft_file){ name, text, strlen(text) };
}

/* What became of the scenarios in `lua`. */
static struct wf_json *play(const char *lua)
{
    const weft_file files[] = {
        file_of("note.form.xml", test_note_xml),
        file_of("package.xml", package_xml),
        file_of("scripts/words.lua", "return { title = 'A word' }"),
        file_of("tests/note.lua", lua),
        file_of("tests/units.csv", units),
        file_of("tests/people.csv", people),
    };

    return test_ok(&t, weft_test("en", getenv("WEFT_TEST_PG"), files,
                                 sizeof files / sizeof *files));
}

static const struct wf_json *first(const struct wf_json *told)
{
    const struct wf_json *all = wf_json_get(told, "scenarios");

    ck_assert_uint_ge(wf_json_len(all), 1);
    return all->u.array.at[0];
}

static void check_counts(const struct wf_json *told, int passed, int failed)
{
    const struct wf_json *problem = wf_json_get(first(told), "problem");

    ck_assert_msg(wf_json_num(wf_json_get(told, "passed"), -1) == passed
                      && wf_json_num(wf_json_get(told, "failed"), -1) == failed,
                  "%s", wf_json_dump(t.arena, told));
    ck_assert(failed > 0 || wf_json_is(problem, WF_JSON_NULL));
}

/* `lua` is one scenario, red at `line` for the reason `text`. */
static const struct wf_json *check_red(const char *lua, int line,
                                       const char *text)
{
    const struct wf_json *told = play(lua);
    const struct wf_json *problem = wf_json_get(first(told), "problem");

    check_counts(told, 0, 1);
    ck_assert_str_eq(test_text(problem, "file"), "tests/note.lua");
    ck_assert_msg(strstr(test_text(problem, "text"), text), "%s",
                  test_text(problem, "text"));
    ck_assert_int_eq((int)wf_json_num(wf_json_get(problem, "line"), 0), line);
    return problem;
}

START_TEST(a_scenario_goes_the_way_of_its_document)
{
    check_counts(
        play("scenario('one', function(w)\n"
             "  local d = w:as('ann'):create('note', { title = 'A' })\n"
             "  expect(d.step, 'draft'); expect(d:waiting(), { 'ann' })\n"
             "  w:as('ann'):submit(d, 'please')\n"
             "  expect(d.level, 'lead'); expect(d:waiting(), { 'lead' })\n"
             "  expect(#w:as('lead'):work(), 1)\n"
             "  w:as('lead'):approve(d)\n"
             "  expect(d.state, 'done'); expect(d.title, 'A')\n"
             "  expect(d.data.title, 'A')\n"
             "  expect(d:history(), { 'create', 'submit', 'approve' })\n"
             "  expect(#w:as('ann'):find('note'), 1)\n"
             "end)"),
        1, 0);
}
END_TEST

START_TEST(what_was_expected_is_told_at_its_line)
{
    const struct wf_json *problem = check_red(
        "scenario('one', function(w)\n"
        "  local d = w:as('ann'):create('note', { title = 'A' })\n"
        "  expect({ d.step, 1 }, { 'done', 1 }, 'the step')\n"
        "end)",
        3, "the step: expected { \"done\", 1 }, saw { \"draft\", 1 }");
    const struct wf_json *story = wf_json_get(problem, "story");

    ck_assert_uint_eq(wf_json_len(story), 1);
    ck_assert_str_eq(wf_json_str(story->u.array.at[0]),
                     "2026-10-12 09:00 ann create draft");
}
END_TEST

START_TEST(a_refusal_nobody_expected_is_told_with_its_findings)
{
    check_red("scenario('one', function(w)\n"
              "  local d = w:as('ann'):create('note', {})\n"
              "\n"
              "  w:as('ann'):submit(d)\n"
              "end)",
              4, "title: ");
}
END_TEST

START_TEST(a_mistake_in_lua_is_told_at_its_line)
{
    check_red("scenario('one', function(w)\n"
              "  local x = nothing.there\n"
              "end)",
              2, "nothing");
}
END_TEST

START_TEST(an_expected_refusal_is_given_back)
{
    check_counts(
        play("scenario('one', function(w)\n"
             "  local d = w:as('ann'):create('note', {})\n"
             "  local why = refused('invalid', function()\n"
             "    w:as('ann'):submit(d) end)\n"
             "  expect(why.findings[1].field, 'title')\n"
             "  refused('not-found', function() w:as('lead'):get(d) end)\n"
             "  refused('not-found', function() w:as('nobody'):get(d) end)\n"
             "end)"),
        1, 0);
}
END_TEST

START_TEST(a_refusal_of_another_kind_is_red)
{
    check_red("scenario('one', function(w)\n"
              "  local d = w:as('ann'):create('note', {})\n"
              "  refused('forbidden', function()\n"
              "    w:as('ann'):submit(d)\n"
              "  end)\n"
              "end)",
              3, "expected a refusal \"forbidden\", saw invalid");
}
END_TEST

START_TEST(what_should_be_refused_and_is_not_is_red)
{
    check_red("scenario('one', function(w)\n"
              "  refused('forbidden', function() end)\n"
              "end)",
              2, "but it went well");
}
END_TEST

START_TEST(a_mistake_inside_of_refused_is_no_refusal)
{
    check_red("scenario('one', function(w)\n"
              "  refused('invalid', function()\n"
              "    error('oh')\n"
              "  end)\n"
              "end)",
              3, "oh");
}
END_TEST

START_TEST(an_endless_scenario_is_stopped_and_the_next_one_runs)
{
    const struct wf_json *told = play("scenario('one', function(w)\n"
                                      "  while true do end\n"
                                      "end)\n"
                                      "scenario('two', function(w)\n"
                                      "  expect(seen, nil)\n"
                                      "end)");
    const struct wf_json *problem = wf_json_get(first(told), "problem");

    check_counts(told, 1, 1);
    ck_assert_int_eq((int)wf_json_num(wf_json_get(problem, "line"), 0), 2);
}
END_TEST

START_TEST(one_scenario_leaves_nothing_to_the_next)
{
    check_counts(play("scenario('one', function(w)\n"
                      "  left = true\n"
                      "  w:as('ann'):create('note', { title = 'A' })\n"
                      "end)\n"
                      "scenario('two', function(w)\n"
                      "  expect(left, nil)\n"
                      "  expect(#w:as('ann'):work(), 0)\n"
                      "end)"),
                 2, 0);
}
END_TEST

START_TEST(the_clock_moves_by_working_days_and_never_back)
{
    check_counts(
        play("scenario('one', function(w)\n"
             "  expect(w:now(), '2026-10-12 09:00')\n"
             "  w:advance('5wd'); expect(w:now(), '2026-10-19 09:00')\n"
             "  w:advance('90min'); expect(w:now(), '2026-10-19 10:30')\n"
             "  w:advance('2w'); expect(w:now(), '2026-11-02 10:30')\n"
             "  w:at('2026-12-31 18:00')\n"
             "  expect(w:now(), '2026-12-31 18:00')\n"
             "  refused('invalid', function() w:at('2026-12-31') end)\n"
             "  refused('invalid', function() w:advance('soon') end)\n"
             "  refused('invalid', function() w:advance() end)\n"
             "end)"),
        1, 0);
}
END_TEST

START_TEST(what_this_version_has_not_is_said)
{
    check_red("scenario('one', function(w)\n"
              "  w:foresee('quarter', '2026-Q4')\n"
              "end)",
              2, "\"foresee\" is not known to this version");
}
END_TEST

START_TEST(a_document_is_not_changed_by_assigning)
{
    check_red("scenario('one', function(w)\n"
              "  local d = w:as('ann'):create('note', { title = 'A' })\n"
              "  d.title = 'B'\n"
              "end)",
              3, "patch()");
}
END_TEST

START_TEST(the_scripts_of_the_package_can_be_required)
{
    check_counts(play("local words = require 'words'\n"
                      "scenario('one', function(w)\n"
                      "  expect(words.title, 'A word')\n"
                      "end)"),
                 1, 0);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_is_red)
{
    check_red("\nscenario('one', function(w)", 2, "'end' expected");
}
END_TEST

START_TEST(what_is_no_scenario_is_said)
{
    check_red("\n\nscenario(function(w) end)", 3, "scenario(name, function)");
    check_red("scenario('one')", 1, "scenario(name, function)");
    check_red("scenario('one', function(w)\n"
              "  w:as()\n"
              "end)",
              2, "as(login)");
    check_red("while true do end", 1, "");
}
END_TEST

START_TEST(what_is_raised_may_be_anything)
{
    check_red("scenario('one', function(w) error() end)", 1, "nil");
    check_red("scenario('one', function(w) error({}) end)", 1, "table");
    check_red("scenario('one', function(w) error({ kind = 1 }) end)", 1, "");
    check_red("scenario('one', function(w) error(('x'):rep(5000)) end)", 1,
              "xxx");
    check_red("scenario('one', function(w) refused('invalid') end)", 1, "nil");
}
END_TEST

START_TEST(hostile_arguments_are_refused)
{
    check_counts(
        play("scenario('one', function(w)\n"
             "  local ann = w:as('ann')\n"
             "  local function no(kind, call, ...)\n"
             "    local args = table.pack(...)\n"
             "    refused(kind, function()\n"
             "      ann[call](ann, table.unpack(args, 1, args.n)) end)\n"
             "  end\n"
             "  no('invalid', 'create'); no('invalid', 'create', 'note', 1)\n"
             "  no('not-found', 'create', 'nothing')\n"
             "  no('not-found', 'get'); no('not-found', 'get', '1x')\n"
             "  no('not-found', 'submit', '12345678901234567890')\n"
             "  no('not-found', 'patch', {}, {})\n"
             "  no('malformed', 'find', 'note', { nothing = 1 })\n"
             "  local d = ann:create('note', {})\n"
             "  no('not-found', 'no_such_action', d)\n"
             "  no('invalid', 'act', d, 'submit', { people = 1 })\n"
             "  no('invalid', 'comment', d)\n"
             "end)"),
        1, 0);
}
END_TEST

START_TEST(a_package_that_does_not_compile_has_no_scenarios)
{
    const weft_file files[] = {
        file_of("package.xml", package_xml),
        file_of("note.form.xml", "<form/>"),
        file_of("tests/note.lua", "scenario('one', function() end)"),
    };

    test_refused(&t, weft_test("en", getenv("WEFT_TEST_PG"), files, 3),
                 WEFT_E_INVALID);
}
END_TEST

START_TEST(a_company_that_cannot_be_read_is_said)
{
    const weft_file files[] = {
        file_of("package.xml", package_xml),
        file_of("note.form.xml", test_note_xml),
        file_of("tests/note.lua", "scenario('one', function() end)"),
        file_of("tests/people.csv", "login,name,unit\nann,Ann,nowhere\n"),
    };
    const struct wf_json *told =
        test_ok(&t, weft_test("en", getenv("WEFT_TEST_PG"), files, 4));
    const char *text = test_text(wf_json_get(first(told), "problem"), "text");

    check_counts(told, 0, 1);
    ck_assert_msg(strstr(text, "tests/people.csv") && strstr(text, "nowhere"),
                  "%s", text);
}
END_TEST

START_TEST(without_people_of_its_own_a_package_has_the_sample_company)
{
    const char lua[] = "scenario('one', function(w)\n"
                       "  local d = w:as('zhangwei'):create('note', {})\n"
                       "  expect(d:waiting(), { 'zhangwei' })\n"
                       "end)";
    const weft_file files[] = {
        file_of("package.xml", package_xml),
        file_of("note.form.xml", test_note_xml),
        file_of("tests/note.lua", lua),
    };

    check_counts(test_ok(&t, weft_test("en", getenv("WEFT_TEST_PG"), files, 3)),
                 1, 0);
}
END_TEST

TCase *scenario_tests(void)
{
    TCase *tests = tcase_create("scenario");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_scenario_goes_the_way_of_its_document);
    tcase_add_test(tests, what_was_expected_is_told_at_its_line);
    tcase_add_test(tests, a_refusal_nobody_expected_is_told_with_its_findings);
    tcase_add_test(tests, a_mistake_in_lua_is_told_at_its_line);
    tcase_add_test(tests, an_expected_refusal_is_given_back);
    tcase_add_test(tests, a_refusal_of_another_kind_is_red);
    tcase_add_test(tests, what_should_be_refused_and_is_not_is_red);
    tcase_add_test(tests, a_mistake_inside_of_refused_is_no_refusal);
    tcase_add_test(tests, an_endless_scenario_is_stopped_and_the_next_one_runs);
    tcase_add_test(tests, one_scenario_leaves_nothing_to_the_next);
    tcase_add_test(tests, the_clock_moves_by_working_days_and_never_back);
    tcase_add_test(tests, what_this_version_has_not_is_said);
    tcase_add_test(tests, a_document_is_not_changed_by_assigning);
    tcase_add_test(tests, the_scripts_of_the_package_can_be_required);
    tcase_add_test(tests, a_file_that_cannot_be_read_is_red);
    tcase_add_test(tests, what_is_no_scenario_is_said);
    tcase_add_test(tests, what_is_raised_may_be_anything);
    tcase_add_test(tests, hostile_arguments_are_refused);
    tcase_add_test(tests, a_package_that_does_not_compile_has_no_scenarios);
    tcase_add_test(tests, a_company_that_cannot_be_read_is_said);
    tcase_add_test(tests,
                   without_people_of_its_own_a_package_has_the_sample_company);
    return tests;
}
