/* fuzz/fuzz_target.c - request targets and forms, as strangers send them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "http/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* What is accepted is sound text in segments that stay where they are. */
static void check(const struct http_target *target)
{
    for (size_t i = 0; i < target->n_segments; i++) {
        const char *segment = target->segments[i];

        if (strchr(segment, '/') || strcmp(segment, "..") == 0
            || !wf_utf8_is_valid(segment, strlen(segment)))
            abort();
    }
    for (size_t i = 0; i < target->params.n; i++) {
        const weft_param *param = &target->params.at[i];

        if (http_params_find(&target->params, param->name) != param->value)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct wf_arena *arena = wf_arena_new();
    struct http_target target;
    weft_error err = WEFT_ERROR_INIT;

    if (http_target_parse(arena, wf_arena_mem(arena, data, len), &target, &err))
        check(&target);
    else if (err.code == WEFT_OK)
        abort();
    wf_arena_free(arena);
    return 0;
}
