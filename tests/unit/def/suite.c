/* unit/def/suite.c - runs the tests of def/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    calendar_tests,
    check_tests,
    expr_eval_tests,
    expr_functions_tests,
    expr_link_tests,
    expr_parse_tests,
    expr_vectors_tests,
    hook_tests,
    overlay_tests,
    diff_tests,
    registry_tests,
    suggest_tests,
    template_tests,
    value_tests,
    who_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("def", tests, sizeof tests / sizeof tests[0]);
}
