/* api/suite.c - the library as an embedder sees it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/macros.h"
#include "support/suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    adjust_tests,
    asked_tests,
    audit_tests,
    backlog_tests,
    command_tests,
    demo_tests,
    deploy_tests,
    engine_tests,
    export_tests,
    floor_tests,
    file_tests,
    idempotency_tests,
    job_tests,
    json_tests,
    kinds_tests,
    lights_tests,
    lint_tests,
    migrate_tests,
    migrate_lane_tests,
    migrate_wanted_tests,
    options_tests,
    organisation_tests,
    outbox_tests,
    people_tests,
    report_tests,
    points_tests,
    privacy_tests,
    retention_tests,
    rollup_tests,
    scenario_tests,
    search_tests,
    session_tests,
    smart_tests,
    statements_tests,
    stream_tests,
    title_tests,
    told_tests,
    unseen_tests,
    versions_tests,
    weights_tests,
    work_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("api", tests, WF_COUNT(tests));
}
