/* base/messages_cli.c - the Chinese twins of what cli/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_cli[] = {
    { NULL, NULL },
};
/* clang-format on */
