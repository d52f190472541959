/* script/sandbox.c - builds environments out of what is harmless.
 *
 * Each file gets its own environment with its own tables of functions, so that
 * nothing that one file changes is seen by another, which may have more rights.
 * What stands in no table here does not exist: no files, no clock, no loading
 * of code but `require`.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/sandbox.h"

#include <string.h>

#include <lualib.h>

#include "script/budget.h"
#include "script/chunk.h"
#include "script/host.h"
#include "script/libs.h"
#include "script/value.h"

static const char STOCK[] = "weft.stock"; /* Lua's own, by table */

/* --- Lua's own functions, by their table in STOCK; "" is none. */

enum cost {
    CHEAP,    /* whatever its arguments are */
    BY_TEXT,  /* by the length of text 1 */
    BY_STEPS, /* by number 2, at most the length of text 1 */
    BY_RANGE, /* by the positions 2 to 3 */
    BY_COUNT, /* by the number of arguments */
};

/* clang-format off */
static const struct stock {
    const char *table;
    const char *name;
    enum cost cost;
} stock[] = {
    { "",          "assert",       CHEAP    },
    { "",          "error",        CHEAP    },
    { "",          "getmetatable", CHEAP    },
    { "",          "ipairs",       CHEAP    },
    { "",          "rawequal",     CHEAP    },
    { "",          "rawget",       CHEAP    },
    { "",          "rawlen",       CHEAP    },
    { "",          "rawset",       CHEAP    },
    { "",          "tonumber",     BY_TEXT  },
    { "",          "type",         CHEAP    },
    { "coroutine", "isyieldable",  CHEAP    },
    { "coroutine", "running",      CHEAP    },
    { "coroutine", "status",       CHEAP    },
    { "coroutine", "yield",        CHEAP    },
    { "math",      "abs",          CHEAP    },
    { "math",      "acos",         CHEAP    },
    { "math",      "asin",         CHEAP    },
    { "math",      "atan",         CHEAP    },
    { "math",      "ceil",         CHEAP    },
    { "math",      "cos",          CHEAP    },
    { "math",      "deg",          CHEAP    },
    { "math",      "exp",          CHEAP    },
    { "math",      "floor",        CHEAP    },
    { "math",      "fmod",         CHEAP    },
    { "math",      "huge",         CHEAP    },
    { "math",      "log",          CHEAP    },
    { "math",      "max",          BY_COUNT },
    { "math",      "maxinteger",   CHEAP    },
    { "math",      "min",          BY_COUNT },
    { "math",      "mininteger",   CHEAP    },
    { "math",      "modf",         CHEAP    },
    { "math",      "pi",           CHEAP    },
    { "math",      "rad",          CHEAP    },
    { "math",      "random",       CHEAP    },
    { "math",      "sin",          CHEAP    },
    { "math",      "sqrt",         CHEAP    },
    { "math",      "tan",          CHEAP    },
    { "math",      "tointeger",    BY_TEXT  },
    { "math",      "type",         CHEAP    },
    { "math",      "ult",          CHEAP    },
    { "utf8",      "char",         BY_COUNT },
    { "utf8",      "charpattern",  CHEAP    },
    { "utf8",      "codepoint",    BY_RANGE },
    { "utf8",      "codes",        CHEAP    },
    { "utf8",      "len",          BY_TEXT  },
    { "utf8",      "offset",       BY_STEPS },
};
/* clang-format on */

static uint64_t text_len(lua_State *L)
{
    return lua_type(L, 1) == LUA_TSTRING ? lua_rawlen(L, 1) : 0;
}

static uint64_t range_len(lua_State *L)
{
    size_t len = text_len(L);
    lua_Integer first = luaL_optinteger(L, 2, 1);
    size_t begin = wf_lib_position(first, len);
    size_t end = wf_lib_position(luaL_optinteger(L, 3, first), len);

    if (end > begin && end - begin > WF_SCRIPT_RANGE)
        luaL_error(L, "more than %d characters at once", WF_SCRIPT_RANGE);
    return end > begin ? end - begin : 0;
}

static uint64_t work_of(lua_State *L, enum cost cost)
{
    lua_Integer n;

    switch (cost) {
    case BY_TEXT:
        return text_len(L);
    case BY_RANGE:
        return range_len(L);
    case BY_COUNT:
        return (uint64_t)lua_gettop(L);
    case BY_STEPS:
        n = luaL_checkinteger(L, 2);
        n = n < 0 ? -(n + 1) : n;
        return (uint64_t)n < text_len(L) ? (uint64_t)n : text_len(L);
    default:
        return 0;
    }
}

/* Upvalues: a function of Lua, and how it is charged. */
static int call_stock(lua_State *L)
{
    enum cost cost = (enum cost)lua_tointeger(L, lua_upvalueindex(2));

    wf_budget_charge(L, work_of(L, cost));
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

/* --- A new state */

/* math.random gives the same numbers for the same seed. */
static void seed_random(lua_State *L)
{
    const struct wf_script *script = wf_state_of(L);

    lua_getfield(L, -1, "randomseed");
    lua_pushinteger(L, (lua_Integer)script->options.seed);
    lua_pushinteger(L, 0);
    lua_call(L, 2, 0);
}

/* Adds the table that `open` pushes to the one at the top. */
static void keep_stock(lua_State *L, const char *name, lua_CFunction open)
{
    lua_pushcfunction(L, open);
    lua_call(L, 0, 1);
    if (!strcmp(name, "math"))
        seed_random(L);
    lua_setfield(L, -2, name);
}

/* All texts share one metatable: it can neither be seen nor changed. */
static void seal_texts(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    lua_newtable(L);
    luaL_setfuncs(L, wf_lib_string, 0);
    luaL_setfuncs(L, wf_lib_find, 0);
    luaL_setfuncs(L, wf_lib_format, 0);
    lua_setfield(L, -2, "__index");
    lua_pushliteral(L, "texts have no metatable here");
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

void wf_sandbox_open(lua_State *L)
{
    lua_createtable(L, 0, 4);
    keep_stock(L, "", luaopen_base);
    keep_stock(L, "coroutine", luaopen_coroutine);
    keep_stock(L, "math", luaopen_math);
    keep_stock(L, "utf8", luaopen_utf8);
    lua_setfield(L, LUA_REGISTRYINDEX, STOCK);
    wf_host_open(L);
    seal_texts(L);
    wf_value_open(L);
}

/* --- Environments */

/* Pushes the table `name` of the one at `env`, which "" is itself. */
static void push_table(lua_State *L, int env, const char *name)
{
    if (!*name) {
        lua_pushvalue(L, env);
        return;
    }
    if (lua_getfield(L, env, name) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, env, name);
}

static void add_stock(lua_State *L, int env)
{
    int all;

    lua_getfield(L, LUA_REGISTRYINDEX, STOCK);
    all = lua_gettop(L);
    for (size_t i = 0; i < WF_COUNT(stock); i++) {
        push_table(L, env, stock[i].table);
        lua_getfield(L, all, stock[i].table);
        lua_getfield(L, -1, stock[i].name);
        if (stock[i].cost != CHEAP) {
            lua_pushinteger(L, stock[i].cost);
            lua_pushcclosure(L, call_stock, 2);
        }
        lua_setfield(L, -3, stock[i].name);
        lua_settop(L, all);
    }
    lua_pop(L, 1);
}

static void add_ours(lua_State *L, int env)
{
    static const struct {
        const char *table;
        const luaL_Reg *functions;
    } ours[] = {
        { "", wf_lib_base },
        { "", wf_lib_order },
        { "string", wf_lib_string },
        { "string", wf_lib_find },
        { "string", wf_lib_format },
        { "table", wf_lib_table },
        { "coroutine", wf_lib_coroutine },
    };

    for (size_t i = 0; i < WF_COUNT(ours); i++) {
        push_table(L, env, ours[i].table);
        luaL_setfuncs(L, ours[i].functions, 0);
        lua_pop(L, 1);
    }
}

static void push_environment(lua_State *L)
{
    int env;

    luaL_checkstack(L, 12, NULL);
    lua_createtable(L, 0, 64);
    env = lua_gettop(L);
    add_stock(L, env);
    add_ours(L, env);
    wf_value_push_null(L);
    lua_setfield(L, env, "null");
    lua_pushliteral(L, "Lua 5.4");
    lua_setfield(L, env, "_VERSION");
    lua_pushvalue(L, env);
    lua_setfield(L, env, "_G");
    wf_host_add(L, env);
}

/* Pushes the file as a function. It costs the same whether it was kept or had
 * to be compiled: budgets count what is loaded. */
static void load_file(lua_State *L, const char *name, const char *text,
                      size_t len)
{
    struct wf_chunks *chunks = wf_state_of(L)->options.chunks;
    char why[WEFT_ERROR_TEXT_MAX];
    const struct wf_chunk *chunk;
    const char *place;
    int status;

    if (len > WF_SCRIPT_MAX)
        luaL_error(L, "%s is larger than %d bytes", name, WF_SCRIPT_MAX);
    place = lua_pushfstring(L, "@%s", name);
    chunk = wf_chunk_get(chunks, name, text, len, why, sizeof why);
    if (!chunk) {
        lua_pushstring(L, why);
        lua_error(L);
    }
    status = luaL_loadbufferx(L, chunk->code, chunk->len, place, "b");
    wf_chunk_put(chunks, chunk);
    if (status != LUA_OK) {
        wf_budget_check(L, status);
        lua_error(L);
    }
    lua_remove(L, -2);
}

void wf_sandbox_run(lua_State *L, const char *name, const char *text,
                    size_t len)
{
    load_file(L, name, text, len);
    push_environment(L);
    lua_insert(L, -2);
    lua_pushvalue(L, -2);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
}
