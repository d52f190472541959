/* http/test_wire.c - bytes that are no honest requests.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "suite.h"
#include "support/data.h"

/* A new connection on which `text` was sent, and nothing more will be. */
static void send_alone(const char *text, size_t len)
{
    web_close(&bench.web);
    web_open(&bench.web, bench.port);
    if (web_send(&bench.web, text, len))
        web_finish(&bench.web);
}

static void check_alive(void)
{
    web_close(&bench.web);
    web_open(&bench.web, bench.port);
    ck_assert_int_eq(bench_ask(NULL, "GET", "/healthz", NULL), 200);
}

#define SMUGGLED "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"

/* clang-format off */
static const char *const smuggling[] = {
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n"
    "Content-Length: 37\r\n\r\n" SMUGGLED,
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 37\r\n"
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED,
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" SMUGGLED,
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length : 37\r\n\r\n"
    SMUGGLED,
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\n"
    "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SMUGGLED,
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\n"
    "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SMUGGLED,
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
    "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n" SMUGGLED,
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: +37\r\n\r\n"
    SMUGGLED,
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 37, 37\r\n\r\n"
    SMUGGLED,
    "GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\x01" "b\r\n\r\n" SMUGGLED,
    "GET /healthz HTTP/1.1\r\n\r\n" SMUGGLED,
    "GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n" SMUGGLED,
};
/* clang-format on */

/* True if what follows the first answer is no second one: libmicrohttpd writes
 * the head of its own answers twice. */
static bool ends_here(void)
{
    struct web_answer more;

    while (web_read(&bench.web, false, &more)) {
        if (more.status == 200)
            return false;
    }
    return !bench.web.data || !strstr(bench.web.data, "alive");
}

START_TEST(what_a_proxy_could_cut_elsewhere_is_one_400_and_the_end)
{
    send_alone(smuggling[_i], strlen(smuggling[_i]));

    ck_assert(web_read(&bench.web, false, &bench.answer));
    ck_assert_int_ge(bench.answer.status, 400);
    ck_assert_int_lt(bench.answer.status, 600);
    ck_assert(ends_here());
}
END_TEST

START_TEST(requests_in_a_row_are_answered_in_their_order)
{
    static const char text[] = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                               "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"
                               "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    static const int statuses[] = { 200, 404, 200 };

    ck_assert(web_send(&bench.web, text, sizeof text - 1));
    for (int i = 0; i < 3; i++) {
        ck_assert(web_read(&bench.web, false, &bench.answer));
        ck_assert_int_eq(bench.answer.status, statuses[i]);
    }
}
END_TEST

START_TEST(a_body_is_asked_for_where_the_client_waits)
{
    static const char head[] = "POST /api/v1/session HTTP/1.1\r\nHost: a\r\n"
                               "Content-Type: application/json\r\n"
                               "Expect: 100-continue\r\n"
                               "Content-Length: 2\r\n\r\n";

    ck_assert(web_send(&bench.web, head, sizeof head - 1));
    ck_assert(web_send(&bench.web, "{}", 2));
    ck_assert(web_read(&bench.web, false, &bench.answer));
    ck_assert_int_eq(bench.answer.status, 400);
}
END_TEST

START_TEST(a_client_that_leaves_in_the_middle_is_forgotten)
{
    static const char *const parts[] = {
        "",
        "G",
        "GET ",
        "GET /healthz HTTP/1.1",
        "GET /healthz HTTP/1.1\r\n",
        "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n"
        "Content-Type: application/json\r\n\r\n{",
        "POST /api/v1/session HTTP/1.1\r\nHost: a\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\n{",
    };

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        web_close(&bench.web);
        web_open(&bench.web, bench.port);
        ck_assert(web_send(&bench.web, parts[i], strlen(parts[i])));
    }
    check_alive();
}
END_TEST

START_TEST(a_client_that_leaves_before_its_answer_loses_only_that)
{
    const char *text = wf_arena_printf(
        bench.arena,
        "POST /api/v1/documents HTTP/1.1\r\nHost: a\r\n%s"
        "Content-Type: application/json\r\nContent-Length: 30\r\n\r\n"
        "{\"form\":\"request\",\"data\":{}}  ",
        bench_as("maker"));

    for (int i = 0; i < 20; i++) {
        web_close(&bench.web);
        web_open(&bench.web, bench.port);
        ck_assert(web_send(&bench.web, text, strlen(text)));
    }
    check_alive();
}
END_TEST

/* Every answer that comes is a whole one of a foreseen status. */
static void replay(const char *name)
{
    size_t len;
    const char *text =
        data_read(bench.arena,
                  wf_arena_printf(bench.arena, "http_llhttp/%s", name), &len);

    send_alone(text, len);
    web_be_patient(&bench.web, 300);
    while (web_read(&bench.web, strncmp(text, "HEAD", 4) == 0, &bench.answer))
        ck_assert_msg(
            bench.answer.status == 200 || bench.answer.status == 204
                || (bench.answer.status >= 400 && bench.answer.status < 500)
                || bench.answer.status == 501 || bench.answer.status == 505,
            "%s: %d", name, bench.answer.status);
}

START_TEST(odd_requests_of_other_parsers_are_answered_or_refused)
{
    const char *at = data_path(bench.arena, "http_llhttp");
    DIR *folder = at ? opendir(at) : NULL;
    const struct dirent *entry;

    if (!folder)
        return;
    while ((entry = readdir(folder))) {
        if (strstr(entry->d_name, ".http"))
            replay(entry->d_name);
    }
    closedir(folder);
    check_alive();
}
END_TEST

TCase *wire_tests(void)
{
    TCase *tc = tcase_create("http/wire");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_loop_test(tc,
                        what_a_proxy_could_cut_elsewhere_is_one_400_and_the_end,
                        0, sizeof smuggling / sizeof smuggling[0]);
    tcase_add_test(tc, requests_in_a_row_are_answered_in_their_order);
    tcase_add_test(tc, a_body_is_asked_for_where_the_client_waits);
    tcase_add_test(tc, a_client_that_leaves_in_the_middle_is_forgotten);
    tcase_add_test(tc, a_client_that_leaves_before_its_answer_loses_only_that);
    tcase_add_test(tc, odd_requests_of_other_parsers_are_answered_or_refused);
    return tc;
}
