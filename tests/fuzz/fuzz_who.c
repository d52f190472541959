/* fuzz/fuzz_who.c - words for people: what is read can be written, and what is
 * written reads as the same.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "def/who.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const struct wf_who *parse(struct wf_arena *arena, const char *text,
                                  struct wf_diags *diags)
{
    struct wf_place place = { "who", 1, 1 };

    return wf_who_parse(arena, place, text, NULL, WF_WHO_FOR_WORK, diags);
}

static const char *write(struct wf_arena *arena, const struct wf_who *who)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    wf_who_write(&out, who);
    return wf_buf_text(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "zh-CN");
    const struct wf_who *who =
        parse(arena, wf_arena_mem(arena, data, len), &diags);
    const struct wf_who *again;
    const char *text;

    if (!who && !diags.n_errors)
        abort(); /* refused without a reason */
    if (!who)
        return 0;
    (void)wf_who_needs_document(who);
    text = write(arena, who);
    again = strlen(text) < 8000 ? parse(arena, text, &diags) : who;
    if (!again || strcmp(text, write(arena, again)))
        abort();
    return 0;
}
