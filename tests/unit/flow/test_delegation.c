/* unit/flow/test_delegation.c - substitutes: whom the work goes to while
 * somebody is away, and in whose name it is done.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "support/store.h"
#include "world.h"

static struct world w;

/* Monday, when the clock stands, and what comes after. */
static const char MONDAY[] = "2026-10-12";
static const char FRIDAY[] = "2026-10-16";

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
}

static void submit(void)
{
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

START_TEST(new_work_goes_to_the_substitute_in_the_givers_name)
{
    with("");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    submit();

    ck_assert_str_eq(world_waiting(&w), "ben");
    ck_assert(!world_act(&w, "lead", "approve", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_last_event(&w), "ben approve for lead");
    ck_assert_str_eq(world_at(&w), "ok/two");
}
END_TEST

START_TEST(what_waits_goes_over_and_comes_back)
{
    with("");
    submit();
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    ck_assert_str_eq(world_waiting(&w), "ben");
    ck_assert_str_eq(world_last_event(&w),
                     "- assign for lead: ben (delegation)");
    WORLD_OK(&w, world_delegate_end(&w, "lead"));

    ck_assert_str_eq(world_waiting(&w), "lead");
    ck_assert_str_eq(world_last_event(&w),
                     "- assign for ben: lead (delegation-end)");
}
END_TEST

START_TEST(a_circle_is_refused_where_its_days_meet)
{
    with("");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, "2026-10-13"));
    WORLD_OK(&w, world_delegate(&w, "ben", "hr1", MONDAY, FRIDAY));

    ck_assert(!world_delegate(&w, "hr1", "lead", "2026-10-13", FRIDAY));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_delegate(&w, "lead", "lead", MONDAY, FRIDAY));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert(!world_delegate(&w, "hr1", "boss", FRIDAY, MONDAY));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    WORLD_OK(&w, world_delegate(&w, "hr1", "lead", "2026-10-14", FRIDAY));
}
END_TEST

START_TEST(a_substitute_who_is_away_has_one_too)
{
    with("");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    WORLD_OK(&w, world_delegate(&w, "ben", "boss", MONDAY, FRIDAY));
    submit();

    ck_assert_str_eq(world_waiting(&w), "boss");
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_last_event(&w), "boss approve for lead");
}
END_TEST

/* Hires away1, away2 ... each of whom the one before hands their work. */
static void a_long_line(int n)
{
    char from[20], to[20];

    for (int i = 1; i <= n; i++) {
        test_run(w.db,
                 wf_arena_printf(w.arena,
                                 "INSERT INTO person (id, login, name, pinyin,"
                                 " initials, unit, active, teams, attributes,"
                                 " changed) VALUES (%d, 'away%d', 'a', 'a',"
                                 " 'a', 1, 1, '', '{}', 0)",
                                 100 + i, i));
        snprintf(from, sizeof from, "away%d", i - 1);
        snprintf(to, sizeof to, "away%d", i);
        WORLD_OK(&w,
                 world_delegate(&w, i > 1 ? from : "lead", to, MONDAY, FRIDAY));
    }
}

START_TEST(a_line_of_substitutes_is_followed_to_its_end)
{
    with("");
    a_long_line(40);
    submit();

    ck_assert_str_eq(world_waiting(&w), "away40");
    ck_assert(!world_delegate(&w, "away40", "lead", FRIDAY, FRIDAY));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    WORLD_OK(&w, world_delegate_end(&w, "away20"));
    ck_assert_str_eq(world_waiting(&w), "away20");
    WORLD_OK(&w, world_act(&w, "away20", "approve", NULL));
    ck_assert_str_eq(world_last_event(&w), "away20 approve for lead");
}
END_TEST

START_TEST(a_line_of_heirs_is_followed_to_its_end)
{
    char from[20], to[20];

    with("");
    a_long_line(20);
    submit();
    for (int i = 0; i < 20; i++) {
        snprintf(from, sizeof from, "away%d", i);
        snprintf(to, sizeof to, "away%d", i + 1);
        WORLD_OK(&w, world_leave(&w, i > 0 ? from : "lead", to));
    }
    ck_assert_str_eq(world_waiting(&w), "away20");
}
END_TEST

START_TEST(nobody_decides_their_own_by_delegation)
{
    with("self=\"ask\"");
    WORLD_OK(&w, world_delegate(&w, "lead", "ann", MONDAY, FRIDAY));
    submit();

    ck_assert_str_eq(world_waiting(&w), "lead");
}
END_TEST

START_TEST(a_substitute_who_is_asked_as_well_has_one_vote)
{
    with("");
    WORLD_OK(&w, world_delegate(&w, "hr1", "hr2", MONDAY, FRIDAY));
    submit();
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));

    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
    WORLD_OK(&w, world_act(&w, "hr2", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "hr1");
    WORLD_OK(&w, world_act(&w, "hr1", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(whose_substitute_is_asked_as_well_stays_asked)
{
    with("");
    submit();
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    WORLD_OK(&w, world_delegate(&w, "hr1", "hr2", MONDAY, FRIDAY));
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
    WORLD_OK(&w, world_delegate_end(&w, "hr1"));
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
}
END_TEST

START_TEST(of_two_with_one_substitute_the_second_stays_asked)
{
    with("");
    WORLD_OK(&w, world_delegate(&w, "hr1", "ben", MONDAY, FRIDAY));
    WORLD_OK(&w, world_delegate(&w, "hr2", "ben", MONDAY, FRIDAY));
    submit();
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));

    ck_assert_str_eq(world_waiting(&w), "ben hr2");
    WORLD_OK(&w, world_delegate_end(&w, "hr1"));
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
    WORLD_OK(&w, world_delegate_end(&w, "hr2"));
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
}
END_TEST

START_TEST(who_was_added_before_is_heard_whoever_goes_away)
{
    with("");
    submit();
    WORLD_OK(&w, world_name(&w, "lead", "add-approver", "ben", "before"));
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", MONDAY, FRIDAY));
    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_delegate_end(&w, "lead"));
    ck_assert_str_eq(world_waiting(&w), "ben");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "lead");
}
END_TEST

START_TEST(an_absence_that_is_to_come_does_nothing_yet)
{
    with("");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", "2026-10-13", FRIDAY));
    submit();

    ck_assert_str_eq(world_waiting(&w), "lead");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM timer"
                                     " WHERE kind = 'delegation'"),
                     2);
}
END_TEST

START_TEST(who_has_left_is_asked_no_more)
{
    with("");
    submit();
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    WORLD_OK(&w, world_leave(&w, "hr1", NULL));

    ck_assert_str_eq(world_waiting(&w), "boss hr2");
    ck_assert_str_eq(world_last_event(&w), "- assign for hr1: boss (left)");
}
END_TEST

START_TEST(a_leaver_hands_everything_over_in_one_act)
{
    with("");
    submit();
    WORLD_OK(&w, world_delegate(&w, "boss", "lead", MONDAY, FRIDAY));
    WORLD_OK(&w, world_leave(&w, "lead", "ben"));
    ck_assert_str_eq(world_waiting(&w), "ben");
    ck_assert_str_eq(world_last_event(&w), "- assign for lead: ben (handover)");
    ck_assert_int_eq(
        world_count(&w, "SELECT count(*) FROM delegation WHERE giver = 1"
                        " AND taker = 4 AND ended IS NULL"),
        1);
    ck_assert_int_eq(world_count(&w, "SELECT manager FROM person WHERE id = 3"),
                     4);
    ck_assert_int_eq(world_count(&w, "SELECT manager FROM person WHERE id = 4"),
                     1);
    ck_assert_int_eq(world_count(&w, "SELECT head FROM unit WHERE id = 2"), 4);
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/two");
}
END_TEST

START_TEST(whose_document_it_is_gets_it_back_through_the_heir)
{
    with("return=\"start\"");
    submit();
    WORLD_OK(&w, world_leave(&w, "ann", "ben"));
    WORLD_OK(&w, world_return(&w, "lead", NULL));

    ck_assert_str_eq(world_at(&w), "draft");
    ck_assert_str_eq(world_waiting(&w), "ben");
}
END_TEST

START_TEST(at_once_is_today_where_the_packages_are)
{
    with("");
    WORLD_OK(&w, world_delegate(&w, "lead", "ben", NULL, FRIDAY));

    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM delegation"
                                    " WHERE since = '2026-10-12'"),
                     1);
    submit();
    ck_assert_str_eq(world_waiting(&w), "ben");
}
END_TEST

TCase *delegation_tests(void)
{
    TCase *tc = tcase_create("flow/delegation");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_test(tc, new_work_goes_to_the_substitute_in_the_givers_name);
    tcase_add_test(tc, what_waits_goes_over_and_comes_back);
    tcase_add_test(tc, a_circle_is_refused_where_its_days_meet);
    tcase_add_test(tc, a_substitute_who_is_away_has_one_too);
    tcase_add_test(tc, a_line_of_substitutes_is_followed_to_its_end);
    tcase_add_test(tc, a_line_of_heirs_is_followed_to_its_end);
    tcase_add_test(tc, nobody_decides_their_own_by_delegation);
    tcase_add_test(tc, a_substitute_who_is_asked_as_well_has_one_vote);
    tcase_add_test(tc, whose_substitute_is_asked_as_well_stays_asked);
    tcase_add_test(tc, of_two_with_one_substitute_the_second_stays_asked);
    tcase_add_test(tc, who_was_added_before_is_heard_whoever_goes_away);
    tcase_add_test(tc, an_absence_that_is_to_come_does_nothing_yet);
    tcase_add_test(tc, at_once_is_today_where_the_packages_are);
    tcase_add_test(tc, who_has_left_is_asked_no_more);
    tcase_add_test(tc, a_leaver_hands_everything_over_in_one_act);
    tcase_add_test(tc, whose_document_it_is_gets_it_back_through_the_heir);
    return tc;
}
