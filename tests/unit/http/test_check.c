/* unit/http/test_check.c - headers that two programs could read differently.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/check.h"

#include "suite.h"

static struct http_headers headers;
static weft_error err;

static void setup(void)
{
    headers = (struct http_headers){ .n = 0 };
    err = (weft_error)WEFT_ERROR_INIT;
}

static void add(const char *name, const char *value)
{
    http_headers_add(&headers, wf_str_of(name), wf_str_of(value));
}

static bool is_sound(void)
{
    return http_headers_check(&headers, &err);
}

START_TEST(an_ordinary_request_is_sound)
{
    add("host", "[::1]:8080");
    add("Content-Length", "12");
    add("Accept", "text/html, */*;q=0.5");

    ck_assert(is_sound());
    ck_assert_int_eq(http_headers_length(&headers), 12);
    ck_assert_str_eq(http_headers_find(&headers, "HOST"), "[::1]:8080");
}
END_TEST

START_TEST(without_a_length_there_is_no_body_and_chunks_have_none)
{
    add("Host", "a");
    ck_assert_int_eq(http_headers_length(&headers), 0);

    add("Transfer-Encoding", "Chunked");
    ck_assert(is_sound());
    ck_assert_int_eq(http_headers_length(&headers), -1);
}
END_TEST

/* Each is added to a request with one Host. */
/* clang-format off */
static const struct {
    const char *name, *value, *second_name, *second;
} refused[] = {
    { "Host", "b", NULL, NULL },
    { "Content-Length", "3", "Content-Length", "3" },
    { "Content-Length", "3", "content-length", "5" },
    { "Content-Length", "3", "Transfer-Encoding", "chunked" },
    { "Transfer-Encoding", "chunked", "Transfer-Encoding", "chunked" },
    { "Transfer-Encoding", "gzip, chunked", NULL, NULL },
    { "Transfer-Encoding", "identity", NULL, NULL },
    { "Transfer-Encoding", "xchunked", NULL, NULL },
    { "Transfer-Encoding", " chunked", NULL, NULL },
    { "Content-Length", "+3", NULL, NULL },
    { "Content-Length", "-3", NULL, NULL },
    { "Content-Length", "3 3", NULL, NULL },
    { "Content-Length", "0x3", NULL, NULL },
    { "Content-Length", "", NULL, NULL },
    { "Content-Length", "9223372036854775808", NULL, NULL },
    { "Content-Length ", "3", NULL, NULL },
    { "X Y", "3", NULL, NULL },
    { "", "3", NULL, NULL },
    { "X\xc3\xa4", "3", NULL, NULL },
    { "X", "a\rb", NULL, NULL },
    { "X", "a\nb", NULL, NULL },
    { "X", "a\x01", NULL, NULL },
    { "X", "a\x7f", NULL, NULL },
    { "Authorization", "Bearer a", "Authorization", "Bearer b" },
    { "Content-Type", "application/json", "Content-Type", "text/csv" },
};
/* clang-format on */

START_TEST(what_could_be_read_in_two_ways_is_refused)
{
    add("Host", "a");
    add(refused[_i].name, refused[_i].value);
    if (refused[_i].second)
        add(refused[_i].second_name, refused[_i].second);

    ck_assert(!is_sound());
    ck_assert_int_eq(err.code, WEFT_E_MALFORMED);
}
END_TEST

START_TEST(a_request_names_one_host_that_can_be)
{
    ck_assert(!is_sound());

    add("Host", "a b");
    ck_assert(!is_sound());
}
END_TEST

START_TEST(headers_have_a_most_in_number_and_in_bytes)
{
    static char big[HTTP_HEADER_BYTES_MAX];

    for (int i = 0; i < HTTP_HEADERS_MAX; i++)
        add("X", "");
    ck_assert(!headers.overflow);
    add("X", "");
    ck_assert(headers.overflow);

    setup();
    memset(big, 'a', sizeof big - 1);
    http_headers_add(&headers, wf_str_of("X"), wf_str_of(big));
    ck_assert(!headers.overflow);
    add("Y", "");
    ck_assert(headers.overflow);
}
END_TEST

TCase *check_tests(void)
{
    TCase *tc = tcase_create("http/check");

    tcase_add_checked_fixture(tc, setup, NULL);
    tcase_add_test(tc, an_ordinary_request_is_sound);
    tcase_add_test(tc, without_a_length_there_is_no_body_and_chunks_have_none);
    tcase_add_loop_test(tc, what_could_be_read_in_two_ways_is_refused, 0,
                        sizeof refused / sizeof refused[0]);
    tcase_add_test(tc, a_request_names_one_host_that_can_be);
    tcase_add_test(tc, headers_have_a_most_in_number_and_in_bytes);
    return tc;
}
