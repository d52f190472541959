/* fuzz/fuzz_pattern.c - patterns and texts of strangers: before the first line
 * feed the pattern, behind it what it is matched with. What our parser takes,
 * PCRE2 must take too, and the text must be cut, folded and spelled.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/pattern.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void try_pattern(struct wf_arena *arena, const char *pattern,
                        struct wf_str text)
{
    weft_error err = WEFT_ERROR_INIT;
    const struct wf_pattern *compiled;

    if (wf_pattern_compile(arena, pattern, &compiled, &err))
        wf_pattern_matches(compiled, text.at, text.len);
    else if (err.code != WEFT_E_INVALID || strstr(err.text, "cannot be read"))
        abort();
}

static void try_text(struct wf_arena *arena, struct wf_str text)
{
    struct wf_buf tokens = WF_BUF_INIT(arena);

    wf_text_nfc(arena, text);
    wf_text_initials(arena, wf_arena_slice(arena, text));
    wf_text_tokens(&tokens, text.at, text.len);
    if (wf_utf8_is_valid(text.at, text.len)
        && !wf_utf8_is_valid(wf_buf_text(&tokens), tokens.len))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_str text = { (const char *)data, len };
    struct wf_str pattern;

    if (!wf_str_split(&text, '\n', &pattern))
        return 0;
    try_pattern(arena, wf_arena_slice(arena, pattern), text);
    try_text(arena, text);
    return 0;
}
