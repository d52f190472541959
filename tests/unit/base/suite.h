/* unit/base/suite.h - the test files of this layer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_BASE_SUITE_H
#define UNIT_BASE_SUITE_H

#include "support/suite.h"

suite_tests_fn arena_tests;
suite_tests_fn csv_tests;
suite_tests_fn date_tests;
suite_tests_fn diag_tests;
suite_tests_fn embed_tests;
suite_tests_fn error_tests;
suite_tests_fn hash_tests;
suite_tests_fn id_tests;
suite_tests_fn json_tests;
suite_tests_fn likeness_tests;
suite_tests_fn pattern_tests;
suite_tests_fn period_tests;
suite_tests_fn phrases_tests;
suite_tests_fn str_tests;
suite_tests_fn text_tests;
suite_tests_fn vault_tests;
suite_tests_fn zone_tests;

#endif
