/* unit/store/test_pg.c - what only PostgreSQL has: schema texts in its words,
 * statements that are not waited for, several who write. Without WEFT_TEST_PG
 * there is none to ask.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "store/driver.h"
#include "suite.h"
#include "support/memory.h"
#include "support/store.h"

static struct wf_store *store;
static struct wf_db *db;
static weft_error err;

static const char COUNT[] = "SELECT count(*) FROM generation";

static void setup(void)
{
    store = test_store_memory();
    db = wf_store_writer(store);
}

static void teardown(void)
{
    wf_store_close(store);
}

/* Adds a row, and says nothing of what came of it. */
static void add(struct wf_db *to, const char *what)
{
    static const char SQL[] = "INSERT INTO generation (what, n) VALUES ($1, 1)";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    ck_assert(wf_stmt_begin(to, SQL, &q, &err));
    wf_stmt_bind_text(&q, 1, what);
    ck_assert(wf_stmt_run(&q, &err));
}

START_TEST(what_is_run_for_its_effect_is_not_waited_for)
{
    int64_t before = wf_db_trips(db);

    ck_assert(wf_db_begin(db, &err));
    add(db, "a");
    add(db, "b");
    ck_assert_int_eq(wf_db_trips(db) - before, 0);
    ck_assert(wf_db_commit(db, &err));

    ck_assert_int_eq(wf_db_trips(db) - before, 1);
    ck_assert_int_eq(test_int(db, COUNT), 2);
}
END_TEST

START_TEST(a_failure_that_was_not_waited_for_keeps_nothing)
{
    ck_assert(wf_db_begin(db, &err));
    add(db, "a");
    add(db, "a");

    ck_assert(!wf_db_commit(db, &err));
    ck_assert_int_eq(err.code, WEFT_E_CONFLICT);
    ck_assert_int_eq(test_int(db, COUNT), 0);
}
END_TEST

START_TEST(a_savepoint_undoes_what_was_not_waited_for)
{
    struct wf_save save = WF_SAVE_INIT;

    ck_assert(wf_db_begin(db, &err));
    add(db, "a");
    ck_assert(wf_save_begin(db, &save, &err));
    add(db, "a");
    ck_assert(!wf_save_keep(&save, &err));
    wf_save_end(&save);
    add(db, "b");

    ck_assert(wf_db_commit(db, &err));
    ck_assert_int_eq(test_int(db, COUNT), 2);
}
END_TEST

START_TEST(two_that_decide_by_what_the_other_changes_do_not_both_win)
{
    struct wf_db *two;

    ck_assert(wf_db_open(store, false, &two, &err));
    ck_assert(wf_db_begin(db, &err) && wf_db_begin(two, &err));
    ck_assert_int_eq(test_int(db, COUNT), 0);
    ck_assert_int_eq(test_int(two, COUNT), 0);
    add(db, "a");
    add(two, "b");

    ck_assert(wf_db_commit(db, &err));
    ck_assert(!wf_db_commit(two, &err));
    ck_assert_int_eq(err.code, WEFT_E_BUSY);
    ck_assert(two->clashed);
    wf_db_close(two);
}
END_TEST

/* Whether a whole transaction goes through. */
static bool asks(void)
{
    struct wf_stmt q = WF_STMT_INIT;
    bool asked;

    if (!wf_db_begin(db, &err))
        return false;
    asked = wf_stmt_begin(db, COUNT, &q, &err)
            && wf_stmt_step(&q, &err) == WF_FETCH_ROW;
    wf_stmt_end(&q);
    if (asked)
        return wf_db_commit(db, &err);
    wf_db_rollback(db);
    return false;
}

START_TEST(a_connection_that_was_cut_is_made_anew)
{
    static const char CUT[] =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND wait_event = 'ClientRead'"
        " AND query LIKE '%cut me%'";
    struct wf_db *two;
    int n_failed = 0;

    ck_assert(wf_db_open(store, false, &two, &err));
    test_int(db, "SELECT 1 /* cut me */");
    while (test_int(two, CUT) < 0)
        ;

    /* Who is in the middle of something fails, and only once. */
    for (int i = 0; i < 50 && !asks(); i++)
        n_failed++;
    ck_assert_msg(n_failed <= 2, "%s", err.text);
    ck_assert(asks());
    wf_db_close(two);
}
END_TEST

START_TEST(texts_are_ordered_by_bytes_and_numbers_hold_64_bits)
{
    test_run(db, "INSERT INTO generation (what, n)"
                 " VALUES ('a', 9223372036854775807), ('B', 1)");

    ck_assert_int_eq(
        test_int(db, "SELECT n FROM generation ORDER BY what LIMIT 1"), 1);
    ck_assert(test_int(db, "SELECT max(n) FROM generation") == INT64_MAX);
}
END_TEST

TCase *pg_tests(void)
{
    TCase *tc = tcase_create("store/pg");

    tcase_add_checked_fixture(tc, setup, teardown);
    if (!test_is_pg())
        return tc;
    tcase_add_test(tc, what_is_run_for_its_effect_is_not_waited_for);
    tcase_add_test(tc, a_failure_that_was_not_waited_for_keeps_nothing);
    tcase_add_test(tc, a_savepoint_undoes_what_was_not_waited_for);
    tcase_add_test(tc,
                   two_that_decide_by_what_the_other_changes_do_not_both_win);
    tcase_add_test(tc, a_connection_that_was_cut_is_made_anew);
    tcase_add_test(tc, texts_are_ordered_by_bytes_and_numbers_hold_64_bits);
    return tc;
}
