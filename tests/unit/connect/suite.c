/* unit/connect/suite.c - runs the tests of connect/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    hearing_tests,
    outgoing_tests,
    sending_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("connect", tests, sizeof tests / sizeof tests[0]);
}
