/* unit/store/test_fault.c - the store on a disk that fails, fills up or loses
 * its power: each change of a file fails once, and whatever comes of it must
 * be all of a transaction or nothing.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "store/backup.h"
#include "store/writer.h"
#include "support/fault_vfs.h"
#include "support/memory.h"
#include "support/store.h"

static const char COUNT[] = "SELECT count(*) FROM generation";

static char path[TEST_PATH];

static void setup(void)
{
    fault_vfs_register();
    test_folder_make(path);
}

static void teardown(void)
{
    test_folder_remove(path);
}

/* Nothing is left out where there is time for it. */
static int stride(int otherwise)
{
    return getenv("WEFT_LONG") ? 1 : otherwise;
}

static void begin_anew(void)
{
    test_folder_remove(path);
    test_folder_make(path);
}

/* The rows of a store that must be sound. */
static int64_t rows_of(struct wf_store *store)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert_msg(wf_reader_begin(store, 0, &reader, &err), "%s", err.text);
    ck_assert_msg(wf_store_check(reader.db, &diags, &err), "%s", err.text);
    ck_assert_uint_eq(diags.n, 0);
    return test_int(reader.db, COUNT);
}

/* Two rows of several pages, and the log brought into the file. */
static bool add_pair(struct wf_db *db, weft_error *err)
{
    static const char ADD[] =
        "INSERT INTO generation (what, n)"
        " SELECT hex(randomblob(8000)), 1 FROM (SELECT 1 UNION ALL SELECT 2)";
    static const char MOVE[] = "PRAGMA wal_checkpoint(TRUNCATE)";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    weft_error ignored = WEFT_ERROR_INIT;

    if (!wf_db_begin(db, err))
        return false;
    if (!wf_stmt_begin(db, ADD, &q, err) || !wf_stmt_run(&q, err)) {
        wf_stmt_end(&q);
        wf_db_rollback(db);
        return false;
    }
    wf_stmt_end(&q);
    if (!wf_db_commit(db, err))
        return false;
    if (wf_stmt_begin(db, MOVE, &q, &ignored))
        (void)!wf_stmt_run(&q, &ignored); /* the commit holds all the same */
    return true;
}

/* Adds a pair while the n-th change fails; false once none is left to fail. */
static bool fail_one_change(int n, enum fault fault)
{
    struct wf_store *store = test_store_at(path);
    struct wf_db *db = wf_store_writer(store);
    weft_error err = WEFT_ERROR_INIT;
    int64_t rows;
    bool added, fired;

    ck_assert(add_pair(db, &err));
    fault_vfs_arm(n, fault);
    added = add_pair(db, &err);
    fired = fault_vfs_fired();
    if (!added)
        ck_assert_int_eq(err.code,
                         fault == FAULT_FULL ? WEFT_E_FULL : WEFT_E_STORE);

    rows = rows_of(store);
    ck_assert(rows == 4 || (rows == 2 && !added));
    err = (weft_error)WEFT_ERROR_INIT;
    ck_assert_msg(add_pair(db, &err), "%d: %s", n, err.text);
    wf_store_close(store);

    store = test_store_at(path);
    ck_assert_int_eq(rows_of(store), rows + 2);
    wf_store_close(store);
    begin_anew();
    return fired;
}

START_TEST(each_change_of_a_file_may_fail)
{
    int n = 1;

    while (fail_one_change(n, FAULT_IO))
        n++;
    ck_assert_int_gt(n, 10);
}
END_TEST

START_TEST(the_disk_may_fill_up_at_each_write)
{
    int n = 1;

    while (fail_one_change(n, FAULT_FULL))
        n++;
    ck_assert_int_gt(n, 10);
}
END_TEST

/* Opens a new store while the n-th change fails. */
static bool fail_opening(int n, enum fault fault)
{
    struct wf_log log = { WF_LOG_ERROR + 1, &wf_clock_real, NULL, NULL };
    struct wf_store_options options = { .log = &log, .create = true };
    struct wf_store *store = NULL;
    weft_error err = WEFT_ERROR_INIT;
    bool fired;

    fault_vfs_arm(n, fault);
    if (wf_store_open(path, &options, &store, &err))
        wf_store_close(store);
    fired = fault_vfs_fired();

    store = test_store_at(path);
    ck_assert_int_eq(rows_of(store), 0);
    ck_assert(add_pair(wf_store_writer(store), &err));
    wf_store_close(store);
    begin_anew();
    return fired;
}

START_TEST(a_store_half_made_is_finished_by_the_next_that_opens_it)
{
    int n = 1;

    while (fail_opening(n, FAULT_IO))
        n += stride(17);
    ck_assert_int_gt(n, 50);
}
END_TEST

static void backup_name(char name[2 * TEST_PATH])
{
    snprintf(name, 2 * TEST_PATH, "%s.backup", path);
}

/* Opens what must be a sound store and counts its rows. */
static int64_t rows_at(const char *at)
{
    struct wf_store *store = test_store_at(at);
    int64_t n = rows_of(store);

    wf_store_close(store);
    return n;
}

/* Writes a backup while the n-th change fails. */
static bool fail_backup(int n, enum fault fault)
{
    struct wf_store *store = test_store_at(path);
    weft_error err = WEFT_ERROR_INIT;
    char copy[2 * TEST_PATH];
    bool written, fired;

    backup_name(copy);
    ck_assert(add_pair(wf_store_writer(store), &err));
    fault_vfs_arm(n, fault);
    written = wf_backup_write(store, copy, &err);
    fired = fault_vfs_fired();
    ck_assert_int_eq(access(copy, F_OK) == 0, written);
    ck_assert_int_eq(test_files(path), written ? 4 : 3);
    if (written)
        ck_assert_int_eq(rows_at(copy), 2);
    ck_assert_int_eq(rows_of(store), 2);
    ck_assert(add_pair(wf_store_writer(store), &err));
    wf_store_close(store);
    begin_anew();
    return fired;
}

START_TEST(a_backup_is_whole_or_not_there)
{
    int n = 1;

    while (fail_backup(n, n % 2 ? FAULT_IO : FAULT_FULL))
        n += stride(7);
    ck_assert_int_gt(n, 50);
}
END_TEST

/* Restores a backup of one pair over a store of two while the n-th change
 * fails. */
static bool fail_restore(int n)
{
    struct wf_store *store = test_store_at(path);
    weft_error err = WEFT_ERROR_INIT;
    char copy[2 * TEST_PATH];
    bool restored, fired;

    backup_name(copy);
    ck_assert(add_pair(wf_store_writer(store), &err));
    ck_assert(wf_backup_write(store, copy, &err));
    ck_assert(add_pair(wf_store_writer(store), &err));
    wf_store_close(store);

    fault_vfs_arm(n, FAULT_IO);
    restored = wf_backup_restore(copy, path, &err);
    fired = fault_vfs_fired();
    ck_assert_int_eq(rows_at(path), restored ? 2 : 4);
    ck_assert_int_eq(rows_at(copy), 2);
    begin_anew();
    return fired;
}

START_TEST(a_restore_that_fails_leaves_the_store_as_it_was)
{
    int n = 1;

    while (fail_restore(n))
        n += stride(7);
    ck_assert_int_gt(n, 50);
}
END_TEST

/* In a process of its own: adds pairs until the power fails at the n-th
 * change, telling each one that it was promised. Exit status 7 if it never
 * failed. */
static void add_until_cut(int n, int acknowledged)
{
    struct wf_store *store = test_store_at(path);
    weft_error err = WEFT_ERROR_INIT;

    for (int i = 0; i < 3; i++) {
        if (i == 1)
            fault_vfs_arm(n, FAULT_POWER);
        if (!add_pair(wf_store_writer(store), &err)
            || write(acknowledged, "+", 1) != 1)
            _exit(1);
    }
    _exit(7);
}

/* False once the power did not fail any more. */
static bool cut_power(int n)
{
    char told[16];
    struct wf_store *store;
    int64_t n_told = 0;
    int ends[2], status;
    ssize_t got;

    fault_vfs_arm(0, FAULT_POWER); /* from the first sync on */
    ck_assert_int_eq(pipe(ends), 0);
    if (fork() == 0)
        add_until_cut(n, ends[1]);
    close(ends[1]);
    while ((got = read(ends[0], told, sizeof told)) > 0)
        n_told += got;
    close(ends[0]);
    ck_assert_int_gt(wait(&status), 0);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) != 1);
    fault_vfs_lose_unsynced(path);

    fault_vfs_arm(0, FAULT_IO);
    store = test_store_at(path);
    ck_assert_int_ge(rows_of(store), 2 * n_told);
    ck_assert_int_le(rows_of(store), 2 * n_told + 2);
    ck_assert_int_eq(rows_of(store) % 2, 0);
    wf_store_close(store);
    begin_anew();
    return WEXITSTATUS(status) == 0;
}

START_TEST(what_was_promised_survives_a_power_cut_at_each_change)
{
    int n = 1;

    while (cut_power(n))
        n += stride(3);
    ck_assert_int_gt(n, 20);
}
END_TEST

/* --- The writer on such a disk. */

struct addition {
    struct wf_work work;
    weft_code code;
};

static bool addition_run(struct wf_work *work, struct wf_db *db,
                         weft_error *err)
{
    static const char ADD[] = "INSERT INTO generation (what, n)"
                              " VALUES (hex(randomblob(8000)), 1)";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    (void)work;
    return wf_stmt_begin(db, ADD, &q, err) && wf_stmt_run(&q, err);
}

static void addition_done(struct wf_work *work, const weft_error *err)
{
    ((struct addition *)work)->code = err ? err->code : WEFT_OK;
}

START_TEST(when_the_commit_fails_every_work_of_the_batch_failed)
{
    struct wf_store *store = test_store_at(path);
    struct wf_writer_options options = { 0, 0, 0 };
    struct wf_writer_stats stats;
    struct wf_writer *writer;
    struct addition works[3], later;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_writer_start(store, &options, &writer, &err));
    fault_vfs_arm(1, FAULT_FULL);
    for (int i = 0; i < 3; i++) {
        works[i].work =
            (struct wf_work){ .run = addition_run, .done = addition_done };
        ck_assert(wf_writer_submit(writer, &works[i].work, &err));
    }
    later.work = (struct wf_work){ .run = addition_run, .done = addition_done };
    ck_assert(!wf_writer_do(writer, &later.work, &err));
    ck_assert_int_eq(err.code, WEFT_E_FULL);
    wf_writer_stats(writer, &stats);
    ck_assert(stats.failing);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(works[i].code, WEFT_E_FULL);
    ck_assert_int_eq(rows_of(store), 0);

    ck_assert(fault_vfs_fired()); /* room is made */
    ck_assert(wf_writer_do(writer, &later.work, &err));
    wf_writer_stats(writer, &stats);
    ck_assert(!stats.failing);
    ck_assert_int_eq(rows_of(store), 1);
    wf_writer_stop(writer);
    wf_store_close(store);
}
END_TEST

TCase *fault_tests(void)
{
    TCase *tc = tcase_create("store/fault");

    tcase_set_timeout(tc, 300);
    tcase_add_checked_fixture(tc, setup, teardown);
    if (test_is_pg())
        return tc; /* it is all about files */
    tcase_add_test(tc, each_change_of_a_file_may_fail);
    tcase_add_test(tc, the_disk_may_fill_up_at_each_write);
    tcase_add_test(tc, a_store_half_made_is_finished_by_the_next_that_opens_it);
    tcase_add_test(tc, a_backup_is_whole_or_not_there);
    tcase_add_test(tc, a_restore_that_fails_leaves_the_store_as_it_was);
    tcase_add_test(tc, what_was_promised_survives_a_power_cut_at_each_change);
    tcase_add_test(tc, when_the_commit_fails_every_work_of_the_batch_failed);
    return tc;
}
