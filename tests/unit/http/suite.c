/* unit/http/suite.c - runs the tests of http/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

/* clang-format off */
static suite_tests_fn *const tests[] = {
    asset_tests,
    auth_tests,
    body_tests,
    check_tests,
    client_tests,
    openapi_tests,
    peer_tests,
    reply_tests,
    route_tests,
    server_tests,
    target_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("http", tests, sizeof tests / sizeof tests[0]);
}
