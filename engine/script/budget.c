/* script/budget.c - counts what a script spends, and ends it.
 *
 * Lua's count hook sees only instructions of the VM; work inside C functions is
 * charged by them, memory by the allocator. All of it is one number of units,
 * the same on every machine. The clock is only the second wall, looked at now
 * and then.
 *
 * Ending cannot be caught: the reason stays in the script, every function that
 * catches errors asks wf_budget_check(), and from then on each instruction
 * raises again.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/budget.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"

enum {
    STEP_BYTES = 4 << 20, /* that the instructions of one step may look at */
    LOOK_UNITS = 50000,   /* units between two looks at the clock */
    UNIT_BYTES = 16,      /* allocated for one unit */
    TEXT_MAX = 1 << 20,   /* bytes of one text */
    TEXT_HEAD = 64,       /* at least what Lua adds to a text */
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifdef IS_SANITIZED
enum {
    TIME_FACTOR = 10
};
#else
enum {
    TIME_FACTOR = 1
};
#endif

/* --- Ending */

/* "FILE:LINE" of the innermost Lua function; it allocates nothing. */
static void find_place(struct wf_script *script)
{
    lua_Debug ar;

    for (int level = 0; lua_getstack(script->running, level, &ar); level++) {
        lua_getinfo(script->running, "Sl", &ar);
        if (ar.currentline <= 0)
            continue;
        snprintf(script->place, sizeof script->place, "%s:%d", ar.short_src,
                 ar.currentline);
        return;
    }
}

void wf_budget_end(struct wf_script *script, enum wf_script_end reason)
{
    if (script->end != WF_SCRIPT_RUNS)
        return;
    script->end = reason;
    script->options.budget->units = 0;
    find_place(script);
}

static bool is_out_of_time(struct wf_script *script)
{
    int64_t spent = script->cpu_us + wf_thread_cpu_us() - script->entered_us;

    script->next_look = script->options.budget->units - LOOK_UNITS;
    return spent > script->options.budget->cpu_us * TIME_FACTOR;
}

bool wf_budget_take(struct wf_script *script, uint64_t units)
{
    int64_t *left = &script->options.budget->units;

    if (script->end != WF_SCRIPT_RUNS)
        return false;
    if (*left <= 0 || units >= (uint64_t)*left) {
        wf_budget_end(script, WF_SCRIPT_OUT_OF_UNITS);
        return false;
    }
    *left -= (int64_t)units;
    if (script->depth && *left < script->next_look && is_out_of_time(script)) {
        wf_budget_end(script, WF_SCRIPT_OUT_OF_TIME);
        return false;
    }
    return true;
}

void wf_budget_check(lua_State *L, int status)
{
    struct wf_script *script = wf_state_of(L);

    if (status == LUA_ERRMEM)
        wf_budget_end(script, WF_SCRIPT_OUT_OF_MEMORY);
    if (status == LUA_ERRERR)
        wf_budget_end(script, WF_SCRIPT_TOO_DEEP);
    if (script->end != WF_SCRIPT_RUNS) {
        wf_budget_watch(L);
        lua_pushnil(L); /* nobody sees it: the reason stands in the script */
        lua_error(L);
    }
}

void wf_budget_charge(lua_State *L, uint64_t units)
{
    if (!wf_budget_take(wf_state_of(L), units))
        wf_budget_check(L, LUA_OK);
}

bool wf_budget_fail(const struct wf_script *script, weft_error *err)
{
    const char *place = *script->place ? script->place : "?";

    switch (script->end) {
    case WF_SCRIPT_OUT_OF_UNITS:
        return wf_fail(err, WEFT_E_SCRIPT,
                       "%s: the script does too much work at once: do less, "
                       "or do it in an after_ hook",
                       place);
    case WF_SCRIPT_OUT_OF_TIME:
        return wf_fail(err, WEFT_E_SCRIPT,
                       "%s: the script takes too long: do less, or do it in "
                       "an after_ hook",
                       place);
    case WF_SCRIPT_TEXT_TOO_LONG:
        return wf_fail(err, WEFT_E_SCRIPT, "%s: a text is longer than %d bytes",
                       place, TEXT_MAX);
    case WF_SCRIPT_TOO_DEEP:
        return wf_fail(err, WEFT_E_SCRIPT,
                       "%s: functions call each other too deep", place);
    case WF_SCRIPT_HOST_FAILED:
        return wf_fail_as(err, &script->host_error);
    default:
        return wf_fail(err, WEFT_E_SCRIPT,
                       "%s: the script needs more than %zu bytes of memory",
                       place, script->options.budget->memory);
    }
}

/* --- Instructions */

static void on_count(lua_State *L, lua_Debug *ar)
{
    struct wf_script *script = wf_state_of(L);

    (void)ar;
    script->next_look = script->options.budget->units;
    wf_budget_charge(L, (uint64_t)lua_gethookcount(L));
}

/* An ended script is stopped at its next instruction. */
void wf_budget_watch(lua_State *L)
{
    const struct wf_script *script = wf_state_of(L);
    bool runs = script->end == WF_SCRIPT_RUNS;

    lua_sethook(L, on_count, LUA_MASKCOUNT, runs ? script->step : 1);
}

void wf_budget_switch(lua_State *L)
{
    struct wf_script *script = wf_state_of(L);

    script->running = L;
    if (lua_gethookcount(L) > script->step)
        wf_budget_watch(L);
}

/* One instruction may read a whole text, to compare it or to make a number of
 * it: the longer the longest one is, the shorter are the steps. */
static void shorten_step(struct wf_script *script, size_t text_len)
{
    int step = script->step;

    while (step > 1 && (size_t)step * text_len > STEP_BYTES)
        step /= 2;
    if (step == script->step)
        return;
    script->step = step;
    wf_budget_watch(script->running);
}

/* --- Memory */

/* NULL. Lua collects its garbage and asks a second time: only then the script
 * ends. Each collection is paid for by what it looks at, so that a script that
 * stays just under its limit cannot make Lua collect for ever. */
static void *refuse(struct wf_script *script, enum wf_script_end reason)
{
    uint64_t units = script->used / UNIT_BYTES;

    if (script->refused || units >= (uint64_t)script->options.budget->units)
        wf_budget_end(script, reason);
    else
        wf_budget_take(script, units);
    script->refused = true;
    return NULL;
}

/* Whether `size` more bytes are too many. Units that run out here stop the
 * script at its next instruction, where its line is known. */
static bool is_granted(struct wf_script *script, size_t more)
{
    if (!script->is_capped)
        return true;
    if (script->used + more > script->options.budget->memory)
        return false;
    script->refused = false;
    if (script->end == WF_SCRIPT_RUNS
        && !wf_budget_take(script, more / UNIT_BYTES + 1))
        wf_budget_watch(script->running);
    return true;
}

void *wf_budget_alloc(void *self, void *block, size_t old_size, size_t new_size)
{
    struct wf_script *script = self;
    bool is_text = !block && old_size == LUA_TSTRING;
    size_t had = block ? old_size : 0;
    void *moved;

    if (new_size == 0) {
        free(block);
        script->used -= had;
        return NULL;
    }
    if (is_text && new_size > TEXT_MAX + TEXT_HEAD)
        return refuse(script, WF_SCRIPT_TEXT_TOO_LONG);
    if (new_size > had && !is_granted(script, new_size - had))
        return refuse(script, WF_SCRIPT_OUT_OF_MEMORY);
    moved = realloc(block, new_size);
    if (!moved)
        wf_oom();
    script->used += new_size - had;
    if (is_text && script->is_capped)
        shorten_step(script, new_size);
    return moved;
}
