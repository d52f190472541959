/* api/test_backlog.c - what has failed for good is found, revived and dropped,
 * by administrators.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <weft/backlog.h>

#include "suite.h"
#include "support/engine.h"

enum {
    ATTEMPTS = 8,
    HOUR_MS = 3600000
};

static struct test_engine t;
static weft_session *ann, *admin;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    admin = test_session(&t, "root");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(admin);
    test_engine_close(&t);
}

/* The note with a hook that fails as long as the note is called Tea. */
static int64_t submit(const char *title)
{
    static const char lua[] = "function after_submit(doc)\n"
                              "  if doc.title == 'Tea' then error('cold') end\n"
                              "  doc.amount = 7\nend\n"
                              "function before_withdraw(doc)\n"
                              "  doc.title = 'Coffee'\nend";
    const char *end = strstr(test_note_xml, "</form>");
    const char *xml =
        wf_arena_printf(t.arena, "%.*s<hooks src=\"note.lua\"/></form>",
                        (int)(end - test_note_xml), test_note_xml);
    weft_file files[] = { { "note.form.xml", xml, strlen(xml) },
                          { "note.lua", lua, strlen(lua) } };
    weft_deploy what = { files, 2, NULL, NULL, NULL };
    int64_t id;

    test_ok(&t, weft_run(weft_deploy_run(t.system, &what)));
    id = test_note(&t, ann, title);
    test_ok(&t, weft_run(weft_document_act(ann, id, "submit", NULL, 0, NULL)));
    return id;
}

static void let_it_fail(void)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired;

    for (int i = 0; i < ATTEMPTS; i++) {
        ck_assert_msg(weft_engine_tick(t.engine, 0, &fired, &err), "%s",
                      err.text);
        t.now += HOUR_MS;
    }
}

static const struct wf_json *list(const char *state)
{
    weft_param params[] = { { "state", state } };

    return wf_json_get(test_ok(&t, weft_backlog_list(admin, params, 1)),
                       "items");
}

static int64_t id_of(const struct wf_json *items, size_t i)
{
    return strtoll(test_text(items->u.array.at[i], "id"), NULL, 10);
}

static size_t n_events(int64_t document, const char *kind)
{
    const struct wf_json *items = wf_json_get(
        test_ok(&t, weft_document_history(t.system, document, NULL, 0)),
        "items");
    size_t n = 0;

    for (size_t i = 0; i < wf_json_len(items); i++)
        n += !strcmp(test_text(items->u.array.at[i], "kind"), kind);
    return n;
}

START_TEST(what_has_failed_for_good_is_listed_with_its_reason)
{
    int64_t document = submit("Tea");
    const struct wf_json *items, *job;

    ck_assert_uint_eq(wf_json_len(list("dead")), 0);
    ck_assert_uint_eq(wf_json_len(list("waiting")), 1);
    let_it_fail();
    items = list("dead");

    ck_assert_uint_eq(wf_json_len(items), 1);
    job = items->u.array.at[0];
    ck_assert_str_eq(test_text(job, "what"), "job");
    ck_assert_int_eq(strtoll(test_text(job, "document"), NULL, 10), document);
    ck_assert_str_eq(test_text(job, "form"), "note");
    ck_assert_ptr_nonnull(strstr(test_text(job, "problem"), "cold"));
    ck_assert_uint_eq(wf_json_len(list("waiting")), 0);
}
END_TEST

START_TEST(a_revived_one_is_tried_again_at_once)
{
    int64_t document = submit("Tea"), fired, id;
    weft_error err = WEFT_ERROR_INIT;

    let_it_fail();
    test_ok(&t, weft_run(weft_document_act(ann, document, "withdraw", NULL, 0,
                                           NULL)));
    id = id_of(list("dead"), 0);
    test_ok(&t, weft_run(weft_backlog_revive(admin, id)));

    ck_assert(weft_engine_tick(t.engine, 0, &fired, &err));
    ck_assert_int_eq(fired, 1);
    ck_assert_uint_eq(wf_json_len(list("dead")), 0);
    ck_assert_uint_eq(n_events(document, "revive"), 1);
    test_refused(&t, weft_run(weft_backlog_revive(admin, id)), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(a_dropped_one_is_gone_and_the_history_says_so)
{
    int64_t document = submit("Tea");

    let_it_fail();
    test_ok(&t, weft_run(weft_backlog_drop(admin, id_of(list("dead"), 0))));

    ck_assert_uint_eq(wf_json_len(list("dead")), 0);
    ck_assert_uint_eq(n_events(document, "drop"), 1);
}
END_TEST

START_TEST(what_waits_for_its_time_is_left_alone)
{
    int64_t id;

    submit("Coffee");
    id = id_of(list("waiting"), 0);

    test_refused(&t, weft_run(weft_backlog_revive(admin, id)), WEFT_E_CONFLICT);
    test_refused(&t, weft_run(weft_backlog_drop(admin, id)), WEFT_E_CONFLICT);
    ck_assert_uint_eq(wf_json_len(list("waiting")), 1);
}
END_TEST

START_TEST(only_administrators_look_and_touch)
{
    int64_t id;

    submit("Tea");
    let_it_fail();
    id = id_of(list("dead"), 0);

    test_refused(&t, weft_backlog_list(ann, NULL, 0), WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_backlog_revive(ann, id)), WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_backlog_drop(ann, id)), WEFT_E_DENIED);
    ck_assert_uint_eq(wf_json_len(list("dead")), 1);
}
END_TEST

START_TEST(a_long_list_comes_in_pages_that_meet)
{
    weft_param params[] = { { "limit", "2" }, { "cursor", NULL } };
    const char *cursor = NULL, *seen = "";
    int n = 0;

    for (int i = 0; i < 5; i++)
        submit("Tea");
    let_it_fail();
    do {
        const struct wf_json *page, *items;

        params[1].value = cursor;
        page = test_ok(&t, weft_backlog_list(admin, params, cursor ? 2 : 1));
        items = wf_json_get(page, "items");
        for (size_t i = 0; i < wf_json_len(items); i++, n++) {
            const char *id = test_text(items->u.array.at[i], "id");

            ck_assert_ptr_null(strstr(seen, id));
            seen = wf_arena_printf(t.arena, "%s %s", seen, id);
        }
        cursor = wf_json_str(wf_json_get(page, "next"));
    } while (cursor);

    ck_assert_int_eq(n, 5);
}
END_TEST

TCase *backlog_tests(void)
{
    TCase *tc = tcase_create("api/backlog");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_has_failed_for_good_is_listed_with_its_reason);
    tcase_add_test(tc, a_revived_one_is_tried_again_at_once);
    tcase_add_test(tc, a_dropped_one_is_gone_and_the_history_says_so);
    tcase_add_test(tc, what_waits_for_its_time_is_left_alone);
    tcase_add_test(tc, only_administrators_look_and_touch);
    tcase_add_test(tc, a_long_list_comes_in_pages_that_meet);
    return tc;
}
