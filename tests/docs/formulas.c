/* docs/formulas.c - works out formulas for the suite of the documentation.
 *
 *     test_docs WORLD.json <FORMULAS >VALUES
 *
 * WORLD.json is a world of support/expr_world.h. Each line of the input is an
 * expression, each line of the output its value as JSON, or "error: " with what
 * the linker says.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "def/expr.h"
#include "support/expr_world.h"

static void tell(struct wf_arena *arena, const struct wf_json *common,
                 const char *text)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    weft_error err = WEFT_ERROR_INIT;
    struct expr_world world;
    struct wf_value value;
    struct wf_expr *expr;

    expr_world_init(&world, arena, common, NULL);
    expr = expr_world_link(&world, text, WF_T_ANY, &diags);
    if (!expr)
        printf("error: %s\n", diags.at[0].message);
    else if (!wf_expr_eval(expr, &world.env, &value, &err))
        printf("error: %s\n", err.text);
    else
        printf("%s\n", wf_json_dump(arena, wf_value_plain(arena, value)));
}

static bool read_world(struct wf_arena *arena, const char *path,
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
    if (wf_json_parse(arena, text.data, text.len, &limits, out, &err))
        return true;
    fprintf(stderr, "%s: %s\n", path, err.text);
    return false;
}

int main(int argc, char **argv)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_json *common = NULL;
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    if (argc != 2 || !read_world(arena, argv[1], &common))
        return 1;
    while ((len = getline(&line, &room, stdin)) > 0) {
        if (line[len - 1] == '\n')
            line[len - 1] = '\0';
        tell(arena, common, line);
    }
    free(line);
    return 0;
}
