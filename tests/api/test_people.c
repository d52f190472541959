/* api/test_people.c - people and units changed by hand: at once, on a day to
 * come, and as they were on a day.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

#define DAY_MS (24 * 3600 * INT64_C(1000))

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

static weft_reply *add(weft_session *session, const char *body)
{
    return weft_run(weft_person_add(session, body, strlen(body)));
}

static weft_reply *edit(weft_session *session, const char *who,
                        const char *body)
{
    return weft_run(weft_person_edit(session, who, body, strlen(body)));
}

static weft_reply *move(const char *unit, const char *body)
{
    return weft_run(weft_unit_move(root, unit, body, strlen(body)));
}

static void add_unit(const char *body)
{
    test_ok(&t, weft_run(weft_unit_add(root, body, strlen(body))));
}

/* The login of a member; NULL for none. */
static const char *login_of(const struct wf_json *person, const char *key)
{
    return wf_json_str(wf_json_get(wf_json_get(person, key), "login"));
}

static const char *manager_on(const char *who, const char *day)
{
    return login_of(test_ok(&t, weft_person_on(ann, who, day)), "manager");
}

static const char *manager_of(const char *who)
{
    return login_of(test_ok(&t, weft_person_get(ann, who)), "manager");
}

/* The codes of findings as "field code; ". */
static const char *codes(const struct wf_json *findings)
{
    struct wf_buf buf = WF_BUF_INIT(t.arena);

    for (size_t i = 0; i < wf_json_len(findings); i++)
        wf_buf_printf(&buf, "%s%s %s", i ? "; " : "",
                      test_text(findings->u.array.at[i], "field"),
                      test_text(findings->u.array.at[i], "code"));
    return wf_buf_text(&buf);
}

START_TEST(a_person_is_added_with_all_that_a_file_could_say)
{
    struct wf_json *record = test_ok(
        &t, add(root, "{\"login\":\"Eve\",\"name\":\"Eve\",\"unit\":\"all\","
                      "\"manager\":{\"login\":\"lead\"},\"dotted\":[\"boss\"],"
                      "\"roles\":[\"hr@all\"],\"grade\":4.5,"
                      "\"teams\":[\"b\",\"a\"],\"attributes\":{\"desk\":\"7\"}"
                      "}"));

    ck_assert_str_eq(test_text(record, "login"), "eve");
    ck_assert_str_eq(test_text(record, "manager"), "lead");
    ck_assert_str_eq(wf_json_dump(t.arena, wf_json_get(record, "teams")),
                     "[\"a\",\"b\"]");
    ck_assert_str_eq(wf_json_dump(t.arena, wf_json_get(record, "roles")),
                     "[\"hr@all\"]");
    ck_assert_str_eq(
        wf_json_dump(t.arena, test_ok(&t, weft_person_record(root, "eve"))),
        wf_json_dump(t.arena, record));
    ck_assert_str_eq(manager_of("eve"), "lead");
}
END_TEST

START_TEST(what_does_not_fit_is_named_and_nothing_is_kept)
{
    ck_assert_str_eq(codes(test_refused(&t, add(root, "{\"login\":\"ann\"}"),
                                        WEFT_E_INVALID)),
                     "name required; login unique");
    ck_assert_str_eq(
        codes(test_refused(&t,
                           edit(root, "bob",
                                "{\"colour\":\"red\",\"grade\":\"x\","
                                "\"name\":\"Bobby\",\"login\":\"ann\"}"),
                           WEFT_E_INVALID)),
        "colour unknown; grade format");
    ck_assert_str_eq(
        codes(test_refused(&t, edit(root, "bob", "{\"login\":\"ann\"}"),
                           WEFT_E_INVALID)),
        "login unique");
    ck_assert_str_eq(
        codes(test_refused(&t, edit(root, "boss", "{\"manager\":\"bob\"}"),
                           WEFT_E_INVALID)),
        "manager circle");
    ck_assert_str_eq(
        test_text(test_ok(&t, weft_person_get(ann, "bob")), "name"), "Bob");
}
END_TEST

START_TEST(only_administrators_change_people_and_see_records)
{
    test_refused(&t, add(ann, "{\"login\":\"eve\",\"name\":\"Eve\"}"),
                 WEFT_E_DENIED);
    test_refused(&t, edit(ann, "ann", "{\"roles\":[\"admin\"]}"),
                 WEFT_E_DENIED);
    test_refused(&t, weft_person_record(ann, "ann"), WEFT_E_DENIED);
    test_refused(&t, weft_planned_list(ann), WEFT_E_DENIED);
    ck_assert_ptr_nonnull(wf_json_get(test_ok(&t, weft_me(ann)), "roles"));
}
END_TEST

START_TEST(who_gets_another_login_stays_the_same_person)
{
    struct wf_json *before = test_ok(&t, weft_person_get(root, "ann"));

    test_ok(&t, edit(root, "ann", "{\"login\":\"anna\"}"));

    ck_assert_str_eq(
        test_text(test_ok(&t, weft_person_get(root, "anna")), "id"),
        test_text(before, "id"));
    test_refused(&t, weft_person_get(root, "ann"), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(the_manager_of_a_day_is_told_after_a_change)
{
    t.now += 3 * DAY_MS;
    test_ok(&t, edit(root, "bob", "{\"manager\":\"boss\"}"));

    ck_assert_str_eq(manager_on("bob", "2026-10-14"), "lead");
    ck_assert_str_eq(manager_on("bob", "2026-10-15"), "boss");
    ck_assert_str_eq(manager_on("ann", "2026-10-15"), "lead");
    test_refused(&t, weft_person_on(ann, "bob", "yesterday"), WEFT_E_MALFORMED);
}
END_TEST

START_TEST(unit_title_and_leaving_are_told_of_a_day)
{
    struct wf_json *then;

    add_unit("{\"id\":\"east\",\"name\":\"East\",\"parent\":\"all\"}");
    t.now += DAY_MS;
    test_ok(&t, edit(root, "bob",
                     "{\"unit\":\"east\",\"title\":\"Clerk\","
                     "\"active\":false}"));

    then = test_ok(&t, weft_person_on(ann, "bob", "2026-10-12"));
    ck_assert_str_eq(test_text(then, "unit"), "all");
    ck_assert(wf_json_is(wf_json_get(then, "title"), WF_JSON_NULL));
    ck_assert(wf_json_is_true(wf_json_get(then, "active")));
    then = test_ok(&t, weft_person_on(ann, "bob", "2026-10-13"));
    ck_assert_str_eq(test_text(then, "unit"), "east");
    ck_assert_str_eq(test_text(then, "title"), "Clerk");
    ck_assert(!wf_json_is_true(wf_json_get(then, "active")));
}
END_TEST

START_TEST(lines_have_their_days_both_ways)
{
    static const weft_param below[] = { { "below", "true" },
                                        { "on", "2026-10-20" } };
    static const weft_param pages[] = { { "below", "true" }, { "limit", "1" } };
    struct wf_json *lines, *first;

    t.now += DAY_MS;
    test_ok(&t, edit(root, "bob", "{\"manager\":\"boss\"}"));

    lines = wf_json_get(test_ok(&t, weft_person_lines(ann, "bob", NULL, 0)),
                        "items");
    ck_assert_uint_eq(wf_json_len(lines), 2);
    for (size_t i = 0; i < 2; i++) {
        struct wf_json *line = lines->u.array.at[i];
        bool was = wf_streq(login_of(line, "person"), "lead");

        ck_assert_str_eq(test_text(line, was ? "until" : "since"),
                         "2026-10-13");
        ck_assert(wf_json_is(wf_json_get(line, was ? "since" : "until"),
                             WF_JSON_NULL));
    }
    lines = wf_json_get(test_ok(&t, weft_person_lines(ann, "boss", below, 2)),
                        "items");
    ck_assert_uint_eq(wf_json_len(lines), 2);
    first = test_ok(&t, weft_person_lines(ann, "boss", pages, 2));
    ck_assert_uint_eq(wf_json_len(wf_json_get(first, "items")), 1);
    ck_assert_ptr_nonnull(wf_json_str(wf_json_get(first, "next")));
}
END_TEST

START_TEST(a_unit_moves_with_all_that_is_in_it)
{
    static const weft_param west[] = { { "unit", "west" } };

    add_unit("{\"id\":\"east\",\"name\":\"East\",\"parent\":\"all\","
             "\"head\":\"lead\"}");
    add_unit("{\"id\":\"west\",\"name\":\"West\"}");
    add_unit("{\"id\":\"desk\",\"name\":\"Desk\",\"parent\":\"east\"}");
    test_ok(&t, edit(root, "ann", "{\"unit\":\"desk\"}"));

    test_ok(&t, move("east", "{\"parent\":\"west\",\"manager\":\"root\"}"));

    ck_assert_uint_eq(
        wf_json_len(
            wf_json_get(test_ok(&t, weft_people_list(ann, west, 1)), "items")),
        1);
    ck_assert_str_eq(manager_of("lead"), "root");
    ck_assert_str_eq(
        codes(test_refused(&t, move("west", "{\"parent\":\"desk\"}"),
                           WEFT_E_INVALID)),
        "parent circle");
    test_refused(&t, move("none", "{\"parent\":\"all\"}"), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(a_unit_in_use_is_not_given_up)
{
    static const char off[] = "{\"active\":false}";

    add_unit("{\"id\":\"east\",\"name\":\"East\",\"parent\":\"all\"}");

    ck_assert_str_eq(
        codes(test_refused(
            &t, weft_run(weft_unit_edit(root, "all", off, strlen(off))),
            WEFT_E_INVALID)),
        "active in-use");
    test_ok(&t, weft_run(weft_unit_edit(root, "east", off, strlen(off))));
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(test_ok(&t, weft_unit_list(ann)), "items")), 1);
}
END_TEST

/* Fires what is due. */
static int64_t tick(void)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired;

    ck_assert(weft_engine_tick(t.engine, 0, &fired, &err));
    return fired;
}

static struct wf_json *planned(void)
{
    return wf_json_get(test_ok(&t, weft_planned_list(root)), "items");
}

START_TEST(a_change_of_a_day_to_come_is_made_on_that_day)
{
    test_ok(&t,
            edit(root, "bob", "{\"manager\":\"boss\",\"on\":\"2026-10-14\"}"));
    ck_assert_uint_eq(wf_json_len(planned()), 1);
    ck_assert_str_eq(manager_of("bob"), "lead");

    t.now += DAY_MS;
    tick();
    ck_assert_str_eq(manager_of("bob"), "lead");
    t.now = INT64_C(1791907200000); /* midnight of the 14th in Shanghai */
    tick();

    ck_assert_str_eq(manager_of("bob"), "boss");
    ck_assert_str_eq(manager_on("bob", "2026-10-13"), "lead");
    ck_assert_str_eq(manager_on("bob", "2026-10-14"), "boss");
    ck_assert_uint_eq(wf_json_len(planned()), 0);
}
END_TEST

START_TEST(what_cannot_be_is_not_planned_and_nothing_is_in_the_past)
{
    ck_assert_str_eq(
        codes(test_refused(
            &t,
            edit(root, "boss", "{\"manager\":\"bob\",\"on\":\"2026-11-01\"}"),
            WEFT_E_INVALID)),
        "manager circle");
    ck_assert_str_eq(codes(test_refused(&t,
                                        edit(root, "bob",
                                             "{\"title\":\"x\",\"on\":"
                                             "\"2026-10-11\"}"),
                                        WEFT_E_INVALID)),
                     "on range");
    ck_assert_uint_eq(wf_json_len(planned()), 0);
}
END_TEST

START_TEST(a_planned_change_is_given_up_or_fails_with_its_problem)
{
    struct wf_json *items;
    int64_t id;

    test_ok(&t,
            edit(root, "bob",
                 "{\"unit\":\"all\",\"title\":\"A\",\"on\":\"2026-10-14\"}"));
    ck_assert(wf_str_to_int(
        wf_str_of(test_text(planned()->u.array.at[0], "id")), &id));
    test_ok(&t, weft_run(weft_planned_cancel(root, id)));
    test_refused(&t, weft_run(weft_planned_cancel(root, id)), WEFT_E_NOTFOUND);

    test_ok(&t,
            edit(root, "boss", "{\"manager\":\"root\",\"on\":\"2026-10-14\"}"));
    test_ok(&t, edit(root, "root", "{\"manager\":\"ann\"}"));
    t.now += 3 * DAY_MS;
    tick();

    items = planned();
    ck_assert_uint_eq(wf_json_len(items), 1);
    ck_assert_ptr_nonnull(
        strstr(test_text(items->u.array.at[0], "problem"), "circle"));
    ck_assert_ptr_null(manager_of("boss"));
}
END_TEST

START_TEST(a_check_tells_what_it_would_change_and_changes_nothing)
{
    static const char csv[] = "login,name,manager,active,roles\n"
                              "eve,Eve,lead,,\n"
                              "ann,Anna,boss,,hr\n"
                              "lead,Lead,boss,false,\n"
                              "boss,Boss,,,\n";
    struct wf_json *told = test_ok(
        &t, weft_run(weft_import(root, "people", csv, strlen(csv), true)));
    struct wf_json *list = wf_json_get(told, "differences");

    ck_assert_uint_eq(wf_json_len(list), 3);
    ck_assert_str_eq(test_text(list->u.array.at[0], "kind"), "added");
    ck_assert_str_eq(
        wf_json_dump(t.arena, wf_json_get(list->u.array.at[1], "changes")),
        "[{\"field\":\"name\",\"from\":\"Ann\",\"to\":\"Anna\"},"
        "{\"field\":\"manager\",\"from\":\"lead\",\"to\":\"boss\"},"
        "{\"field\":\"roles\",\"from\":[],\"to\":[\"hr\"]}]");
    ck_assert_str_eq(test_text(list->u.array.at[2], "kind"), "left");
    ck_assert_double_eq(wf_json_num(wf_json_get(told, "left"), 0), 1);
    ck_assert_str_eq(manager_of("ann"), "lead");
    test_refused(&t, weft_person_get(ann, "eve"), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(a_program_is_nobody_of_the_company)
{
    test_ok(&t, add(root, "{\"login\":\"sync\",\"name\":\"Sync\","
                          "\"service\":true}"));

    ck_assert_uint_eq(
        wf_json_len(
            wf_json_get(test_ok(&t, weft_people_list(ann, NULL, 0)), "items")),
        5);
    ck_assert(wf_json_is_true(
        wf_json_get(test_ok(&t, weft_person_record(root, "sync")), "service")));
}
END_TEST

TCase *people_tests(void)
{
    TCase *tc = tcase_create("api/people");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_person_is_added_with_all_that_a_file_could_say);
    tcase_add_test(tc, what_does_not_fit_is_named_and_nothing_is_kept);
    tcase_add_test(tc, only_administrators_change_people_and_see_records);
    tcase_add_test(tc, who_gets_another_login_stays_the_same_person);
    tcase_add_test(tc, the_manager_of_a_day_is_told_after_a_change);
    tcase_add_test(tc, unit_title_and_leaving_are_told_of_a_day);
    tcase_add_test(tc, lines_have_their_days_both_ways);
    tcase_add_test(tc, a_unit_moves_with_all_that_is_in_it);
    tcase_add_test(tc, a_unit_in_use_is_not_given_up);
    tcase_add_test(tc, a_change_of_a_day_to_come_is_made_on_that_day);
    tcase_add_test(tc,
                   what_cannot_be_is_not_planned_and_nothing_is_in_the_past);
    tcase_add_test(tc, a_planned_change_is_given_up_or_fails_with_its_problem);
    tcase_add_test(tc, a_check_tells_what_it_would_change_and_changes_nothing);
    tcase_add_test(tc, a_program_is_nobody_of_the_company);
    return tc;
}
