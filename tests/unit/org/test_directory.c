/* unit/org/test_directory.c - persons that are kept for all questions.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/directory.h"

#include "fixture.h"
#include "org/scope.h"

static struct org org;
static struct wf_directory *directory;

/* One question: a snapshot, the roster of it, whom it has found. */
struct asked {
    struct wf_reader reader;
    struct wf_roster *roster;
    struct wf_call call;
};

static void setup(void)
{
    org_begin(&org);
    directory = wf_directory_new();
    org_person(&org, 1, "lina", 0, 0);
    ORG_OK(&org, wf_db_commit(org.db, &org.err));
    ORG_OK(&org, wf_db_begin(org.db, &org.err));
}

static void teardown(void)
{
    wf_directory_free(directory);
    org_end(&org);
}

static void ask(struct asked *asked)
{
    *asked = (struct asked){ .reader = WF_READER_INIT, .call = org.call };
    ORG_OK(&org, wf_reader_begin(org.store, 0, &asked->reader, &org.err));
    asked->call.db = asked->reader.db;
    ORG_OK(&org,
           wf_roster_join(directory, asked->call.db, &asked->roster, &org.err));
    asked->call.people = wf_people_new(org.arena, asked->roster);
}

static void end(struct asked *asked)
{
    wf_roster_leave(&asked->roster);
    wf_reader_end(&asked->reader);
}

static const char *name_in(struct asked *asked)
{
    const struct wf_person *person = NULL;

    ORG_OK(&org, wf_person_find(&asked->call, 1, &person, &org.err));
    return person->name;
}

static int64_t statements_of(struct asked *asked)
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
    ORG_OK(&org, wf_db_commit(org.db, &org.err));
    ORG_OK(&org, wf_db_begin(org.db, &org.err));
}

START_TEST(the_next_question_reads_nobody_again)
{
    struct asked first, second;

    ask(&first);
    ck_assert_int_eq(statements_of(&first), 2);
    end(&first);
    ask(&second);
    ck_assert_int_eq(statements_of(&second), 0);
    end(&second);
}
END_TEST

START_TEST(each_snapshot_has_the_people_of_its_time)
{
    struct asked old, new, again;

    ask(&old);
    ck_assert_str_eq(name_in(&old), "lina");
    rename_lina("UPDATE person SET name = 'Li Na' WHERE id = 1");
    ask(&new);
    ck_assert_str_eq(name_in(&new), "Li Na");
    ck_assert_str_eq(name_in(&old), "lina");
    ask(&again);
    ck_assert_str_eq(name_in(&again), "Li Na");
    end(&old);
    end(&new);
    end(&again);
}
END_TEST

START_TEST(a_snapshot_from_before_puts_nobody_into_what_is_current)
{
    struct asked old, new;

    ask(&old);
    rename_lina("UPDATE person SET name = 'Li Na' WHERE id = 1");
    ask(&new);
    end(&new);
    old.call.people = wf_people_new(org.arena, old.roster);
    ck_assert_str_eq(name_in(&old), "lina");
    end(&old);
    ask(&new);
    ck_assert_str_eq(name_in(&new), "Li Na");
    end(&new);
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
