/* unit/doc/test_view.c - documents as people see them, and why their values
 * are what they are.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"
#include "world.h"

static struct world w;
static struct wf_doc *doc;

static void setup(void)
{
    world_open(&w);
    world_as(&w, "bob");
    doc = world_make(&w, "sheet",
                     "{'name':'Plan','friends':['ann','cid'],'count':60,"
                     "'lines':[{'what':'a','price':3,'who':'dan'}],"
                     "'due':'2026-10-12','progress':40}");
}

static void teardown(void)
{
    world_close(&w);
}

static const char *text_of(const struct wf_json *json, const char *key)
{
    return wf_json_str(wf_json_get(json, key));
}

START_TEST(a_document_has_the_members_of_the_contract)
{
    static const char *const keys[] = {
        "id",      "form",    "version", "title",   "step",   "state",
        "subject", "creator", "parent",  "data",    "health", "progress",
        "score",   "due",     "created", "updated", "can",    "warnings",
    };
    const struct wf_json *view = world_view(&w, doc->id);

    for (size_t i = 0; i < WF_COUNT(keys); i++)
        ck_assert_msg(wf_json_get(view, keys[i]), "%s", keys[i]);
    ck_assert_str_eq(text_of(view, "id"),
                     wf_arena_printf(w.arena, "%lld", (long long)doc->id));
    ck_assert_str_eq(text_of(view, "created"), "2026-10-12T01:00:00.000Z");
    ck_assert_str_eq(text_of(view, "due"), "2026-10-12T15:59:59.999Z");
    ck_assert_str_eq(text_of(wf_json_get(view, "subject"), "login"), "bob");
    ck_assert(wf_json_is(wf_json_get(view, "health"), WF_JSON_NULL));
    ck_assert(wf_json_is(wf_json_get(view, "parent"), WF_JSON_NULL));
}
END_TEST

START_TEST(people_are_shown_with_their_names)
{
    const struct wf_json *data = wf_json_get(world_view(&w, doc->id), "data");
    const struct wf_json *friends = wf_json_get(data, "friends");
    const struct wf_json *row = wf_json_get(data, "lines")->u.array.at[0];

    ck_assert_str_eq(text_of(wf_json_get(data, "owner"), "name"), "Bob");
    ck_assert_uint_eq(wf_json_len(friends), 2);
    ck_assert_str_eq(text_of(friends->u.array.at[1], "login"), "cid");
    ck_assert_str_eq(text_of(wf_json_get(row, "who"), "login"), "dan");
    ck_assert_str_eq(text_of(row, "id"), "r1");
}
END_TEST

START_TEST(what_is_shown_may_be_sent_back)
{
    static const struct wf_writable all = { 0 };
    struct wf_json *data = wf_json_get(world_view(&w, doc->id), "data");
    struct wf_json *before = wf_json_copy(w.arena, doc->data);

    wf_json_remove(data, "total");
    wf_json_remove(data, "score");
    ck_ok(&w, wf_shape_patch(&w.call, doc, data, &all, &w.err));
    ck_ok(&w, wf_derive(&w.call, doc, &w.err));

    ck_assert(wf_json_equal(doc->data, before));
}
END_TEST

START_TEST(warnings_are_worked_out_at_each_reading)
{
    const struct wf_json *warnings =
        wf_json_get(world_view(&w, doc->id), "warnings");

    ck_assert_uint_eq(wf_json_len(warnings), 1);
    ck_assert_str_eq(text_of(warnings->u.array.at[0], "message"),
                     "That is much.");
    ck_assert_uint_eq(w.findings.n, 0);
}
END_TEST

START_TEST(can_names_the_fields_and_actions_of_this_person)
{
    static const char *actions[] = { "finish" };
    const struct wf_step *next = wf_form_step(doc->form, "next");
    const struct wf_can can = { .actions = actions,
                                .n_actions = 1,
                                .edit = &next->edit };
    struct wf_buf text = WF_BUF_INIT(w.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    struct wf_rights rights;

    ck_ok(&w, wf_access_decide(&w.call, doc, &rights, &w.err));
    ck_ok(&w, wf_view_doc(&w.call, doc, &rights, &can, &out, &w.err));

    ck_assert_ptr_nonnull(strstr(wf_buf_text(&text),
                                 "\"can\":{\"edit\":[\"notes\","
                                 "\"lines.price\"],\"actions\":[\"finish\"]}"));
}
END_TEST

static bool explain(const char *login, wf_id id, const char *field,
                    const char **out)
{
    struct wf_buf text = WF_BUF_INIT(w.arena);
    struct wf_json_writer writer = WF_JSON_WRITER_INIT(&text);
    struct wf_rights rights;
    struct wf_doc *opened;

    world_as(&w, login);
    ck_ok(&w, wf_doc_open(&w.call, id, &opened, &rights, &w.err));
    if (!wf_view_explain(&w.call, opened, &rights, field, &writer, &w.err))
        return false;
    *out = wf_buf_text(&text);
    return true;
}

START_TEST(a_derived_value_says_what_it_is_made_of)
{
    const char *told = "";

    ck_ok(&w, explain("bob", doc->id, "score", &told));

    ck_assert_ptr_nonnull(strstr(told, "\"field\":\"score\""));
    ck_assert_ptr_nonnull(strstr(told, "\"value\":7"));
    ck_assert_ptr_nonnull(strstr(told, "\"formula\":\"total + 1\""));
    ck_assert_ptr_nonnull(strstr(told, "\"field\":\"total\""));
    ck_assert_ptr_nonnull(strstr(told, "sum(lines.twice)"));
}
END_TEST

START_TEST(a_cell_is_explained_in_its_row)
{
    const char *told = "";

    ck_ok(&w, explain("bob", doc->id, "lines[1].twice", &told));
    ck_assert_ptr_nonnull(strstr(told, "\"value\":6"));
    ck_assert(!explain("bob", doc->id, "lines[2].twice", &told));
    ck_assert(!explain("bob", doc->id, "lines[0].twice", &told));
    ck_assert(!explain("bob", doc->id, "lines[x].twice", &told));
    ck_assert(!explain("bob", doc->id, "lines.twice", &told));
    ck_assert_int_eq(w.err.code, WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(what_was_entered_is_its_own_reason)
{
    const char *told = "";

    ck_ok(&w, explain("bob", doc->id, "name", &told));
    ck_assert_ptr_nonnull(strstr(told, "\"derived\":false"));
}
END_TEST

START_TEST(a_hidden_field_is_not_explained)
{
    const char *told = "";
    struct wf_doc *review =
        world_make(&w, "review", "{'name':'x','points':95}");

    ck_assert(!explain("bob", review->id, "grade", &told));
    ck_assert_int_eq(w.err.code, WEFT_E_NOTFOUND);
    ck_assert(!explain("bob", review->id, "points", &told));
    ck_ok(&w, explain("ann", review->id, "grade", &told));
    ck_assert_ptr_nonnull(strstr(told, "95"));
}
END_TEST

TCase *view_tests(void)
{
    TCase *tc = tcase_create("doc/view");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_document_has_the_members_of_the_contract);
    tcase_add_test(tc, people_are_shown_with_their_names);
    tcase_add_test(tc, what_is_shown_may_be_sent_back);
    tcase_add_test(tc, warnings_are_worked_out_at_each_reading);
    tcase_add_test(tc, can_names_the_fields_and_actions_of_this_person);
    tcase_add_test(tc, a_derived_value_says_what_it_is_made_of);
    tcase_add_test(tc, a_cell_is_explained_in_its_row);
    tcase_add_test(tc, what_was_entered_is_its_own_reason);
    tcase_add_test(tc, a_hidden_field_is_not_explained);
    return tc;
}
