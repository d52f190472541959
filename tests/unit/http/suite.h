/* unit/http/suite.h - the test files of this layer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_HTTP_SUITE_H
#define UNIT_HTTP_SUITE_H

#include "support/suite.h"

suite_tests_fn asset_tests;
suite_tests_fn auth_tests;
suite_tests_fn body_tests;
suite_tests_fn check_tests;
suite_tests_fn client_tests;
suite_tests_fn openapi_tests;
suite_tests_fn peer_tests;
suite_tests_fn reply_tests;
suite_tests_fn route_tests;
suite_tests_fn server_tests;
suite_tests_fn target_tests;

#endif
