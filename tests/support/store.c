/* support/store.c - a store for a test: in memory, or in a folder of its own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/store.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

#include "support/memory.h"

/* What a store has to say is of no interest here. */
static void ignore_line(void *self, const char *line)
{
    (void)self;
    (void)line;
}

static const struct wf_log quiet = { WF_LOG_ERROR, &wf_clock_real, ignore_line,
                                     NULL };

static struct wf_store *open_store(const char *url)
{
    struct wf_store_options options = { .log = &quiet, .create = true };
    weft_error err = WEFT_ERROR_INIT;
    struct wf_store *store = NULL;

    ck_assert_msg(wf_store_open(url, &options, &store, &err), "%s", err.text);
    return store;
}

struct wf_store *test_store_memory(void)
{
    return open_store(test_memory_url());
}

struct wf_store *test_store_at(const char *path)
{
    return open_store(path);
}

void test_folder_make(char path[TEST_PATH])
{
    char dir[] = "/tmp/weft-test-XXXXXX";

    ck_assert_ptr_nonnull(mkdtemp(dir));
    snprintf(path, TEST_PATH, "%s/store", dir);
}

void test_place_make(char url[TEST_PATH])
{
    static int n;

    if (test_is_pg())
        snprintf(url, TEST_PATH, "%s&options=-csearch_path%%3Dweft_place_%d_%d",
                 getenv("WEFT_TEST_PG"), (int)getpid(), n++);
    else
        test_folder_make(url);
}

void test_place_remove(const char *url)
{
    if (!test_is_pg())
        test_folder_remove(url);
}

/* Counts the files in the folder of `path`, or removes them. */
static int visit(const char *path, char dir[TEST_PATH], bool remove)
{
    char name[2 * TEST_PATH];
    DIR *stream;
    int n = 0;

    snprintf(dir, TEST_PATH, "%.*s", (int)(strrchr(path, '/') - path), path);
    stream = opendir(dir);
    ck_assert_ptr_nonnull(stream);
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        snprintf(name, sizeof name, "%s/%s", dir, entry->d_name);
        n += entry->d_name[0] != '.';
        if (remove && entry->d_name[0] != '.')
            unlink(name);
    }
    closedir(stream);
    return n;
}

int test_files(const char *path)
{
    char dir[TEST_PATH];

    return visit(path, dir, false);
}

void test_folder_remove(const char *path)
{
    char dir[TEST_PATH];

    visit(path, dir, true);
    rmdir(dir);
}

void test_run(struct wf_db *db, const char *sql)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert_msg(wf_stmt_begin(db, sql, &q, &err), "%s", err.text);
    ck_assert_msg(wf_stmt_run(&q, &err), "%s", err.text);
}

int64_t test_int(struct wf_db *db, const char *sql)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;
    enum wf_fetch step;

    ck_assert_msg(wf_stmt_begin(db, sql, &q, &err), "%s", err.text);
    step = wf_stmt_step(&q, &err);
    ck_assert_msg(step != WF_FETCH_ERROR, "%s", err.text);
    return step == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : -1;
}
