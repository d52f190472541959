/* script/string.c - the plain functions of `string`.
 *
 * Each charges the bytes that it is going to read or write. `dump`, `pack` and
 * `unpack` are left out: hooks have no bytes to make.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "script/budget.h"
#include "script/libs.h"

enum {
    REP_MAX = 1 << 20
};

size_t wf_lib_position(lua_Integer position, size_t len)
{
    if (position >= 0)
        return (size_t)position;
    if (position < -(lua_Integer)len)
        return 0;
    return len - (size_t)-position + 1;
}

/* The bytes from `first` to `last`, positions as scripts write them. */
static struct wf_str slice_of(struct wf_str text, lua_Integer first,
                              lua_Integer last)
{
    size_t begin = wf_lib_position(first, text.len);
    size_t end = wf_lib_position(last, text.len);

    if (begin < 1)
        begin = 1;
    if (end > text.len)
        end = text.len;
    if (begin > end)
        return (struct wf_str){ "", 0 };
    return (struct wf_str){ text.at + begin - 1, end - begin + 1 };
}

static struct wf_str check_text(lua_State *L, int arg)
{
    struct wf_str text;

    text.at = luaL_checklstring(L, arg, &text.len);
    return text;
}

static int text_byte(lua_State *L)
{
    struct wf_str text = check_text(L, 1);
    lua_Integer first = luaL_optinteger(L, 2, 1);

    text = slice_of(text, first, luaL_optinteger(L, 3, first));
    luaL_argcheck(L, text.len <= WF_SCRIPT_RANGE, 3, "too many bytes");
    wf_budget_charge(L, text.len);
    luaL_checkstack(L, (int)text.len, "too many bytes");
    for (size_t i = 0; i < text.len; i++)
        lua_pushinteger(L, (unsigned char)text.at[i]);
    return (int)text.len;
}

static int text_char(lua_State *L)
{
    int n = lua_gettop(L);
    luaL_Buffer buf;
    char *at;

    wf_budget_charge(L, (uint64_t)n);
    at = luaL_buffinitsize(L, &buf, (size_t)n);
    for (int i = 1; i <= n; i++) {
        lua_Integer byte = luaL_checkinteger(L, i);
        luaL_argcheck(L, byte >= 0 && byte <= 255, i, "value out of range");
        at[i - 1] = (char)byte;
    }
    luaL_pushresultsize(&buf, (size_t)n);
    return 1;
}

static int text_len(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)check_text(L, 1).len);
    return 1;
}

static int text_sub(lua_State *L)
{
    struct wf_str text = check_text(L, 1);

    text = slice_of(text, luaL_checkinteger(L, 2), luaL_optinteger(L, 3, -1));
    wf_budget_charge(L, text.len);
    lua_pushlstring(L, text.at, text.len);
    return 1;
}

/* Only ASCII: the rest of Unicode is for the functions of formulas. */
static char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static char to_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c + 'A' - 'a') : c;
}

static int map_text(lua_State *L, char (*map)(char))
{
    struct wf_str text = check_text(L, 1);
    luaL_Buffer buf;
    char *at;

    wf_budget_charge(L, text.len);
    at = luaL_buffinitsize(L, &buf, text.len);
    for (size_t i = 0; i < text.len; i++)
        at[i] = map(text.at[i]);
    luaL_pushresultsize(&buf, text.len);
    return 1;
}

static int text_lower(lua_State *L)
{
    return map_text(L, to_lower);
}

static int text_upper(lua_State *L)
{
    return map_text(L, to_upper);
}

static int text_reverse(lua_State *L)
{
    struct wf_str text = check_text(L, 1);
    luaL_Buffer buf;
    char *at;

    wf_budget_charge(L, text.len);
    at = luaL_buffinitsize(L, &buf, text.len);
    for (size_t i = 0; i < text.len; i++)
        at[i] = text.at[text.len - 1 - i];
    luaL_pushresultsize(&buf, text.len);
    return 1;
}

/* An empty unit is answered at once: 2^62 times nothing is nothing. */
static int text_rep(lua_State *L)
{
    struct wf_str text = check_text(L, 1);
    lua_Integer n = luaL_checkinteger(L, 2);
    struct wf_str sep = { "", 0 };
    luaL_Buffer buf;

    if (!lua_isnoneornil(L, 3))
        sep = check_text(L, 3);
    if (n <= 0 || text.len + sep.len == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if ((uint64_t)n > REP_MAX / (text.len + sep.len) + 1
        || (uint64_t)n * (text.len + sep.len) - sep.len > REP_MAX)
        return luaL_error(L, "resulting text is longer than %d bytes", REP_MAX);
    wf_budget_charge(L, (uint64_t)n * (text.len + sep.len));
    luaL_buffinitsize(L, &buf, (size_t)n * (text.len + sep.len));
    for (; n > 0; n--) {
        luaL_addlstring(&buf, text.at, text.len);
        if (n > 1)
            luaL_addlstring(&buf, sep.at, sep.len);
    }
    luaL_pushresult(&buf);
    return 1;
}

const luaL_Reg wf_lib_string[] = {
    { "byte", text_byte }, { "char", text_char },
    { "len", text_len },   { "lower", text_lower },
    { "rep", text_rep },   { "reverse", text_reverse },
    { "sub", text_sub },   { "upper", text_upper },
    { NULL, NULL },
};
