/* fuzz/fuzz_formula.c - formulas and templates of strangers: what is read can
 * be linked or is told what is wrong; what links runs within its budget, can
 * be explained, and has a tree that is JSON.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support/expr_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const char WORLD[] =
    "{\"now\":\"2026-10-12T01:00:00Z\",\"zone\":\"Asia/Shanghai\","
    "\"package\":{\"settings\":{\"cap\":10,\"word\":\"x\"},"
    "\"scales\":{\"two\":[[\"a\",2,\"A\"],[\"b\",1,\"B\"]]}},"
    "\"people\":{\"7\":{\"login\":\"z\",\"grade\":6,\"manager\":\"7\"}},"
    "\"documents\":{\"100\":{\"data\":{\"title\":\"t\"}}},"
    "\"forms\":{\"task\":[{\"id\":\"title\",\"type\":\"text\"}]},"
    "\"names\":{\"step\":\"draft\",\"creator\":\"7\",\"version\":2},"
    "\"approver\":true,"
    "\"fields\":[{\"id\":\"owner\",\"type\":\"person\"},"
    "{\"id\":\"a\",\"type\":\"number\"},{\"id\":\"b\",\"type\":\"number\"},"
    "{\"id\":\"t\",\"type\":\"text\"},{\"id\":\"d\",\"type\":\"date\"},"
    "{\"id\":\"w\",\"type\":\"datetime\"},{\"id\":\"p\",\"type\":\"period\"},"
    "{\"id\":\"f\",\"type\":\"boolean\"},{\"id\":\"l\",\"type\":\"tags\"},"
    "{\"id\":\"k\",\"type\":\"link\",\"form\":\"task\"},"
    "{\"id\":\"m\",\"type\":\"money\"},{\"id\":\"h\",\"type\":\"duration\"},"
    "{\"id\":\"r\",\"type\":\"rating\",\"scale\":\"two\"},"
    "{\"id\":\"c\",\"type\":\"choice\",\"options\":[\"x\",\"y\"]},"
    "{\"id\":\"s\",\"type\":\"number\",\"private\":true},"
    "{\"id\":\"g\",\"type\":\"items\",\"columns\":["
    "{\"id\":\"n\",\"type\":\"number\",\"required\":true},"
    "{\"id\":\"o\",\"type\":\"number\"},{\"id\":\"q\",\"type\":\"date\"},"
    "{\"id\":\"u\",\"type\":\"text\"}]}],"
    "\"data\":{\"owner\":\"7\",\"a\":6,\"t\":\"季\",\"d\":\"2026-10-01\","
    "\"w\":\"2026-10-01T00:00:00Z\",\"p\":\"2026-Q4\",\"f\":true,"
    "\"l\":[\"x\"],\"k\":\"100\",\"m\":{\"amount\":5,\"currency\":\"CNY\"},"
    "\"h\":\"2d\",\"r\":\"a\",\"c\":\"x\","
    "\"g\":[{\"n\":1,\"o\":2,\"q\":\"2026-01-01\",\"u\":\"v\"},{\"n\":3}]}}";

static bool may_see(void *self, const struct wf_field *field)
{
    (void)self;
    return field->id[0] != 'b';
}

static struct wf_json *read_json(struct wf_arena *arena, const char *text)
{
    const struct wf_json_limits limits = { 1000, 100000 };
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json = NULL;

    if (!wf_json_parse(arena, text, strlen(text), &limits, &json, &err))
        abort();
    return json;
}

static void run(struct expr_world *world, const struct wf_expr *expr)
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_buf tree = WF_BUF_INIT(world->arena);
    struct wf_json_writer writer = WF_JSON_WRITER_INIT(&tree);
    struct wf_json *told = NULL;
    struct wf_value value;

    if (!wf_expr_eval(expr, &world->env, &value, &err)) {
        if (err.code != WEFT_E_SCRIPT)
            abort();
        return;
    }
    read_json(world->arena,
              wf_json_dump(world->arena, wf_value_plain(world->arena, value)));
    if (wf_expr_explain(expr, &world->env, may_see, NULL, &told, &err))
        wf_json_dump(world->arena, told);
    wf_expr_json(expr, &writer);
    read_json(world->arena, wf_buf_text(&tree));
}

static void run_template(struct expr_world *world, const char *text)
{
    struct wf_diags diags = WF_DIAGS_INIT(world->arena, "zh-CN");
    weft_error err = WEFT_ERROR_INIT;
    struct wf_place place = { "t", 1, 1 };
    struct wf_template *template =
        wf_template_parse(world->arena, place, text, &diags);
    const char *out;

    if (template
        && wf_template_link(world->arena, template, &world->scope, &diags)
        && !wf_template_fill(template, &world->env, &out, &err)
        && err.code != WEFT_E_SCRIPT)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct expr_world world;
    const char *text = wf_arena_mem(arena, data, len);
    struct wf_expr *expr;

    expr_world_init(&world, arena, NULL, read_json(arena, WORLD));
    expr = expr_world_link(&world, text, WF_T_ANY, &diags);
    if (!expr && !diags.n_errors)
        abort(); /* refused without a reason */
    if (expr)
        run(&world, expr);
    run_template(&world, text);
    return 0;
}
