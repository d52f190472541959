/* script/order.c - `pairs` and `next` in an order that is the same on every
 * run: numbers, then texts, then booleans, each ascending.
 *
 * Lua's own order follows addresses and a seed that no run shares with another,
 * so hooks would not be deterministic. Tables and functions as keys have no
 * order; they come last, as Lua keeps them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "script/budget.h"
#include "script/libs.h"

enum rank {
    IS_NUMBER,
    IS_TEXT,
    IS_BOOLEAN,
    IS_OTHER
};

/* A key as far as its order goes. Its text is that of a key in the table. */
struct key {
    enum rank rank;
    bool is_integer;
    lua_Integer integer; /* of numbers and booleans; else where Lua keeps it */
    double number;
    struct wf_str text;
};

/* The key at `index`, the `place`-th that Lua has told. */
static struct key key_at(lua_State *L, int index, lua_Integer place)
{
    struct key key = { .rank = IS_OTHER, .integer = place };

    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        key.rank = IS_NUMBER;
        key.is_integer = lua_isinteger(L, index);
        key.integer = lua_tointeger(L, index);
        key.number = lua_tonumber(L, index);
        break;
    case LUA_TSTRING:
        key.rank = IS_TEXT;
        key.text.at = lua_tolstring(L, index, &key.text.len);
        break;
    case LUA_TBOOLEAN:
        key.rank = IS_BOOLEAN;
        key.integer = lua_toboolean(L, index);
        break;
    }
    return key;
}

static int compare_texts(struct wf_str a, struct wf_str b)
{
    int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_keys(const void *one, const void *other)
{
    const struct key *a = one;
    const struct key *b = other;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->rank == IS_TEXT)
        return compare_texts(a->text, b->text);
    if (a->rank == IS_NUMBER && !(a->is_integer && b->is_integer))
        return (a->number > b->number) - (a->number < b->number);
    return (a->integer > b->integer) - (a->integer < b->integer);
}

/* --- pairs. The keys of table 1 are written down first, sorted, and then told
 * one by one, so that the table may be changed on the way. */

/* A key, and where in the list of keys it stands. */
struct entry {
    struct key key; /* first, so that compare_keys() takes entries */
    lua_Integer place;
};

static uint64_t log_of(uint64_t n)
{
    uint64_t log = 1;

    while (n >>= 1)
        log++;
    return log;
}

/* Pushes a list of the keys of the table at 1; returns how many. */
static lua_Integer push_keys(lua_State *L)
{
    lua_Integer n = 0;

    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        wf_budget_charge(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++n);
    }
    return n;
}

/* Replaces the list of `n` keys at the top by a sorted one. */
static void sort_keys(lua_State *L, lua_Integer n)
{
    struct entry *entries =
        lua_newuserdatauv(L, (size_t)n * sizeof *entries, 0);

    for (lua_Integer i = 0; i < n; i++) {
        lua_rawgeti(L, -2, i + 1);
        entries[i].key = key_at(L, -1, i);
        entries[i].place = i + 1;
        lua_pop(L, 1);
    }
    wf_budget_charge(L, (uint64_t)n * log_of((uint64_t)n));
    qsort(entries, (size_t)n, sizeof *entries, compare_keys);
    lua_createtable(L, (int)n, 0);
    for (lua_Integer i = 0; i < n; i++) {
        lua_rawgeti(L, -3, entries[i].place);
        lua_rawseti(L, -2, i + 1);
    }
    lua_replace(L, -3);
    lua_pop(L, 1);
}

/* Upvalues: the sorted keys, and how many were told. */
static int next_pair(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));

    luaL_checktype(L, 1, LUA_TTABLE);
    for (;;) {
        lua_rawgeti(L, lua_upvalueindex(1), ++i);
        lua_pushinteger(L, i);
        lua_replace(L, lua_upvalueindex(2));
        if (lua_isnil(L, -1))
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL)
            return 2;
        lua_pop(L, 2); /* removed on the way */
        wf_budget_charge(L, 1);
    }
}

static int pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    sort_keys(L, push_keys(L));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 2);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* --- next: one look at all keys for the least one behind key 2. */

/* The key at 2 of the table at 1. One that has no order of its own is told by
 * where Lua keeps it. */
static struct key key_asked(lua_State *L)
{
    struct key key = key_at(L, 2, -1);
    lua_Integer place = 0;

    if (key.rank != IS_OTHER || lua_isnil(L, 2))
        return key;
    lua_pushnil(L);
    for (; lua_next(L, 1); lua_pop(L, 1), place++) {
        wf_budget_charge(L, 1);
        if (lua_rawequal(L, -2, 2))
            key.integer = place;
    }
    return key;
}

static int next_key(lua_State *L)
{
    struct key after, least = { .rank = IS_NUMBER };
    bool is_first = lua_isnoneornil(L, 2);
    bool found = false;
    lua_Integer place = 0;

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    after = key_asked(L);
    lua_pushnil(L); /* 3: the least key */
    lua_pushnil(L);
    for (; lua_next(L, 1); place++) {
        struct key key = key_at(L, -2, place);
        wf_budget_charge(L, 1);
        lua_pop(L, 1);
        if (!is_first && compare_keys(&key, &after) <= 0)
            continue;
        if (found && compare_keys(&key, &least) >= 0)
            continue;
        found = true;
        least = key;
        lua_copy(L, -1, 3);
    }
    lua_settop(L, 3);
    if (!found)
        return 1;
    lua_pushvalue(L, 3);
    lua_rawget(L, 1);
    return 2;
}

const luaL_Reg wf_lib_order[] = {
    { "next", next_key },
    { "pairs", pairs },
    { NULL, NULL },
};
