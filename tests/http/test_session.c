/* http/test_session.c - signing in and out, cookies, tokens, scopes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

/* The headers that a browser sends once it is signed in. */
static const char *cookie, *csrf;

static int sign_in(const char *login, const char *password)
{
    return bench_ask(NULL, "POST", "/api/v1/session",
                     wf_arena_printf(bench.arena,
                                     "{\"login\":\"%s\",\"password\":\"%s\"}",
                                     login, password));
}

static void sign_in_as_maker(void)
{
    const char *set;

    ck_assert_int_eq(sign_in("maker", getenv("PASSWORD_maker")), 200);
    set = bench_header("Set-Cookie");
    cookie = wf_arena_printf(bench.arena, "Cookie: %.*s\r\n",
                             (int)strcspn(set, ";"), set);
    csrf = wf_arena_printf(bench.arena, "X-CSRF-Token: %s\r\n",
                           bench_text("csrf"));
}

static int change_with(const char *headers)
{
    return bench_ask_with(cookie, headers, "POST", "/api/v1/documents",
                          "{\"form\":\"request\",\"data\":{}}");
}

START_TEST(signing_in_gives_a_cookie_that_scripts_cannot_read)
{
    const char *set;

    sign_in_as_maker();
    ck_assert_str_eq(bench_text("me.login"), "maker");
    set = bench_header("Set-Cookie");
    ck_assert(strncmp(set, "weft=", 5) == 0);
    ck_assert_ptr_nonnull(strstr(set, "HttpOnly"));
    ck_assert_ptr_nonnull(strstr(set, "SameSite=Lax"));
    ck_assert_ptr_nonnull(strstr(set, "Path=/"));

    ck_assert_int_eq(bench_ask(cookie, "GET", "/api/v1/me", NULL), 200);
    ck_assert_str_eq(bench_text("login"), "maker");
}
END_TEST

START_TEST(a_wrong_password_and_an_unknown_login_answer_alike)
{
    const char *first;
    int status = sign_in("maker", "not-the-password");

    first = wf_arena_str(bench.arena, bench_text("detail"));
    ck_assert_int_eq(status, 401);
    ck_assert_int_eq(sign_in("nobody-at-all", "not-the-password"), 401);
    ck_assert_str_eq(bench_text("detail"), first);
    ck_assert_str_eq(bench_text("type"), "urn:weft:problem:signed-out");
}
END_TEST

START_TEST(signing_in_takes_two_texts)
{
    static const char *const bodies[] = {
        "{}",
        "[]",
        "1",
        "{\"login\":\"maker\"}",
        "{\"login\":1,\"password\":2}",
        "{\"login\":null,\"password\":null}",
    };

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        ck_assert_int_eq(bench_ask(NULL, "POST", "/api/v1/session", bodies[i]),
                         400);
}
END_TEST

START_TEST(a_change_by_cookie_needs_the_token_of_the_session)
{
    sign_in_as_maker();

    ck_assert_int_eq(change_with(""), 403);
    ck_assert_int_eq(change_with("X-CSRF-Token: wrong\r\n"), 403);
    ck_assert_int_eq(change_with(csrf), 201);
}
END_TEST

START_TEST(a_token_of_another_session_does_not_count)
{
    const char *other;

    sign_in_as_maker();
    other = csrf;
    sign_in_as_maker();

    ck_assert_int_eq(change_with(other), 403);
}
END_TEST

START_TEST(a_change_from_another_origin_is_refused)
{
    sign_in_as_maker();

    ck_assert_int_eq(
        change_with(wf_arena_printf(bench.arena,
                                    "%sOrigin: http://evil.example\r\n", csrf)),
        403);
    ck_assert_int_eq(
        change_with(wf_arena_printf(bench.arena,
                                    "%sSec-Fetch-Site: cross-site\r\n", csrf)),
        403);
    ck_assert_int_eq(
        change_with(wf_arena_printf(bench.arena,
                                    "%sOrigin: http://localhost\r\n"
                                    "Sec-Fetch-Site: same-origin\r\n",
                                    csrf)),
        201);
}
END_TEST

START_TEST(nobody_is_signed_in_from_another_origin)
{
    ck_assert_int_eq(bench_ask_with(NULL, "Origin: null\r\n", "POST",
                                    "/api/v1/session",
                                    "{\"login\":\"maker\",\"password\":\"x\"}"),
                     403);
}
END_TEST

START_TEST(a_cookie_that_comes_twice_is_nobodys)
{
    const char *value;

    sign_in_as_maker();
    value = wf_arena_printf(bench.arena, "%.*s; %s", (int)strcspn(cookie, "\r"),
                            cookie, cookie + strlen("Cookie: "));

    ck_assert_int_eq(bench_ask(value, "GET", "/api/v1/me", NULL), 401);
}
END_TEST

START_TEST(signing_out_ends_the_session_for_good)
{
    sign_in_as_maker();

    ck_assert_int_eq(
        bench_ask_with(cookie, "", "DELETE", "/api/v1/session", NULL), 403);
    ck_assert_int_eq(
        bench_ask_with(cookie, csrf, "DELETE", "/api/v1/session", NULL), 204);
    ck_assert_ptr_nonnull(strstr(bench_header("Set-Cookie"), "Max-Age=0"));
    ck_assert_int_eq(bench_ask(cookie, "GET", "/api/v1/me", NULL), 401);
}
END_TEST

START_TEST(an_unknown_token_or_scheme_is_401)
{
    static const char *const headers[] = {
        "Authorization: Bearer nonsense\r\n",
        "Authorization: Bearer\r\n",
        "Authorization: Basic bWFrZXI6eA==\r\n",
        "Authorization: \r\n",
        "Cookie: weft=nonsense\r\n",
    };

    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        ck_assert_int_eq(bench_ask(headers[i], "GET", "/api/v1/me", NULL), 401);
        ck_assert_str_eq(bench_header("WWW-Authenticate"),
                         "Bearer realm=\"weft\"");
    }
    ck_assert_int_eq(bench_ask(NULL, "GET", "/api/v1/me", NULL), 401);
}
END_TEST

START_TEST(a_token_may_do_what_its_scopes_say)
{
    ck_assert_int_eq(bench_ask("reader", "GET", "/api/v1/work", NULL), 200);
    ck_assert_int_eq(bench_ask("reader", "POST", "/api/v1/documents",
                               "{\"form\":\"request\",\"data\":{}}"),
                     403);
    ck_assert_int_eq(bench_ask("maker", "POST", "/api/v1/people/import", ""),
                     403);
}
END_TEST

START_TEST(a_token_is_made_once_and_works)
{
    const char *bearer;

    sign_in_as_maker();
    ck_assert_int_eq(bench_ask_with(cookie, csrf, "POST",
                                    "/api/v1/admin/tokens",
                                    "{\"scopes\":[\"read\"],\"days\":1}"),
                     201);
    bearer = wf_arena_printf(bench.arena, "Authorization: Bearer %s\r\n",
                             bench_text("token"));
    ck_assert_int_eq(bench_ask(bearer, "GET", "/api/v1/me", NULL), 200);
}
END_TEST

/* What was meant to be narrow must not become wide by a slip. */
START_TEST(a_token_is_not_made_of_what_is_not_understood)
{
    static const char *const slips[][2] = {
        { "{\"scope\":[\"read\"]}", "scope" },
        { "{\"scopes\":[]}", "scopes" },
        { "{\"scopes\":\"read\"}", "scopes" },
        { "{\"scopes\":[\"read\",7]}", "scopes" },
        { "{\"scopes\":[\"everything\"]}", "calendar" },
        { "{\"days\":0}", "days" },
        { "{\"expires\":\"2026-12-01\"}", "expires" },
    };

    sign_in_as_maker();
    for (size_t i = 0; i < WF_COUNT(slips); i++) {
        ck_assert_int_eq(bench_ask_with(cookie, csrf, "POST",
                                        "/api/v1/admin/tokens", slips[i][0]),
                         422);
        ck_assert_ptr_nonnull(strstr(bench.answer.body, slips[i][1]));
    }
}
END_TEST

START_TEST(operators_ask_for_figures_from_this_machine)
{
    ck_assert_int_eq(bench_ask(NULL, "GET", "/metrics", NULL), 200);
    ck_assert_ptr_nonnull(
        strstr(bench.answer.body, "weft_http_requests_total{method=\"GET\""));
    ck_assert_ptr_nonnull(strstr(bench.answer.body, "weft_batches_total"));
    ck_assert_int_eq(bench_ask("reader", "GET", "/metrics", NULL), 403);
}
END_TEST

TCase *session_tests(void)
{
    TCase *tc = tcase_create("http/session");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, signing_in_gives_a_cookie_that_scripts_cannot_read);
    tcase_add_test(tc, a_wrong_password_and_an_unknown_login_answer_alike);
    tcase_add_test(tc, signing_in_takes_two_texts);
    tcase_add_test(tc, a_change_by_cookie_needs_the_token_of_the_session);
    tcase_add_test(tc, a_token_of_another_session_does_not_count);
    tcase_add_test(tc, a_change_from_another_origin_is_refused);
    tcase_add_test(tc, nobody_is_signed_in_from_another_origin);
    tcase_add_test(tc, a_cookie_that_comes_twice_is_nobodys);
    tcase_add_test(tc, signing_out_ends_the_session_for_good);
    tcase_add_test(tc, an_unknown_token_or_scheme_is_401);
    tcase_add_test(tc, a_token_may_do_what_its_scopes_say);
    tcase_add_test(tc, a_token_is_made_once_and_works);
    tcase_add_test(tc, a_token_is_not_made_of_what_is_not_understood);
    tcase_add_test(tc, operators_ask_for_figures_from_this_machine);
    return tc;
}
