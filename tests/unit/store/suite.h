/* unit/store/suite.h - the test files of this layer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_STORE_SUITE_H
#define UNIT_STORE_SUITE_H

#include "support/suite.h"

suite_tests_fn ahead_tests;
suite_tests_fn backup_tests;
suite_tests_fn db_tests;
suite_tests_fn fault_tests;
suite_tests_fn ground_tests;
suite_tests_fn like_tests;
suite_tests_fn stmt_tests;
suite_tests_fn memo_tests;
suite_tests_fn node_tests;
suite_tests_fn notify_tests;
suite_tests_fn process_tests;
suite_tests_fn copy_tests;
suite_tests_fn pg_tests;
suite_tests_fn query_tests;
suite_tests_fn store_tests;
suite_tests_fn writer_tests;

#endif
