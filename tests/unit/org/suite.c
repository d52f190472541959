/* unit/org/suite.c - runs the tests of org/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    closure_tests,
    directory_tests,
    gate_tests,
    idmap_tests,
    import_tests,
    import_real_tests,
    person_tests,
    people_list_tests,
    plans_tests,
    role_tests,
    signin_tests,
    unit_names_tests,
    who_tests,
    who_random_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("org", tests, sizeof tests / sizeof tests[0]);
}
