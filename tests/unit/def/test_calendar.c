/* unit/def/test_calendar.c - working days: counted, added, and where a night
 * has an hour too few or too many; and what is no calendar.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "def/compile.h"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

/* A calendar file beside the package p, and what is found. */
static const struct wf_calendar *compile(const char *xml,
                                         struct wf_diags *diags)
{
    static const char package[] =
        "<package xmlns='urn:weft:1' id='p' lang='en'/>";
    struct wf_text_file files[] = {
        { "package.xml", package, strlen(package) },
        { "c.calendar.xml", xml, strlen(xml) },
    };
    struct wf_compile_options options = { 0 };
    struct wf_bundle bundle;

    *diags = (struct wf_diags)WF_DIAGS_INIT(arena, "en");
    wf_compile(arena, files, 2, &options, diags, &bundle);
    return bundle.calendar;
}

#define CALENDAR(attrs, days)                                                  \
    "<calendar xmlns='urn:weft:1' id='c' default='true' " attrs ">" days       \
    "</calendar>"

/* China in October 2026: a week off, and Saturday the 10th made up for. */
#define OCTOBER                                                                \
    "<off from='2026-10-01' to='2026-10-07'/><on date='2026-10-10'/>"

static const struct wf_calendar *calendar(const char *xml)
{
    struct wf_diags diags;
    const struct wf_calendar *made = compile(xml, &diags);

    ck_assert_msg(diags.n == 0, "%s", diags.n ? diags.at[0].message : "");
    ck_assert_ptr_nonnull(made);
    return made;
}

static int32_t day(const char *text)
{
    int32_t out = 0;

    ck_assert(wf_date_parse(wf_str_of(text), &out));
    return out;
}

static const char *added(const struct wf_calendar *c, const char *from, int n)
{
    char *text = wf_arena_alloc(arena, WF_DATE_TEXT);

    wf_date_write(wf_calendar_add(c, day(from), n), text);
    return text;
}

START_TEST(a_package_without_one_works_from_monday_to_friday)
{
    struct wf_calendar plain = wf_calendar_plain("Asia/Shanghai");

    ck_assert(wf_calendar_works(&plain, day("2026-10-01")));
    ck_assert(!wf_calendar_works(&plain, day("2026-10-10")));
    ck_assert_str_eq(added(&plain, "2026-10-09", 1), "2026-10-12");
    ck_assert_int_eq(
        wf_calendar_count(&plain, day("2026-10-09"), day("2026-10-12")), 1);
}
END_TEST

START_TEST(holidays_are_off_and_make_up_days_on)
{
    const struct wf_calendar *c = calendar(CALENDAR("", OCTOBER));

    ck_assert(!wf_calendar_works(c, day("2026-10-01")));
    ck_assert(wf_calendar_works(c, day("2026-10-10")));
    ck_assert_str_eq(added(c, "2026-09-30", 1), "2026-10-08");
    ck_assert_str_eq(added(c, "2026-10-09", 1), "2026-10-10");
    ck_assert_str_eq(added(c, "2026-10-09", 2), "2026-10-12");
    ck_assert_str_eq(added(c, "2026-10-12", -1), "2026-10-10");
    ck_assert_str_eq(added(c, "2026-10-08", -1), "2026-09-30");
    ck_assert_int_eq(wf_calendar_count(c, day("2026-09-30"), day("2026-10-12")),
                     4);
    ck_assert_int_eq(wf_calendar_count(c, day("2026-10-12"), day("2026-09-30")),
                     -4);
}
END_TEST

START_TEST(a_make_up_day_within_a_holiday_works)
{
    const struct wf_calendar *c = calendar(CALENDAR(
        "", "<off from='2026-10-01' to='2026-10-07'/><on date='2026-10-05'/>"
            "<off from='2026-10-05'/>"));

    ck_assert(wf_calendar_works(c, day("2026-10-05")));
    ck_assert_str_eq(added(c, "2026-09-30", 1), "2026-10-05");
}
END_TEST

START_TEST(a_week_may_be_any)
{
    const struct wf_calendar *c = calendar(CALENDAR("week='sun  mon'", ""));

    ck_assert_str_eq(added(c, "2026-10-12", 1), "2026-10-18");
    ck_assert_str_eq(added(c, "2026-10-12", 2), "2026-10-19");
    ck_assert_str_eq(added(c, "2026-10-12", -1), "2026-10-11");
}
END_TEST

/* One day after the other, as slowly as it is surely right. */
static int32_t walked(const struct wf_calendar *c, int32_t from, int n)
{
    int step = n < 0 ? -1 : 1;

    while (n)
        if (wf_calendar_works(c, from += step))
            n -= step;
    return from;
}

START_TEST(adding_and_counting_agree_with_walking_through_the_days)
{
    struct wf_buf days = WF_BUF_INIT(arena);
    const struct wf_calendar *c;

    srand(7);
    for (int i = 0; i < 60; i++) {
        char from[WF_DATE_TEXT];

        wf_date_write(20700 + rand() % 400, from);
        wf_buf_printf(
            &days, rand() % 2 ? "<off from='%s'/>" : "<on date='%s'/>", from);
    }
    c = calendar(wf_arena_printf(arena, CALENDAR("week='mon wed thu'", "%s"),
                                 wf_buf_text(&days)));
    for (int i = 0; i < 2000; i++) {
        int32_t from = 20650 + rand() % 500;
        int n = rand() % 120 + 1;
        int32_t there = wf_calendar_add(c, from, n);

        ck_assert_int_eq(there, walked(c, from, n));
        ck_assert_int_eq(wf_calendar_count(c, from, there), n);
        ck_assert_int_eq(wf_calendar_add(c, from, -n), walked(c, from, -n));
    }
}
END_TEST

/* --- Moments: the wall clock there, before and after. */

/* clang-format off */
static const struct shifted {
    const char *zone, *from, *by;
    bool back;
    const char *to;
} shifts[] = {
    /* plain */
    { "Asia/Shanghai", "2026-10-12T01:00:00Z", "30min", false, "2026-10-12T01:30:00.000Z" },
    { "Asia/Shanghai", "2026-10-12T01:00:00Z", "1d",    false, "2026-10-13T01:00:00.000Z" },
    { "Asia/Shanghai", "2026-10-12T01:00:00Z", "2w",    false, "2026-10-26T01:00:00.000Z" },
    { "Asia/Shanghai", "2026-10-12T01:00:00Z", "1wd",   true,  "2026-10-10T01:00:00.000Z" },
    { "Asia/Shanghai", "2026-10-09T01:00:00Z", "2wd",   false, "2026-10-12T01:00:00.000Z" },
    { "Asia/Shanghai", "2026-12-31T15:59:00Z", "1d",    false, "2027-01-01T15:59:00.000Z" },
    /* a day there that is not the day in UTC: Friday evening, already Saturday */
    { "Asia/Shanghai", "2026-10-16T17:00:00Z", "1wd",   false, "2026-10-18T17:00:00.000Z" },
    { "Asia/Shanghai", "2026-10-16T15:00:00Z", "1wd",   false, "2026-10-19T15:00:00.000Z" },
    /* ends of months, and a leap day */
    { "Europe/Berlin", "2028-02-28T11:00:00Z", "1d",    false, "2028-02-29T11:00:00.000Z" },
    { "Europe/Berlin", "2027-02-28T11:00:00Z", "1d",    false, "2027-03-01T11:00:00.000Z" },
    { "Europe/Berlin", "2028-03-01T11:00:00Z", "1d",    true,  "2028-02-29T11:00:00.000Z" },
    { "Europe/Berlin", "2026-11-30T11:00:00Z", "1w",    false, "2026-12-07T11:00:00.000Z" },
    /* spring: 2026-03-29 02:00 becomes 03:00. A day keeps the hour of the wall,
     * 24 hours do not */
    { "Europe/Berlin", "2026-03-28T11:00:00Z", "1d",    false, "2026-03-29T10:00:00.000Z" },
    { "Europe/Berlin", "2026-03-28T11:00:00Z", "24h",   false, "2026-03-29T11:00:00.000Z" },
    { "Europe/Berlin", "2026-03-27T11:00:00Z", "1wd",   false, "2026-03-30T10:00:00.000Z" },
    /* 02:30 is not there that night: moved on by the gap */
    { "Europe/Berlin", "2026-03-28T01:30:00Z", "1d",    false, "2026-03-29T01:30:00.000Z" },
    /* autumn: 2026-10-25 03:00 becomes 02:00. 02:30 is there twice: the first */
    { "Europe/Berlin", "2026-10-24T00:30:00Z", "1d",    false, "2026-10-25T00:30:00.000Z" },
    { "Europe/Berlin", "2026-10-24T10:00:00Z", "1d",    false, "2026-10-25T11:00:00.000Z" },
    { "Europe/Berlin", "2026-10-24T10:00:00Z", "24h",   false, "2026-10-25T10:00:00.000Z" },
    { "Europe/Berlin", "2026-10-26T11:00:00Z", "1d",    true,  "2026-10-25T11:00:00.000Z" },
    { "Europe/Berlin", "2026-10-26T11:00:00Z", "2d",    true,  "2026-10-24T10:00:00.000Z" },
    /* where it goes the other way round, and by half an hour */
    { "America/New_York",    "2026-03-07T17:00:00Z", "1d", false, "2026-03-08T16:00:00.000Z" },
    { "America/New_York",    "2026-10-31T16:00:00Z", "1d", false, "2026-11-01T17:00:00.000Z" },
    { "Australia/Lord_Howe", "2026-10-03T01:00:00Z", "1d", false, "2026-10-04T00:30:00.000Z" },
    /* midnight is not there: clocks go from 00:00 to 01:00 */
    { "America/Santiago",    "2026-09-05T04:00:00Z", "1d", false, "2026-09-06T04:00:00.000Z" },
    /* a whole day was left out: Samoa, Friday 2011-12-30 */
    { "Pacific/Apia",        "2011-12-29T22:00:00Z", "1d", false, "2011-12-30T22:00:00.000Z" },
};
/* clang-format on */

START_TEST(days_keep_the_hour_on_the_wall_and_hours_pass)
{
    const struct shifted *row = &shifts[_i];
    const struct wf_calendar *c = calendar(
        wf_arena_printf(arena, CALENDAR("timezone='%s'", OCTOBER), row->zone));
    char text[WF_TIME_TEXT];
    struct wf_duration by;
    int64_t ms;

    ck_assert(wf_time_parse(wf_str_of(row->from), &ms));
    ck_assert(wf_duration_parse(wf_str_of(row->by), &by));

    wf_time_write(wf_calendar_shift(c, ms, by, row->back), text);
    ck_assert_msg(!strcmp(text, row->to), "%s %s %s%s: %s, not %s", row->zone,
                  row->from, row->back ? "- " : "+ ", row->by, text, row->to);
}
END_TEST

/* --- What is none */

/* clang-format off */
static const struct {
    const char *xml, *code, *says;
} wrongs[] = {
    { CALENDAR("week=''", ""), "required", "without working days" },
    { CALENDAR("week='mon tuesday'", ""), "unknown", "\"tuesday\" is no day of the week" },
    { CALENDAR("hours='9-18'", ""), "type", "09:00-18:00" },
    { CALENDAR("hours='18:00-09:00'", ""), "type", "09:00-18:00" },
    { CALENDAR("timezone='Mars/Olympus'", ""), "unknown", "no time zone" },
    { CALENDAR("", "<off from='2026-10-40'/>"), "type", "is not a day" },
    { CALENDAR("", "<off from='2026-10-07' to='2026-10-01'/>"), "bounds", "ends on the day it begins or later" },
    { CALENDAR("", "<off from='2020-01-01' to='2030-12-31'/>"), "bounds", "at most 366 days" },
    { CALENDAR("", "<off to='2030-12-31'/>"), "required", "from" },
    { CALENDAR("", "<on/>"), "required", "date" },
    { CALENDAR("", "<day/>"), "unknown", "not known" },
    { "<calendar xmlns='urn:weft:1' default='true'/>", "required", "id" },
};
/* clang-format on */

START_TEST(what_is_no_calendar_is_told_in_plain_words)
{
    struct wf_diags diags;

    compile(wrongs[_i].xml, &diags);

    ck_assert_msg(diags.n == 1, "%s: %zu findings", wrongs[_i].xml, diags.n);
    ck_assert_str_eq(diags.at[0].code, wrongs[_i].code);
    ck_assert_msg(strstr(diags.at[0].message, wrongs[_i].says), "%s",
                  diags.at[0].message);
}
END_TEST

START_TEST(a_package_has_one_default_calendar)
{
    static const char one[] = CALENDAR("", "");
    static const char two[] =
        "<calendar xmlns='urn:weft:1' id='d' default='true'/>";
    struct wf_text_file files[] = {
        { "c.calendar.xml", one, strlen(one) },
        { "d.calendar.xml", two, strlen(two) },
        { "e.calendar.xml", one, strlen(one) },
    };
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_compile_options options = { 0 };
    struct wf_bundle bundle;

    wf_compile(arena, files, 3, &options, &diags, &bundle);

    ck_assert_uint_eq(diags.n, 3);
    ck_assert(strstr(diags.at[0].message, "\"c\" is the default one already"));
    ck_assert(strstr(diags.at[1].message, "there is a calendar \"c\" already"));
}
END_TEST

TCase *calendar_tests(void)
{
    TCase *tc = tcase_create("def/calendar");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_package_without_one_works_from_monday_to_friday);
    tcase_add_test(tc, holidays_are_off_and_make_up_days_on);
    tcase_add_test(tc, a_make_up_day_within_a_holiday_works);
    tcase_add_test(tc, a_week_may_be_any);
    tcase_add_test(tc, adding_and_counting_agree_with_walking_through_the_days);
    tcase_add_loop_test(tc, days_keep_the_hour_on_the_wall_and_hours_pass, 0,
                        (int)WF_COUNT(shifts));
    tcase_add_loop_test(tc, what_is_no_calendar_is_told_in_plain_words, 0,
                        (int)WF_COUNT(wrongs));
    tcase_add_test(tc, a_package_has_one_default_calendar);
    return tc;
}
