/* unit/base/test_diag.c - findings for people, and lines for operators.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/log.h"

static struct wf_arena *arena;
static struct wf_diags diags;

static void setup(void)
{
    arena = wf_arena_new();
    diags = (struct wf_diags)WF_DIAGS_INIT(arena, "en");
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static struct wf_place at(int line, int column)
{
    struct wf_place place = { "forms/a.xml", line, column };

    return place;
}

static const char *written(void)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    wf_diags_write(&diags, &out);
    return wf_buf_text(&out);
}

START_TEST(findings_are_written_as_compilers_do)
{
    wf_diag_at(&diags, at(3, 7), "unknown", "%s is unknown", "x");
    wf_diag_warn_at(&diags, at(0, 0), "odd", "odd");
    wf_diag_field(&diags, "goals[1].weight", "required", "missing");
    wf_diag_field_text(&diags, WF_SEVERITY_WARNING, "", "sum", "not 100");

    ck_assert_str_eq(written(), "forms/a.xml:3:7: error: x is unknown\n"
                                "forms/a.xml: warning: odd\n"
                                "goals[1].weight: error: missing\n"
                                "warning: not 100\n");
    ck_assert_uint_eq(diags.n_errors, 2);
}
END_TEST

START_TEST(findings_keep_copies_of_what_they_were_given)
{
    char word[] = "field";

    wf_diag_field(&diags, word, word, "m");
    word[0] = '\0';
    ck_assert_str_eq(diags.at[0].field, "field");
    ck_assert_str_eq(diags.at[0].code, "field");
}
END_TEST

START_TEST(findings_are_sorted_by_place_and_stay_in_order)
{
    wf_diag_at(&diags, at(9, 1), "a", "1");
    wf_diag_at(&diags, at(2, 5), "a", "2");
    wf_diag_at(&diags, at(9, 1), "a", "3");
    wf_diag_at(&diags, at(2, 4), "a", "4");
    wf_diags_sort(&diags);

    ck_assert_str_eq(diags.at[0].message, "4");
    ck_assert_str_eq(diags.at[1].message, "2");
    ck_assert_str_eq(diags.at[2].message, "1");
    ck_assert_str_eq(diags.at[3].message, "3");
}
END_TEST

START_TEST(findings_beyond_the_most_are_counted_only)
{
    for (int i = 0; i < WF_DIAGS_MAX + 100; i++)
        wf_diag_at(&diags, at(i, 1), "a", "%d", i);

    ck_assert_uint_eq(diags.n, WF_DIAGS_MAX);
    ck_assert_uint_eq(diags.n_errors, WF_DIAGS_MAX + 100);
}
END_TEST

START_TEST(the_api_sees_findings_as_json)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&out);

    wf_diag_at(&diags, at(3, 7), "unknown", "no \"x\"");
    wf_diags_json(&diags, &w);
    ck_assert_str_eq(wf_buf_text(&out),
                     "[{\"file\":\"forms/a.xml\",\"line\":3,\"column\":7,"
                     "\"severity\":\"error\",\"code\":\"unknown\","
                     "\"message\":\"no \\\"x\\\"\"}]");
}
END_TEST

START_TEST(fields_are_given_by_severity)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&out);

    wf_diag_field(&diags, "a", "required", "missing");
    wf_diag_field_text(&diags, WF_SEVERITY_WARNING, "b", "odd", "odd");
    wf_diags_fields_json(&diags, WF_SEVERITY_WARNING, &w);
    ck_assert_str_eq(
        wf_buf_text(&out),
        "[{\"field\":\"b\",\"code\":\"odd\",\"message\":\"odd\"}]");
}
END_TEST

static char logged[4096];

static void keep_line(void *self, const char *line)
{
    (void)self;
    snprintf(logged, sizeof logged, "%s", line);
}

static struct wf_log quiet_log(const struct wf_clock *clock)
{
    struct wf_log log = { WF_LOG_INFO, clock, keep_line, NULL };

    logged[0] = '\0';
    return log;
}

START_TEST(a_log_line_is_one_json_object)
{
    int64_t ms = 1;
    struct wf_clock clock = wf_clock_fixed(&ms);
    struct wf_log log = quiet_log(&clock);

    wf_log(&log, WF_LOG_DEBUG, "start", "not wanted");
    ck_assert_str_eq(logged, "");
    wf_log(&log, WF_LOG_WARN, "slow", "%d ms\n", 7);
    ck_assert_str_eq(logged, "{\"time\":\"1970-01-01T00:00:00.001Z\","
                             "\"level\":\"warn\",\"event\":\"slow\","
                             "\"text\":\"7 ms\\n\"}");
}
END_TEST

START_TEST(a_log_line_is_sound_whatever_it_is_given)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_log log = quiet_log(&wf_clock_real);
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json;
    char text[6000] = "";

    for (size_t i = 0; i + 4 < sizeof text; i += 3)
        memcpy(text + i, "张", 4);
    wf_log(&log, WF_LOG_ERROR, "long", "%s", text);
    ck_assert(
        wf_json_parse(arena, logged, strlen(logged), &limits, &json, &err));
    wf_log(&log, WF_LOG_ERROR, "broken", "a\xFF\x01%s", "\xE4");
    ck_assert(
        wf_json_parse(arena, logged, strlen(logged), &limits, &json, &err));
    ck_assert_str_eq(wf_json_str(wf_json_get(json, "text")), "a?\x01?");
}
END_TEST

TCase *diag_tests(void)
{
    TCase *tc = tcase_create("base/diag");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, findings_are_written_as_compilers_do);
    tcase_add_test(tc, findings_keep_copies_of_what_they_were_given);
    tcase_add_test(tc, findings_are_sorted_by_place_and_stay_in_order);
    tcase_add_test(tc, findings_beyond_the_most_are_counted_only);
    tcase_add_test(tc, the_api_sees_findings_as_json);
    tcase_add_test(tc, fields_are_given_by_severity);
    tcase_add_test(tc, a_log_line_is_one_json_object);
    tcase_add_test(tc, a_log_line_is_sound_whatever_it_is_given);
    return tc;
}
