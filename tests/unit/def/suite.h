/* unit/def/suite.h - the test files of this layer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_DEF_SUITE_H
#define UNIT_DEF_SUITE_H

#include "support/suite.h"

suite_tests_fn calendar_tests;
suite_tests_fn check_tests;
suite_tests_fn expr_eval_tests;
suite_tests_fn expr_functions_tests;
suite_tests_fn expr_link_tests;
suite_tests_fn expr_parse_tests;
suite_tests_fn expr_vectors_tests;
suite_tests_fn hook_tests;
suite_tests_fn overlay_tests;
suite_tests_fn diff_tests;
suite_tests_fn registry_tests;
suite_tests_fn suggest_tests;
suite_tests_fn template_tests;
suite_tests_fn value_tests;
suite_tests_fn who_tests;

#endif
