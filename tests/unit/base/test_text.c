/* unit/base/test_text.c - UTF-8, normal forms, folding, pinyin, tokens.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/letters.h"
#include "base/text.h"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static bool valid(const char *text)
{
    return wf_utf8_is_valid(text, strlen(text));
}

START_TEST(sound_utf8_is_told_from_broken)
{
    static const char *const broken[] = {
        "\x80",
        "\xC0\xAF",
        "\xC1\x81",
        "\xE0\x80\xAF",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xF0\x80\x80\xAF",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xC3",
        "\xE4\xBD",
        "\xF0\x9F\x98",
        "a\xE4z",
        "\xE4\xBD\xA0\xA0",
        "\xF8\x88\x80\x80\x80",
    };

    ck_assert(valid(""));
    ck_assert(valid("é你\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF\xEF\xBF\xBF"));
    ck_assert(!wf_utf8_is_valid("a\0b", 3));
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        ck_assert_msg(!valid(broken[i]), "row %zu", i);
}
END_TEST

START_TEST(a_cut_leaves_whole_characters)
{
    const char *text = "aé你\xF0\x9F\x98\x80";
    static const size_t cuts[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10 };

    ck_assert_uint_eq(wf_utf8_count(text, strlen(text)), 4);
    for (size_t max = 0; max < sizeof cuts / sizeof cuts[0]; max++)
        ck_assert_uint_eq(wf_utf8_cut(text, strlen(text), max), cuts[max]);
}
END_TEST

START_TEST(code_points_are_read_one_by_one)
{
    const char *text = "aé你\xF0\x9F\x98\x80";

    ck_assert_uint_eq(wf_utf8_next(&text), 'a');
    ck_assert_uint_eq(wf_utf8_next(&text), 0xE9);
    ck_assert_uint_eq(wf_utf8_next(&text), 0x4F60);
    ck_assert_uint_eq(wf_utf8_next(&text), 0x1F600);
    ck_assert_str_eq(text, "");
}
END_TEST

static const char *nfc(const char *text)
{
    return wf_arena_slice(arena, wf_text_nfc(arena, wf_str_of(text)));
}

START_TEST(text_is_composed_and_left_alone_where_it_is)
{
    const char *plain = "plain 中文";
    const char *composed = "Zoë がé";

    ck_assert_ptr_eq(wf_text_nfc(arena, wf_str_of(plain)).at, plain);
    ck_assert_ptr_eq(wf_text_nfc(arena, wf_str_of(composed)).at, composed);
    ck_assert_str_eq(nfc("e\u0301"), "é");
    ck_assert_str_eq(nfc("か\u3099"), "が");
    ck_assert_str_eq(nfc("\uF900"), "豈");
    ck_assert_str_eq(nfc(""), "");
}
END_TEST

START_TEST(folding_takes_away_case_and_width)
{
    ck_assert_str_eq(wf_text_fold(arena, "Li.Wei"), "li.wei");
    ck_assert_str_eq(wf_text_fold(arena, "Straße ÉTÉ"), "strasse été");
    ck_assert_str_eq(wf_text_fold(arena, "ＡＢＣ　１２３"), "abc 123");
    ck_assert_str_eq(wf_text_fold(arena, "张伟A"), "张伟a");
    ck_assert_str_eq(wf_text_fold(arena, "a\u200Bb\u00AD"), "ab");
    ck_assert_str_eq(wf_text_fold(arena, ""), "");
}
END_TEST

START_TEST(names_are_spelled_as_they_are_said)
{
    ck_assert_str_eq(wf_text_pinyin(arena, "张伟"), "zhang wei");
    ck_assert_str_eq(wf_text_pinyin(arena, "曾小贤"), "zeng xiao xian");
    ck_assert_str_eq(wf_text_pinyin(arena, "Anna Smith"), "anna smith");
    ck_assert_str_eq(wf_text_pinyin(arena, "Zoë"), "zoe");
    ck_assert_str_eq(wf_text_pinyin(arena, "吕布"), "lu bu");
    ck_assert_str_eq(wf_text_pinyin(arena, ""), "");
}
END_TEST

static void *spell_many(void *self)
{
    struct wf_arena *mine = wf_arena_new();
    bool right = true;

    for (int i = 0; i < 100; i++)
        right = right && !strcmp(wf_text_pinyin(mine, "张伟"), "zhang wei")
                && !strcmp(wf_text_initials(mine, "曾小贤"), "zxx")
                && !strcmp(wf_letters_of(mine, "張偉").folded, "张伟");
    wf_arena_free(mine);
    return right ? self : NULL;
}

START_TEST(names_are_spelled_by_many_at_once)
{
    pthread_t threads[4];
    void *right;

    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, spell_many, threads),
                         0);
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], &right);
        ck_assert_ptr_nonnull(right);
    }
}
END_TEST

START_TEST(initials_are_those_of_the_syllables)
{
    ck_assert_str_eq(wf_text_initials(arena, "张伟"), "zw");
    ck_assert_str_eq(wf_text_initials(arena, "欧阳娜娜"), "oynn");
    ck_assert_str_eq(wf_text_initials(arena, "王小明 Tom"), "wxmt");
    ck_assert_str_eq(wf_text_initials(arena, "Anna Smith"), "anna smith");
    ck_assert_str_eq(wf_text_initials(arena, ""), "");
}
END_TEST

static const char *tokens(const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    wf_text_tokens(&out, text, strlen(text));
    return wf_buf_text(&out);
}

START_TEST(text_is_cut_into_words_and_pairs)
{
    ck_assert_str_eq(tokens("Hello, World-42!"), "hello world 42");
    ck_assert_str_eq(tokens("季度目标"), "季度 度目 目标");
    ck_assert_str_eq(tokens("人"), "人");
    ck_assert_str_eq(tokens("OKR目标v2"), "okr 目标 v2");
    ck_assert_str_eq(tokens("好 。人们"), "好 人们");
    ck_assert_str_eq(tokens("ＫＰＩ"), "kpi");
    ck_assert_str_eq(tokens("naïve Köln"), "naïve köln");
    ck_assert_str_eq(tokens(" \t\n…!"), "");
    ck_assert_str_eq(tokens("\xF0\x9F\x98\x80\xF0\xA0\x80\x80"),
                     "\xF0\xA0\x80\x80");
}
END_TEST

START_TEST(broken_text_does_no_harm)
{
    static const char *const broken[] = { "\xE4\xBD", "\xFF张",       "a\xC3",
                                          "\x80",     "\xF0\x9F\x98", "\xE4z" };

    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        tokens(broken[i]);
        nfc(broken[i]);
        wf_text_pinyin(arena, broken[i]);
        wf_text_initials(arena, broken[i]);
    }
}
END_TEST

/* "a" with `n` marks in the worst of orders. */
static char *marked(size_t n)
{
    struct wf_buf buf = WF_BUF_INIT(arena);

    wf_buf_char(&buf, 'a');
    for (size_t i = 0; i < n; i++)
        wf_buf_str(&buf, i % 2 ? "\u0316" : "\u0301");
    return buf.data;
}

START_TEST(letters_under_a_million_marks_cost_little_time)
{
    const char *hostile = marked(250000);
    int64_t start = wf_thread_cpu_us();

    ck_assert_ptr_eq(wf_text_nfc(arena, wf_str_of(hostile)).at, hostile);
    ck_assert_str_eq(wf_text_fold(arena, hostile), hostile);
    ck_assert_str_eq(wf_text_pinyin(arena, hostile), hostile);
    ck_assert_uint_eq(strlen(tokens(hostile)), 127); /* whole characters */
    ck_assert_int_lt(wf_thread_cpu_us() - start, 2000000);
    ck_assert_str_eq(nfc(marked(2)), "á\u0316");
}
END_TEST

START_TEST(currencies_have_their_digits)
{
    ck_assert(wf_currency_known("CNY"));
    ck_assert(wf_currency_known("JPY"));
    ck_assert(!wf_currency_known("QQQ"));
    ck_assert(!wf_currency_known("cny"));
    ck_assert(!wf_currency_known("CNYX"));
    ck_assert(!wf_currency_known("CN"));
    ck_assert(!wf_currency_known(""));
    ck_assert(!wf_currency_known(NULL));
    ck_assert_int_eq(wf_currency_digits("CNY"), 2);
    ck_assert_int_eq(wf_currency_digits("JPY"), 0);
    ck_assert_int_eq(wf_currency_digits("KWD"), 3);
}
END_TEST

TCase *text_tests(void)
{
    TCase *tc = tcase_create("base/text");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, sound_utf8_is_told_from_broken);
    tcase_add_test(tc, a_cut_leaves_whole_characters);
    tcase_add_test(tc, code_points_are_read_one_by_one);
    tcase_add_test(tc, text_is_composed_and_left_alone_where_it_is);
    tcase_add_test(tc, folding_takes_away_case_and_width);
    tcase_add_test(tc, names_are_spelled_as_they_are_said);
    tcase_add_test(tc, names_are_spelled_by_many_at_once);
    tcase_add_test(tc, initials_are_those_of_the_syllables);
    tcase_add_test(tc, text_is_cut_into_words_and_pairs);
    tcase_add_test(tc, broken_text_does_no_harm);
    tcase_add_test(tc, letters_under_a_million_marks_cost_little_time);
    tcase_add_test(tc, currencies_have_their_digits);
    return tc;
}
