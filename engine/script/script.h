/* script/script.h - Lua in a sandbox: hooks run here, under budgets.
 *
 * One state serves one command (or job) and is thrown away with it; nothing
 * mutable is shared between states. Values cross as JSON trees. Lua does not
 * occur outside this folder.
 *
 * Source of the hardening: docs/hooks.md, "Sandbox".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_SCRIPT_H
#define WF_SCRIPT_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <weft/error.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/json.h"

/* What one command may spend, all its hooks and formulas together. A unit is
 * a VM instruction, 16 bytes allocated, or a byte that a library function
 * reads or writes. Units decide, alike on every machine; CPU time of the
 * thread is a second wall (ten times wider under sanitizers). */
struct wf_budget {
    int64_t units; /* left: counted down, 0 once the script has ended */
    int64_t cpu_us;
    size_t memory; /* bytes at once in the state */
};
#define WF_BUDGET_COMMAND                                                      \
    {                                                                          \
        1000000, 20000, 16u << 20                                              \
    }
#define WF_BUDGET_JOB                                                          \
    {                                                                          \
        10000000, 250000, 16u << 20                                            \
    }

/* The bytes of one file of script, at most. */
enum {
    WF_SCRIPT_MAX = 1 << 18
};

struct wf_script;
struct wf_chunks; /* chunk.h */

/* A function of the engine that scripts may call, `host` being its row, so that
 * many rows can share one function. `args` is an array of the arguments (a
 * function or userdata is refused before the call). On success `*result` is
 * what Lua gets (NULL: nothing). On failure `err` becomes the Lua error: one
 * with WEFT_E_INVALID can be caught by pcall. Any other cannot and ends the
 * script, but for a refusal (denied, not found, a conflict, malformed) of which
 * options.attempt has seen to it that nothing of it is left. */
struct wf_host;
typedef bool wf_host_fn(void *self, const struct wf_host *host,
                        struct wf_arena *arena, const struct wf_json *args,
                        struct wf_json **result, weft_error *err);

struct wf_host {
    const char *name;
    wf_host_fn *call;
    int cost;              /* units charged for each call */
    const char *signature; /* "find(form, where, opts)" */
    const char *help;      /* for users, English */
};

struct wf_script_options {
    struct wf_budget *budget;    /* borrowed; others may take units too */
    const struct wf_host *hosts; /* n_hosts rows, borrowed */
    size_t n_hosts;
    void *self; /* given to the hosts */
    /* Calls a host where the script would catch its failure: it leaves nothing
     * of what it did. NULL: hosts are called as they are. */
    wf_host_fn *attempt;
    /* Finds the text of `require "name"`; NULL where there is none. */
    const char *(*find_script)(void *self, const char *name);
    uint64_t seed; /* of math.random */
    /* Where files are kept as they were compiled; NULL: nowhere. */
    struct wf_chunks *chunks;
};

/* A hardened, empty state. Never NULL. Files with other rights than the command
 * (`run-as`) belong into a state of their own: what `require` gives is shared
 * by all files of a state. */
struct wf_script *wf_script_new(const struct wf_script_options *options);
void wf_script_free(struct wf_script *script);

/* Between two calls: what runs next has the budget as its owner has set it, and
 * no time is spent yet. False where the state was ended: it is to be freed. */
bool wf_script_renew(struct wf_script *script);

/* Runs the text of a hook file once in an environment of its own, and keeps
 * it under `name` for wf_script_call(). Loading the same name twice does
 * nothing. Errors: WEFT_E_SCRIPT with file and line. */
WF_MUST_CHECK bool wf_script_load(struct wf_script *script, const char *name,
                                  const char *text, size_t len,
                                  weft_error *err);

/* Whether the file `name` was loaded and has this function. True of a script
 * that has ended: the call that follows then says why, and no hook that guards
 * is passed over. */
bool wf_script_has(struct wf_script *script, const char *name,
                   const char *function);

/* Calls `function` of the file `name` with `args` (an array). Objects arrive
 * as tables, and the tables of the first `n_back` arguments are given back in
 * `*back` (an array of trees) as the function left them: so a hook changes a
 * document by assigning. `*result` is the first value returned, NULL if none.
 * A table given back may not hold functions, cycles, NaN or broken UTF-8, be
 * deeper than 32 or have more than 100,000 entries: WEFT_E_SCRIPT.
 * A table whose keys are 1 to n is an array, one with text keys an object with
 * its members sorted; an empty one is an object, unless it came in as an array.
 * JSON's null is absent in an object that comes in, and the value `null` in an
 * array; scripts may use `null` in both. Integers beyond 2^53 are refused.
 * Errors: WEFT_E_SCRIPT, text "FILE:LINE: …"; whatever a host failed with. */
struct wf_script_call {
    const char *name;
    const char *function;
    const struct wf_json *args;
    size_t n_back;
    struct wf_json *result;
    struct wf_json *back;
};
WF_MUST_CHECK bool wf_script_call(struct wf_script *script,
                                  struct wf_arena *arena,
                                  struct wf_script_call *call, weft_error *err);

/* For the compiler: the functions that `text` defines at its top (their names
 * and lines), and its mistakes as findings. Runs the chunk under the command
 * budget with no host function. */
struct wf_script_function {
    const char *name;
    int line;
};
struct wf_script_outline {
    struct wf_script_function *at;
    size_t n;
    const char **requires;
    size_t n_requires;
};
bool wf_script_check(struct wf_arena *arena, const char *file, const char *text,
                     size_t len,
                     const char *(*find_script)(void *, const char *),
                     void *self, struct wf_script_outline *out,
                     struct wf_diags *diags);

#endif
