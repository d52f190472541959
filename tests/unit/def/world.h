/* unit/def/world.h - a small world for the tests of formulas: a sheet with an
 * item table, two people, a setting.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_DEF_WORLD_H
#define UNIT_DEF_WORLD_H

#include "support/expr_world.h"

/* Parsed from JSON with ' for ". Lives in `arena`. */
struct wf_json *json_of(struct wf_arena *arena, const char *text);

/* The fields, all in it: owner (person, required), a, b, secret (private),
 * due (date), method (choice: weighted, manual), tags, parent (link to task),
 * price (money), lines (items: name, amount, price required, secret_price
 * private). `own` adds to or replaces what world.c says; NULL: nothing. */
struct expr_world *world_of(struct wf_arena *arena, const char *own);

/* The messages of all findings, a line each: "code line:column message". */
const char *findings_of(struct expr_world *world, const char *text,
                        enum wf_type want, const char *lang);

/* Links what must link. */
struct wf_expr *linked(struct expr_world *world, const char *text);

#endif
