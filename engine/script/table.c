/* script/table.c - the functions of `table`.
 *
 * Elements that are moved or compared are charged before they are. `sort` is a
 * merge sort: stable, never worse than n log n, and the same on every run,
 * which Lua's own is not.
 *
 * Source: Lua 5.4 Reference Manual, 6.6.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/budget.h"
#include "script/libs.h"

enum {
    TEXT_UNIT_BYTES = 16
};

/* The length of table 1. */
static lua_Integer check_table(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    return luaL_len(L, 1);
}

/* Charges the elements from `first` to `last`, which are not too many. */
static void charge_range(lua_State *L, lua_Integer first, lua_Integer last)
{
    if (first > last)
        return;
    if ((lua_Unsigned)last - (lua_Unsigned)first >= WF_SCRIPT_RANGE)
        luaL_error(L, "more than %d elements at once", WF_SCRIPT_RANGE);
    wf_budget_charge(L, (lua_Unsigned)last - (lua_Unsigned)first + 1);
}

static int table_insert(lua_State *L)
{
    lua_Integer end =
        (lua_Integer)((lua_Unsigned)check_table(L) + 1); /* first empty */
    lua_Integer at = end;

    if (lua_gettop(L) == 3) {
        at = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)at - 1u < (lua_Unsigned)end, 2,
                      "position out of bounds");
        charge_range(L, at, end);
        for (lua_Integer i = end; i > at; i--) {
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
        }
    } else if (lua_gettop(L) != 2) {
        return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    lua_seti(L, 1, at);
    return 0;
}

static int table_remove(lua_State *L)
{
    lua_Integer size = check_table(L);
    lua_Integer at = luaL_optinteger(L, 2, size);

    if (at != size)
        luaL_argcheck(L, (lua_Unsigned)at - 1u <= (lua_Unsigned)size, 2,
                      "position out of bounds");
    charge_range(L, at, size);
    lua_geti(L, 1, at);
    for (; at < size; at++) {
        lua_geti(L, 1, at + 1);
        lua_seti(L, 1, at);
    }
    lua_pushnil(L);
    lua_seti(L, 1, at);
    return 1;
}

static int table_concat(lua_State *L)
{
    lua_Integer size = check_table(L);
    size_t sep_len;
    const char *sep = luaL_optlstring(L, 2, "", &sep_len);
    lua_Integer first = luaL_optinteger(L, 3, 1);
    lua_Integer last = luaL_optinteger(L, 4, size);
    luaL_Buffer buf;

    charge_range(L, first, last);
    luaL_buffinit(L, &buf);
    for (lua_Integer i = first; i <= last; i++) {
        lua_geti(L, 1, i);
        if (!lua_isstring(L, -1))
            return luaL_error(L,
                              "invalid value (a %s) at index %I in table "
                              "for 'concat'",
                              luaL_typename(L, -1), (LUAI_UACINT)i);
        wf_budget_charge(L, lua_rawlen(L, -1) + sep_len);
        luaL_addvalue(&buf);
        if (i < last)
            luaL_addlstring(&buf, sep, sep_len);
        else
            break; /* `last` may be the greatest integer */
    }
    luaL_pushresult(&buf);
    return 1;
}

static int table_pack(lua_State *L)
{
    int n = lua_gettop(L);

    wf_budget_charge(L, (uint64_t)n);
    lua_createtable(L, n, 1);
    lua_insert(L, 1);
    for (int i = n; i >= 1; i--)
        lua_seti(L, 1, i);
    lua_pushinteger(L, n);
    lua_setfield(L, 1, "n");
    return 1;
}

static int table_unpack(lua_State *L)
{
    lua_Integer first = luaL_optinteger(L, 2, 1);
    lua_Integer last =
        lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    int n;

    if (first > last)
        return 0;
    charge_range(L, first, last);
    n = (int)(last - first) + 1;
    luaL_checkstack(L, n, "too many results to unpack");
    for (int i = 0; i < n; i++)
        lua_geti(L, 1, first + i);
    return n;
}

/* The same table and an overlap are moved from the safe side. */
static int table_move(lua_State *L)
{
    lua_Integer first = luaL_checkinteger(L, 2);
    lua_Integer last = luaL_checkinteger(L, 3);
    lua_Integer to = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    lua_Integer n;

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, target, LUA_TTABLE);
    charge_range(L, first, last);
    n = first <= last ? last - first + 1 : 0;
    luaL_argcheck(L, n == 0 || to <= LUA_MAXINTEGER - (n - 1), 4,
                  "destination wrap around");
    for (lua_Integer i = 0; i < n; i++) {
        bool is_forward = to > last || to <= first || target != 1;
        lua_Integer at = is_forward ? i : n - 1 - i;
        lua_geti(L, 1, first + at);
        lua_seti(L, target, to + at);
    }
    lua_pushvalue(L, target);
    return 1;
}

/* --- sort: 1 is the table, 2 the function or nil, 3 and 4 take turns to hold
 * the runs that are merged and what they become. */

enum {
    ORDER = 2,
    ONE = 3,
    OTHER = 4
};

/* Whether the value at `a` must stand before that at `b`, both at the top. */
static bool is_less(lua_State *L, int a, int b)
{
    bool is;

    if (lua_isnil(L, ORDER)) {
        if (lua_type(L, a) == LUA_TSTRING)
            wf_budget_charge(L, lua_rawlen(L, a) / TEXT_UNIT_BYTES);
        return lua_compare(L, a, b, LUA_OPLT);
    }
    lua_pushvalue(L, ORDER);
    lua_pushvalue(L, a - 1);
    lua_pushvalue(L, b - 2);
    lua_call(L, 2, 1);
    is = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return is;
}

/* Merges the sorted runs [low, middle) and [middle, high) of the table at
 * `from` into the one at `to`. */
static void merge(lua_State *L, int from, int to, const lua_Integer run[3])
{
    lua_Integer i = run[0];
    lua_Integer j = run[1];

    for (lua_Integer k = run[0]; k < run[2]; k++) {
        bool take_second = i >= run[1];
        if (i < run[1] && j < run[2]) {
            lua_rawgeti(L, from, j);
            lua_rawgeti(L, from, i);
            take_second = is_less(L, -2, -1);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, from, take_second ? j++ : i++);
        lua_rawseti(L, to, k);
    }
}

static int smallest(lua_Integer a, lua_Integer b)
{
    return (int)(a < b ? a : b);
}

/* Sorts elements 1 to `n` of table ONE; returns the table they end up in. */
static int merge_sort(lua_State *L, lua_Integer n)
{
    int from = ONE;
    int to = OTHER;

    for (lua_Integer width = 1; width < n; width *= 2) {
        wf_budget_charge(L, (uint64_t)n);
        for (lua_Integer low = 1; low <= n; low += 2 * width) {
            lua_Integer run[3] = { low, smallest(low + width, n + 1),
                                   smallest(low + 2 * width, n + 1) };
            merge(L, from, to, run);
        }
        from = to;
        to = ONE + OTHER - from;
    }
    return from;
}

static int table_sort(lua_State *L)
{
    lua_Integer n = check_table(L);
    int sorted;

    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    charge_range(L, 1, n);
    lua_settop(L, 2);
    if (n < 2)
        return 0;
    lua_createtable(L, (int)n, 0);
    lua_createtable(L, (int)n, 0);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_geti(L, 1, i);
        lua_rawseti(L, ONE, i);
    }
    sorted = merge_sort(L, n);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, sorted, i);
        lua_seti(L, 1, i);
    }
    return 0;
}

const luaL_Reg wf_lib_table[] = {
    { "concat", table_concat }, { "insert", table_insert },
    { "move", table_move },     { "pack", table_pack },
    { "remove", table_remove }, { "sort", table_sort },
    { "unpack", table_unpack }, { NULL, NULL },
};
