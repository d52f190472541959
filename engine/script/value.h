/* script/value.h - JSON trees to Lua values and back.
 *
 * An object is a table with text keys, an array a table with keys 1 to n; a
 * metatable that scripts cannot see remembers that a table was an array, so
 * that an empty one stays one. JSON's null is absent in an object; in an array
 * it is the value `null`, which scripts may also write themselves.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_VALUE_H
#define WF_SCRIPT_VALUE_H

#include "script/state.h"

/* Makes what the functions below need in a new state. */
void wf_value_open(lua_State *L);

/* Pushes `json`; NULL is nil. May raise. */
void wf_value_push(lua_State *L, const struct wf_json *json);

/* The value at `index` as a tree in `arena`; nil is NULL. Raises where it
 * cannot be one; `what` names it for the message. Metamethods are not called,
 * members are sorted by their keys. */
struct wf_json *wf_value_pull(lua_State *L, int index, const char *what,
                              struct wf_arena *arena);

/* Pushes `null`. */
void wf_value_push_null(lua_State *L);

#endif
