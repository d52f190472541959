/* script/host.h - the functions by which a script calls out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_HOST_H
#define WF_SCRIPT_HOST_H

#include "script/state.h"

/* Makes what they need in a new state. May raise. */
void wf_host_open(lua_State *L);

/* Puts the functions of the options and `require` into the environment at
 * `env`. May raise. */
void wf_host_add(lua_State *L, int env);

#endif
