/* unit/base/suite.c - runs the tests of base/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    arena_tests,
    csv_tests,
    date_tests,
    diag_tests,
    embed_tests,
    error_tests,
    hash_tests,
    id_tests,
    json_tests,
    likeness_tests,
    pattern_tests,
    period_tests,
    phrases_tests,
    str_tests,
    text_tests,
    vault_tests,
    zone_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("base", tests, sizeof tests / sizeof tests[0]);
}
