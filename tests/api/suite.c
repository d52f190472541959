/* api/suite.c - the library as an embedder sees it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/macros.h"
#include "support/suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    asked_tests,
    command_tests,
    deploy_tests,
    engine_tests,
    idempotency_tests,
    job_tests,
    json_tests,
    lint_tests,
    migrate_tests,
    organisation_tests,
    people_tests,
    rollup_tests,
    scenario_tests,
    session_tests,
    statements_tests,
    versions_tests,
    work_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("api", tests, WF_COUNT(tests));
}
