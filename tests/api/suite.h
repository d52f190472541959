/* api/suite.h - the test files of the public API.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef API_SUITE_H
#define API_SUITE_H

#include <check.h>

TCase *adjust_tests(void);
TCase *asked_tests(void);
TCase *audit_tests(void);
TCase *backlog_tests(void);
TCase *command_tests(void);
TCase *demo_tests(void);
TCase *deploy_tests(void);
TCase *engine_tests(void);
TCase *export_tests(void);
TCase *floor_tests(void);
TCase *file_tests(void);
TCase *idempotency_tests(void);
TCase *job_tests(void);
TCase *json_tests(void);
TCase *kinds_tests(void);
TCase *lights_tests(void);
TCase *lint_tests(void);
TCase *migrate_tests(void);
TCase *migrate_lane_tests(void);
TCase *migrate_wanted_tests(void);
TCase *options_tests(void);
TCase *organisation_tests(void);
TCase *outbox_tests(void);
TCase *people_tests(void);
TCase *report_tests(void);
TCase *points_tests(void);
TCase *privacy_tests(void);
TCase *retention_tests(void);
TCase *rollup_tests(void);
TCase *scenario_tests(void);
TCase *search_tests(void);
TCase *session_tests(void);
TCase *smart_tests(void);
TCase *statements_tests(void);
TCase *stream_tests(void);
TCase *title_tests(void);
TCase *told_tests(void);
TCase *unseen_tests(void);
TCase *versions_tests(void);
TCase *weights_tests(void);
TCase *work_tests(void);

#endif
