/* script/sandbox.h - the environment that a file of script runs in.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_SANDBOX_H
#define WF_SCRIPT_SANDBOX_H

#include "script/state.h"

/* Readies a new state: Lua's own functions are kept where no script can reach
 * them, and what all texts share is sealed. May raise. */
void wf_sandbox_open(lua_State *L);

/* Compiles `text` and runs it once in a new environment, which is pushed below
 * what the text returns (nil if nothing). `name` is its name in messages.
 * Raises what it raises. */
void wf_sandbox_run(lua_State *L, const char *name, const char *text,
                    size_t len);

#endif
