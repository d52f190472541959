/* http/test_problem.c - what clients are told when it does not work.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

static const char documents[] = "/api/v1/documents";

/* Text that is `n` times the same character, behind `prefix`. */
static const char *long_text(const char *prefix, size_t n)
{
    struct wf_buf text = WF_BUF_INIT(bench.arena);

    wf_buf_str(&text, prefix);
    while (n-- > 0)
        wf_buf_char(&text, 'a');
    return wf_buf_text(&text);
}

START_TEST(a_problem_says_its_kind_title_status_detail_and_place)
{
    ck_assert_int_eq(bench_ask("maker", "GET", "/api/v1/nowhere?a=1", NULL),
                     404);

    ck_assert_str_eq(bench_header("Content-Type"), "application/problem+json");
    ck_assert_str_eq(bench_text("type"), "urn:weft:problem:not-found");
    ck_assert_str_eq(bench_text("title"), "Not found");
    ck_assert_str_eq(bench_text("instance"), "/api/v1/nowhere");
    ck_assert_ptr_nonnull(bench_text("detail"));
    ck_assert(wf_json_num(wf_json_get(bench_json(), "status"), 0) == 404);
}
END_TEST

START_TEST(a_problem_speaks_the_language_of_who_asks)
{
    ck_assert_int_eq(bench_ask_with(NULL, "Accept-Language: zh-CN\r\n", "GET",
                                    "/api/v1/nowhere", NULL),
                     404);

    ck_assert_str_eq(bench_text("title"),
                     "\xe6\xb2\xa1\xe6\x9c\x89\xe6\x89\xbe\xe5\x88\xb0");
}
END_TEST

START_TEST(without_a_wish_all_of_an_answer_is_in_the_persons_language)
{
    const char *person,
        *read = wf_arena_printf(bench.arena, "%s/read", bench_document("Lamp"));

    bench_ask("maker", "GET", "/api/v1/me", NULL);
    person =
        wf_arena_printf(bench.arena, "/api/v1/people/%s", bench_text("login"));
    ck_assert_int_eq(
        bench_ask("admin", "PATCH", person, "{\"locale\":\"zh-CN\"}"), 200);
    ck_assert_int_eq(bench_ask("maker", "POST", read, "{}"), 415);
    ck_assert_int_gt((unsigned char)bench_text("title")[0], 0x7f);
    ck_assert_int_gt((unsigned char)bench_text("detail")[0], 0x7f);
    bench_ask("admin", "PATCH", person, "{\"locale\":null}");
}
END_TEST

START_TEST(every_answer_carries_the_headers_that_protect_it)
{
    static const char *const names[] = {
        "Content-Security-Policy", "X-Content-Type-Options",
        "Referrer-Policy",         "Cross-Origin-Opener-Policy",
        "Permissions-Policy",      "Cross-Origin-Resource-Policy",
        "Cache-Control",
    };
    static const char *const paths[] = { "/", "/healthz", "/api/v1/me",
                                         "/nowhere", "/%00" };

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        bench_ask(NULL, "GET", paths[i], NULL);
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++)
            ck_assert_msg(bench_header(names[j])[0], "%s at %s", names[j],
                          paths[i]);
    }
}
END_TEST

/* Text of the last problem, without the id that was asked for. */
static const char *without(const char *id)
{
    char *text = wf_arena_mem(bench.arena, bench.answer.body, bench.answer.len);
    char *at;

    while ((at = strstr(text, id)))
        memmove(at, at + strlen(id), strlen(at + strlen(id)) + 1);
    return text;
}

START_TEST(what_one_may_not_see_answers_as_what_is_not_there)
{
    static const char absent[] = "1234567890123";
    static const char *const below[] = { "", "/history", "/comments", "/chain",
                                         "/children" };
    const char *path = bench_document("secret");
    const char *unseen = strrchr(path, '/') + 1, *first;

    for (size_t i = 0; i < sizeof below / sizeof below[0]; i++) {
        ck_assert_int_eq(
            bench_ask("other", "GET",
                      wf_arena_printf(bench.arena, "%s%s", path, below[i]),
                      NULL),
            404);
        first = without(unseen);
        ck_assert_int_eq(bench_ask("other", "GET",
                                   wf_arena_printf(bench.arena, "%s/%s%s",
                                                   documents, absent, below[i]),
                                   NULL),
                         404);
        ck_assert_str_eq(without(absent), first);
    }
    ck_assert_int_eq(bench_ask("other", "DELETE", path, NULL), 404);
    ck_assert_int_eq(bench_ask("other", "PATCH", path, "{\"data\":{}}"), 404);
}
END_TEST

START_TEST(a_wrong_method_names_the_right_ones)
{
    ck_assert_int_eq(bench_ask("maker", "PUT", documents, "{}"), 405);
    ck_assert_str_eq(bench_header("Allow"), "GET, HEAD, POST");
    ck_assert_str_eq(bench_text("type"), "urn:weft:problem:method-not-allowed");

    ck_assert_int_eq(bench_ask(NULL, "OPTIONS", documents, NULL), 204);
    ck_assert_str_eq(bench_header("Allow"), "GET, HEAD, POST");
    ck_assert_int_eq(bench_ask(NULL, "OPTIONS", "/nowhere", NULL), 404);
}
END_TEST

static int post_as(const char *type, const char *headers)
{
    struct web_request request = {
        .method = "POST",
        .path = documents,
        .type = type,
        .headers =
            wf_arena_printf(bench.arena, "%s%s", bench_as("maker"), headers),
        .body = "{\"form\":\"request\",\"data\":{}}",
    };

    web_ask(&bench.web, &request, &bench.answer);
    return bench.answer.status;
}

START_TEST(other_media_types_are_not_taken)
{
    ck_assert_int_eq(post_as("text/plain", ""), 415);
    ck_assert_int_eq(post_as("application/x-www-form-urlencoded", ""), 415);
    ck_assert_int_eq(post_as("application/xml", ""), 415);
    ck_assert_int_eq(post_as("multipart/form-data; boundary=x", ""), 415);
    ck_assert_int_eq(post_as("application/json", "Content-Encoding: gzip\r\n"),
                     415);
    ck_assert_int_eq(post_as("application/json; charset=utf-8", ""), 201);
}
END_TEST

START_TEST(a_body_that_is_no_json_is_malformed)
{
    static const char *const bodies[] = {
        "{",
        "",
        "nope",
        "{\"form\":\"request\"} x",
        "{\"a\":1,\"a\":2}",
        "{\"form\":\"request\",\"data\":{\"text\":\"\\u0000\"}}",
        "{\"form\":\"request\",\"data\":{\"text\":\"\xff\"}}",
        "{\"form\":\"request\",\"data\":{\"text\":\"\xed\xa0\x80\"}}",
        "{\"form\":\"request\",\"data\":{\"text\":1e999}}",
    };

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        ck_assert_msg(bench_ask("maker", "POST", documents, bodies[i]) == 400,
                      "%s: %d", bodies[i], bench.answer.status);
}
END_TEST

START_TEST(a_bad_document_names_each_field)
{
    ck_assert_int_eq(bench_ask("maker", "POST", documents,
                               "{\"form\":\"request\",\"data\":{\"nope\":1,"
                               "\"needed_by\":\"soon\"}}"),
                     422);

    ck_assert_str_eq(bench_text("type"), "urn:weft:problem:invalid");
    ck_assert_ptr_nonnull(bench_text("errors.0.field"));
    ck_assert_ptr_nonnull(bench_text("errors.0.code"));
    ck_assert_ptr_nonnull(bench_text("errors.1.message"));
}
END_TEST

/* clang-format off */
static const char *const bad_queries[] = {
    "limit=0", "limit=201", "limit=-1", "limit=x", "limit=", "cursor=x",
    "cursor=AAAA", "cursor=%27%20OR%201", "sort=nothing", "filter[nope]=1",
    "filter[step][like]=1", "filter[", "nope=1", "form=request&form=request",
    "q=%00", "q=%ff", "q=%", "limit=9999999999999999999", "count=maybe",
};
/* clang-format on */

START_TEST(a_list_that_cannot_be_is_malformed)
{
    const char *path =
        wf_arena_printf(bench.arena, "%s?%s", documents, bad_queries[_i]);

    ck_assert_msg(bench_ask("maker", "GET", path, NULL) == 400, "%s: %d",
                  bad_queries[_i], bench.answer.status);
}
END_TEST

START_TEST(a_body_too_large_is_refused_before_it_is_sent)
{
    static const char head[] = "POST /api/v1/documents HTTP/1.1\r\nHost: a\r\n"
                               "Content-Type: application/json\r\n"
                               "Content-Length: 1048577\r\n";

    ck_assert(web_send(&bench.web, head, strlen(head)));
    ck_assert(
        web_send(&bench.web, bench_as("maker"), strlen(bench_as("maker"))));
    ck_assert(web_send(&bench.web, "\r\n", 2));

    ck_assert(web_read(&bench.web, false, &bench.answer));
    ck_assert_int_eq(bench.answer.status, 413);
    ck_assert_str_eq(bench_header("Connection"), "close");
    ck_assert(web_is_closed(&bench.web));
}
END_TEST

START_TEST(a_length_without_end_is_refused_at_once)
{
    static const char *const lengths[] = { "9223372036854775807",
                                           "9223372036854775808",
                                           "99999999999999999999" };

    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        const char *text = wf_arena_printf(
            bench.arena,
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\n"
            "Content-Type: application/json\r\nContent-Length: %s\r\n\r\n",
            lengths[i]);

        web_close(&bench.web);
        web_open(&bench.web, bench.port);
        ck_assert(web_send(&bench.web, text, strlen(text)));
        ck_assert(web_read(&bench.web, false, &bench.answer));
        ck_assert(bench.answer.status == 413 || bench.answer.status == 400);
    }
}
END_TEST

START_TEST(chunks_beyond_the_limit_are_refused)
{
    static const char head[] = "POST /api/v1/session HTTP/1.1\r\nHost: a\r\n"
                               "Content-Type: application/json\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n";
    const char *part = long_text("8000\r\n", 0x8000);

    ck_assert(web_send(&bench.web, head, strlen(head)));
    for (int i = 0; i < 33; i++) {
        ck_assert(web_send(&bench.web, part, strlen(part)));
        ck_assert(web_send(&bench.web, "\r\n", 2));
    }
    ck_assert(web_send(&bench.web, "0\r\n\r\n", 5));

    ck_assert(web_read(&bench.web, false, &bench.answer));
    ck_assert_int_eq(bench.answer.status, 413);
}
END_TEST

START_TEST(targets_and_headers_have_a_most)
{
    ck_assert_int_eq(bench_ask(NULL, "GET", long_text("/", 8000), NULL), 404);
    ck_assert_int_eq(bench_ask(NULL, "GET", long_text("/", 8192), NULL), 414);
    ck_assert_str_eq(bench_text("type"), "urn:weft:problem:target-too-long");
}
END_TEST

static int send_header(size_t len)
{
    const char *text = wf_arena_printf(
        bench.arena, "GET /healthz HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n",
        long_text("X: ", len));

    ck_assert(web_send(&bench.web, text, strlen(text)));
    ck_assert(web_read(&bench.web, false, &bench.answer));
    return bench.answer.status;
}

START_TEST(headers_too_long_are_431)
{
    ck_assert_int_eq(send_header(12000), 200);
    ck_assert_int_eq(send_header(17000), 431);
    ck_assert_str_eq(bench_text("type"), "urn:weft:problem:headers-too-long");

    web_close(&bench.web);
    web_open(&bench.web, bench.port);
    ck_assert_int_eq(send_header(40000), 431);
}
END_TEST

START_TEST(a_failure_does_not_cost_the_connection)
{
    ck_assert_int_eq(bench_ask(NULL, "GET", "/nowhere", NULL), 404);
    ck_assert_int_eq(bench_ask(NULL, "POST", documents, "{}"), 401);
    ck_assert_int_eq(bench_ask("maker", "POST", documents, "{"), 400);
    ck_assert_int_eq(bench_ask("maker", "POST", "/nowhere", "{}"), 404);
    ck_assert_int_eq(bench_ask("maker", "PUT", documents, "{}"), 405);
    ck_assert_int_eq(post_as("text/plain", ""), 415);
    ck_assert_int_eq(bench_ask(NULL, "GET", "/%00", NULL), 400);

    ck_assert_int_eq(bench_ask("maker", "GET", "/api/v1/me", NULL), 200);
}
END_TEST

TCase *problem_tests(void)
{
    TCase *tc = tcase_create("http/problem");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, a_problem_says_its_kind_title_status_detail_and_place);
    tcase_add_test(tc, a_problem_speaks_the_language_of_who_asks);
    tcase_add_test(tc,
                   without_a_wish_all_of_an_answer_is_in_the_persons_language);
    tcase_add_test(tc, every_answer_carries_the_headers_that_protect_it);
    tcase_add_test(tc, what_one_may_not_see_answers_as_what_is_not_there);
    tcase_add_test(tc, a_wrong_method_names_the_right_ones);
    tcase_add_test(tc, other_media_types_are_not_taken);
    tcase_add_test(tc, a_body_that_is_no_json_is_malformed);
    tcase_add_test(tc, a_bad_document_names_each_field);
    tcase_add_loop_test(tc, a_list_that_cannot_be_is_malformed, 0,
                        sizeof bad_queries / sizeof bad_queries[0]);
    tcase_add_test(tc, a_body_too_large_is_refused_before_it_is_sent);
    tcase_add_test(tc, a_length_without_end_is_refused_at_once);
    tcase_add_test(tc, chunks_beyond_the_limit_are_refused);
    tcase_add_test(tc, targets_and_headers_have_a_most);
    tcase_add_test(tc, headers_too_long_are_431);
    tcase_add_test(tc, a_failure_does_not_cost_the_connection);
    return tc;
}
