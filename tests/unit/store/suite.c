/* unit/store/suite.c - runs the tests of store/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    store_tests,
    stmt_tests,
    db_tests,
    ground_tests,
    memo_tests,
    query_tests,
    writer_tests,
    node_tests,
    notify_tests,
    backup_tests,
    fault_tests,
    process_tests,
    copy_tests,
    like_tests,
    pg_tests,
    ahead_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("store", tests, sizeof tests / sizeof tests[0]);
}
