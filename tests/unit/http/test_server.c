/* unit/http/test_server.c - a whole server in a process of its own: slow
 * clients, too many of them, and the end.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/server.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite.h"
#include "support/memory.h"
#include "support/web.h"

enum {
    HEADER_MS = 200,
    BODY_MS = 400,
    IDLE_MS = 300,
    PER_ADDRESS = 4
};

static pid_t server;
static int port;

static void tell(void *self, const char *url)
{
    int to = *(int *)self;
    const char *colon = strrchr(url, ':');

    if (write(to, colon + 1, strlen(colon + 1)) < 0)
        _exit(EXIT_FAILURE);
    close(to);
}

static _Noreturn void serve(int to)
{
    weft_options how = WEFT_OPTIONS_INIT;
    weft_engine *engine;
    weft_error err = WEFT_ERROR_INIT;
    struct http_options options = { .listen = "127.0.0.1:0",
                                    .n_threads = 2,
                                    .max_per_address = PER_ADDRESS,
                                    .header_ms = HEADER_MS,
                                    .body_ms = BODY_MS,
                                    .idle_ms = IDLE_MS,
                                    .ready = tell,
                                    .self = &to };
    bool ok;

    how.create = true;
    if (!weft_engine_open(test_memory_url(), &how, &engine, &err))
        _exit(EXIT_FAILURE);
    ok = http_serve(engine, &options, &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    weft_engine_close(engine);
    exit(ok ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void setup(void)
{
    char text[16] = "";
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    server = fork();
    if (server == 0)
        serve(ends[1]);
    close(ends[1]);
    ck_assert_int_gt(read(ends[0], text, sizeof text - 1), 0);
    close(ends[0]);
    port = atoi(text);
}

/* The server ends by itself, without complaint. */
static void teardown(void)
{
    int status;

    kill(server, SIGTERM);
    ck_assert_int_eq(waitpid(server, &status, 0), server);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), EXIT_SUCCESS);
}

static int health(struct web *web)
{
    struct web_request request = { .method = "GET", .path = "/healthz" };
    struct web_answer answer;

    web_ask(web, &request, &answer);
    return answer.status;
}

static void send_text(struct web *web, const char *text)
{
    ck_assert(web_send(web, text, strlen(text)));
}

START_TEST(who_never_ends_the_headers_is_cut_off)
{
    struct web web;

    web_open(&web, port);
    send_text(&web, "GET /healthz HTTP/1.1\r\nHost: a\r\nX: ");

    ck_assert(web_is_closed(&web));
    web_close(&web);
}
END_TEST

START_TEST(who_says_nothing_is_cut_off)
{
    struct web web;

    web_open(&web, port);

    ck_assert(web_is_closed(&web));
    web_close(&web);
}
END_TEST

START_TEST(who_never_ends_the_body_is_cut_off)
{
    struct web web;

    web_open(&web, port);
    send_text(&web, "POST /api/v1/session HTTP/1.1\r\nHost: a\r\n"
                    "Content-Type: application/json\r\n"
                    "Content-Length: 100\r\n\r\n{");

    ck_assert(web_is_closed(&web));
    web_close(&web);
}
END_TEST

/* Waits a moment for the other side to close. */
static bool hangs_up(const struct web *web)
{
    struct pollfd watched = { web->fd, POLLRDHUP, 0 };

    return poll(&watched, 1, 10) == 1;
}

START_TEST(a_byte_now_and_then_does_not_hold_a_connection)
{
    struct web web;
    int n = 0;

    web_open(&web, port);
    send_text(&web, "GET /healthz HTTP/1.1\r\nHost: a\r\nX: ");
    while (n < 1000 && web_send(&web, "a", 1) && !hangs_up(&web))
        n++;

    ck_assert_int_lt(n, 1000);
    web_close(&web);
}
END_TEST

START_TEST(an_idle_connection_is_closed_but_not_at_once)
{
    struct web web;

    web_open(&web, port);
    ck_assert_int_eq(health(&web), 200);
    ck_assert_int_eq(health(&web), 200);

    ck_assert(web_is_closed(&web));
    web_close(&web);
}
END_TEST

START_TEST(slow_clients_do_not_keep_others_out)
{
    struct web slow, web;

    web_open(&slow, port);
    send_text(&slow, "GET /healthz HTTP/1.1\r\n");
    for (int i = 0; i < 20; i++) {
        web_open(&web, port);
        ck_assert_int_eq(health(&web), 200);
        web_close(&web);
    }
    web_close(&slow);
}
END_TEST

START_TEST(an_address_has_only_so_many_connections_at_once)
{
    struct web held[PER_ADDRESS], more;

    for (int i = 0; i < PER_ADDRESS; i++) {
        web_open(&held[i], port);
        ck_assert_int_eq(health(&held[i]), 200);
    }
    web_open(&more, port);
    ck_assert(web_is_closed(&more));

    web_close(&more);
    for (int i = 0; i < PER_ADDRESS; i++)
        web_close(&held[i]);
}
END_TEST

TCase *server_tests(void)
{
    TCase *tc = tcase_create("http/server");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, who_never_ends_the_headers_is_cut_off);
    tcase_add_test(tc, who_says_nothing_is_cut_off);
    tcase_add_test(tc, who_never_ends_the_body_is_cut_off);
    tcase_add_test(tc, a_byte_now_and_then_does_not_hold_a_connection);
    tcase_add_test(tc, an_idle_connection_is_closed_but_not_at_once);
    tcase_add_test(tc, slow_clients_do_not_keep_others_out);
    tcase_add_test(tc, an_address_has_only_so_many_connections_at_once);
    return tc;
}
