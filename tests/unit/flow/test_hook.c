/* unit/flow/test_hook.c - hooks of a form: when they run, what they may do, and
 * what becomes of a command whose hook fails.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "support/store.h"
#include "world.h"

static struct world w;

static const char PLAIN[] =
    "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"*\">"
    "<action id=\"go\" to=\"check\"/></step>"
    "<step id=\"check\" by=\"manager(owner)\"><action id=\"end-it\""
    " to=\"done\"/></step><end id=\"done\"/></workflow>";

static void with(const char *lua)
{
    world_begin(&w, PLAIN, lua);
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

START_TEST(validate_runs_before_every_save_and_refuses_it)
{
    with("function validate(doc)\n"
         "  if (doc.n or 0) > 5 then fail('n', 'too much') end\n"
         "  if doc.n == 1 then warn('n', 'little') end\nend");

    ck_assert(!world_create(&w, "ann", "{\"n\":6}"));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(w.findings.at[0].field, "n");
    ck_assert_str_eq(w.findings.at[0].message, "too much");
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":1}"));
    ck_assert_uint_eq(w.findings.n, 1);
    ck_assert(!world_patch(&w, "ann", "{\"n\":9}"));
    ck_assert_str_eq(world_field(&w, "n"), "1");
}
END_TEST

START_TEST(a_hook_changes_its_document_by_assigning)
{
    with("function before_go(doc, act) doc.note = doc.owner.login .. act.action"
         " doc.n = 21 end");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert_str_eq(world_field(&w, "note"), "\"anngo\"");
    ck_assert_str_eq(world_field(&w, "twice"), "42");
}
END_TEST

START_TEST(a_hook_may_not_set_a_derived_or_unknown_field)
{
    with("function before_go(doc) doc[doc.note] = 1 end");
    WORLD_OK(&w, world_create(&w, "ann", "{\"note\":\"twice\"}"));

    ck_assert(!world_act(&w, "ann", "go", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    WORLD_OK(&w, world_patch(&w, "ann", "{\"note\":\"nothing\"}"));
    ck_assert(!world_act(&w, "ann", "go", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(world_at(&w), "draft");
}
END_TEST

START_TEST(leave_and_enter_run_in_the_transaction_ends_too)
{
    with("function leave_draft(doc) doc.note = 'left ' end\n"
         "function enter_check(doc) doc.note = doc.note .. doc.step end\n"
         "function enter_done(doc) doc.note = 'over' end");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
    ck_assert_str_eq(world_field(&w, "note"), "\"left check\"");
    WORLD_OK(&w, world_act(&w, "lead", "end-it", NULL));

    ck_assert_str_eq(world_field(&w, "note"), "\"over\"");
    ck_assert_str_eq(world_history(&w), "create go edit:hook end-it edit:hook");
}
END_TEST

START_TEST(a_failing_enter_undoes_everything)
{
    with("function enter_check(doc) create('form', { note = 'child' })"
         " fail('n', 'no') end");
    WORLD_OK(&w, world_create(&w, "ann", NULL));

    ck_assert(!world_act(&w, "ann", "go", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(world_at(&w), "draft");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"), 1);
}
END_TEST

START_TEST(after_runs_later_once_as_who_acted)
{
    with("function after_go(doc, act) notify(doc.owner, 'went') doc.n = 7 end");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
    ck_assert_str_eq(world_field(&w, "n"), "");

    ck_assert_int_eq(world_jobs(&w), 1);
    ck_assert_str_eq(world_field(&w, "n"), "7");
    ck_assert_int_eq(world_jobs(&w), 0);
    ck_assert_int_eq(world_count(&w, "SELECT person FROM notification"), 3);
}
END_TEST

static const char LATER[] =
    "function after_go(doc)\n"
    "  local n = #find('form', { step = 'draft' })\n"
    "  local child = create('form', { note = 'child', n = n })\n"
    "  update(child, { note = 'changed' })\n"
    "  doc.note = tostring(n)\nend";

START_TEST(what_a_job_wants_is_done_in_one_go_after_it_ran)
{
    with(LATER);
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert_int_eq(world_jobs(&w), 1);
    ck_assert_str_eq(world_field(&w, "note"), "\"0\"");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"
                                     " WHERE data LIKE '%changed%'"),
                     1);
}
END_TEST

static void somebody_begins_another(void)
{
    wf_id doc = w.doc;

    WORLD_OK(&w, world_create(&w, "ben", NULL));
    w.doc = doc;
}

START_TEST(a_job_whose_reading_has_changed_is_not_kept)
{
    with(LATER);
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert(!world_run_job(&w, somebody_begins_another));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert_str_eq(world_field(&w, "note"), "");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"), 2);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM job"), 1);
}
END_TEST

static void somebody_edits_it(void)
{
    WORLD_OK(&w, world_act(&w, "lead", "end-it", NULL));
}

START_TEST(a_job_whose_document_has_changed_is_not_kept)
{
    with("function after_go(doc) doc.n = 1 end");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert(!world_run_job(&w, somebody_edits_it));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
}
END_TEST

START_TEST(the_same_key_makes_one_document)
{
    with("function before_go(doc)\n"
         "  local a = create('form', { note = 'x' }, { key = 'k' })\n"
         "  local b = create('form', { note = 'y' }, { key = 'k' })\n"
         "  doc.note = tostring(a.id == b.id)\nend");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert_str_eq(world_field(&w, "note"), "\"true\"");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"), 2);
    ck_assert_int_eq(
        world_count(&w, "SELECT count(*) FROM made_once WHERE key = 'k'"), 0);
}
END_TEST

START_TEST(a_key_of_a_store_from_before_counts)
{
    with("function before_go(doc)\n"
         "  create('form', { note = 'x' }, { key = 'k' })\nend");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
    test_run(w.db, "UPDATE made_once SET key = 'k'");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"), 3);
}
END_TEST

START_TEST(hooks_that_call_each_other_are_stopped)
{
    with("function enter_draft(doc) create('form', {}) end");

    ck_assert(!world_create(&w, "ann", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_SCRIPT);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"), 0);
}
END_TEST

START_TEST(a_hook_that_loops_fails_its_command_alone)
{
    with("function before_go(doc) while true do end end");
    WORLD_OK(&w, world_create(&w, "ann", NULL));

    ck_assert(!world_act(&w, "ann", "go", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_SCRIPT);
    WORLD_OK(&w, world_patch(&w, "ann", "{\"n\":1}"));
}
END_TEST

START_TEST(a_hook_that_raises_says_where)
{
    with("function before_go(doc)\n  local x = doc.nothing.more\nend");
    WORLD_OK(&w, world_create(&w, "ann", NULL));

    ck_assert(!world_act(&w, "ann", "go", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_SCRIPT);
    ck_assert_msg(strstr(w.err.text, "form.lua") && strstr(w.err.text, ":2:"),
                  "%s", w.err.text);
}
END_TEST

START_TEST(a_hook_finds_gets_and_acts_on_other_documents)
{
    with("function before_end_it(doc)\n"
         "  for _, d in ipairs(find('form', { step = 'draft' })) do\n"
         "    if d.id ~= doc.id then act(d, 'go') end\n"
         "  end\n"
         "  doc.note = get('1') and 'some' or 'none'\nend");
    WORLD_OK(&w, world_create(&w, "lead", NULL));
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
    WORLD_OK(&w, world_act(&w, "lead", "end-it", NULL));

    ck_assert_str_eq(world_field(&w, "note"), "\"none\"");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"
                                     " WHERE step = 'check'"),
                     1);
}
END_TEST

START_TEST(to_a_hook_nothing_there_is_an_empty_list)
{
    with("function validate(doc)\n"
         "  doc.note = tostring(#find('form', { n = { gte = 1 } }))\n"
         "  doc.words = {}\nend");
    WORLD_OK(&w, world_create(&w, "ann", NULL));

    ck_assert_str_eq(world_field(&w, "note"), "\"0\"");
}
END_TEST

START_TEST(a_hook_may_not_find_by_what_is_not_indexed)
{
    with("function validate(doc) find('form', { nothing = 1 }) end");

    ck_assert(!world_create(&w, "ann", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_MALFORMED);
}
END_TEST

START_TEST(people_and_formulas_are_at_hand)
{
    with("function before_go(doc)\n"
         "  local p = people('manager(owner), role(hrbp, owner)')\n"
         "  doc.note = p[1].login .. #p .. band(80, 90, 'A', 75, 'B', 'C')\n"
         "  doc.n = sum({ 1, 2, 3 }) + clamp(9, 0, 4)\n"
         "  if manager(doc.owner).login ~= 'lead' then fail('n', 'no') end\n"
         "end");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert_str_eq(world_field(&w, "note"), "\"lead3B\"");
    ck_assert_str_eq(world_field(&w, "n"), "10");
}
END_TEST

TCase *hook_tests(void)
{
    TCase *tc = tcase_create("flow/hook");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_test(tc, validate_runs_before_every_save_and_refuses_it);
    tcase_add_test(tc, a_hook_changes_its_document_by_assigning);
    tcase_add_test(tc, a_hook_may_not_set_a_derived_or_unknown_field);
    tcase_add_test(tc, leave_and_enter_run_in_the_transaction_ends_too);
    tcase_add_test(tc, a_failing_enter_undoes_everything);
    tcase_add_test(tc, after_runs_later_once_as_who_acted);
    tcase_add_test(tc, what_a_job_wants_is_done_in_one_go_after_it_ran);
    tcase_add_test(tc, a_job_whose_reading_has_changed_is_not_kept);
    tcase_add_test(tc, a_job_whose_document_has_changed_is_not_kept);
    tcase_add_test(tc, the_same_key_makes_one_document);
    tcase_add_test(tc, a_key_of_a_store_from_before_counts);
    tcase_add_test(tc, hooks_that_call_each_other_are_stopped);
    tcase_add_test(tc, a_hook_that_loops_fails_its_command_alone);
    tcase_add_test(tc, a_hook_that_raises_says_where);
    tcase_add_test(tc, a_hook_finds_gets_and_acts_on_other_documents);
    tcase_add_test(tc, to_a_hook_nothing_there_is_an_empty_list);
    tcase_add_test(tc, a_hook_may_not_find_by_what_is_not_indexed);
    tcase_add_test(tc, people_and_formulas_are_at_hand);
    return tc;
}
