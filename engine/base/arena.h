/* base/arena.h - memory that is thrown away whole.
 *
 * A request, a command, a definition version, a test has one. What lives as
 * long goes into it and is never freed alone. An arena belongs to one thread
 * at a time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_ARENA_H
#define WF_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/macros.h"
#include "base/str.h"

struct wf_arena;

/* A new empty arena, the caller's, to be given to wf_arena_free(). Never
 * NULL: running out of memory ends the process. The first few KB come with
 * it, so that a small request makes one allocation. */
struct wf_arena *wf_arena_new(void);
void wf_arena_free(struct wf_arena *arena);
void wf_arena_end(struct wf_arena **arena); /* for WF_CLEANUP */

/* `size` zeroed bytes, aligned for any type. size 0 gives a valid pointer. */
void *wf_arena_alloc(struct wf_arena *arena, size_t size);
/* The same with whatever was there before, for who fills all of it. */
void *wf_arena_room(struct wf_arena *arena, size_t size);
#define WF_NEW(arena, type) ((type *)wf_arena_alloc((arena), sizeof(type)))
#define WF_NEW_N(arena, type, n)                                               \
    ((type *)wf_arena_alloc_n((arena), (n), sizeof(type)))
void *wf_arena_alloc_n(struct wf_arena *arena, size_t n, size_t size);

/* Copies; NUL-terminated. wf_arena_str(NULL) is NULL. */
char *wf_arena_str(struct wf_arena *arena, const char *text);
char *wf_arena_mem(struct wf_arena *arena, const void *data, size_t len);
char *wf_arena_slice(struct wf_arena *arena, struct wf_str slice);
char *wf_arena_printf(struct wf_arena *arena, const char *fmt, ...)
    WF_PRINTF(2, 3);
char *wf_arena_vprintf(struct wf_arena *arena, const char *fmt, va_list args)
    WF_PRINTF(2, 0);

/* Has `fn(ptr)` called when the arena is freed, last one first. */
void wf_arena_defer(struct wf_arena *arena, void (*fn)(void *), void *ptr);

/* Bytes handed out so far: what a piece of work costs, for tests. */
size_t wf_arena_used(const struct wf_arena *arena);

#endif
