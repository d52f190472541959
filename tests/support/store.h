/* support/store.h - a store for a test: in memory, or in a folder of its own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_STORE_H
#define SUPPORT_STORE_H

#include "store/db.h"

enum {
    TEST_PATH = 256
};

/* A fresh store in memory; a failure fails the test. */
struct wf_store *test_store_memory(void);

/* The store at `path`, made where there is none. */
struct wf_store *test_store_at(const char *path);

/* A new folder; `path` is a file "store" to be made in it. */
void test_folder_make(char path[TEST_PATH]);

/* The URL of a new store that several may open: a file in a folder of its own,
 * or a schema of its own on WEFT_TEST_PG, which goes with the cluster. */
void test_place_make(char url[TEST_PATH]);
void test_place_remove(const char *url);

/* Removes the folder of `path` and the files in it. */
void test_folder_remove(const char *path);

/* How many files are in the folder of `path`. */
int test_files(const char *path);

/* Runs a constant without parameters on `db`; a failure fails the test. */
void test_run(struct wf_db *db, const char *sql);

/* The first column of the first row of a constant; -1 where there is none. */
int64_t test_int(struct wf_db *db, const char *sql);

#endif
