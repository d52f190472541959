/* base/messages_cli.c - the Chinese twins of what cli/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_cli[] = {
    /* --- cli/files.c */
    { "%s is larger than %d MiB.",
      "%s 超过 %d MiB。" },
    { "%s cannot be read.",
      "无法读取 %s。" },
    { "%s holds more than %d definitions.",
      "%s 中的定义超过 %d 个。" },

    { NULL, NULL },
};
/* clang-format on */
