/* unit/api/test_verify.c - what was done to a store behind the engine's back
 * is found.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/engine.h"
#include "suite.h"
#include "support/engine.h"
#include "support/store.h"

static struct test_engine t;

static void setup(void)
{
    test_engine_open(&t);
    weft_session *ann = test_session(&t, "ann");
    test_note(&t, ann, "A");
    weft_session_free(ann);
}

static void teardown(void)
{
    test_engine_close(&t);
}

/* The writer sleeps: nobody else uses its connection. */
static size_t n_findings_after(const char *sql)
{
    struct wf_json *report;

    test_run(wf_store_writer(t.engine->store), sql);
    report = test_refused(&t, weft_verify(t.system), WEFT_E_INVALID);
    return wf_json_len(wf_json_get(report, "findings"));
}

START_TEST(a_changed_event_is_found)
{
    static const char sql[] = "UPDATE event SET kind = 'approve' WHERE seq = 2";

    ck_assert_uint_ge(n_findings_after(sql), 1);
}
END_TEST

START_TEST(a_cut_tail_is_found)
{
    static const char sql[] =
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)";

    ck_assert_uint_ge(n_findings_after(sql), 1);
}
END_TEST

START_TEST(an_open_document_that_nobody_is_asked_for_is_found)
{
    static const char sql[] = "DELETE FROM seat";

    ck_assert_uint_ge(n_findings_after(sql), 1);
}
END_TEST

TCase *verify_tests(void)
{
    TCase *tc = tcase_create("api/verify");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_changed_event_is_found);
    tcase_add_test(tc, a_cut_tail_is_found);
    tcase_add_test(tc, an_open_document_that_nobody_is_asked_for_is_found);
    return tc;
}
