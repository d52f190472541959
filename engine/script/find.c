/* script/find.c - find, match, gmatch and gsub of `string`.
 *
 * Source: Lua 5.4 Reference Manual, 6.4.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "script/budget.h"
#include "script/libs.h"
#include "script/pattern.h"

static struct wf_str check_text(lua_State *L, int arg)
{
    struct wf_str text;

    text.at = luaL_checklstring(L, arg, &text.len);
    return text;
}

/* The pattern of argument `arg`, without its anchor. */
static struct wf_str check_pattern(lua_State *L, int arg, bool *is_anchored)
{
    struct wf_str pattern = check_text(L, arg);

    *is_anchored = pattern.len > 0 && pattern.at[0] == '^';
    if (*is_anchored) {
        pattern.at++;
        pattern.len--;
    }
    return pattern;
}

/* Where a search begins by argument `arg`; NULL if behind the text. */
static const char *check_start(lua_State *L, int arg, struct wf_str text)
{
    size_t start = wf_lib_position(luaL_optinteger(L, arg, 1), text.len);

    if (start < 1)
        start = 1;
    return start > text.len + 1 ? NULL : text.at + start - 1;
}

/* The first match from `*at` on: its end, and its begin in `*at`; or NULL. */
static const char *search(struct wf_match *m, const char **at, bool is_anchored)
{
    const char *end = wf_match_at(m, *at);

    while (!end && !is_anchored && *at < m->text_end)
        end = wf_match_at(m, ++*at);
    wf_match_charge(m);
    return end;
}

/* --- find and match */

static bool is_plain(struct wf_str pattern)
{
    for (size_t i = 0; i < pattern.len; i++) {
        if (memchr("^$*+?.([%-", pattern.at[i], 10))
            return false;
    }
    return true;
}

static int find_plain(lua_State *L, struct wf_str text, const char *at,
                      struct wf_str word)
{
    size_t len = (size_t)(text.at + text.len - at);
    const char *found = word.len ? memmem(at, len, word.at, word.len) : at;

    wf_budget_charge(L, (found ? (size_t)(found - at) : len) + word.len);
    if (!found) {
        luaL_pushfail(L);
        return 1;
    }
    lua_pushinteger(L, found - text.at + 1);
    lua_pushinteger(L, found - text.at + (lua_Integer)word.len);
    return 2;
}

static int find_or_match(lua_State *L, bool is_find)
{
    struct wf_str text = check_text(L, 1);
    const char *at = check_start(L, 3, text);
    bool is_anchored;
    struct wf_str pattern;
    struct wf_match m;
    const char *end;

    if (at && is_find && (lua_toboolean(L, 4) || is_plain(check_text(L, 2))))
        return find_plain(L, text, at, check_text(L, 2));
    pattern = check_pattern(L, 2, &is_anchored);
    wf_match_init(&m, L, text, pattern);
    end = at ? search(&m, &at, is_anchored) : NULL;
    if (!end) {
        luaL_pushfail(L);
        return 1;
    }
    if (!is_find)
        return wf_match_push_all(&m, at, end);
    lua_pushinteger(L, at - text.at + 1);
    lua_pushinteger(L, end - text.at);
    return 2 + wf_match_push_all(&m, NULL, NULL);
}

static int text_find(lua_State *L)
{
    return find_or_match(L, true);
}

static int text_match(lua_State *L)
{
    return find_or_match(L, false);
}

/* --- gmatch: text, pattern, next start and end of the last match are the
 * upvalues of its iterator. */

static int next_match(lua_State *L)
{
    struct wf_str text = check_text(L, lua_upvalueindex(1));
    struct wf_str pattern = check_text(L, lua_upvalueindex(2));
    const char *at = text.at + lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    struct wf_match m;
    const char *end;

    wf_match_init(&m, L, text, pattern);
    for (; at <= m.text_end; at++) {
        end = wf_match_at(&m, at);
        if (!end || end - text.at == last)
            continue;
        wf_match_charge(&m);
        lua_pushinteger(L, end - text.at);
        lua_copy(L, -1, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        return wf_match_push_all(&m, at, end);
    }
    wf_match_charge(&m);
    return 0;
}

static int text_gmatch(lua_State *L)
{
    struct wf_str text = check_text(L, 1);
    const char *at = check_start(L, 3, text);

    check_text(L, 2);
    lua_settop(L, 2);
    lua_pushinteger(L, at ? at - text.at : (lua_Integer)text.len + 1);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

/* --- gsub */

/* The replacement text, in which %0 to %9 stand for captures. */
static void add_text(struct wf_match *m, luaL_Buffer *buf, const char *begin,
                     const char *end)
{
    struct wf_str text = check_text(m->L, 3);

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c != '%') {
            luaL_addchar(buf, c);
            continue;
        }
        c = ++i < text.len ? text.at[i] : '\0';
        if (c == '%') {
            luaL_addchar(buf, c);
        } else if (c == '0') {
            luaL_addlstring(buf, begin, (size_t)(end - begin));
        } else if (c >= '1' && c <= '9') {
            wf_match_push_one(m, c - '1', begin, end);
            luaL_tolstring(m->L, -1, NULL);
            lua_remove(m->L, -2);
            luaL_addvalue(buf);
        } else {
            luaL_error(m->L, "invalid use of '%%' in replacement string");
        }
    }
}

/* Adds what argument 3 makes of the match. */
static void add_replacement(struct wf_match *m, luaL_Buffer *buf,
                            const char *begin, const char *end)
{
    lua_State *L = m->L;
    int type = lua_type(L, 3);

    if (type == LUA_TTABLE) {
        wf_match_push_one(m, 0, begin, end);
        lua_gettable(L, 3);
    } else if (type == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        lua_call(L, wf_match_push_all(m, begin, end), 1);
    } else {
        add_text(m, buf, begin, end);
        return;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(buf, begin, (size_t)(end - begin));
    } else if (!lua_isstring(L, -1)) {
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    } else {
        luaL_addvalue(buf);
    }
}

static lua_Integer replace_all(struct wf_match *m, luaL_Buffer *buf,
                               lua_Integer n_max, bool is_anchored)
{
    const char *at = m->text;
    const char *last = NULL;
    lua_Integer n = 0;

    while (n < n_max) {
        const char *end = wf_match_at(m, at);
        if (end && end != last) {
            n++;
            wf_match_charge(m);
            add_replacement(m, buf, at, end);
            at = last = end;
        } else if (at < m->text_end) {
            luaL_addchar(buf, *at++);
        } else {
            break;
        }
        if (is_anchored)
            break;
    }
    wf_match_charge(m);
    luaL_addlstring(buf, at, (size_t)(m->text_end - at));
    return n;
}

static int text_gsub(lua_State *L)
{
    struct wf_str text = check_text(L, 1);
    bool is_anchored;
    struct wf_str pattern = check_pattern(L, 2, &is_anchored);
    int type = lua_type(L, 3);
    lua_Integer n_max = luaL_optinteger(L, 4, (lua_Integer)text.len + 1);
    struct wf_match m;
    luaL_Buffer buf;

    luaL_argexpected(L,
                     type == LUA_TNUMBER || type == LUA_TSTRING
                         || type == LUA_TFUNCTION || type == LUA_TTABLE,
                     3, "string/function/table");
    wf_budget_charge(L, text.len);
    wf_match_init(&m, L, text, pattern);
    luaL_buffinit(L, &buf);
    n_max = replace_all(&m, &buf, n_max, is_anchored);
    luaL_pushresult(&buf);
    lua_pushinteger(L, n_max);
    return 2;
}

const luaL_Reg wf_lib_find[] = {
    { "find", text_find }, { "gmatch", text_gmatch },
    { "gsub", text_gsub }, { "match", text_match },
    { NULL, NULL },
};
