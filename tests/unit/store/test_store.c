/* unit/store/test_store.c - opening a store, its readers, its tables.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/driver.h"
#include "support/memory.h"
#include "support/store.h"

static char path[TEST_PATH];

static void setup(void)
{
    test_folder_make(path);
}

static void teardown(void)
{
    test_folder_remove(path);
}

/* The code with which opening `url` fails; WEFT_OK if it does not. */
static weft_code open_fails(const char *url, bool create)
{
    struct wf_log log = { WF_LOG_ERROR, &wf_clock_real, NULL, NULL };
    struct wf_store_options options = { .log = &log, .create = create };
    struct wf_store *store = NULL;
    weft_error err = WEFT_ERROR_INIT;

    if (wf_store_open(url, &options, &store, &err)) {
        wf_store_close(store);
        return WEFT_OK;
    }
    ck_assert_ptr_null(store);
    ck_assert_str_ne(err.text, "");
    return err.code;
}

static void write_file(const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

START_TEST(a_store_is_made_only_where_that_is_asked_for)
{
    ck_assert_int_eq(open_fails(path, false), WEFT_E_NOTFOUND);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(open_fails(path, true), WEFT_OK);
    ck_assert_int_eq(open_fails(path, false), WEFT_OK);
}
END_TEST

START_TEST(an_empty_file_is_a_store_only_for_who_makes_one)
{
    write_file("");

    ck_assert_int_eq(open_fails(path, false), WEFT_E_STORE);
    ck_assert_int_eq(open_fails(path, true), WEFT_OK);
    ck_assert_int_eq(open_fails(path, false), WEFT_OK);
}
END_TEST

START_TEST(a_url_that_is_none_of_ours_is_refused)
{
    ck_assert_int_eq(open_fails("mysql://host/db", true), WEFT_E_MALFORMED);
    ck_assert_int_eq(open_fails("nonsense:x", true), WEFT_E_MALFORMED);
    ck_assert_int_eq(open_fails("sqlite:", true), WEFT_E_MALFORMED);
    ck_assert_int_eq(open_fails("", true), WEFT_E_MALFORMED);
    ck_assert_int_eq(open_fails("/no/such/folder/store", true), WEFT_E_STORE);
}
END_TEST

START_TEST(what_is_not_a_store_is_refused_and_left_alone)
{
    char text[] = "This is a letter to my mother, long enough to be read.";
    struct stat before, after;

    write_file(text);
    ck_assert_int_eq(stat(path, &before), 0);
    ck_assert_int_eq(open_fails(path, true), WEFT_E_STORE);
    ck_assert_int_eq(stat(path, &after), 0);
    ck_assert_int_eq(before.st_size, after.st_size);
}
END_TEST

START_TEST(nobody_else_may_read_the_file)
{
    struct wf_store *store = test_store_at(path);
    struct stat status;

    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
    ck_assert_str_eq(wf_store_path(store), path);
    wf_store_close(store);
}
END_TEST

START_TEST(a_store_in_memory_has_no_path_and_leaves_nothing)
{
    struct wf_store *one = test_store_memory();
    struct wf_store *two = test_store_memory();
    weft_error err = WEFT_ERROR_INIT;

    ck_assert_ptr_null(wf_store_path(one));
    ck_assert(wf_db_begin(wf_store_writer(one), &err));
    test_run(wf_store_writer(one),
             "INSERT INTO generation (what, n) VALUES ('a', 1)");
    ck_assert(wf_db_commit(wf_store_writer(one), &err));
    ck_assert_int_eq(
        test_int(wf_store_writer(two), "SELECT count(*) FROM generation"), 0);
    wf_store_close(one);
    wf_store_close(two);
}
END_TEST

START_TEST(a_store_in_memory_outlives_no_kill)
{
    struct wf_store *store;
    char name[TEST_PATH] = "";
    int ends[2], status;

    ck_assert_int_eq(pipe(ends), 0);
    if (fork() == 0) {
        store = test_store_memory();
        snprintf(name, sizeof name, "%s", store->location);
        ck_assert_int_eq(write(ends[1], name, sizeof name), sizeof name);
        kill(getpid(), SIGKILL);
    }
    ck_assert_int_gt(wait(&status), 0);
    ck_assert_int_eq(read(ends[0], name, sizeof name), sizeof name);
    ck_assert_int_eq(access(name, F_OK), 0);

    store = test_store_memory(); /* which cleans up after others */
    ck_assert_int_ne(access(name, F_OK), 0);
    wf_store_close(store);
}
END_TEST

START_TEST(a_store_of_a_newer_weft_is_refused)
{
    struct wf_store *store = test_store_at(path);

    test_run(wf_store_writer(store), "INSERT INTO applied (name, hash, at)"
                                     " VALUES ('sql/9999_later.sql', '', 0)");
    wf_store_close(store);
    ck_assert_int_eq(open_fails(path, false), WEFT_E_STORE);
}
END_TEST

START_TEST(what_a_newer_weft_has_only_added_is_no_hindrance)
{
    struct wf_store *store = test_store_at(path);
    struct wf_db *db = wf_store_writer(store);

    test_run(db, "ALTER TABLE document ADD COLUMN later INTEGER");
    test_run(db, "INSERT INTO applied (name, hash, at)"
                 " VALUES ('sql/9999_later.sql', '+later', 0)");
    wf_store_close(store);
    ck_assert_int_eq(open_fails(path, false), WEFT_OK);
}
END_TEST

START_TEST(a_store_whose_tables_were_made_otherwise_is_refused)
{
    struct wf_store *store = test_store_at(path);

    test_run(wf_store_writer(store), "UPDATE applied SET hash = 'other'");
    wf_store_close(store);
    ck_assert_int_eq(open_fails(path, false), WEFT_E_STORE);
}
END_TEST

START_TEST(tables_are_strict)
{
    struct wf_store *store = test_store_memory();

    ck_assert_int_eq(test_int(wf_store_writer(store),
                              "SELECT count(*) FROM pragma_table_list"
                              " WHERE schema = 'main' AND type = 'table'"
                              " AND NOT strict AND name NOT LIKE 'sqlite%'"),
                     0);
    wf_store_close(store);
}
END_TEST

START_TEST(a_reader_cannot_write)
{
    struct wf_store *store = test_store_memory();
    struct wf_stmt q = WF_STMT_INIT;
    struct wf_reader reader = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    ck_assert(wf_db_is_reader(reader.db));
    ck_assert(wf_stmt_begin(reader.db, "DELETE FROM generation", &q, &err));
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ERROR);
    wf_stmt_end(&q);
    wf_reader_end(&reader);
    wf_store_close(store);
}
END_TEST

/* A snapshot holds while somebody writes, in both kinds of store. */
static void see_one_snapshot(struct wf_store *store)
{
    static const char COUNT[] = "SELECT count(*) FROM generation";
    struct wf_db *writer = wf_store_writer(store);
    struct wf_reader reader = WF_READER_INIT, later = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    ck_assert_int_eq(test_int(reader.db, COUNT), 0);
    ck_assert(wf_db_begin(writer, &err));
    test_run(writer, "INSERT INTO generation (what, n) VALUES ('a', 1)");
    ck_assert_int_eq(test_int(reader.db, COUNT), 0);
    ck_assert(wf_db_commit(writer, &err));
    ck_assert_int_eq(test_int(reader.db, COUNT), 0);
    ck_assert(wf_reader_begin(store, 0, &later, &err));
    ck_assert_int_eq(test_int(later.db, COUNT), 1);
    wf_reader_end(&later);
    wf_reader_end(&reader);
    wf_store_close(store);
}

START_TEST(a_reader_sees_one_snapshot_while_somebody_writes)
{
    see_one_snapshot(test_store_memory());
    see_one_snapshot(test_store_at(path));
}
END_TEST

START_TEST(a_read_past_its_deadline_is_broken_off)
{
    static const char ENDLESS[] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
                                  " SELECT i + 1 FROM n)"
                                  " SELECT count(*) FROM n";
    struct wf_store *store = test_store_memory();
    struct wf_reader reader = WF_READER_INIT;
    struct wf_stmt q = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;
    int64_t start = wf_monotonic_ms();

    ck_assert(wf_reader_begin(store, start + 20, &reader, &err));
    ck_assert(wf_stmt_begin(reader.db, ENDLESS, &q, &err));
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ERROR);
    ck_assert_int_eq(err.code, WEFT_E_BUSY);
    ck_assert_int_gt(err.retry_after_s, 0);
    ck_assert_int_lt(wf_monotonic_ms() - start, 5000);
    wf_stmt_end(&q);
    wf_reader_end(&reader);

    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    ck_assert_int_eq(test_int(reader.db, "SELECT 7"), 7);
    wf_reader_end(&reader);
    wf_reader_end(&reader); /* an empty lease is allowed */
    wf_store_close(store);
}
END_TEST

/* A deadline that is long past, and a read that takes some steps. */
START_TEST(a_read_whose_deadline_is_set_anew_has_that_one)
{
    static const char MANY[] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
                               " SELECT i + 1 FROM n WHERE i < 100000)"
                               " SELECT count(*) FROM n";
    struct wf_store *store = test_store_memory();
    struct wf_reader reader = WF_READER_INIT;
    struct wf_stmt q = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    ck_assert_int_eq(wf_db_set_deadline(reader.db, 1), 0);
    ck_assert_int_eq(wf_db_set_deadline(reader.db, 0), 1);
    ck_assert_int_eq(test_int(reader.db, MANY), 100000);
    ck_assert_int_eq(wf_db_set_deadline(reader.db, 1), 0);
    ck_assert(wf_stmt_begin(reader.db, MANY, &q, &err));
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ERROR);
    ck_assert_int_eq(err.code, WEFT_E_BUSY);
    wf_stmt_end(&q);
    wf_reader_end(&reader);
    wf_store_close(store);
}
END_TEST

static void *read_for_ever(void *self)
{
    struct wf_reader *reader = self;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_stmt q = WF_STMT_INIT;

    if (!wf_stmt_begin(reader->db,
                       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
                       " SELECT i + 1 FROM n) SELECT count(*) FROM n",
                       &q, &err)
        || wf_stmt_step(&q, &err) != WF_FETCH_ERROR)
        return self;
    wf_stmt_end(&q);
    wf_reader_end(reader);
    return NULL;
}

START_TEST(closing_breaks_off_what_is_still_read_and_waits_for_it)
{
    struct wf_store *store = test_store_memory();
    struct wf_reader reader = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;
    pthread_t thread;
    void *failed;

    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    ck_assert_int_eq(pthread_create(&thread, NULL, read_for_ever, &reader), 0);
    wf_store_close(store);
    ck_assert_int_eq(pthread_join(thread, &failed), 0);
    ck_assert_ptr_null(failed);
}
END_TEST

START_TEST(a_statement_left_in_the_middle_does_not_pin_the_log)
{
    struct wf_store *store = test_store_at(path);
    struct wf_db *writer = wf_store_writer(store);
    struct wf_reader reader = WF_READER_INIT;
    struct wf_stmt q = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    test_run(writer, "INSERT INTO generation (what, n)"
                     " VALUES ('a', 1), ('b', 1)");
    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    ck_assert(wf_stmt_begin(reader.db, "SELECT n FROM generation", &q, &err));
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ROW);
    wf_stmt_end(&q);
    wf_reader_end(&reader);

    test_run(writer, "INSERT INTO generation (what, n) VALUES ('c', 1)");
    ck_assert_int_eq(test_int(writer, "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
    wf_store_close(store);
}
END_TEST

static void count_line(void *self, const char *line)
{
    (*(int *)self)++;
    ck_assert_ptr_nonnull(strstr(line, "reader"));
}

START_TEST(a_reader_that_does_not_end_is_told_of_and_holds_nobody_up)
{
    static const char ADD[] = "INSERT INTO generation (what, n)"
                              " VALUES (hex(randomblob(500000)), 1)";
    int n_lines = 0;
    struct wf_log log = { WF_LOG_WARN, &wf_clock_real, count_line, &n_lines };
    struct wf_store_options options = { .log = &log, .create = true };
    struct wf_reader reader = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_store *store = NULL;
    int64_t start = wf_monotonic_ms();

    ck_assert(wf_store_open("sqlite::memory:", &options, &store, &err));
    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    ck_assert_int_eq(test_int(reader.db, "SELECT count(*) FROM generation"), 0);
    for (int i = 0; i < 40; i++)
        test_run(wf_store_writer(store), ADD);
    ck_assert_int_eq(n_lines, 1);
    ck_assert_int_lt(wf_monotonic_ms() - start, 5000);
    ck_assert_int_eq(test_int(reader.db, "SELECT count(*) FROM generation"), 0);
    wf_reader_end(&reader);

    test_run(wf_store_writer(store), ADD);
    test_run(wf_store_writer(store), ADD);
    ck_assert_int_eq(
        test_int(wf_store_writer(store), "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
    wf_store_close(store);
}
END_TEST

TCase *store_tests(void)
{
    TCase *tc = tcase_create("store/store");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_store_is_made_only_where_that_is_asked_for);
    tcase_add_test(tc, an_empty_file_is_a_store_only_for_who_makes_one);
    tcase_add_test(tc, a_url_that_is_none_of_ours_is_refused);
    tcase_add_test(tc, what_is_not_a_store_is_refused_and_left_alone);
    tcase_add_test(tc, nobody_else_may_read_the_file);
    tcase_add_test(tc, a_store_in_memory_has_no_path_and_leaves_nothing);
    test_add_sqlite(tc, a_store_in_memory_outlives_no_kill);
    tcase_add_test(tc, a_store_of_a_newer_weft_is_refused);
    tcase_add_test(tc, what_a_newer_weft_has_only_added_is_no_hindrance);
    tcase_add_test(tc, a_store_whose_tables_were_made_otherwise_is_refused);
    test_add_sqlite(tc, tables_are_strict);
    tcase_add_test(tc, a_reader_cannot_write);
    tcase_add_test(tc, a_reader_sees_one_snapshot_while_somebody_writes);
    tcase_add_test(tc, a_read_past_its_deadline_is_broken_off);
    tcase_add_test(tc, a_read_whose_deadline_is_set_anew_has_that_one);
    tcase_add_test(tc, closing_breaks_off_what_is_still_read_and_waits_for_it);
    tcase_add_test(tc, a_statement_left_in_the_middle_does_not_pin_the_log);
    tcase_add_test(tc,
                   a_reader_that_does_not_end_is_told_of_and_holds_nobody_up);
    return tc;
}
