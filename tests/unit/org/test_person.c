/* unit/org/test_person.c - persons, found and written.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

static struct org org;

static void setup(void)
{
    org_begin(&org);
    org_unit(&org, 50, "store_01", 0, 0);
    org_person(&org, 1, "lina", 0, 0);
    org_person(&org, 2, "zhangwei", 1, 50);
}

static void teardown(void)
{
    org_end(&org);
}

static const struct wf_person *found(wf_id id)
{
    const struct wf_person *person = NULL;

    ORG_OK(&org, wf_person_find(&org.call, id, &person, &org.err));
    return person;
}

static const struct wf_person *named(const char *json)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    const struct wf_person *person = NULL;
    struct wf_json *tree = NULL;

    ORG_OK(&org, wf_json_parse(org.arena, json, strlen(json), &limits, &tree,
                               &org.err));
    ORG_OK(&org, wf_person_named(&org.call, tree, &person, &org.err));
    return person;
}

START_TEST(a_person_is_loaded_whole)
{
    test_run(org.db, "UPDATE person SET grade = 7, title = 'Clerk',"
                     " email = 'z@example.org', locale = 'zh-CN',"
                     " timezone = 'Asia/Shanghai', active = 0 WHERE id = 2");

    const struct wf_person *person = found(2);

    ck_assert_str_eq(person->login, "zhangwei");
    ck_assert_str_eq(person->unit_key, "store_01");
    ck_assert_int_eq(person->unit, 50);
    ck_assert_int_eq(person->manager, 1);
    ck_assert(person->has_grade && person->grade == 7);
    ck_assert_str_eq(person->title, "Clerk");
    ck_assert_str_eq(person->email, "z@example.org");
    ck_assert_str_eq(person->locale, "zh-CN");
    ck_assert_str_eq(person->timezone, "Asia/Shanghai");
    ck_assert(!person->active);
}
END_TEST

START_TEST(what_a_person_does_not_have_is_absent)
{
    const struct wf_person *person = found(1);

    ck_assert_int_eq(person->manager, 0);
    ck_assert_int_eq(person->unit, 0);
    ck_assert_ptr_null(person->unit_key);
    ck_assert_ptr_null(person->title);
    ck_assert(!person->has_grade);
}
END_TEST

START_TEST(nobody_is_found_for_an_id_that_nobody_has)
{
    ck_assert_ptr_null(found(99));
    ck_assert_ptr_null(found(0));
}
END_TEST

START_TEST(asking_twice_costs_one_statement)
{
    const struct wf_person *first = found(2);
    int64_t before = wf_db_statements(org.db);
    const struct wf_person *person = NULL;

    ck_assert_ptr_eq(found(2), first);
    ORG_OK(&org,
           wf_person_find_login(&org.call, "zhangwei", &person, &org.err));

    ck_assert_ptr_eq(person, first);
    ck_assert_int_eq(wf_db_statements(org.db), before);
}
END_TEST

START_TEST(a_forgotten_person_is_loaded_anew)
{
    const struct wf_person *old = found(2);

    test_run(org.db, "UPDATE person SET name = 'New' WHERE id = 2");
    wf_people_forget(org.call.people);

    ck_assert_str_eq(found(2)->name, "New");
    ck_assert_str_eq(old->name, "zhangwei");
}
END_TEST

START_TEST(a_login_is_found_in_any_case_and_width)
{
    const struct wf_person *person = NULL;

    ORG_OK(&org,
           wf_person_find_login(&org.call, "ＺhangWEI", &person, &org.err));

    ck_assert_int_eq(person->id, 2);
}
END_TEST

START_TEST(people_write_a_person_as_login_id_or_object)
{
    ck_assert_int_eq(named("\"lina\"")->id, 1);
    ck_assert_int_eq(named("\"2\"")->id, 2);
    ck_assert_int_eq(named("{\"id\":\"2\",\"login\":\"lina\"}")->id, 2);
    ck_assert_int_eq(named("{\"login\":\"lina\"}")->id, 1);
}
END_TEST

START_TEST(what_names_nobody_is_nobody)
{
    static const char *const texts[] = {
        "\"nobody\"", "\"99\"", "\"\"",           "null",          "2",
        "[]",         "{}",     "{\"id\":\"x\"}", "{\"login\":7}", "true",
    };

    for (size_t i = 0; i < WF_COUNT(texts); i++)
        ck_assert_ptr_null(named(texts[i]));
}
END_TEST

START_TEST(a_login_of_digits_wins_over_an_id)
{
    org_person(&org, 3, "2", 0, 0);

    ck_assert_int_eq(named("\"2\"")->id, 3);
}
END_TEST

START_TEST(a_person_is_written_with_id_login_and_name)
{
    struct wf_buf buf = WF_BUF_INIT(org.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&out, '[');
    wf_person_json(found(1), &out);
    wf_person_json(NULL, &out);
    wf_jw_close(&out, ']');

    ck_assert_str_eq(wf_buf_text(&buf), "[{\"id\":\"1\",\"login\":\"lina\","
                                        "\"name\":\"lina\"},null]");
}
END_TEST

START_TEST(many_are_loaded_with_one_statement_for_each_fifty)
{
    wf_id ids[120];

    for (int i = 0; i < 120; i++) {
        char login[16];

        snprintf(login, sizeof login, "p%d", i);
        ids[i] = 1000 + i;
        if (i < 110)
            org_person(&org, ids[i], login, 0, 0);
    }
    int64_t before = wf_db_statements(org.db);

    ORG_OK(&org, wf_people_load(&org.call, ids, 120, &org.err));

    ck_assert_int_eq(wf_db_statements(org.db) - before, 3);
    ck_assert_str_eq(found(1109)->login, "p109");
    ck_assert_int_eq(wf_db_statements(org.db) - before, 3);
    ck_assert_ptr_null(found(1119));
}
END_TEST

static struct wf_value part(const char *id, enum wf_person_part of)
{
    struct wf_value value = { 0 };

    ORG_OK(&org, wf_person_part_value(&org.call, wf_str_of(id), of, &value,
                                      &org.err));
    return value;
}

START_TEST(formulas_read_the_parts_of_a_person)
{
    test_run(org.db, "UPDATE person SET grade = 7.5, title = 'Clerk'"
                     " WHERE id = 2");

    ck_assert(wf_str_is(part("2", WF_PERSON_LOGIN).u.text, "zhangwei"));
    ck_assert(wf_str_is(part("2", WF_PERSON_NAME).u.text, "zhangwei"));
    ck_assert(wf_str_is(part("2", WF_PERSON_TITLE).u.text, "Clerk"));
    ck_assert_int_eq(part("2", WF_PERSON_UNIT).type, WF_T_UNIT);
    ck_assert(wf_str_is(part("2", WF_PERSON_UNIT).u.text, "store_01"));
    ck_assert_int_eq(part("2", WF_PERSON_MANAGER).type, WF_T_PERSON);
    ck_assert(wf_str_is(part("2", WF_PERSON_MANAGER).u.text, "1"));
    ck_assert_double_eq(part("2", WF_PERSON_GRADE).u.number, 7.5);
}
END_TEST

START_TEST(what_a_person_lacks_is_nil_in_formulas)
{
    ck_assert_int_eq(part("1", WF_PERSON_MANAGER).type, WF_T_NIL);
    ck_assert_int_eq(part("1", WF_PERSON_UNIT).type, WF_T_NIL);
    ck_assert_int_eq(part("1", WF_PERSON_GRADE).type, WF_T_NIL);
    ck_assert_int_eq(part("99", WF_PERSON_NAME).type, WF_T_NIL);
    ck_assert_int_eq(part("x", WF_PERSON_NAME).type, WF_T_NIL);
}
END_TEST

START_TEST(a_unit_is_found_by_its_key)
{
    struct wf_unit unit;
    bool is_there;

    ORG_OK(&org,
           wf_unit_find(&org.call, "store_01", &unit, &is_there, &org.err));
    ck_assert(is_there);
    ck_assert_int_eq(unit.id, 50);
    ck_assert_str_eq(unit.key, "store_01");
    ck_assert_int_eq(unit.parent, 0);

    ORG_OK(&org, wf_unit_find(&org.call, "none", &unit, &is_there, &org.err));
    ck_assert(!is_there);
}
END_TEST

START_TEST(units_are_listed_with_parent_and_head)
{
    struct wf_buf buf = WF_BUF_INIT(org.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);

    org_unit(&org, 51, "team", 50, 1);
    ORG_OK(&org, wf_units_list(&org.call, &out, &org.err));

    ck_assert_str_eq(wf_buf_text(&buf),
                     "{\"items\":[{\"id\":\"store_01\",\"name\":\"store_01\","
                     "\"parent\":null,\"head\":null},"
                     "{\"id\":\"team\",\"name\":\"team\",\"parent\":"
                     "\"store_01\",\"head\":{\"id\":\"1\",\"login\":\"lina\","
                     "\"name\":\"lina\"}}],\"next\":null}");
}
END_TEST

TCase *person_tests(void)
{
    TCase *tc = tcase_create("org/person");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_person_is_loaded_whole);
    tcase_add_test(tc, what_a_person_does_not_have_is_absent);
    tcase_add_test(tc, nobody_is_found_for_an_id_that_nobody_has);
    tcase_add_test(tc, asking_twice_costs_one_statement);
    tcase_add_test(tc, a_forgotten_person_is_loaded_anew);
    tcase_add_test(tc, a_login_is_found_in_any_case_and_width);
    tcase_add_test(tc, people_write_a_person_as_login_id_or_object);
    tcase_add_test(tc, what_names_nobody_is_nobody);
    tcase_add_test(tc, a_login_of_digits_wins_over_an_id);
    tcase_add_test(tc, a_person_is_written_with_id_login_and_name);
    tcase_add_test(tc, many_are_loaded_with_one_statement_for_each_fifty);
    tcase_add_test(tc, formulas_read_the_parts_of_a_person);
    tcase_add_test(tc, what_a_person_lacks_is_nil_in_formulas);
    tcase_add_test(tc, a_unit_is_found_by_its_key);
    tcase_add_test(tc, units_are_listed_with_parent_and_head);
    return tc;
}
