/* unit/flow/test_wait.c - waiting for a time, for a signal, for whichever comes
 * first.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "world.h"

enum {
    HOUR = 3600000,
    DAY = 24 * HOUR
};

static struct world w;

/* Draft, then a <wait> with these attributes, then done. */
static void with(const char *attributes)
{
    char inside[1000];

    snprintf(inside, sizeof inside,
             "<workflow start=\"draft\">"
             "<step id=\"draft\" by=\"owner\" edit=\"*\">"
             "<action id=\"submit\" to=\"pause\"/>"
             "<action id=\"drop\" to=\"void\"/></step>"
             "<wait id=\"pause\" %s next=\"done\"/>"
             "<end id=\"done\"/><end id=\"void\" state=\"void\"/></workflow>",
             attributes);
    world_begin(&w, inside, NULL);
    WORLD_OK(&w, world_create(&w, "ann", NULL));
}

static void submit(void)
{
    WORLD_OK(&w, world_act(&w, "ann", "submit", NULL));
}

static int64_t n_timers(void)
{
    return world_count(&w, "SELECT count(*) FROM timer");
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

START_TEST(it_goes_on_when_its_time_has_come)
{
    with("until=\"2d\"");
    submit();

    ck_assert_str_eq(world_at(&w), "pause");
    ck_assert_int_eq(n_timers(), 1);
    WORLD_OK(&w, world_wait(&w, 2 * DAY - HOUR));
    ck_assert_str_eq(world_at(&w), "pause");
    ck_assert_uint_eq(world_verify(&w), 0);
    WORLD_OK(&w, world_wait(&w, 2 * DAY + HOUR));
    ck_assert_str_eq(world_at(&w), "done");
    ck_assert_str_eq(world_history(&w), "create submit wait:time");
    ck_assert_int_eq(n_timers(), 0);
}
END_TEST

START_TEST(a_time_that_is_over_is_not_waited_for)
{
    with("until=\"2026-10-01\"");
    submit();

    ck_assert_str_eq(world_at(&w), "done");
    ck_assert_int_eq(n_timers(), 0);
}
END_TEST

START_TEST(a_signal_goes_on_and_takes_the_timer_along)
{
    with("until=\"2d\" signal=\"paid\"");
    submit();

    WORLD_OK(&w, world_act(&w, NULL, "paid", NULL));
    ck_assert_str_eq(world_at(&w), "done");
    ck_assert_str_eq(world_history(&w), "create submit paid");
    ck_assert_int_eq(n_timers(), 0);
}
END_TEST

START_TEST(only_who_may_act_gives_the_signal)
{
    with("signal=\"paid\"");
    submit();

    ck_assert(!world_act(&w, "ben", "paid", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    ck_assert_str_eq(world_can(&w, "ben"), "");
    WORLD_OK(&w, world_act(&w, NULL, "paid", NULL));
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(a_signal_too_early_or_too_late_is_a_conflict)
{
    with("signal=\"paid\"");

    ck_assert(!world_act(&w, NULL, "paid", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    submit();
    WORLD_OK(&w, world_act(&w, NULL, "paid", NULL));
    ck_assert(!world_act(&w, NULL, "paid", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
}
END_TEST

START_TEST(a_time_that_nobody_knows_is_refused_not_waited_for)
{
    with("until=\"day - 1d\"");

    ck_assert(!world_act(&w, "ann", "submit", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(world_at(&w), "draft");
    WORLD_OK(&w, world_patch(&w, "ann", "{\"day\":\"2026-12-24\"}"));
    submit();
    ck_assert_str_eq(world_at(&w), "pause");
}
END_TEST

TCase *wait_tests(void)
{
    TCase *tc = tcase_create("flow/wait");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_test(tc, it_goes_on_when_its_time_has_come);
    tcase_add_test(tc, a_time_that_is_over_is_not_waited_for);
    tcase_add_test(tc, a_signal_goes_on_and_takes_the_timer_along);
    tcase_add_test(tc, only_who_may_act_gives_the_signal);
    tcase_add_test(tc, a_signal_too_early_or_too_late_is_a_conflict);
    tcase_add_test(tc, a_time_that_nobody_knows_is_refused_not_waited_for);
    return tc;
}
