/* fuzz/fuzz_xml.c - XML of strangers: parsed, checked, patched by itself,
 * written and read again.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/embed.h"
#include "markup/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read can be written, and reads the same. */
static void round_trip(struct wf_arena *arena, const struct wf_elem *root,
                       struct wf_diags *diags)
{
    struct wf_buf once = WF_BUF_INIT(arena);
    struct wf_buf twice = WF_BUF_INIT(arena);
    const struct wf_elem *again;

    wf_elem_write(&once, root);
    again = wf_xml_parse(arena, "again.xml", once.data, once.len, diags);
    if (!again)
        return; /* indented it may be too large */
    wf_elem_write(&twice, again);
    assert(once.len == twice.len && !memcmp(once.data, twice.data, once.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "zh-CN");
    const char *text = wf_arena_mem(arena, data, size);
    struct wf_elem *root;

    wf_xml_parse_fragment(arena, "fragment", text, size, &diags);
    root = wf_xml_parse(arena, "fuzz.xml", text, size, &diags);
    assert(root || diags.n_errors > 0);
    if (!root)
        return 0;
    round_trip(arena, root, &diags);
    if (wf_embedded_find("weft-1.xsd"))
        wf_xml_check_schema(root, &diags);
    if (wf_patch_apply(arena, root, wf_elem_copy(arena, root), &diags))
        round_trip(arena, root, &diags);
    return 0;
}
