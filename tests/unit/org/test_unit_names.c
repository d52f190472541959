/* unit/org/test_unit_names.c - units by what they are called in speech.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/unit_names.h"

#include "fixture.h"
#include "org/directory.h"

static struct org org;
static struct wf_directory *directory;

static void setup(void)
{
    org_begin(&org);
    directory = wf_directory_new();
    org_unit(&org, 1, "hr", 0, 0);
    org_unit(&org, 2, "sales-south", 0, 0);
    org_unit(&org, 3, "plant", 0, 0);
    test_run(org.db, "UPDATE unit SET name = '人力资源部' WHERE id = 1");
    test_run(org.db, "UPDATE unit SET name = '华南销售部' WHERE id = 2");
    test_run(org.db, "UPDATE unit SET name = 'Plant' WHERE id = 3");
    org_keep(&org);
}

static void teardown(void)
{
    wf_directory_free(directory);
    org_end(&org);
}

/* What is found, as "KEY FROM-TO SURE; ..." */
static const char *found_by(struct wf_call *call, const char *text)
{
    struct wf_units_found found = { NULL, 0, 0 };
    const char *out = "";

    ORG_OK(&org, wf_unit_names_find(call, text, &found, &org.err));
    for (size_t i = 0; i < found.n; i++)
        out = wf_arena_printf(org.arena, "%s%s %zu-%zu %d; ", out,
                              found.at[i].key, found.at[i].from, found.at[i].to,
                              found.at[i].sure);
    return out;
}

static const char *found_in(const char *text)
{
    return found_by(&org.call, text);
}

START_TEST(a_unit_has_its_name_and_its_key)
{
    ck_assert_str_eq(found_in("看人力资源部的"),
                     "hr 1-6 100; hr 1-3 80; hr 1-5 80; ");
    ck_assert_str_eq(found_in("how is sales-south doing"),
                     "sales-south 7-18 100; ");
    ck_assert_str_eq(found_in("the plant"), "plant 4-9 100; ");
    ck_assert_str_eq(found_in("planted"), "");
}
END_TEST

START_TEST(less_of_a_name_is_less_sure)
{
    ck_assert_str_eq(found_in("人力部"), "hr 0-3 90; hr 0-2 80; ");
    ck_assert_str_eq(found_in("华南部"), "sales-south 0-3 90; ");
    ck_assert_str_eq(found_in("华南销售"), "sales-south 0-4 80; ");
    ck_assert_str_eq(found_in("部"), "");
}
END_TEST

START_TEST(a_chinese_name_is_known_in_english)
{
    test_run(org.db, "UPDATE unit SET name = '二车间' WHERE id = 3");
    ck_assert_str_eq(found_in("workshop 2"), "plant 0-10 90; ");
    ck_assert_str_eq(found_in("workshop two"), "plant 0-12 90; ");
    ck_assert_str_eq(found_in("south sales"), "sales-south 0-11 90; ");
    ck_assert_str_eq(found_in("hr department"), "hr 0-2 100; hr 0-2 90; "
                                                "hr 0-13 90; ");
    test_run(org.db, "UPDATE unit SET name = '春风二车间' WHERE id = 3");
    ck_assert_str_eq(found_in("workshop 2"), "");
}
END_TEST

START_TEST(one_that_is_no_more_is_not_found)
{
    test_run(org.db, "UPDATE unit SET active = 0 WHERE id = 3");
    ck_assert_str_eq(found_in("the plant"), "");
}
END_TEST

START_TEST(the_next_question_reads_no_unit)
{
    struct org_question first, second, third;
    int64_t before;

    org_ask(&org, directory, &first);
    ck_assert_str_eq(found_by(&first.call, "plant"), "plant 0-5 100; ");
    org_ask(&org, directory, &second);
    before = wf_db_statements(second.call.db);
    ck_assert_str_eq(found_by(&second.call, "plant"), "plant 0-5 100; ");
    ck_assert_int_eq(wf_db_statements(second.call.db), before);

    test_run(org.db, "UPDATE unit SET name = 'Works' WHERE id = 3");
    org_keep(&org);
    org_ask(&org, directory, &third);
    ck_assert_str_eq(found_by(&third.call, "works"), "plant 0-5 100; ");
    ck_assert_str_eq(found_by(&first.call, "works"), "");
    org_answered(&first);
    org_answered(&second);
    org_answered(&third);
}
END_TEST

TCase *unit_names_tests(void)
{
    TCase *tc = tcase_create("org/unit_names");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_unit_has_its_name_and_its_key);
    tcase_add_test(tc, less_of_a_name_is_less_sure);
    tcase_add_test(tc, a_chinese_name_is_known_in_english);
    tcase_add_test(tc, one_that_is_no_more_is_not_found);
    tcase_add_test(tc, the_next_question_reads_no_unit);
    return tc;
}
