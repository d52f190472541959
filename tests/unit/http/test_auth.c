/* unit/http/test_auth.c - cookies and origins.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/auth.h"

#include "suite.h"

static bool found(const char *header, const char *value)
{
    return wf_str_is(http_cookie_find(header, "weft"), value);
}

START_TEST(a_cookie_is_found_among_others)
{
    ck_assert(found("weft=s3cret", "s3cret"));
    ck_assert(found("a=1; weft=s3cret; b=2", "s3cret"));
    ck_assert(found("a=1;weft=with=sign", "with=sign"));
}
END_TEST

START_TEST(a_cookie_that_comes_twice_is_none)
{
    ck_assert_uint_eq(http_cookie_find("weft=a; weft=b", "weft").len, 0);
    ck_assert_uint_eq(http_cookie_find("weft=a; x=1; weft=a", "weft").len, 0);
}
END_TEST

START_TEST(names_that_only_look_alike_are_not_it)
{
    static const char *const headers[] = {
        "xweft=a", "weftx=a", "WEFT=a", "__Host-weft=a", "weft", "", ";;="
    };

    ck_assert_uint_eq(http_cookie_find(NULL, "weft").len, 0);
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        ck_assert_uint_eq(http_cookie_find(headers[i], "weft").len, 0);
}
END_TEST

START_TEST(an_origin_is_the_authority_of_the_host)
{
    ck_assert(http_origin_is("https://Weft.example", "weft.example", false));
    ck_assert(http_origin_is("http://127.0.0.1:8080", "127.0.0.1:8080", false));
    ck_assert(
        !http_origin_is("http://127.0.0.1:8081", "127.0.0.1:8080", false));
    ck_assert(
        !http_origin_is("https://weft.example.evil", "weft.example", false));
    ck_assert(http_origin_is("https://a.example", "a.example", true));
    ck_assert(!http_origin_is("http://a.example", "a.example", true));
    ck_assert(!http_origin_is("null", "weft.example", false));
    ck_assert(!http_origin_is("", "weft.example", false));
}
END_TEST

TCase *auth_tests(void)
{
    TCase *tc = tcase_create("http/auth");

    tcase_add_test(tc, a_cookie_is_found_among_others);
    tcase_add_test(tc, a_cookie_that_comes_twice_is_none);
    tcase_add_test(tc, names_that_only_look_alike_are_not_it);
    tcase_add_test(tc, an_origin_is_the_authority_of_the_host);
    return tc;
}
