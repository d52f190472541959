/* unit/doc/suite.h - the test files of this layer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_DOC_SUITE_H
#define UNIT_DOC_SUITE_H

#include "support/suite.h"

suite_tests_fn doc_tests, shape_tests, title_tests, rows_tests, rules_tests,
    access_tests, access_random_tests, history_tests, view_tests, list_tests,
    tree_tests, comment_tests, reaction_tests, plan_tests, when_tests;

#endif
