/* base/list.c - growing arrays in an arena.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"

#include <string.h>

void *wf_list_grow(struct wf_arena *arena, void *at, size_t n, size_t *cap,
                   size_t size)
{
    size_t more = *cap ? 2 * *cap : 4;
    void *grown;

    if (n < *cap) {
        /* An element that was taken off may have stood here. */
        memset((char *)at + n * size, 0, size);
        return at;
    }
    grown = wf_arena_alloc_n(arena, more, size);
    if (n)
        memcpy(grown, at, n * size);
    *cap = more;
    return grown;
}
