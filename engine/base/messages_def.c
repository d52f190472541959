/* base/messages_def.c - the Chinese twins of what def/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_def[] = {
    { NULL, NULL },
};
/* clang-format on */
