/* base/arena.c - memory that is thrown away whole: blocks that are filled from
 * the front, the first one inside the handle.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif

/* Under the sanitizer a gap stands behind each allocation, and what has not
 * been handed out may not be touched. */
#ifdef WITH_ASAN
#include <sanitizer/asan_interface.h>
/* Not inlined: what takes a pointer to const counts as reading there. */
__attribute__((noinline)) static void poison(void *at, size_t len)
{
    __asan_poison_memory_region(at, len);
}
#define POISON(at, len) poison((at), (len))
#define UNPOISON(at, len) __asan_unpoison_memory_region((at), (len))
enum {
    GAP = 16
};
#else
#define POISON(at, len) ((void)(at), (void)(len))
#define UNPOISON(at, len) ((void)(at), (void)(len))
enum {
    GAP = 0
};
#endif

enum {
    ALIGN = alignof(max_align_t),
    FIRST_SIZE = 8 * 1024,
    BLOCK_SIZE_MAX = 256 * 1024,
};

struct block {
    struct block *next;
    size_t size; /* of data */
    alignas(max_align_t) char data[];
};

struct defer {
    struct defer *next;
    void (*fn)(void *);
    void *ptr;
};

struct wf_arena {
    struct block *current; /* being filled: the last one */
    struct block *big;     /* allocations that stand alone */
    struct defer *defers;  /* the newest first; they lie in the arena */
    size_t filled;         /* bytes of current->data */
    size_t used;
    alignas(max_align_t) char first[]; /* a block, of FIRST_SIZE bytes */
};

/* Not zeroed: what is handed out is. */
static struct block *block_new(size_t size)
{
    struct block *block = NULL;

    if (size <= SIZE_MAX - sizeof *block)
        block = malloc(sizeof *block + size);
    if (!block)
        wf_oom();
    block->next = NULL;
    block->size = size;
    return block;
}

static void blocks_free(struct block *block)
{
    while (block) {
        struct block *next = block->next;

        UNPOISON(block->data, block->size);
        free(block);
        block = next;
    }
}

static struct block *first_block(struct wf_arena *arena)
{
    return (struct block *)(void *)arena->first;
}

static void block_fill(struct wf_arena *arena, struct block *block)
{
    arena->current = block;
    arena->filled = 0;
    POISON(block->data, block->size);
}

struct wf_arena *wf_arena_new(void)
{
    struct wf_arena *arena =
        malloc(sizeof *arena + sizeof(struct block) + FIRST_SIZE);

    if (!arena)
        wf_oom();
    *arena = (struct wf_arena){ .current = NULL };
    *first_block(arena) = (struct block){ .size = FIRST_SIZE };
    block_fill(arena, first_block(arena));
    return arena;
}

/* Calls what was deferred, also what these calls defer in turn. */
static void run_defers(struct wf_arena *arena)
{
    while (arena->defers) {
        struct defer *defer = arena->defers;

        arena->defers = defer->next;
        defer->fn(defer->ptr);
    }
}

void wf_arena_free(struct wf_arena *arena)
{
    if (!arena)
        return;
    run_defers(arena);
    blocks_free(arena->big);
    blocks_free(first_block(arena)->next);
    UNPOISON(first_block(arena)->data, FIRST_SIZE);
    free(arena);
}

void wf_arena_end(struct wf_arena **arena)
{
    wf_arena_free(*arena);
    *arena = NULL;
}

/* A block twice the size of the last, up to the largest. All are larger than
 * what is asked of them. */
static void next_block(struct wf_arena *arena)
{
    size_t size = arena->current->size * 2;
    struct block *block =
        block_new(size < BLOCK_SIZE_MAX ? size : BLOCK_SIZE_MAX);

    arena->current->next = block;
    block_fill(arena, block);
}

static void *room_alone(struct wf_arena *arena, size_t size)
{
    struct block *block = block_new(size);

    block->next = arena->big;
    arena->big = block;
    arena->used += size;
    return block->data;
}

void *wf_arena_room(struct wf_arena *arena, size_t size)
{
    size_t room = arena->current->size - arena->filled;
    size_t whole;
    char *at;

    if (size > BLOCK_SIZE_MAX || (size > FIRST_SIZE / 2 && size + GAP > room))
        return room_alone(arena, size);
    whole = (size + GAP + ALIGN - 1) / ALIGN * ALIGN;
    if (whole > room)
        next_block(arena);
    at = arena->current->data + arena->filled;
    arena->filled += whole;
    arena->used += whole;
    UNPOISON(at, size);
    return at;
}

void *wf_arena_alloc(struct wf_arena *arena, size_t size)
{
    return memset(wf_arena_room(arena, size), 0, size);
}

void *wf_arena_alloc_n(struct wf_arena *arena, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        wf_oom();
    return wf_arena_alloc(arena, n * size);
}

char *wf_arena_str(struct wf_arena *arena, const char *text)
{
    return text ? wf_arena_mem(arena, text, strlen(text)) : NULL;
}

char *wf_arena_mem(struct wf_arena *arena, const void *data, size_t len)
{
    char *copy = wf_arena_room(arena, len + 1);

    if (len)
        memcpy(copy, data, len);
    copy[len] = '\0';
    return copy;
}

char *wf_arena_slice(struct wf_arena *arena, struct wf_str slice)
{
    return wf_arena_mem(arena, slice.at, slice.len);
}

char *wf_arena_vprintf(struct wf_arena *arena, const char *fmt, va_list args)
{
    char *text;
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (len < 0)
        return wf_arena_alloc(arena, 1);
    text = wf_arena_alloc(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    return text;
}

char *wf_arena_printf(struct wf_arena *arena, const char *fmt, ...)
{
    char *text;
    va_list args;

    va_start(args, fmt);
    text = wf_arena_vprintf(arena, fmt, args);
    va_end(args);
    return text;
}

void wf_arena_defer(struct wf_arena *arena, void (*fn)(void *), void *ptr)
{
    struct defer *defer = WF_NEW(arena, struct defer);

    defer->fn = fn;
    defer->ptr = ptr;
    defer->next = arena->defers;
    arena->defers = defer;
}

size_t wf_arena_used(const struct wf_arena *arena)
{
    return arena->used;
}
