/* unit/org/test_people_list.c - pages of people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <string.h>

static struct org org;

static void setup(void)
{
    org_begin(&org);
    org_unit(&org, 50, "company", 0, 0);
    org_unit(&org, 51, "east", 50, 0);
    org_person(&org, 1, "anna", 0, 50);
    org_person(&org, 2, "ben", 1, 51);
    org_person(&org, 3, "bert", 1, 51);
    org_person(&org, 4, "carl", 2, 0);
    org_person(&org, 5, "gone", 2, 0);
    test_run(org.db, "UPDATE person SET active = 0 WHERE id = 5");
    test_run(org.db, "UPDATE person SET name = '李娜', pinyin = 'li na',"
                     " initials = 'ln' WHERE id = 4");
    org_close(&org);
}

static void teardown(void)
{
    org_end(&org);
}

static const char *listed(struct wf_people_query query)
{
    struct wf_buf buf = WF_BUF_INIT(org.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);

    ORG_OK(&org, wf_people_list(&org.call, &query, &out, &org.err));
    return wf_buf_text(&buf);
}

/* The logins of a page, each followed by a space, then the next cursor. */
static const char *logins(struct wf_people_query query)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    const char *text = listed(query);
    struct wf_buf buf = WF_BUF_INIT(org.arena);
    struct wf_json *page = NULL;
    const struct wf_json *items;
    const char *next;

    ORG_OK(&org, wf_json_parse(org.arena, text, strlen(text), &limits, &page,
                               &org.err));
    items = wf_json_get(page, "items");
    for (size_t i = 0; i < items->u.array.n; i++)
        wf_buf_printf(&buf, "%s ",
                      wf_json_str(wf_json_get(items->u.array.at[i], "login")));
    next = wf_json_str(wf_json_get(page, "next"));
    wf_buf_str(&buf, next ? next : "-");
    return wf_buf_text(&buf);
}

START_TEST(the_active_people_are_listed_by_name)
{
    ck_assert_str_eq(logins((struct wf_people_query){ 0 }),
                     "anna ben bert carl -");
}
END_TEST

START_TEST(a_person_is_listed_with_unit_title_and_manager)
{
    test_run(org.db, "UPDATE person SET title = 'Clerk' WHERE id = 2");

    ck_assert_str_eq(
        listed((struct wf_people_query){ .search = "ben" }),
        "{\"items\":[{\"id\":\"2\",\"login\":\"ben\",\"name\":\"ben\","
        "\"unit\":\"east\",\"title\":\"Clerk\",\"manager\":{\"id\":\"1\","
        "\"login\":\"anna\",\"name\":\"anna\"}}],\"next\":null}");
}
END_TEST

START_TEST(pages_go_on_behind_each_other)
{
    struct wf_people_query query = { .limit = 3 };

    ck_assert_str_eq(logins(query), "anna ben bert 3");
    query.cursor = "3";
    ck_assert_str_eq(logins(query), "carl -");
    query.cursor = "4";
    ck_assert_str_eq(logins(query), "-");
}
END_TEST

START_TEST(a_full_last_page_says_that_it_is_the_last)
{
    ck_assert_str_eq(logins((struct wf_people_query){ .limit = 4 }),
                     "anna ben bert carl -");
}
END_TEST

START_TEST(people_are_found_by_the_beginning_of_name_login_pinyin_initials)
{
    ck_assert_str_eq(logins((struct wf_people_query){ .search = "be" }),
                     "ben bert -");
    ck_assert_str_eq(logins((struct wf_people_query){ .search = "BER" }),
                     "bert -");
    ck_assert_str_eq(logins((struct wf_people_query){ .search = "李" }),
                     "carl -");
    ck_assert_str_eq(logins((struct wf_people_query){ .search = "li n" }),
                     "carl -");
    ck_assert_str_eq(logins((struct wf_people_query){ .search = "ln" }),
                     "carl -");
    ck_assert_str_eq(logins((struct wf_people_query){ .search = "%" }), "-");
    ck_assert_str_eq(logins((struct wf_people_query){ .search = "gone" }), "-");
}
END_TEST

START_TEST(a_unit_has_the_people_of_the_units_below_it)
{
    ck_assert_str_eq(logins((struct wf_people_query){ .unit = "company" }),
                     "anna ben bert -");
    ck_assert_str_eq(logins((struct wf_people_query){ .unit = "east" }),
                     "ben bert -");
    ck_assert_str_eq(logins((struct wf_people_query){ .unit = "none" }), "-");
}
END_TEST

START_TEST(a_limit_or_cursor_that_is_none_is_malformed)
{
    static const struct wf_people_query wrong[] = {
        { .limit = -1 },
        { .limit = 201 },
        { .cursor = "x" },
        { .cursor = "" },
    };

    for (size_t i = 0; i < WF_COUNT(wrong); i++) {
        struct wf_buf buf = WF_BUF_INIT(org.arena);
        struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);

        ck_assert(!wf_people_list(&org.call, &wrong[i], &out, &org.err));
        ck_assert_int_eq(org.err.code, WEFT_E_MALFORMED);
    }
}
END_TEST

TCase *people_list_tests(void)
{
    TCase *tc = tcase_create("org/people_list");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, the_active_people_are_listed_by_name);
    tcase_add_test(tc, a_person_is_listed_with_unit_title_and_manager);
    tcase_add_test(tc, pages_go_on_behind_each_other);
    tcase_add_test(tc, a_full_last_page_says_that_it_is_the_last);
    tcase_add_test(
        tc, people_are_found_by_the_beginning_of_name_login_pinyin_initials);
    tcase_add_test(tc, a_unit_has_the_people_of_the_units_below_it);
    tcase_add_test(tc, a_limit_or_cursor_that_is_none_is_malformed);
    return tc;
}
