/* unit/base/test_likeness.c - what a text is most like, of a few examples.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/likeness.h"

static struct wf_arena *arena;
static struct wf_likeness *likeness;
static struct wf_likeness_row rows[4];

static void start(void)
{
    static const char *const examples[][2] = {
        { "我还有什么没交", "work" },
        { "还有哪些没写", "work" },
        { "what have i not handed in", "work" },
        { "what do i still have to hand in", "work" },
        { "我有多少积分", "points" },
        { "积分还剩多少", "points" },
        { "how many points have i", "points" },
        { "how many points are left", "points" },
        { "给{person}点个赞", "praise" },
        { "praise {person} for the quick answer", "praise" },
        { "the weekly report", "work|praise" },
    };

    arena = wf_arena_new();
    likeness = wf_likeness_new(arena);
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        wf_likeness_add(likeness, examples[i][0], examples[i][1]);
    wf_likeness_seal(likeness);
}

static void end(void)
{
    wf_arena_free(arena);
}

static const char *best_of(const char *text)
{
    ck_assert_uint_gt(wf_likeness_of(likeness, text, rows, 4), 0);
    return rows[0].kind;
}

START_TEST(same_words)
{
    ck_assert_str_eq(best_of("我有什么没交"), "work");
    ck_assert_str_eq(best_of("剩多少积分"), "points");
    ck_assert_str_eq(best_of("what must i hand in"), "work");
    ck_assert_str_eq(best_of("points left?"), "points");
}
END_TEST

START_TEST(name_is_one_word)
{
    ck_assert_str_eq(best_of("{person}点赞"), "praise");
    ck_assert_str_eq(best_of("{person}"), "praise");
}
END_TEST

START_TEST(shares_are_of_one)
{
    double sum = 0;
    size_t n = wf_likeness_of(likeness, "how many", rows, 4);

    ck_assert_uint_eq(n, 3);
    for (size_t i = 0; i < n; i++) {
        sum += rows[i].share;
        ck_assert(i == 0 || rows[i].share <= rows[i - 1].share);
    }
    ck_assert_double_eq_tol(sum, 1, 1e-5);
}
END_TEST

START_TEST(nearest_is_told)
{
    (void)best_of("我有多少积分");
    ck_assert_str_eq(rows[0].example, "我有多少积分");
    ck_assert_double_eq_tol(rows[0].near, 1, 1e-5);
    (void)best_of("we have many points of view on trains");
    ck_assert_double_lt(rows[0].near, 0.5);
}
END_TEST

START_TEST(endings_are_nothing)
{
    ck_assert_str_eq(best_of("praised {person}"), "praise");
    ck_assert_str_eq(best_of("praises {person}"), "praise");
}
END_TEST

START_TEST(of_several_kinds)
{
    (void)best_of("the weekly report");
    ck_assert_double_gt(rows[0].share, 0.3);
    ck_assert_double_gt(rows[1].share, 0.3);
    ck_assert_str_eq(rows[1].example, "the weekly report");
}
END_TEST

START_TEST(nothing_known)
{
    struct wf_likeness *none = wf_likeness_new(arena);

    wf_likeness_seal(none);
    ck_assert_uint_eq(wf_likeness_of(none, "points", rows, 4), 0);
    ck_assert_uint_eq(wf_likeness_of(likeness, "zzz", rows, 4), 0);
}
END_TEST

START_TEST(same_again)
{
    struct wf_arena *kept = arena;
    struct wf_likeness_row first[4];
    size_t n = wf_likeness_of(likeness, "还有多少没写", first, 4);

    start();
    ck_assert_uint_eq(wf_likeness_of(likeness, "还有多少没写", rows, 4), n);
    for (size_t i = 0; i < n; i++) {
        ck_assert_str_eq(first[i].kind, rows[i].kind);
        ck_assert(first[i].share == rows[i].share);
    }
    wf_arena_free(kept);
}
END_TEST

START_TEST(long_text_is_read_so_far)
{
    char *text = wf_arena_alloc(arena, 20001);

    for (size_t i = 0; i < 10000; i++)
        memcpy(text + 2 * i, i == 0 ? "a " : "b ", 2);
    (void)wf_likeness_of(likeness, text, rows, 4);
}
END_TEST

TCase *likeness_tests(void)
{
    TCase *tc = tcase_create("base/likeness");

    tcase_add_checked_fixture(tc, start, end);
    tcase_add_test(tc, same_words);
    tcase_add_test(tc, name_is_one_word);
    tcase_add_test(tc, shares_are_of_one);
    tcase_add_test(tc, nearest_is_told);
    tcase_add_test(tc, endings_are_nothing);
    tcase_add_test(tc, of_several_kinds);
    tcase_add_test(tc, nothing_known);
    tcase_add_test(tc, same_again);
    tcase_add_test(tc, long_text_is_read_so_far);
    return tc;
}
