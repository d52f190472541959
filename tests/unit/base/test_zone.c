/* unit/base/test_zone.c - local times, and the two nights a year that have an
 * hour too few or too many.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/date.h"

static const char *utc_of(const char *zone, const char *date, int hour,
                          int minute)
{
    static char text[WF_TIME_TEXT];
    int32_t day;
    int64_t ms;

    ck_assert(wf_date_parse(wf_str_of(date), &day));
    ck_assert(wf_zone_from_local(zone, day, (hour * 60 + minute) * 60000, &ms));
    wf_time_write(ms, text);
    return text;
}

START_TEST(zones_are_known_by_their_iana_names_only)
{
    ck_assert(wf_zone_known("Asia/Shanghai"));
    ck_assert(wf_zone_known("Europe/Berlin"));
    ck_assert(wf_zone_known("UTC"));
    ck_assert(!wf_zone_known("Mars/Olympus"));
    ck_assert(!wf_zone_known("Etc/Unknown"));
    ck_assert(!wf_zone_known("GMT+8"));
    ck_assert(!wf_zone_known(""));
    ck_assert(!wf_zone_known(NULL));
    ck_assert(!wf_zone_known("Asia/上海"));
    ck_assert(!wf_zone_known("Asia/ShanghaiAsia/ShanghaiAsia/ShanghaiAsia/"
                             "ShanghaiAsia/Shanghai"));
}
END_TEST

START_TEST(an_unknown_zone_changes_nothing)
{
    int64_t ms = 7;
    int32_t day = 7;
    int32_t ms_of_day = 7;

    ck_assert(!wf_zone_to_local("Mars/X", 0, &day, &ms_of_day));
    ck_assert(!wf_zone_from_local("Mars/X", 0, 0, &ms));
    ck_assert_int_eq(ms + day + ms_of_day, 21);
}
END_TEST

START_TEST(a_day_there_is_not_the_day_here)
{
    int32_t day;
    int32_t ms_of_day;

    ck_assert(wf_zone_to_local("Asia/Shanghai", 57600000, &day, &ms_of_day));
    ck_assert_int_eq(day, 1);
    ck_assert_int_eq(ms_of_day, 0);
    ck_assert(wf_zone_to_local("America/New_York", 0, &day, &ms_of_day));
    ck_assert_int_eq(day, -1);
    ck_assert_int_eq(ms_of_day, 19 * 3600000);
}
END_TEST

START_TEST(a_time_in_the_gap_is_moved_on_by_the_gap)
{
    ck_assert_str_eq(utc_of("Europe/Berlin", "2026-03-29", 2, 30),
                     "2026-03-29T01:30:00.000Z"); /* 03:30 there */
    ck_assert_str_eq(utc_of("America/New_York", "2026-03-08", 2, 0),
                     "2026-03-08T07:00:00.000Z");
    ck_assert_str_eq(utc_of("Europe/Berlin", "2026-03-29", 3, 0),
                     "2026-03-29T01:00:00.000Z");
    /* A whole day that Samoa left out. */
    ck_assert_str_eq(utc_of("Pacific/Apia", "2011-12-30", 12, 0),
                     "2011-12-30T22:00:00.000Z");
}
END_TEST

START_TEST(of_two_times_the_first_is_taken)
{
    ck_assert_str_eq(utc_of("Europe/Berlin", "2026-10-25", 2, 30),
                     "2026-10-25T00:30:00.000Z");
    ck_assert_str_eq(utc_of("America/New_York", "2026-11-01", 1, 0),
                     "2026-11-01T05:00:00.000Z");
    ck_assert_str_eq(utc_of("America/New_York", "2026-11-01", 2, 0),
                     "2026-11-01T07:00:00.000Z");
}
END_TEST

START_TEST(there_and_back_is_the_same_time)
{
    static const char *const zones[] = { "Asia/Shanghai", "Europe/Berlin",
                                         "Asia/Kathmandu", "America/St_Johns" };

    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        for (int64_t ms = 1767225600000; ms < 1798761600000;
             ms += INT64_C(86400000) / 3 * 7) {
            int32_t day;
            int32_t ms_of_day;
            int64_t back;

            ck_assert(wf_zone_to_local(zones[i], ms, &day, &ms_of_day));
            ck_assert(wf_zone_from_local(zones[i], day, ms_of_day, &back));
            ck_assert_int_eq(back, ms);
        }
}
END_TEST

TCase *zone_tests(void)
{
    TCase *tc = tcase_create("base/zone");

    tcase_add_test(tc, zones_are_known_by_their_iana_names_only);
    tcase_add_test(tc, an_unknown_zone_changes_nothing);
    tcase_add_test(tc, a_day_there_is_not_the_day_here);
    tcase_add_test(tc, a_time_in_the_gap_is_moved_on_by_the_gap);
    tcase_add_test(tc, of_two_times_the_first_is_taken);
    tcase_add_test(tc, there_and_back_is_the_same_time);
    return tc;
}
