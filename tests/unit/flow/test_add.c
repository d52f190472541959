/* unit/flow/test_add.c - approvers who are added, and taken back.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "world.h"

static struct world w;

static void with(const char *attributes)
{
    static const char FORM[] =
        "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"*\">"
        "<action id=\"submit\" to=\"ok\"/></step>"
        "<approval id=\"ok\" approved=\"done\" rejected=\"draft\""
        " nobody=\"admin\"><level id=\"one\" by=\"manager(owner)\"/>"
        "<level id=\"two\" by=\"role(hrbp, owner)\" %s/>"
        "</approval><end id=\"done\"/></workflow>";
    char inside[2000];

    snprintf(inside, sizeof inside, FORM, attributes);
    world_begin(&w, inside, NULL);
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

START_TEST(before_they_decide_and_it_comes_back)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben,boss", "before"));
    ck_assert_str_eq(world_waiting(&w), "ben boss");
    ck_assert_str_eq(world_last_event(&w), "lead add-approver: ben,boss");
    WORLD_OK(&w, world_act(&w, "ben", "reject", NULL));
    ck_assert_str_eq(world_waiting(&w), "boss");
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));

    ck_assert_str_eq(world_waiting(&w), "lead");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/two");
}
END_TEST

START_TEST(beside_is_a_vote_and_no_decision_falls_while_it_is_open)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben", "beside"));
    ck_assert_str_eq(world_waiting(&w), "lead ben");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));

    ck_assert_str_eq(world_at(&w), "ok/one");
    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/two");
}
END_TEST

START_TEST(after_they_are_asked_once_the_adder_has_approved)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben", "after"));
    ck_assert_str_eq(world_waiting(&w), "lead");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/one");
    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_act(&w, "ben", "reject", NULL));

    ck_assert_str_eq(world_at(&w), "draft");
}
END_TEST

START_TEST(a_refusal_asks_nobody_after_it)
{
    with("agree=\"share:0.5\"");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    WORLD_OK(&w, world_name(&w, "hr1", "add-approver", "ben", "after"));
    WORLD_OK(&w, world_act(&w, "hr1", "reject", NULL));

    ck_assert_str_eq(world_waiting(&w), "hr2");
    WORLD_OK(&w, world_act(&w, "hr2", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(who_added_removes_also_while_waiting)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben,hr1", "before"));
    ck_assert_str_eq(world_can(&w, "lead"),
                     "remove-approver withdraw urge cc attach");
    ck_assert(!world_name(&w, "ann", "remove-approver", "ben", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert(!world_name(&w, "lead", "remove-approver", "hr2", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    WORLD_OK(&w, world_name(&w, "lead", "remove-approver", "hr1", NULL));
    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_name(&w, "lead", "remove-approver", "ben", NULL));

    ck_assert_str_eq(world_waiting(&w), "lead");
}
END_TEST

START_TEST(removing_the_last_open_one_lets_the_votes_count)
{
    with("agree=\"all\"");
    WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben", "beside"));
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/one");
    WORLD_OK(&w, world_act(&w, "lead", "remove-approver", NULL));

    ck_assert_str_eq(world_at(&w), "ok/two");
}
END_TEST

/* Ben has said his word, and then takes over the place of hr1 beside him. */
START_TEST(what_would_give_somebody_two_seats_is_not_withdrawn)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben,hr1", "before"));
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    WORLD_OK(&w, world_leave(&w, "hr1", "ben"));
    ck_assert_str_eq(world_waiting(&w), "ben");

    ck_assert(!world_act(&w, "ben", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert_str_eq(world_waiting(&w), "ben");
}
END_TEST

/* The one who gave it away has gone, and their place is another's. */
START_TEST(what_hangs_on_nobody_any_more_is_not_withdrawn)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "delegate", "ben", NULL));
    WORLD_OK(&w, world_name(&w, "ben", "transfer", "hr1", NULL));
    WORLD_OK(&w, world_leave(&w, "lead", "hr1"));
    ck_assert_str_eq(world_waiting(&w), "hr1");

    ck_assert(!world_act(&w, "ben", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert_str_eq(world_waiting(&w), "hr1");
}
END_TEST

START_TEST(an_addition_is_withdrawn_as_a_whole)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben,hr1", "before"));
    WORLD_OK(&w, world_act(&w, "lead", "withdraw", NULL));
    ck_assert_str_eq(world_waiting(&w), "lead");
    WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben", "before"));
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));

    ck_assert(!world_act(&w, "lead", "withdraw", NULL));
    WORLD_OK(&w, world_act(&w, "ben", "withdraw", NULL));
    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_act(&w, "lead", "withdraw", NULL));
    ck_assert_str_eq(world_waiting(&w), "lead");
}
END_TEST

START_TEST(one_after_the_other_goes_on_behind_who_was_added)
{
    with("agree=\"all\" order=\"one-by-one\"");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "hr1");
    WORLD_OK(&w, world_name(&w, "hr1", "add-approver", "ben", "beside"));
    WORLD_OK(&w, world_act(&w, "hr1", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));

    ck_assert_str_eq(world_waiting(&w), "hr2");
    WORLD_OK(&w, world_act(&w, "ben", "withdraw", NULL));
    ck_assert_str_eq(world_waiting(&w), "ben");
}
END_TEST

START_TEST(beside_a_delegate_is_before_the_giver)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "delegate", "ben", NULL));
    WORLD_OK(&w, world_name(&w, "ben", "add-approver", "hr1", "beside"));
    ck_assert_str_eq(world_waiting(&w), "ben hr1");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "hr1");
    WORLD_OK(&w, world_act(&w, "hr1", "approve", NULL));

    ck_assert_str_eq(world_waiting(&w), "lead");
}
END_TEST

START_TEST(whose_document_it_is_is_not_added)
{
    with("");

    ck_assert(!world_name(&w, "lead", "add-approver", "ann", "beside"));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_name(&w, "lead", "add-approver", "ben", "under"));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_name(&w, "lead", "add-approver", "lead", "before"));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
}
END_TEST

TCase *add_tests(void)
{
    TCase *tc = tcase_create("flow/add");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_test(tc, before_they_decide_and_it_comes_back);
    tcase_add_test(tc, beside_is_a_vote_and_no_decision_falls_while_it_is_open);
    tcase_add_test(tc, after_they_are_asked_once_the_adder_has_approved);
    tcase_add_test(tc, a_refusal_asks_nobody_after_it);
    tcase_add_test(tc, who_added_removes_also_while_waiting);
    tcase_add_test(tc, removing_the_last_open_one_lets_the_votes_count);
    tcase_add_test(tc, what_would_give_somebody_two_seats_is_not_withdrawn);
    tcase_add_test(tc, what_hangs_on_nobody_any_more_is_not_withdrawn);
    tcase_add_test(tc, an_addition_is_withdrawn_as_a_whole);
    tcase_add_test(tc, one_after_the_other_goes_on_behind_who_was_added);
    tcase_add_test(tc, beside_a_delegate_is_before_the_giver);
    tcase_add_test(tc, whose_document_it_is_is_not_added);
    return tc;
}
