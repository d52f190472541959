/* unit/def/test_who.c - the words for people: how they bind, what they refuse.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "def/who.h"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static const struct wf_who *parse(const char *text, unsigned use,
                                  struct wf_diags *diags)
{
    struct wf_place place = { "x", 1, 1 };

    return wf_who_parse(arena, place, text, NULL, (enum wf_who_use)use, diags);
}

START_TEST(what_is_read_is_written_back_in_one_form)
{
    /* clang-format off */
    static const char *const rows[][2] = {
        { "owner",                            "owner" },
        { " manager( owner ) ",               "manager(owner)" },
        { "manager(owner,2)",                 "manager(owner, 2)" },
        { "managers(creator , 3)",            "managers(creator, 3)" },
        { "role(hr)",                         "role(hr)" },
        { "role(hr,owner)",                   "role(hr, owner)" },
        { "role(hr,unit(owner))",             "role(hr, unit(owner))" },
        { "role(hr,north)",                   "role(hr, north)" },
        { "head(unit(manager(owner)))",       "head(unit(manager(owner)))" },
        { "members(north),person(张伟)",       "members(north), person(张伟)" },
        { "heads( north )",                   "heads(north)" },
        { "everyone except role(x),me",       "everyone except role(x), me" },
        { "owner,creator and role(a) except me except role(b)",
          "owner, creator and role(a) except me except role(b)" },
        { "team(alpha)",                      "team(alpha)" },
        { "lua(pick)",                        "lua(pick)" },
    };
    /* clang-format on */

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
        const struct wf_who *who = parse(rows[i][0], WF_WHO_FOR_WORK, &diags);
        struct wf_buf out = WF_BUF_INIT(arena);

        ck_assert_msg(who && !diags.n, "%s", rows[i][0]);
        wf_who_write(&out, who);
        ck_assert_str_eq(wf_buf_text(&out), rows[i][1]);
    }
}
END_TEST

START_TEST(and_binds_closest_then_the_comma_then_except)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    const struct wf_who *who =
        parse("owner, creator and me except everyone", WF_WHO_FOR_WORK, &diags);

    ck_assert_int_eq(who->kind, WF_WHO_EXCEPT);
    ck_assert_int_eq(who->left->kind, WF_WHO_OR);
    ck_assert_int_eq(who->left->right->kind, WF_WHO_AND);
}
END_TEST

START_TEST(a_mistake_is_one_finding_and_no_tree)
{
    /* clang-format off */
    static const struct { const char *text; unsigned use; int column; } rows[] = {
        { "",                          WF_WHO_FOR_WORK,   1 },
        { "owner,",                    WF_WHO_FOR_WORK,   7 },
        { "owner owner",               WF_WHO_FOR_WORK,   7 },
        { "manager",                   WF_WHO_FOR_WORK,   8 },
        { "manager()",                 WF_WHO_FOR_WORK,   9 },
        { "manager(owner",             WF_WHO_FOR_WORK,   14 },
        { "manager(owner))",           WF_WHO_FOR_WORK,   15 },
        { "manager(owner, 0)",         WF_WHO_FOR_WORK,   16 },
        { "managers(owner)",           WF_WHO_FOR_WORK,   15 },
        { "owner(me)",                 WF_WHO_FOR_WORK,   6 },
        { "unit(owner)",               WF_WHO_FOR_WORK,   1 },
        { "head(manager(owner))",      WF_WHO_FOR_WORK,   6 },
        { "经理",                       WF_WHO_FOR_WORK,   1 },
        { "me, 经理",                   WF_WHO_FOR_WORK,   5 },
        { "lua(f)",                    WF_WHO_FOR_ACCESS, 1 },
        { "owner",                     WF_WHO_NO_DOCUMENT, 1 },
        { "me, manager(creator)",      WF_WHO_NO_DOCUMENT, 13 },
    };
    /* clang-format on */

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        struct wf_diags diags = WF_DIAGS_INIT(arena, "en");

        ck_assert_ptr_null(parse(rows[i].text, rows[i].use, &diags));
        ck_assert_msg(diags.n == 1, "%s: %zu", rows[i].text, diags.n);
        ck_assert_msg(diags.at[0].place.column == rows[i].column, "%s: %d %s",
                      rows[i].text, diags.at[0].place.column,
                      diags.at[0].message);
    }
}
END_TEST

START_TEST(depth_length_and_number_of_words_are_bounded)
{
    struct wf_buf deep = WF_BUF_INIT(arena), wide = WF_BUF_INIT(arena),
                  full = WF_BUF_INIT(arena);
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");

    for (int i = 0; i < 40; i++)
        wf_buf_str(&deep, "manager(");
    for (int i = 0; i < 300; i++)
        wf_buf_str(&wide, "me, ");
    for (int i = 0; i < 9000; i++)
        wf_buf_char(&full, 'm');

    ck_assert_ptr_null(parse(wf_buf_text(&deep), WF_WHO_FOR_WORK, &diags));
    ck_assert_ptr_null(parse(wf_buf_text(&wide), WF_WHO_FOR_WORK, &diags));
    ck_assert_ptr_null(parse(wf_buf_text(&full), WF_WHO_FOR_WORK, &diags));
    ck_assert_uint_eq(diags.n, 3);
}
END_TEST

START_TEST(words_know_whether_they_ask_the_document)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");

    ck_assert(!wf_who_needs_document(
        parse("everyone except role(a), manager(me)", 1, &diags)));
    ck_assert(wf_who_needs_document(
        parse("role(a), head(unit(manager(owner)))", 1, &diags)));
}
END_TEST

TCase *who_tests(void)
{
    TCase *tc = tcase_create("def/who");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_is_read_is_written_back_in_one_form);
    tcase_add_test(tc, and_binds_closest_then_the_comma_then_except);
    tcase_add_test(tc, a_mistake_is_one_finding_and_no_tree);
    tcase_add_test(tc, depth_length_and_number_of_words_are_bounded);
    tcase_add_test(tc, words_know_whether_they_ask_the_document);
    return tc;
}
