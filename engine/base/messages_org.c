/* base/messages_org.c - the Chinese twins of what org/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_org[] = {
    { NULL, NULL },
};
/* clang-format on */
