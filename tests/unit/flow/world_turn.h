/* unit/flow/world_turn.h - one command or question of a world, for the files
 * that it is made of.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_FLOW_WORLD_TURN_H
#define UNIT_FLOW_WORLD_TURN_H

#include "world.h"

struct turn {
    struct world *w;
    struct wf_call call;
    struct wf_flow flow;
};

/* Of `login`, NULL: the engine itself; ended by wf_flow_end(). */
void world_turn_begin(struct turn *t, struct world *w, const char *login);

/* NULL for NULL. */
struct wf_json *world_parse(struct world *w, const char *json);

#endif
