/* report/units.h - all units at once: their names, and what is above each.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_UNITS_H
#define WF_REPORT_UNITS_H

#include "org/call.h"
#include "org/idmap.h"

struct wf_unit_node {
    wf_id id;
    const char *key, *name;
    const struct wf_unit_node *parent;
    int depth; /* 0: a top */
};

struct wf_units {
    struct wf_unit_node *at; /* by name */
    size_t n, cap;
    struct wf_idmap ids; /* id → struct wf_unit_node * */
    struct wf_map keys;  /* key → struct wf_unit_node * */
};

WF_MUST_CHECK bool wf_units_load(struct wf_call *call, struct wf_units *out,
                                 weft_error *err);

const struct wf_unit_node *wf_units_find(const struct wf_units *units,
                                         struct wf_str key);

#endif
