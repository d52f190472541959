/* unit/base/test_pattern.c - I-Regexp: what it is, what it is not, and that
 * hostile ones end soon.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/clock.h"
#include "base/pattern.h"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static bool matches(const char *pattern, const char *text)
{
    weft_error err = WEFT_ERROR_INIT;
    const struct wf_pattern *compiled;

    if (!wf_pattern_compile(arena, pattern, &compiled, &err))
        ck_abort_msg("%s: %s", pattern, err.text);
    return wf_pattern_matches(compiled, text, strlen(text));
}

START_TEST(the_whole_text_must_match)
{
    ck_assert(matches("[A-Z]{2}-[0-9]{4}", "AB-1234"));
    ck_assert(!matches("[A-Z]{2}-[0-9]{4}", "xAB-1234"));
    ck_assert(!matches("[A-Z]{2}-[0-9]{4}", "AB-1234\n"));
    ck_assert(matches("a|bc|", "bc"));
    ck_assert(matches("a|bc|", ""));
    ck_assert(!matches("a|bc", "abc"));
    ck_assert(matches("", ""));
    ck_assert(matches("(ab?c*)+", "abccac"));
}
END_TEST

START_TEST(unicode_counts_by_characters_and_categories)
{
    ck_assert(matches(".{2}", "张伟"));
    ck_assert(matches("\\p{Lu}\\P{Lu}*", "Éa"));
    ck_assert(matches("[\\p{L}\\p{Nd}_-]+", "张a1_-"));
    ck_assert(matches("[^a-z\\p{Lo}]", "A"));
    ck_assert(!matches("[^a-z\\p{Lo}]", "张"));
    ck_assert(matches("[一-龥]+", "张伟"));
    ck_assert(!matches(".", "\n"));
    ck_assert(!matches(".", "\r"));
    ck_assert(matches(".", "\u2028"));
    ck_assert(!matches(".", "\xFF"));
}
END_TEST

START_TEST(what_is_special_elsewhere_stands_for_itself)
{
    ck_assert(matches("a^b$c#/ :", "a^b$c#/ :"));
    ck_assert(matches("[a^$.|(#&]+", "^$.|(#&a"));
    ck_assert(matches("[-a]", "-"));
    ck_assert(matches("[a-]", "-"));
    ck_assert(matches("\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\{\\|\\}",
                      "()*+-.?[\\]^{|}"));
    ck_assert(matches("[\\]\\^\\-\\\\]{4}", "]^-\\"));
    ck_assert(matches("\\n\\r\\t", "\n\r\t"));
    ck_assert(matches("a-z<>", "a-z<>"));
}
END_TEST

/* clang-format off */
static const char *const bad[] = {
    "(", ")", "a)", "(a", "[", "[]", "[a", "[^]", "[a-", "[z-a]", "*a", "a**",
    "a+?", "a{", "a{}", "a{,2}", "a{2", "a{3,2}", "a{101}", "a{1,101}", "{2}",
    "]", "}", "\\d", "\\w+", "\\b", "\\1", "(a)\\1", "(?=a)", "(?:a)", "(?i)a",
    "\\p{Han}", "\\p{L", "\\pL", "\\p{}", "\\x41", "\\Q", "\\", "[\\", "[\\d]",
    "[[:a:]]", "[a-\\p{L}]", "^a", "a$", "\\K", "(*UTF)", "\\C", "[a--b]",
    "a{99999999999999999999}", "((a{10}){10}){2}", "(a{1,50}){3}", "\xFF",
    "[a[b]", "\\u0041", "[a", "\\p", "[\\p",
};
/* clang-format on */

START_TEST(what_is_no_i_regexp_is_refused)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        weft_error err = WEFT_ERROR_INIT;
        const struct wf_pattern *out = NULL;

        ck_assert_msg(!wf_pattern_compile(arena, bad[i], &out, &err), "%s",
                      bad[i]);
        ck_assert_int_eq(err.code, WEFT_E_INVALID);
        ck_assert_ptr_null(out);
    }
}
END_TEST

START_TEST(a_refusal_says_where)
{
    weft_error err = { WEFT_OK, 0, "zh-CN", "" };
    const struct wf_pattern *out;

    ck_assert(!wf_pattern_compile(arena, "张伟*+", &out, &err));
    ck_assert_str_eq(err.text, "正则表达式第 4 个字符“+”用在此处没有意义；"
                               "要表示该字符本身，请写“\\+”。");
    err.lang[0] = '\0';
    ck_assert(!wf_pattern_compile(arena, "a[b", &out, &err));
    ck_assert_str_eq(err.text,
                     "The pattern does not close the \"[\" at character 2.");
}
END_TEST

START_TEST(repeats_up_to_the_limit_are_allowed)
{
    char text[101] = "";

    memset(text, 'a', 100);
    ck_assert(matches("(a{10}){10}", text));
    ck_assert(matches("a{100}", text));
    ck_assert(matches("a{0,}", text));
}
END_TEST

START_TEST(a_long_pattern_is_refused)
{
    char text[1000] = "";
    weft_error err = WEFT_ERROR_INIT;
    const struct wf_pattern *out;

    memset(text, '(', 999);
    ck_assert(!wf_pattern_compile(arena, text, &out, &err));
    text[200] = '\0';
    ck_assert(!wf_pattern_compile(arena, text, &out, &err));
    memset(text, '(', 100);
    memset(text + 100, ')', 100);
    ck_assert(wf_pattern_compile(arena, text, &out, &err));
}
END_TEST

START_TEST(hostile_patterns_end_soon)
{
    static const char *const hostile[] = { "(a*)*b",
                                           "(a+)+b",
                                           "(a|a)*b",
                                           "(a|aa)+b",
                                           "(.*)(.*)(.*)(.*)b",
                                           "((a{1,10}){1,10})*b" };
    static char text[10 * 1024 + 1];
    int64_t start = wf_thread_cpu_us();

    memset(text, 'a', sizeof text - 1);
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
        ck_assert(!matches(hostile[i], text));
    ck_assert_int_lt(wf_thread_cpu_us() - start, 3000000);
    ck_assert(matches("[a-z]*", text));
    ck_assert(matches("(a|b)*", text));
}
END_TEST

START_TEST(a_text_beyond_10_kb_does_not_match)
{
    static char text[10 * 1024 + 2];

    memset(text, 'a', sizeof text - 1);
    ck_assert(!matches("a*", text));
}
END_TEST

TCase *pattern_tests(void)
{
    TCase *tc = tcase_create("base/pattern");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, the_whole_text_must_match);
    tcase_add_test(tc, unicode_counts_by_characters_and_categories);
    tcase_add_test(tc, what_is_special_elsewhere_stands_for_itself);
    tcase_add_test(tc, what_is_no_i_regexp_is_refused);
    tcase_add_test(tc, a_refusal_says_where);
    tcase_add_test(tc, repeats_up_to_the_limit_are_allowed);
    tcase_add_test(tc, a_long_pattern_is_refused);
    tcase_add_test(tc, hostile_patterns_end_soon);
    tcase_add_test(tc, a_text_beyond_10_kb_does_not_match);
    return tc;
}
