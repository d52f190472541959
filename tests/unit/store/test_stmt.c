/* unit/store/test_stmt.c - leased statements.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "store/driver.h"
#include "support/memory.h"
#include "support/store.h"

static struct wf_store *store;
static struct wf_db *db;

static void setup(void)
{
    weft_error err = WEFT_ERROR_INIT;

    store = test_store_memory();
    db = wf_store_writer(store);
    ck_assert(wf_db_begin(db, &err));
}

static void teardown(void)
{
    wf_db_rollback(db);
    wf_store_close(store);
}

START_TEST(parameters_are_numbers_whatever_their_order)
{
    struct wf_stmt q = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_stmt_begin(db,
                            "SELECT $2, $1, $2, '$1', \"what$1\""
                            " FROM (SELECT 5 AS \"what$1\")",
                            &q, &err));
    wf_stmt_bind_int(&q, 1, 11);
    wf_stmt_bind_int(&q, 2, 22);
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ROW);
    ck_assert_int_eq(wf_stmt_int(&q, 0), 22);
    ck_assert_int_eq(wf_stmt_int(&q, 1), 11);
    ck_assert_int_eq(wf_stmt_int(&q, 2), 22);
    ck_assert_str_eq(wf_stmt_text(&q, 3), "$1");
    ck_assert_int_eq(wf_stmt_int(&q, 4), 5);
    wf_stmt_end(&q);
}
END_TEST

START_TEST(every_type_comes_back_as_it_went_in)
{
    static const char SQL[] = "SELECT $1, $2, $3, $4, $5, $6, $7";
    static const char BLOB[] = { 0, 1, 0, (char)255 };
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_stmt q = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;
    const char *copy;
    size_t len;

    ck_assert(wf_stmt_begin(db, SQL, &q, &err));
    wf_stmt_bind_int(&q, 1, INT64_MIN);
    wf_stmt_bind_real(&q, 2, 0.1);
    wf_stmt_bind_text(&q, 3, "目标");
    wf_stmt_bind_blob(&q, 4, BLOB, sizeof BLOB);
    wf_stmt_bind_text(&q, 5, NULL);
    wf_stmt_bind_id(&q, 6, 0);
    wf_stmt_bind_blob(&q, 7, NULL, 0);
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ROW);
    ck_assert_int_eq(wf_stmt_int(&q, 0), INT64_MIN);
    ck_assert_double_eq(wf_stmt_real(&q, 1), 0.1);
    copy = wf_stmt_str(&q, 2, arena);
    ck_assert_mem_eq(wf_stmt_blob(&q, 3, &len), BLOB, sizeof BLOB);
    ck_assert_uint_eq(len, sizeof BLOB);
    ck_assert(wf_stmt_is_null(&q, 4) && wf_stmt_is_null(&q, 5));
    ck_assert_ptr_null(wf_stmt_str(&q, 4, arena));
    ck_assert_int_eq(wf_stmt_int(&q, 4), 0);
    ck_assert(!wf_stmt_is_null(&q, 6));
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_DONE);
    wf_stmt_end(&q);
    ck_assert_str_eq(copy, "目标");
}
END_TEST

START_TEST(a_lease_begins_without_the_parameters_of_the_last)
{
    static const char SQL[] = "SELECT $1";
    struct wf_stmt q = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_stmt_begin(db, SQL, &q, &err));
    wf_stmt_bind_int(&q, 1, 5);
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ROW);
    wf_stmt_end(&q);
    ck_assert(wf_stmt_begin(db, SQL, &q, &err));
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ROW);
    ck_assert(wf_stmt_is_null(&q, 0));
    wf_stmt_end(&q);
    wf_stmt_end(&q); /* an empty lease is allowed */
}
END_TEST

START_TEST(a_query_may_run_inside_itself)
{
    static const char SQL[] = "SELECT 1 UNION ALL SELECT 2";
    struct wf_stmt outer = WF_STMT_INIT, inner = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;
    int n = 0;

    ck_assert(wf_stmt_begin(db, SQL, &outer, &err));
    while (wf_stmt_step(&outer, &err) == WF_FETCH_ROW) {
        ck_assert(wf_stmt_begin(db, SQL, &inner, &err));
        ck_assert_ptr_ne(inner.slot, outer.slot);
        while (wf_stmt_step(&inner, &err) == WF_FETCH_ROW)
            n++;
        wf_stmt_end(&inner);
    }
    wf_stmt_end(&outer);
    ck_assert_int_eq(n, 4);
}
END_TEST

START_TEST(many_statements_are_each_found_again)
{
    static char texts[500][24];
    struct wf_stmt_slot *slots[500];
    struct wf_stmt q = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 500; i++) {
            snprintf(texts[i], sizeof texts[i], "SELECT %d", i);
            ck_assert(wf_stmt_begin(db, texts[i], &q, &err));
            ck_assert(round == 0 || slots[i] == q.slot);
            slots[i] = q.slot;
            ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ROW);
            ck_assert_int_eq(wf_stmt_int(&q, 0), i);
            wf_stmt_end(&q);
        }
    }
}
END_TEST

START_TEST(statements_are_counted)
{
    int64_t before = wf_db_statements(db);

    test_int(db, "SELECT 1");
    test_int(db, "SELECT 1");

    ck_assert_int_eq(wf_db_statements(db) - before, 2);
}
END_TEST

START_TEST(changed_rows_are_counted)
{
    struct wf_stmt q = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    test_run(db, "INSERT INTO generation (what, n) VALUES ('a', 1), ('b', 1)");
    ck_assert(wf_stmt_begin(db, "UPDATE generation SET n = 2", &q, &err));
    ck_assert(wf_stmt_run(&q, &err));
    ck_assert_int_eq(wf_stmt_changed(&q), 2);
    wf_stmt_end(&q);
}
END_TEST

/* Runs `sql` in a savepoint that is undone, and returns why it failed. */
static weft_code failure_of(const char *sql)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_save_begin(db, &save, &err));
    if (wf_stmt_begin(db, sql, &q, &err)
        && wf_stmt_step(&q, &err) != WF_FETCH_ERROR)
        return WEFT_OK;
    ck_assert_str_ne(err.text, "");
    return err.code;
}

START_TEST(a_failure_says_whose_mistake_it_is)
{
    test_run(db, "INSERT INTO generation (what, n) VALUES ('a', 1)");

    ck_assert_int_eq(
        failure_of("INSERT INTO generation (what, n) VALUES ('a', 1)"),
        WEFT_E_CONFLICT);
    ck_assert_int_eq(failure_of("INSERT INTO unit (id, key, name, pinyin,"
                                " parent) VALUES (1, 'a', 'a', 'a', 99)"),
                     WEFT_E_CONFLICT);
    ck_assert_int_eq(
        failure_of("INSERT INTO generation (what, n) VALUES ('b', 'text')"),
        WEFT_E_INTERNAL);
    ck_assert_int_eq(
        failure_of("INSERT INTO generation (what, n) VALUES ('b', NULL)"),
        WEFT_E_INTERNAL);
    ck_assert_int_eq(failure_of("SELECT nothing FROM nowhere"),
                     WEFT_E_INTERNAL);
    ck_assert_int_eq(failure_of("SELECT \"a text in double quotes\""),
                     WEFT_E_INTERNAL);
}
END_TEST

START_TEST(a_text_beyond_the_limit_is_refused)
{
    static const char SQL[] = "SELECT $1";
    static char big[33 * 1024 * 1024];
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    memset(big, 'a', sizeof big);
    ck_assert(wf_stmt_begin(db, SQL, &q, &err));
    wf_stmt_bind_text_n(&q, 1, big, sizeof big);
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ERROR);
    ck_assert_int_eq(err.code, WEFT_E_TOO_LARGE);
}
END_TEST

START_TEST(the_schema_cannot_be_written_behind_our_back)
{
    ck_assert_int_ne(failure_of("DELETE FROM sqlite_schema"), WEFT_OK);
    ck_assert_int_ne(failure_of("DELETE FROM search_index_data"), WEFT_OK);
}
END_TEST

START_TEST(a_plan_tells_a_search_from_a_scan)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    weft_error err = WEFT_ERROR_INIT;
    const char *plan;

    ck_assert(wf_db_plan(db, "SELECT n FROM generation WHERE what = $1", arena,
                         &plan, &err));
    ck_assert_ptr_nonnull(strstr(plan, "SEARCH generation"));
    ck_assert(wf_db_plan(db, "SELECT n FROM generation", arena, &plan, &err));
    ck_assert_ptr_nonnull(strstr(plan, "SCAN generation"));
}
END_TEST

TCase *stmt_tests(void)
{
    TCase *tc = tcase_create("store/stmt");

    tcase_add_checked_fixture(tc, setup, teardown);
    test_add_sqlite(tc, parameters_are_numbers_whatever_their_order);
    test_add_sqlite(tc, every_type_comes_back_as_it_went_in);
    tcase_add_test(tc, a_lease_begins_without_the_parameters_of_the_last);
    tcase_add_test(tc, a_query_may_run_inside_itself);
    tcase_add_test(tc, many_statements_are_each_found_again);
    tcase_add_test(tc, statements_are_counted);
    tcase_add_test(tc, changed_rows_are_counted);
    tcase_add_test(tc, a_failure_says_whose_mistake_it_is);
    test_add_sqlite(tc, a_text_beyond_the_limit_is_refused);
    test_add_sqlite(tc, the_schema_cannot_be_written_behind_our_back);
    tcase_add_test(tc, a_plan_tells_a_search_from_a_scan);
    return tc;
}
