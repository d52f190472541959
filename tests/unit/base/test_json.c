/* unit/base/test_json.c - JSON: what is taken, what is refused, and that what
 * is written reads back as the same.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "support/data.h"

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

static struct wf_json *read_stored(const char *text)
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json = NULL;

    if (!wf_json_read_stored(arena, text, &json, &err))
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

/* `n` times `text` in one text. */
static char *times(const char *text, size_t n)
{
    struct wf_buf buf = WF_BUF_INIT(arena);

    for (size_t i = 0; i < n; i++)
        wf_buf_str(&buf, text);
    return buf.data;
}

START_TEST(depth_and_number_of_values_are_limited)
{
    const char *deep =
        wf_arena_printf(arena, "%s%s", times("[", 32), times("]", 32));
    const char *many = wf_arena_printf(arena, "[%s1]", times("[],", 99998));

    parse(deep);
    parse(many);
    assert_refused(wf_arena_printf(arena, "[%s]", deep), WEFT_E_TOO_LARGE,
                   "32 levels");
    assert_refused(wf_arena_printf(arena, "[1,%s", many + 1), WEFT_E_TOO_LARGE,
                   "100000 values");
    assert_refused(times("[", 1000000), WEFT_E_TOO_LARGE, "levels");
    parse(wf_arena_printf(arena, "\"%s\"", times("[{,", 100000)));
}
END_TEST

START_TEST(merging_is_that_of_rfc_7396)
{
    static const char *const rows[][3] = {
        { "{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
        { "{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}" },
        { "{\"a\":\"b\"}", "{\"a\":null}", "{}" },
        { "{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
        { "{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}",
          "{\"a\":{\"b\":\"d\"}}" },
        { "[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]" },
        { "{\"a\":\"b\"}", "null", "null" },
        { "{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}" },
        { "[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}" },
        { "{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert_str_eq(
            wf_json_dump(arena, wf_json_merge(arena, parse(rows[i][0]),
                                              parse(rows[i][1]))),
            rows[i][2]);
    ck_assert_ptr_null(wf_json_merge(arena, NULL, NULL));
    ck_assert_str_eq(
        wf_json_dump(arena, wf_json_merge(arena, NULL, parse("{\"a\":1}"))),
        "{\"a\":1}");
}
END_TEST

START_TEST(equal_trees_may_differ_in_the_order_of_keys)
{
    ck_assert(wf_json_equal(parse("{\"a\":1,\"b\":[2]}"),
                            parse("{\"b\":[2.0],\"a\":1}")));
    ck_assert(!wf_json_equal(parse("{\"a\":null}"), parse("{\"b\":null}")));
    ck_assert(!wf_json_equal(parse("[1,2]"), parse("[2,1]")));
    ck_assert(!wf_json_equal(parse("[1]"), parse("[1,1]")));
    ck_assert(!wf_json_equal(parse("\"1\""), parse("1")));
    ck_assert(wf_json_equal(NULL, NULL));
    ck_assert(!wf_json_equal(NULL, parse("null")));
}
END_TEST

START_TEST(an_object_of_many_keys_keeps_them_all_in_order)
{
    struct wf_json *object = wf_json_object(arena);
    struct wf_json *copy;

    for (int i = 0; i < 1000; i++)
        wf_json_set(arena, object, wf_arena_printf(arena, "k%d", i),
                    wf_json_int(arena, i));
    for (int i = 0; i < 1000; i += 2)
        ck_assert(wf_json_remove(object, wf_arena_printf(arena, "k%d", i)));
    wf_json_set(arena, object, "k7", wf_json_null(arena));
    copy = wf_json_copy(arena, object);

    ck_assert_uint_eq(wf_json_len(object), 500);
    ck_assert(!wf_json_remove(object, "k0"));
    ck_assert_ptr_null(wf_json_get(object, "k998"));
    ck_assert_int_eq((int)wf_json_num(wf_json_get(object, "k999"), 0), 999);
    ck_assert_str_eq(object->u.object.at[3].key.at, "k7");
    ck_assert(wf_json_is(object->u.object.at[3].value, WF_JSON_NULL));
    ck_assert(wf_json_equal(object, copy));
}
END_TEST

START_TEST(a_hundred_thousand_keys_cost_little_time)
{
    struct wf_buf up = WF_BUF_INIT(arena);
    struct wf_buf down = WF_BUF_INIT(arena);
    struct wf_json *a;
    struct wf_json *b;
    int64_t start = wf_thread_cpu_us();

    for (int i = 0; i < 99998; i++) {
        wf_buf_printf(&up, "%c\"%d\":0", i ? ',' : '{', i);
        wf_buf_printf(&down, "%c\"%d\":0", i ? ',' : '{', 99997 - i);
    }
    wf_buf_char(&up, '}');
    wf_buf_char(&down, '}');
    a = parse(up.data);
    b = parse(down.data);
    ck_assert(wf_json_equal(a, b));
    ck_assert(wf_json_equal(wf_json_merge(arena, a, b), a));
    ck_assert_int_lt(wf_thread_cpu_us() - start, 4000000);
}
END_TEST

START_TEST(numbers_that_are_none_become_null)
{
    ck_assert(wf_json_is(wf_json_number(arena, NAN), WF_JSON_NULL));
    ck_assert(wf_json_is(wf_json_number(arena, -INFINITY), WF_JSON_NULL));
    ck_assert_str_eq(wf_json_dump(arena, wf_json_number(arena, 0.1 + 0.2)),
                     "0.3");
    ck_assert_str_eq(wf_json_dump(arena, wf_json_number(arena, -0.0)), "0");
    ck_assert_str_eq(wf_json_dump(arena, wf_json_int(arena, -999999999999999)),
                     "-999999999999999");
}
END_TEST

START_TEST(questions_may_be_asked_of_nothing)
{
    int64_t n = 7;

    ck_assert(wf_json_is_nothing(NULL));
    ck_assert(wf_json_is_nothing(parse("null")));
    ck_assert(wf_json_is_nothing(parse("\"\"")));
    ck_assert(wf_json_is_nothing(parse("[]")));
    ck_assert(!wf_json_is_nothing(parse("{}")));
    ck_assert(!wf_json_is_nothing(parse("0")));
    ck_assert_ptr_null(wf_json_str(NULL));
    ck_assert_ptr_null(wf_json_get(NULL, "a"));
    ck_assert_ptr_null(wf_json_get(parse("[1]"), "a"));
    ck_assert(!wf_json_is_true(NULL));
    ck_assert_uint_eq(wf_json_len(NULL), 0);
    ck_assert(!wf_json_to_int(NULL, &n));
    ck_assert(!wf_json_to_int(parse("1.5"), &n));
    ck_assert(!wf_json_to_int(parse("1e19"), &n));
    ck_assert(!wf_json_to_int(parse("-1e300"), &n));
    ck_assert_int_eq(n, 7);
    ck_assert(wf_json_to_int(parse("-3e3"), &n));
    ck_assert_int_eq(n, -3000);
}
END_TEST

START_TEST(the_canonical_form_is_sorted_at_every_level)
{
    struct wf_buf buf = WF_BUF_INIT(arena);

    wf_json_write_canonical(
        &buf, parse("{\"b\":[{\"z\":1,\"y\":2}],\"a\":0,\"ab\":1}"));
    ck_assert_str_eq(buf.data, "{\"a\":0,\"ab\":1,\"b\":[{\"y\":2,\"z\":1}]}");
}
END_TEST

START_TEST(the_writer_puts_the_commas)
{
    struct wf_buf buf = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "left_out", NULL);
    wf_jw_key_text(&w, "t", "x");
    wf_jw_key_text_or_null(&w, "n", NULL);
    wf_jw_key_id_or_null(&w, "id", 42);
    wf_jw_key_id_or_null(&w, "no", 0);
    wf_jw_key_time(&w, "at", 1);
    wf_jw_key_time(&w, "never", 0);
    wf_jw_key(&w, "list");
    wf_jw_open(&w, '[');
    wf_jw_int(&w, INT64_MIN);
    wf_jw_bool(&w, true);
    wf_jw_number(&w, NAN);
    wf_jw_number(&w, 2.50);
    wf_jw_tree(&w, parse("{\"k\":[]}"));
    wf_jw_raw(&w, "[]", 2);
    wf_jw_close(&w, ']');
    wf_jw_close(&w, '}');

    ck_assert_str_eq(buf.data,
                     "{\"t\":\"x\",\"n\":null,\"id\":\"42\",\"no\":null,"
                     "\"at\":\"1970-01-01T00:00:00.001Z\",\"never\":null,"
                     "\"list\":[-9223372036854775808,true,null,2.5,"
                     "{\"k\":[]},[]]}");
}
END_TEST

/* One of many lists of strings that broke programs; it may not be there. */
START_TEST(naughty_strings_survive_byte_for_byte)
{
    size_t len;
    const char *text = data_read(arena, "naughty_strings/blns.json", &len);
    struct wf_json *list;

    if (!text)
        return;
    list = parse(text);
    ck_assert_uint_gt(wf_json_len(list), 400);
    ck_assert(wf_json_equal(parse(wf_json_dump(arena, list)), list));
    for (size_t i = 0; i < wf_json_len(list); i++) {
        struct wf_str naughty = list->u.array.at[i]->u.text;
        struct wf_buf tokens = WF_BUF_INIT(arena);

        ck_assert(wf_utf8_is_valid(naughty.at, naughty.len));
        wf_text_tokens(&tokens, naughty.at, naughty.len);
        wf_text_pinyin(arena, naughty.at);
        wf_text_nfc(arena, naughty);
    }
}
END_TEST

START_TEST(what_was_stored_reads_as_if_it_were_parsed)
{
    static const char *const texts[] = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "0.1",
        "-12.345678",
        "1e-7",
        "123456789012345",
        "0.00000123456789",
        "1.5e300",
        "\"\"",
        "\"a \\\"b\\\" \\\\ \\n\\t\\r\\b\\f \\u0001 目标\"",
        "[]",
        "{}",
        "[1,[2,{\"a\":\"b\"}],null]",
        " { \"spaced\" : [ 1 , 2 ] } ",
        "{\"a\":1,\"b\":{\"c\":[true,false]},\"\":\"x\"}",
    };

    for (size_t i = 0; i < WF_COUNT(texts); i++) {
        struct wf_json *json = read_stored(texts[i]);

        ck_assert_msg(wf_json_equal(json, parse(texts[i])), "%s", texts[i]);
        ck_assert_str_eq(wf_json_dump(arena, json),
                         wf_json_dump(arena, parse(texts[i])));
    }
}
END_TEST

START_TEST(a_number_with_as_many_digits_as_are_kept_is_the_same_stored)
{
    uint64_t seed = 42;

    for (int i = 0; i < 20000; i++) {
        struct wf_json *number;
        char text[32];

        seed = seed * UINT64_C(6364136223846793005) + 1;
        number = wf_json_number(
            arena, ldexp((double)(int64_t)seed, -(int)(seed >> 32 & 63)));
        wf_number_write(number->u.number, text);
        ck_assert_msg(wf_json_equal(number, read_stored(text)), "%s", text);
    }
}
END_TEST

START_TEST(decimals_are_written_as_printf_writes_them)
{
    char text[32], expected[32];

    for (int64_t i = 99; i < INT64_C(900000000000000); i = i * 7 / 3 + 1) {
        for (int places = 0; places <= 6; places++) {
            double value = (double)(places % 2 ? -i : i) / pow(10, places);

            if (fabs(value) < 1e-4)
                continue;
            wf_number_write(value, text);
            snprintf(expected, sizeof expected, "%.15g", value);
            ck_assert_str_eq(text, expected);
        }
    }
}
END_TEST

START_TEST(damaged_text_is_no_tree)
{
    static const char *const texts[] = {
        "",    "{",          "[1,", "{\"a\"", "{\"a\":}", "\"a",   "\"\\",
        "tru", "{\"a\":1}x", "-",   "nul",    "[1 2]",    "{1:2}",
    };

    for (size_t i = 0; i < WF_COUNT(texts); i++) {
        weft_error err = WEFT_ERROR_INIT;
        struct wf_json *json;

        ck_assert_msg(!wf_json_read_stored(arena, texts[i], &json, &err), "%s",
                      texts[i]);
        ck_assert_int_eq(err.code, WEFT_E_MALFORMED);
    }
}
END_TEST

/* A process that embeds the engine may speak German. */
START_TEST(a_number_has_a_point_in_every_locale)
{
    char text[32];
    char *end;

    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8"))
        puts("skipped: this machine has no locale with a decimal comma");
    ck_assert_double_eq(wf_number_parse("12.5x", &end), 12.5);
    ck_assert_str_eq(end, "x");
    wf_number_write(1.0 / 3, text);
    ck_assert_str_eq(text, "0.333333333333333");
    ck_assert_double_eq(wf_number_rounded(0.1 + 0.2), 0.3);
    setlocale(LC_NUMERIC, "C");
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
    tcase_add_test(tc, depth_and_number_of_values_are_limited);
    tcase_add_test(tc, merging_is_that_of_rfc_7396);
    tcase_add_test(tc, equal_trees_may_differ_in_the_order_of_keys);
    tcase_add_test(tc, an_object_of_many_keys_keeps_them_all_in_order);
    tcase_add_test(tc, a_hundred_thousand_keys_cost_little_time);
    tcase_add_test(tc, numbers_that_are_none_become_null);
    tcase_add_test(tc, questions_may_be_asked_of_nothing);
    tcase_add_test(tc, the_canonical_form_is_sorted_at_every_level);
    tcase_add_test(tc, the_writer_puts_the_commas);
    tcase_add_test(tc, naughty_strings_survive_byte_for_byte);
    tcase_add_test(tc, what_was_stored_reads_as_if_it_were_parsed);
    tcase_add_test(tc,
                   a_number_with_as_many_digits_as_are_kept_is_the_same_stored);
    tcase_add_test(tc, decimals_are_written_as_printf_writes_them);
    tcase_add_test(tc, damaged_text_is_no_tree);
    tcase_add_test(tc, a_number_has_a_point_in_every_locale);
    return tc;
}
