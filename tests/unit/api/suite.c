/* unit/api/suite.c - what the public API cannot show of its own layer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/macros.h"
#include "support/suite.h"

static suite_tests_fn *const tests[] = { cost_tests,   kept_tests,
                                         params_tests, scheduler_tests,
                                         timers_tests, verify_tests };

int main(void)
{
    return suite_run("api inside", tests, WF_COUNT(tests));
}
