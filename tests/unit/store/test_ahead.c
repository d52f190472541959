/* unit/store/test_ahead.c - questions asked ahead: one wait for several, and
 * never another answer than without.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/ahead.h"

#include "suite.h"
#include "support/memory.h"
#include "support/store.h"

static const char NUMBER[] = "SELECT n FROM generation WHERE what = $1";
static const char PERSON[] = "SELECT grade FROM person WHERE id = $1";
static const char SEAT[] = "SELECT step FROM seat WHERE document = $1";

static struct wf_store *store;
static struct wf_db *db;
static weft_error err;

static void setup(void)
{
    store = test_store_memory();
    db = wf_store_writer(store);
    err = (weft_error)WEFT_ERROR_INIT;
    ck_assert(wf_db_begin(db, &err));
    test_run(db, "INSERT INTO generation (what, n) VALUES ('a', 1), ('b', 2)");
}

static void teardown(void)
{
    wf_db_rollback(db);
    wf_store_close(store);
}

static void ask_ahead(const char *what)
{
    struct wf_stmt q = WF_STMT_INIT;

    ck_assert(wf_stmt_begin(db, NUMBER, &q, &err));
    wf_stmt_bind_text(&q, 1, what);
    ck_assert(wf_stmt_ahead(&q, &err));
}

static int64_t ask(const char *what)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    ck_assert(wf_stmt_begin(db, NUMBER, &q, &err));
    wf_stmt_bind_text(&q, 1, what);
    got = wf_stmt_step(&q, &err);
    ck_assert_int_ne(got, WF_FETCH_ERROR);
    return got == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : -1;
}

static bool has_row(const char *sql, int64_t id)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    ck_assert(wf_stmt_begin(db, sql, &q, &err));
    wf_stmt_bind_int(&q, 1, id);
    return wf_stmt_step(&q, &err) == WF_FETCH_ROW;
}

START_TEST(answers_to_several_questions_come_with_one_wait)
{
    int64_t before = wf_db_trips(db), statements = wf_db_statements(db);

    ask_ahead("a");
    ck_assert(wf_ask_ahead(db, PERSON, 7, &err));
    ck_assert(wf_ask_ahead(db, SEAT, 7, &err));
    ck_assert_int_eq(wf_db_trips(db) - before, 0);
    ck_assert(!has_row(SEAT, 7));
    ck_assert_int_eq(ask("a"), 1);
    ck_assert(!has_row(PERSON, 7));

    ck_assert_int_eq(wf_db_trips(db) - before, 1);
    ck_assert_int_eq(wf_db_statements(db) - statements, 3);
}
END_TEST

START_TEST(an_answer_is_taken_once)
{
    int64_t before = wf_db_trips(db);

    ask_ahead("a");
    ck_assert_int_eq(ask("a"), 1);
    ck_assert_int_eq(ask("a"), 1);

    ck_assert_int_eq(wf_db_trips(db) - before, test_is_pg() ? 2 : 0);
}
END_TEST

START_TEST(what_was_changed_meanwhile_is_asked_again)
{
    ask_ahead("a");
    test_run(db, "UPDATE generation SET n = 5 WHERE what = 'a'");

    ck_assert_int_eq(ask("a"), 5);
}
END_TEST

START_TEST(another_table_that_is_changed_changes_nothing)
{
    int64_t before = wf_db_trips(db);

    ck_assert(wf_ask_ahead(db, SEAT, 7, &err));
    test_run(db, "DELETE FROM generation");
    ck_assert(!has_row(SEAT, 7));

    ck_assert_int_eq(wf_db_trips(db) - before, test_is_pg());
}
END_TEST

START_TEST(another_parameter_is_another_question)
{
    ask_ahead("a");

    ck_assert_int_eq(ask("b"), 2);
    ck_assert_int_eq(ask("a"), 1);
}
END_TEST

/* Two hashes may begin alike, and with a zero. */
START_TEST(bytes_are_compared_to_their_end)
{
    static const char SQL[] = "SELECT person FROM token WHERE hash = $1";
    static const char one[] = "\0one", other[] = "\0two";
    int64_t before = wf_db_trips(db);
    const char *const asked[] = { one, one, other };

    for (size_t i = 0; i < 3; i++) {
        struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

        ck_assert(wf_stmt_begin(db, SQL, &q, &err));
        wf_stmt_bind_blob(&q, 1, asked[i], sizeof one);
        if (i == 0)
            ck_assert(wf_stmt_ahead(&q, &err));
        else
            ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_DONE);
        if (i == 1)
            ck_assert_int_eq(wf_db_trips(db) - before, test_is_pg());
    }
    ck_assert_int_eq(wf_db_trips(db) - before, test_is_pg() ? 2 : 0);
}
END_TEST

START_TEST(what_was_asked_before_something_was_undone_is_asked_again)
{
    struct wf_save save = WF_SAVE_INIT;

    ck_assert(wf_save_begin(db, &save, &err));
    test_run(db, "UPDATE generation SET n = 5 WHERE what = 'a'");
    ask_ahead("a");
    wf_save_end(&save);

    ck_assert_int_eq(ask("a"), 1);
}
END_TEST

START_TEST(a_transaction_takes_no_answer_of_the_one_before)
{
    ask_ahead("a");
    ck_assert(wf_db_commit(db, &err));
    ck_assert(wf_db_begin(db, &err));
    test_run(db, "UPDATE generation SET n = 5 WHERE what = 'a'");
    ck_assert(wf_db_commit(db, &err));
    ck_assert(wf_db_begin(db, &err));

    ck_assert_int_eq(ask("a"), 5);
}
END_TEST

START_TEST(who_does_not_look_at_an_answer_can_ask_again)
{
    struct wf_stmt q = WF_STMT_INIT;

    ask_ahead("a");
    ck_assert_int_eq(ask("b"), 2);
    ck_assert(wf_stmt_begin(db, NUMBER, &q, &err));
    wf_stmt_end(&q);

    ck_assert_int_eq(ask("a"), 1);
}
END_TEST

START_TEST(a_question_that_fails_spoils_the_transaction)
{
    static const char WRONG[] = "SELECT 1 / (n - n) FROM generation"
                                " WHERE what = 'a' AND n = $1";

    ck_assert(wf_ask_ahead(db, WRONG, 1, &err));
    ck_assert(!has_row(WRONG, 1));

    ck_assert(!wf_db_commit(db, &err));
    ck_assert(wf_db_begin(db, &err));
    ck_assert_int_eq(ask("a"), -1);
}
END_TEST

TCase *ahead_tests(void)
{
    TCase *tc = tcase_create("store/ahead");

    tcase_add_checked_fixture(tc, setup, teardown);
    if (test_is_pg())
        tcase_add_test(tc, answers_to_several_questions_come_with_one_wait);
    tcase_add_test(tc, an_answer_is_taken_once);
    tcase_add_test(tc, what_was_changed_meanwhile_is_asked_again);
    tcase_add_test(tc, another_table_that_is_changed_changes_nothing);
    tcase_add_test(tc, another_parameter_is_another_question);
    tcase_add_test(tc, bytes_are_compared_to_their_end);
    tcase_add_test(tc,
                   what_was_asked_before_something_was_undone_is_asked_again);
    tcase_add_test(tc, a_transaction_takes_no_answer_of_the_one_before);
    tcase_add_test(tc, who_does_not_look_at_an_answer_can_ask_again);
    if (test_is_pg())
        tcase_add_test(tc, a_question_that_fails_spoils_the_transaction);
    return tc;
}
