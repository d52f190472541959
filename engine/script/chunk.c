/* script/chunk.c - texts compiled in a state of their own, which is closed
 * again, and what came of them in buckets.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/chunk.h"

#include <assert.h>
#include <lauxlib.h>
#include <lua.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"

enum {
    BUCKETS = 256,
    KEPT_MAX = 32 << 20,    /* bytes of texts and code, all chunks together */
    COMPILE_MAX = 64 << 20, /* bytes that one text may take */
    NAME_ROOM = 256,
};

/* `chunk` is first: a pointer to one is a pointer to the other. */
struct entry {
    struct wf_chunk chunk;
    struct entry *next; /* of the bucket */
    size_t n_users;
    char *name, *text, *code;
    size_t text_len;
};

struct wf_chunks {
    pthread_mutex_t lock;
    struct entry *buckets[BUCKETS]; /* under `lock`, and all below */
    size_t kept, compiled;
};

struct wf_chunks *wf_chunks_new(void)
{
    struct wf_chunks *chunks = calloc(1, sizeof *chunks);

    if (!chunks)
        wf_oom();
    pthread_mutex_init(&chunks->lock, NULL);
    return chunks;
}

static void free_entry(struct entry *entry)
{
    free(entry->name);
    free(entry->text);
    free(entry->code);
    free(entry);
}

/* Forgets all that nobody uses. Called with the lock held, or alone. */
static void forget(struct wf_chunks *chunks)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        struct entry **at = &chunks->buckets[i], *entry;

        while ((entry = *at)) {
            if (entry->n_users > 0) {
                at = &entry->next;
                continue;
            }
            *at = entry->next;
            chunks->kept -= entry->text_len + entry->chunk.len;
            free_entry(entry);
        }
    }
}

void wf_chunks_free(struct wf_chunks *chunks)
{
    if (!chunks)
        return;
    forget(chunks);
    assert(chunks->kept == 0);
    pthread_mutex_destroy(&chunks->lock);
    free(chunks);
}

size_t wf_chunks_compiled(struct wf_chunks *chunks)
{
    size_t n;

    pthread_mutex_lock(&chunks->lock);
    n = chunks->compiled;
    pthread_mutex_unlock(&chunks->lock);
    return n;
}

/* --- Compiled */

struct code {
    char *at;
    size_t len, room;
};

static int write_code(lua_State *L, const void *bytes, size_t len, void *ud)
{
    struct code *code = ud;

    (void)L;
    if (code->len + len > code->room) {
        code->room = 2 * (code->len + len);
        code->at = realloc(code->at, code->room);
        if (!code->at)
            wf_oom();
    }
    memcpy(code->at + code->len, bytes, len);
    code->len += len;
    return 0;
}

/* `ud` counts the bytes that are in use. */
static void *allocate(void *ud, void *block, size_t old, size_t size)
{
    size_t *used = ud;
    void *made;

    old = block ? old : 0;
    if (size == 0) {
        *used -= old;
        free(block);
        return NULL;
    }
    if (size > old && *used + (size - old) > COMPILE_MAX)
        return NULL;
    made = realloc(block, size);
    if (made)
        *used += size - old;
    return made;
}

static char *copy(const char *bytes, size_t len)
{
    char *made = malloc(len + 1);

    if (!made)
        wf_oom();
    memcpy(made, bytes, len);
    made[len] = '\0';
    return made;
}

static struct entry *compile(const char *name, const char *text, size_t len,
                             char *why, size_t room)
{
    char place[NAME_ROOM];
    size_t used = 0;
    lua_State *L = lua_newstate(allocate, &used);
    struct code code = { NULL, 0, 0 };
    struct entry *entry = NULL;

    if (!L)
        wf_oom();
    snprintf(place, sizeof place, "@%s", name);
    /* Text alone: bytecode could write anywhere. Lines stay, for messages. */
    if (luaL_loadbufferx(L, text, len, place, "t") != LUA_OK) {
        snprintf(why, room, "%s",
                 lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1)
                                                : "not enough memory");
    } else {
        lua_dump(L, write_code, &code, 0);
        entry = calloc(1, sizeof *entry);
        if (!entry)
            wf_oom();
        *entry = (struct entry){ .chunk = { code.at, code.len },
                                 .name = copy(name, strlen(name)),
                                 .text = copy(text, len),
                                 .code = code.at,
                                 .text_len = len };
    }
    lua_close(L);
    return entry;
}

/* --- Kept */

static struct entry **bucket_of(struct wf_chunks *chunks, const char *text,
                                size_t len)
{
    return &chunks
                ->buckets[wf_str_hash((struct wf_str){ text, len }) % BUCKETS];
}

/* One that is kept, with one user more. */
static struct entry *find(struct wf_chunks *chunks, struct entry *bucket,
                          const char *name, const char *text, size_t len)
{
    (void)chunks;
    for (; bucket; bucket = bucket->next)
        if (bucket->text_len == len && !strcmp(bucket->name, name)
            && !memcmp(bucket->text, text, len)) {
            bucket->n_users++;
            return bucket;
        }
    return NULL;
}

const struct wf_chunk *wf_chunk_get(struct wf_chunks *chunks, const char *name,
                                    const char *text, size_t len, char *why,
                                    size_t room)
{
    struct entry **bucket, *found, *made;

    if (!chunks) {
        made = compile(name, text, len, why, room);
        return made ? &made->chunk : NULL;
    }
    bucket = bucket_of(chunks, text, len);
    pthread_mutex_lock(&chunks->lock);
    found = find(chunks, *bucket, name, text, len);
    pthread_mutex_unlock(&chunks->lock);
    if (found)
        return &found->chunk;
    made = compile(name, text, len, why, room); /* two may; one is kept */
    if (!made)
        return NULL;
    pthread_mutex_lock(&chunks->lock);
    chunks->compiled++;
    found = find(chunks, *bucket, name, text, len);
    if (!found) {
        if (chunks->kept > KEPT_MAX)
            forget(chunks);
        made->n_users = 1;
        made->next = *bucket;
        *bucket = made;
        chunks->kept += len + made->chunk.len;
    }
    pthread_mutex_unlock(&chunks->lock);
    if (found)
        free_entry(made);
    return found ? &found->chunk : &made->chunk;
}

void wf_chunk_put(struct wf_chunks *chunks, const struct wf_chunk *chunk)
{
    const void *first = chunk;
    struct entry *entry;

    memcpy(&entry, &first, sizeof entry);
    if (!chunks) {
        free_entry(entry);
        return;
    }
    pthread_mutex_lock(&chunks->lock);
    entry->n_users--;
    pthread_mutex_unlock(&chunks->lock);
}
