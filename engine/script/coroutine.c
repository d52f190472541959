/* script/coroutine.c - those functions of `coroutine` that catch errors.
 *
 * Lua's own would hand an ended script's error to the script as a value. Every
 * coroutine has a hook counter of its own, so one is paid for when it is made.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/budget.h"
#include "script/libs.h"

enum {
    CREATE_UNITS = 1000
};

static lua_State *check_coroutine(lua_State *L)
{
    lua_State *co = lua_tothread(L, 1);

    luaL_argexpected(L, co, 1, "coroutine");
    return co;
}

static int create(lua_State *L)
{
    lua_State *co;

    luaL_checktype(L, 1, LUA_TFUNCTION);
    wf_budget_charge(L, CREATE_UNITS);
    co = lua_newthread(L);
    wf_budget_watch(co);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

/* Whether `co` has frames: it has begun, and is not at its end. */
static bool has_begun(lua_State *co)
{
    lua_Debug ar;

    return lua_getstack(co, 0, &ar);
}

static bool is_dead(lua_State *L, lua_State *co)
{
    int status = lua_status(co);

    if (co == L || status == LUA_YIELD)
        return false;
    return status != LUA_OK || (!has_begun(co) && lua_gettop(co) == 0);
}

/* Moves `n_args` to `co` and lets it run. Returns how many values it has given,
 * which are pushed; -1 with an error message pushed. */
static int resume(lua_State *L, lua_State *co, int n_args)
{
    int n, status;

    if (is_dead(L, co)) {
        lua_pushliteral(L, "cannot resume dead coroutine");
        return -1;
    }
    if (!lua_checkstack(co, n_args)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    wf_budget_charge(L, (uint64_t)n_args);
    lua_xmove(L, co, n_args);
    wf_budget_switch(co);
    status = lua_resume(co, L, n_args, &n);
    wf_budget_switch(L);
    wf_budget_check(L, status);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(co, L, 1);
        return -1;
    }
    if (!lua_checkstack(L, n + 1)) {
        lua_pop(co, n);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    lua_xmove(co, L, n);
    return n;
}

static int resume_protected(lua_State *L)
{
    lua_State *co = check_coroutine(L);
    int n = resume(L, co, lua_gettop(L) - 1);

    lua_pushboolean(L, n >= 0);
    if (n < 0)
        n = 1;
    lua_insert(L, -(n + 1));
    return n + 1;
}

/* The function that wrap() gives: an error goes on as it is. */
static int resume_wrapped(lua_State *L)
{
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    int n = resume(L, co, lua_gettop(L));

    if (n < 0)
        return lua_error(L);
    return n;
}

static int wrap(lua_State *L)
{
    create(L);
    lua_pushcclosure(L, resume_wrapped, 1);
    return 1;
}

/* What is still to be closed in the coroutine runs on it, hooks and all. An
 * ended script comes here no more: its hooks would be off. */
static int close_coroutine(lua_State *L)
{
    lua_State *co = check_coroutine(L);
    int status;

    if (co == L || (lua_status(co) == LUA_OK && has_begun(co)))
        return luaL_error(L, "cannot close a running coroutine");
    wf_budget_switch(co);
    status = lua_resetthread(co);
    wf_budget_switch(L);
    wf_budget_check(L, status);
    lua_pushboolean(L, status == LUA_OK);
    if (status == LUA_OK)
        return 1;
    lua_xmove(co, L, 1);
    return 2;
}

const luaL_Reg wf_lib_coroutine[] = {
    { "close", close_coroutine },
    { "create", create },
    { "resume", resume_protected },
    { "wrap", wrap },
    { NULL, NULL },
};
