/* unit/base/test_json.c - JSON: what is taken, what is refused, and that what
 * is written reads back as the same.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

static const struct wf_json_limits limits = WF_JSON_LIMITS;
static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static struct wf_json *parse(const char *text)
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json = NULL;

    if (!wf_json_parse(arena, text, strlen(text), &limits, &json, &err))
        ck_abort_msg("%s: %s", text, err.text);
    return json;
}

static weft_error refusal(const char *text, size_t len)
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json = NULL;

    ck_assert_msg(!wf_json_parse(arena, text, len, &limits, &json, &err), "%s",
                  text);
    ck_assert_ptr_null(json);
    return err;
}

static const char *again(const char *text)
{
    return wf_json_dump(arena, parse(text));
}

START_TEST(what_is_written_is_what_was_read)
{
    static const char *const same[] = {
        "null",
        "true",
        "false",
        "0",
        "-7",
        "12.5",
        "1e20",
        "1.5e-7",
        "\"\"",
        "[]",
        "{}",
        "[1,[2,[]],{}]",
        "{\"b\":1,\"a\":{\"c\":null}}",
        "\"小明\\n\\t\\\"\\\\\\u0001\"",
        "\"\xF0\x9F\x98\x80\"",
    };

    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        ck_assert_str_eq(again(same[i]), same[i]);
}
END_TEST

START_TEST(numbers_have_one_short_form_of_15_digits)
{
    ck_assert_str_eq(again("-0"), "0");
    ck_assert_str_eq(again("-0.0"), "0");
    ck_assert_str_eq(again("0.1000"), "0.1");
    ck_assert_str_eq(again("100e-2"), "1");
    ck_assert_str_eq(again("999999999999999"), "999999999999999");
    ck_assert_str_eq(again("0.30000000000000004"), "0.3");
    ck_assert_str_eq(again("123456789012345678e0"), "1.23456789012346e17");
    ck_assert_str_eq(again("1e-320"), "9.99988867182683e-321");
}
END_TEST

/* Compares code and language of the refusal of a text without U+0000. */
static void assert_refused(const char *text, weft_code code, const char *words)
{
    weft_error err = refusal(text, strlen(text));

    ck_assert_int_eq(err.code, code);
    ck_assert_msg(strstr(err.text, words) != NULL, "%s: %s", text, err.text);
}

START_TEST(what_is_no_json_is_refused_with_its_place)
{
    assert_refused("", WEFT_E_MALFORMED, "too early");
    assert_refused("{\"a\":\n ?}", WEFT_E_MALFORMED, "line 2, column 2");
    assert_refused("[1,2", WEFT_E_MALFORMED, "too early");
    assert_refused("[1] x", WEFT_E_MALFORMED, "broken");
    assert_refused("{\"a\":1,\"a\":2}", WEFT_E_MALFORMED, "twice");
    assert_refused("\"\xC0\xAF\"", WEFT_E_MALFORMED, "UTF-8");
    assert_refused("\"\xED\xA0\x80\"", WEFT_E_MALFORMED, "UTF-8");
    assert_refused("\"\\ud800\"", WEFT_E_MALFORMED, "");
    assert_refused("\"\\u0000\"", WEFT_E_MALFORMED, "U+0000");
    assert_refused("{\"\\u0000\":1}", WEFT_E_MALFORMED, "U+0000");
    assert_refused("NaN", WEFT_E_MALFORMED, "broken");
    assert_refused("[1,]", WEFT_E_MALFORMED, "broken");
    assert_refused("01", WEFT_E_MALFORMED, "broken");
    assert_refused("\"\\", WEFT_E_MALFORMED, "");
    assert_refused("]]]]", WEFT_E_MALFORMED, "broken");
    ck_assert_int_eq(refusal("\"a\0b\"", 5).code, WEFT_E_MALFORMED);
}
END_TEST

START_TEST(numbers_that_are_not_kept_are_refused)
{
    assert_refused("1e400", WEFT_E_MALFORMED, "too large");
    assert_refused("[-1e999]", WEFT_E_MALFORMED, "too large");
    assert_refused("{\n\"a\":9007199254740993}", WEFT_E_MALFORMED,
                   "line 2, column 5");
    assert_refused("123456789012345678901234567890", WEFT_E_MALFORMED,
                   "15 digits");
    ck_assert_str_eq(again("1000000000000000000"), "1e18");
    ck_assert_str_eq(again("\"9007199254740993\""), "\"9007199254740993\"");
}
END_TEST

TCase *json_tests(void)
{
    TCase *tc = tcase_create("base/json");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_is_written_is_what_was_read);
    tcase_add_test(tc, numbers_have_one_short_form_of_15_digits);
    tcase_add_test(tc, what_is_no_json_is_refused_with_its_place);
    tcase_add_test(tc, numbers_that_are_not_kept_are_refused);
    return tc;
}
