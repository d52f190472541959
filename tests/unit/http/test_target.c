/* unit/http/test_target.c - paths and queries, honest and hostile.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/target.h"

#include <stdio.h>
#include <string.h>

#include "suite.h"

static struct wf_arena *arena;
static struct http_target target;
static weft_error err;

static void setup(void)
{
    arena = wf_arena_new();
    err = (weft_error)WEFT_ERROR_INIT;
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static bool parse(const char *raw)
{
    return http_target_parse(arena, raw, &target, &err);
}

START_TEST(a_path_is_cut_into_decoded_segments)
{
    ck_assert(parse("/api/v1/forms/%E8%AF%B7%E5%81%87"));

    ck_assert_uint_eq(target.n_segments, 4);
    ck_assert_str_eq(target.segments[0], "api");
    ck_assert_str_eq(target.segments[3], "\xe8\xaf\xb7\xe5\x81\x87");
    ck_assert_str_eq(target.path, "/api/v1/forms/%E8%AF%B7%E5%81%87");
}
END_TEST

START_TEST(the_root_has_no_segment_and_a_last_slash_an_empty_one)
{
    ck_assert(parse("/"));
    ck_assert_uint_eq(target.n_segments, 0);

    ck_assert(parse("/a/"));
    ck_assert_uint_eq(target.n_segments, 2);
    ck_assert_str_eq(target.segments[1], "");
}
END_TEST

START_TEST(an_absolute_target_is_read_behind_its_authority)
{
    ck_assert(parse("http://weft.example:8080/a?b=c"));
    ck_assert_str_eq(target.path, "/a");
    ck_assert_str_eq(http_params_find(&target.params, "b"), "c");

    ck_assert(parse("https://weft.example"));
    ck_assert_uint_eq(target.n_segments, 0);
}
END_TEST

START_TEST(parameters_are_decoded_in_their_order)
{
    ck_assert(parse("/d?filter%5Btotal%5D%5Bgte%5D=5&q=a+b%2Bc&empty=&bare"));

    ck_assert_uint_eq(target.params.n, 4);
    ck_assert_str_eq(target.params.at[0].name, "filter[total][gte]");
    ck_assert_str_eq(target.params.at[1].value, "a b+c");
    ck_assert_str_eq(http_params_find(&target.params, "empty"), "");
    ck_assert_str_eq(http_params_find(&target.params, "bare"), "");
    ck_assert_ptr_null(http_params_find(&target.params, "absent"));
}
END_TEST

/* clang-format off */
static const char *const refused[] = {
    "",                   "a",            "*",
    "/a%00b",             "/a%",          "/a%4",
    "/a%zz",              "/a%2fb",       "/a%2Fb",
    "/..",                "/a/../b",      "/a/%2e%2e/b",
    "/./a",               "/a/%2E",       "/%ff",
    "/%c0%af",            "/a#b",         "/a\\b",
    "/a b",               "/a\tb",        "/a\x7f",
    "/\xe8\xaf\xb7",      "/?a=1&a=2",    "/?a=%00",
    "/?a=%ff",            "/?%00=1",      "/?a=%",
    "http:/a",            "javascript:a", "/?a&a",
    "/%ed%a0%80",
};
/* clang-format on */

START_TEST(what_no_honest_client_sends_is_malformed)
{
    ck_assert_msg(!parse(refused[_i]), "%s", refused[_i]);

    ck_assert_int_eq(err.code, WEFT_E_MALFORMED);
}
END_TEST

START_TEST(more_segments_than_any_route_has_are_nowhere)
{
    ck_assert(parse("/1/2/3/4/5/6/7/8"));

    ck_assert(!parse("/1/2/3/4/5/6/7/8/9"));
    ck_assert_int_eq(err.code, WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(parameters_have_a_most)
{
    char raw[1024] = "/?";
    size_t len = 2;

    for (int i = 0; i < HTTP_PARAMS_MAX; i++)
        len += (size_t)snprintf(raw + len, sizeof raw - len, "p%d=1&", i);
    ck_assert(parse(raw));

    snprintf(raw + len, sizeof raw - len, "more=1");
    ck_assert(!parse(raw));
    ck_assert_int_eq(err.code, WEFT_E_MALFORMED);
}
END_TEST

TCase *target_tests(void)
{
    TCase *tc = tcase_create("http/target");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_path_is_cut_into_decoded_segments);
    tcase_add_test(tc, the_root_has_no_segment_and_a_last_slash_an_empty_one);
    tcase_add_test(tc, an_absolute_target_is_read_behind_its_authority);
    tcase_add_test(tc, parameters_are_decoded_in_their_order);
    tcase_add_loop_test(tc, what_no_honest_client_sends_is_malformed, 0,
                        sizeof refused / sizeof refused[0]);
    tcase_add_test(tc, more_segments_than_any_route_has_are_nowhere);
    tcase_add_test(tc, parameters_have_a_most);
    return tc;
}
