/* org/idmap.h - ids to pointers, and ordered sets of ids, in an arena.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_IDMAP_H
#define WF_ORG_IDMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/id.h"

struct wf_idmap_slot {
    wf_id id; /* 0: free */
    void *value;
};

/* Zero-initialised is empty. */
struct wf_idmap {
    struct wf_idmap_slot *slots;
    size_t n;
    size_t n_slots; /* a power of two, at least twice n */
};

/* Sets `id`, which is not 0; false, and nothing changed, if it is there. */
bool wf_idmap_add(struct wf_arena *arena, struct wf_idmap *map, wf_id id,
                  void *value);

/* NULL where absent. */
void *wf_idmap_find(const struct wf_idmap *map, wf_id id);
bool wf_idmap_has(const struct wf_idmap *map, wf_id id);

/* Ids in the order in which they came, each once. */
struct wf_idset {
    wf_id *at;
    size_t n, cap;
    struct wf_idmap seen;
};

/* Leaves out 0, which is nobody; false if nothing was added. */
bool wf_idset_add(struct wf_arena *arena, struct wf_idset *set, wf_id id);
bool wf_idset_has(const struct wf_idset *set, wf_id id);

#endif
