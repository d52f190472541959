/* unit/flow/test_verb.c - returning and withdrawing.
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
        " nobody=\"admin\" %s>"
        "<level id=\"one\" by=\"manager(owner)\"/>"
        "<level id=\"two\" by=\"head(hq)\"/>"
        "<level id=\"three\" by=\"role(hrbp, owner)\" agree=\"all\"/>"
        "</approval><end id=\"done\"/></workflow>";
    char inside[2000];

    snprintf(inside, sizeof inside, FORM, attributes);
    world_begin(&w, inside, NULL);
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));
}

static void approve_two(void)
{
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

START_TEST(a_level_that_may_not_return_is_refused)
{
    with("");

    ck_assert(!world_return(&w, "lead", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
}
END_TEST

START_TEST(returned_to_the_start_it_walks_again)
{
    with("return=\"start\"");
    approve_two();
    WORLD_OK(&w, world_return(&w, "hr1", NULL));
    ck_assert_str_eq(world_at(&w), "draft");
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));

    ck_assert_str_eq(world_at(&w), "ok/one");
    ck_assert_str_eq(world_waiting(&w), "lead");
}
END_TEST

START_TEST(returned_with_here_it_comes_back_to_this_level)
{
    with("return=\"start\" resume=\"here\"");
    approve_two();
    WORLD_OK(&w, world_act(&w, "hr2", "approve", NULL));
    WORLD_OK(&w, world_return(&w, "hr1", NULL));
    ck_assert_str_eq(world_at(&w), "draft");
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));

    ck_assert_str_eq(world_at(&w), "ok/three");
    ck_assert_str_eq(world_waiting(&w), "hr1");
    WORLD_OK(&w, world_act(&w, "hr1", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(the_previous_level_is_asked_again)
{
    with("return=\"previous\"");
    approve_two();
    WORLD_OK(&w, world_return(&w, "hr1", NULL));

    ck_assert_str_eq(world_at(&w), "ok/two");
    ck_assert_str_eq(world_waiting(&w), "boss");
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
}
END_TEST

START_TEST(an_earlier_level_goes_on_where_it_was_returned)
{
    with("return=\"any\" resume=\"here\"");
    approve_two();
    WORLD_OK(&w, world_return(&w, "hr1", "one"));
    ck_assert_str_eq(world_waiting(&w), "lead");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));

    ck_assert_str_eq(world_at(&w), "ok/three");
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
}
END_TEST

START_TEST(a_place_that_was_not_passed_is_refused)
{
    with("return=\"any\"");

    ck_assert(!world_return(&w, "lead", "three"));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_return(&w, "lead", "nowhere"));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    WORLD_OK(&w, world_return(&w, "lead", "draft"));
}
END_TEST

START_TEST(a_refusal_after_a_return_forgets_where_to_go_on)
{
    with("return=\"start\" resume=\"here\"");
    approve_two();
    WORLD_OK(&w, world_return(&w, "hr1", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));
    WORLD_OK(&w, world_act(&w, "hr1", "reject", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));

    ck_assert_str_eq(world_at(&w), "ok/one");
}
END_TEST

START_TEST(the_submitter_withdraws_until_somebody_has_acted)
{
    with("");
    ck_assert_str_eq(world_can(&w, "ann"), "withdraw urge cc attach");
    WORLD_OK(&w, world_act(&w, "ann", "withdraw", NULL));
    ck_assert_str_eq(world_at(&w), "draft");
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));

    ck_assert_str_eq(world_can(&w, "ann"), "urge cc attach");
    ck_assert(!world_act(&w, "ann", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
}
END_TEST

START_TEST(the_last_actor_withdraws_until_the_next_has_acted)
{
    with("");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_can(&w, "lead"), "withdraw urge cc attach");
    WORLD_OK(&w, world_act(&w, "lead", "withdraw", NULL));
    ck_assert_str_eq(world_at(&w), "ok/one");
    ck_assert_str_eq(world_waiting(&w), "lead");
    approve_two();

    ck_assert(!world_act(&w, "lead", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert(!world_act(&w, "ben", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
}
END_TEST

START_TEST(a_vote_withdrawn_within_its_level_is_open_again)
{
    with("");
    approve_two();
    WORLD_OK(&w, world_act(&w, "hr1", "approve", NULL));
    WORLD_OK(&w, world_act(&w, "hr1", "withdraw", NULL));

    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
    WORLD_OK(&w, world_act(&w, "hr2", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/three");
    WORLD_OK(&w, world_act(&w, "hr1", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

TCase *verb_tests(void)
{
    TCase *tc = tcase_create("flow/verb");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_test(tc, a_level_that_may_not_return_is_refused);
    tcase_add_test(tc, returned_to_the_start_it_walks_again);
    tcase_add_test(tc, returned_with_here_it_comes_back_to_this_level);
    tcase_add_test(tc, the_previous_level_is_asked_again);
    tcase_add_test(tc, an_earlier_level_goes_on_where_it_was_returned);
    tcase_add_test(tc, a_place_that_was_not_passed_is_refused);
    tcase_add_test(tc, a_refusal_after_a_return_forgets_where_to_go_on);
    tcase_add_test(tc, the_submitter_withdraws_until_somebody_has_acted);
    tcase_add_test(tc, the_last_actor_withdraws_until_the_next_has_acted);
    tcase_add_test(tc, a_vote_withdrawn_within_its_level_is_open_again);
    return tc;
}
