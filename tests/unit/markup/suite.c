/* unit/markup/suite.c - runs the tests of markup/.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/buf.h"

struct bench bench;

void bench_setup(void)
{
    bench.arena = wf_arena_new();
    bench.diags = (struct wf_diags)WF_DIAGS_INIT(bench.arena, "en");
}

void bench_teardown(void)
{
    wf_arena_free(bench.arena);
}

struct wf_elem *bench_parse(const char *text)
{
    return wf_xml_parse(bench.arena, "t.xml", text, strlen(text), &bench.diags);
}

const char *bench_findings(void)
{
    struct wf_buf out = WF_BUF_INIT(bench.arena);

    for (size_t i = 0; i < bench.diags.n; i++) {
        const struct wf_diag *diag = &bench.diags.at[i];
        wf_buf_printf(&out, "%d:%d: %s\n", diag->place.line, diag->place.column,
                      diag->message);
    }
    return wf_buf_text(&out);
}

const char *bench_written(const struct wf_elem *elem)
{
    struct wf_buf out = WF_BUF_INIT(bench.arena);

    wf_elem_write(&out, elem);
    return wf_buf_text(&out);
}

/* clang-format off */
static suite_tests_fn *const tests[] = {
    elem_tests,
    patch_tests,
    schema_tests,
    zip_tests,
};
/* clang-format on */

int main(void)
{
    return suite_run("markup", tests, sizeof tests / sizeof tests[0]);
}
