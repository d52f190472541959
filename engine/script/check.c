/* script/check.c - what a file of script defines, for the compiler.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "script/sandbox.h"

/* One check. find() passes on what it is asked for, once each, and remembers
 * it. */
struct check {
    struct wf_arena *arena;
    const char *file;
    const char *text;
    size_t len;
    const char *(*find_script)(void *, const char *);
    void *self;
    WF_LIST(struct wf_script_function) functions;
    WF_LIST(const char *) requires;
};

static const char *find(void *self, const char *name)
{
    struct check *check = self;

    *WF_PUSH(check->arena, &check->requires) = wf_arena_str(check->arena, name);
    return check->find_script ? check->find_script(check->self, name) : NULL;
}

/* The functions that the environment holds and the file has written. */
static void list_functions(lua_State *L, struct check *check, int env)
{
    lua_pushnil(L);
    for (; lua_next(L, env); lua_pop(L, 1)) {
        struct wf_script_function *function;
        lua_Debug ar;
        if (!lua_isfunction(L, -1) || lua_iscfunction(L, -1)
            || lua_type(L, -2) != LUA_TSTRING)
            continue;
        lua_pushvalue(L, -1);
        lua_getinfo(L, ">S", &ar);
        function = WF_PUSH(check->arena, &check->functions);
        function->name = wf_arena_str(check->arena, lua_tostring(L, -2));
        function->line = ar.linedefined;
    }
}

static int check_body(lua_State *L)
{
    struct check *check = lua_touserdata(L, 1);

    wf_sandbox_run(L, check->file, check->text, check->len);
    lua_pop(L, 1);
    list_functions(L, check, lua_gettop(L));
    return 0;
}

static int compare_functions(const void *one, const void *other)
{
    const struct wf_script_function *a = one;
    const struct wf_script_function *b = other;

    return a->line != b->line ? a->line - b->line : strcmp(a->name, b->name);
}

/* "FILE:LINE: message" becomes a finding at that line. */
static void say(const struct check *check, const weft_error *err,
                struct wf_diags *diags)
{
    struct wf_place place = { check->file, 1, 0 };
    size_t n = strlen(check->file);
    const char *text = err->text;
    char *end;
    long line;

    if (!strncmp(text, check->file, n) && text[n] == ':') {
        line = strtol(text + n + 1, &end, 10);
        if (end != text + n + 1 && !strncmp(end, ": ", 2)) {
            place.line = (int)line;
            text = end + 2;
        }
    }
    wf_diag_at(diags, place, "script", "%s", text);
}

static void end_script(struct wf_script **script)
{
    wf_script_free(*script);
}

/* lint: parameters, because it is one question, asked in two places. */
bool wf_script_check(struct wf_arena *arena, const char *file, const char *text,
                     size_t len,
                     const char *(*find_script)(void *, const char *),
                     void *self, struct wf_script_outline *out,
                     struct wf_diags *diags)
{
    struct check check = { .arena = arena,
                           .file = file,
                           .text = text,
                           .len = len,
                           .find_script = find_script,
                           .self = self };
    struct wf_budget budget = WF_BUDGET_COMMAND;
    const struct wf_script_options options = { .budget = &budget,
                                               .self = &check,
                                               .find_script = find };
    struct wf_script *script WF_CLEANUP(end_script) = wf_script_new(&options);
    weft_error err = WEFT_ERROR_INIT;

    strncat(err.lang, diags->lang, sizeof err.lang - 1);
    if (!wf_state_run(script, check_body, &check, &err)) {
        say(&check, &err, diags);
        return false;
    }
    if (check.functions.n)
        qsort(check.functions.at, check.functions.n, sizeof *check.functions.at,
              compare_functions);
    *out = (struct wf_script_outline){ check.functions.at, check.functions.n,
                                       check.requires.at, check.requires.n };
    return true;
}
