/* fuzz/fuzz_json.c - JSON of strangers: whatever is taken reads back as the
 * same after it was written, in both forms.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void read_again(struct wf_arena *arena, const struct wf_json *first,
                       const struct wf_buf *text)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *second = NULL;

    if (!wf_json_parse(arena, wf_buf_text(text), text->len, &limits, &second,
                       &err)
        || !wf_json_equal(first, second))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_buf plain = WF_BUF_INIT(arena);
    struct wf_buf sorted = WF_BUF_INIT(arena);
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json = NULL;

    if (!wf_json_parse(arena, (const char *)data, len, &limits, &json, &err))
        return 0;
    wf_json_write(&plain, json);
    wf_json_write_canonical(&sorted, json);
    read_again(arena, json, &plain);
    read_again(arena, json, &sorted);
    if (!wf_json_equal(json, wf_json_copy(arena, json)))
        abort();
    return 0;
}
