/* unit/base/test_period.c - periods and durations.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/date.h"

static struct wf_period period(const char *text)
{
    struct wf_period out = { WF_PERIOD_NONE, 0, 0 };

    ck_assert_msg(wf_period_parse(wf_str_of(text), &out), "%s", text);
    return out;
}

static const char *text_of(struct wf_period which)
{
    static char text[WF_PERIOD_TEXT];

    wf_period_write(which, text);
    return text;
}

static const char *date_text(int32_t day)
{
    static char text[WF_DATE_TEXT];

    wf_date_write(day, text);
    return text;
}

/* clang-format off */
static const struct {
    const char *period;
    const char *start;
    const char *end;
    const char *next;
} rows[] = {
    { "2026",     "2026-01-01", "2026-12-31", "2027"     },
    { "2026-H1",  "2026-01-01", "2026-06-30", "2026-H2"  },
    { "2026-H2",  "2026-07-01", "2026-12-31", "2027-H1"  },
    { "2026-Q4",  "2026-10-01", "2026-12-31", "2027-Q1"  },
    { "2024-02",  "2024-02-01", "2024-02-29", "2024-03"  },
    { "2026-12",  "2026-12-01", "2026-12-31", "2027-01"  },
    { "2026-W01", "2025-12-29", "2026-01-04", "2026-W02" },
    { "2026-W53", "2026-12-28", "2027-01-03", "2027-W01" },
    { "2025-W52", "2025-12-22", "2025-12-28", "2026-W01" },
};
/* clang-format on */

START_TEST(a_period_has_its_days_and_its_neighbours)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct wf_period p = period(rows[i].period);
        struct wf_period next = wf_period_step(p, 1);

        ck_assert_str_eq(text_of(p), rows[i].period);
        ck_assert_str_eq(date_text(wf_period_start(p)), rows[i].start);
        ck_assert_str_eq(date_text(wf_period_end(p)), rows[i].end);
        ck_assert_str_eq(text_of(next), rows[i].next);
        ck_assert_str_eq(text_of(wf_period_step(next, -1)), rows[i].period);
        ck_assert_int_eq(wf_period_end(p) + 1, wf_period_start(next));
    }
}
END_TEST

START_TEST(each_day_lies_in_its_period)
{
    for (int32_t day = 20000; day < 21500; day++)
        for (int unit = WF_PERIOD_WEEK; unit <= WF_PERIOD_YEAR; unit++) {
            struct wf_period p = wf_period_at((enum wf_period_unit)unit, day);

            ck_assert_int_le(wf_period_start(p), day);
            ck_assert_int_ge(wf_period_end(p), day);
            ck_assert_str_eq(text_of(period(text_of(p))), text_of(p));
        }
}
END_TEST

START_TEST(what_is_no_period_is_refused)
{
    static const char *const bad[] = {
        "",         "0000",     "26",      "2026-",   "2026-Q0", "2026-Q5",
        "2026-H3",  "2026-13",  "2026-00", "2026-1",  "2026-W0", "2026-W00",
        "2025-W53", "2026-W54", "2026-W1", "2026-q1", "2026Q1",  "2026-Q1 ",
        "2026-Q01", "20261",    "2026-X1", "-026",    "2026-W",  "2026-H",
    };
    struct wf_period out = { WF_PERIOD_NONE, 0, 0 };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!wf_period_parse(wf_str_of(bad[i]), &out), "%s", bad[i]);
    ck_assert_int_eq(out.unit, WF_PERIOD_NONE);
}
END_TEST

START_TEST(steps_stay_within_the_years_that_are)
{
    ck_assert_str_eq(text_of(wf_period_step(period("2026"), INT32_MAX)),
                     "9999");
    ck_assert_str_eq(text_of(wf_period_step(period("2026-Q2"), INT32_MIN)),
                     "0001-Q1");
    ck_assert_str_eq(text_of(wf_period_step(period("2026-W10"), INT32_MAX)),
                     "9999-W52");
    ck_assert_str_eq(text_of(wf_period_step(period("2026-W10"), INT32_MIN)),
                     "0001-W01");
}
END_TEST

START_TEST(units_have_their_words)
{
    for (int unit = WF_PERIOD_WEEK; unit <= WF_PERIOD_YEAR; unit++)
        ck_assert_int_eq(
            wf_period_unit_of(wf_period_unit_name((enum wf_period_unit)unit)),
            unit);
    ck_assert_int_eq(wf_period_unit_of("decade"), WF_PERIOD_NONE);
    ck_assert_int_eq(wf_period_unit_of(""), WF_PERIOD_NONE);
    ck_assert_int_eq(wf_period_unit_of(NULL), WF_PERIOD_NONE);
}
END_TEST

START_TEST(durations_are_whole_and_positive)
{
    static const char *const bad[] = { "",
                                       "0d",
                                       "4",
                                       "d",
                                       "-1d",
                                       "4H",
                                       "1.5d",
                                       "4 d",
                                       "10000d",
                                       "007d",
                                       "4m",
                                       "4dd",
                                       "99999999999999999999d" };
    struct wf_duration out = { 0, WF_DURATION_MINUTES };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!wf_duration_parse(wf_str_of(bad[i]), &out), "%s",
                      bad[i]);
    ck_assert_int_eq(out.n, 0);
    ck_assert(wf_duration_parse(wf_str_of("30min"), &out));
    ck_assert_int_eq(out.unit, WF_DURATION_MINUTES);
    ck_assert(wf_duration_parse(wf_str_of("4h"), &out));
    ck_assert_int_eq(out.unit, WF_DURATION_HOURS);
    ck_assert(wf_duration_parse(wf_str_of("2d"), &out));
    ck_assert_int_eq(out.unit, WF_DURATION_DAYS);
    ck_assert(wf_duration_parse(wf_str_of("3wd"), &out));
    ck_assert_int_eq(out.unit, WF_DURATION_WORKING_DAYS);
    ck_assert(wf_duration_parse(wf_str_of("9999w"), &out));
    ck_assert_int_eq(out.unit, WF_DURATION_WEEKS);
    ck_assert_int_eq(out.n, 9999);
}
END_TEST

TCase *period_tests(void)
{
    TCase *tc = tcase_create("base/period");

    tcase_add_test(tc, a_period_has_its_days_and_its_neighbours);
    tcase_add_test(tc, each_day_lies_in_its_period);
    tcase_add_test(tc, what_is_no_period_is_refused);
    tcase_add_test(tc, steps_stay_within_the_years_that_are);
    tcase_add_test(tc, units_have_their_words);
    tcase_add_test(tc, durations_are_whole_and_positive);
    return tc;
}
