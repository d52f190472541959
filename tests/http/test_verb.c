/* http/test_verb.c - verbs over the wire: at the same instant, by the hundred,
 * in a ring; substitutes, leavers and copies.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"

enum {
    ROUNDS = 20,
    MANY = 500
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

static const char *submitted(const char *text)
{
    const char *path = bench_document(text);

    ck_assert_int_eq(
        bench_ask("maker", "POST",
                  wf_arena_printf(bench.arena, "%s/actions/submit", path),
                  NULL),
        200);
    return path;
}

static int act(const char *who, const char *path, const char *verb,
               const char *body)
{
    return bench_ask(who, "POST",
                     wf_arena_printf(bench.arena, "%s/actions/%s", path, verb),
                     body);
}

static const char *request(const char *who, const char *path, const char *verb)
{
    return wf_arena_printf(bench.arena,
                           "POST %s/actions/%s HTTP/1.1\r\nHost: a\r\n%s\r\n",
                           path, verb, bench_as(who));
}

START_TEST(of_a_withdrawal_and_an_approval_at_once_one_was_first)
{
    for (int i = 0; i < ROUNDS; i++) {
        const char *path = submitted("at once");
        const char *take_back = request("maker", path, "withdraw");
        const char *grant = request("boss", path, "approve");
        struct web_answer withdrawn, approved;

        ck_assert(web_send(&bench.web, take_back, strlen(take_back)));
        ck_assert(web_send(&second, grant, strlen(grant)));
        ck_assert(web_read(&bench.web, false, &withdrawn));
        ck_assert(web_read(&second, false, &approved));

        ck_assert_int_eq(withdrawn.status + approved.status, 200 + 409);
    }
}
END_TEST

START_TEST(five_hundred_added_approvers_are_refused_and_nothing_is_stuck)
{
    const char *path = submitted("many");
    struct wf_buf body = WF_BUF_INIT(bench.arena);

    wf_buf_str(&body, "{\"place\":\"before\",\"people\":[");
    for (int i = 0; i < MANY; i++)
        wf_buf_printf(&body, "%s\"p%d\"", i ? "," : "", i);
    wf_buf_str(&body, "]}");
    ck_assert_int_eq(act("boss", path, "add-approver", wf_buf_text(&body)),
                     422);

    ck_assert_str_eq(bench_text("errors.0.field"), "people");
    ck_assert_str_eq(bench_text("errors.0.code"), "max");
    ck_assert_int_eq(act("boss", path, "approve", NULL), 200);
}
END_TEST

START_TEST(who_is_added_before_decides_first)
{
    const char *path = submitted("before");

    ck_assert_int_eq(act("boss", path, "add-approver",
                         "{\"people\":[\"other\"],\"place\":\"before\"}"),
                     200);
    ck_assert_int_eq(act("boss", path, "approve", NULL), 403);
    ck_assert_int_eq(act("other", path, "approve", NULL), 200);

    ck_assert_int_eq(act("boss", path, "approve", NULL), 200);
    ck_assert_str_eq(bench_text("state"), "done");
}
END_TEST

START_TEST(a_ring_of_substitutes_is_refused)
{
    const char *one;

    ck_assert_int_eq(bench_ask("boss", "POST", "/api/v1/delegations",
                               "{\"to\":\"other\",\"from\":\"2040-01-01\","
                               "\"until\":\"2040-01-31\"}"),
                     201);
    one = bench_text("id");
    ck_assert_int_eq(bench_ask("other", "POST", "/api/v1/delegations",
                               "{\"to\":\"boss\",\"from\":\"2040-01-31\"}"),
                     422);
    ck_assert_str_eq(bench_text("errors.0.code"), "circle");
    ck_assert_int_eq(bench_ask("other", "GET", "/api/v1/delegations", NULL),
                     200);
    ck_assert_str_eq(bench_text("items.0.giver.login"), "boss");

    ck_assert_int_eq(
        bench_ask("other", "DELETE",
                  wf_arena_printf(bench.arena, "/api/v1/delegations/%s", one),
                  NULL),
        403);
    ck_assert_int_eq(
        bench_ask("boss", "DELETE",
                  wf_arena_printf(bench.arena, "/api/v1/delegations/%s", one),
                  NULL),
        204);
}
END_TEST

START_TEST(a_substitute_acts_in_the_givers_name)
{
    const char *path = submitted("away"), *one;

    ck_assert_int_eq(
        bench_ask("boss", "POST", "/api/v1/delegations", "{\"to\":\"other\"}"),
        201);
    one = bench_text("id");
    ck_assert_int_eq(act("boss", path, "approve", NULL), 403);
    ck_assert_int_eq(act("other", path, "approve", NULL), 200);
    ck_assert_int_eq(bench_ask("maker", "GET",
                               wf_arena_printf(bench.arena, "%s/history", path),
                               NULL),
                     200);
    ck_assert_str_eq(bench_text("items.3.actor.login"), "other");
    ck_assert_str_eq(bench_text("items.3.for.login"), "boss");

    ck_assert_int_eq(
        bench_ask("boss", "DELETE",
                  wf_arena_printf(bench.arena, "/api/v1/delegations/%s", one),
                  NULL),
        204);
}
END_TEST

START_TEST(a_copy_is_read_by_whom_it_was_sent_to)
{
    const char *path = submitted("copy");

    ck_assert_int_eq(bench_ask("other", "GET", path, NULL), 404);
    ck_assert_int_eq(act("maker", path, "cc", "{\"people\":[\"other\"]}"), 200);
    ck_assert_int_eq(bench_ask("other", "GET", path, NULL), 200);
    ck_assert_int_eq(bench_ask("other", "POST",
                               wf_arena_printf(bench.arena, "%s/read", path),
                               NULL),
                     200);

    ck_assert_str_eq(bench_text("items.0.person.login"), "other");
    ck_assert_ptr_nonnull(bench_text("items.0.read"));
    ck_assert_int_eq(bench_ask("other", "GET", "/api/v1/copies", NULL), 200);
    ck_assert_str_eq(bench_text("items.0.by.login"), "maker");
}
END_TEST

START_TEST(only_administrators_hand_over)
{
    ck_assert_int_eq(bench_ask("maker", "POST", "/api/v1/people/maker/handover",
                               "{\"to\":\"boss\"}"),
                     403);
    ck_assert_int_eq(bench_ask("admin", "POST", "/api/v1/people/maker/handover",
                               "{\"to\":\"maker\"}"),
                     422);
    ck_assert_int_eq(bench_ask("admin", "POST",
                               "/api/v1/people/nobody/handover",
                               "{\"to\":\"boss\"}"),
                     404);
}
END_TEST

TCase *verb_tests(void)
{
    TCase *tc = tcase_create("http/verb");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, of_a_withdrawal_and_an_approval_at_once_one_was_first);
    tcase_add_test(
        tc, five_hundred_added_approvers_are_refused_and_nothing_is_stuck);
    tcase_add_test(tc, who_is_added_before_decides_first);
    tcase_add_test(tc, a_ring_of_substitutes_is_refused);
    tcase_add_test(tc, a_substitute_acts_in_the_givers_name);
    tcase_add_test(tc, a_copy_is_read_by_whom_it_was_sent_to);
    tcase_add_test(tc, only_administrators_hand_over);
    return tc;
}
