/* script/libs.h - the functions that scripts find in their tables.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_LIBS_H
#define WF_SCRIPT_LIBS_H

#include "script/state.h"

/* Each ends with an empty row. */
extern const luaL_Reg wf_lib_base[];      /* base.c */
extern const luaL_Reg wf_lib_order[];     /* order.c, also without a table */
extern const luaL_Reg wf_lib_string[];    /* string.c */
extern const luaL_Reg wf_lib_find[];      /* find.c, also of `string` */
extern const luaL_Reg wf_lib_format[];    /* format.c, also of `string` */
extern const luaL_Reg wf_lib_table[];     /* table.c */
extern const luaL_Reg wf_lib_coroutine[]; /* coroutine.c */

/* Pushes the text of the value at `index` as tostring() gives it: without the
 * addresses that Lua would show. */
const char *wf_lib_tostring(lua_State *L, int index, size_t *len);

/* The place that `position` means in a text of `len` bytes: from 1, negative
 * from the end, 0 before it. */
size_t wf_lib_position(lua_Integer position, size_t len);

#endif
