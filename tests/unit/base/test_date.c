/* unit/base/test_date.c - days, weeks, times and their texts.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/date.h"

static int32_t day_of(int year, int month, int day)
{
    struct wf_date date = { year, month, day };

    return wf_day_of(date);
}

START_TEST(days_are_counted_from_1970)
{
    ck_assert_int_eq(day_of(1970, 1, 1), 0);
    ck_assert_int_eq(day_of(1969, 12, 31), -1);
    ck_assert_int_eq(day_of(2000, 3, 1), 11017);
    ck_assert_int_eq(day_of(2026, 10, 12), 20738);
    ck_assert_int_eq(day_of(1, 1, 1), -719162);
    ck_assert_int_eq(day_of(9999, 12, 31), 2932896);
}
END_TEST

START_TEST(each_day_of_ten_thousand_years_is_the_next_of_the_one_before)
{
    struct wf_date last = wf_date_of(day_of(1, 1, 1) - 1);

    for (int32_t day = day_of(1, 1, 1); day <= day_of(9999, 12, 31); day++) {
        struct wf_date date = wf_date_of(day);
        bool same_month = date.month == last.month;

        if (wf_day_of(date) != day
            || (same_month ? date.day != last.day + 1 : date.day != 1))
            ck_abort_msg("day %d", day);
        last = date;
    }
}
END_TEST

START_TEST(weekdays_begin_on_monday)
{
    ck_assert_int_eq(wf_weekday(day_of(1970, 1, 1)), 3);
    ck_assert_int_eq(wf_weekday(day_of(2026, 10, 12)), 0);
    ck_assert_int_eq(wf_weekday(day_of(1969, 12, 28)), 6);
    ck_assert_int_eq(wf_weekday(day_of(1, 1, 1)), 0);
}
END_TEST

START_TEST(iso_weeks_at_the_ends_of_years)
{
    static const struct {
        int year;
        int month;
        int day;
        int week_year;
        int week;
    } rows[] = {
        { 2026, 12, 31, 2026, 53 }, { 2027, 1, 3, 2026, 53 },
        { 2027, 1, 4, 2027, 1 },    { 2024, 12, 30, 2025, 1 },
        { 2021, 1, 1, 2020, 53 },   { 2023, 1, 1, 2022, 52 },
        { 2008, 12, 29, 2009, 1 },  { 2010, 1, 3, 2009, 53 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int32_t day = day_of(rows[i].year, rows[i].month, rows[i].day);

        ck_assert_int_eq(wf_iso_week_year(day), rows[i].week_year);
        ck_assert_int_eq(wf_iso_week(day), rows[i].week);
    }
}
END_TEST

START_TEST(dates_are_read_as_they_are_written)
{
    char text[WF_DATE_TEXT];
    int32_t day = 7;

    ck_assert(wf_date_parse(wf_str_of("2024-02-29"), &day));
    wf_date_write(day, text);
    ck_assert_str_eq(text, "2024-02-29");
    ck_assert(wf_date_parse(wf_str_of("0001-01-01"), &day));
    wf_date_write(day, text);
    ck_assert_str_eq(text, "0001-01-01");
}
END_TEST

START_TEST(what_is_no_day_is_refused)
{
    static const char *const bad[] = {
        "",           "2023-02-29",  "2026-13-01", "2026-00-10", "2026-04-31",
        "2026-1-1",   "0000-01-01",  "2026-10-1x", "20261012",   "2026/10/12",
        " 026-10-12", "2026-10-123", "2026-10-00", "+026-10-12", "１026-01-01",
    };
    int32_t day = 7;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!wf_date_parse(wf_str_of(bad[i]), &day), "%s", bad[i]);
    ck_assert_int_eq(day, 7);
}
END_TEST

static const char *rewritten(const char *time)
{
    static char text[WF_TIME_TEXT];
    int64_t ms;

    if (!wf_time_parse(wf_str_of(time), &ms))
        return "refused";
    wf_time_write(ms, text);
    return text;
}

START_TEST(times_are_brought_to_utc)
{
    ck_assert_str_eq(rewritten("2026-10-12T09:00:00Z"),
                     "2026-10-12T09:00:00.000Z");
    ck_assert_str_eq(rewritten("2026-10-12t17:00:00.1239+08:00"),
                     "2026-10-12T09:00:00.123Z");
    ck_assert_str_eq(rewritten("2026-01-01 00:00:00.5-23:59"),
                     "2026-01-01T23:59:00.500Z");
    ck_assert_str_eq(rewritten("1969-12-31T23:59:59.999z"),
                     "1969-12-31T23:59:59.999Z");
    ck_assert_str_eq(rewritten("2016-12-31T23:59:60Z"),
                     "2016-12-31T23:59:59.000Z");
}
END_TEST

START_TEST(what_is_no_time_is_refused)
{
    static const char *const bad[] = {
        "2026-10-12",
        "2026-10-12T09:00Z",
        "2026-10-12T09:00:00",
        "2026-10-12T24:00:00Z",
        "2026-10-12T09:60:00Z",
        "2026-10-12T09:00:61Z",
        "2026-10-12T09:00:00.Z",
        "2026-10-12T09:00:00+0800",
        "2026-10-12T09:00:00+24:00",
        "2026-10-12T09:00:00ZZ",
        "2026-02-30T09:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!strcmp(rewritten(bad[i]), "refused"), "%s", bad[i]);
}
END_TEST

TCase *date_tests(void)
{
    TCase *tc = tcase_create("base/date");

    tcase_add_test(tc, days_are_counted_from_1970);
    tcase_add_test(
        tc, each_day_of_ten_thousand_years_is_the_next_of_the_one_before);
    tcase_add_test(tc, weekdays_begin_on_monday);
    tcase_add_test(tc, iso_weeks_at_the_ends_of_years);
    tcase_add_test(tc, dates_are_read_as_they_are_written);
    tcase_add_test(tc, what_is_no_day_is_refused);
    tcase_add_test(tc, times_are_brought_to_utc);
    tcase_add_test(tc, what_is_no_time_is_refused);
    return tc;
}
