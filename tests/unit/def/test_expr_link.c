/* unit/def/test_expr_link.c - names, types and functions of formulas, and what
 * is said where they are wrong.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "def/expr_tree.h"
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
    { "1 + ownr", "unknown 1:5 unknown field `ownr`; did you mean `owner`?" },
    { "today", "unknown 1:1 `today` is a function; write `today(…)`." },
    { "sum(lines, pirce)",
      "unknown 1:12 unknown field `pirce`; did you mean `price`?" },
    { "lines.pirce",
      "unknown 1:1 `lines` has no `pirce`; did you mean `price`?" },
    { "summ(lines.price)",
      "unknown 1:1 unknown function `summ`; did you mean `sum`?" },
    { "settings.cup",
      "unknown 1:1 unknown setting `cup`; did you mean `cap`?" },
    { "owner.nmae",
      "unknown 1:1 `owner` has no `nmae`; did you mean `name`?" },
    { "parent.titel",
      "unknown 1:1 `parent` has no `titel`; did you mean `title`?" },
    { "method == 'maunal'",
      "unknown 1:11 `method` has no option 'maunal'; did you mean "
      "'manual'?" },
    { "a + lines.price",
      "type 1:5 `+` takes numbers, but `lines.price` is a whole column; name "
      "the table and what to work out in each row, as in "
      "`sum(table, a * b)`." },
    { "due - a", "type 1:1 `-` takes numbers, but `due` is a date; the days "
                 "between two are `days(a, b)`." },
    { "a + method", "type 1:5 `+` takes numbers, but `method` is a text." },
    { "a == 'x'", "type 1:1 `a` is a number and `'x'` is a text: `==` compares "
                  "like with like." },
    { "now() > due", "type 1:1 `now()` is a time and is compared with a date; "
                     "write `date(now())`." },
    { "owner == 'lina'", "type 1:1 A person is compared only with a person; "
                         "for a text compare the login: `owner.login`." },
    { "clamp(a, 1)", "arguments 1:1 `clamp` is called with 2 arguments; it is "
                     "`clamp(x, low, high)`." },
    { "round(method)", "type 1:7 Argument 1 of `round` is a number, but "
                       "`method` is a text: `round(x, digits)`." },
    { "avg(lines.amount)",
      "absent 1:1 `avg` can meet a part that is absent; say what that does, "
      "by 'drop', 'zero' or 'block' as the last argument." },
    { "secret", "private 1:1 `secret` is private: what is not private may not "
                "read it." },
    { "sum(lines.secret_price)",
      "private 1:5 `lines.secret_price` is private: what is not private may "
      "not read it." },
};
/* clang-format on */

START_TEST(a_mistake_is_told_once_with_what_to_write)
{
    ck_assert_str_eq(findings_of(world, mistakes[_i].text, WF_T_ANY, "en"),
                     mistakes[_i].finding);
}
END_TEST

START_TEST(several_mistakes_are_told_together)
{
    const char *found = findings_of(world, "wrong + 'x' * due", WF_T_ANY, "en");

    ck_assert_ptr_nonnull(strstr(found, "unknown 1:1 "));
    ck_assert_ptr_nonnull(strstr(found, "type 1:9 "));
    ck_assert_ptr_nonnull(strstr(found, "type 1:15 "));
}
END_TEST

START_TEST(a_type_is_named_in_the_language_of_the_findings)
{
    ck_assert_str_eq(findings_of(world, "a + method", WF_T_ANY, "zh-CN"),
                     "type 1:5 `+` 用于数字，而 `method` 是文本。");
}
END_TEST

/* clang-format off */
static const struct {
    const char *text;
    enum wf_type want;
    bool fits;
} wants[] = {
    { "a", WF_T_NUMBER, true },
    { "a", WF_T_TEXT, false },
    { "nil", WF_T_NUMBER, true },
    { "method", WF_T_TEXT, true },
    { "today()", WF_T_TEXT, true },
    { "owner", WF_T_TEXT, false },
    { "owner", WF_T_PERSON, true },
    { "'2026-12-31'", WF_T_DATE, true },
    { "'soon'", WF_T_DATE, false },
    { "now()", WF_T_DATE, false },
    { "a > 1", WF_T_BOOLEAN, true },
    { "due", WF_T_BOOLEAN, true },          /* whether there is one */
    { "count(lines)", WF_T_BOOLEAN, false }, /* always */
    { "tags", WF_T_LIST, true },
    { "unit(owner)", WF_T_UNIT, true },
    { "'sales'", WF_T_UNIT, true },
    { "parent", WF_T_LINK, true },
    { "a", WF_T_LINK, false },
};
/* clang-format on */

START_TEST(the_type_that_is_needed_is_checked)
{
    const char *found =
        findings_of(world, wants[_i].text, wants[_i].want, "en");

    ck_assert_msg(!*found == wants[_i].fits, "%s: %s", wants[_i].text, found);
}
END_TEST

START_TEST(what_is_kept_may_neither_follow_links_nor_ask_who_looks)
{
    struct expr_world *stored = world_of(arena, "{'stored':true}");

    ck_assert_ptr_nonnull(strstr(
        findings_of(stored, "parent.title", WF_T_ANY, "en"), "Use a rollup"));
    ck_assert_ptr_nonnull(strstr(findings_of(stored, "me.name", WF_T_ANY, "en"),
                                 "stored 1:1 `me`"));
    ck_assert_str_eq(findings_of(stored, "owner.name", WF_T_ANY, "en"), "");
}
END_TEST

START_TEST(without_a_form_only_functions_and_built_in_names_are_known)
{
    static const struct wf_scope nothing;
    struct wf_place place = { NULL, 1, 1 };
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_expr *sound = wf_expr_parse(arena, place, "1 + 1", &diags);
    struct wf_expr *wrong =
        wf_expr_parse(arena, place, "a + settings.cap", &diags);

    ck_assert(wf_expr_link(arena, sound, &nothing, WF_T_NUMBER, &diags));
    ck_assert(!wf_expr_link(arena, wrong, &nothing, WF_T_NUMBER, &diags));
    ck_assert_uint_eq(diags.n, 2);
}
END_TEST

static void note_path(void *self, const struct wf_field *field)
{
    struct wf_buf *paths = self;

    wf_buf_printf(paths, "%s ", field->path);
}

START_TEST(fields_that_are_read_are_told_also_through_tables)
{
    struct wf_buf paths = WF_BUF_INIT(arena);
    struct wf_expr *expr = linked(
        world, "sum(lines.price) + count(lines, amount > a) + days(due, due)");

    wf_expr_uses(expr, note_path, &paths);

    ck_assert_str_eq(wf_buf_text(&paths),
                     "lines lines.price lines lines.amount a due due ");
}
END_TEST

START_TEST(a_linked_expression_has_a_type_and_its_text)
{
    struct wf_expr *expr = linked(world, "owner.name ..  '!'");

    ck_assert_int_eq(expr->root->type, WF_T_TEXT);
    ck_assert_str_eq(wf_expr_text(expr), "owner.name ..  '!'");
    ck_assert_int_eq(linked(world, "band(a, 1, 2, nil)")->root->type,
                     WF_T_NUMBER);
}
END_TEST

START_TEST(built_in_names_are_reserved)
{
    ck_assert_int_eq(wf_name_of("step"), WF_NAME_STEP);
    ck_assert_int_eq(wf_name_of("settings"), WF_NAME_SETTINGS);
    ck_assert_int_eq(wf_name_of("doc"), WF_NAME_DOC);
    ck_assert_int_eq(wf_name_of("a"), WF_NAME_UNKNOWN);
}
END_TEST

TCase *expr_link_tests(void)
{
    TCase *tc = tcase_create("def/expr_link");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, a_mistake_is_told_once_with_what_to_write, 0,
                        WF_COUNT(mistakes));
    tcase_add_test(tc, several_mistakes_are_told_together);
    tcase_add_test(tc, a_type_is_named_in_the_language_of_the_findings);
    tcase_add_loop_test(tc, the_type_that_is_needed_is_checked, 0,
                        WF_COUNT(wants));
    tcase_add_test(tc, what_is_kept_may_neither_follow_links_nor_ask_who_looks);
    tcase_add_test(tc,
                   without_a_form_only_functions_and_built_in_names_are_known);
    tcase_add_test(tc, fields_that_are_read_are_told_also_through_tables);
    tcase_add_test(tc, a_linked_expression_has_a_type_and_its_text);
    tcase_add_test(tc, built_in_names_are_reserved);
    return tc;
}
