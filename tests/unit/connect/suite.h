/* unit/connect/suite.h - the test files of this layer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_CONNECT_SUITE_H
#define UNIT_CONNECT_SUITE_H

#include "support/suite.h"

suite_tests_fn hearing_tests;
suite_tests_fn outgoing_tests;
suite_tests_fn sending_tests;

#endif
