/* unit/flow/test_step.c - documents made, edited and moved between steps.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

static struct world w;

static const char PLAIN[] =
    "<rules><rule field=\"n\" when=\"n &lt; 0\" message=\"not below 0\"/>"
    "<rule field=\"n\" when=\"n &gt; 100\" on=\"save\" message=\"too much\"/>"
    "</rules><workflow start=\"draft\">"
    "<step id=\"draft\" by=\"owner\" edit=\"n note\" require=\"n\">"
    "<action id=\"go\" to=\"size\"/><action id=\"keep\"/>"
    "<action id=\"drop\" to=\"void\"/>"
    "<action id=\"why\" to=\"done\" comment=\"required\"/>"
    "<action id=\"big\" to=\"done\" when=\"n &gt; 10\"/>"
    "<action id=\"pull\" to=\"done\" by=\"role(hrbp, owner)\"/></step>"
    "<branch id=\"size\"><go when=\"n &gt; 10\" to=\"large\"/>"
    "<go to=\"done\"/></branch>"
    "<step id=\"large\" by=\"manager(owner), head(hq)\" edit=\"note\">"
    "<action id=\"finish\" to=\"done\"/></step>"
    "<end id=\"done\" tell=\"manager(owner), creator\"/>"
    "<end id=\"void\" state=\"void\"/></workflow>";

static void setup(void)
{
    world_begin(&w, PLAIN, NULL);
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

START_TEST(a_new_document_waits_for_its_owner)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":4}"));

    ck_assert_str_eq(world_at(&w), "draft");
    ck_assert_str_eq(world_waiting(&w), "ann");
    ck_assert_str_eq(world_field(&w, "twice"), "8");
    ck_assert_uint_eq(world_inbox(&w, "ann"), 1);
    ck_assert_uint_eq(world_inbox(&w, "ben"), 0);
}
END_TEST

START_TEST(a_step_tells_whom_it_names_but_not_who_brought_it_there)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":4}"));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert_str_eq(world_at(&w), "done");
    ck_assert_int_eq(
        world_count(&w, "SELECT count(*) FROM notification n JOIN person p"
                        " ON p.id = n.person WHERE p.login = 'lead'"),
        1);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM notification"), 1);
}
END_TEST

START_TEST(a_refused_creation_leaves_nothing)
{
    ck_assert(!world_create(&w, "ann", "{\"twice\":4}"));

    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(w.findings.at[0].code, "derived");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"), 0);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM seat"), 0);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM event"
                                     " WHERE document IS NOT NULL"),
                     0);
}
END_TEST

START_TEST(only_fields_of_the_step_may_be_edited)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":20}"));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert(!world_patch(&w, "lead", "{\"n\":5}"));

    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(w.findings.at[0].code, "locked");
    WORLD_OK(&w, world_patch(&w, "lead", "{\"note\":\"x\"}"));
    ck_assert(!world_patch(&w, "ann", "{\"note\":\"y\"}"));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
}
END_TEST

START_TEST(a_branch_takes_the_first_way_that_holds)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":20}"));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));

    ck_assert_str_eq(world_at(&w), "large");
    ck_assert_str_eq(world_waiting(&w), "lead boss");
}
END_TEST

START_TEST(one_of_those_asked_is_enough)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":20}"));
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
    WORLD_OK(&w, world_act(&w, "boss", "finish", NULL));

    ck_assert_str_eq(world_at(&w), "done");
    ck_assert_str_eq(world_waiting(&w), "");
    ck_assert_str_eq(world_history(&w), "create go finish");
}
END_TEST

START_TEST(a_required_field_stops_an_action_but_not_a_save)
{
    WORLD_OK(&w, world_create(&w, "ann", NULL));

    ck_assert(!world_act(&w, "ann", "go", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(w.findings.at[0].code, "required");
    WORLD_OK(&w, world_act(&w, "ann", "go", "{\"n\":3}"));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(giving_up_needs_no_completeness)
{
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "drop", NULL));

    ck_assert_str_eq(world_at(&w), "void");
}
END_TEST

START_TEST(rules_stop_actions_and_only_some_stop_saves)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":-1}"));
    ck_assert(!world_act(&w, "ann", "go", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_patch(&w, "ann", "{\"n\":101}"));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(world_field(&w, "n"), "-1");
}
END_TEST

START_TEST(an_action_may_ask_for_a_reason_or_a_condition)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":1}"));

    ck_assert(!world_act(&w, "ann", "why", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_act(&w, "ann", "big", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    WORLD_OK(&w, world_say(&w, "ann", "why", "because"));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(an_action_with_people_of_its_own_is_theirs)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":1}"));

    ck_assert(!world_act(&w, "ann", "pull", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    WORLD_OK(&w, world_act(&w, "hr2", "pull", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(what_somebody_can_do_is_what_they_may_do)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":1}"));

    ck_assert_str_eq(world_can(&w, "ann"), "go keep drop why");
    ck_assert_str_eq(world_can(&w, "hr1"), "pull");
    ck_assert_str_eq(world_can(&w, "ben"), "");
}
END_TEST

START_TEST(an_action_of_another_step_is_a_conflict_an_unknown_one_is_not_found)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":1}"));

    ck_assert(!world_act(&w, "ann", "finish", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert(!world_act(&w, "ann", "fly", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_NOTFOUND);
    ck_assert(!world_act(&w, "ann", "approve", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    WORLD_OK(&w, world_act(&w, "ann", "drop", NULL));
    ck_assert(!world_act(&w, "ann", "drop", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
}
END_TEST

START_TEST(a_running_document_stays_on_its_version)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":1}"));
    world_deploy(&w,
                 "<workflow start=\"new\"><step id=\"new\" by=\"owner\">"
                 "<action id=\"end\" to=\"done\"/></step><end id=\"done\"/>"
                 "</workflow>",
                 NULL);

    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
    ck_assert_str_eq(world_at(&w), "done");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    ck_assert_str_eq(world_at(&w), "new");
}
END_TEST

TCase *step_tests(void)
{
    TCase *tc = tcase_create("flow/step");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_new_document_waits_for_its_owner);
    tcase_add_test(tc, a_step_tells_whom_it_names_but_not_who_brought_it_there);
    tcase_add_test(tc, a_refused_creation_leaves_nothing);
    tcase_add_test(tc, only_fields_of_the_step_may_be_edited);
    tcase_add_test(tc, a_branch_takes_the_first_way_that_holds);
    tcase_add_test(tc, one_of_those_asked_is_enough);
    tcase_add_test(tc, a_required_field_stops_an_action_but_not_a_save);
    tcase_add_test(tc, giving_up_needs_no_completeness);
    tcase_add_test(tc, rules_stop_actions_and_only_some_stop_saves);
    tcase_add_test(tc, an_action_may_ask_for_a_reason_or_a_condition);
    tcase_add_test(tc, an_action_with_people_of_its_own_is_theirs);
    tcase_add_test(tc, what_somebody_can_do_is_what_they_may_do);
    tcase_add_test(
        tc,
        an_action_of_another_step_is_a_conflict_an_unknown_one_is_not_found);
    tcase_add_test(tc, a_running_document_stays_on_its_version);
    return tc;
}
