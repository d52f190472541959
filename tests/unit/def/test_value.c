/* unit/def/test_value.c - values and the JSON of documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "support/form_by_hand.h"
#include "world.h"

static struct wf_arena *arena;
static struct wf_package *package;

static void setup(void)
{
    arena = wf_arena_new();
    package = package_by_hand(
        arena, json_of(arena, "{'scales':{'three':[['a',3,'好'],['b',2,'中'],"
                              "['c',1,'差']]}}"));
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static const struct wf_field *field_of(const char *text)
{
    struct wf_json *fields = wf_json_array(arena);

    wf_json_push(arena, fields, json_of(arena, text));
    return form_by_hand(arena, package, fields)->fields;
}

/* clang-format off */
static const struct {
    const char *field, *stored, *plain;
} readings[] = {
    { "{'id':'x','type':'number'}", "1.5", "1.5" },
    { "{'id':'x','type':'number'}", "'1.5'", "null" },
    { "{'id':'x','type':'money'}", "{'amount':105,'currency':'CNY'}", "1.05" },
    { "{'id':'x','type':'money'}", "{'amount':105,'currency':'JPY'}", "105" },
    { "{'id':'x','type':'money'}", "{'amount':'105','currency':'CNY'}",
      "null" },
    { "{'id':'x','type':'money'}", "{'amount':105}", "null" },
    { "{'id':'x','type':'duration'}", "'90min'", "1.5" },
    { "{'id':'x','type':'duration'}", "'2d'", "48" },
    { "{'id':'x','type':'duration'}", "'2wd'", "16" },
    { "{'id':'x','type':'duration'}", "2", "null" },
    { "{'id':'x','type':'rating','scale':'three'}", "'a'", "3" },
    { "{'id':'x','type':'rating','scale':'three','reverse':true}", "'a'",
      "1" },
    { "{'id':'x','type':'rating','scale':'three'}", "'z'", "null" },
    { "{'id':'x','type':'progress','sentence':true}", "'办完了'", "null" },
    { "{'id':'x','type':'boolean'}", "true", "true" },
    { "{'id':'x','type':'boolean'}", "1", "null" },
    { "{'id':'x','type':'text'}", "''", "null" },
    { "{'id':'x','type':'text'}", "'季'", "\"季\"" },
    { "{'id':'x','type':'tags'}", "['a',1,'b']", "[\"a\",\"b\"]" },
    { "{'id':'x','type':'tags'}", "'a'", "[]" },
    { "{'id':'x','type':'date'}", "null", "null" },
    { "{'id':'x','type':'items'}", "[{'a':1}]", "[{\"a\":1}]" },
    { "{'id':'x','type':'json'}", "[1,{},{'a':1}]", "[1,[],null]" },
};
/* clang-format on */

START_TEST(stored_json_is_read_by_the_type_of_its_field)
{
    struct wf_value value = wf_value_of(arena, field_of(readings[_i].field),
                                        json_of(arena, readings[_i].stored));

    ck_assert_str_eq(wf_json_dump(arena, wf_value_plain(arena, value)),
                     readings[_i].plain);
}
END_TEST

static struct wf_value number(double n)
{
    return wf_value_number(n);
}

/* clang-format off */
static const struct {
    const char *field;
    double number;
    const char *stored;
} numbers[] = {
    { "{'id':'x','type':'number'}", 1.0 / 3, "0.333333333333333" },
    { "{'id':'x','type':'number','digits':1}", 2.25, "2.3" },
    { "{'id':'x','type':'number','digits':1}", -2.25, "-2.3" },
    { "{'id':'x','type':'number','digits':2}", 1.005, "1.01" },
    { "{'id':'x','type':'number','digits':0}", -0.4, "0" },
    { "{'id':'x','type':'money'}", 1.005,
      "{\"amount\":101,\"currency\":\"CNY\"}" },
    { "{'id':'x','type':'money','currency':'JPY'}", 99.5,
      "{\"amount\":100,\"currency\":\"JPY\"}" },
    { "{'id':'x','type':'money'}", 1e308, "null" },
    { "{'id':'x','type':'duration'}", 1.5, "\"90min\"" },
    { "{'id':'x','type':'duration'}", 48, "\"48h\"" },
    { "{'id':'x','type':'duration'}", 0, "null" },
    { "{'id':'x','type':'duration'}", 1e9, "null" },
    { "{'id':'x','type':'rating','scale':'three'}", 2, "\"b\"" },
    { "{'id':'x','type':'rating','scale':'three','reverse':true}", 1,
      "\"a\"" },
    { "{'id':'x','type':'rating','scale':'three'}", 2.5, "null" },
    { "{'id':'x','type':'text'}", 5, "null" },
    { "{'id':'x','type':'boolean'}", 1, "null" },
};
/* clang-format on */

START_TEST(a_number_is_kept_as_its_field_keeps_it)
{
    struct wf_json *json = wf_value_to_json(arena, field_of(numbers[_i].field),
                                            number(numbers[_i].number));

    ck_assert_str_eq(wf_json_dump(arena, json), numbers[_i].stored);
}
END_TEST

START_TEST(texts_are_kept_only_where_they_belong)
{
    const struct wf_field *text = field_of("{'id':'x','type':'text'}");
    const struct wf_field *person = field_of("{'id':'x','type':'person'}");
    struct wf_value day = wf_value_text(arena, WF_T_DATE, "2026-10-12");

    ck_assert_str_eq(wf_json_str(wf_value_to_json(arena, text, day)),
                     "2026-10-12");
    ck_assert_ptr_null(wf_json_str(wf_value_to_json(arena, person, day)));
    ck_assert(wf_json_is(
        wf_value_to_json(arena, text, wf_value_text(arena, WF_T_TEXT, "")),
        WF_JSON_NULL));
}
END_TEST

START_TEST(numbers_are_compared_by_15_digits)
{
    ck_assert_int_eq(wf_number_compare(0.1 + 0.2, 0.3), 0);
    ck_assert_int_eq(wf_number_compare(1.00000000000001, 1), 1);
    ck_assert_int_eq(wf_number_compare(-1.00000000000001, -1), -1);
    ck_assert_int_eq(wf_number_compare(1e308, 1e307), 1);
    ck_assert_int_eq(wf_number_compare(0, 1e-300), -1);
    ck_assert_int_eq(wf_number_compare(0, 0), 0);
}
END_TEST

START_TEST(numbers_are_rounded_half_away_from_zero)
{
    ck_assert_double_eq(wf_number_round(0.5, 0), 1);
    ck_assert_double_eq(wf_number_round(-0.5, 0), -1);
    ck_assert_double_eq(wf_number_round(0.49999999999999994, 0), 1);
    ck_assert_double_eq(wf_number_round(2.345, 2), 2.35);
    ck_assert_double_eq(wf_number_round(1234, -2), 1200);
    ck_assert_double_eq(wf_number_round(1e300, 15), 1e300);
    ck_assert_double_eq(wf_number_round(1.5e15, -15), 2e15);
}
END_TEST

TCase *value_tests(void)
{
    TCase *tc = tcase_create("def/value");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, stored_json_is_read_by_the_type_of_its_field, 0,
                        WF_COUNT(readings));
    tcase_add_loop_test(tc, a_number_is_kept_as_its_field_keeps_it, 0,
                        WF_COUNT(numbers));
    tcase_add_test(tc, texts_are_kept_only_where_they_belong);
    tcase_add_test(tc, numbers_are_compared_by_15_digits);
    tcase_add_test(tc, numbers_are_rounded_half_away_from_zero);
    return tc;
}
