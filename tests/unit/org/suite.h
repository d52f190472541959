/* unit/org/suite.h - the test files of this layer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_ORG_SUITE_H
#define UNIT_ORG_SUITE_H

#include "support/suite.h"

suite_tests_fn closure_tests;
suite_tests_fn directory_tests;
suite_tests_fn gate_tests;
suite_tests_fn idmap_tests;
suite_tests_fn import_tests;
suite_tests_fn import_real_tests;
suite_tests_fn person_tests;
suite_tests_fn people_list_tests;
suite_tests_fn plans_tests;
suite_tests_fn role_tests;
suite_tests_fn signin_tests;
suite_tests_fn unit_names_tests;
suite_tests_fn who_tests;
suite_tests_fn who_random_tests;

#endif
