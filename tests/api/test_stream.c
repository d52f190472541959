/* api/test_stream.c - what happens is told to whoever listens and may see it,
 * and to nobody else.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <weft/stream.h>

#include "suite.h"
#include "support/engine.h"

enum {
    PATIENCE_S = 20
};

/* One who listens: woken on the hub's thread, and what was heard so far. */
struct ear {
    weft_stream *stream;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool woken;
    char heard[8192];
    size_t n;
    bool ended;
};

static struct test_engine t;
static weft_session *ann, *bob;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    test_engine_close(&t);
}

static void wake(void *self)
{
    struct ear *ear = self;

    pthread_mutex_lock(&ear->lock);
    ear->woken = true;
    pthread_cond_signal(&ear->changed);
    pthread_mutex_unlock(&ear->lock);
}

static void listen_to(struct ear *ear, weft_session *session, const char *after,
                      bool once)
{
    const weft_listener listener = {
        .after = after, .once = once, .wake = wake, .self = ear
    };
    weft_error err = WEFT_ERROR_INIT;

    memset(ear, 0, sizeof *ear);
    pthread_mutex_init(&ear->lock, NULL);
    pthread_cond_init(&ear->changed, NULL);
    ear->stream = weft_stream_open(session, &listener, &err);
    ck_assert_msg(ear->stream != NULL, "%s", err.text);
}

static void stop(struct ear *ear)
{
    weft_stream_close(ear->stream);
    pthread_cond_destroy(&ear->changed);
    pthread_mutex_destroy(&ear->lock);
}

/* Reads until the words are heard, or the stream has ended. False after a long
 * time without. */
static bool hears(struct ear *ear, const char *words)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    while (!strstr(ear->heard, words) && !ear->ended) {
        long n = weft_stream_read(ear->stream, ear->heard + ear->n,
                                  sizeof ear->heard - 1 - ear->n);
        int failed = 0;

        ear->ended = n < 0;
        if (n > 0) {
            ear->n += (size_t)n;
            continue;
        }
        pthread_mutex_lock(&ear->lock);
        while (n == 0 && !ear->woken && !failed)
            failed = pthread_cond_timedwait(&ear->changed, &ear->lock, &until);
        ear->woken = false;
        pthread_mutex_unlock(&ear->lock);
        if (failed)
            return false;
    }
    return strstr(ear->heard, words) != NULL;
}

static const char *create(weft_session *session)
{
    static const char body[] = "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}";
    struct wf_json *made = test_ok(
        &t, weft_run(weft_document_create(session, body, strlen(body), NULL)));

    return test_text(made, "id");
}

/* The id of the last event that was heard. */
static const char *last_id(const struct ear *ear)
{
    const char *at = ear->heard, *found = NULL;

    while ((at = strstr(at, "id: ")))
        found = at += strlen("id: ");
    ck_assert_ptr_nonnull(found);
    return wf_arena_printf(t.arena, "%.*s", (int)strcspn(found, "\n"), found);
}

START_TEST(what_one_may_see_is_told_after_its_commit)
{
    struct ear ear;
    const char *id;

    listen_to(&ear, ann, NULL, false);
    ck_assert(hears(&ear, "event: ready"));
    id = create(ann);

    ck_assert(hears(&ear, id));
    ck_assert_ptr_nonnull(strstr(ear.heard, "event: change"));
    stop(&ear);
}
END_TEST

START_TEST(what_one_may_not_see_is_not_told)
{
    struct ear ear;
    const char *hidden, *seen;

    listen_to(&ear, bob, NULL, false);
    hidden = create(ann);
    seen = create(bob);

    ck_assert(hears(&ear, seen));
    ck_assert_ptr_null(strstr(ear.heard, hidden));
    stop(&ear);
}
END_TEST

START_TEST(what_is_said_beneath_a_document_is_told)
{
    static const char said[] = "{\"text\":\"hello\"}";
    struct ear ear;
    const char *id = create(ann);

    listen_to(&ear, ann, NULL, false);
    ck_assert(hears(&ear, "event: ready"));
    test_ok(&t, weft_run(weft_document_comment(ann, strtoll(id, NULL, 10), said,
                                               strlen(said), NULL)));

    ck_assert(hears(&ear, id));
    stop(&ear);
}
END_TEST

START_TEST(whoever_comes_back_hears_what_they_missed)
{
    struct ear ear;
    const char *before, *missed, *after;

    listen_to(&ear, ann, NULL, false);
    before = create(ann);
    ck_assert(hears(&ear, before));
    after = last_id(&ear);
    stop(&ear);
    missed = create(ann);
    listen_to(&ear, ann, after, false);

    ck_assert(hears(&ear, missed));
    ck_assert_ptr_null(strstr(ear.heard, before));
    stop(&ear);
}
END_TEST

START_TEST(a_place_that_is_none_begins_now)
{
    static const char *const odd[] = { "",     "x",      "1",       "1:x",
                                       "1:-5", "1:1,,,", ":::::::", "99:1" };

    for (size_t i = 0; i < WF_COUNT(odd); i++) {
        struct ear ear;

        listen_to(&ear, ann, odd[i], true);
        ck_assert_msg(hears(&ear, "event: end"), "%s", odd[i]);
        stop(&ear);
    }
}
END_TEST

START_TEST(once_says_what_there_is_and_ends)
{
    struct ear ear;
    const char *id = create(ann);

    listen_to(&ear, ann, "1:0", true);
    ck_assert(hears(&ear, "event: end"));
    ck_assert_ptr_nonnull(strstr(ear.heard, id));
    ck_assert(!hears(&ear, "never"));
    ck_assert(ear.ended);
    stop(&ear);
}
END_TEST

START_TEST(a_person_has_five_and_another_one_theirs)
{
    struct ear ears[6];
    weft_error err = WEFT_ERROR_INIT;
    const weft_listener one_more = { .wake = wake, .self = &ears[0] };

    for (size_t i = 0; i < 5; i++)
        listen_to(&ears[i], ann, NULL, false);
    ck_assert_ptr_null(weft_stream_open(ann, &one_more, &err));
    ck_assert_int_eq(err.code, WEFT_E_LIMITED);
    listen_to(&ears[5], bob, NULL, false);
    stop(&ears[0]);
    listen_to(&ears[0], ann, NULL, false);

    ck_assert_uint_eq(weft_streams_count(t.engine), 6);
    for (size_t i = 0; i < 6; i++)
        stop(&ears[i]);
    ck_assert_uint_eq(weft_streams_count(t.engine), 0);
}
END_TEST

START_TEST(a_session_that_has_ended_ends_its_stream)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session = NULL;
    struct wf_json *made =
        test_ok(&t, weft_run(weft_token_add(t.system, "ann", 0, 0)));
    const struct wf_json *list;
    const char *token;
    struct ear ear;

    ck_assert(weft_session_by_token(t.engine, test_text(made, "token"), "en",
                                    &session, &err));
    listen_to(&ear, session, NULL, false);
    weft_session_free(session);
    list = wf_json_get(test_ok(&t, weft_token_list(ann, NULL, false)), "items");
    ck_assert_uint_eq(wf_json_len(list), 1);
    token = test_text(list->u.array.at[0], "id");
    test_ok(&t, weft_run(weft_token_end(ann, strtoll(token, NULL, 10))));
    create(ann); /* it is found out with the next thing that happens */

    ck_assert(hears(&ear, "event: end"));
    ck_assert(!hears(&ear, "event: change"));
    ck_assert(ear.ended);
    stop(&ear);
}
END_TEST

START_TEST(an_engine_that_drains_ends_all_and_takes_no_more)
{
    weft_error err = WEFT_ERROR_INIT;
    struct ear ear;
    const weft_listener late = { .wake = wake, .self = &ear };

    listen_to(&ear, ann, NULL, false);
    weft_streams_end(t.engine);

    ck_assert(!hears(&ear, "never"));
    ck_assert(ear.ended);
    ck_assert_ptr_null(weft_stream_open(bob, &late, &err));
    ck_assert_int_eq(err.code, WEFT_E_BUSY);
    stop(&ear);
}
END_TEST

TCase *stream_tests(void)
{
    TCase *tc = tcase_create("api/stream");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, what_one_may_see_is_told_after_its_commit);
    tcase_add_test(tc, what_one_may_not_see_is_not_told);
    tcase_add_test(tc, what_is_said_beneath_a_document_is_told);
    tcase_add_test(tc, whoever_comes_back_hears_what_they_missed);
    tcase_add_test(tc, a_place_that_is_none_begins_now);
    tcase_add_test(tc, once_says_what_there_is_and_ends);
    tcase_add_test(tc, a_person_has_five_and_another_one_theirs);
    tcase_add_test(tc, a_session_that_has_ended_ends_its_stream);
    tcase_add_test(tc, an_engine_that_drains_ends_all_and_takes_no_more);
    return tc;
}
