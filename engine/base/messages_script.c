/* base/messages_script.c - the Chinese twins of what script/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_script[] = {
    { NULL, NULL },
};
/* clang-format on */
