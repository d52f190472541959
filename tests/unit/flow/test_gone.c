/* unit/flow/test_gone.c - who is asked when somebody has left, when nobody is
 * found, and when it is whose own document it is.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "support/store.h"
#include "world.h"

static struct world w;

static const char MONDAY[] = "2026-10-12";
static const char FRIDAY[] = "2026-10-16";

/* One level of these attributes. */
static void with(const char *attributes)
{
    static const char FORM[] =
        "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"*\">"
        "<action id=\"submit\" to=\"ok\"/></step>"
        "<approval id=\"ok\" approved=\"done\" rejected=\"draft\">"
        "<level id=\"one\" %s/></approval><end id=\"done\"/></workflow>";
    char inside[2000];

    snprintf(inside, sizeof inside, FORM, attributes);
    world_begin(&w, inside, NULL);
}

static void submit(const char *login)
{
    WORLD_OK(&w, world_create(&w, login, NULL));
    WORLD_OK(&w, world_act(&w, login, "submit", NULL));
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

static void two_administrators(void)
{
    test_run(w.db, "INSERT INTO role_grant (role, person, unit, unit_key)"
                   " VALUES ('admin', 6, NULL, 0)");
}

/* --- Heirs */

START_TEST(an_heir_is_not_asked_about_their_own)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    WORLD_OK(&w, world_leave(&w, "lead", "ann"));
    submit("ben");
    ck_assert_str_eq(world_waiting(&w), "ann");
    submit("ann");

    ck_assert_str_eq(world_waiting(&w), "boss");
    ck_assert_str_eq(world_chain(&w, "ann", NULL), "one:boss");
}
END_TEST

START_TEST(an_heir_with_others_is_left_out)
{
    with("by=\"person(lead), person(hr1)\" agree=\"all\" nobody=\"admin\"");
    WORLD_OK(&w, world_leave(&w, "lead", "ann"));
    submit("ann");

    ck_assert_str_eq(world_waiting(&w), "hr1");
}
END_TEST

START_TEST(an_heir_follows_nobody_that_skips)
{
    with("by=\"person(lead)\" nobody=\"skip\" self=\"ask\"");
    WORLD_OK(&w, world_leave(&w, "lead", "ann"));
    submit("ann");

    ck_assert_str_eq(world_at(&w), "done");
    ck_assert_str_eq(world_history(&w), "create submit skip:nobody");
}
END_TEST

START_TEST(who_is_named_and_an_heir_is_named)
{
    with("by=\"person(lead), person(ann)\" nobody=\"admin\" self=\"ask\"");
    WORLD_OK(&w, world_leave(&w, "lead", "ann"));
    submit("ann");

    ck_assert_str_eq(world_waiting(&w), "ann");
}
END_TEST

/* --- Substitutes of who leaves, and who leaves being one */

START_TEST(the_heir_gets_what_a_substitute_has)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    submit("ann");
    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_hand_over(&w, "lead", "hr1"));

    ck_assert_str_eq(world_waiting(&w), "hr1");
    ck_assert(!world_act(&w, "ben", "approve", NULL));
    WORLD_OK(&w, world_act(&w, "hr1", "approve", NULL));
    ck_assert_str_eq(world_last_event(&w), "hr1 approve");
}
END_TEST

START_TEST(the_heirs_own_comes_back_from_the_substitute)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    submit("ann");
    WORLD_OK(&w, world_hand_over(&w, "lead", "ann"));

    ck_assert_str_eq(world_waiting(&w), "lead");
    WORLD_OK(&w, world_leave(&w, "lead", NULL));
    ck_assert_str_eq(world_waiting(&w), "boss");
}
END_TEST

/* --- An heir whose word somebody waits for */

/* Lead and hr1 decide, and lead has asked ben by `verb` before. */
static void awaiting_ben(const char *verb)
{
    with("by=\"person(lead), person(hr1)\" agree=\"all\" nobody=\"admin\"");
    submit("ann");
    WORLD_OK(&w, world_name(&w, "lead", verb, "ben", NULL));
    ck_assert_str_eq(world_waiting(&w), "hr1 ben");
}

START_TEST(an_heir_whose_word_is_awaited_is_heard_first)
{
    static const char *const verbs[] = { "add-approver", "delegate" };

    awaiting_ben(verbs[_i]);
    WORLD_OK(&w, world_hand_over(&w, "hr1", "ben"));
    ck_assert_str_eq(world_waiting(&w), "hr1 ben");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "lead hr1");

    WORLD_OK(&w, world_leave(&w, "hr1", "ben"));
    ck_assert_str_eq(world_waiting(&w), "lead ben");
}
END_TEST

START_TEST(of_who_leaves_before_that_it_follows_nobody)
{
    awaiting_ben("add-approver");
    WORLD_OK(&w, world_leave(&w, "hr1", "ben"));

    ck_assert_str_eq(world_waiting(&w), "boss ben");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "lead boss");
}
END_TEST

START_TEST(an_heir_who_comes_before_the_leaver_has_one_word)
{
    awaiting_ben("delegate");
    WORLD_OK(&w, world_leave(&w, "lead", "ben"));

    ck_assert_str_eq(world_waiting(&w), "ben hr1");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "hr1");
}
END_TEST

START_TEST(nobody_votes_in_the_name_of_who_has_left)
{
    with("by=\"person(lead)\" nobody=\"person(hr2)\"");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    submit("ann");
    WORLD_OK(&w, world_leave(&w, "lead", NULL));

    ck_assert_str_eq(world_waiting(&w), "hr2");
    ck_assert_str_eq(world_last_event(&w), "- assign for ben: hr2 (left)");
    ck_assert_int_eq(
        world_count(&w, "SELECT count(*) FROM delegation WHERE ended IS NULL"),
        0);
}
END_TEST

START_TEST(the_heir_who_is_the_substitute_decides_for_themselves)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    submit("ann");
    WORLD_OK(&w, world_leave(&w, "lead", "ben"));

    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_last_event(&w), "ben approve");
}
END_TEST

START_TEST(a_substitute_may_be_who_is_asked_instead)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    WORLD_OK(&w, world_delegate(&w, "lead", "boss", MONDAY, FRIDAY));
    submit("ann");
    WORLD_OK(&w, world_leave(&w, "lead", NULL));

    ck_assert_str_eq(world_waiting(&w), "boss");
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_last_event(&w), "boss approve");
}
END_TEST

START_TEST(an_act_of_the_substitute_is_not_taken_back_for_who_has_left)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    submit("ann");
    WORLD_OK(&w, world_name(&w, "ben", "transfer", "hr1", NULL));
    WORLD_OK(&w, world_leave(&w, "lead", NULL));

    ck_assert(!world_act(&w, "ben", "withdraw", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert_str_eq(world_waiting(&w), "hr1");
}
END_TEST

START_TEST(a_substitute_who_leaves_gives_it_back)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    submit("ann");
    WORLD_OK(&w, world_leave(&w, "ben", NULL));

    ck_assert_str_eq(world_waiting(&w), "lead");
    ck_assert_str_eq(world_last_event(&w), "- assign for ben: lead (left)");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_last_event(&w), "lead approve");
}
END_TEST

/* --- Chains of substitutes */

START_TEST(the_middle_of_a_chain_is_back)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    WORLD_OK(&w, world_delegate(&w, "ben", "hr1", MONDAY, FRIDAY));
    submit("ann");
    ck_assert_str_eq(world_waiting(&w), "hr1");
    WORLD_OK(&w, world_delegate_end(&w, "ben"));

    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_last_event(&w), "ben approve for lead");
}
END_TEST

START_TEST(what_a_substitute_passes_on_stays_the_givers)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    submit("ann");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    WORLD_OK(&w, world_delegate(&w, "ben", "hr1", MONDAY, FRIDAY));
    ck_assert_str_eq(world_waiting(&w), "hr1");
    WORLD_OK(&w, world_delegate_end(&w, "lead"));

    ck_assert_str_eq(world_waiting(&w), "lead");
}
END_TEST

/* --- Nobody */

START_TEST(who_leaves_is_never_refused_by_a_level)
{
    with("by=\"person(lead)\" nobody=\"fail\"");
    submit("ann");
    WORLD_OK(&w, world_leave(&w, "lead", NULL));

    ck_assert_str_eq(world_waiting(&w), "boss");
}
END_TEST

START_TEST(all_administrators_are_asked_for_an_only_voter)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    two_administrators();
    submit("ann");
    WORLD_OK(&w, world_leave(&w, "lead", NULL));
    ck_assert_str_eq(world_waiting(&w), "boss hr2");
}
END_TEST

START_TEST(one_of_several_voters_has_one_in_their_place)
{
    with("by=\"person(lead), person(hr1)\" agree=\"all\" nobody=\"admin\"");
    two_administrators();
    submit("ann");
    WORLD_OK(&w, world_leave(&w, "lead", NULL));
    ck_assert_str_eq(world_waiting(&w), "boss hr1");
}
END_TEST

START_TEST(no_document_is_passed_because_its_approver_was_sent_away)
{
    with("by=\"person(lead)\" nobody=\"admin\"");
    submit("boss");
    WORLD_OK(&w, world_leave(&w, "lead", NULL));

    ck_assert_str_eq(world_at(&w), "draft");
    ck_assert_str_eq(world_history(&w), "create submit reject:left");
}
END_TEST

START_TEST(who_submits_does_not_stand_in_for_nobody)
{
    with("by=\"role(none)\" nobody=\"person(ann)\"");
    submit("ann");
    ck_assert_str_eq(world_waiting(&w), "boss");

    WORLD_OK(&w, world_create(&w, "boss", NULL));
    WORLD_OK(&w, world_act(&w, "boss", "submit", NULL));
    ck_assert_str_eq(world_waiting(&w), "ann");
}
END_TEST

START_TEST(the_only_administrator_is_refused_not_passed)
{
    with("by=\"role(none)\" nobody=\"admin\"");
    WORLD_OK(&w, world_create(&w, "boss", NULL));
    ck_assert(!world_act(&w, "boss", "submit", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(world_at(&w), "draft");
}
END_TEST

START_TEST(who_has_no_manager_falls_under_nobody)
{
    with("by=\"person(boss)\" self=\"manager\" nobody=\"person(lead)\"");
    submit("boss");
    ck_assert_str_eq(world_waiting(&w), "lead");
}
END_TEST

START_TEST(who_is_named_alone_is_still_skipped)
{
    with("by=\"person(ann)\" nobody=\"admin\"");
    submit("ann");
    ck_assert_str_eq(world_history(&w), "create submit skip:self");
}
END_TEST

TCase *gone_tests(void)
{
    TCase *tc = tcase_create("flow/gone");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_test(tc, an_heir_is_not_asked_about_their_own);
    tcase_add_test(tc, an_heir_with_others_is_left_out);
    tcase_add_test(tc, an_heir_follows_nobody_that_skips);
    tcase_add_test(tc, who_is_named_and_an_heir_is_named);
    tcase_add_test(tc, the_heir_gets_what_a_substitute_has);
    tcase_add_test(tc, the_heirs_own_comes_back_from_the_substitute);
    tcase_add_loop_test(tc, an_heir_whose_word_is_awaited_is_heard_first, 0, 2);
    tcase_add_test(tc, of_who_leaves_before_that_it_follows_nobody);
    tcase_add_test(tc, an_heir_who_comes_before_the_leaver_has_one_word);
    tcase_add_test(tc, nobody_votes_in_the_name_of_who_has_left);
    tcase_add_test(tc, the_heir_who_is_the_substitute_decides_for_themselves);
    tcase_add_test(tc, a_substitute_may_be_who_is_asked_instead);
    tcase_add_test(tc,
                   an_act_of_the_substitute_is_not_taken_back_for_who_has_left);
    tcase_add_test(tc, a_substitute_who_leaves_gives_it_back);
    tcase_add_test(tc, the_middle_of_a_chain_is_back);
    tcase_add_test(tc, what_a_substitute_passes_on_stays_the_givers);
    tcase_add_test(tc, who_leaves_is_never_refused_by_a_level);
    tcase_add_test(tc, all_administrators_are_asked_for_an_only_voter);
    tcase_add_test(tc, one_of_several_voters_has_one_in_their_place);
    tcase_add_test(tc,
                   no_document_is_passed_because_its_approver_was_sent_away);
    tcase_add_test(tc, who_submits_does_not_stand_in_for_nobody);
    tcase_add_test(tc, the_only_administrator_is_refused_not_passed);
    tcase_add_test(tc, who_has_no_manager_falls_under_nobody);
    tcase_add_test(tc, who_is_named_alone_is_still_skipped);
    return tc;
}
