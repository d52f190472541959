/* fuzz/fuzz_script.c - scripts of strangers: compiled, run, called with a
 * document, under a small budget. Whatever they are, there is an answer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "script/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char DOCUMENT[] =
    "[{\"a\":1,\"list\":[1,2,{\"b\":null}],\"text\":\"\xE7\xBB\xA9\"},\"x\"]";

/* Gives its first argument back, and refuses to do so without one. */
static bool echo(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    (void)self;
    (void)host;
    (void)arena;
    if (wf_json_len(args) == 0)
        return wf_fail(err, WEFT_E_INVALID, "%s", "nothing");
    *result = args->u.array.at[0];
    return true;
}

static const struct wf_host hosts[] = { { "echo", echo, 10, "", "" } };

static void call_all(struct wf_arena *arena, struct wf_script *script,
                     const struct wf_script_outline *outline)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *args;

    if (!wf_json_parse(arena, DOCUMENT, strlen(DOCUMENT), &limits, &args, &err))
        abort(); /* the document is sound */
    for (size_t i = 0; i < outline->n; i++) {
        struct wf_script_call call = { "fuzz", outline->at[i].name,
                                       args,   1,
                                       NULL,   NULL };
        if (wf_script_call(script, arena, &call, &err))
            assert(wf_json_len(call.back) == 1);
        else
            assert(err.code != WEFT_OK);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_budget budget = { 200000, 20000, 4u << 20 };
    const struct wf_script_options options = {
        .budget = &budget,
        .hosts = hosts,
        .n_hosts = WF_COUNT(hosts),
    };
    struct wf_script_outline outline = { NULL, 0, NULL, 0 };
    const char *text = wf_arena_mem(arena, data, size);
    struct wf_script *script = wf_script_new(&options);
    weft_error err = WEFT_ERROR_INIT;

    if (!wf_script_check(arena, "fuzz", text, size, NULL, NULL, &outline,
                         &diags))
        assert(diags.n_errors == 1);
    if (wf_script_load(script, "fuzz", text, size, &err))
        call_all(arena, script, &outline);
    wf_script_free(script);
    return 0;
}
