/* base/embed.c - looks files up in the table that the build has made.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/embed.h"

#include <string.h>

#include "embedded.inc"

const struct wf_embedded *wf_embedded_find(const char *name)
{
    for (const struct wf_embedded *file = files; file->name; file++) {
        if (!strcmp(file->name, name))
            return file;
    }
    return NULL;
}

const struct wf_embedded *wf_embedded_next(const char *prefix,
                                           const struct wf_embedded *last)
{
    size_t prefix_len = strlen(prefix);

    for (const struct wf_embedded *file = last ? last + 1 : files; file->name;
         file++) {
        if (!strncmp(file->name, prefix, prefix_len))
            return file;
    }
    return NULL;
}
