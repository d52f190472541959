/* script/format.c - `string.format`, without %p (an address) and %q (source).
 *
 * Source: Lua 5.4 Reference Manual, 6.4.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "script/budget.h"
#include "script/libs.h"

enum {
    SPEC_MAX = 16,    /* "%-+ #099.99" and a letter fit */
    NUMBER_MAX = 500, /* "%99.99f" of the largest double fits */
};

/* One conversion: "%5.2f". */
struct spec {
    char text[SPEC_MAX];
    size_t len;
};

static void take_digits(struct spec *spec, const char **at)
{
    for (int n = 0; n < 2 && **at >= '0' && **at <= '9'; n++)
        spec->text[spec->len++] = *(*at)++;
}

/* Reads flags, width and precision behind a '%'; `*at` is left at the letter.
 * A format that is too long has no letter there. */
static void take_spec(struct spec *spec, const char **at)
{
    spec->len = 0;
    spec->text[spec->len++] = '%';
    for (int n = 0; n < 5 && **at && strchr("-+ #0", **at); n++)
        spec->text[spec->len++] = *(*at)++;
    take_digits(spec, at);
    if (**at == '.') {
        spec->text[spec->len++] = *(*at)++;
        take_digits(spec, at);
    }
}

static const char *end_spec(struct spec *spec, const char *letters)
{
    memcpy(spec->text + spec->len, letters, strlen(letters) + 1);
    return spec->text;
}

/* The format is one of ours by now: it has the one letter that fits. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void add_integer(lua_State *L, luaL_Buffer *buf, struct spec *spec,
                        char letter, int arg)
{
    long long value = luaL_checkinteger(L, arg);
    const char letters[] = { 'l', 'l', letter, '\0' };
    char text[NUMBER_MAX];
    int len = snprintf(text, sizeof text, end_spec(spec, letters), value);

    luaL_addlstring(buf, text, (size_t)len);
}

static void add_float(lua_State *L, luaL_Buffer *buf, struct spec *spec,
                      char letter, int arg)
{
    double value = luaL_checknumber(L, arg);
    const char letters[] = { letter, '\0' };
    char text[NUMBER_MAX];
    int len = snprintf(text, sizeof text, end_spec(spec, letters), value);

    luaL_addlstring(buf, text, (size_t)len);
}

static void add_short_text(luaL_Buffer *buf, struct spec *spec,
                           const char *value)
{
    char text[NUMBER_MAX];
    int len = snprintf(text, sizeof text, end_spec(spec, "s"), value);

    luaL_addlstring(buf, text, (size_t)len);
}

#pragma GCC diagnostic pop

/* Text of any length is taken whole, or cut by a precision. */
static void add_text(lua_State *L, luaL_Buffer *buf, struct spec *spec, int arg)
{
    size_t len;
    const char *value = wf_lib_tostring(L, arg, &len);

    wf_budget_charge(L, len);
    if (spec->len == 1 || (len >= 100 && !memchr(spec->text, '.', spec->len))) {
        luaL_addvalue(buf);
        return;
    }
    luaL_argcheck(L, len == strlen(value), arg, "string contains zeros");
    add_short_text(buf, spec, value);
    lua_pop(L, 1);
}

/* Adds argument `arg` by the conversion behind the '%' at `at`. Returns where
 * the format goes on. */
static const char *add_value(lua_State *L, luaL_Buffer *buf, const char *at,
                             int arg)
{
    struct spec spec;

    take_spec(&spec, &at);
    switch (*at) {
    case 'c':
        luaL_addchar(buf, (char)luaL_checkinteger(L, arg));
        break;
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X':
        add_integer(L, buf, &spec, *at, arg);
        break;
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
        add_float(L, buf, &spec, *at, arg);
        break;
    case 's':
        add_text(L, buf, &spec, arg);
        break;
    default:
        luaL_error(L, "invalid conversion '%%%c' to 'format'", *at);
    }
    return at + 1;
}

static int text_format(lua_State *L)
{
    size_t len;
    const char *at = luaL_checklstring(L, 1, &len);
    const char *end = at + len;
    int n_args = lua_gettop(L);
    int arg = 1;
    luaL_Buffer buf;

    wf_budget_charge(L, len);
    luaL_buffinit(L, &buf);
    while (at < end) {
        if (*at != '%') {
            luaL_addchar(&buf, *at++);
        } else if (at[1] == '%') {
            luaL_addchar(&buf, '%');
            at += 2;
        } else {
            luaL_argcheck(L, ++arg <= n_args, arg, "no value");
            at = add_value(L, &buf, at + 1, arg);
        }
    }
    luaL_pushresult(&buf);
    return 1;
}

const luaL_Reg wf_lib_format[] = {
    { "format", text_format },
    { NULL, NULL },
};
