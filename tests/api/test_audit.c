/* api/test_audit.c - the audit trail: who did what, and when; not what stands
 * in a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <weft/privacy.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *lead, *root;
static int64_t tea;

/* Who watches over the data reads people's acts, and no document. */
static const char guards[] = "login,name,roles\ndora,Dora,dpo\n";

static void setup(void)
{
    const char *setting = "{\"package\":\"weft\",\"id\":\"session-days\","
                          "\"value\":7}";

    test_engine_open(&t);
    ann = test_session(&t, "ann");
    lead = test_session(&t, "lead");
    root = test_session(&t, "root");
    t.now += 60000;
    tea = test_note(&t, ann, "Secret tea");
    t.now += 60000;
    test_ok(&t, weft_run(weft_document_act(ann, tea, "submit", NULL, 0, NULL)));
    t.now += 60000;
    test_ok(&t,
            weft_run(weft_document_act(lead, tea, "approve", NULL, 0, NULL)));
    t.now += 60000;
    test_ok(&t, weft_run(weft_setting_set(root, setting, strlen(setting))));
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(lead);
    weft_session_free(root);
    test_engine_close(&t);
}

static const struct wf_json *items(weft_session *who, const char *name,
                                   const char *value)
{
    const weft_param params[] = { { name, value } };

    return wf_json_get(test_ok(&t, weft_audit(who, params, name ? 1 : 0)),
                       "items");
}

/* "setting approve submit …" */
static const char *kinds(const struct wf_json *list)
{
    const char *text = "";

    for (size_t i = 0; i < wf_json_len(list); i++)
        text = wf_arena_printf(t.arena, "%s%s%s", text, i ? " " : "",
                               test_text(list->u.array.at[i], "kind"));
    return text;
}

START_TEST(what_people_did_is_told_newest_first)
{
    const struct wf_json *all = items(root, NULL, NULL), *one;

    ck_assert_str_eq(kinds(all),
                     "setting approve submit create deploy import import");
    one = all->u.array.at[0];
    ck_assert_str_eq(test_text(wf_json_get(one, "actor"), "login"), "root");
    ck_assert_str_eq(test_text(one, "about"), "weft.session-days");
    ck_assert(wf_json_is(wf_json_get(one, "document"), WF_JSON_NULL));
    one = all->u.array.at[2];
    ck_assert_str_eq(test_text(one, "label"), "Submit");
    ck_assert_str_eq(test_text(one, "place"), "Draft");
    ck_assert_str_eq(test_text(wf_json_get(one, "document"), "form_label"),
                     "Note");
}
END_TEST

/* boss has no manager: the engine asks an administrator. */
START_TEST(what_the_engine_does_itself_is_told_where_it_is_asked_for)
{
    weft_session *boss = test_session(&t, "boss");
    int64_t milk = test_note(&t, boss, "Milk");

    test_ok(&t,
            weft_run(weft_document_act(boss, milk, "submit", NULL, 0, NULL)));
    ck_assert_ptr_null(strstr(kinds(items(root, NULL, NULL)), "assign"));
    ck_assert_ptr_nonnull(
        strstr(kinds(items(root, "engine", "true")), "assign"));
    weft_session_free(boss);
}
END_TEST

/* The title is for whoever reads the document: root, who may not, is told that
 * there was one. */
START_TEST(what_stands_in_a_document_is_not_told)
{
    weft_reply *reply = weft_audit(root, NULL, 0);
    const struct wf_json *document;
    size_t len;

    ck_assert_ptr_null(strstr(weft_reply_body(reply, &len), "Secret"));
    document = wf_json_get(
        wf_json_get(test_ok(&t, reply), "items")->u.array.at[1], "document");
    ck_assert(wf_json_is(wf_json_get(document, "title"), WF_JSON_NULL));
    ck_assert_ptr_nonnull(wf_json_str(wf_json_get(document, "id")));
}
END_TEST

START_TEST(who_may_read_a_document_is_told_its_title)
{
    int64_t own = test_note(&t, root, "My own");
    const struct wf_json *all = items(root, "form", "note");

    ck_assert_str_eq(
        test_text(wf_json_get(all->u.array.at[0], "document"), "id"),
        wf_arena_printf(t.arena, "%lld", (long long)own));
    ck_assert_str_eq(
        test_text(wf_json_get(all->u.array.at[0], "document"), "title"),
        "My own");
    ck_assert(wf_json_is(
        wf_json_get(wf_json_get(all->u.array.at[1], "document"), "title"),
        WF_JSON_NULL));
}
END_TEST

START_TEST(one_asks_for_a_person_a_form_a_day)
{
    ck_assert_str_eq(kinds(items(root, "person", "ann")), "submit create");
    ck_assert_str_eq(kinds(items(root, "form", "note")),
                     "approve submit create");
    ck_assert_str_eq(kinds(items(root, "form", "nothing")), "");
    ck_assert_str_eq(kinds(items(root, "from", "2026-10-13")), "");
    ck_assert_uint_eq(wf_json_len(items(root, "from", "2026-10-12")), 7);
    ck_assert_uint_eq(wf_json_len(items(root, "to", "2026-10-11")), 0);
}
END_TEST

START_TEST(pages_go_on_where_the_one_before_ended)
{
    const char *cursor = NULL, *all = "";

    do {
        const weft_param params[] = { { "limit", "2" }, { "cursor", cursor } };
        const struct wf_json *page =
            test_ok(&t, weft_audit(root, params, cursor ? 2 : 1));

        all = wf_arena_printf(t.arena, "%s%s ", all,
                              kinds(wf_json_get(page, "items")));
        cursor = wf_json_str(wf_json_get(page, "next"));
    } while (cursor);
    ck_assert_str_eq(all,
                     "setting approve submit create deploy import import ");
}
END_TEST

START_TEST(the_same_goes_out_as_a_file)
{
    const weft_param params[] = { { "format", "csv" }, { "person", "lead" } };
    weft_reply *reply = weft_audit(root, params, 2);
    const char *text;
    size_t len;

    ck_assert_ptr_null(weft_reply_error(reply));
    text = weft_reply_body(reply, &len);
    ck_assert_ptr_nonnull(strstr(text, "\"at\",\"login\",\"name\",\"act\""));
    ck_assert_ptr_nonnull(strstr(
        text, "\"2026-10-12T01:03:00.000Z\",\"lead\",\"Lead\",\"approve\","
              "\"note\",\""));
    ck_assert_ptr_null(strstr(text, "ann"));
    ck_assert_ptr_null(strstr(text, "Secret"));
    weft_reply_free(reply);
}
END_TEST

START_TEST(it_is_for_administrators_and_who_answers_for_data)
{
    const char *change = "{\"grade\": 5}";
    weft_session *dora;

    test_refused(&t, weft_audit(ann, NULL, 0), WEFT_E_DENIED);
    test_ok(&t, weft_run(weft_import(t.system, "people", guards, strlen(guards),
                                     false)));
    test_ok(&t,
            weft_run(weft_person_edit(root, "ann", change, strlen(change))));
    dora = test_session(&t, "dora");
    ck_assert_ptr_nonnull(
        wf_json_get(items(root, NULL, NULL)->u.array.at[0], "changes"));
    ck_assert_str_eq(test_text(items(dora, NULL, NULL)->u.array.at[0], "kind"),
                     "person");
    ck_assert_ptr_null(
        wf_json_get(items(dora, NULL, NULL)->u.array.at[0], "changes"));
    weft_session_free(dora);
}
END_TEST

START_TEST(what_cannot_be_asked_is_said)
{
    static const weft_param wrong[] = {
        { "from", "monday" }, { "from", "2020-01-01" }, { "person", "nobody" },
        { "engine", "yes" },  { "format", "xlsx" },     { "colour", "red" },
    };

    for (size_t i = 0; i < WF_COUNT(wrong); i++)
        test_refused(&t, weft_audit(root, &wrong[i], 1), WEFT_E_MALFORMED);
}
END_TEST

TCase *audit_tests(void)
{
    TCase *tc = tcase_create("api/audit");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_people_did_is_told_newest_first);
    tcase_add_test(tc,
                   what_the_engine_does_itself_is_told_where_it_is_asked_for);
    tcase_add_test(tc, what_stands_in_a_document_is_not_told);
    tcase_add_test(tc, who_may_read_a_document_is_told_its_title);
    tcase_add_test(tc, one_asks_for_a_person_a_form_a_day);
    tcase_add_test(tc, pages_go_on_where_the_one_before_ended);
    tcase_add_test(tc, the_same_goes_out_as_a_file);
    tcase_add_test(tc, it_is_for_administrators_and_who_answers_for_data);
    tcase_add_test(tc, what_cannot_be_asked_is_said);
    return tc;
}
