/* unit/org/test_directory.c - persons that are kept for all questions.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/directory.h"

#include "fixture.h"
#include "org/scope.h"

static struct org org;
static struct wf_directory *directory;

static void setup(void)
{
    org_begin(&org);
    directory = wf_directory_new();
    org_person(&org, 1, "lina", 0, 0);
    org_keep(&org);
}

static void teardown(void)
{
    wf_directory_free(directory);
    org_end(&org);
}

static const char *name_in(struct org_question *asked)
{
    const struct wf_person *person = NULL;

    ORG_OK(&org, wf_person_find(&asked->call, 1, &person, &org.err));
    return person->name;
}

static int64_t statements_of(struct org_question *asked)
{
    int64_t before = wf_db_statements(asked->call.db);
    unsigned scopes;

    ck_assert_str_eq(name_in(asked), "lina");
    ORG_OK(&org, wf_scopes_of(&asked->call, 1, &scopes, &org.err));
    ck_assert_uint_eq(scopes,
                      WF_SCOPE_READ | WF_SCOPE_WRITE | WF_SCOPE_CALENDAR);
    return wf_db_statements(asked->call.db) - before;
}

/* Renames in a transaction of its own, as another process would. */
static void rename_lina(const char *sql)
{
    test_run(org.db, sql);
    org_keep(&org);
}

START_TEST(the_next_question_reads_nobody_again)
{
    struct org_question first, second;

    org_ask(&org, directory, &first);
    ck_assert_int_eq(statements_of(&first), 2);
    org_answered(&first);
    org_ask(&org, directory, &second);
    ck_assert_int_eq(statements_of(&second), 0);
    org_answered(&second);
}
END_TEST

START_TEST(each_snapshot_has_the_people_of_its_time)
{
    struct org_question old, new, again;

    org_ask(&org, directory, &old);
    ck_assert_str_eq(name_in(&old), "lina");
    rename_lina("UPDATE person SET name = 'Li Na' WHERE id = 1");
    org_ask(&org, directory, &new);
    ck_assert_str_eq(name_in(&new), "Li Na");
    ck_assert_str_eq(name_in(&old), "lina");
    org_ask(&org, directory, &again);
    ck_assert_str_eq(name_in(&again), "Li Na");
    org_answered(&old);
    org_answered(&new);
    org_answered(&again);
}
END_TEST

START_TEST(a_snapshot_from_before_puts_nobody_into_what_is_current)
{
    struct org_question old, new;

    org_ask(&org, directory, &old);
    rename_lina("UPDATE person SET name = 'Li Na' WHERE id = 1");
    org_ask(&org, directory, &new);
    org_answered(&new);
    old.call.people = wf_people_new(org.arena, old.roster);
    ck_assert_str_eq(name_in(&old), "lina");
    org_answered(&old);
    org_ask(&org, directory, &new);
    ck_assert_str_eq(name_in(&new), "Li Na");
    org_answered(&new);
}
END_TEST

START_TEST(a_command_takes_no_part)
{
    struct wf_roster *roster = NULL;

    ORG_OK(&org, wf_roster_join(directory, org.db, &roster, &org.err));

    ck_assert_ptr_null(roster);
    ck_assert_ptr_null(wf_roster_find(roster, 1));
}
END_TEST

TCase *directory_tests(void)
{
    TCase *tc = tcase_create("org/directory");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, the_next_question_reads_nobody_again);
    tcase_add_test(tc, each_snapshot_has_the_people_of_its_time);
    tcase_add_test(tc, a_snapshot_from_before_puts_nobody_into_what_is_current);
    tcase_add_test(tc, a_command_takes_no_part);
    return tc;
}
