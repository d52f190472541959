/* unit/doc/test_when.c - what a TIME is for a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "doc/when.h"
#include "world.h"

static struct world w;
static struct wf_doc *doc;

static const char FORM[] =
    "<form xmlns='urn:weft:1' id='trip' label='Trip' subject='owner'><fields>"
    "<field id='owner' type='person' default='me'/>"
    "<field id='leaves' type='date'/><field id='back' type='datetime'/>"
    "<field id='period' type='period' unit='quarter'/></fields>"
    "<workflow start='draft'><step id='draft' by='owner' edit='*'>"
    "<action id='go' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='everyone'/></access></form>";
static const char CALENDAR[] =
    "<calendar xmlns='urn:weft:1' id='work' default='true'"
    " hours='09:00-18:00' timezone='Europe/Berlin'>"
    "<off from='2026-10-01' to='2026-10-02'/></calendar>";

static void setup(void)
{
    world_open(&w);
    world_as(&w, "ann");
}

static void make(void)
{
    world_deploy(&w, "trip.form.xml", FORM);
    doc = world_make(&w, "trip",
                     "{'leaves':'2026-11-02','period':'2026-Q4',"
                     "'back':'2026-11-04T16:30:00.000Z'}");
}

static void teardown(void)
{
    world_close(&w);
}

static const char *when(const char *text, enum wf_day_edge edge)
{
    struct wf_diags found = WF_DIAGS_INIT(w.arena, "en");
    struct wf_place place = { NULL, 0, 0 };
    char *out = wf_arena_alloc(w.arena, WF_TIME_TEXT);
    const struct wf_moment *moment =
        wf_moment_parse(w.arena, place, text, doc->form, &found);
    int64_t ms;

    ck_assert_msg(moment, "%s", found.n ? found.at[0].message : text);
    ms = wf_when(&w.call, doc, moment, WORLD_NOW, edge);
    if (!ms)
        return "";
    wf_time_write(ms, out);
    out[16] = '\0';
    return out;
}

/* clang-format off */
static const struct row {
    const char *text, *begins, *ends;
} rows[] = { /* in Shanghai, eight hours before UTC */
    { "2026-10-31",               "2026-10-30T16:00", "2026-10-31T15:59" },
    { "2026-10-31 18:00",         "2026-10-31T10:00", "2026-10-31T10:00" },
    { "1970-01-01 08:00",         "1970-01-01T00:00", "1970-01-01T00:00" },
    { "2026-10-31 24:00",         "2026-10-31T16:00", "2026-10-31T16:00" },
    { "leaves",                   "2026-11-01T16:00", "2026-11-02T15:59" },
    { "leaves - 3wd",             "2026-10-27T16:00", "2026-10-28T15:59" },
    { "leaves-3wd 09:30",         "2026-10-28T01:30", "2026-10-28T01:30" },
    { "leaves + 2w + 1d",         "2026-11-16T16:00", "2026-11-17T15:59" },
    { "leaves + 4h",              "2026-11-01T20:00", "2026-11-02T19:59" },
    { "back",                     "2026-11-04T16:30", "2026-11-04T16:30" },
    { "back + 1d 08:00",          "2026-11-06T00:00", "2026-11-06T00:00" },
    { "start",                    "2026-09-30T16:00", "2026-10-01T15:59" },
    { "start + 7d",               "2026-10-07T16:00", "2026-10-08T15:59" },
    { "end - 7d",                 "2026-12-23T16:00", "2026-12-24T15:59" },
    { "end 18:00",                "2026-12-31T10:00", "2026-12-31T10:00" },
    { "now",                      "2026-10-12T01:00", "2026-10-12T01:00" },
    { "now + 30min",              "2026-10-12T01:30", "2026-10-12T01:30" },
    { "2wd",                      "2026-10-14T01:00", "2026-10-14T01:00" },
    { "2wd 18:00",                "2026-10-14T10:00", "2026-10-14T10:00" },
    { "1d - 4h",                  "2026-10-12T21:00", "2026-10-12T21:00" },
    { "due",                      "",                 "" },
    { "opens + 1d",               "",                 "" },
};
/* clang-format on */

START_TEST(a_time_is_worked_out)
{
    make();

    ck_assert_str_eq(when(rows[_i].text, WF_DAY_BEGINS), rows[_i].begins);
    ck_assert_str_eq(when(rows[_i].text, WF_DAY_ENDS), rows[_i].ends);
}
END_TEST

START_TEST(what_is_not_filled_in_is_no_time)
{
    world_deploy(&w, "trip.form.xml", FORM);
    doc = world_make(&w, "trip", "{}");

    ck_assert_str_eq(when("leaves", WF_DAY_ENDS), "");
    ck_assert_str_eq(when("back + 1d", WF_DAY_ENDS), "");
    ck_assert_str_eq(when("end", WF_DAY_ENDS), "");
}
END_TEST

START_TEST(a_stage_has_times_of_its_own)
{
    static const struct wf_stage_times stage = { .due = 1791766800000 };

    make();
    doc->stage = &stage;

    ck_assert_str_eq(when("due + 1d", WF_DAY_ENDS), "2026-10-13T01:00");
    ck_assert_str_eq(when("freeze", WF_DAY_ENDS), "");
}
END_TEST

START_TEST(what_counts_from_an_opening_day_is_due_at_a_days_end)
{
    static const struct wf_stage_times day = { .opens = 1791820800000 };
    static const struct wf_stage_times hour = { .opens = 1791831600000 };

    make();
    doc->stage = &day;

    ck_assert_str_eq(when("opens", WF_DAY_BEGINS), "2026-10-12T16:00");
    ck_assert_str_eq(when("opens + 14d", WF_DAY_ENDS), "2026-10-27T15:59");
    ck_assert_str_eq(when("opens + 14d", WF_DAY_BEGINS), "2026-10-26T16:00");
    ck_assert_str_eq(when("opens + 3h", WF_DAY_ENDS), "2026-10-12T19:00");
    ck_assert_str_eq(when("opens + 5d 18:00", WF_DAY_ENDS), "2026-10-18T10:00");
    doc->stage = &hour;
    ck_assert_str_eq(when("opens + 1d", WF_DAY_ENDS), "2026-10-13T19:00");
}
END_TEST

START_TEST(a_calendar_has_hours_and_a_zone_of_its_own)
{
    world_deploy(&w, "work.calendar.xml", CALENDAR);
    make();

    ck_assert_str_eq(when("2026-10-20", WF_DAY_ENDS), "2026-10-20T16:00");
    ck_assert_str_eq(when("2026-10-20", WF_DAY_BEGINS), "2026-10-19T22:00");
    ck_assert_str_eq(when("2026-10-26", WF_DAY_ENDS), "2026-10-26T17:00");
    ck_assert_str_eq(when("2026-09-30 + 1wd", WF_DAY_ENDS), "2026-10-05T16:00");
}
END_TEST

START_TEST(formulas_count_by_the_calendar)
{
    struct wf_doc_env env;
    struct wf_value value;
    struct wf_place place = { NULL, 1, 1 };
    struct wf_expr *expr;
    struct wf_scope scope = { 0 };

    world_deploy(&w, "work.calendar.xml", CALENDAR);
    make();
    scope.form = doc->form;
    scope.package = doc->form->package;
    expr =
        wf_expr_parse(w.arena, place,
                      "working_days('2026-09-30', '2026-10-05')", &w.findings);
    ck_assert(expr
              && wf_expr_link(w.arena, expr, &scope, WF_T_NUMBER, &w.findings));

    wf_doc_env_init(&env, &w.call, doc);
    ck_ok(&w, wf_expr_eval(expr, &env.env, &value, &w.err));
    ck_assert_double_eq(value.u.number, 1);
}
END_TEST

/* --- What is no time */

/* clang-format off */
static const struct {
    const char *text, *code, *says;
} wrongs[] = {
    { "",                         "time", "is no time" },
    { "18:00",                    "time", "is no time" },
    { "leaves +",                 "time", "is no time" },
    { "leaves + 0d",              "time", "is no time" },
    { "leaves + 3x",              "time", "is no time" },
    { "leaves 3d",                "time", "is no time" },
    { "leaves + 3d 25:00",        "time", "is no time" },
    { "2026-02-30",               "time", "is no time" },
    { "leave",           "unknown", "did you mean \"leaves\"?" },
    { "owner + 1d",               "type", "is no date" },
    { "leaves+1d+1d+1d+1d+1d+1d+1d+1d+1d","time", "is no time" },
};
/* clang-format on */

START_TEST(what_is_no_time_is_told_in_plain_words)
{
    struct wf_diags found = WF_DIAGS_INIT(w.arena, "en");
    struct wf_place place = { NULL, 1, 1 };

    make();

    ck_assert(
        !wf_moment_parse(w.arena, place, wrongs[_i].text, doc->form, &found));
    ck_assert_uint_eq(found.n, 1);
    ck_assert_str_eq(found.at[0].code, wrongs[_i].code);
    ck_assert_msg(strstr(found.at[0].message, wrongs[_i].says), "%s: %s",
                  wrongs[_i].text, found.at[0].message);
}
END_TEST

TCase *when_tests(void)
{
    TCase *tc = tcase_create("doc/when");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, a_time_is_worked_out, 0, (int)WF_COUNT(rows));
    tcase_add_test(tc, what_is_not_filled_in_is_no_time);
    tcase_add_test(tc, a_stage_has_times_of_its_own);
    tcase_add_test(tc, what_counts_from_an_opening_day_is_due_at_a_days_end);
    tcase_add_test(tc, a_calendar_has_hours_and_a_zone_of_its_own);
    tcase_add_test(tc, formulas_count_by_the_calendar);
    tcase_add_loop_test(tc, what_is_no_time_is_told_in_plain_words, 0,
                        (int)WF_COUNT(wrongs));
    return tc;
}
