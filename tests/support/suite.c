/* support/suite.c - the main function of a Check program.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/suite.h"

#include <stdlib.h>

int suite_run(const char *name, suite_tests_fn *const tests[], size_t n)
{
    Suite *suite = suite_create(name);
    SRunner *runner;
    int n_failed;

    for (size_t i = 0; i < n; i++)
        suite_add_tcase(suite, tests[i]());
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
