/* unit/def/test_expr_vectors.c - replays tests/vectors/formulas.json, which the
 * browser's twin replays as well: each case is parsed, linked and evaluated.
 *
 * A case that names an error is one that must not link, and whose first finding
 * has this code. Every difference is printed before the test fails.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>

#include "def/expr.h"
#include "support/expr_world.h"
#include "support/form_by_hand.h"

static struct wf_json *read_vectors(struct wf_arena *arena)
{
    static const char path[] = "tests/vectors/formulas.json";
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_buf text = WF_BUF_INIT(arena);
    struct wf_json *json = NULL;
    FILE *file = fopen(path, "rb");
    size_t n;

    ck_assert_ptr_nonnull(file);
    while ((n = fread(wf_buf_room(&text, 65536), 1, 65536, file)) > 0)
        text.len += n;
    fclose(file);
    if (!wf_json_parse(arena, text.data, text.len, &limits, &json, &err))
        ck_abort_msg("%s: %s", path, err.text);
    return json;
}

static const char *text(const struct wf_json *json, const char *key)
{
    return wf_json_str(wf_json_get(json, key));
}

/* What came out, as JSON: {"value":…} or {"error":code}. */
static const char *outcome(struct expr_world *world,
                           const struct wf_json *vector)
{
    struct wf_diags diags = WF_DIAGS_INIT(world->arena, "en");
    weft_error err = WEFT_ERROR_INIT;
    struct wf_value value;
    struct wf_expr *expr =
        expr_world_link(world, text(vector, "expr"), WF_T_ANY, &diags);

    if (!expr)
        return wf_arena_printf(world->arena, "error %s", diags.at[0].code);
    if (!wf_expr_eval(expr, &world->env, &value, &err))
        return wf_arena_printf(world->arena, "failed %s", err.text);
    return wf_json_dump(world->arena, wf_value_plain(world->arena, value));
}

static bool agrees(const struct wf_json *vectors, const struct wf_json *vector)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct expr_world world;
    const char *wanted, *seen;

    expr_world_init(&world, arena, vectors, vector);
    wanted = text(vector, "error")
                 ? wf_arena_printf(arena, "error %s", text(vector, "error"))
                 : wf_json_dump(arena, wf_json_get(vector, "value"));
    seen = outcome(&world, vector);
    if (wf_streq(wanted, seen))
        return true;
    fprintf(stderr, "%s: %s\n  wanted %s\n  seen   %s\n", text(vector, "name"),
            text(vector, "expr"), wanted, seen);
    return false;
}

START_TEST(every_vector_gives_what_it_says)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_json *vectors = read_vectors(arena);
    const struct wf_json *cases = wf_json_get(vectors, "cases");
    size_t n_wrong = 0;

    for (size_t i = 0; i < wf_json_len(cases); i++)
        n_wrong += !agrees(vectors, cases->u.array.at[i]);

    ck_assert_uint_ge(wf_json_len(cases), 250);
    ck_assert_uint_eq(n_wrong, 0);
}
END_TEST

TCase *expr_vectors_tests(void)
{
    TCase *tc = tcase_create("def/expr_vectors");

    tcase_add_test(tc, every_vector_gives_what_it_says);
    return tc;
}
