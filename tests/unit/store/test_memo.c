/* unit/store/test_memo.c - what a reader remembers, and when no more.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "store/ground.h"
#include "store/memo.h"
#include "support/memory.h"
#include "support/store.h"

enum {
    ANSWER = 42
};

static const char OF_DOCUMENT[] = "SELECT stamp FROM document WHERE id = $1";
static const char OF_TOKEN[] = "SELECT person FROM token WHERE hash = $1";

static char url[TEST_PATH];
static struct wf_store *store;
static struct wf_reader reader;
static weft_error err;

static void setup(void)
{
    test_place_make(url);
    store = test_store_at(url);
    err = (weft_error)WEFT_ERROR_INIT;
}

static void teardown(void)
{
    wf_store_close(store);
    test_place_remove(url);
}

static void begin(void)
{
    reader = (struct wf_reader)WF_READER_INIT;
    ck_assert(wf_reader_begin(store, 0, &reader, &err));
}

/* The key of what is asked of `number`, which is to stay where it is. */
static struct wf_memo_key key_of(const char *sql, const int64_t *number)
{
    return (struct wf_memo_key){ .sql = sql,
                                 .parameter = number,
                                 .len = sizeof *number,
                                 .document = sql == OF_DOCUMENT ? *number : 0 };
}

/* The answer that is remembered; 0: none. */
static int64_t recall(struct wf_db *db, const char *sql, int64_t number)
{
    struct wf_memo_key key = key_of(sql, &number);
    int64_t answer = 0;

    return wf_memo_find(db, &key, &answer, sizeof answer) ? answer : 0;
}

static void keep(struct wf_db *db, const char *sql, int64_t number)
{
    struct wf_memo_key key = key_of(sql, &number);
    int64_t answer = ANSWER;

    wf_memo_keep(db, &key, &answer, sizeof answer);
}

static void change(struct wf_store *in)
{
    struct wf_db *db = wf_store_writer(in);

    ck_assert(wf_db_begin(db, &err));
    test_run(
        db,
        "INSERT INTO team_member (team, person) SELECT 'a', id FROM person");
    ck_assert(wf_db_commit(db, &err));
}

START_TEST(an_answer_is_known_until_somebody_commits)
{
    begin();
    ck_assert_int_eq(recall(reader.db, OF_TOKEN, 7), 0);
    keep(reader.db, OF_TOKEN, 7);
    wf_reader_end(&reader);

    begin();
    ck_assert_int_eq(recall(reader.db, OF_TOKEN, 7), ANSWER);
    ck_assert_int_eq(recall(reader.db, OF_TOKEN, 8), 0);
    ck_assert_int_eq(recall(reader.db, OF_DOCUMENT, 7), 0);
    wf_reader_end(&reader);

    change(store);
    begin();
    ck_assert_int_eq(recall(reader.db, OF_TOKEN, 7), 0);
    wf_reader_end(&reader);
}
END_TEST

START_TEST(another_store_on_the_same_file_counts_as_well)
{
    struct wf_store *other = test_store_at(url);

    begin();
    keep(reader.db, OF_TOKEN, 7);
    wf_reader_end(&reader);
    change(other);

    begin();
    ck_assert_int_eq(recall(reader.db, OF_TOKEN, 7), 0);
    wf_reader_end(&reader);
    wf_store_close(other);
}
END_TEST

START_TEST(a_snapshot_keeps_its_answers)
{
    begin();
    keep(reader.db, OF_TOKEN, 7);
    change(store);

    ck_assert_int_eq(recall(reader.db, OF_TOKEN, 7), ANSWER);
    keep(reader.db, OF_TOKEN, 8); /* of before the change */
    wf_reader_end(&reader);

    begin();
    ck_assert_int_eq(recall(reader.db, OF_TOKEN, 8), 0);
    wf_reader_end(&reader);
}
END_TEST

START_TEST(what_is_found_rests_on_what_was_read)
{
    begin();
    keep(reader.db, OF_TOKEN, 7);
    keep(reader.db, OF_DOCUMENT, 7);
    keep(reader.db, OF_DOCUMENT, 8);
    wf_reader_end(&reader);

    begin();
    ck_assert_int_eq(recall(reader.db, OF_TOKEN, 7), ANSWER);
    ck_assert_uint_eq(wf_db_grounds(reader.db), WF_GROUND_ASKER);
    ck_assert_int_eq(recall(reader.db, OF_DOCUMENT, 7), ANSWER);
    ck_assert_uint_eq(wf_db_grounds(reader.db),
                      WF_GROUND_ASKER | WF_GROUND_DOCUMENT);
    ck_assert_int_eq(recall(reader.db, OF_DOCUMENT, 8), ANSWER);
    ck_assert(wf_db_grounds(reader.db) & WF_GROUND_OTHER);
    wf_reader_end(&reader);
}
END_TEST

START_TEST(who_writes_remembers_nothing)
{
    struct wf_db *db = wf_store_writer(store);

    ck_assert(wf_db_begin(db, &err));
    keep(db, OF_TOKEN, 7);
    ck_assert_int_eq(recall(db, OF_TOKEN, 7), 0);
    wf_db_rollback(db);
}
END_TEST

/* PostgreSQL does not tell the state of a snapshot: there all is asked anew. */
START_TEST(without_states_nothing_is_remembered)
{
    begin();
    keep(reader.db, OF_TOKEN, 7);
    ck_assert_int_eq(recall(reader.db, OF_TOKEN, 7), 0);
    wf_reader_end(&reader);
}
END_TEST

/* What the writer knows of its own; 0: nothing. */
static int64_t own(void)
{
    int64_t value = 0;

    return wf_own_find(wf_store_writer(store), "mine", &value, sizeof value)
               ? value
               : 0;
}

static void write_own(int64_t value, bool is_kept)
{
    struct wf_db *db = wf_store_writer(store);

    ck_assert(wf_db_begin(db, &err));
    wf_own_keep(db, "mine", &value, sizeof value);
    if (is_kept)
        ck_assert(wf_db_commit(db, &err));
    else
        wf_db_rollback(db);
}

START_TEST(who_alone_writes_knows_it_until_something_is_undone)
{
    write_own(7, true);
    ck_assert_int_eq(own(), test_is_pg() ? 7 : 0); /* there others write it */
    write_own(8, false);

    ck_assert_int_eq(own(), 0);
}
END_TEST

START_TEST(what_a_savepoint_undoes_is_known_no_more)
{
    struct wf_db *db = wf_store_writer(store);
    struct wf_save save = WF_SAVE_INIT;
    int64_t value = 9;

    write_own(7, true);
    ck_assert(wf_db_begin(db, &err));
    ck_assert(wf_save_begin(db, &save, &err));
    wf_own_keep(db, "mine", &value, sizeof value);
    wf_save_end(&save);
    ck_assert(wf_db_commit(db, &err));

    ck_assert_int_eq(own(), 0);
}
END_TEST

TCase *memo_tests(void)
{
    TCase *tc = tcase_create("store/memo");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, who_writes_remembers_nothing);
    if (test_is_pg()) {
        tcase_add_test(tc, without_states_nothing_is_remembered);
        return tc;
    }
    tcase_add_test(tc, an_answer_is_known_until_somebody_commits);
    tcase_add_test(tc, another_store_on_the_same_file_counts_as_well);
    tcase_add_test(tc, a_snapshot_keeps_its_answers);
    tcase_add_test(tc, what_is_found_rests_on_what_was_read);
    tcase_add_test(tc, who_alone_writes_knows_it_until_something_is_undone);
    tcase_add_test(tc, what_a_savepoint_undoes_is_known_no_more);
    return tc;
}
