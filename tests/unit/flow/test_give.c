/* unit/flow/test_give.c - work given away: for good, and to come back.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "world.h"

static struct world w;

/* Ann's document before lead, then before both of hr. */
static void with(const char *attributes)
{
    static const char FORM[] =
        "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"*\">"
        "<action id=\"submit\" to=\"ok\"/></step>"
        "<approval id=\"ok\" approved=\"done\" rejected=\"draft\""
        " nobody=\"admin\"><level id=\"one\" by=\"manager(owner)\" %s/>"
        "<level id=\"two\" by=\"role(hrbp, owner)\" agree=\"all\"/>"
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

START_TEST(what_is_transferred_is_gone_for_good)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "transfer", "ben", NULL));

    ck_assert_str_eq(world_waiting(&w), "ben");
    ck_assert_str_eq(world_last_event(&w), "lead transfer: ben");
    ck_assert(!world_act(&w, "lead", "approve", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_last_event(&w), "ben approve");
    ck_assert_str_eq(world_at(&w), "ok/two");
}
END_TEST

/* Of lead, hr1 and hr2, who weigh 6, 5 and 5; ben weighs 3. */
START_TEST(a_level_that_a_transfer_puts_out_of_reach_is_refused)
{
    world_begin(&w,
                "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\">"
                "<action id=\"submit\" to=\"ok\"/></step>"
                "<approval id=\"ok\" approved=\"done\" rejected=\"draft\""
                " nobody=\"admin\"><level id=\"one\" agree=\"weight:10\""
                " by=\"manager(owner), role(hrbp, owner)\"/></approval>"
                "<end id=\"done\"/></workflow>",
                NULL);
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));
    WORLD_OK(&w, world_act(&w, "hr1", "reject", NULL));
    ck_assert_str_eq(world_waiting(&w), "lead hr2");
    WORLD_OK(&w, world_name(&w, "hr2", "transfer", "ben", NULL));

    ck_assert_str_eq(world_at(&w), "draft");
    ck_assert_str_eq(world_waiting(&w), "ann");
}
END_TEST

START_TEST(a_step_is_transferred_too)
{
    with("");
    WORLD_OK(&w, world_act(&w, "ann", "withdraw", NULL));
    WORLD_OK(&w, world_name(&w, "ann", "transfer", "ben", NULL));

    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_act(&w, "ben", "submit", NULL));
    ck_assert_str_eq(world_at(&w), "ok/one");
}
END_TEST

START_TEST(the_delegate_decides_and_the_giver_has_the_last_word)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "delegate", "ben", NULL));
    ck_assert_str_eq(world_waiting(&w), "ben");
    ck_assert(!world_act(&w, "lead", "approve", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    WORLD_OK(&w, world_act(&w, "ben", "reject", NULL));

    ck_assert_str_eq(world_last_event(&w), "ben reject for lead");
    ck_assert_str_eq(world_at(&w), "ok/one");
    ck_assert_str_eq(world_waiting(&w), "lead");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/two");
}
END_TEST

START_TEST(nobody_is_given_what_is_their_own_or_theirs_already)
{
    with("");

    ck_assert(!world_name(&w, "lead", "transfer", "ann", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_name(&w, "lead", "transfer", "lead", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_name(&w, "lead", "transfer", "ben,hr1", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_name(&w, "lead", "transfer", "nobody", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_name(&w, "lead", "delegate", "", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_name(&w, "ben", "transfer", "hr1", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
}
END_TEST

START_TEST(a_transfer_is_withdrawn_until_the_next_one_has_acted)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "transfer", "ben", NULL));
    ck_assert(!world_act(&w, "ann", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    WORLD_OK(&w, world_act(&w, "lead", "withdraw", NULL));

    ck_assert_str_eq(world_waiting(&w), "lead");
    WORLD_OK(&w, world_act(&w, "ann", "withdraw", NULL));
    ck_assert_str_eq(world_at(&w), "draft");
}
END_TEST

START_TEST(who_gave_it_away_was_asked)
{
    with("");
    WORLD_OK(&w, world_name(&w, "lead", "transfer", "ben", NULL));
    WORLD_OK(&w, world_name(&w, "ben", "transfer", "hr1", NULL));
    WORLD_OK(&w, world_name(&w, "hr1", "transfer", "ben", NULL));

    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM seat"
                                     " WHERE person = 2 AND walk = -1"),
                     1);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM seat"
                                     " WHERE person = 4"),
                     2);
    ck_assert(!world_act(&w, "lead", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert(!world_act(&w, "lead", "approve", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
}
END_TEST

START_TEST(the_seventeenth_act_is_too_late_to_withdraw)
{
    with("");
    for (int i = 0; i < 9; i++) {
        WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben", "beside"));
        WORLD_OK(&w, world_act(&w, "lead", "remove-approver", NULL));
    }
    for (int i = 0; i < 16; i++)
        WORLD_OK(&w, world_act(&w, "lead", "withdraw", NULL));
    ck_assert(!world_act(&w, "lead", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert(!world_act(&w, "hr1", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
}
END_TEST

START_TEST(a_level_says_what_may_be_done_there)
{
    with("deny=\"transfer urge\" comment=\"reject\"");

    ck_assert_str_eq(world_can(&w, "lead"),
                     "approve reject delegate add-approver cc attach");
    ck_assert_str_eq(world_can(&w, "ann"), "withdraw cc attach");
    ck_assert(!world_name(&w, "lead", "transfer", "ben", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    ck_assert(!world_act(&w, "lead", "reject", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    WORLD_OK(&w, world_say(&w, "lead", "reject", "too dear"));
}
END_TEST

START_TEST(what_is_allowed_leaves_the_rest_out)
{
    with("allow=\"add-approver\" return=\"start\"");

    ck_assert_str_eq(world_can(&w, "lead"),
                     "approve reject return add-approver");
    ck_assert_str_eq(world_can(&w, "ann"), "withdraw urge");
}
END_TEST

START_TEST(they_are_urged_once_an_hour)
{
    with("");
    WORLD_OK(&w, world_act(&w, "ann", "urge", NULL));

    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM notification"
                                     " WHERE person = 2"),
                     1);
    ck_assert(!world_act(&w, "ann", "urge", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_LIMITED);
    ck_assert_int_gt(w.err.retry_after_s, 3500);
    w.now += 3600000;
    WORLD_OK(&w, world_act(&w, "ann", "urge", NULL));
    ck_assert(!world_act(&w, "hr1", "urge", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    w.now += 3600000;
    ck_assert(!world_act(&w, "lead", "urge", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
}
END_TEST

TCase *give_tests(void)
{
    TCase *tc = tcase_create("flow/give");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_test(tc, what_is_transferred_is_gone_for_good);
    tcase_add_test(tc, a_level_that_a_transfer_puts_out_of_reach_is_refused);
    tcase_add_test(tc, a_step_is_transferred_too);
    tcase_add_test(tc, the_delegate_decides_and_the_giver_has_the_last_word);
    tcase_add_test(tc, nobody_is_given_what_is_their_own_or_theirs_already);
    tcase_add_test(tc, a_transfer_is_withdrawn_until_the_next_one_has_acted);
    tcase_add_test(tc, who_gave_it_away_was_asked);
    tcase_add_test(tc, the_seventeenth_act_is_too_late_to_withdraw);
    tcase_add_test(tc, a_level_says_what_may_be_done_there);
    tcase_add_test(tc, what_is_allowed_leaves_the_rest_out);
    tcase_add_test(tc, they_are_urged_once_an_hour);
    return tc;
}
