/* api/test_command.c - documents are made, changed and acted on.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdatomic.h>
#include <string.h>

#include "base/date.h"
#include "suite.h"
#include "support/engine.h"
#include "support/memory.h"

static struct test_engine t;
static weft_session *ann, *bob, *lead;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    lead = test_session(&t, "lead");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(lead);
    test_engine_close(&t);
}

static weft_reply *patch(int64_t id, const char *data, const char *if_match)
{
    const char *body = wf_arena_printf(t.arena, "{\"data\":%s}", data);
    weft_how how = { if_match, NULL };

    return weft_run(weft_document_patch(ann, id, body, strlen(body), &how));
}

static weft_reply *act(weft_session *session, int64_t id, const char *action)
{
    return weft_run(weft_document_act(session, id, action, NULL, 0, NULL));
}

START_TEST(an_edit_and_an_action_make_a_document_young_again)
{
    int64_t made = t.now, id = test_note(&t, ann, "Tea");

    t.now += 86400000;
    weft_reply_free(patch(id, "{\"amount\":5}", NULL));
    t.now += 86400000;
    weft_reply *reply = act(ann, id, "submit");

    struct wf_json *doc = test_ok(&t, reply);
    char text[WF_TIME_TEXT];

    wf_time_write(made + INT64_C(2) * 86400000, text);
    ck_assert_str_eq(test_text(doc, "updated"), text);
}
END_TEST

START_TEST(a_new_document_is_answered_as_its_creator_sees_it)
{
    static const char body[] =
        "{\"form\":\"note\",\"data\":{\"title\":\"Tea\",\"amount\":4}}";

    weft_reply *reply =
        weft_run(weft_document_create(ann, body, strlen(body), NULL));

    ck_assert_ptr_nonnull(weft_reply_etag(reply));
    ck_assert_int_gt(weft_reply_id(reply), 0);

    struct wf_json *doc = test_ok(&t, reply);

    ck_assert_str_eq(test_text(doc, "step"), "draft");
    ck_assert_str_eq(test_text(doc, "title"), "Tea");
    ck_assert_double_eq(
        wf_json_num(wf_json_get(wf_json_get(doc, "data"), "double"), 0), 8);
}
END_TEST

START_TEST(a_stale_tag_refuses_the_edit_and_changes_nothing)
{
    int64_t id = test_note(&t, ann, "Tea");
    weft_reply *before = weft_document_get(ann, id);
    const char *tag = wf_arena_str(t.arena, weft_reply_etag(before));

    weft_reply_free(before);
    test_ok(&t, patch(id, "{\"amount\":1}", tag));
    test_refused(&t, patch(id, "{\"amount\":2}", tag), WEFT_E_STALE);

    struct wf_json *doc = test_ok(&t, weft_document_get(ann, id));

    ck_assert_double_eq(
        wf_json_num(wf_json_get(wf_json_get(doc, "data"), "amount"), 0), 1);
}
END_TEST

START_TEST(an_approval_goes_its_way)
{
    int64_t id = test_note(&t, ann, "Tea");

    struct wf_json *waiting = test_ok(&t, act(ann, id, "submit"));
    struct wf_json *done = test_ok(&t, act(lead, id, "approve"));

    ck_assert_str_eq(test_text(waiting, "step"), "answer");
    ck_assert_str_eq(test_text(done, "state"), "done");
    test_refused(&t, act(ann, id, "submit"), WEFT_E_CONFLICT);
}
END_TEST

START_TEST(who_sees_it_no_longer_gets_a_stub)
{
    int64_t id = test_note(&t, ann, "Tea");

    test_ok(&t, act(ann, id, "submit"));

    struct wf_json *stub = test_ok(&t, act(lead, id, "approve"));

    ck_assert_ptr_null(wf_json_get(stub, "data"));
    ck_assert_str_eq(test_text(stub, "form"), "note");
}
END_TEST

START_TEST(what_is_not_seen_is_not_there)
{
    int64_t id = test_note(&t, ann, "Secret");
    weft_reply *unseen = weft_document_get(bob, id);
    weft_reply *absent = weft_document_get(bob, id + 1);

    ck_assert_int_eq(weft_reply_error(unseen)->code, WEFT_E_NOTFOUND);
    ck_assert_int_eq(weft_reply_error(absent)->code, WEFT_E_NOTFOUND);
    weft_reply_free(unseen);
    weft_reply_free(absent);
    test_refused(&t, act(bob, id, "submit"), WEFT_E_NOTFOUND);
    test_refused(&t, weft_run(weft_document_delete(bob, id, NULL)),
                 WEFT_E_NOTFOUND);
    test_refused(&t, weft_document_history(bob, id, NULL, 0), WEFT_E_NOTFOUND);
    test_refused(&t, weft_document_chain(bob, id), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(a_creator_may_not_delete_without_the_right)
{
    int64_t id = test_note(&t, ann, "Tea");

    test_refused(&t, weft_run(weft_document_delete(ann, id, NULL)),
                 WEFT_E_DENIED);
    test_ok(&t, weft_run(weft_document_delete(t.system, id, NULL)));
    test_refused(&t, weft_document_get(ann, id), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(comments_and_history_are_told)
{
    static const char text[] = "{\"text\":\"Why?\"}";
    int64_t id = test_note(&t, ann, "Tea");

    test_ok(&t,
            weft_run(weft_document_comment(ann, id, text, strlen(text), NULL)));
    test_ok(&t, act(ann, id, "submit"));

    struct wf_json *comments =
        test_ok(&t, weft_document_comments(ann, id, NULL, 0));
    struct wf_json *history =
        test_ok(&t, weft_document_history(ann, id, NULL, 0));

    ck_assert_uint_eq(wf_json_len(wf_json_get(comments, "items")), 1);
    ck_assert_uint_ge(wf_json_len(wf_json_get(history, "items")), 2);
}
END_TEST

/* Completions count themselves. */
static atomic_int n_done;
static int order[64];

static void note_done(void *self, weft_reply *reply)
{
    order[atomic_fetch_add(&n_done, 1)] = *(int *)self;
    weft_reply_free(reply);
}

START_TEST(completions_come_in_the_order_of_submission)
{
    static const char body[] = "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}";
    int numbers[64];

    atomic_store(&n_done, 0);
    for (int i = 0; i < 64; i++) {
        numbers[i] = i;
        weft_submit(weft_document_create(ann, body, strlen(body), NULL),
                    note_done, &numbers[i]);
    }
    weft_engine_drain(t.engine);

    ck_assert_int_eq(atomic_load(&n_done), 64);
    for (int i = 0; i < 64; i++)
        ck_assert_int_eq(order[i], i);
}
END_TEST

START_TEST(a_command_keeps_what_it_needs_of_its_session)
{
    static const char body[] = "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}";
    weft_session *brief = test_session(&t, "ann");
    weft_command *command =
        weft_document_create(brief, body, strlen(body), NULL);

    weft_session_free(brief);

    test_ok(&t, weft_run(command));
}
END_TEST

START_TEST(a_list_has_only_what_its_reader_sees)
{
    test_note(&t, ann, "Mine");
    test_note(&t, bob, "Theirs");

    struct wf_json *list = test_ok(&t, weft_document_list(ann, NULL, 0));
    struct wf_json *items = wf_json_get(list, "items");

    ck_assert_uint_eq(wf_json_len(items), 1);
    ck_assert_str_eq(test_text(items->u.array.at[0], "title"), "Mine");
}
END_TEST

START_TEST(a_list_refuses_parameters_that_it_does_not_know)
{
    static const weft_param wrong[][2] = {
        { { "limit", "0" }, { NULL, NULL } },
        { { "limit", "201" }, { NULL, NULL } },
        { { "limit", "ten" }, { NULL, NULL } },
        { { "colour", "red" }, { NULL, NULL } },
        { { "form", "note" }, { "form", "note" } },
        { { "filter[", "x" }, { NULL, NULL } },
        { { "filter[a][b][c]", "x" }, { NULL, NULL } },
        { { "mine", "perhaps" }, { NULL, NULL } },
    };

    for (size_t i = 0; i < WF_COUNT(wrong); i++)
        test_refused(
            &t, weft_document_list(ann, wrong[i], wrong[i][1].name ? 2 : 1),
            WEFT_E_MALFORMED);
}
END_TEST

TCase *command_tests(void)
{
    TCase *tc = tcase_create("api/command");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_edit_and_an_action_make_a_document_young_again);
    tcase_add_test(tc, a_new_document_is_answered_as_its_creator_sees_it);
    tcase_add_test(tc, a_stale_tag_refuses_the_edit_and_changes_nothing);
    tcase_add_test(tc, an_approval_goes_its_way);
    tcase_add_test(tc, who_sees_it_no_longer_gets_a_stub);
    tcase_add_test(tc, what_is_not_seen_is_not_there);
    tcase_add_test(tc, a_creator_may_not_delete_without_the_right);
    tcase_add_test(tc, comments_and_history_are_told);
    test_add_sqlite(tc, completions_come_in_the_order_of_submission);
    tcase_add_test(tc, a_command_keeps_what_it_needs_of_its_session);
    tcase_add_test(tc, a_list_has_only_what_its_reader_sees);
    tcase_add_test(tc, a_list_refuses_parameters_that_it_does_not_know);
    return tc;
}
