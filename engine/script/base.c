/* script/base.c - the functions without a table: those that catch errors, show
 * values or set metatables. Lua's own would let a script outlive its end, show
 * addresses, or leave code to run where no hook counts.
 *
 * Source: Lua 5.4 Reference Manual, 6.1.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/budget.h"
#include "script/libs.h"

/* --- pcall and xpcall. The error of an ended script is raised again. */

static int finish_pcall(lua_State *L, int status, lua_KContext n_extra)
{
    wf_state_of(L)->n_guards--;
    if (status != LUA_OK && status != LUA_YIELD) {
        wf_budget_check(L, status);
        lua_pushboolean(L, 0);
        lua_insert(L, -2);
        return 2;
    }
    return lua_gettop(L) - (int)n_extra;
}

static int base_pcall(lua_State *L)
{
    int status;

    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    wf_state_of(L)->n_guards++;
    status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
    return finish_pcall(L, status, 0);
}

/* The handler is called only when all is unwound: Lua would call it inside the
 * hook, where no hook counts any more. */
static int finish_xpcall(lua_State *L, int status, lua_KContext n_extra)
{
    wf_state_of(L)->n_guards--;
    if (status != LUA_OK && status != LUA_YIELD) {
        wf_budget_check(L, status);
        lua_pushvalue(L, 2);
        lua_insert(L, -2);
        lua_call(L, 1, 1);
        lua_pushboolean(L, 0);
        lua_insert(L, -2);
        return 2;
    }
    return lua_gettop(L) - (int)n_extra;
}

static int base_xpcall(lua_State *L)
{
    int n = lua_gettop(L);
    int status;

    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    wf_state_of(L)->n_guards++;
    status = lua_pcallk(L, n - 2, LUA_MULTRET, 0, 2, finish_xpcall);
    return finish_xpcall(L, status, 2);
}

/* --- Values as text */

static void push_kind(lua_State *L, int index)
{
    lua_pushstring(L, lua_islightuserdata(L, index) ? "null"
                                                    : luaL_typename(L, index));
}

const char *wf_lib_tostring(lua_State *L, int index, size_t *len)
{
    index = lua_absindex(L, index);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (!lua_isstring(L, -1))
            luaL_error(L, "'__tostring' must return a string");
    } else {
        switch (lua_type(L, index)) {
        case LUA_TNIL:
        case LUA_TBOOLEAN:
        case LUA_TNUMBER:
        case LUA_TSTRING:
            luaL_tolstring(L, index, NULL);
            break;
        default:
            push_kind(L, index);
        }
    }
    return lua_tolstring(L, -1, len);
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    wf_lib_tostring(L, 1, NULL);
    return 1;
}

/* --- Others */

/* A finalizer counts only if it is there when the metatable is set; it would
 * run with hooks off, even while the state is closed. */
static int base_setmetatable(lua_State *L)
{
    int type = lua_type(L, 2);

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2,
                     "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "a metatable may not have __gc");
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

static int base_select(lua_State *L)
{
    int n = lua_gettop(L);
    lua_Integer i;

    wf_budget_charge(L, (uint64_t)n);
    if (lua_type(L, 1) == LUA_TSTRING && *lua_tostring(L, 1) == '#') {
        lua_pushinteger(L, n - 1);
        return 1;
    }
    i = luaL_checkinteger(L, 1);
    if (i < 0)
        i = n + i;
    else if (i > n)
        i = n;
    luaL_argcheck(L, i >= 1, 1, "index out of range");
    return n - (int)i;
}

const luaL_Reg wf_lib_base[] = {
    { "pcall", base_pcall },
    { "select", base_select },
    { "setmetatable", base_setmetatable },
    { "tostring", base_tostring },
    { "xpcall", base_xpcall },
    { NULL, NULL },
};
