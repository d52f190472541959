/* unit/store/test_backup.c - copies of a living store, and the way back.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/backup.h"
#include "support/store.h"

static const char COUNT[] = "SELECT count(*) FROM generation";
static const char ADD[] = "INSERT INTO generation (what, n)"
                          " SELECT 'g' || count(*), 1 FROM generation";

static char path[TEST_PATH];
static char copy[2 * TEST_PATH];
static struct wf_store *store;
static weft_error err;

static void setup(void)
{
    test_folder_make(path);
    snprintf(copy, sizeof copy, "%s.backup", path);
    store = test_store_at(path);
    err = (weft_error)WEFT_ERROR_INIT;
}

static void teardown(void)
{
    wf_store_close(store);
    test_folder_remove(path);
}

/* Rows in the store at `at`, which must be a sound one. */
static int64_t rows_of(const char *at)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_store *other = test_store_at(at);
    int64_t n = test_int(wf_store_writer(other), COUNT);

    ck_assert(wf_store_check(wf_store_writer(other), &diags, &err));
    ck_assert_uint_eq(diags.n, 0);
    wf_store_close(other);
    return n;
}

static void close_store(void)
{
    wf_store_close(store);
    store = NULL;
}

/* Overwrites the first bytes of a file. */
static void damage(const char *at)
{
    int fd = open(at, O_WRONLY);

    ck_assert_int_eq(write(fd, "damaged, damaged, damaged", 25), 25);
    close(fd);
}

START_TEST(a_backup_is_a_store_of_its_own)
{
    test_run(wf_store_writer(store), ADD);
    ck_assert_msg(wf_backup_write(store, copy, &err), "%s", err.text);
    test_run(wf_store_writer(store), ADD);

    ck_assert_int_eq(rows_of(copy), 1);
    ck_assert_int_eq(rows_of(path), 2);
}
END_TEST

START_TEST(a_backup_is_one_file_and_leaves_no_other)
{
    int before;

    test_run(wf_store_writer(store), ADD);
    ck_assert_int_eq(test_int(wf_store_writer(store), COUNT), 1);
    before = test_files(path);
    ck_assert(wf_backup_write(store, copy, &err));
    ck_assert_int_eq(test_files(path), before + 1);
}
END_TEST

START_TEST(an_existing_file_is_never_overwritten)
{
    ck_assert(wf_backup_write(store, copy, &err));
    ck_assert(!wf_backup_write(store, copy, &err));
    ck_assert_int_eq(err.code, WEFT_E_CONFLICT);
    ck_assert(!wf_backup_write(store, "/no/such/folder/copy", &err));
    ck_assert_int_eq(err.code, WEFT_E_STORE);
}
END_TEST

/* Writes two rows in each transaction until it is told to stop. */
static void *write_pairs(void *self)
{
    atomic_bool *stop = self;
    weft_error failure = WEFT_ERROR_INIT;
    struct wf_db *db = wf_store_writer(store);

    while (!atomic_load(stop)) {
        if (!wf_db_begin(db, &failure))
            return self;
        test_run(db, ADD);
        test_run(db, ADD);
        if (!wf_db_commit(db, &failure))
            return self;
    }
    return NULL;
}

START_TEST(a_backup_beside_a_busy_writer_holds_whole_transactions)
{
    atomic_bool stop = false;
    pthread_t thread;
    void *failed;

    ck_assert_int_eq(pthread_create(&thread, NULL, write_pairs, &stop), 0);
    for (int i = 0; i < 5; i++) {
        ck_assert_msg(wf_backup_write(store, copy, &err), "%s", err.text);
        ck_assert_int_eq(rows_of(copy) % 2, 0);
        unlink(copy);
    }
    atomic_store(&stop, true);
    ck_assert_int_eq(pthread_join(thread, &failed), 0);
    ck_assert_ptr_null(failed);
}
END_TEST

START_TEST(what_a_backup_held_comes_back_and_the_rest_is_kept_aside)
{
    char before[2 * TEST_PATH];

    snprintf(before, sizeof before, "%s.before-restore", path);
    test_run(wf_store_writer(store), ADD);
    ck_assert(wf_backup_write(store, copy, &err));
    test_run(wf_store_writer(store), ADD);
    close_store();

    ck_assert_msg(wf_backup_restore(copy, path, &err), "%s", err.text);
    ck_assert_int_eq(rows_of(path), 1);
    ck_assert_int_eq(rows_of(before), 2);
    ck_assert_int_eq(rows_of(copy), 1);

    ck_assert(!wf_backup_restore(copy, path, &err)); /* not over the old one */
    ck_assert_int_eq(err.code, WEFT_E_CONFLICT);
}
END_TEST

START_TEST(a_store_in_use_is_not_replaced)
{
    test_run(wf_store_writer(store), ADD);
    ck_assert(wf_backup_write(store, copy, &err));

    ck_assert(!wf_backup_restore(copy, path, &err));
    ck_assert_int_eq(err.code, WEFT_E_BUSY);
    test_run(wf_store_writer(store), ADD);
    ck_assert_int_eq(test_int(wf_store_writer(store), COUNT), 2);
}
END_TEST

START_TEST(a_damaged_store_can_be_replaced)
{
    test_run(wf_store_writer(store), ADD);
    ck_assert(wf_backup_write(store, copy, &err));
    close_store();
    damage(path);

    ck_assert_msg(wf_backup_restore(copy, path, &err), "%s", err.text);
    ck_assert_int_eq(rows_of(path), 1);
}
END_TEST

START_TEST(a_lost_store_can_be_replaced)
{
    test_run(wf_store_writer(store), ADD);
    ck_assert(wf_backup_write(store, copy, &err));
    close_store();
    unlink(path);

    ck_assert_msg(wf_backup_restore(copy, path, &err), "%s", err.text);
    ck_assert_int_eq(rows_of(path), 1);
}
END_TEST

START_TEST(a_bad_backup_is_refused_and_the_store_stays)
{
    test_run(wf_store_writer(store), ADD);
    ck_assert(wf_backup_write(store, copy, &err));
    close_store();
    damage(copy);

    ck_assert(!wf_backup_restore(copy, path, &err));
    ck_assert_int_eq(err.code, WEFT_E_STORE);
    ck_assert(!wf_backup_restore("/no/such/file", path, &err));
    ck_assert(!wf_backup_restore(copy, "sqlite::memory:", &err));
    ck_assert_int_eq(err.code, WEFT_E_MALFORMED);
    ck_assert_int_eq(rows_of(path), 1);
}
END_TEST

START_TEST(a_dangling_reference_is_found)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_db *db = wf_store_writer(store);

    test_run(db, "PRAGMA foreign_keys = OFF");
    test_run(db, "INSERT INTO unit (id, key, name, pinyin, parent)"
                 " VALUES (1, 'a', 'a', 'a', 99)");
    ck_assert(wf_store_check(db, &diags, &err));
    ck_assert_uint_eq(diags.n, 1);
    ck_assert_str_eq(diags.at[0].code, "dangling");
    ck_assert_ptr_nonnull(strstr(diags.at[0].message, "unit"));
}
END_TEST

TCase *backup_tests(void)
{
    TCase *tc = tcase_create("store/backup");

    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_backup_is_a_store_of_its_own);
    tcase_add_test(tc, a_backup_is_one_file_and_leaves_no_other);
    tcase_add_test(tc, an_existing_file_is_never_overwritten);
    tcase_add_test(tc, a_backup_beside_a_busy_writer_holds_whole_transactions);
    tcase_add_test(tc,
                   what_a_backup_held_comes_back_and_the_rest_is_kept_aside);
    tcase_add_test(tc, a_store_in_use_is_not_replaced);
    tcase_add_test(tc, a_damaged_store_can_be_replaced);
    tcase_add_test(tc, a_lost_store_can_be_replaced);
    tcase_add_test(tc, a_bad_backup_is_refused_and_the_store_stays);
    tcase_add_test(tc, a_dangling_reference_is_found);
    return tc;
}
