/* unit/flow/suite.c - runs the tests of flow/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    vote_tests,
    wanted_tests,
    work_tests,
    anonymous_tests,
    step_tests,
    level_tests,
    verb_tests,
    give_tests,
    add_tests,
    delegation_tests,
    gone_tests,
    hook_tests,
    wait_tests,
    deadline_tests,
    kept_tests,
    random_tests,
    verify_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("flow", tests, sizeof tests / sizeof tests[0]);
}
