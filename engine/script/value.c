/* script/value.c - moves values between JSON trees and Lua.
 *
 * What comes out of Lua is hostile: cycles, holes, functions, broken UTF-8,
 * a table that holds itself twice. Depth and number of values end all of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "script/budget.h"

enum {
    DEPTH_MAX = 32,
    VALUES_MAX = 100000,
    TEXT_UNIT_BYTES = 16,
};

/* The greatest number up to which doubles hold every integer. */
#define WHOLE_MAX (INT64_C(1) << 53)

static const char ARRAY_META[] = "weft.array";

void wf_value_open(lua_State *L)
{
    lua_createtable(L, 0, 1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setfield(L, LUA_REGISTRYINDEX, ARRAY_META);
}

void wf_value_push_null(lua_State *L)
{
    lua_pushlightuserdata(L, NULL);
}

/* --- Into Lua */

static void push_value(lua_State *L, const struct wf_json *json, int depth);

static void push_array(lua_State *L, const struct wf_json *json, int depth)
{
    lua_createtable(L, (int)json->u.array.n, 0);
    lua_getfield(L, LUA_REGISTRYINDEX, ARRAY_META);
    lua_setmetatable(L, -2);
    for (size_t i = 0; i < json->u.array.n; i++) {
        const struct wf_json *item = json->u.array.at[i];
        if (item->type == WF_JSON_NULL)
            wf_value_push_null(L);
        else
            push_value(L, item, depth + 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_object(lua_State *L, const struct wf_json *json, int depth)
{
    lua_createtable(L, 0, (int)json->u.object.n);
    for (size_t i = 0; i < json->u.object.n; i++) {
        const struct wf_json_member *member = &json->u.object.at[i];
        if (member->value->type == WF_JSON_NULL)
            continue;
        lua_pushlstring(L, member->key.at, member->key.len);
        push_value(L, member->value, depth + 1);
        lua_rawset(L, -3);
    }
}

static void push_number(lua_State *L, double number)
{
    if (floor(number) == number && fabs(number) <= (double)WHOLE_MAX)
        lua_pushinteger(L, (lua_Integer)number);
    else
        lua_pushnumber(L, number);
}

static void push_value(lua_State *L, const struct wf_json *json, int depth)
{
    if (depth > DEPTH_MAX)
        luaL_error(L, "a value is nested more than %d deep", DEPTH_MAX);
    luaL_checkstack(L, 4, NULL);
    wf_budget_charge(L, 1);
    switch (json->type) {
    case WF_JSON_NULL:
        lua_pushnil(L);
        break;
    case WF_JSON_FALSE:
    case WF_JSON_TRUE:
        lua_pushboolean(L, json->type == WF_JSON_TRUE);
        break;
    case WF_JSON_NUMBER:
        push_number(L, json->u.number);
        break;
    case WF_JSON_TEXT:
        lua_pushlstring(L, json->u.text.at, json->u.text.len);
        break;
    case WF_JSON_ARRAY:
        push_array(L, json, depth);
        break;
    case WF_JSON_OBJECT:
        push_object(L, json, depth);
        break;
    }
}

void wf_value_push(lua_State *L, const struct wf_json *json)
{
    if (json)
        push_value(L, json, 0);
    else
        lua_pushnil(L);
}

/* --- Out of Lua */

/* One way out. */
struct pull {
    struct wf_arena *arena;
    const char *what; /* name of the value that is looked at */
    int depth;
    int n_values;
};

static struct wf_json *pull_value(lua_State *L, struct pull *pull);

static struct wf_json *pull_number(lua_State *L, const struct pull *pull)
{
    double number = lua_tonumber(L, -1);
    lua_Integer integer = lua_tointeger(L, -1);

    if (!isfinite(number))
        luaL_error(L, "%s is not a finite number", pull->what);
    if (lua_isinteger(L, -1) && (integer > WHOLE_MAX || integer < -WHOLE_MAX))
        luaL_error(L, "%s is an integer beyond 2^53", pull->what);
    return wf_json_number(pull->arena, number);
}

static struct wf_json *pull_text(lua_State *L, const struct pull *pull)
{
    size_t len;
    const char *text = lua_tolstring(L, -1, &len);

    wf_budget_charge(L, len / TEXT_UNIT_BYTES);
    if (!wf_utf8_is_valid(text, len))
        luaL_error(L, "%s is not valid UTF-8 text", pull->what);
    return wf_json_text_n(pull->arena, text, len);
}

static struct wf_json *pull_array(lua_State *L, struct pull *pull, size_t n)
{
    struct wf_json *array = wf_json_array(pull->arena);

    for (size_t i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i);
        if (lua_isnil(L, -1))
            luaL_error(L, "%s is a list with holes", pull->what);
        wf_json_push(pull->arena, array, pull_value(L, pull));
        lua_pop(L, 1);
    }
    return array;
}

static int compare_members(const void *a, const void *b)
{
    const struct wf_json_member *one = a;
    const struct wf_json_member *other = b;

    return strcmp(one->key.at, other->key.at);
}

/* The key below the top, which must be text. */
static const char *pull_key(lua_State *L, const struct pull *pull)
{
    size_t len;
    const char *key;

    if (lua_type(L, -2) != LUA_TSTRING)
        luaL_error(L, "%s mixes names and numbers as its keys", pull->what);
    key = lua_tolstring(L, -2, &len);
    wf_budget_charge(L, len / TEXT_UNIT_BYTES);
    if (!wf_utf8_is_valid(key, len))
        luaL_error(L, "%s has a key that is not valid UTF-8 text", pull->what);
    return wf_arena_mem(pull->arena, key, len);
}

static struct wf_json *pull_object(lua_State *L, struct pull *pull, size_t n)
{
    struct wf_json *object = wf_json_object(pull->arena);
    struct wf_json_member *members =
        WF_NEW_N(pull->arena, struct wf_json_member, n);
    const char *what = pull->what;
    size_t i = 0;

    lua_pushnil(L);
    for (; lua_next(L, -2); lua_pop(L, 1), i++) {
        const char *key = pull_key(L, pull);
        pull->what = key;
        members[i].key = wf_str_of(key);
        members[i].value = pull_value(L, pull);
        pull->what = what;
    }
    qsort(members, n, sizeof *members, compare_members);
    object->u.object.at = members;
    object->u.object.n = n;
    object->u.object.cap = n;
    return object;
}

/* Whether the table at the top came in as an array. */
static bool was_array(lua_State *L)
{
    bool is;

    if (!lua_getmetatable(L, -1))
        return false;
    lua_getfield(L, LUA_REGISTRYINDEX, ARRAY_META);
    is = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return is;
}

/* Counts the entries of the table at the top, before memory is spent on them;
 * `*n_numbered` are those with whole numbers from 1 as their keys. */
static size_t count_entries(lua_State *L, struct pull *pull, size_t *n_numbered)
{
    size_t n = 0;

    *n_numbered = 0;
    lua_pushnil(L);
    for (; lua_next(L, -2); lua_pop(L, 1), n++) {
        *n_numbered += lua_isinteger(L, -2) && lua_tointeger(L, -2) > 0;
        if (++pull->n_values > VALUES_MAX)
            luaL_error(L, "%s has more than %d values", pull->what, VALUES_MAX);
    }
    wf_budget_charge(L, n);
    return n;
}

static struct wf_json *pull_table(lua_State *L, struct pull *pull)
{
    struct wf_json *json;
    size_t n_numbered, n;

    if (++pull->depth > DEPTH_MAX)
        luaL_error(L, "%s is nested more than %d deep, or holds itself",
                   pull->what, DEPTH_MAX);
    n = count_entries(L, pull, &n_numbered);
    if (n > 0 ? n == n_numbered : was_array(L))
        json = pull_array(L, pull, n);
    else
        json = pull_object(L, pull, n);
    pull->depth--;
    return json;
}

/* The value at the top, which stays there. */
static struct wf_json *pull_value(lua_State *L, struct pull *pull)
{
    luaL_checkstack(L, 6, NULL);
    switch (lua_type(L, -1)) {
    case LUA_TBOOLEAN:
        return wf_json_bool(pull->arena, lua_toboolean(L, -1));
    case LUA_TNUMBER:
        return pull_number(L, pull);
    case LUA_TSTRING:
        return pull_text(L, pull);
    case LUA_TTABLE:
        return pull_table(L, pull);
    case LUA_TLIGHTUSERDATA:
        return wf_json_null(pull->arena);
    default:
        luaL_error(L, "%s is a %s, which cannot leave the script", pull->what,
                   luaL_typename(L, -1));
        return NULL;
    }
}

struct wf_json *wf_value_pull(lua_State *L, int index, const char *what,
                              struct wf_arena *arena)
{
    struct pull pull = { arena, what, 0, 0 };
    struct wf_json *json;

    if (lua_isnoneornil(L, index))
        return NULL;
    lua_pushvalue(L, index);
    json = pull_value(L, &pull);
    lua_pop(L, 1);
    return json;
}
