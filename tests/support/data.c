/* support/data.c - files from outside that some tests try.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

enum {
    PIECE = 4096
};

const char *data_path(struct wf_arena *arena, const char *name)
{
    const char *data = getenv("WEFT_DATA");
    const char *path =
        wf_arena_printf(arena, "%s/%s", data ? data : "../shared/data", name);

    if (access(path, R_OK) == 0)
        return path;
    printf("skipped: there is no %s; set WEFT_DATA\n", path);
    fflush(stdout);
    return NULL;
}

char *data_read(struct wf_arena *arena, const char *name, size_t *len)
{
    const char *path = data_path(arena, name);
    FILE *file = path ? fopen(path, "rb") : NULL;
    struct wf_buf text = WF_BUF_INIT(arena);
    size_t n;

    if (!file)
        return NULL;
    while ((n = fread(wf_buf_room(&text, PIECE), 1, PIECE, file)) > 0)
        text.len += n;
    fclose(file);
    *len = text.len;
    return text.data;
}
