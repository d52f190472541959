/* api/test_idempotency.c - the same key, the same answer, done once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <string.h>

#include "suite.h"
#include "support/engine.h"
#include "support/store.h"

static const char body[] = "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}";
static const char other[] = "{\"form\":\"note\",\"data\":{\"title\":\"B\"}}";
static const weft_how how = { NULL, "key-1" };

static weft_reply *create(weft_session *session, const char *text)
{
    return weft_run(weft_document_create(session, text, strlen(text), &how));
}

static size_t n_notes(struct test_engine *t, weft_session *session)
{
    struct wf_json *list = test_ok(t, weft_document_list(session, NULL, 0));

    return wf_json_len(wf_json_get(list, "items"));
}

START_TEST(the_same_key_is_done_once_and_answered_the_same)
{
    struct test_engine t;

    test_engine_open(&t);
    weft_session *ann = test_session(&t, "ann");
    weft_reply *first = create(ann, body);
    weft_reply *second = create(ann, body);

    ck_assert(!weft_reply_is_repeat(first));
    ck_assert(weft_reply_is_repeat(second));
    ck_assert_str_eq(weft_reply_body(first, NULL),
                     weft_reply_body(second, NULL));
    ck_assert_str_eq(weft_reply_etag(first), weft_reply_etag(second));
    ck_assert_int_eq(weft_reply_id(first), weft_reply_id(second));
    ck_assert_uint_eq(n_notes(&t, ann), 1);
    weft_reply_free(first);
    weft_reply_free(second);
    weft_session_free(ann);
    test_engine_close(&t);
}
END_TEST

START_TEST(another_request_or_person_with_the_key_is_another_matter)
{
    struct test_engine t;

    test_engine_open(&t);
    weft_session *ann = test_session(&t, "ann");
    weft_session *bob = test_session(&t, "bob");

    test_ok(&t, create(ann, body));
    test_refused(&t, create(ann, other), WEFT_E_INVALID);
    test_ok(&t, create(bob, other));

    ck_assert_uint_eq(n_notes(&t, ann), 1);
    ck_assert_uint_eq(n_notes(&t, bob), 1);
    weft_session_free(ann);
    weft_session_free(bob);
    test_engine_close(&t);
}
END_TEST

START_TEST(a_refused_command_may_be_sent_again)
{
    static const char wrong[] = "{\"form\":\"note\",\"data\":{\"amount\":-1}}";
    struct test_engine t;

    test_engine_open(&t);
    weft_session *ann = test_session(&t, "ann");

    test_refused(&t, create(ann, wrong), WEFT_E_INVALID);
    test_ok(&t, create(ann, body));
    weft_session_free(ann);
    test_engine_close(&t);
}
END_TEST

START_TEST(a_key_is_forgotten_after_two_days)
{
    struct test_engine t;

    test_engine_open(&t);
    weft_session *ann = test_session(&t, "ann");
    test_ok(&t, create(ann, body));

    t.now += INT64_C(48) * 3600 * 1000;
    test_ok(&t, create(ann, other));

    ck_assert_uint_eq(n_notes(&t, ann), 2);
    weft_session_free(ann);
    test_engine_close(&t);
}
END_TEST

START_TEST(a_key_outlives_the_engine)
{
    char path[TEST_PATH];
    struct test_engine t;

    test_folder_make(path);
    test_engine_open_at(&t, path);
    test_engine_fill(&t);
    weft_session *ann = test_session(&t, "ann");
    test_ok(&t, create(ann, body));
    weft_session_free(ann);
    test_engine_close(&t);

    test_engine_open_at(&t, path);
    ann = test_session(&t, "ann");
    weft_reply *again = create(ann, body);

    ck_assert(weft_reply_is_repeat(again));
    weft_reply_free(again);
    weft_session_free(ann);
    test_engine_close(&t);
    test_folder_remove(path);
}
END_TEST

enum {
    N_THREADS = 8
};

static struct test_engine shared;

static void *create_in_thread(void *self)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *ann;
    weft_reply *reply;

    (void)self;
    if (!weft_session_as(shared.engine, "ann", "en", &ann, &err))
        return NULL;
    reply = create(ann, body);
    weft_session_free(ann);
    return reply;
}

START_TEST(the_same_key_at_the_same_instant_is_done_once)
{
    pthread_t threads[N_THREADS];
    int n_first = 0;

    test_engine_open(&shared);
    for (int i = 0; i < N_THREADS; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, create_in_thread, NULL), 0);
    for (int i = 0; i < N_THREADS; i++) {
        void *reply;

        pthread_join(threads[i], &reply);
        ck_assert_ptr_nonnull(reply);
        ck_assert_ptr_null(weft_reply_error(reply));
        n_first += !weft_reply_is_repeat(reply);
        weft_reply_free(reply);
    }

    weft_session *ann = test_session(&shared, "ann");

    ck_assert_int_eq(n_first, 1);
    ck_assert_uint_eq(n_notes(&shared, ann), 1);
    weft_session_free(ann);
    test_engine_close(&shared);
}
END_TEST

START_TEST(a_key_has_a_length)
{
    static char long_key[202];
    weft_how empty = { NULL, "" }, longer = { NULL, long_key };
    struct test_engine t;

    memset(long_key, 'k', sizeof long_key - 1);
    test_engine_open(&t);
    weft_session *ann = test_session(&t, "ann");

    test_refused(
        &t, weft_run(weft_document_create(ann, body, strlen(body), &empty)),
        WEFT_E_MALFORMED);
    test_refused(
        &t, weft_run(weft_document_create(ann, body, strlen(body), &longer)),
        WEFT_E_MALFORMED);
    weft_session_free(ann);
    test_engine_close(&t);
}
END_TEST

TCase *idempotency_tests(void)
{
    TCase *tc = tcase_create("api/idempotency");

    tcase_add_test(tc, the_same_key_is_done_once_and_answered_the_same);
    tcase_add_test(tc,
                   another_request_or_person_with_the_key_is_another_matter);
    tcase_add_test(tc, a_refused_command_may_be_sent_again);
    tcase_add_test(tc, a_key_is_forgotten_after_two_days);
    tcase_add_test(tc, a_key_outlives_the_engine);
    tcase_add_test(tc, the_same_key_at_the_same_instant_is_done_once);
    tcase_add_test(tc, a_key_has_a_length);
    return tc;
}
