/* api/test_job.c - what is done after an action: later, once, and in order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
}

static void teardown(void)
{
    weft_session_free(ann);
    test_engine_close(&t);
}

/* The note with hooks. */
static void deploy_hooks(const char *lua)
{
    const char *end = strstr(test_note_xml, "</form>");
    const char *xml =
        wf_arena_printf(t.arena, "%.*s<hooks src=\"note.lua\"/></form>",
                        (int)(end - test_note_xml), test_note_xml);
    weft_file files[] = { { "note.form.xml", xml, strlen(xml) },
                          { "note.lua", lua, strlen(lua) } };
    weft_deploy what = { files, 2, NULL, NULL, NULL };

    test_ok(&t, weft_run(weft_deploy_run(t.system, &what)));
}

static int64_t submit(void)
{
    int64_t id = test_note(&t, ann, "Tea");

    test_ok(&t, weft_run(weft_document_act(ann, id, "submit", NULL, 0, NULL)));
    return id;
}

static int64_t tick(void)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired = 0;

    ck_assert_msg(weft_engine_tick(t.engine, 0, &fired, &err), "%s", err.text);
    return fired;
}

static double amount_of(int64_t id)
{
    struct wf_json *doc = test_ok(&t, weft_document_get(ann, id));

    return wf_json_num(wf_json_get(wf_json_get(doc, "data"), "amount"), -1);
}

START_TEST(an_after_hook_runs_later_and_once)
{
    deploy_hooks("function after_submit(doc) doc.amount = 7 end");
    int64_t id = submit();

    ck_assert_double_eq(amount_of(id), -1);
    ck_assert_int_eq(tick(), 1);
    ck_assert_double_eq(amount_of(id), 7);
    ck_assert_int_eq(tick(), 0);
}
END_TEST

START_TEST(a_hook_that_fails_is_tried_again_later)
{
    deploy_hooks("function after_submit(doc) error('not yet') end");
    submit();

    ck_assert_int_eq(tick(), 1);
    ck_assert_int_eq(tick(), 0);
    t.now += INT64_C(3600) * 1000;
    ck_assert_int_eq(tick(), 1);
}
END_TEST

START_TEST(a_hook_that_never_ends_is_stopped)
{
    deploy_hooks("function before_submit(doc) while true do end end");
    int64_t id = test_note(&t, ann, "Tea");

    test_refused(&t,
                 weft_run(weft_document_act(ann, id, "submit", NULL, 0, NULL)),
                 WEFT_E_SCRIPT);
    test_ok(&t, weft_document_get(ann, id));
}
END_TEST

TCase *job_tests(void)
{
    TCase *tc = tcase_create("api/job");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_after_hook_runs_later_and_once);
    tcase_add_test(tc, a_hook_that_fails_is_tried_again_later);
    tcase_add_test(tc, a_hook_that_never_ends_is_stopped);
    return tc;
}
