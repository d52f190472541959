/* org/idmap.c - open addressing; ids are ours, so that nobody can choose them
 * to collide.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/idmap.h"

#include <stdint.h>

#include "base/list.h"

enum {
    FIRST_SLOTS = 16
};

/* The slot of `id`, or the free one where it belongs. */
static struct wf_idmap_slot *slot_of(const struct wf_idmap *map, wf_id id)
{
    uint64_t hash = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 32) & (map->n_slots - 1);

    while (map->slots[at].id && map->slots[at].id != id)
        at = (at + 1) & (map->n_slots - 1);
    return &map->slots[at];
}

static void grow(struct wf_arena *arena, struct wf_idmap *map)
{
    struct wf_idmap old = *map;

    map->n_slots = old.n_slots ? 2 * old.n_slots : FIRST_SLOTS;
    map->slots = WF_NEW_N(arena, struct wf_idmap_slot, map->n_slots);
    for (size_t i = 0; i < old.n_slots; i++)
        if (old.slots[i].id)
            *slot_of(map, old.slots[i].id) = old.slots[i];
}

bool wf_idmap_add(struct wf_arena *arena, struct wf_idmap *map, wf_id id,
                  void *value)
{
    struct wf_idmap_slot *slot;

    if (2 * (map->n + 1) > map->n_slots)
        grow(arena, map);
    slot = slot_of(map, id);
    if (slot->id)
        return false;
    slot->id = id;
    slot->value = value;
    map->n++;
    return true;
}

void *wf_idmap_find(const struct wf_idmap *map, wf_id id)
{
    return map->n ? slot_of(map, id)->value : NULL;
}

bool wf_idmap_has(const struct wf_idmap *map, wf_id id)
{
    return map->n && slot_of(map, id)->id == id;
}

bool wf_idset_add(struct wf_arena *arena, struct wf_idset *set, wf_id id)
{
    if (!id || !wf_idmap_add(arena, &set->seen, id, NULL))
        return false;
    *WF_PUSH(arena, set) = id;
    return true;
}

bool wf_idset_has(const struct wf_idset *set, wf_id id)
{
    return id && wf_idmap_has(&set->seen, id);
}
