/* browser/trees.c - the formulas of tests/vectors as the trees that a browser
 * gets of them, for the browser's twin to work out.
 *
 *     test_browser VECTORS.json >TREES
 *
 * A line of JSON for each case that has a value: its tree.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "def/expr.h"
#include "support/expr_world.h"

static bool tell(const struct wf_json *common, const struct wf_json *vector)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_buf text = WF_BUF_INIT(arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    struct expr_world world;
    struct wf_expr *expr;

    expr_world_init(&world, arena, common, vector);
    expr = expr_world_link(&world, wf_json_str(wf_json_get(vector, "expr")),
                           WF_T_ANY, &diags);
    if (!expr)
        return false;
    wf_expr_json(expr, &out);
    puts(wf_buf_text(&text));
    return true;
}

static bool read_vectors(struct wf_arena *arena, const char *path,
                         struct wf_json **out)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_buf text = WF_BUF_INIT(arena);
    weft_error err = WEFT_ERROR_INIT;
    FILE *file = fopen(path, "rb");
    size_t n;

    if (!file)
        return false;
    while ((n = fread(wf_buf_room(&text, 65536), 1, 65536, file)) > 0)
        text.len += n;
    fclose(file);
    return wf_json_parse(arena, text.data, text.len, &limits, out, &err);
}

int main(int argc, char **argv)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_json *vectors = NULL;
    const struct wf_json *cases;

    if (argc != 2 || !read_vectors(arena, argv[1], &vectors)) {
        fputs("test_browser VECTORS.json\n", stderr);
        return EXIT_FAILURE;
    }
    cases = wf_json_get(vectors, "cases");
    for (size_t i = 0; i < wf_json_len(cases); i++)
        if (!wf_json_get(cases->u.array.at[i], "error")
            && !tell(vectors, cases->u.array.at[i]))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
