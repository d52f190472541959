/* unit/http/test_body.c - media types and bodies of every size.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/body.h"

#include <stdlib.h>

#include "suite.h"

enum {
    MIB = 1024 * 1024
};

static struct wf_arena *arena;
static struct http_body body;
static struct wf_str whole;
static weft_error err;
static char *block;

static void setup(void)
{
    arena = wf_arena_new();
    err = (weft_error)WEFT_ERROR_INIT;
    http_body_init(&body, arena);
    block = malloc(MIB);
    memset(block, 'a', MIB);
}

static void teardown(void)
{
    free(block);
    http_body_fini(&body);
    wf_arena_free(arena);
}

static void add(size_t len)
{
    ck_assert(http_body_add(&body, block, len, &err));
}

START_TEST(a_media_type_is_known_with_and_without_parameters)
{
    ck_assert_int_eq(http_media_of("application/json"), HTTP_TAKES_JSON);
    ck_assert_int_eq(http_media_of("Application/JSON ; charset=utf-8"),
                     HTTP_TAKES_JSON);
    ck_assert_int_eq(http_media_of("text/csv;header=present"), HTTP_TAKES_CSV);
    ck_assert_int_eq(http_media_of("text/plain"), HTTP_TAKES_NOTHING);
    ck_assert_int_eq(http_media_of("application/jsonx"), HTTP_TAKES_NOTHING);
    ck_assert_int_eq(http_media_of(""), HTTP_TAKES_NOTHING);
}
END_TEST

START_TEST(no_body_is_an_empty_text)
{
    ck_assert(http_body_whole(&body, &whole, &err));

    ck_assert_uint_eq(whole.len, 0);
    ck_assert_str_eq(whole.at, "");
}
END_TEST

START_TEST(a_body_may_have_exactly_its_most)
{
    body.max = 3;
    add(2);
    add(1);
    ck_assert(http_body_whole(&body, &whole, &err));
    ck_assert_uint_eq(whole.len, 3);
}
END_TEST

START_TEST(one_byte_more_is_too_large_and_nothing_more_is_kept)
{
    body.max = 3;
    add(4);
    add(MIB);

    ck_assert_uint_eq(body.buf.len, 0);
    ck_assert(!http_body_whole(&body, &whole, &err));
    ck_assert_int_eq(err.code, WEFT_E_TOO_LARGE);
}
END_TEST

START_TEST(a_large_body_goes_to_a_file_and_comes_back_whole)
{
    body.max = 4 * MIB;
    add(MIB);
    ck_assert_int_lt(body.fd, 0);
    block[0] = 'b';
    add(MIB);
    ck_assert_int_ge(body.fd, 0);
    add(7);

    ck_assert(http_body_whole(&body, &whole, &err));
    ck_assert_uint_eq(whole.len, 2 * MIB + 7);
    ck_assert_int_eq(whole.at[0], 'a');
    ck_assert_int_eq(whole.at[MIB], 'b');
    ck_assert_int_eq(whole.at[MIB + 1], 'a');
}
END_TEST

START_TEST(a_place_that_cannot_be_written_is_a_failure)
{
    setenv("TMPDIR", "/nowhere/at/all", 1);
    body.max = 4 * MIB;
    add(MIB);

    ck_assert(!http_body_add(&body, block, 1, &err));
    ck_assert_int_eq(err.code, WEFT_E_STORE);
}
END_TEST

TCase *body_tests(void)
{
    TCase *tc = tcase_create("http/body");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_media_type_is_known_with_and_without_parameters);
    tcase_add_test(tc, no_body_is_an_empty_text);
    tcase_add_test(tc, a_body_may_have_exactly_its_most);
    tcase_add_test(tc, one_byte_more_is_too_large_and_nothing_more_is_kept);
    tcase_add_test(tc, a_large_body_goes_to_a_file_and_comes_back_whole);
    tcase_add_test(tc, a_place_that_cannot_be_written_is_a_failure);
    return tc;
}
