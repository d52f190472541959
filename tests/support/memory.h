/* support/memory.h - where a store goes that a test does not keep.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_MEMORY_H
#define SUPPORT_MEMORY_H

#include <stdbool.h>

/* The URL of a fresh store: "sqlite::memory:", or, with WEFT_TEST_PG in the
 * environment (see support/postgres), a schema of its own there. */
const char *test_memory_url(void);

/* Whether that is PostgreSQL. */
bool test_is_pg(void);

/* Adds a test of what only SQLite has: files, its own words, one who writes. */
#define test_add_sqlite(tc, test)                                              \
    do {                                                                       \
        if (!test_is_pg())                                                     \
            tcase_add_test(tc, test);                                          \
    } while (0)

#endif
