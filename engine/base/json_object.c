/* base/json_object.c - the members of JSON objects.
 *
 * Small objects are searched from the front, which is fastest. From INDEX_MIN
 * members on an index stands behind the members, in the same allocation, so
 * that an object of a stranger with 100,000 keys costs no more a key than one
 * with ten. Its slots hold 1 + index of a member, 0 is free; there are twice
 * as many as members fit.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json_object.h"

#include <assert.h>
#include <limits.h>

enum {
    CAP_MIN = 4,
    INDEX_MIN = 64
};

static bool has_index(const struct wf_json *object)
{
    return object->u.object.cap >= INDEX_MIN;
}

static unsigned *slots_of(const struct wf_json *object)
{
    return (unsigned *)(void *)(object->u.object.at + object->u.object.cap);
}

static bool is_key(const struct wf_json_member *member, struct wf_str key)
{
    return member->key.len == key.len
           && !memcmp(member->key.at, key.at, key.len);
}

/* The slot of `key`, or the free one where it would go. */
static unsigned *slot_of(const struct wf_json *object, struct wf_str key)
{
    size_t mask = 2 * object->u.object.cap - 1;
    unsigned *slots = slots_of(object);
    size_t i = (size_t)wf_str_hash(key) & mask;

    while (slots[i] && !is_key(&object->u.object.at[slots[i] - 1], key))
        i = (i + 1) & mask;
    return &slots[i];
}

static void index_all(struct wf_json *object)
{
    memset(slots_of(object), 0, 2 * object->u.object.cap * sizeof(unsigned));
    for (size_t i = 0; i < object->u.object.n; i++)
        *slot_of(object, object->u.object.at[i].key) = (unsigned)i + 1;
}

static void grow(struct wf_arena *arena, struct wf_json *object)
{
    size_t cap = object->u.object.cap ? 2 * object->u.object.cap : CAP_MIN;
    size_t size = sizeof(struct wf_json_member)
                  + (cap >= INDEX_MIN ? 2 * sizeof(unsigned) : 0);
    struct wf_json_member *at = wf_arena_alloc_n(arena, cap, size);

    assert(cap < UINT_MAX);
    if (object->u.object.n)
        memcpy(at, object->u.object.at, object->u.object.n * sizeof *at);
    object->u.object.at = at;
    object->u.object.cap = cap;
    if (has_index(object))
        index_all(object);
}

static struct wf_json_member *find(const struct wf_json *object,
                                   struct wf_str key)
{
    unsigned slot;

    if (has_index(object)) {
        slot = *slot_of(object, key);
        return slot ? &object->u.object.at[slot - 1] : NULL;
    }
    for (size_t i = 0; i < object->u.object.n; i++)
        if (is_key(&object->u.object.at[i], key))
            return &object->u.object.at[i];
    return NULL;
}

void wf_json_append(struct wf_arena *arena, struct wf_json *object,
                    struct wf_str key, struct wf_json *value)
{
    struct wf_json_member member = { key, value };

    if (object->u.object.n == object->u.object.cap)
        grow(arena, object);
    if (has_index(object))
        *slot_of(object, key) = (unsigned)object->u.object.n + 1;
    object->u.object.at[object->u.object.n++] = member;
}

struct wf_json *wf_json_get(const struct wf_json *object, const char *key)
{
    struct wf_json_member *member = NULL;

    if (wf_json_is(object, WF_JSON_OBJECT))
        member = find(object, wf_str_of(key));
    return member ? member->value : NULL;
}

void wf_json_set(struct wf_arena *arena, struct wf_json *object,
                 const char *key, struct wf_json *value)
{
    struct wf_str slice = wf_str_of(key);
    struct wf_json_member *member = find(object, slice);

    if (member) {
        member->value = value;
        return;
    }
    slice.at = wf_arena_slice(arena, slice);
    wf_json_append(arena, object, slice, value);
}

bool wf_json_remove(struct wf_json *object, const char *key)
{
    struct wf_json_member *member = find(object, wf_str_of(key));
    struct wf_json_member *end;

    if (!member)
        return false;
    end = object->u.object.at + object->u.object.n;
    memmove(member, member + 1, (size_t)(end - member - 1) * sizeof *member);
    object->u.object.n--;
    if (has_index(object))
        index_all(object);
    return true;
}
