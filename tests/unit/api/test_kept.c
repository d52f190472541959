/* unit/api/test_kept.c - answers that are given again, and when they are not.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/engine.h"
#include "api/kept.h"
#include "suite.h"
#include "support/engine.h"
#include "support/store.h"

static const char timely_xml[] =
    "<form xmlns=\"urn:weft:1\" id=\"timely\" label=\"Timely\">"
    "<fields><field id=\"day\" type=\"date\" label=\"Day\"/>"
    "<field id=\"note\" type=\"link\" form=\"note\" label=\"Note\"/></fields>"
    "<rules><rule field=\"day\" when=\"%s\" severity=\"warning\""
    " message=\"Look.\"/></rules>"
    "<workflow start=\"draft\"><step id=\"draft\" label=\"Draft\""
    " by=\"creator\" edit=\"*\"><action id=\"end\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow>"
    "<access><create by=\"everyone\"/>"
    "<grant to=\"creator\" rights=\"read\"/></access></form>";

static struct test_engine t;
static weft_session *ann, *lead;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    lead = test_session(&t, "lead");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(lead);
    test_engine_close(&t);
}

static struct wf_json *get(weft_session *session, int64_t id)
{
    return test_ok(&t, weft_document_get(session, id));
}

static size_t kept(void)
{
    return wf_kept_count(t.engine->kept);
}

static void act(weft_session *session, int64_t id, const char *action)
{
    test_ok(&t,
            weft_run(weft_document_act(session, id, action, "{}", 2, NULL)));
}

static void patch(int64_t id, const char *body)
{
    test_ok(&t,
            weft_run(weft_document_patch(ann, id, body, strlen(body), NULL)));
}

static void import(const char *csv)
{
    test_ok(&t,
            weft_run(weft_import(t.system, "people", csv, strlen(csv), false)));
}

/* What is read of the document twice; it is the same. */
static const char *read_twice(weft_session *session, int64_t id)
{
    const char *first = wf_json_dump(t.arena, get(session, id));

    ck_assert_str_eq(wf_json_dump(t.arena, get(session, id)), first);
    return first;
}

START_TEST(an_answer_is_kept_for_each_reader_and_language)
{
    int64_t id = test_note(&t, ann, "A");
    weft_session *chinese = NULL;
    weft_error err = WEFT_ERROR_INIT;

    act(ann, id, "submit");
    ck_assert(weft_session_as(t.engine, "ann", "zh-CN", &chinese, &err));
    ck_assert_str_ne(read_twice(ann, id), read_twice(lead, id));
    read_twice(chinese, id);

    ck_assert_uint_eq(kept(), 3);
    weft_session_free(chinese);
}
END_TEST

START_TEST(an_edit_an_act_and_a_decision_are_seen_at_once)
{
    int64_t id = test_note(&t, ann, "A");

    read_twice(ann, id);
    patch(id, "{\"data\":{\"title\":\"B\"}}");
    ck_assert_str_eq(test_text(get(ann, id), "title"), "B");
    act(ann, id, "submit");
    ck_assert_str_eq(test_text(get(ann, id), "step"), "answer");
    read_twice(lead, id);
    act(lead, id, "approve");
    ck_assert_str_eq(test_text(get(ann, id), "step"), "done");
    test_refused(&t, weft_document_get(lead, id), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(what_a_seat_says_counts_without_the_document)
{
    int64_t id = test_note(&t, ann, "A");
    struct wf_db *db = wf_store_writer(t.engine->store);
    weft_error err = WEFT_ERROR_INIT;

    act(ann, id, "submit");
    ck_assert_ptr_nonnull(strstr(read_twice(lead, id), "approve"));
    ck_assert(wf_db_begin(db, &err));
    test_run(db, "UPDATE seat SET state = 'closed', changes = changes + 1");
    ck_assert(wf_db_commit(db, &err));

    test_refused(&t, weft_document_get(lead, id), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(another_name_and_a_lost_right_are_seen_at_once)
{
    int64_t id = test_note(&t, ann, "A");

    read_twice(ann, id);
    import("login,name\nann,Annabel\n");
    ck_assert_ptr_nonnull(strstr(read_twice(ann, id), "Annabel"));
    import("login,name,active\nann,Annabel,false\n");
    test_refused(&t, weft_document_get(ann, id), WEFT_E_SIGNED_OUT);
}
END_TEST

START_TEST(other_rules_are_seen_at_once)
{
    int64_t id;
    char xml[2048];

    snprintf(xml, sizeof xml, timely_xml, "not day");
    test_deploy(&t, "timely.form.xml", xml);
    id = atoll(
        test_text(test_ok(&t, weft_run(weft_document_create(
                                  ann, "{\"form\":\"timely\"}", 17, NULL))),
                  "id"));
    ck_assert_ptr_nonnull(strstr(read_twice(ann, id), "Look."));
    ck_assert_uint_eq(kept(), 1);
    test_deploy(&t, "note.form.xml", test_note_xml);
    read_twice(ann, id);
    snprintf(xml, sizeof xml, timely_xml, "day");
    test_deploy(&t, "timely.form.xml", xml);
    read_twice(ann, id);
}
END_TEST

/* Rules that rest on something that nobody counts. */
static const char *const loose[] = {
    "not day and today() ~= day",
    "not day and behind(1, created, now()) ~= 1",
    "not note.title",
};

START_TEST(what_rests_on_the_clock_or_another_document_is_made_anew)
{
    int64_t note = test_note(&t, ann, "A");
    char body[128], xml[2048];
    int64_t id;

    snprintf(xml, sizeof xml, timely_xml, loose[_i]);
    test_deploy(&t, "timely.form.xml", xml);
    snprintf(body, sizeof body,
             "{\"form\":\"timely\",\"data\":{\"note\":\"%lld\"}}",
             (long long)note);
    id = atoll(test_text(test_ok(&t, weft_run(weft_document_create(
                                         ann, body, strlen(body), NULL))),
                         "id"));
    read_twice(ann, id);

    ck_assert_uint_eq(kept(), 0);
}
END_TEST

START_TEST(an_older_state_makes_room_for_the_next)
{
    int64_t id = test_note(&t, ann, "A");

    for (int i = 0; i < 4; i++) {
        import(i % 2 ? "login,name\nann,Ann\n" : "login,name\nann,Anne\n");
        read_twice(ann, id);
    }

    ck_assert_uint_eq(kept(), 1);
}
END_TEST

TCase *kept_tests(void)
{
    TCase *tc = tcase_create("api/kept");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_answer_is_kept_for_each_reader_and_language);
    tcase_add_test(tc, an_edit_an_act_and_a_decision_are_seen_at_once);
    tcase_add_test(tc, what_a_seat_says_counts_without_the_document);
    tcase_add_test(tc, another_name_and_a_lost_right_are_seen_at_once);
    tcase_add_test(tc, other_rules_are_seen_at_once);
    tcase_add_loop_test(
        tc, what_rests_on_the_clock_or_another_document_is_made_anew, 0,
        (int)(sizeof loose / sizeof loose[0]));
    tcase_add_test(tc, an_older_state_makes_room_for_the_next);
    return tc;
}
