/* api/test_outbox.c - what is told to other systems: written with what it
 * tells, tried again, given up visibly, and never reached through a stranger's
 * hands.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <weft/backlog.h>
#include <weft/channel.h>

#include "suite.h"
#include "support/engine.h"

enum {
    ATTEMPTS = 10,
    DAY_MS = 86400000
};

static struct test_engine t;
static weft_session *ann, *admin;

/* Nothing listens at its address. */
static const char hook[] =
    "{\"id\": \"hook\", \"kind\": \"webhook\", \"config\": {\"url\":"
    " \"http://127.0.0.1:9/\", \"inside\": true}, \"secrets\": {\"secret\":"
    " \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}}";

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    admin = test_session(&t, "root");
    test_ok(&t, weft_run(weft_channel_set(admin, hook, strlen(hook))));
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(admin);
    test_engine_close(&t);
}

static void tick(void)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired;

    ck_assert_msg(weft_engine_tick(t.engine, 0, &fired, &err), "%s", err.text);
}

static const struct wf_json *list(const char *state)
{
    weft_param params[] = { { "state", state } };

    return wf_json_get(test_ok(&t, weft_backlog_list(admin, params, 1)),
                       "items");
}

static const struct wf_json *channel(void)
{
    return wf_json_get(test_ok(&t, weft_channel_list(admin)), "items")
        ->u.array.at[0];
}

START_TEST(what_happens_is_told_with_it_or_not_at_all)
{
    int64_t id = test_note(&t, ann, "Tea");

    ck_assert_uint_eq(wf_json_len(list("waiting")), 1);
    test_refused(&t, weft_run(weft_document_act(ann, id, "fly", NULL, 0, NULL)),
                 WEFT_E_NOTFOUND);
    ck_assert_uint_eq(wf_json_len(list("waiting")), 1);
    test_ok(&t, weft_run(weft_document_act(ann, id, "submit", NULL, 0, NULL)));
    ck_assert_uint_eq(wf_json_len(list("waiting")), 2);
}
END_TEST

START_TEST(a_channel_that_does_not_answer_rests_and_the_rest_waits)
{
    test_note(&t, ann, "Tea");
    test_note(&t, ann, "Milk");

    tick();

    ck_assert_int_eq((int)wf_json_num(wf_json_get(channel(), "failures"), -1),
                     1);
    ck_assert(wf_json_str(wf_json_get(channel(), "held_until")));
    ck_assert_uint_eq(wf_json_len(list("waiting")), 2);
    tick();
    ck_assert_int_eq((int)wf_json_num(wf_json_get(channel(), "failures"), -1),
                     1);
}
END_TEST

static int64_t id_of_first(const struct wf_json *items)
{
    ck_assert_uint_ge(wf_json_len(items), 1);
    return strtoll(wf_json_str(wf_json_get(items->u.array.at[0], "id")), NULL,
                   10);
}

START_TEST(a_letter_is_given_up_visibly_revived_and_dropped)
{
    test_note(&t, ann, "Tea");
    for (int i = 0; i < ATTEMPTS; i++) {
        tick();
        t.now += 2 * (int64_t)DAY_MS;
    }

    ck_assert_uint_eq(wf_json_len(list("waiting")), 0);
    ck_assert_uint_eq(wf_json_len(list("dead")), 1);
    ck_assert_str_eq(
        wf_json_str(wf_json_get(list("dead")->u.array.at[0], "kind")), "send");
    test_ok(&t,
            weft_run(weft_backlog_revive(admin, id_of_first(list("dead")))));
    ck_assert_uint_eq(wf_json_len(list("waiting")), 1);
    tick();
    test_ok(&t,
            weft_run(weft_backlog_drop(admin, id_of_first(list("waiting")))));
    ck_assert_uint_eq(wf_json_len(list("waiting")), 0);
}
END_TEST

START_TEST(secrets_come_out_nowhere)
{
    weft_reply *reply = weft_channel_list(admin);
    const char *body = weft_reply_body(reply, NULL);

    ck_assert(strstr(body, "\"secrets\":[\"secret\"]"));
    ck_assert(!strstr(body, "MfKQ9r8"));
    weft_reply_free(reply);
}
END_TEST

START_TEST(a_channel_goes_with_what_waits_for_it)
{
    test_note(&t, ann, "Tea");

    test_ok(&t, weft_run(weft_channel_remove(admin, "hook")));

    ck_assert_uint_eq(wf_json_len(list("waiting")), 0);
    test_refused(&t, weft_run(weft_channel_remove(admin, "hook")),
                 WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(channels_are_for_administrators)
{
    test_refused(&t, weft_channel_list(ann), WEFT_E_DENIED);
    test_refused(&t, weft_channel_test(ann, "hook", "{}", 2), WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_channel_set(ann, hook, strlen(hook))),
                 WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_channel_remove(ann, "hook")), WEFT_E_DENIED);
}
END_TEST

START_TEST(a_test_message_says_what_became_of_it)
{
    const struct wf_json *told =
        test_ok(&t, weft_channel_test(admin, "hook", "{}", 2));

    ck_assert(wf_json_is(wf_json_get(told, "sent"), WF_JSON_FALSE));
    ck_assert(
        strstr(wf_json_str(wf_json_get(told, "problem")), "does not answer"));
}
END_TEST

TCase *outbox_tests(void)
{
    TCase *tc = tcase_create("api/outbox");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_happens_is_told_with_it_or_not_at_all);
    tcase_add_test(tc, a_channel_that_does_not_answer_rests_and_the_rest_waits);
    tcase_add_test(tc, a_letter_is_given_up_visibly_revived_and_dropped);
    tcase_add_test(tc, secrets_come_out_nowhere);
    tcase_add_test(tc, a_channel_goes_with_what_waits_for_it);
    tcase_add_test(tc, channels_are_for_administrators);
    tcase_add_test(tc, a_test_message_says_what_became_of_it);
    return tc;
}
