/* support/suite.h - the main function of a Check program.
 *
 * tests/unit/<layer>/suite.h declares the `TCase *<file>_tests(void)` of each
 * test file, suite.c lists them and calls suite_run().
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_SUITE_H
#define SUPPORT_SUITE_H

#include <stddef.h>

#include <check.h>

typedef TCase *suite_tests_fn(void);

/* Runs the test cases of `n` files under the name of their suite and prints
 * Check's totals. Returns the exit status of the program: 0 if all passed. */
int suite_run(const char *name, suite_tests_fn *const tests[], size_t n);

#endif
