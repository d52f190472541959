/* base/list.h - growing arrays in an arena.
 *
 *     struct { struct wf_step **at; size_t n, cap; } steps = { 0 };
 *     *WF_PUSH(arena, &steps) = step;
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_LIST_H
#define WF_BASE_LIST_H

#include <stddef.h>

#include "base/arena.h"

#define WF_LIST(type)                                                          \
    struct {                                                                   \
        type *at;                                                              \
        size_t n;                                                              \
        size_t cap;                                                            \
    }

/* A pointer to a new, zeroed last element. */
#define WF_PUSH(arena, list)                                                   \
    ((list)->at = wf_list_grow((arena), (list)->at, (list)->n, &(list)->cap,   \
                               sizeof *(list)->at),                            \
     &(list)->at[(list)->n++])

/* Makes room for one more of `n` elements; used by WF_PUSH only. */
void *wf_list_grow(struct wf_arena *arena, void *at, size_t n, size_t *cap,
                   size_t size);

#endif
