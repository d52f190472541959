/* base/messages_http.c - the Chinese twins of what http/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_http[] = {
    { NULL, NULL },
};
/* clang-format on */
