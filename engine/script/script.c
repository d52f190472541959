/* script/script.c - the handle: a state made, files loaded, functions called.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/script.h"

#include <assert.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "script/budget.h"
#include "script/sandbox.h"
#include "script/value.h"

static const char FILES[] = "weft.files"; /* environments by file */

/* --- In and out of Lua */

/* An API call outside protection has raised: our own mistake. */
static int on_panic(lua_State *L)
{
    (void)L;
    fputs("weft: Lua raised an error that nothing catches\n", stderr);
    abort();
}

/* What strangers raise may be longer than a message, and no text at all. */
static bool fail_with_text(struct wf_script *script, struct wf_str text,
                           weft_error *err)
{
    const weft_error *host = &script->host_error;
    char clean[WEFT_ERROR_TEXT_MAX];
    size_t len;

    if (host->code != WEFT_OK && wf_str_is(text, host->text))
        return wf_fail_as(err, host);
    len = wf_utf8_cut(text.at, text.len, sizeof clean - 1);
    memcpy(clean, text.at, len);
    if (!wf_utf8_is_valid(clean, len)) {
        for (size_t i = 0; i < len; i++)
            clean[i] = clean[i] > 0 ? clean[i] : '?';
    }
    clean[len] = '\0';
    return wf_fail(err, WEFT_E_SCRIPT, "%s", clean);
}

/* The error value at the top as an error of ours. No metamethod is asked what
 * it means. */
static bool fail_with_value(struct wf_script *script, lua_State *L,
                            weft_error *err)
{
    struct wf_str text;

    if (lua_type(L, -1) != LUA_TSTRING)
        return wf_fail(err, WEFT_E_SCRIPT,
                       "the script has raised an error of type %s: give "
                       "error() a text",
                       luaL_typename(L, -1));
    text.at = lua_tolstring(L, -1, &text.len);
    return fail_with_text(script, text, err);
}

/* Lua reads and writes numbers in the locale of the thread: for a script that
 * is "C", whatever the process speaks. */
static void enter(struct wf_script *script)
{
    if (script->depth++ > 0)
        return;
    script->entered_us = wf_thread_cpu_us();
    script->outside = uselocale(newlocale(LC_ALL_MASK, "C", (locale_t)0));
}

static void leave(struct wf_script *script)
{
    if (--script->depth > 0)
        return;
    script->cpu_us += wf_thread_cpu_us() - script->entered_us;
    freelocale(uselocale(script->outside));
}

bool wf_state_run(struct wf_script *script, lua_CFunction body, void *arg,
                  weft_error *err)
{
    lua_State *L = script->running;
    int top = lua_gettop(L);
    bool ok = false;
    int status;

    if (script->end == WF_SCRIPT_RUNS && !lua_checkstack(L, LUA_MINSTACK))
        wf_budget_end(script, WF_SCRIPT_TOO_DEEP);
    if (script->end != WF_SCRIPT_RUNS)
        return wf_budget_fail(script, err);
    enter(script);
    lua_pushcfunction(L, body);
    lua_pushlightuserdata(L, arg);
    status = lua_pcall(L, 1, 0, 0);
    script->running = L;
    leave(script);
    if (status == LUA_ERRMEM)
        wf_budget_end(script, WF_SCRIPT_OUT_OF_MEMORY);
    if (script->end != WF_SCRIPT_RUNS)
        wf_budget_fail(script, err);
    else if (status != LUA_OK)
        fail_with_value(script, L, err);
    else
        ok = true;
    lua_settop(L, top);
    return ok;
}

/* --- The state */

static int open_body(lua_State *L)
{
    wf_sandbox_open(L);
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, FILES);
    return 0;
}

struct wf_script *wf_script_new(const struct wf_script_options *options)
{
    struct wf_script *script = calloc(1, sizeof *script);
    weft_error err = WEFT_ERROR_INIT;
    bool ok;

    if (!script)
        wf_oom();
    script->options = *options;
    script->next_look = options->budget->units;
    script->step = WF_BUDGET_STEP;
    script->main = lua_newstate(wf_budget_alloc, script);
    assert(script->main); /* the allocator refuses nothing yet */
    script->running = script->main;
    *(struct wf_script **)lua_getextraspace(script->main) = script;
    lua_atpanic(script->main, on_panic);
    ok = wf_state_run(script, open_body, NULL, &err);
    assert(ok);
    script->is_capped = true;
    wf_budget_watch(script->main);
    return script;
}

void wf_script_free(struct wf_script *script)
{
    if (!script)
        return;
    script->is_capped = false;
    lua_close(script->main);
    free(script);
}

bool wf_script_renew(struct wf_script *script)
{
    script->cpu_us = 0;
    script->next_look = script->options.budget->units;
    return script->end == WF_SCRIPT_RUNS;
}

/* --- Loading */

struct load {
    const char *name;
    const char *text;
    size_t len;
};

static int load_body(lua_State *L)
{
    const struct load *load = lua_touserdata(L, 1);

    lua_getfield(L, LUA_REGISTRYINDEX, FILES);
    if (lua_getfield(L, 2, load->name) != LUA_TNIL)
        return 0;
    wf_sandbox_run(L, load->name, load->text, load->len);
    lua_pop(L, 1);
    lua_setfield(L, 2, load->name);
    return 0;
}

bool wf_script_load(struct wf_script *script, const char *name,
                    const char *text, size_t len, weft_error *err)
{
    struct load load = { name, text, len };

    return wf_state_run(script, load_body, &load, err);
}

/* --- Calling */

/* Pushes the function of a file, or nil. */
static void push_function(lua_State *L, const char *name, const char *function)
{
    lua_getfield(L, LUA_REGISTRYINDEX, FILES);
    if (lua_getfield(L, -1, name) == LUA_TTABLE) {
        lua_pushstring(L, function);
        lua_rawget(L, -2);
    }
    if (!lua_isfunction(L, -1)) {
        lua_pop(L, 1);
        lua_pushnil(L);
    }
}

struct question {
    const char *name;
    const char *function;
    bool has;
};

static int has_body(lua_State *L)
{
    struct question *question = lua_touserdata(L, 1);

    push_function(L, question->name, question->function);
    question->has = !lua_isnil(L, -1);
    return 0;
}

bool wf_script_has(struct wf_script *script, const char *name,
                   const char *function)
{
    struct question question = { name, function, false };
    weft_error err = WEFT_ERROR_INIT;

    return !wf_state_run(script, has_body, &question, &err) || question.has;
}

/* The first arguments as the function has left them; `first` is where they
 * stand. What came in as no table goes out as it came. */
static struct wf_json *pull_back(lua_State *L, int first,
                                 const struct wf_script_call *call,
                                 struct wf_arena *arena)
{
    struct wf_json *back = wf_json_array(arena);

    for (size_t i = 0; i < call->n_back; i++) {
        struct wf_json *arg = call->args->u.array.at[i];
        int index = first + (int)i;
        if (lua_istable(L, index))
            arg = wf_value_pull(L, index,
                                wf_arena_printf(arena, "%s: what %s has left",
                                                call->name, call->function),
                                arena);
        wf_json_push(arena, back, arg);
    }
    return back;
}

static int call_body(lua_State *L)
{
    struct wf_script_call *call = lua_touserdata(L, 1);
    struct wf_arena *arena = wf_state_of(L)->arena;
    int n_args = (int)wf_json_len(call->args);
    int first;

    luaL_checkstack(L, 2 * n_args + 8, NULL);
    push_function(L, call->name, call->function);
    if (lua_isnil(L, -1))
        return luaL_error(L, "%s has no function %s", call->name,
                          call->function);
    first = lua_gettop(L) + 1;
    for (int i = 0; i < n_args; i++)
        wf_value_push(L, call->args->u.array.at[i]);
    lua_pushvalue(L, first - 1);
    for (int i = 0; i < n_args; i++)
        lua_pushvalue(L, first + i);
    lua_call(L, n_args, 1);
    call->result =
        wf_value_pull(L, -1,
                      wf_arena_printf(arena, "%s: what %s has returned",
                                      call->name, call->function),
                      arena);
    call->back = pull_back(L, first, call, arena);
    return 0;
}

bool wf_script_call(struct wf_script *script, struct wf_arena *arena,
                    struct wf_script_call *call, weft_error *err)
{
    struct wf_arena *outer_arena = script->arena;
    bool ok;

    assert(call->n_back <= wf_json_len(call->args));
    script->arena = arena;
    memcpy(script->lang, err->lang, sizeof script->lang);
    ok = wf_state_run(script, call_body, call, err);
    script->arena = outer_arena;
    return ok;
}
