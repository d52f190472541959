/* api/test_organisation.c - people and units looked at, settings set, and a
 * sample company made.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *root;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    root = test_session(&t, "root");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(root);
    test_engine_close(&t);
}

START_TEST(people_and_units_are_there_for_everyone)
{
    static const weft_param search[] = { { "q", "lea" } };

    struct wf_json *all = test_ok(&t, weft_people_list(ann, NULL, 0));
    struct wf_json *some = test_ok(&t, weft_people_list(ann, search, 1));
    struct wf_json *lead = test_ok(&t, weft_person_get(ann, "lead"));
    struct wf_json *units = test_ok(&t, weft_unit_list(ann));

    ck_assert_uint_eq(wf_json_len(wf_json_get(all, "items")), 5);
    ck_assert_uint_eq(wf_json_len(wf_json_get(some, "items")), 1);
    ck_assert_str_eq(test_text(wf_json_get(lead, "manager"), "login"), "boss");
    ck_assert_uint_eq(wf_json_len(wf_json_get(units, "items")), 1);
    test_refused(&t, weft_person_get(ann, "eve"), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(a_wrong_row_is_named_and_nothing_is_imported)
{
    static const char rows[] = "login,name\neve,Eve\n,Nobody\n";
    struct wf_json *findings = test_refused(
        &t, weft_run(weft_import(root, "people", rows, strlen(rows), false)),
        WEFT_E_INVALID);

    ck_assert_str_eq(test_text(findings->u.array.at[0], "field"), "[2].login");
    test_refused(&t, weft_person_get(ann, "eve"), WEFT_E_NOTFOUND);
}
END_TEST

/* A package with one setting. */
static void deploy_setting(void)
{
    static const char xml[] =
        "<package xmlns=\"urn:weft:1\" id=\"box\" label=\"Box\">"
        "<setting id=\"cap\" type=\"number\" default=\"10\" label=\"Cap\"/>"
        "</package>";
    weft_file file = { "package.xml", xml, strlen(xml) };
    weft_deploy what = { &file, 1, NULL, NULL, NULL };

    test_ok(&t, weft_run(weft_deploy_run(t.system, &what)));
}

static weft_reply *set(weft_session *session, const char *body)
{
    return weft_run(weft_setting_set(session, body, strlen(body)));
}

static double cap(void)
{
    struct wf_json *items =
        wf_json_get(test_ok(&t, weft_setting_list(root)), "items");

    ck_assert_uint_ge(wf_json_len(items), 1);
    return wf_json_num(
        wf_json_get(items->u.array.at[wf_json_len(items) - 1], "value"), -1);
}

START_TEST(a_setting_is_set_by_those_who_may_and_returns_to_its_default)
{
    deploy_setting();

    ck_assert_double_eq(cap(), 10);
    test_ok(&t, set(root, "{\"package\":\"box\",\"id\":\"cap\",\"value\":12}"));
    ck_assert_double_eq(cap(), 12);
    test_ok(&t,
            set(root, "{\"package\":\"box\",\"id\":\"cap\",\"value\":null}"));
    ck_assert_double_eq(cap(), 10);
}
END_TEST

START_TEST(a_setting_is_hidden_from_others_and_keeps_its_type)
{
    deploy_setting();

    struct wf_json *none = test_ok(&t, weft_setting_list(ann));

    ck_assert_uint_eq(wf_json_len(wf_json_get(none, "items")), 0);
    test_refused(&t,
                 set(ann, "{\"package\":\"box\",\"id\":\"cap\",\"value\":1}"),
                 WEFT_E_NOTFOUND);
    test_refused(
        &t, set(root, "{\"package\":\"box\",\"id\":\"cap\",\"value\":\"x\"}"),
        WEFT_E_INVALID);
    test_refused(&t, set(root, "{\"package\":\"box\",\"id\":\"gone\"}"),
                 WEFT_E_NOTFOUND);
}
END_TEST

static const char demo_people[] = "login,name,manager\nkim,Kim,lead\n";
static const char demo_acts[] =
    "{\"acts\":["
    "{\"days\":9,\"as\":\"kim\",\"create\":\"note\",\"call\":\"n\","
    "\"data\":{\"title\":\"Once\"}},"
    "{\"days\":8,\"as\":\"kim\",\"on\":\"n\",\"say\":\"Soon.\"},"
    "{\"days\":7,\"as\":\"kim\",\"on\":\"n\",\"act\":\"submit\"},"
    "{\"days\":6,\"as\":\"lead\",\"on\":\"n\",\"act\":\"approve\"}]}";

START_TEST(a_sample_company_acts_at_its_times_and_once)
{
    weft_file files[] = {
        { "people.csv", demo_people, strlen(demo_people) },
        { "acts.json", demo_acts, strlen(demo_acts) },
    };

    for (int i = 0; i < 2; i++)
        test_ok(&t, weft_init_demo(t.system, files, WF_COUNT(files)));

    weft_session *kim = test_session(&t, "kim");
    struct wf_json *items =
        wf_json_get(test_ok(&t, weft_document_list(kim, NULL, 0)), "items");

    ck_assert_uint_ge(wf_json_len(items), 1);
    ck_assert_str_eq(test_text(items->u.array.at[0], "state"), "done");
    ck_assert_str_eq(test_text(items->u.array.at[0], "created"),
                     "2026-10-03T01:00:00.000Z");
    weft_session_free(kim);
}
END_TEST

/* An act alone, what waited, many alike, and a clock of their own; told out of
 * order, over two files. */
static const char group_people[] = "login,name,manager\nlee,Lee,lead\n";
static const char first_acts[] =
    "{\"acts\":["
    "{\"days\":3,\"as\":\"lead\",\"work\":\"note\",\"act\":\"approve\","
    "\"each\":[{\"days\":3},{\"days\":2}]},"
    "{\"days\":5,\"act\":\"submit\","
    "\"each\":[{\"as\":\"kim\",\"on\":\"k\"},{\"as\":\"lee\",\"on\":\"l\"}]},"
    "{\"days\":1,\"happen\":\"due\"},{\"days\":1,\"happen\":\"look\"}]}";
static const char other_acts[] =
    "{\"acts\":["
    "{\"create\":\"note\",\"days\":6,\"data\":{\"title\":\"Alike\"},"
    "\"each\":[{\"as\":\"kim\",\"call\":\"k\"},{\"as\":\"lee\",\"call\":\"l\"}]"
    "},"
    "{\"after\":\"month\",\"days\":-1,\"as\":\"kim\",\"create\":\"note\","
    "\"data\":{\"title\":\"Last month\"}}]}";

/* The story of a period, in each of them as far as it has come; a name is that
 * of the last one. Today is 12 October. */
static const char story[] =
    "{\"acts\":["
    "{\"after\":\"month-1 month month+1\",\"each\":["
    "{\"days\":2,\"as\":\"kim\",\"create\":\"note\",\"call\":\"n\","
    "\"data\":{\"title\":\"Again\"}},"
    "{\"days\":4,\"as\":\"kim\",\"on\":\"n\",\"act\":\"submit\"},"
    "{\"days\":20,\"as\":\"lead\",\"on\":\"n\",\"act\":\"approve\"}]}]}";

START_TEST(a_story_is_told_in_each_period_as_far_as_it_has_come)
{
    weft_file files[] = {
        { "people.csv", demo_people, strlen(demo_people) },
        { "acts.json", story, strlen(story) },
    };
    const weft_param newest[] = { { "sort", "created" } };

    test_ok(&t, weft_init_demo(t.system, files, WF_COUNT(files)));
    weft_session *kim = test_session(&t, "kim");
    struct wf_json *items =
        wf_json_get(test_ok(&t, weft_document_list(kim, newest, 1)), "items");

    ck_assert_uint_eq(wf_json_len(items), 2);
    ck_assert_str_eq(test_text(items->u.array.at[0], "created"),
                     "2026-09-03T00:00:00.000Z");
    ck_assert_str_eq(test_text(items->u.array.at[0], "state"), "done");
    ck_assert_str_eq(test_text(items->u.array.at[1], "created"),
                     "2026-10-03T00:00:00.000Z");
    ck_assert_str_eq(test_text(items->u.array.at[1], "state"), "open");
    weft_session_free(kim);
}
END_TEST

START_TEST(acts_of_all_files_are_done_in_order_of_time)
{
    weft_file files[] = {
        { "people.csv", demo_people, strlen(demo_people) },
        { "group-people.csv", group_people, strlen(group_people) },
        { "acts.json", first_acts, strlen(first_acts) },
        { "more.json", other_acts, strlen(other_acts) },
    };
    const weft_param newest[] = { { "sort", "created" } };

    test_ok(&t, weft_init_demo(t.system, files, WF_COUNT(files)));
    weft_session *kim = test_session(&t, "kim");
    struct wf_json *items =
        wf_json_get(test_ok(&t, weft_document_list(kim, newest, 1)), "items");

    ck_assert_uint_eq(wf_json_len(items), 2);
    ck_assert_str_eq(test_text(items->u.array.at[0], "created"),
                     "2026-09-30T00:00:00.000Z");
    ck_assert_str_eq(test_text(items->u.array.at[1], "created"),
                     "2026-10-06T01:00:00.000Z");
    ck_assert_str_eq(test_text(items->u.array.at[1], "state"), "done");
    ck_assert_str_eq(test_text(items->u.array.at[1], "updated"),
                     "2026-10-09T01:00:00.000Z");
    weft_session_free(kim);
}
END_TEST

START_TEST(an_act_that_cannot_be_says_why)
{
    static const struct {
        const char *act, *says;
    } wrong[] = {
        { "{\"create\":\"note\"}", "who did it" },
        { "{\"as\":\"kim\",\"work\":\"note\",\"act\":\"submit\"}",
          "waits for" },
        { "{\"as\":\"kim\",\"after\":\"moon\",\"create\":\"note\"}", "period" },
        { "{\"as\":\"kim\",\"after\":\"week-x\",\"create\":\"note\"}",
          "period" },
    };

    for (size_t i = 0; i < WF_COUNT(wrong); i++) {
        char text[200], row[80];

        snprintf(text, sizeof text, "{\"acts\":[%s]}", wrong[i].act);
        snprintf(row, sizeof row, "login,name\nkim%zu,Kim\nkim,Kim\n", i);
        weft_file files[] = { { "people.csv", row, strlen(row) },
                              { "a/demo.json", text, strlen(text) } };
        weft_reply *reply = weft_init_demo(t.system, files, WF_COUNT(files));

        ck_assert_ptr_nonnull(weft_reply_error(reply));
        ck_assert_ptr_nonnull(
            strstr(weft_reply_error(reply)->text, "Act 1 of a/demo.json"));
        ck_assert_ptr_nonnull(
            strstr(weft_reply_error(reply)->text, wrong[i].says));
        weft_reply_free(reply);
    }
}
END_TEST

START_TEST(a_mistake_in_the_acts_says_which_one)
{
    static const char acts[] =
        "{\"acts\":[{\"as\":\"kim\",\"create\":\"absent\"}]}";
    weft_file files[] = {
        { "people.csv", demo_people, strlen(demo_people) },
        { "acts.json", acts, strlen(acts) },
    };
    weft_reply *reply = weft_init_demo(t.system, files, WF_COUNT(files));

    ck_assert_ptr_nonnull(strstr(weft_reply_error(reply)->text, "Act 1"));
    test_refused(&t, reply, WEFT_E_NOTFOUND);
}
END_TEST

TCase *organisation_tests(void)
{
    TCase *tc = tcase_create("api/organisation");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, people_and_units_are_there_for_everyone);
    tcase_add_test(tc, a_wrong_row_is_named_and_nothing_is_imported);
    tcase_add_test(
        tc, a_setting_is_set_by_those_who_may_and_returns_to_its_default);
    tcase_add_test(tc, a_setting_is_hidden_from_others_and_keeps_its_type);
    tcase_add_test(tc, a_sample_company_acts_at_its_times_and_once);
    tcase_add_test(tc, acts_of_all_files_are_done_in_order_of_time);
    tcase_add_test(tc, a_story_is_told_in_each_period_as_far_as_it_has_come);
    tcase_add_test(tc, an_act_that_cannot_be_says_why);
    tcase_add_test(tc, a_mistake_in_the_acts_says_which_one);
    return tc;
}
