/* unit/base/test_phrases.c - phrases that stand in a text, mistyped and heard.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/buf.h"
#include "base/phrases.h"

static struct wf_arena *arena;
static struct wf_phrases *phrases;

static void start(void)
{
    static const char *const rows[][2] = {
        { "积分", "points" },
        { "几分", "score" },
        { "还有", "left" },
        { "有", "have" },
        { "weekly report", "weekly" },
        { "one-on-one", "meeting" },
        { "report", "paper" },
        { "who's", "who" },
        { "who", "who" },
        { "1:1", "meeting" },
        { "待办", "work" },
        { "points", "points" },
        { "approval", "approve" },
        { "待办", "list" },
        { "待办", "work" },
    };

    arena = wf_arena_new();
    phrases = wf_phrases_new(arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        wf_phrases_add(phrases, rows[i][0], rows[i][1]);
    wf_phrases_seal(phrases);
}

static void end(void)
{
    wf_arena_free(arena);
}

static const char *written(const struct wf_phrases_found *found)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    for (size_t i = 0; i < found->n; i++) {
        wf_buf_printf(&out, "%s%zu-%zu", i > 0 ? "; " : "", found->at[i].from,
                      found->at[i].to);
        for (size_t j = 0; j < found->at[i].ids.n; j++)
            wf_buf_printf(&out, " %s", found->at[i].ids.at[j]);
    }
    return wf_buf_text(&out);
}

static const char *found_in(const char *text)
{
    struct wf_phrases_found found = { NULL, 0, 0 };

    wf_phrases_find(phrases, arena, text, &found);
    return written(&found);
}

static const char *heard_as(const char *sound)
{
    struct wf_phrases_found found = { NULL, 0, 0 };

    wf_phrases_heard(phrases, arena, sound, &found);
    return written(&found);
}

static const char *near_to(const char *word)
{
    const char *out[3];
    struct wf_buf text = WF_BUF_INIT(arena);
    size_t n;
    int far = wf_phrases_near(phrases, word, out, 3, &n);

    wf_buf_printf(&text, "%d", far);
    for (size_t i = 0; i < n; i++)
        wf_buf_printf(&text, " %s", out[i]);
    return wf_buf_text(&text);
}

START_TEST(long_and_short_ones_are_found)
{
    ck_assert_str_eq(found_in("我还有积分"), "1-3 left; 2-3 have; 3-5 points");
    ck_assert_str_eq(found_in("待办"), "0-2 work list");
    ck_assert_str_eq(found_in(""), "");
    ck_assert_str_eq(found_in("…… !?"), "");
}
END_TEST

START_TEST(latin_words_are_whole_and_may_be_many)
{
    ck_assert_str_eq(found_in("whom"), "");
    ck_assert_str_eq(found_in("my weekly reports"), "3-17 weekly; 10-17 paper");
    ck_assert_str_eq(found_in("weekly-report"), "0-13 weekly; 7-13 paper");
    ck_assert_str_eq(found_in("who's 1:1"), "0-3 who; 0-5 who; 6-9 meeting");
}
END_TEST

START_TEST(spaces_and_hyphens_are_nothing_beside_chinese)
{
    ck_assert_str_eq(found_in("积 分"), "0-3 points");
    ck_assert_str_eq(found_in("one on  one"), "0-11 meeting");
    ck_assert_str_eq(found_in("待办points"), "0-2 work list; 2-8 points");
}
END_TEST

START_TEST(a_slip_is_near)
{
    ck_assert_str_eq(near_to("pionts"), "1 points");
    ck_assert_str_eq(near_to("aproval"), "1 approval");
    ck_assert_str_eq(near_to("aprovals"), "2 approval");
    ck_assert_str_eq(near_to("xyzzy"), "0");
    ck_assert_str_eq(near_to("pts"), "0");
    ck_assert(wf_phrases_know(phrases, "points"));
    ck_assert(wf_phrases_know(phrases, "approvals"));
    ck_assert(!wf_phrases_know(phrases, "pionts"));
}
END_TEST

START_TEST(what_sounds_alike_is_heard)
{
    ck_assert_str_eq(heard_as("ji fen"), "0-0 points; 0-0 score");
    ck_assert_str_eq(heard_as("daiban"), "0-0 work list");
    ck_assert_str_eq(heard_as("you"), ""); /* one letter alone is not */
    ck_assert_str_eq(heard_as(""), "");
}
END_TEST

TCase *phrases_tests(void)
{
    TCase *tc = tcase_create("base/phrases");

    tcase_add_checked_fixture(tc, start, end);
    tcase_add_test(tc, long_and_short_ones_are_found);
    tcase_add_test(tc, latin_words_are_whole_and_may_be_many);
    tcase_add_test(tc, spaces_and_hyphens_are_nothing_beside_chinese);
    tcase_add_test(tc, a_slip_is_near);
    tcase_add_test(tc, what_sounds_alike_is_heard);
    return tc;
}
