/* report/units.c - all units at once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/units.h"

#include "base/list.h"

enum {
    DEPTH_MAX = 64
};

static const char SQL_UNITS[] = "SELECT id, key, name, parent FROM unit"
                                " ORDER BY pinyin, id";

static bool read_units(struct wf_call *call, struct wf_units *out,
                       wf_id **parents, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    WF_LIST(wf_id) above = { 0 };
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_UNITS, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_unit_node *unit = WF_PUSH(call->arena, out);

        unit->id = wf_stmt_int(&q, 0);
        unit->key = wf_stmt_str(&q, 1, call->arena);
        unit->name = wf_stmt_str(&q, 2, call->arena);
        *WF_PUSH(call->arena, &above) = wf_stmt_int(&q, 3);
    }
    *parents = above.at;
    return got == WF_FETCH_DONE;
}

bool wf_units_load(struct wf_call *call, struct wf_units *out, weft_error *err)
{
    wf_id *parents = NULL;

    *out = (struct wf_units){ .n = 0 };
    if (!read_units(call, out, &parents, err))
        return false;
    for (size_t i = 0; i < out->n; i++) {
        wf_idmap_add(call->arena, &out->ids, out->at[i].id, &out->at[i]);
        (void)wf_map_add(call->arena, &out->keys, out->at[i].key, &out->at[i]);
    }
    for (size_t i = 0; i < out->n; i++)
        out->at[i].parent = wf_idmap_find(&out->ids, parents[i]);
    for (size_t i = 0; i < out->n; i++)
        for (const struct wf_unit_node *up = out->at[i].parent;
             up && out->at[i].depth < DEPTH_MAX; up = up->parent)
            out->at[i].depth++;
    return true;
}

const struct wf_unit_node *wf_units_find(const struct wf_units *units,
                                         struct wf_str key)
{
    return wf_map_find_slice(&units->keys, key);
}
