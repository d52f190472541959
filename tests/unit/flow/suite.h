/* unit/flow/suite.h - the test cases of flow/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_FLOW_SUITE_H
#define UNIT_FLOW_SUITE_H

#include "support/suite.h"

TCase *vote_tests(void);
TCase *wanted_tests(void);
TCase *work_tests(void);
TCase *anonymous_tests(void);
TCase *step_tests(void);
TCase *level_tests(void);
TCase *verb_tests(void);
TCase *give_tests(void);
TCase *add_tests(void);
TCase *delegation_tests(void);
TCase *gone_tests(void);
TCase *hook_tests(void);
TCase *wait_tests(void);
TCase *deadline_tests(void);
TCase *kept_tests(void);
TCase *random_tests(void);
TCase *verify_tests(void);

#endif
