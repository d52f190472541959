/* fault/test_race.c - many people on few documents at the same instant.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"
#include "support/store.h"

enum {
    N_THREADS = 8,
    N_DOCS = 3,
    N_TURNS = 60,
    N_PAIRS = 20
};

static struct test_engine t;
static char path[TEST_PATH];

/* A store on disk: the readers have connections of their own. */
static void setup(void)
{
    test_place_make(path);
    test_engine_open_at(&t, path);
    test_engine_fill(&t);
}

static void teardown(void)
{
    test_engine_close(&t);
    test_place_remove(path);
}

static void run_threads(void *(*body)(void *))
{
    pthread_t threads[N_THREADS];

    for (intptr_t i = 0; i < N_THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, body, (void *)i), 0);
    for (int i = 0; i < N_THREADS; i++)
        pthread_join(threads[i], NULL);
}

static weft_session *session_of(const char *login)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session = NULL;

    return weft_session_as(t.engine, login, "en", &session, &err) ? session
                                                                  : NULL;
}

static int64_t docs[N_DOCS];
static atomic_int n_done[N_DOCS], n_strange;

/* Reads the amount and writes it one larger, under the tag that was read. */
static void add_one(weft_session *ann, int i)
{
    weft_reply *got = weft_document_get(ann, docs[i]);
    const char *at = strstr(weft_reply_body(got, NULL), "\"amount\":");
    int amount = at ? atoi(at + strlen("\"amount\":")) : 0;
    weft_reply *reply = fault_patch(ann, docs[i], weft_reply_etag(got),
                                    "{\"data\":{\"amount\":%d}}", amount + 1);

    if (!weft_reply_error(reply))
        atomic_fetch_add(&n_done[i], 1);
    else if (weft_reply_error(reply)->code != WEFT_E_STALE
             && weft_reply_error(reply)->code != WEFT_E_CONFLICT)
        atomic_fetch_add(&n_strange, 1);
    weft_reply_free(reply);
    weft_reply_free(got);
}

static void *add_in_thread(void *self)
{
    uint64_t seed = 77 + (uint64_t)(intptr_t)self;
    weft_session *ann = session_of("ann");

    for (int i = 0; i < N_TURNS; i++)
        add_one(ann, (int)fault_random(&seed, N_DOCS));
    weft_session_free(ann);
    return NULL;
}

START_TEST(no_addition_under_a_tag_is_lost)
{
    weft_session *ann = test_session(&t, "ann");

    for (int i = 0; i < N_DOCS; i++) {
        docs[i] = test_note(&t, ann, "Counter");
        atomic_store(&n_done[i], 0);
    }
    run_threads(add_in_thread);

    ck_assert_int_eq(atomic_load(&n_strange), 0);
    for (int i = 0; i < N_DOCS; i++) {
        struct wf_json *doc = test_ok(&t, weft_document_get(ann, docs[i]));

        ck_assert_double_eq(
            wf_json_num(wf_json_get(wf_json_get(doc, "data"), "amount"), 0),
            atomic_load(&n_done[i]));
        ck_assert_int_gt(atomic_load(&n_done[i]), 0);
    }
    fault_verify(&t);
    weft_session_free(ann);
}
END_TEST

static atomic_int n_approved;

static void *approve_in_thread(void *self)
{
    weft_session *lead = session_of("lead");
    weft_reply *reply = fault_act(lead, docs[0], "approve", NULL);
    const weft_error *failure = weft_reply_error(reply);

    (void)self;
    if (!failure)
        atomic_fetch_add(&n_approved, 1);
    else if (failure->code != WEFT_E_CONFLICT
             && failure->code != WEFT_E_NOTFOUND
             && failure->code != WEFT_E_DENIED)
        atomic_fetch_add(&n_strange, 1);
    weft_reply_free(reply);
    weft_session_free(lead);
    return NULL;
}

START_TEST(of_approvals_at_one_instant_one_wins)
{
    weft_session *ann = test_session(&t, "ann");

    for (int i = 0; i < N_PAIRS; i++) {
        docs[0] = test_note(&t, ann, "Race");
        test_ok(&t, fault_act(ann, docs[0], "submit", NULL));
        atomic_store(&n_approved, 0);
        run_threads(approve_in_thread);

        ck_assert_int_eq(atomic_load(&n_approved), 1);
        ck_assert_int_eq(fault_events(&t, docs[0], "approve"), 1);
    }
    ck_assert_int_eq(atomic_load(&n_strange), 0);
    fault_verify(&t);
    weft_session_free(ann);
}
END_TEST

/* --- Anything at once: what is answered "done" is in the history, no more. */

static const char *const verbs[] = { "submit", "withdraw", "approve",  "reject",
                                     "return", "comment",  "transfer", "fly" };

enum {
    N_VERBS = sizeof verbs / sizeof verbs[0]
};

static atomic_int n_told[N_DOCS][N_VERBS];

static weft_reply *take(weft_session *who, int doc, int verb)
{
    static const char text[] = "{\"text\":\"Hm.\"}";

    if (strcmp(verbs[verb], "comment") == 0)
        return weft_run(
            weft_document_comment(who, docs[doc], text, strlen(text), NULL));
    return fault_act(who, docs[doc], verbs[verb], NULL);
}

static void *act_in_thread(void *self)
{
    static const char *const logins[] = { "ann", "lead", "boss", "bob" };
    uint64_t seed = 4711 + (uint64_t)(intptr_t)self;
    weft_session *who[4];

    for (int i = 0; i < 4; i++)
        who[i] = session_of(logins[i]);
    for (int i = 0; i < N_TURNS; i++) {
        int doc = (int)fault_random(&seed, N_DOCS);
        int verb = (int)fault_random(&seed, N_VERBS);
        weft_reply *reply =
            take(who[fault_random(&seed, 3) ? fault_random(&seed, 2)
                                            : fault_random(&seed, 4)],
                 doc, verb);
        const weft_error *failure = weft_reply_error(reply);

        if (!failure)
            atomic_fetch_add(&n_told[doc][verb], 1);
        else if (failure->code >= WEFT_E_LIMITED)
            atomic_fetch_add(&n_strange, 1);
        weft_reply_free(reply);
    }
    for (int i = 0; i < 4; i++)
        weft_session_free(who[i]);
    return NULL;
}

START_TEST(random_verbs_leave_a_sound_history)
{
    weft_session *ann = test_session(&t, "ann");

    for (int i = 0; i < N_DOCS; i++)
        docs[i] = test_note(&t, ann, "Everybody's");
    run_threads(act_in_thread);

    ck_assert_int_eq(atomic_load(&n_strange), 0);
    for (int i = 0; i < N_DOCS; i++) {
        for (int verb = 0; verb < N_VERBS; verb++) {
            if (strcmp(verbs[verb], "comment") != 0)
                ck_assert_int_eq(fault_events(&t, docs[i], verbs[verb]),
                                 atomic_load(&n_told[i][verb]));
        }
    }
    fault_verify(&t);
    weft_session_free(ann);
}
END_TEST

/* --- Two with one idempotency key, on every kind of command that has one. */

static void *submit_with_key(void *self)
{
    weft_session *ann = session_of("ann");
    weft_reply *reply = fault_act(ann, docs[0], "submit", "one-key");

    (void)self;
    if (!weft_reply_error(reply))
        atomic_fetch_add(&n_approved, 1);
    weft_reply_free(reply);
    weft_session_free(ann);
    return NULL;
}

START_TEST(one_key_acts_once_however_many_send_it)
{
    weft_session *ann = test_session(&t, "ann");

    docs[0] = test_note(&t, ann, "Once");
    atomic_store(&n_approved, 0);
    run_threads(submit_with_key);

    ck_assert_int_eq(atomic_load(&n_approved), N_THREADS);
    ck_assert_int_eq(fault_events(&t, docs[0], "submit"), 1);
    weft_session_free(ann);
}
END_TEST

TCase *race_tests(void)
{
    TCase *tc = tcase_create("fault/race");

    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, no_addition_under_a_tag_is_lost);
    tcase_add_test(tc, of_approvals_at_one_instant_one_wins);
    tcase_add_test(tc, random_verbs_leave_a_sound_history);
    tcase_add_test(tc, one_key_acts_once_however_many_send_it);
    return tc;
}
