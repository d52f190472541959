/* unit/api/suite.h - the test files of the layer api.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_API_SUITE_H
#define UNIT_API_SUITE_H

#include <check.h>

TCase *cost_tests(void);
TCase *kept_tests(void);
TCase *params_tests(void);
TCase *scheduler_tests(void);
TCase *timers_tests(void);
TCase *verify_tests(void);

#endif
