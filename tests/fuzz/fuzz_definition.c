/* fuzz/fuzz_definition.c - forms and packages of strangers: what compiles has a
 * model that is JSON, and differs in nothing from itself; what does not is
 * told why.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "support/package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void look_at(struct wf_arena *arena, const struct wf_form *form)
{
    const struct wf_json_limits limits = { 1000, 1000000 };
    struct wf_buf model = WF_BUF_INIT(arena), diff = WF_BUF_INIT(arena);
    struct wf_json_writer to_model = WF_JSON_WRITER_INIT(&model);
    struct wf_json_writer to_diff = WF_JSON_WRITER_INIT(&diff);
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json;

    wf_form_json(form, NULL, "en", &to_model);
    if (!wf_json_parse(arena, wf_buf_text(&model), model.len, &limits, &json,
                       &err))
        abort();
    wf_form_diff(form, form, "zh-CN", &to_diff);
    if (diff.len != 2)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "zh-CN");
    struct wf_compile_options options = { .package = "p" };
    struct wf_text_file files[] = {
        { "x.xml", wf_arena_mem(arena, data, len), len },
        package_files[0],
        package_files[1],
    };
    struct wf_bundle bundle;

    /* alone, then beside a package that it may be an overlay in */
    for (size_t n = 1; n <= WF_COUNT(files); n += 2) {
        size_t n_before = diags.n_errors;

        wf_compile(arena, files, n, &options, &diags, &bundle);
        if (diags.n_errors > n_before)
            continue;
        for (const struct wf_compiled *at = bundle.compiled; at; at = at->next)
            if (at->form)
                look_at(arena, at->form);
    }
    return 0;
}
