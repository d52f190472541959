/* api/test_engine.c - engines are opened, drained, backed up and closed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/engine.h"
#include "api/turn.h"
#include "store/driver.h"
#include "suite.h"
#include "support/engine.h"
#include "support/store.h"

static const char body[] = "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}";

START_TEST(a_store_is_made_only_where_that_is_wanted)
{
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    weft_engine *engine = NULL;

    ck_assert(!weft_engine_open("sqlite:/tmp/weft-test-absent/store", &options,
                                &engine, &err));
    ck_assert_int_eq(err.code, WEFT_E_NOTFOUND);
    ck_assert_ptr_null(engine);
}
END_TEST

static bool note_deadline(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    int64_t *deadline = *(int64_t *const *)with;

    (void)err;
    *deadline = turn->call.db->deadline;
    return true;
}

/* As the very first thing it does, and that takes in all definitions: on a busy
 * machine a server could not begin. */
START_TEST(what_the_engine_asks_itself_is_not_broken_off)
{
    static const struct wf_asker itself = { .system = true };
    struct test_engine t;
    int64_t deadline = -1, *at = &deadline;

    test_engine_open(&t);

    weft_session *ann = test_session(&t, "ann");

    weft_reply_free(wf_question_as(t.engine, &itself, 0, note_deadline, &at));
    ck_assert_int_eq(deadline, 0);
    weft_reply_free(wf_question(ann, 0, note_deadline, &at));
    ck_assert_int_gt(deadline, 0);
    weft_session_free(ann);
    test_engine_close(&t);
}
END_TEST

START_TEST(two_engines_in_one_process_do_not_meet)
{
    struct test_engine a, b;

    test_engine_open(&a);
    test_engine_open(&b);

    weft_session *here = test_session(&a, "ann");
    weft_session *there = test_session(&b, "ann");
    int64_t id = test_note(&a, here, "Here");

    test_refused(&b, weft_document_get(there, id), WEFT_E_NOTFOUND);
    weft_session_free(here);
    weft_session_free(there);
    test_engine_close(&a);
    test_engine_close(&b);
}
END_TEST

START_TEST(a_draining_engine_takes_no_commands_and_answers_questions)
{
    struct test_engine t;
    weft_error err = WEFT_ERROR_INIT;

    test_engine_open(&t);
    weft_session *ann = test_session(&t, "ann");
    int64_t id = test_note(&t, ann, "Before");

    ck_assert(weft_engine_is_ready(t.engine, &err));
    weft_engine_drain(t.engine);

    ck_assert(!weft_engine_is_ready(t.engine, &err));
    test_refused(&t,
                 weft_run(weft_document_create(ann, body, strlen(body), NULL)),
                 WEFT_E_BUSY);
    test_ok(&t, weft_document_get(ann, id));
    weft_session_free(ann);
    test_engine_close(&t);
}
END_TEST

enum {
    N_MANY = 200
};
static atomic_int n_kept, n_busy, n_else;

static void count_reply(void *self, weft_reply *reply)
{
    const weft_error *failure = weft_reply_error(reply);
    atomic_int *count = !failure ? &n_kept : &n_else;

    (void)self;
    if (failure && failure->code == WEFT_E_BUSY && failure->retry_after_s > 0)
        count = &n_busy;
    atomic_fetch_add(count, 1);
    weft_reply_free(reply);
}

START_TEST(past_its_queue_an_engine_says_that_it_is_busy)
{
    weft_options options = WEFT_OPTIONS_INIT;
    char path[TEST_PATH];
    struct test_engine t;
    weft_engine *narrow = NULL;
    weft_session *ann = NULL;
    weft_error err = WEFT_ERROR_INIT;

    test_folder_make(path);
    test_engine_open_at(&t, path);
    test_engine_fill(&t);
    test_engine_close(&t);
    options.max_queue = 1;
    options.no_jobs = true;
    ck_assert(weft_engine_open(path, &options, &narrow, &err));
    ck_assert(weft_session_as(narrow, "ann", "en", &ann, &err));

    for (int i = 0; i < N_MANY; i++)
        weft_submit(weft_document_create(ann, body, strlen(body), NULL),
                    count_reply, NULL);
    weft_engine_drain(narrow);

    ck_assert_int_eq(atomic_load(&n_kept) + atomic_load(&n_busy), N_MANY);
    ck_assert_int_gt(atomic_load(&n_kept), 0);
    ck_assert_int_gt(atomic_load(&n_busy), 0);
    ck_assert_int_eq(atomic_load(&n_else), 0);
    weft_session_free(ann);
    weft_engine_close(narrow);
    test_folder_remove(path);
}
END_TEST

START_TEST(a_store_is_found_again_after_closing)
{
    char path[TEST_PATH];
    struct test_engine t;

    test_folder_make(path);
    test_engine_open_at(&t, path);
    test_engine_fill(&t);
    weft_session *ann = test_session(&t, "ann");
    int64_t id = test_note(&t, ann, "Kept");
    weft_session_free(ann);
    test_engine_close(&t);

    test_engine_open_at(&t, path);
    ann = test_session(&t, "ann");
    struct wf_json *doc = test_ok(&t, weft_document_get(ann, id));

    ck_assert_str_eq(test_text(doc, "title"), "Kept");
    weft_session_free(ann);
    test_engine_close(&t);
    test_folder_remove(path);
}
END_TEST

START_TEST(ids_go_on_from_those_of_the_store_when_the_clock_was_set_back)
{
    char path[TEST_PATH];
    struct test_engine t;

    test_folder_make(path);
    test_engine_open_at(&t, path);
    test_engine_fill(&t);
    t.now += INT64_C(24) * 60 * 60 * 1000;
    weft_session *ann = test_session(&t, "ann");
    int64_t before = test_note(&t, ann, "Tomorrow");
    weft_session_free(ann);
    test_engine_close(&t);

    test_engine_open_at(&t, path);
    ann = test_session(&t, "ann");
    int64_t after = test_note(&t, ann, "Today");

    ck_assert_int_gt(after, before);
    weft_session_free(ann);
    test_engine_close(&t);
    test_folder_remove(path);
}
END_TEST

START_TEST(a_backup_holds_what_was_acknowledged)
{
    char path[TEST_PATH], copy[TEST_PATH + 8];
    struct test_engine t;
    weft_error err = WEFT_ERROR_INIT;

    test_folder_make(path);
    snprintf(copy, sizeof copy, "%s.copy", path);
    test_engine_open_at(&t, path);
    test_engine_fill(&t);
    weft_session *ann = test_session(&t, "ann");
    int64_t id = test_note(&t, ann, "Kept");
    weft_session_free(ann);

    ck_assert_msg(weft_engine_backup(t.engine, copy, &err), "%s", err.text);
    test_engine_close(&t);

    test_engine_open_at(&t, copy);
    ann = test_session(&t, "ann");
    test_ok(&t, weft_document_get(ann, id));
    weft_session_free(ann);
    test_engine_close(&t);
    test_folder_remove(path);
}
END_TEST

START_TEST(a_sound_store_has_no_findings)
{
    struct test_engine t;

    test_engine_open(&t);
    weft_session *ann = test_session(&t, "ann");
    test_note(&t, ann, "A");

    struct wf_json *report = test_ok(&t, weft_verify(t.system));

    ck_assert_uint_eq(wf_json_len(wf_json_get(report, "findings")), 0);
    test_refused(&t, weft_verify(ann), WEFT_E_DENIED);
    weft_session_free(ann);
    test_engine_close(&t);
}
END_TEST

START_TEST(the_first_administrator_is_made_once)
{
    struct test_engine t;

    test_engine_open_at(&t, "sqlite::memory:");

    struct wf_json *made =
        test_ok(&t, weft_run(weft_init_admin(t.system, NULL)));

    ck_assert_uint_ge(strlen(test_text(made, "password")), 16);
    test_refused(&t, weft_run(weft_init_admin(t.system, NULL)),
                 WEFT_E_CONFLICT);
    test_engine_close(&t);
}
END_TEST

TCase *engine_tests(void)
{
    TCase *tc = tcase_create("api/engine");

    tcase_add_test(tc, a_store_is_made_only_where_that_is_wanted);
    tcase_add_test(tc, two_engines_in_one_process_do_not_meet);
    tcase_add_test(tc, what_the_engine_asks_itself_is_not_broken_off);
    tcase_add_test(tc,
                   a_draining_engine_takes_no_commands_and_answers_questions);
    tcase_add_test(tc, past_its_queue_an_engine_says_that_it_is_busy);
    tcase_add_test(tc, a_store_is_found_again_after_closing);
    tcase_add_test(
        tc, ids_go_on_from_those_of_the_store_when_the_clock_was_set_back);
    tcase_add_test(tc, a_backup_holds_what_was_acknowledged);
    tcase_add_test(tc, a_sound_store_has_no_findings);
    tcase_add_test(tc, the_first_administrator_is_made_once);
    return tc;
}
