/* unit/def/test_suggest.c - the word that was probably meant.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "def/suggest.h"

static const char *meant(const char *word)
{
    static const char *const words[] = { "weight", "height", "score", "a" };
    struct wf_suggest suggest = WF_SUGGEST_INIT(word);

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        wf_suggest_offer(&suggest, words[i]);
    return suggest.best ? suggest.best : "";
}

START_TEST(the_nearest_word_is_meant)
{
    ck_assert_str_eq(meant("wieght"), "weight");
    ck_assert_str_eq(meant("hight"), "height");
    ck_assert_str_eq(meant("scores"), "score");
    ck_assert_str_eq(meant("sore"), "score");
}
END_TEST

START_TEST(of_equally_near_words_the_first_is_meant)
{
    ck_assert_str_eq(meant("xeight"), "weight");
}
END_TEST

START_TEST(what_is_too_far_is_not_meant)
{
    ck_assert_str_eq(meant("total"), "");
    ck_assert_str_eq(meant("b"), "");
    ck_assert_str_eq(meant(""), "");
}
END_TEST

START_TEST(nothing_and_very_long_words_are_passed_over)
{
    char word[200];
    struct wf_suggest suggest = WF_SUGGEST_INIT(word);

    memset(word, 'x', sizeof word);
    word[sizeof word - 1] = '\0';
    wf_suggest_offer(&suggest, word);
    wf_suggest_offer(&suggest, NULL);
    wf_suggest_offer(&suggest, "");

    ck_assert_ptr_null(suggest.best);
}
END_TEST

TCase *suggest_tests(void)
{
    TCase *tc = tcase_create("def/suggest");

    tcase_add_test(tc, the_nearest_word_is_meant);
    tcase_add_test(tc, of_equally_near_words_the_first_is_meant);
    tcase_add_test(tc, what_is_too_far_is_not_meant);
    tcase_add_test(tc, nothing_and_very_long_words_are_passed_over);
    return tc;
}
