/* http/test_race.c - two clients at the same moment: one wins, nothing is lost.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"

enum {
    ROUNDS = 20
};

static struct web second;

static void setup(void)
{
    bench_setup();
    web_open(&second, bench.port);
}

static void teardown(void)
{
    web_close(&second);
    bench_teardown();
}

/* Sends the same on both connections before it reads from either; the smaller
 * status comes first. */
static void ask_both(const char *text, struct web_answer answers[2])
{
    struct web_answer first;

    ck_assert(web_send(&bench.web, text, strlen(text)));
    ck_assert(web_send(&second, text, strlen(text)));
    ck_assert(web_read(&bench.web, false, &answers[0]));
    ck_assert(web_read(&second, false, &answers[1]));
    if (answers[0].status <= answers[1].status)
        return;
    first = answers[1];
    answers[1] = answers[0];
    answers[0] = first;
}

START_TEST(of_two_who_approve_at_once_one_was_first)
{
    for (int i = 0; i < ROUNDS; i++) {
        const char *path = bench_document("race");
        struct web_answer answers[2];

        ck_assert_int_eq(
            bench_ask("maker", "POST",
                      wf_arena_printf(bench.arena, "%s/actions/submit", path),
                      NULL),
            200);
        ask_both(wf_arena_printf(bench.arena,
                                 "POST %s/actions/approve HTTP/1.1\r\n"
                                 "Host: a\r\n%s\r\n",
                                 path, bench_as("boss")),
                 answers);
        ck_assert_int_eq(answers[0].status, 200);
        ck_assert_int_eq(answers[1].status, 409);
    }
}
END_TEST

START_TEST(of_two_who_change_the_same_version_one_is_stale)
{
    static const char body[] = "{\"data\":{\"text\":\"mine\"}}";

    for (int i = 0; i < ROUNDS; i++) {
        const char *path = bench_document("race");
        struct web_answer answers[2];

        ask_both(wf_arena_printf(bench.arena,
                                 "PATCH %s HTTP/1.1\r\nHost: a\r\n%s"
                                 "If-Match: %s\r\n"
                                 "Content-Type: application/json\r\n"
                                 "Content-Length: %zu\r\n\r\n%s",
                                 path, bench_as("maker"), bench_header("ETag"),
                                 strlen(body), body),
                 answers);
        ck_assert_int_eq(answers[0].status, 200);
        ck_assert_int_eq(answers[1].status, 412);
    }
}
END_TEST

START_TEST(one_key_at_the_same_moment_is_one_document)
{
    static const char body[] = "{\"form\":\"request\",\"data\":{}}";

    for (int i = 0; i < ROUNDS; i++) {
        struct web_answer answers[2];
        char one[256], other[256];

        ask_both(wf_arena_printf(bench.arena,
                                 "POST /api/v1/documents HTTP/1.1\r\n"
                                 "Host: a\r\n%sIdempotency-Key: race-%d-%d\r\n"
                                 "Content-Type: application/json\r\n"
                                 "Content-Length: %zu\r\n\r\n%s",
                                 bench_as("maker"), getpid(), i, strlen(body),
                                 body),
                 answers);
        ck_assert_int_eq(answers[0].status, 201);
        ck_assert_int_eq(answers[1].status, 201);
        ck_assert(web_header(&answers[0], "Location", one, sizeof one));
        ck_assert(web_header(&answers[1], "Location", other, sizeof other));
        ck_assert_str_eq(one, other);
    }
}
END_TEST

TCase *race_tests(void)
{
    TCase *tc = tcase_create("http/race");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, of_two_who_approve_at_once_one_was_first);
    tcase_add_test(tc, of_two_who_change_the_same_version_one_is_stale);
    tcase_add_test(tc, one_key_at_the_same_moment_is_one_document);
    return tc;
}
