/* http/test_page.c - the plain pages, as a browser without script uses them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

static const char *cookie;

static int post(const char *path, const char *form)
{
    struct web_request request = {
        .method = "POST",
        .path = path,
        .headers = cookie ? cookie : "",
        .type = "application/x-www-form-urlencoded",
        .body = form,
    };

    web_ask(&bench.web, &request, &bench.answer);
    return bench.answer.status;
}

static void sign_in(const char *password)
{
    const char *set;

    cookie = NULL;
    post("/api/v1/session",
         wf_arena_printf(bench.arena, "login=maker&password=%s", password));
    set = bench_header("Set-Cookie");
    cookie = wf_arena_printf(bench.arena, "Cookie: %.*s\r\n",
                             (int)strcspn(set, ";"), set);
}

/* The hidden field that the page has for the next form. */
static const char *csrf(void)
{
    static const char mark[] = "name=\"csrf\" value=\"";
    const char *at;

    ck_assert_int_eq(bench_ask(cookie, "GET", "/", NULL), 200);
    at = strstr(bench.answer.body, mark);
    ck_assert_ptr_nonnull(at);
    at += sizeof mark - 1;
    return wf_arena_mem(bench.arena, at, strcspn(at, "\""));
}

START_TEST(signed_out_the_first_page_asks_for_login_and_password)
{
    ck_assert_int_eq(bench_ask(NULL, "GET", "/", NULL), 200);

    ck_assert_str_eq(bench_header("Content-Type"), "text/html; charset=utf-8");
    ck_assert_ptr_nonnull(strstr(bench.answer.body, "name=\"password\""));
    ck_assert_ptr_nonnull(strstr(bench.answer.body, "<html lang=\"en\">"));
    ck_assert_int_eq(
        bench_ask_with(NULL, "Accept-Language: zh\r\n", "GET", "/", NULL), 200);
    ck_assert_ptr_nonnull(strstr(bench.answer.body, "<html lang=\"zh-CN\">"));
}
END_TEST

START_TEST(signing_in_leads_on_to_the_first_page)
{
    sign_in(getenv("PASSWORD_maker"));

    ck_assert_int_eq(bench.answer.status, 303);
    ck_assert_str_eq(bench_header("Location"), "/");
    ck_assert_int_eq(bench_ask(cookie, "GET", "/", NULL), 200);
    ck_assert_ptr_nonnull(strstr(bench.answer.body, "/sign-out"));
}
END_TEST

START_TEST(a_wrong_password_says_so_and_asks_again)
{
    sign_in("not-the-password");

    ck_assert_int_eq(bench.answer.status, 401);
    ck_assert_str_eq(bench_header("Content-Type"), "text/html; charset=utf-8");
    ck_assert_ptr_nonnull(strstr(bench.answer.body, "role=\"alert\""));
    ck_assert_ptr_nonnull(strstr(bench.answer.body, "name=\"password\""));
}
END_TEST

START_TEST(a_button_does_what_it_says)
{
    const char *path = bench_document("a <script>alert(1)</script> wish");
    const char *action =
        wf_arena_printf(bench.arena, "%s/actions/submit", path);
    const char *token;

    sign_in(getenv("PASSWORD_maker"));
    token = csrf();
    ck_assert_ptr_nonnull(strstr(bench.answer.body, action));
    ck_assert_ptr_null(strstr(bench.answer.body, "<script>alert"));

    ck_assert_int_eq(post(action, "comment=now"), 403);
    ck_assert_int_eq(post(action, "comment=now&csrf=wrong"), 403);
    ck_assert_int_eq(
        post(action,
             wf_arena_printf(bench.arena, "comment=a+b&csrf=%s", token)),
        303);
    ck_assert_int_eq(bench_ask(cookie, "GET", path, NULL), 200);
    ck_assert_str_eq(bench_text("step"), "answer");
    ck_assert_int_eq(
        post(action, wf_arena_printf(bench.arena, "csrf=%s", token)), 409);
    ck_assert_ptr_nonnull(strstr(bench.answer.body, "role=\"alert\""));
}
END_TEST

START_TEST(a_page_comes_compressed_and_with_another_token_each_time)
{
    const char *first, *second;

    bench_document("a wish");
    sign_in(getenv("PASSWORD_maker"));
    first = csrf();
    ck_assert_str_eq(bench_header("Content-Encoding"), "");
    second = csrf();
    ck_assert_str_ne(first, second);
    ck_assert_int_eq(bench_ask_with(cookie, "Accept-Encoding: gzip;q=0\r\n",
                                    "GET", "/", NULL),
                     200);
    ck_assert_str_eq(bench_header("Content-Encoding"), "");

    ck_assert_int_eq(bench_ask_with(cookie, "Accept-Encoding: br, gzip\r\n",
                                    "GET", "/", NULL),
                     200);
    ck_assert_str_eq(bench_header("Content-Encoding"), "gzip");
    ck_assert_ptr_nonnull(strstr(bench_header("Vary"), "Accept-Encoding"));
    ck_assert_int_eq(bench.answer.body[0], 0x1f);

    /* A letter of it changed, either is refused. */
    ck_assert_int_eq(
        post("/sign-out",
             wf_arena_printf(bench.arena, "csrf=%c%s",
                             second[0] == '0' ? '1' : '0', second + 1)),
        403);
    ck_assert_int_eq(
        post("/sign-out", wf_arena_printf(bench.arena, "csrf=%s", first)), 303);
}
END_TEST

START_TEST(signing_out_leads_back_to_the_start)
{
    const char *token;

    sign_in(getenv("PASSWORD_maker"));
    token = csrf();
    ck_assert_int_eq(post("/sign-out", ""), 403);
    ck_assert_int_eq(
        post("/sign-out", wf_arena_printf(bench.arena, "csrf=%s", token)), 303);
    ck_assert_int_eq(bench_ask(cookie, "GET", "/api/v1/me", NULL), 401);
}
END_TEST

TCase *page_tests(void)
{
    TCase *tc = tcase_create("http/page");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, signed_out_the_first_page_asks_for_login_and_password);
    tcase_add_test(tc, signing_in_leads_on_to_the_first_page);
    tcase_add_test(tc, a_wrong_password_says_so_and_asks_again);
    tcase_add_test(tc, a_button_does_what_it_says);
    tcase_add_test(tc,
                   a_page_comes_compressed_and_with_another_token_each_time);
    tcase_add_test(tc, signing_out_leads_back_to_the_start);
    return tc;
}
