/* unit/store/test_db.c - transactions, savepoints, generations.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "support/store.h"

static const char COUNT[] = "SELECT count(*) FROM generation";
static const char ADD_A[] = "INSERT INTO generation (what, n) VALUES ('a', 1)";
static const char ADD_B[] = "INSERT INTO generation (what, n) VALUES ('b', 1)";
static const char ADD_C[] = "INSERT INTO generation (what, n) VALUES ('c', 1)";

static struct wf_store *store;
static struct wf_db *db;
static weft_error err;

static void setup(void)
{
    store = test_store_memory();
    db = wf_store_writer(store);
    err = (weft_error)WEFT_ERROR_INIT;
    ck_assert(wf_db_begin(db, &err));
}

static void teardown(void)
{
    wf_db_rollback(db);
    wf_store_close(store);
}

START_TEST(what_is_rolled_back_never_was)
{
    test_run(db, ADD_A);
    wf_db_rollback(db);
    ck_assert(wf_db_begin(db, &err));
    ck_assert_int_eq(test_int(db, COUNT), 0);
    test_run(db, ADD_A);
    ck_assert(wf_db_commit(db, &err));
    ck_assert_int_eq(test_int(db, COUNT), 1);
}
END_TEST

START_TEST(savepoints_nest_and_only_the_kept_ones_stay)
{
    struct wf_save outer = WF_SAVE_INIT, inner = WF_SAVE_INIT;

    ck_assert(wf_save_begin(db, &outer, &err));
    test_run(db, ADD_A);
    ck_assert(wf_save_begin(db, &inner, &err));
    test_run(db, ADD_B);
    wf_save_end(&inner);
    ck_assert(wf_save_begin(db, &inner, &err));
    test_run(db, ADD_C);
    ck_assert(wf_save_keep(&inner, &err));
    wf_save_end(&inner); /* kept: nothing to undo */
    ck_assert_int_eq(test_int(db, COUNT), 2);
    ck_assert(wf_save_keep(&outer, &err));
    ck_assert_int_eq(test_int(db, "SELECT count(*) FROM generation"
                                  " WHERE what = 'b'"),
                     0);

    ck_assert(wf_save_begin(db, &outer, &err));
    ck_assert(wf_save_begin(db, &inner, &err));
    ck_assert(wf_save_keep(&inner, &err));
    wf_save_end(&outer);
    ck_assert(wf_db_commit(db, &err));
    ck_assert_int_eq(test_int(db, COUNT), 2);
}
END_TEST

/* Adds 'a', and fails to add it once more. */
static void fail_once(void)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    weft_error failure = WEFT_ERROR_INIT;

    test_run(db, ADD_A);
    ck_assert(wf_stmt_begin(db, ADD_A, &q, &failure));
    ck_assert_int_eq(wf_stmt_step(&q, &failure), WF_FETCH_ERROR);
}

START_TEST(a_failure_that_nobody_heeds_keeps_nothing)
{
    struct wf_stmt q = WF_STMT_INIT;

    fail_once();

    ck_assert(!wf_stmt_begin(db, ADD_B, &q, &err));
    ck_assert_int_eq(err.code, WEFT_E_CONFLICT);
    ck_assert(!wf_db_commit(db, &err));
    ck_assert_int_eq(err.code, WEFT_E_CONFLICT);
    ck_assert_int_eq(test_int(db, COUNT), 0);
}
END_TEST

START_TEST(a_failure_is_over_when_its_savepoint_is_undone)
{
    struct wf_save save = WF_SAVE_INIT;

    test_run(db, ADD_B);
    ck_assert(wf_save_begin(db, &save, &err));
    fail_once();
    ck_assert(!wf_save_keep(&save, &err));
    wf_save_end(&save);

    test_run(db, ADD_C);
    ck_assert(wf_db_commit(db, &err));
    ck_assert_int_eq(test_int(db, COUNT), 2);
}
END_TEST

/* More than the driver keeps in memory for it: 3,000 rows of 2 KB. */
#define X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X512 X64 X64 X64 X64 X64 X64 X64 X64

START_TEST(what_a_large_command_changed_comes_back_whole)
{
    static const char ADD[] =
        "INSERT INTO generation (what, n)"
        " WITH RECURSIVE s(i) AS"
        " (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 3000)"
        " SELECT CAST(i AS TEXT) || '" X512 X512 X512 X512 "', i FROM s";
    struct wf_save save = WF_SAVE_INIT;

    test_run(db, ADD);
    ck_assert(wf_db_commit(db, &err));
    ck_assert(wf_db_begin(db, &err));
    test_run(db, ADD_A);
    ck_assert(wf_save_begin(db, &save, &err));
    test_run(db, "UPDATE generation SET n = n + 1");
    test_run(db, "DELETE FROM generation WHERE n > 2000");
    wf_save_end(&save);
    test_run(db, ADD_B);
    ck_assert(wf_db_commit(db, &err));

    ck_assert_int_eq(test_int(db, COUNT), 3002);
    ck_assert_int_eq(
        test_int(db, "SELECT CAST(sum(n) AS BIGINT) FROM generation"),
        3000 * 3001 / 2 + 2);
}
END_TEST

START_TEST(a_generation_grows_with_each_bump)
{
    int64_t before = -1, after = -1, other = -1;

    ck_assert(wf_generation_get(db, "definition", &before, &err));
    ck_assert(wf_generation_bump(db, "definition", &err));
    ck_assert(wf_generation_bump(db, "definition", &err));
    ck_assert(wf_generation_get(db, "definition", &after, &err));
    ck_assert(wf_generation_get(db, "setting", &other, &err));

    ck_assert_int_eq(before, 0);
    ck_assert_int_eq(after, 2);
    ck_assert_int_eq(other, 0);
}
END_TEST

TCase *db_tests(void)
{
    TCase *tc = tcase_create("store/db");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_is_rolled_back_never_was);
    tcase_add_test(tc, savepoints_nest_and_only_the_kept_ones_stay);
    tcase_add_test(tc, a_failure_that_nobody_heeds_keeps_nothing);
    tcase_add_test(tc, a_failure_is_over_when_its_savepoint_is_undone);
    tcase_add_test(tc, what_a_large_command_changed_comes_back_whole);
    tcase_add_test(tc, a_generation_grows_with_each_bump);
    return tc;
}
