/* unit/doc/suite.c - runs the tests of doc/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    doc_tests,
    shape_tests,
    title_tests,
    rows_tests,
    rules_tests,
    access_tests,
    access_random_tests,
    history_tests,
    view_tests,
    list_tests,
    tree_tests,
    comment_tests,
    reaction_tests,
    plan_tests,
    when_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("doc", tests, sizeof tests / sizeof tests[0]);
}
