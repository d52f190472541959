/* fault/suite.c - the attacks on a whole engine.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/macros.h"
#include "support/suite.h"

static suite_tests_fn *const tests[] = {
    access_tests, again_tests, database_tests, definition_tests,
    kill_tests,   nodes_tests, power_tests,    json_tests,
    disk_tests,   race_tests,  run_tests,      script_tests,
};

int main(void)
{
    return suite_run("fault", tests, WF_COUNT(tests));
}
