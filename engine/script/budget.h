/* script/budget.h - what a script may spend: units, time, memory.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_BUDGET_H
#define WF_SCRIPT_BUDGET_H

#include "script/state.h"

/* Instructions between two calls of the hook, as long as texts are short. */
enum {
    WF_BUDGET_STEP = 1000
};

/* Lua's allocator; `self` is the struct wf_script. */
void *wf_budget_alloc(void *self, void *block, size_t old_size,
                      size_t new_size);

/* Sets the count hook of a new state or coroutine. */
void wf_budget_watch(lua_State *L);

/* From here on `L` runs: the main state or one of its coroutines. */
void wf_budget_switch(lua_State *L);

/* Takes `units` away before the work that they stand for is done. Raises once
 * there are none left, or the time is over. */
void wf_budget_charge(lua_State *L, uint64_t units);

/* The same for callers outside Lua: false instead of raising. */
bool wf_budget_take(struct wf_script *script, uint64_t units);

/* Ends the script where it stands, for a reason; the first reason stays. */
void wf_budget_end(struct wf_script *script, enum wf_script_end reason);

/* Raises if the script has ended, or if `status` is that of a failure after
 * which no script may go on. Everything that catches errors asks this. */
void wf_budget_check(lua_State *L, int status);

/* Tells an ended script's reason. False. */
bool wf_budget_fail(const struct wf_script *script, weft_error *err);

#endif
