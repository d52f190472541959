/* script/state.h - what the files of this folder know of a script.
 *
 * Lua raises errors by longjmp, past any scope cleanup. So every call of Lua's
 * API that may raise runs inside wf_state_run(), and no function that Lua calls
 * holds anything but arena memory when it raises.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_STATE_H
#define WF_SCRIPT_STATE_H

#include <lauxlib.h>
#include <locale.h>
#include <lua.h>

#include "script/script.h"

/* Why a script may not go on. Once it has ended it raises the same error
 * wherever it is entered again. */
enum wf_script_end {
    WF_SCRIPT_RUNS,
    WF_SCRIPT_OUT_OF_UNITS,
    WF_SCRIPT_OUT_OF_TIME,
    WF_SCRIPT_OUT_OF_MEMORY,
    WF_SCRIPT_TEXT_TOO_LONG,
    WF_SCRIPT_TOO_DEEP,
    WF_SCRIPT_HOST_FAILED,
};

enum {
    WF_SCRIPT_PLACE = 80,     /* "FILE:LINE", as Lua shortens it */
    WF_SCRIPT_RANGE = 100000, /* values at once: unpack, move, byte … */
};

struct wf_script {
    struct wf_script_options options;
    lua_State *main;
    lua_State *running;       /* the coroutine that runs; else `main` */
    struct wf_arena *arena;   /* of the call that runs, for hosts' values */
    char lang[WEFT_LANG_MAX]; /* of that call's messages */
    int depth;                /* of calls from C inside each other */
    int n_guards;             /* pcall and xpcall that would catch an error */
    locale_t outside;         /* of the thread, while depth is not 0 */

    int64_t next_look;  /* at the clock, when so many units are left */
    int64_t cpu_us;     /* spent, without the call that runs */
    int64_t entered_us; /* when that one began */
    int step;           /* instructions between two calls of the hook */
    size_t used;        /* bytes allocated */
    bool is_capped;     /* not while the state is made */
    bool refused;       /* the last wish for memory was not granted */

    enum wf_script_end end;
    char place[WF_SCRIPT_PLACE]; /* where it ended */
    weft_error host_error; /* HOST_FAILED; or the last one that scripts may
                              catch, which they see as its text */
};

static inline struct wf_script *wf_state_of(lua_State *L)
{
    return *(struct wf_script **)lua_getextraspace(L);
}

/* Calls `body` protected, with `arg` as a light userdata. False with what it
 * raised, told as an error of scripts. */
WF_MUST_CHECK bool wf_state_run(struct wf_script *script, lua_CFunction body,
                                void *arg, weft_error *err);

#endif
