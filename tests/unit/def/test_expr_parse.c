/* unit/def/test_expr_parse.c - what is no formula, and what is said of it.
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

/* clang-format off */
static const struct {
    const char *text, *finding;
} mistakes[] = {
    { "a = b", "syntax 1:3 `=` compares nothing here; write `==`. A formula "
               "assigns nothing either." },
    { "a != b", "syntax 1:3 `!=` is written `~=` here." },
    { "a && b", "syntax 1:3 `&&` is written `and` here." },
    { "a || b", "syntax 1:3 `||` is written `or` here." },
    { "!a", "syntax 1:1 `!` is written `not` here." },
    { "a ? 1 : 2", "syntax 1:3 `?` is written `if_(condition, then, else)` "
                   "here." },
    { "sum（a）", "syntax 1:4 `（` is written `(` here." },
    { "a ≥ 1", "syntax 1:3 `≥` is written `>=` here." },
    { "总分 + 1", "syntax 1:1 `总` means nothing in a formula. Texts stand in "
                  "quotes; fields are named by their id." },
    { "return a", "syntax 1:1 There is no `return`: a formula is one "
                  "expression, without loops, functions or assignments. "
                  "Choose with `if_(condition, then, else)`." },
    { "1 < a <= 5", "syntax 1:7 Comparisons do not chain; write `a < b and b "
                    "<= c`." },
    { "(a + b", "syntax 1:1 This `(` is not closed; add `)`." },
    { "min(a b)", "syntax 1:7 Before `b` an operator, `,` or `)` is "
                  "missing." },
    { "min(a, )", "syntax 1:8 `)` stands where a value is missing." },
    { "a +", "syntax 1:4 The formula ends where a value is missing." },
    { "a b", "syntax 1:3 `b` stands where the formula should end; an operator "
             "is missing before it, or a `(` is." },
    { "'a", "syntax 1:1 This text is not closed; add the quote ' at its "
            "end." },
    { "'季\\q'", "syntax 1:3 This `\\` begins no escape of Lua; write `\\\\` "
                 "for a backslash." },
    { "'\\xff'", "syntax 1:1 This text is not UTF-8 without U+0000; look at "
                 "its escapes." },
    { "12abc", "syntax 1:1 `12abc` is not a number; numbers are decimal, such "
               "as 12.5 or 1e6." },
    { "owner.", "syntax 1:7 Behind `.` the name of a part is missing." },
    { "", "syntax 1:1 The formula is empty; write a value, or leave the "
          "attribute out." },
};
/* clang-format on */

START_TEST(a_mistake_is_told_at_its_place_with_what_to_write)
{
    ck_assert_str_eq(findings_of(world, mistakes[_i].text, WF_T_ANY, "en"),
                     mistakes[_i].finding);
}
END_TEST

START_TEST(a_mistake_is_told_in_chinese)
{
    ck_assert_str_eq(findings_of(world, "a != b", WF_T_ANY, "zh-CN"),
                     "syntax 1:3 这里 `!=` 要写成 `~=`。");
}
END_TEST

START_TEST(a_place_counts_lines_and_characters)
{
    ck_assert_str_eq(
        findings_of(world, "a ..\n'季度' .. wrong", WF_T_ANY, "en"),
        "unknown 2:9 unknown field `wrong`; a text stands in quotes: "
        "'wrong'.");
}
END_TEST

/* `n` times `open`, 1, `n` times `close`. */
static const char *nested(const char *open, const char *close, int n)
{
    struct wf_buf text = WF_BUF_INIT(arena);

    for (int i = 0; i < n; i++)
        wf_buf_str(&text, open);
    wf_buf_char(&text, '1');
    for (int i = 0; i < n; i++)
        wf_buf_str(&text, close);
    return wf_buf_text(&text);
}

START_TEST(depth_up_to_the_limit_is_read_and_beyond_is_refused)
{
    static const char *const shapes[][2] = {
        { "(", ")" },    { "- ", "" },      { "", " + 1" },
        { "", " .. 1" }, { "floor(", ")" }, { "not ", "" },
    };
    const char *open = shapes[_i][0], *close = shapes[_i][1];

    const char *within =
        findings_of(world, nested(open, close, 198), WF_T_ANY, "en");
    const char *beyond =
        findings_of(world, nested(open, close, 1000), WF_T_ANY, "en");

    ck_assert_str_eq(within, "");
    ck_assert_ptr_nonnull(strstr(beyond, "nested deeper than 200"));
}
END_TEST

START_TEST(a_text_up_to_the_limit_is_read_and_beyond_is_refused)
{
    char *text = wf_arena_alloc(arena, 10242);

    memset(text, ' ', 10241);
    text[0] = '1';
    ck_assert_ptr_nonnull(strstr(findings_of(world, text, WF_T_ANY, "en"),
                                 "longer than 10240 bytes"));
    text[10240] = '\0';
    ck_assert_str_eq(findings_of(world, text, WF_T_ANY, "en"), "");
}
END_TEST

START_TEST(more_arguments_than_the_limit_are_refused)
{
    struct wf_buf text = WF_BUF_INIT(arena);

    wf_buf_str(&text, "min(1");
    for (int i = 0; i < 64; i++)
        wf_buf_str(&text, ", 1");
    wf_buf_str(&text, ")");

    ck_assert_ptr_nonnull(
        strstr(findings_of(world, wf_buf_text(&text), WF_T_ANY, "en"),
               "at most 64 arguments"));
}
END_TEST

START_TEST(what_is_not_utf8_is_refused)
{
    ck_assert_str_eq(findings_of(world, "'\xff'", WF_T_ANY, "en"),
                     "syntax 1:1 The formula is not UTF-8.");
}
END_TEST

TCase *expr_parse_tests(void)
{
    TCase *tc = tcase_create("def/expr_parse");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, a_mistake_is_told_at_its_place_with_what_to_write,
                        0, WF_COUNT(mistakes));
    tcase_add_test(tc, a_mistake_is_told_in_chinese);
    tcase_add_test(tc, a_place_counts_lines_and_characters);
    tcase_add_loop_test(tc, depth_up_to_the_limit_is_read_and_beyond_is_refused,
                        0, 6);
    tcase_add_test(tc, a_text_up_to_the_limit_is_read_and_beyond_is_refused);
    tcase_add_test(tc, more_arguments_than_the_limit_are_refused);
    tcase_add_test(tc, what_is_not_utf8_is_refused);
    return tc;
}
