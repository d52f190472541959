/* unit/base/test_error.c - failures, their codes and their languages.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/error.h"
#include "base/messages.h"
#include "base/text.h"

START_TEST(each_code_has_a_word_and_two_numbers)
{
    for (int code = 0; code < WEFT_N_CODES; code++) {
        ck_assert(*weft_code_name((weft_code)code));
        ck_assert_int_ge(weft_code_http((weft_code)code), code ? 400 : 200);
        ck_assert_int_le(weft_code_exit((weft_code)code), 3);
        ck_assert(!code == !weft_code_exit((weft_code)code));
    }
    ck_assert_str_eq(weft_code_name(WEFT_E_NOTFOUND), "not-found");
    ck_assert_int_eq(weft_code_http(WEFT_E_NOTFOUND), 404);
    ck_assert_int_eq(weft_code_exit(WEFT_E_NOTFOUND), 3);
}
END_TEST

START_TEST(a_number_that_is_no_code_is_our_mistake)
{
    ck_assert_str_eq(weft_code_name((weft_code)WEFT_N_CODES), "internal");
    ck_assert_int_eq(weft_code_http((weft_code)4711), 500);
}
END_TEST

START_TEST(a_failure_says_its_reason_in_its_language)
{
    weft_error err = { WEFT_OK, 9, "zh-CN", "" };

    ck_assert(!wf_fail(&err, WEFT_E_TOO_LARGE,
                       "The JSON has more than %zu values.", (size_t)7));
    ck_assert_int_eq(err.code, WEFT_E_TOO_LARGE);
    ck_assert_int_eq(err.retry_after_s, 0);
    ck_assert_str_eq(err.lang, "zh-CN");
    ck_assert_str_eq(err.text, "JSON 中的值超过 7 个。");
}
END_TEST

START_TEST(a_long_reason_is_cut_at_a_character)
{
    char name[1000] = "";
    weft_error err = WEFT_ERROR_INIT;

    for (size_t shift = 0; shift < 4; shift++) {
        memset(name, 'x', shift);
        for (size_t i = shift; i + 4 < sizeof name; i += 3)
            memcpy(name + i, "张", 4);
        wf_fail(&err, WEFT_E_INVALID, "%s", name);
        ck_assert_uint_ge(strlen(err.text), WEFT_ERROR_TEXT_MAX - 3);
        ck_assert(wf_utf8_is_valid(err.text, strlen(err.text)));
    }
}
END_TEST

START_TEST(a_failure_handed_on_keeps_the_language_of_its_reader)
{
    weft_error from = { WEFT_E_BUSY, 3, "en", "later" };
    weft_error to = { WEFT_OK, 0, "zh-CN", "" };

    ck_assert(!wf_fail_as(&to, &from));
    ck_assert_int_eq(to.code, WEFT_E_BUSY);
    ck_assert_int_eq(to.retry_after_s, 3);
    ck_assert_str_eq(to.text, "later");
    ck_assert_str_eq(to.lang, "zh-CN");
}
END_TEST

START_TEST(what_has_no_twin_stays_english)
{
    const char *unknown = "no such sentence";

    ck_assert_ptr_eq(wf_message("zh-CN", unknown), unknown);
    ck_assert_ptr_eq(wf_message("en", unknown), unknown);
    ck_assert_ptr_eq(wf_message("", unknown), unknown);
    ck_assert_ptr_eq(wf_message(NULL, unknown), unknown);
}
END_TEST

static const char *chosen(const char *wish)
{
    return wf_lang_choose(wish, "none");
}

START_TEST(a_wish_for_a_language_is_weighed)
{
    ck_assert_str_eq(chosen("zh"), "zh-CN");
    ck_assert_str_eq(chosen("zh-Hans-CN,en;q=0.5"), "zh-CN");
    ck_assert_str_eq(chosen("en;q=0.5, zh;q=0.8"), "zh-CN");
    ck_assert_str_eq(chosen("fr, en;q=0.1"), "en");
    ck_assert_str_eq(chosen("ZH-tw"), "zh-CN");
    ck_assert_str_eq(chosen("en_US.UTF-8"), "en");
    ck_assert_str_eq(chosen("zh;q=0,en;q=0.001"), "en");
    ck_assert_str_eq(chosen("en, zh"), "en");
}
END_TEST

START_TEST(a_wish_for_nothing_we_have_is_the_fallback)
{
    static const char *const wishes[] = { "",     "fr",       "zhx",   ";q=1",
                                          ",,,;", "zh;q=0.0", "e",     "*",
                                          "-zh",  "q=zh",     "enx-US" };

    ck_assert_str_eq(chosen(NULL), "none");
    for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++)
        ck_assert_msg(!strcmp(chosen(wishes[i]), "none"), "%s", wishes[i]);
}
END_TEST

TCase *error_tests(void)
{
    TCase *tc = tcase_create("base/error");

    tcase_add_test(tc, each_code_has_a_word_and_two_numbers);
    tcase_add_test(tc, a_number_that_is_no_code_is_our_mistake);
    tcase_add_test(tc, a_failure_says_its_reason_in_its_language);
    tcase_add_test(tc, a_long_reason_is_cut_at_a_character);
    tcase_add_test(tc, a_failure_handed_on_keeps_the_language_of_its_reader);
    tcase_add_test(tc, what_has_no_twin_stays_english);
    tcase_add_test(tc, a_wish_for_a_language_is_weighed);
    tcase_add_test(tc, a_wish_for_nothing_we_have_is_the_fallback);
    return tc;
}
