/* base/map.c - text to pointer: open addressing over entries in order of
 * insertion.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"

#include <assert.h>
#include <limits.h>

#include "base/list.h"

enum {
    SLOTS_MIN = 16
};

/* The slot of `key`, or the free one where it would go. At most half of the
 * slots are taken, so there is one. */
static unsigned *slot_of(const struct wf_map *map, struct wf_str key)
{
    size_t mask = map->n_slots - 1;
    size_t i = (size_t)wf_str_hash(key) & mask;

    while (map->slots[i]
           && !wf_str_is(key, map->entries[map->slots[i] - 1].key))
        i = (i + 1) & mask;
    return &map->slots[i];
}

static void rehash(struct wf_arena *arena, struct wf_map *map)
{
    map->n_slots = map->n_slots ? 2 * map->n_slots : SLOTS_MIN;
    map->slots = WF_NEW_N(arena, unsigned, map->n_slots);
    for (size_t i = 0; i < map->n; i++)
        *slot_of(map, wf_str_of(map->entries[i].key)) = (unsigned)i + 1;
}

bool wf_map_add(struct wf_arena *arena, struct wf_map *map, const char *key,
                void *value)
{
    unsigned *slot;

    assert(map->n < UINT_MAX / 2);
    if (2 * (map->n + 1) > map->n_slots)
        rehash(arena, map);
    slot = slot_of(map, wf_str_of(key));
    if (*slot)
        return false;
    map->entries = wf_list_grow(arena, map->entries, map->n, &map->cap,
                                sizeof *map->entries);
    map->entries[map->n].key = key;
    map->entries[map->n].value = value;
    *slot = (unsigned)++map->n;
    return true;
}

void *wf_map_find(const struct wf_map *map, const char *key)
{
    return wf_map_find_slice(map, wf_str_of(key));
}

void *wf_map_find_slice(const struct wf_map *map, struct wf_str key)
{
    unsigned slot = map->n ? *slot_of(map, key) : 0;

    return slot ? map->entries[slot - 1].value : NULL;
}
