/* api/test_work.c - the inbox, and one action on many documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>

#include "suite.h"
#include "support/engine.h"

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

static int64_t submitted(const char *title)
{
    int64_t id = test_note(&t, ann, title);

    test_ok(&t, weft_run(weft_document_act(ann, id, "submit", NULL, 0, NULL)));
    return id;
}

static weft_reply *approve_both(int64_t a, int64_t b)
{
    const char *body =
        wf_arena_printf(t.arena,
                        "{\"ids\":[\"%" PRId64 "\",\"%" PRId64 "\"],"
                        "\"action\":\"approve\"}",
                        a, b);

    return weft_run(weft_work_batch(lead, body, strlen(body), NULL));
}

START_TEST(the_inbox_has_what_waits_for_me)
{
    submitted("A");

    struct wf_json *mine = test_ok(&t, weft_work_list(lead, NULL, 0));
    struct wf_json *theirs = test_ok(&t, weft_work_list(ann, NULL, 0));

    ck_assert_uint_eq(wf_json_len(wf_json_get(mine, "items")), 1);
    ck_assert_uint_eq(wf_json_len(wf_json_get(theirs, "items")), 0);
}
END_TEST

START_TEST(each_of_many_stands_on_its_own)
{
    int64_t a = submitted("A");
    int64_t draft = test_note(&t, ann, "B");

    struct wf_json *items =
        wf_json_get(test_ok(&t, approve_both(a, draft)), "items");

    ck_assert_uint_eq(wf_json_len(items), 2);
    ck_assert(wf_json_is_true(wf_json_get(items->u.array.at[0], "ok")));
    ck_assert(!wf_json_is_true(wf_json_get(items->u.array.at[1], "ok")));
    ck_assert_str_eq(
        test_text(wf_json_get(items->u.array.at[1], "problem"), "kind"),
        "not-found");

    struct wf_json *doc = test_ok(&t, weft_document_get(ann, a));

    ck_assert_str_eq(test_text(doc, "state"), "done");
}
END_TEST

START_TEST(a_batch_has_documents)
{
    static const char *const wrong[] = {
        "{\"ids\":[],\"action\":\"approve\"}",
        "{\"ids\":[1],\"action\":\"approve\"}",
        "{\"ids\":[\"x\"],\"action\":\"approve\"}",
        "{\"ids\":[\"1\"]}",
    };

    for (size_t i = 0; i < WF_COUNT(wrong); i++) {
        weft_reply *reply =
            weft_run(weft_work_batch(lead, wrong[i], strlen(wrong[i]), NULL));

        ck_assert_ptr_nonnull(weft_reply_error(reply));
        weft_reply_free(reply);
    }
}
END_TEST

TCase *work_tests(void)
{
    TCase *tc = tcase_create("api/work");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, the_inbox_has_what_waits_for_me);
    tcase_add_test(tc, each_of_many_stands_on_its_own);
    tcase_add_test(tc, a_batch_has_documents);
    return tc;
}
