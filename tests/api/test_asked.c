/* api/test_asked.c - anonymous answers through the library, and what the store
 * and its key file hold of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "suite.h"
#include "support/engine.h"
#include "support/store.h"

static const char answer_xml[] =
    "<form xmlns=\"urn:weft:1\" id=\"answer\" label=\"Answer\" parent=\"of\">"
    "<fields><field id=\"of\" type=\"link\" form=\"question\" label=\"Of\"/>"
    "<field id=\"mark\" type=\"number\" label=\"Mark\"/></fields>"
    "<workflow start=\"fill\"><step id=\"fill\" label=\"Fill\" by=\"creator\""
    " edit=\"mark\"><action id=\"send\" label=\"Send\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow><access>"
    "<grant to=\"everyone\" rights=\"read comment administer\"/></access>"
    "</form>";

static const char question_xml[] =
    "<form xmlns=\"urn:weft:1\" id=\"question\" label=\"Question\"><fields>"
    "<field id=\"text\" type=\"text\" label=\"Text\"/></fields>"
    "<workflow start=\"ask\"><collect id=\"ask\" label=\"Ask\" form=\"answer\""
    " from=\"everyone\" anonymous=\"true\" next=\"done\"/>"
    "<end id=\"done\" label=\"Done\"/></workflow>"
    "<access><create by=\"everyone\"/></access></form>";

static struct test_engine t;
static weft_session *ann, *bob, *root;
static char store_path[TEST_PATH];
static int64_t mine;

/* The answer that waits for `session`. */
static int64_t task(weft_session *session)
{
    struct wf_json *work = test_ok(&t, weft_work_list(session, NULL, 0));
    const struct wf_json *items = wf_json_get(work, "items");

    ck_assert_uint_eq(wf_json_len(items), 1);
    return atoll(
        test_text(wf_json_get(items->u.array.at[0], "document"), "id"));
}

static void deploy_both(void)
{
    weft_file files[] = {
        { "answer.form.xml", answer_xml, strlen(answer_xml) },
        { "question.form.xml", question_xml, strlen(question_xml) },
    };
    weft_deploy what = { files, 2, NULL, NULL, NULL };

    test_ok(&t, weft_run(weft_deploy_run(t.system, &what)));
}

static void setup(void)
{
    static const char body[] = "{\"form\":\"question\"}";
    char url[TEST_PATH + 16];

    test_folder_make(store_path);
    (void)snprintf(url, sizeof url, "sqlite:%s", store_path);
    test_engine_open_at(&t, url);
    test_engine_fill(&t);
    deploy_both();
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    root = test_session(&t, "root");
    test_ok(&t, weft_run(weft_document_create(ann, body, strlen(body), NULL)));
    mine = task(bob);
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(root);
    test_engine_close(&t);
    test_folder_remove(store_path);
}

static weft_reply *send(const char *body)
{
    static const weft_how how = { NULL, "key-1" };

    return weft_run(
        weft_document_act(bob, mine, "send", body, strlen(body), &how));
}

START_TEST(an_answer_with_a_key_is_given_once_and_told_again)
{
    weft_reply *first = send("{\"data\":{\"mark\":5}}");
    weft_reply *second = send("{\"data\":{\"mark\":5}}");

    ck_assert_ptr_null(weft_reply_error(first));
    ck_assert(weft_reply_is_repeat(second));
    ck_assert_str_eq(weft_reply_body(first, NULL),
                     weft_reply_body(second, NULL));
    ck_assert_str_eq(weft_reply_etag(first), weft_reply_etag(second));
    weft_reply_free(first);
    weft_reply_free(second);
    test_refused(&t, send("{\"data\":{\"mark\":4}}"), WEFT_E_INVALID);
}
END_TEST

START_TEST(what_is_kept_for_the_repetition_names_neither_answer_nor_document)
{
    struct wf_store *store;

    test_ok(&t, send("{\"data\":{\"mark\":5}}"));
    store = test_store_at(store_path);

    ck_assert_int_eq(test_int(wf_store_writer(store),
                              "SELECT count(*) FROM idempotency"
                              " WHERE document IS NULL AND etag IS NULL"
                              " AND instr(body, 'mark') = 0"),
                     1);
    wf_store_close(store);
}
END_TEST

static weft_reply *send_as(const char *login, int64_t id)
{
    static const char body[] = "{\"data\":{\"mark\":5}}";
    weft_how how = { NULL, login };
    weft_session *session = test_session(&t, login);
    weft_reply *reply = weft_run(weft_document_act(
        session, id ? id : task(session), "send", body, strlen(body), &how));

    weft_session_free(session);
    return reply;
}

/* The last one's, too, whose answer closes it. */
START_TEST(once_it_is_closed_no_repetition_tells_whose_is_whose)
{
    static const char *const all[] = { "boss", "lead", "ann", "bob", "root" };
    struct wf_store *store;

    for (size_t i = 0; i < WF_COUNT(all); i++)
        test_ok(&t, send_as(all[i], 0));
    test_refused(&t, send_as("bob", mine), WEFT_E_CONFLICT);
    store = test_store_at(store_path);

    ck_assert_int_eq(test_int(wf_store_writer(store),
                              "SELECT count(*) FROM idempotency"
                              " WHERE document IS NULL"),
                     0);
    wf_store_close(store);
}
END_TEST

START_TEST(the_key_lies_beside_the_store_for_its_owner_alone)
{
    struct stat about;

    ck_assert_int_eq(
        stat(wf_arena_printf(t.arena, "%s.key", store_path), &about), 0);
    ck_assert_int_eq(about.st_mode & 0777, 0600);
    ck_assert_int_eq(about.st_size, 44);
}
END_TEST

START_TEST(no_door_of_the_library_shows_it_to_an_administrator)
{
    static const char said[] = "{\"text\":\"Who?\"}";
    weft_param form[] = { { "form", "answer" }, { "count", "true" } };

    test_ok(&t, send("{\"data\":{\"mark\":5}}"));

    test_refused(&t, weft_document_get(root, mine), WEFT_E_NOTFOUND);
    test_refused(&t, weft_document_history(root, mine, NULL, 0),
                 WEFT_E_NOTFOUND);
    test_refused(&t, weft_document_chain(root, mine), WEFT_E_NOTFOUND);
    test_refused(&t, weft_document_children(root, mine, NULL, 0),
                 WEFT_E_NOTFOUND);
    test_refused(
        &t,
        weft_run(weft_document_comment(root, mine, said, strlen(said), NULL)),
        WEFT_E_NOTFOUND);
    ck_assert_ptr_nonnull(strstr(
        wf_json_dump(t.arena, test_ok(&t, weft_document_list(root, form, 2))),
        "\"total\":1")); /* their own */
}
END_TEST

START_TEST(its_writer_finds_no_name_no_hour_and_no_history_on_it)
{
    struct wf_json *seen = test_ok(&t, weft_document_get(bob, mine));
    struct wf_json *past =
        test_ok(&t, weft_document_history(bob, mine, NULL, 0));

    ck_assert(wf_json_is(wf_json_get(seen, "creator"), WF_JSON_NULL));
    ck_assert_str_eq(test_text(seen, "created"), "2026-10-11T16:00:00.000Z");
    ck_assert_str_eq(test_text(seen, "updated"), "2026-10-11T16:00:00.000Z");
    ck_assert_uint_eq(wf_json_len(wf_json_get(past, "items")), 0);
}
END_TEST

TCase *asked_tests(void)
{
    TCase *tc = tcase_create("api/asked");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_answer_with_a_key_is_given_once_and_told_again);
    tcase_add_test(
        tc, what_is_kept_for_the_repetition_names_neither_answer_nor_document);
    tcase_add_test(tc, once_it_is_closed_no_repetition_tells_whose_is_whose);
    tcase_add_test(tc, the_key_lies_beside_the_store_for_its_owner_alone);
    tcase_add_test(tc, no_door_of_the_library_shows_it_to_an_administrator);
    tcase_add_test(tc, its_writer_finds_no_name_no_hour_and_no_history_on_it);
    return tc;
}
