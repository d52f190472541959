/* base/map.h - text to pointer, in an arena. Keeps insertion order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_MAP_H
#define WF_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct wf_map_entry {
    const char *key;
    void *value;
};

/* Zero-initialised is empty. `entries` are in order of insertion. The hash is
 * seeded once per process, so that strangers cannot make keys collide. */
struct wf_map {
    struct wf_map_entry *entries;
    size_t n;
    size_t cap;
    unsigned *slots; /* 1 + index into entries; 0 is free */
    size_t n_slots;
};

/* Sets `key` (borrowed: must live as long as the map) to `value`; returns
 * false and changes nothing if the key is already there. */
bool wf_map_add(struct wf_arena *arena, struct wf_map *map, const char *key,
                void *value);

/* NULL where absent. */
void *wf_map_find(const struct wf_map *map, const char *key);
void *wf_map_find_slice(const struct wf_map *map, struct wf_str key);

#endif
