/* unit/def/test_template.c - titles and messages with expressions in braces.
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

static const struct wf_place place = { "test.form.xml", 7, 10 };

/* What it gives, or its findings. */
static const char *filled(const char *text)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    weft_error err = WEFT_ERROR_INIT;
    struct wf_template *template =
        wf_template_parse(arena, place, text, &diags);
    const char *out;

    if (!template || !wf_template_link(arena, template, &world->scope, &diags))
        return wf_arena_printf(arena, "%d: %s", diags.at[0].place.column,
                               diags.at[0].message);
    if (!wf_template_fill(template, &world->env, &out, &err))
        return err.text[0] ? wf_arena_str(arena, err.text) : "failed";
    return out;
}

/* clang-format off */
static const struct {
    const char *text, *filled;
} templates[] = {
    { "", "" },
    { "plain 文字", "plain 文字" },
    { "{owner.name}:{a}", "张伟:1" },
    { "{owner} 和 {people}", "张伟 和 张伟, 李娜" },
    { "{due}|{tags}", "x, y" },
    { "满意度 {a} {due}", "满意度 1" },
    { "满意度 {due} {a}", "满意度 1" },
    { "{due} 公司聚焦", "公司聚焦" },
    { "{owner.name} {due} – {due}", "张伟" },
    { "{owner.name}：{due}", "张伟" },
    { "{due}, {due}", "" },
    { "到期：{due}", "到期：" },
    { "{due}：{a}", "1" },
    { " - {a} - ", " - 1 - " },
    { "{owner.unit} 周会", "销售部 周会" },
    { "{a / 3}", "0.333333333333333" },
    { "{{a}} {'}'} }}{a}{{", "{a} } }1{" },
    { "{if_(a > 0, '\\'}', 'n')}", "'}" },
    { "{parent.title}", "任务" },
    { "季{", "11: This `{` is not closed; add `}`, or write `{{` for a brace "
             "that is meant." },
    { "季}x", "11: This `}` closes nothing; a brace that is meant is written "
              "`}}`." },
    { "季 {}", "13: The formula is empty; write a value, or leave the "
               "attribute out." },
    { "季 {wrong}", "13: unknown field `wrong`; a text stands in quotes: "
                    "'wrong'." },
    { "\xff", "10: The text is not UTF-8." },
};
/* clang-format on */

START_TEST(a_template_gives_its_text_or_says_what_is_wrong)
{
    ck_assert_str_eq(filled(templates[_i].text), templates[_i].filled);
}
END_TEST

START_TEST(a_choice_is_shown_by_its_label)
{
    const struct wf_field *method = wf_map_find(&world->form->paths, "method");
    struct wf_words words = { "zh-CN", { "手工" }, NULL };

    method->choices->options->next->words = &words;

    ck_assert_str_eq(filled("{method}"), "手工");
}
END_TEST

START_TEST(a_template_over_its_budget_fails)
{
    world->units = 1;

    ck_assert_ptr_nonnull(strstr(filled("{a}{b}"), "took too long"));
}
END_TEST

TCase *template_tests(void)
{
    TCase *tc = tcase_create("def/template");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, a_template_gives_its_text_or_says_what_is_wrong, 0,
                        WF_COUNT(templates));
    tcase_add_test(tc, a_choice_is_shown_by_its_label);
    tcase_add_test(tc, a_template_over_its_budget_fails);
    return tc;
}
