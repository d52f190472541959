/* unit/def/test_expr_functions.c - the table of functions: its help, calls by
 * hooks, and the tree for the browser.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "world.h"

static struct wf_arena *arena;
static struct expr_world *world;

static void setup(void)
{
    arena = wf_arena_new();
    world = world_of(arena, NULL);
}

static void teardown(void)
{
    wf_arena_free(arena);
}

START_TEST(every_function_has_a_signature_of_its_name_and_a_help)
{
    const struct wf_function_help *f;
    size_t n = 0;

    for (; (f = wf_function_help(n)); n++) {
        ck_assert(wf_str_starts(f->signature, f->name));
        ck_assert_int_eq(f->signature[strlen(f->name)], '(');
        ck_assert(wf_str_ends(f->help, "."));
    }
    ck_assert_uint_eq(n, 43);
}
END_TEST

static const char *called(const char *name, const char *args)
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *out;

    if (!wf_function_call(&world->env, name, json_of(arena, args), &out, &err))
        return wf_arena_printf(arena, "%s: %s", weft_code_name(err.code),
                               err.text);
    return wf_json_dump(arena, out);
}

/* clang-format off */
static const struct {
    const char *name, *args, *outcome;
} calls[] = {
    { "sum", "[[1,2,null,3]]", "6" },
    { "sum", "[{}]", "0" },
    { "avg", "[[1,2]]", "1.5" },
    { "avg", "[[1,null],'drop']", "1" },
    { "avg", "[[1,null]]",
      "invalid: `avg` can meet a part that is absent; say what that does, by "
      "'drop', 'zero' or 'block' as the last argument." },
    { "weighted", "[[1,2],[3,1],'drop']", "1.25" },
    { "weighted", "[[1,2],[3],'zero']", "1" },
    { "min", "[3,1,2]", "1" },
    { "max", "[null,2,'drop']", "2" },
    { "count", "[['a','b']]", "2" },
    { "band", "[95,90,'A','B']", "\"A\"" },
    { "band", "[null,90,'A','B']", "null" },
    { "clamp", "[200,0,120]", "120" },
    { "round", "[1.005,2]", "1.01" },
    { "days", "['2026-10-01','2026-10-12']", "11" },
    { "prev", "['2026-Q1']", "\"2025-Q4\"" },
    { "today", "[]", "\"2026-10-12\"" },
    { "manager", "['7']", "\"8\"" },
    { "grade", "['7']", "6" },
    { "contains", "[['a'],'a']", "true" },
    { "concat", "[['a','b'],'-']", "\"a-b\"" },
    { "if_", "[true,1,2]", "1" },
    { "round", "['x']",
      "invalid: Argument 1 of `round` is a number, but `\"x\"` is a text: "
      "`round(x, digits)`." },
    { "clamp", "[1]", "invalid: `clamp` is called with 1 arguments; it is "
                      "`clamp(x, low, high)`." },
    { "clam", "[1]", "invalid: unknown function `clam`; did you mean "
                     "`clamp`?" },
    { "sum", "[5]", "invalid: `5` is a number, but `sum` goes through a "
                    "column, a list, or a table: `sum(column) or "
                    "sum(table, expression)`." },
    { "stale", "[14]", "false" },
};
/* clang-format on */

START_TEST(a_hook_calls_a_function_with_plain_values)
{
    ck_assert_str_eq(called(calls[_i].name, calls[_i].args), calls[_i].outcome);
}
END_TEST

START_TEST(a_hook_with_too_many_arguments_is_refused)
{
    struct wf_buf args = WF_BUF_INIT(arena);

    wf_buf_str(&args, "[1");
    for (int i = 0; i < 64; i++)
        wf_buf_str(&args, ",1");
    wf_buf_str(&args, "]");

    ck_assert_str_eq(called("min", wf_buf_text(&args)),
                     "invalid: A function takes at most 64 arguments.");
}
END_TEST

static const char *tree_of(const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_json_writer writer = WF_JSON_WRITER_INIT(&out);

    wf_expr_json(linked(world, text), &writer);
    return wf_buf_text(&out);
}

/* clang-format off */
static const struct {
    const char *text, *tree;
} trees[] = {
    { "-a + 1", "{'op':'+','args':[{'op':'neg','args':[{'op':'field',"
                "'field':'a','type':'number'}]},{'op':'const','value':1}]}" },
    { "due == '2026-12-31'",
      "{'op':'==','args':[{'op':'field','field':'due','type':'date'},"
      "{'op':'const','value':'2026-12-31','type':'date'}]}" },
    { "sum(lines.price)",
      "{'op':'call','name':'sum','over':'rows','table':'lines','args':["
      "{'op':'row','field':'price','type':'number'}]}" },
    { "max(lines, amount, 'drop')",
      "{'op':'call','name':'max','over':'rows','table':'lines',"
      "'absent':'drop','args':[{'op':'row','field':'amount',"
      "'type':'number'}]}" },
    { "max(a, nil)", "{'op':'call','name':'max','over':'values','args':["
                     "{'op':'field','field':'a','type':'number'},"
                     "{'op':'const','value':null}]}" },
    { "contains(lines.name, 'x')",
      "{'op':'call','name':'contains','args':[{'op':'column',"
      "'table':'lines','field':'name','type':'text'},{'op':'const',"
      "'value':'x'}]}" },
    { "not true", "{'op':'not','args':[{'op':'const','value':true}]}" },
    { "owner.name", "{'op':'person','part':'name','args':[{'op':'field',"
                    "'field':'owner','type':'person'}]}" },
    { "parent.title", "{'op':'follow','field':'title','type':'text','args':["
                      "{'op':'field','field':'parent','type':'link'}]}" },
    { "settings.cap", "{'op':'setting','name':'cap','type':'number'}" },
    { "step", "{'op':'name','name':'step','type':'text'}" },
    { "len(lines)", "{'op':'call','name':'len','args':[{'op':'table',"
                    "'field':'lines'}]}" },
    { "scale_label(mark)",
      "{'op':'call','name':'scale_label','points':[[3,'好'],[2,'中'],"
      "[1,'差']],'args':[{'op':'field','field':'mark','type':'number'}]}" },
};
/* clang-format on */

START_TEST(the_tree_is_told_to_the_browser)
{
    ck_assert_str_eq(tree_of(trees[_i].text),
                     wf_json_dump(arena, json_of(arena, trees[_i].tree)));
}
END_TEST

TCase *expr_functions_tests(void)
{
    TCase *tc = tcase_create("def/expr_functions");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, every_function_has_a_signature_of_its_name_and_a_help);
    tcase_add_loop_test(tc, a_hook_calls_a_function_with_plain_values, 0,
                        WF_COUNT(calls));
    tcase_add_test(tc, a_hook_with_too_many_arguments_is_refused);
    tcase_add_loop_test(tc, the_tree_is_told_to_the_browser, 0,
                        WF_COUNT(trees));
    return tc;
}
