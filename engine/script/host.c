/* script/host.c - where scripts call out: functions of the engine, and
 * `require`.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/host.h"

#include <string.h>

#include "base/error.h"
#include "script/budget.h"
#include "script/sandbox.h"
#include "script/value.h"

enum {
    NAME_MAX_BYTES = 64
};

static const char MODULES[] = "weft.modules"; /* what require has given */

void wf_host_open(lua_State *L)
{
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, MODULES);
}

/* --- Functions of the engine */

/* The arguments as an array of trees. */
static struct wf_json *pull_args(lua_State *L, const struct wf_host *host,
                                 struct wf_arena *arena)
{
    struct wf_json *args = wf_json_array(arena);

    for (int i = 1; i <= lua_gettop(L); i++) {
        const char *what =
            wf_arena_printf(arena, "argument %d of %s", i, host->name);
        struct wf_json *arg = wf_value_pull(L, i, what, arena);
        wf_json_push(arena, args, arg ? arg : wf_json_null(arena));
    }
    return args;
}

static bool is_attempt(const struct wf_script *script)
{
    return script->n_guards > 0 && script->options.attempt;
}

static bool may_be_caught(const struct wf_script *script, const weft_error *err)
{
    switch (err->code) {
    case WEFT_E_INVALID:
        return true;
    case WEFT_E_DENIED:
    case WEFT_E_NOTFOUND:
    case WEFT_E_CONFLICT:
    case WEFT_E_MALFORMED:
        return is_attempt(script);
    default:
        return false;
    }
}

/* A refusal can be caught and is seen as its text; all else ends the script. */
static int raise_host_error(lua_State *L, const weft_error *err)
{
    struct wf_script *script = wf_state_of(L);

    if (script->end == WF_SCRIPT_RUNS)
        script->host_error = *err;
    if (!may_be_caught(script, err))
        wf_budget_end(script, WF_SCRIPT_HOST_FAILED);
    wf_budget_check(L, LUA_OK);
    lua_pushstring(L, err->text);
    return lua_error(L);
}

/* Upvalue: the struct wf_host. */
static int call_host(lua_State *L)
{
    const struct wf_host *host = lua_touserdata(L, lua_upvalueindex(1));
    struct wf_script *script = wf_state_of(L);
    struct wf_json *result = NULL;
    struct wf_json *args;
    weft_error err = WEFT_ERROR_INIT;
    wf_host_fn *call =
        is_attempt(script) ? script->options.attempt : host->call;

    wf_budget_charge(L, (uint64_t)host->cost);
    args = pull_args(L, host, script->arena);
    memcpy(err.lang, script->lang, sizeof err.lang);
    if (!call(script->options.self, host, script->arena, args, &result, &err))
        return raise_host_error(L, &err);
    wf_budget_charge(L, 0);
    wf_value_push(L, result);
    return result ? 1 : 0;
}

/* --- require */

static bool is_module_name(const char *name)
{
    return strlen(name) <= NAME_MAX_BYTES && wf_str_is_id(name);
}

static int require_module(lua_State *L)
{
    const struct wf_script *script = wf_state_of(L);
    const char *name = luaL_checkstring(L, 1);
    const char *text = NULL;

    lua_settop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, MODULES);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, 2) != LUA_TNIL) {
        if (lua_isboolean(L, -1) && !lua_toboolean(L, -1))
            return luaL_error(L, "'%s' requires itself, or has failed", name);
        return 1;
    }
    if (is_module_name(name) && script->options.find_script)
        text = script->options.find_script(script->options.self, name);
    if (!text)
        return luaL_error(L, "there is no script '%s'", name);
    lua_pushboolean(L, 0);
    lua_setfield(L, 2, name);
    wf_sandbox_run(L, lua_pushfstring(L, "scripts/%s.lua", name), text,
                   strlen(text));
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, name);
    return 1;
}

/* --- Both, in an environment */

void wf_host_add(lua_State *L, int env)
{
    const struct wf_script_options *options = &wf_state_of(L)->options;

    for (size_t i = 0; i < options->n_hosts; i++) {
        /* Lua's pointers are to what may be written; this one never is. */
        const void *host = &options->hosts[i];
        void *pointer;
        memcpy(&pointer, &host, sizeof pointer);
        lua_pushlightuserdata(L, pointer);
        lua_pushcclosure(L, call_host, 1);
        lua_setfield(L, env, options->hosts[i].name);
    }
    lua_pushcfunction(L, require_module);
    lua_setfield(L, env, "require");
}
