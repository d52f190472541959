/* unit/store/test_ground.c - what a transaction rests on, and whom a commit
 * tells.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "store/ground.h"
#include "support/store.h"

enum {
    DOCUMENT = WF_GROUND_DOCUMENT,
    ORGANISATION = WF_GROUND_ORGANISATION,
    OTHER = WF_GROUND_OTHER
};

static const char OF_DOCUMENT[] = "SELECT title FROM document WHERE id = $1";

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

/* clang-format off */
static const struct {
    const char *sql;
    unsigned reads, changes;
} statements[] = {
    { "SELECT 1", 0, 0 },
    { "SELECT name FROM person WHERE id = $1", ORGANISATION, 0 },
    { "SELECT 'FROM job', \"FROM job\" FROM person", ORGANISATION, 0 },
    { "SELECT p.id FROM person p, unit u, job WHERE 1", ORGANISATION | OTHER, 0 },
    { "SELECT p.id FROM person AS p, job j", ORGANISATION | OTHER, 0 },
    { "SELECT a, b FROM document ORDER BY a, b", DOCUMENT, 0 },
    { "SELECT (SELECT MAX(n) FROM seat), b FROM unit", DOCUMENT | ORGANISATION, 0 },
    { "SELECT 1 FROM (SELECT id, n FROM unit), job", ORGANISATION | OTHER, 0 },
    { "SELECT 1 FROM unit u LEFT JOIN session s ON s.a = u.b, job",
      ORGANISATION | WF_GROUND_ASKER, 0 },
    { "WITH up (id) AS (SELECT 1) SELECT id FROM up", OTHER, 0 },
    { "INSERT INTO seat (id, n) SELECT id, n FROM person", DOCUMENT | ORGANISATION,
      DOCUMENT },
    { "INSERT INTO job (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2",
      OTHER, OTHER },
    { "UPDATE person SET name = (SELECT name FROM job)", ORGANISATION | OTHER,
      ORGANISATION },
    { "DELETE FROM line WHERE person IN (SELECT id FROM person)", ORGANISATION,
      ORGANISATION },
};
/* clang-format on */

START_TEST(a_statement_is_read_for_its_tables)
{
    unsigned reads, changes;

    wf_ground_read(statements[_i].sql, &reads, &changes);

    ck_assert_msg(reads == statements[_i].reads, "%s: %u", statements[_i].sql,
                  reads);
    ck_assert_msg(changes == statements[_i].changes, "%s: %u",
                  statements[_i].sql, changes);
}
END_TEST

static unsigned after_reading(int64_t first, int64_t second)
{
    struct wf_stmt q = WF_STMT_INIT;

    ck_assert(wf_stmt_begin_of(db, OF_DOCUMENT, first, &q, &err));
    wf_stmt_end(&q);
    ck_assert(wf_stmt_begin_of(db, OF_DOCUMENT, second, &q, &err));
    wf_stmt_end(&q);
    return wf_db_grounds(db);
}

START_TEST(one_document_is_a_ground_and_two_are_not)
{
    ck_assert_uint_eq(after_reading(7, 7), DOCUMENT);
    ck_assert_uint_eq(after_reading(7, 8), DOCUMENT | OTHER);
}
END_TEST

START_TEST(rows_of_documents_that_nobody_named_are_no_ground)
{
    test_int(db, "SELECT count(*) FROM document");

    ck_assert_uint_eq(wf_db_grounds(db), DOCUMENT | OTHER);
}
END_TEST

START_TEST(a_transaction_begins_on_nothing)
{
    test_int(db, "SELECT count(*) FROM job");
    wf_db_rest_on(db, WF_GROUND_OTHER);
    ck_assert(wf_db_commit(db, &err));
    ck_assert(wf_db_begin(db, &err));

    ck_assert_uint_eq(wf_db_grounds(db), 0);
}
END_TEST

static int64_t generation(void)
{
    struct wf_reader reader = WF_READER_INIT;
    int64_t n = -1;

    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    ck_assert(wf_generation_get(reader.db, "organisation", &n, &err));
    wf_reader_end(&reader);
    return n;
}

START_TEST(a_commit_tells_who_keeps_the_organisation)
{
    int64_t before = generation();

    test_run(db, "INSERT INTO team_member (team, person)"
                 " SELECT 'a', id FROM person");
    ck_assert(wf_db_commit(db, &err));
    ck_assert_int_eq(generation(), before + 1);
    ck_assert(wf_db_begin(db, &err));
    test_run(db, "DELETE FROM job");
    test_int(db, "SELECT count(*) FROM person");
    ck_assert(wf_db_commit(db, &err));
    ck_assert_int_eq(generation(), before + 1);
    ck_assert(wf_db_begin(db, &err));
}
END_TEST

TCase *ground_tests(void)
{
    TCase *tc = tcase_create("store/ground");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, a_statement_is_read_for_its_tables, 0,
                        (int)(sizeof statements / sizeof statements[0]));
    tcase_add_test(tc, one_document_is_a_ground_and_two_are_not);
    tcase_add_test(tc, rows_of_documents_that_nobody_named_are_no_ground);
    tcase_add_test(tc, a_transaction_begins_on_nothing);
    tcase_add_test(tc, a_commit_tells_who_keeps_the_organisation);
    return tc;
}
