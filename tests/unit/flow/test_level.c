/* unit/flow/test_level.c - whom the levels of an approval ask, and whom not.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "world.h"

static struct world w;

/* A form whose approval holds `levels`. */
static void with(const char *attributes, const char *levels)
{
    static const char FORM[] =
        "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"*\">"
        "<action id=\"submit\" to=\"ok\"/></step>"
        "<approval id=\"ok\" approved=\"done\" rejected=\"draft\" %s>%s"
        "</approval><end id=\"done\"/></workflow>";
    char inside[2000];

    snprintf(inside, sizeof inside, FORM, attributes, levels);
    world_begin(&w, inside, NULL);
}

static void submit(const char *login, const char *json)
{
    WORLD_OK(&w, world_create(&w, login, json));
    WORLD_OK(&w, world_act(&w, login, "submit", NULL));
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

static const char THREE[] = "<level id=\"lead\" by=\"manager(owner)\"/>"
                            "<level id=\"head\" by=\"head(hq)\"/>"
                            "<level id=\"hr\" by=\"role(hrbp, owner)\"/>";

START_TEST(three_levels_approve_one_after_the_other)
{
    with("nobody=\"admin\"", THREE);
    submit("ann", NULL);
    ck_assert_str_eq(world_waiting(&w), "lead");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/head");
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
    WORLD_OK(&w, world_act(&w, "hr2", "approve", NULL));

    ck_assert_str_eq(world_at(&w), "done");
    ck_assert_str_eq(world_history(&w),
                     "create submit approve approve approve");
}
END_TEST

START_TEST(the_preview_names_the_whole_chain)
{
    with("nobody=\"admin\"", THREE);

    ck_assert_str_eq(world_chain(&w, "ann", NULL),
                     "lead:lead head:boss hr:hr1,hr2");
    ck_assert_str_eq(world_chain(&w, "lead", NULL),
                     "lead:boss head:boss!repeat hr:hr1,hr2");
}
END_TEST

START_TEST(a_refusal_leads_where_the_form_says)
{
    with("nobody=\"admin\"", THREE);
    submit("ann", NULL);
    WORLD_OK(&w, world_say(&w, "lead", "reject", "not yet"));

    ck_assert_str_eq(world_at(&w), "draft");
    ck_assert_str_eq(world_waiting(&w), "ann");
}
END_TEST

START_TEST(others_may_not_vote_and_nobody_votes_twice)
{
    with("nobody=\"admin\"", THREE);
    submit("ann", NULL);

    ck_assert(!world_act(&w, "ben", "approve", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert(!world_act(&w, "lead", "approve", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
}
END_TEST

START_TEST(a_level_without_its_condition_is_skipped_and_says_so)
{
    with("nobody=\"admin\"",
         "<level id=\"lead\" by=\"manager(owner)\"/>"
         "<level id=\"head\" by=\"head(hq)\" when=\"n &gt; 5\"/>");

    submit("ann", "{\"n\":1}");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
    ck_assert_str_eq(world_history(&w), "create submit approve skip:when");
    ck_assert_str_eq(world_chain(&w, "ann", "{\"n\":9}"),
                     "lead:lead head:boss");
}
END_TEST

START_TEST(nobody_approves_their_own_unless_the_form_says_so)
{
    with("nobody=\"admin\"",
         "<level id=\"a\" by=\"head(unit(owner))\"/>"
         "<level id=\"b\" by=\"head(unit(owner))\" self=\"manager\"/>"
         "<level id=\"c\" by=\"head(unit(owner))\" self=\"ask\"/>");

    ck_assert_str_eq(world_chain(&w, "lead", NULL), "a!self b:boss c:lead");
    submit("lead", NULL);
    ck_assert_str_eq(world_at(&w), "ok/b");
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_history(&w),
                     "create submit skip:self assign:self approve approve");
}
END_TEST

START_TEST(the_same_person_is_asked_once_adjacent_or_always)
{
    with("nobody=\"admin\"",
         "<level id=\"a\" by=\"person(boss)\"/>"
         "<level id=\"b\" by=\"manager(owner)\"/>"
         "<level id=\"c\" by=\"person(boss)\" repeat=\"adjacent\"/>"
         "<level id=\"d\" by=\"person(boss)\" repeat=\"adjacent\"/>"
         "<level id=\"e\" by=\"person(boss)\" repeat=\"ask\"/>"
         "<level id=\"f\" by=\"person(boss)\"/>");

    ck_assert_str_eq(world_chain(&w, "ann", NULL),
                     "a:boss b:lead c:boss d:boss!repeat e:boss "
                     "f:boss!repeat");
    submit("ann", NULL);
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/e");
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(who_approved_before_counts_in_a_level_of_all)
{
    with("nobody=\"admin\"",
         "<level id=\"a\" by=\"manager(owner)\"/>"
         "<level id=\"b\" by=\"manager(owner), person(boss)\" agree=\"all\"/>");
    submit("ann", NULL);
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));

    ck_assert_str_eq(world_at(&w), "ok/b");
    ck_assert_str_eq(world_waiting(&w), "boss");
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(where_nobody_is_the_form_says_who_is_asked)
{
    with("",
         "<level id=\"a\" by=\"role(none, owner)\" nobody=\"skip\"/>"
         "<level id=\"b\" by=\"role(none, owner)\" nobody=\"manager\"/>"
         "<level id=\"c\" by=\"role(none, owner)\" nobody=\"admin\""
         " repeat=\"ask\"/>"
         "<level id=\"d\" by=\"role(none, owner)\" nobody=\"person(ben)\"/>");

    ck_assert_str_eq(world_chain(&w, "ann", NULL),
                     "a!nobody b:lead c:boss d:ben");
    submit("ann", NULL);
    ck_assert_str_eq(world_at(&w), "ok/b");
    ck_assert_str_eq(world_history(&w),
                     "create submit skip:nobody assign:nobody");
}
END_TEST

START_TEST(nobody_fail_refuses_the_submit)
{
    with("nobody=\"fail\"", "<level id=\"a\" by=\"role(none, owner)\"/>"
                            "<level id=\"b\" by=\"manager(owner)\"/>");
    ck_assert_str_eq(world_chain(&w, "ann", NULL), "a b:lead");
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    ck_assert_str_eq(world_rest(&w), "a b:lead");

    ck_assert(!world_act(&w, "ann", "submit", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(world_at(&w), "draft");
}
END_TEST

START_TEST(one_by_one_asks_in_the_order_named)
{
    with("nobody=\"admin\"",
         "<level id=\"a\" by=\"person(ben), manager(owner), head(hq)\""
         " agree=\"all\" order=\"one-by-one\"/>");
    submit("ann", NULL);

    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "lead");
    ck_assert(!world_act(&w, "boss", "approve", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(a_climb_makes_levels_up_the_line)
{
    with("nobody=\"admin\"",
         "<climb id=\"line\" from=\"owner\" levels=\"5\"/>");

    ck_assert_str_eq(world_chain(&w, "ann", NULL), "line-1:lead line-2:boss");
    submit("ann", NULL);
    ck_assert_str_eq(world_at(&w), "ok/line-1");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(a_climb_ends_with_the_first_approver_that_fits)
{
    with("nobody=\"skip\"", "<climb id=\"line\" from=\"owner\" levels=\"5\""
                            " until=\"grade(approver) &gt;= 6\"/>");

    ck_assert_str_eq(world_chain(&w, "ann", NULL), "line-1:lead");
    ck_assert_str_eq(world_chain(&w, "boss", NULL), "line-1!nobody");
}
END_TEST

START_TEST(the_fast_track_leaves_its_levels_only)
{
    with("nobody=\"admin\"", "<level id=\"lead\" by=\"manager(owner)\"/>"
                             "<level id=\"head\" by=\"head(hq)\"/>"
                             "<fast-track when=\"n == 1\" levels=\"lead\"/>");

    ck_assert_str_eq(world_chain(&w, "ann", "{\"n\":1}"),
                     "lead:lead head!fast-track");
    submit("ann", "{\"n\":1}");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(the_engines_own_acts_have_no_actor)
{
    with("nobody=\"admin\"",
         "<level id=\"lead\" by=\"manager(owner)\"/>"
         "<level id=\"head\" by=\"head(hq)\" when=\"n == 1\"/>");
    submit("ann", NULL);
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));

    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM event WHERE kind ="
                                     " 'skip' AND actor IS NULL"),
                     1);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM event WHERE kind ="
                                     " 'approve' AND actor = 2"),
                     1);
}
END_TEST

TCase *level_tests(void)
{
    TCase *tc = tcase_create("flow/level");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_test(tc, three_levels_approve_one_after_the_other);
    tcase_add_test(tc, the_preview_names_the_whole_chain);
    tcase_add_test(tc, a_refusal_leads_where_the_form_says);
    tcase_add_test(tc, others_may_not_vote_and_nobody_votes_twice);
    tcase_add_test(tc, a_level_without_its_condition_is_skipped_and_says_so);
    tcase_add_test(tc, nobody_approves_their_own_unless_the_form_says_so);
    tcase_add_test(tc, the_same_person_is_asked_once_adjacent_or_always);
    tcase_add_test(tc, who_approved_before_counts_in_a_level_of_all);
    tcase_add_test(tc, where_nobody_is_the_form_says_who_is_asked);
    tcase_add_test(tc, nobody_fail_refuses_the_submit);
    tcase_add_test(tc, one_by_one_asks_in_the_order_named);
    tcase_add_test(tc, a_climb_makes_levels_up_the_line);
    tcase_add_test(tc, a_climb_ends_with_the_first_approver_that_fits);
    tcase_add_test(tc, the_fast_track_leaves_its_levels_only);
    tcase_add_test(tc, the_engines_own_acts_have_no_actor);
    return tc;
}
