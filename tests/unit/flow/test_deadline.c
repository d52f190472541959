/* unit/flow/test_deadline.c - until when people have to act, and what happens
 * to who is late.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "world.h"

enum {
    HOUR = 3600000
};
static const int64_t DAY = INT64_C(24) * HOUR;

static struct world w;

static void begin(const char *inside)
{
    world_begin(&w, inside, NULL);
    WORLD_OK(&w, world_create(&w, "ann", NULL));
}

/* Draft with `draft`, an approval with `approval` and two levels with theirs,
 * submitted by ann: lead, then the two hr. */
static void with(const char *approval, const char *one, const char *two)
{
    static const char FORM[] =
        "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"*\">"
        "<action id=\"submit\" to=\"ok\"/></step>"
        "<approval id=\"ok\" approved=\"done\" rejected=\"draft\""
        " nobody=\"admin\" %s>"
        "<level id=\"one\" by=\"manager(owner)\" %s/>"
        "<level id=\"two\" by=\"role(hrbp, owner)\" %s/>"
        "</approval>"
        "<step id=\"rescue\" by=\"head(hq)\"><action id=\"end\" to=\"done\"/>"
        "</step>"
        "<end id=\"done\"/></workflow>";
    char inside[2000];

    snprintf(inside, sizeof inside, FORM, approval, one, two);
    if (!strstr(inside, "to:rescue")) {
        char *rescue = strstr(inside, "<step id=\"rescue\"");
        char *after = strstr(rescue, "<end");

        memmove(rescue, after, strlen(after) + 1);
    }
    begin(inside);
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

static void wait_for(int64_t ms)
{
    WORLD_OK(&w, world_wait(&w, ms));
}

static int64_t n_timers(void)
{
    return world_count(&w, "SELECT count(*) FROM timer");
}

static int64_t n_told(const char *login)
{
    return world_count(
        &w, wf_arena_printf(w.arena,
                            "SELECT count(*) FROM notification n JOIN person p"
                            " ON p.id = n.person WHERE p.login = '%s'",
                            login));
}

/* Hours from the start until the open seat is due. */
static double due_in_hours(void)
{
    return (double)(world_count(&w, "SELECT min(due) FROM seat"
                                    " WHERE state = 'open'")
                    - w.start)
           / HOUR;
}

static void check_hours(double hours)
{
    ck_assert_double_eq_tol(due_in_hours(), hours, 0.01);
}

/* --- Due times */

START_TEST(whoever_is_asked_has_so_long)
{
    with("", "within=\"2wd\"", "within=\"4h\"");

    check_hours(48);
    ck_assert_int_eq(n_timers(), 0); /* nothing happens to who is late */
    wait_for(5 * DAY);
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    check_hours(5 * 24 + 4);
}
END_TEST

START_TEST(the_document_shows_when_it_is_due)
{
    with("", "within=\"2d\"", "");

    ck_assert_int_eq(world_count(&w, "SELECT due FROM document"),
                     world_count(&w, "SELECT due FROM seat"
                                     " WHERE state = 'open'"));
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_int_eq(
        world_count(&w, "SELECT count(*) FROM document WHERE due IS NULL"), 1);
}
END_TEST

START_TEST(in_a_row_the_time_of_each_begins_with_their_turn)
{
    with("order=\"one-by-one\" agree=\"all\"", "", "within=\"1d\"");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    check_hours(24);

    wait_for(12 * HOUR);
    WORLD_OK(&w, world_act(&w, "hr1", "approve", NULL));
    check_hours(36);
}
END_TEST

START_TEST(a_due_time_moves_with_the_field_it_counts_from)
{
    begin("<workflow start=\"draft\">"
          "<step id=\"draft\" by=\"owner\" edit=\"*\" due=\"day - 1d 18:00\""
          " timeout=\"remind\"><action id=\"end\" to=\"done\"/></step>"
          "<end id=\"done\"/></workflow>");
    ck_assert_int_eq(n_timers(), 0);

    WORLD_OK(&w, world_patch(&w, "ann", "{\"day\":\"2026-10-14\"}"));
    check_hours(24 + 9);
    WORLD_OK(&w, world_patch(&w, "ann", "{\"day\":\"2026-10-20\"}"));
    check_hours(7 * 24 + 9);
    ck_assert_int_eq(n_timers(), 1);
    wait_for(6 * DAY);
    ck_assert_int_eq(n_told("ann"), 0);
    wait_for(8 * DAY);
    ck_assert_int_eq(n_told("ann"), 1);
    WORLD_OK(&w, world_patch(&w, "ann", "{\"day\":null}"));
    ck_assert_int_eq(n_timers(), 0);
}
END_TEST

/* --- Reminders */

START_TEST(reminders_come_again_until_it_is_done)
{
    with("", "remind=\"1d\" within=\"5d\"", "");

    wait_for(3 * DAY + HOUR);
    ck_assert_int_eq(n_told("lead"), 3);
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    wait_for(9 * DAY);
    ck_assert_int_eq(n_told("lead"), 3);
    ck_assert_str_eq(world_history(&w), "create submit approve");
}
END_TEST

START_TEST(reminders_that_were_missed_count_as_one)
{
    with("", "remind=\"1h\"", "");

    w.now = w.start + 3 * DAY + HOUR / 2; /* nobody ran for three days */
    wait_for(3 * DAY + HOUR / 2);
    ck_assert_int_eq(n_told("lead"), 1);
    wait_for(3 * DAY + HOUR + 1);
    ck_assert_int_eq(n_told("lead"), 2);
}
END_TEST

/* --- Too late */

START_TEST(remind_tells_them_once)
{
    with("", "within=\"2d\" timeout=\"remind\"", "");
    wait_for(9 * DAY);

    ck_assert_int_eq(n_told("lead"), 1);
    ck_assert_str_eq(world_waiting(&w), "lead");
    ck_assert_str_eq(world_history(&w), "create submit remind:timeout");
}
END_TEST

START_TEST(escalate_gives_it_to_the_manager_whose_time_starts_anew)
{
    with("", "within=\"2wd\" remind=\"1wd\" timeout=\"escalate\"", "");
    wait_for(2 * DAY + HOUR);

    ck_assert_str_eq(world_waiting(&w), "boss");
    check_hours(4 * 24);
    ck_assert(!world_act(&w, "lead", "approve", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    ck_assert_uint_eq(world_inbox(&w, "lead"), 0);
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "ok/two");
    ck_assert_str_eq(world_history(&w),
                     "create submit escalate:timeout approve");
    ck_assert_int_eq(n_timers(), 0);
}
END_TEST

START_TEST(at_the_top_of_the_line_escalation_reminds)
{
    with("", "within=\"1d\" timeout=\"escalate\"", "");
    wait_for(9 * DAY);

    ck_assert_str_eq(world_waiting(&w), "boss");
    ck_assert_str_eq(world_history(&w),
                     "create submit escalate:timeout remind:timeout");
}
END_TEST

START_TEST(who_has_a_seat_there_gets_no_second_one)
{
    with("agree=\"all\"", "", "within=\"1d\" timeout=\"escalate\"");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
    wait_for(DAY + HOUR);

    ck_assert_str_eq(world_waiting(&w), "boss");
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(who_is_awaited_there_is_heard_and_does_not_take_over)
{
    with("agree=\"all\"", "", "within=\"1d\" timeout=\"escalate\"");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    WORLD_OK(&w, world_name(&w, "hr1", "add-approver", "boss", "before"));
    wait_for(DAY + HOUR);

    ck_assert_str_eq(world_waiting(&w), "hr2 boss");
    ck_assert_int_eq(n_told("hr2"), 1);
    WORLD_OK(&w, world_act(&w, "boss", "approve", NULL));
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
}
END_TEST

START_TEST(transfer_gives_it_to_whom_it_names)
{
    with("", "within=\"1d\" timeout=\"transfer:role(hrbp, owner)\"", "");
    wait_for(DAY + HOUR);

    ck_assert_str_eq(world_waiting(&w), "hr1");
    wait_for(2 * DAY + HOUR);
    ck_assert_str_eq(world_waiting(&w), "hr2");
    ck_assert_str_eq(world_history(&w),
                     "create submit transfer:timeout transfer:timeout");
}
END_TEST

START_TEST(approve_is_the_engines_act_not_the_persons)
{
    with("timeout=\"approve\"", "within=\"1d\"", "");
    wait_for(DAY + HOUR);

    ck_assert_str_eq(world_history(&w), "create submit approve:timeout");
    ck_assert_str_eq(world_at(&w), "ok/two");
    ck_assert_str_eq(world_waiting(&w), "hr1 hr2");
    ck_assert(!world_act(&w, "lead", "withdraw", NULL));
}
END_TEST

START_TEST(a_last_level_does_not_approve_itself_unless_it_says_so)
{
    with("timeout=\"approve\" within=\"1d\"", "", "");
    wait_for(9 * DAY);

    ck_assert_str_eq(world_at(&w), "ok/two");
    ck_assert_str_eq(world_history(&w), "create submit approve:timeout"
                                        " remind:timeout remind:timeout");
}
END_TEST

START_TEST(a_last_level_that_says_so_does)
{
    with("within=\"1d\"", "timeout=\"approve\"", "timeout=\"approve\"");
    wait_for(9 * DAY);

    ck_assert_str_eq(world_at(&w), "done");
    ck_assert_int_eq(n_timers(), 0);
}
END_TEST

START_TEST(a_level_is_the_last_if_the_rest_is_skipped)
{
    with("timeout=\"approve\" within=\"1d\"", "", "when=\"n &gt; 5\"");
    wait_for(9 * DAY);

    ck_assert_str_eq(world_at(&w), "ok/one");
    ck_assert_str_eq(world_history(&w), "create submit remind:timeout");
}
END_TEST

START_TEST(reject_leads_where_a_refusal_leads)
{
    with("", "within=\"1d\" timeout=\"reject\"", "");
    wait_for(DAY + HOUR);

    ck_assert_str_eq(world_at(&w), "draft");
    ck_assert_str_eq(world_history(&w), "create submit reject:timeout");
}
END_TEST

START_TEST(a_step_may_be_named)
{
    with("", "within=\"1d\" timeout=\"to:rescue\"", "");
    wait_for(DAY + HOUR);

    ck_assert_str_eq(world_at(&w), "rescue");
    ck_assert_str_eq(world_waiting(&w), "boss");
    ck_assert_int_eq(n_timers(), 0);
}
END_TEST

START_TEST(a_step_has_a_deadline_too)
{
    begin("<workflow start=\"draft\">"
          "<step id=\"draft\" by=\"owner\" within=\"1d\" timeout=\"escalate\">"
          "<action id=\"end\" to=\"done\"/></step>"
          "<end id=\"done\"/></workflow>");
    wait_for(DAY + HOUR);

    ck_assert_str_eq(world_waiting(&w), "lead");
    WORLD_OK(&w, world_act(&w, "lead", "end", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(the_inbox_tells_what_is_due_when)
{
    with("", "within=\"2d\"", "");

    ck_assert_uint_eq(world_inbox_due(&w, "lead", "today"), 0);
    ck_assert_uint_eq(world_inbox_due(&w, "lead", "2026-10-13"), 0);
    ck_assert_uint_eq(world_inbox_due(&w, "lead", "2026-10-14"), 1);
    ck_assert_uint_eq(world_inbox_due(&w, "lead", "overdue"), 0);
    wait_for(3 * DAY);
    ck_assert_uint_eq(world_inbox_due(&w, "lead", "overdue"), 1);
    ck_assert_uint_eq(world_inbox_due(&w, "lead", "today"), 1);
}
END_TEST

/* --- From when on */

static void asking(const char *how)
{
    static const char FORM[] =
        "<workflow start=\"draft\">"
        "<step id=\"draft\" by=\"owner\" edit=\"*\" %s>"
        "<action id=\"end\" to=\"done\"/></step><end id=\"done\"/></workflow>";
    char inside[500];

    snprintf(inside, sizeof inside, FORM, how);
    begin(inside);
}

START_TEST(what_asks_later_waits_for_nobody_until_then)
{
    asking("asks=\"day\"");
    ck_assert_uint_eq(world_inbox(&w, "ann"), 1); /* there is no day yet */
    WORLD_OK(&w, world_patch(&w, "ann", "{\"day\":\"2026-10-14\"}"));

    ck_assert_uint_eq(world_inbox(&w, "ann"), 0);
    ck_assert_str_eq(world_waiting(&w), "ann");
    wait_for(DAY);
    ck_assert_uint_eq(world_inbox(&w, "ann"), 0);
    wait_for(2 * DAY);
    ck_assert_uint_eq(world_inbox(&w, "ann"), 1);
    WORLD_OK(&w, world_patch(&w, "ann", "{\"day\":\"2026-10-20\"}"));
    ck_assert_uint_eq(world_inbox(&w, "ann"), 0);
    ck_assert_int_eq(n_timers(), 1);
}
END_TEST

START_TEST(who_is_not_asked_may_act_all_the_same)
{
    asking("asks=\"never\"");

    ck_assert_uint_eq(world_inbox(&w, "ann"), 0);
    ck_assert_int_eq(n_timers(), 0);
    WORLD_OK(&w, world_patch(&w, "ann", "{\"day\":\"2026-10-14\"}"));
    WORLD_OK(&w, world_act(&w, "ann", "end", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(the_time_allowed_runs_from_when_it_asks)
{
    asking("asks=\"3d\" within=\"2d\" remind=\"1d\"");

    check_hours(5 * 24);
    wait_for(3 * DAY + HOUR);
    ck_assert_int_eq(n_told("ann"), 0);
    wait_for(4 * DAY + HOUR);
    ck_assert_int_eq(n_told("ann"), 1);
}
END_TEST

/* --- Time and what people do */

START_TEST(a_return_takes_the_timers_along)
{
    with("return=\"start\"", "within=\"1d\" remind=\"1h\" timeout=\"reject\"",
         "");
    ck_assert_int_eq(n_timers(), 2);
    WORLD_OK(&w, world_return(&w, "lead", NULL));

    ck_assert_int_eq(n_timers(), 0);
    wait_for(9 * DAY);
    ck_assert_str_eq(world_at(&w), "draft");
}
END_TEST

START_TEST(who_is_asked_again_has_the_whole_time_again)
{
    with("", "within=\"1d\" timeout=\"escalate\"", "within=\"1d\"");
    wait_for(23 * HOUR);
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    WORLD_OK(&w, world_act(&w, "lead", "withdraw", NULL));

    check_hours(47);
    wait_for(25 * HOUR);
    ck_assert_str_eq(world_waiting(&w), "lead");
    wait_for(48 * HOUR);
    ck_assert_str_eq(world_waiting(&w), "boss");
}
END_TEST

TCase *deadline_tests(void)
{
    TCase *tc = tcase_create("flow/deadline");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_test(tc, whoever_is_asked_has_so_long);
    tcase_add_test(tc, the_document_shows_when_it_is_due);
    tcase_add_test(tc, in_a_row_the_time_of_each_begins_with_their_turn);
    tcase_add_test(tc, a_due_time_moves_with_the_field_it_counts_from);
    tcase_add_test(tc, reminders_come_again_until_it_is_done);
    tcase_add_test(tc, reminders_that_were_missed_count_as_one);
    tcase_add_test(tc, remind_tells_them_once);
    tcase_add_test(tc, escalate_gives_it_to_the_manager_whose_time_starts_anew);
    tcase_add_test(tc, at_the_top_of_the_line_escalation_reminds);
    tcase_add_test(tc, who_has_a_seat_there_gets_no_second_one);
    tcase_add_test(tc, who_is_awaited_there_is_heard_and_does_not_take_over);
    tcase_add_test(tc, transfer_gives_it_to_whom_it_names);
    tcase_add_test(tc, approve_is_the_engines_act_not_the_persons);
    tcase_add_test(tc, a_last_level_does_not_approve_itself_unless_it_says_so);
    tcase_add_test(tc, a_last_level_that_says_so_does);
    tcase_add_test(tc, a_level_is_the_last_if_the_rest_is_skipped);
    tcase_add_test(tc, reject_leads_where_a_refusal_leads);
    tcase_add_test(tc, a_step_may_be_named);
    tcase_add_test(tc, a_step_has_a_deadline_too);
    tcase_add_test(tc, the_inbox_tells_what_is_due_when);
    tcase_add_test(tc, what_asks_later_waits_for_nobody_until_then);
    tcase_add_test(tc, who_is_not_asked_may_act_all_the_same);
    tcase_add_test(tc, the_time_allowed_runs_from_when_it_asks);
    tcase_add_test(tc, a_return_takes_the_timers_along);
    tcase_add_test(tc, who_is_asked_again_has_the_whole_time_again);
    return tc;
}
