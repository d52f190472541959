/* unit/doc/test_doc.c - documents are loaded as they were kept, with the rows
 * that find them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"
#include "support/store.h"
#include "world.h"

static struct world w;

static void setup(void)
{
    world_open(&w);
    world_as(&w, "bob");
}

static void teardown(void)
{
    world_close(&w);
}

START_TEST(what_was_saved_is_loaded_again)
{
    struct wf_doc *made = world_make(
        &w, "sheet",
        "{'name':'Plan','count':7.5,'lines':[{'what':'a','weight':100}],"
        "'cost':{'amount':1250,'currency':'CNY'},'due':'2026-12-31',"
        "'period':'2026-Q4','progress':30}");

    struct wf_doc *doc = world_load(&w, made->id);

    ck_assert(wf_json_equal(doc->data, made->data));
    ck_assert_str_eq(doc->title, "Bob: Plan");
    ck_assert_int_eq(doc->subject, world_id(&w, "bob"));
    ck_assert_int_eq(doc->creator, world_id(&w, "bob"));
    ck_assert_str_eq(doc->period, "2026-Q4");
    ck_assert(doc->has_progress && doc->has_score);
    ck_assert_double_eq(doc->progress, 30);
    ck_assert_double_eq(doc->score, 3);
    ck_assert_int_eq(doc->state, WF_OPEN);
    ck_assert_str_eq(doc->step->id, "draft");
}
END_TEST

START_TEST(a_document_is_due_until_its_day_ends_where_the_package_is)
{
    struct wf_doc *doc =
        world_make(&w, "sheet", "{'name':'Plan','due':'2026-10-12'}");

    ck_assert_int_eq(doc->due, WORLD_NOW + INT64_C(15) * 60 * 60 * 1000 - 1);
}
END_TEST

START_TEST(there_is_no_document_that_was_never_saved)
{
    ck_assert_ptr_null(world_load(&w, 12345));
}
END_TEST

START_TEST(two_documents_may_not_share_their_unique_fields)
{
    struct wf_doc *twin;

    world_make(&w, "sheet", "{'name':'One','period':'2026-Q4'}");
    twin = wf_doc_new(&w.call, world_form(&w, "sheet"));
    ck_ok(&w, wf_shape_defaults(&w.call, twin, &w.err));
    world_patch(&w, twin, "{'name':'Two','period':'2026-Q4'}");

    ck_assert(!wf_doc_save(&w.call, twin, &w.err));

    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
    ck_assert_str_eq(world_code(&w, "owner"), "unique");
}
END_TEST

START_TEST(an_update_may_not_take_the_unique_fields_of_another)
{
    struct wf_doc *other;

    world_make(&w, "sheet", "{'name':'One','period':'2026-Q4'}");
    other = world_make(&w, "sheet", "{'name':'Two','period':'2027-Q1'}");
    world_save(&w, other);
    world_patch(&w, other, "{'period':'2026-Q4'}");

    ck_assert(!wf_doc_save(&w.call, other, &w.err));

    ck_assert_int_eq(w.err.code, WEFT_E_CONFLICT);
}
END_TEST

START_TEST(void_documents_and_absent_fields_leave_a_unique_key_free)
{
    struct wf_doc *doc =
        world_make(&w, "sheet", "{'name':'One','period':'2026-Q4'}");

    doc->state = WF_VOID;
    world_save(&w, doc);

    world_make(&w, "sheet", "{'name':'Two','period':'2026-Q4'}");
    world_make(&w, "sheet", "{'name':'Three'}");
    world_make(&w, "sheet", "{'name':'Four'}");
}
END_TEST

START_TEST(index_rows_follow_the_data)
{
    struct wf_doc *doc = world_make(
        &w, "sheet",
        "{'name':'Plan','count':7,'urgent':true,'colours':['red','green'],"
        "'cost':{'amount':1250},'friends':['ann','cid']}");

    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM field_index WHERE"
                                    " field = 'count' AND num = 7"),
                     1);
    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM field_index WHERE"
                                    " field = 'urgent' AND num = 1"),
                     1);
    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM field_index WHERE"
                                    " field = 'cost' AND num = 12.5"),
                     1);
    ck_assert_int_eq(test_int(w.db, "SELECT row FROM field_index WHERE"
                                    " field = 'colours' AND text = 'green'"),
                     2);
    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM field_index WHERE"
                                    " field = 'friends'"),
                     2);

    world_patch(&w, doc, "{'count':8,'colours':['green'],'urgent':null}");
    world_save(&w, doc);

    ck_assert_int_eq(test_int(w.db, "SELECT CAST(num AS INTEGER) FROM"
                                    " field_index WHERE field = 'count'"),
                     8);
    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM field_index WHERE"
                                    " field = 'colours'"),
                     1);
    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM field_index WHERE"
                                    " field = 'urgent'"),
                     0);
}
END_TEST

START_TEST(a_save_without_change_writes_one_row)
{
    struct wf_doc *made =
        world_make(&w, "sheet", "{'name':'Plan','count':7,'colours':['red']}");
    struct wf_doc *doc = world_load(&w, made->id);
    int64_t before = wf_db_statements(w.db);

    world_save(&w, doc);

    ck_assert_int_eq(wf_db_statements(w.db) - before, 1);
}
END_TEST

START_TEST(a_create_writes_the_document_and_what_finds_it_alone)
{
    int64_t before;
    struct wf_doc *doc = wf_doc_new(&w.call, world_form(&w, "sheet"));

    world_patch(&w, doc, "{'count':7}");
    before = wf_db_statements(w.db);
    world_save(&w, doc);

    ck_assert_int_eq(wf_db_statements(w.db) - before, 2);
}
END_TEST

START_TEST(links_are_rows_that_lead_to_their_target)
{
    struct wf_doc *top = world_make(&w, "sheet", "{'name':'Top'}");
    const char *data = wf_arena_printf(
        w.arena, "{'name':'Leaf','above':'%lld','others':['%lld']}",
        (long long)top->id, (long long)top->id);
    struct wf_doc *leaf = world_make(&w, "sheet", data);

    ck_assert_int_eq(leaf->parent, top->id);
    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM link"), 2);

    world_patch(&w, leaf, "{'others':null}");
    world_save(&w, leaf);

    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM link"), 1);
}
END_TEST

START_TEST(a_deleted_document_leaves_nothing_behind)
{
    struct wf_doc *top = world_make(&w, "sheet", "{'name':'Top'}");
    const char *data = wf_arena_printf(w.arena,
                                       "{'name':'Leaf','above':"
                                       "'%lld'}",
                                       (long long)top->id);
    struct wf_doc *leaf = world_make(&w, "sheet", data);

    world_seat(&w, top, "bob");
    ck_ok(&w, wf_doc_delete(&w.call, top, &w.err));

    ck_assert_ptr_null(world_load(&w, top->id));
    ck_assert_int_eq(world_load(&w, leaf->id)->parent, 0);
    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM link"), 0);
    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM seat"), 0);
    ck_assert_int_eq(test_int(w.db, "SELECT count(DISTINCT document) FROM"
                                    " field_index"),
                     1);
}
END_TEST

START_TEST(changes_name_fields_and_cells_as_they_were_and_are)
{
    struct wf_doc *made = world_make(
        &w, "sheet", "{'name':'Plan','lines':[{'what':'a'},{'what':'b'}]}");
    struct wf_doc *doc = world_load(&w, made->id);

    world_patch(&w, doc,
                "{'name':'Goal','lines':[{'id':'r2','what':'c'},"
                "{'what':'new'}]}");

    ck_assert_str_eq(
        wf_json_dump(w.arena, wf_doc_changes(&w.call, doc)),
        "[{\"field\":\"name\",\"from\":\"Plan\",\"to\":\"Goal\"},"
        "{\"field\":\"lines[1].what\",\"from\":\"b\",\"to\":\"c\"},"
        "{\"field\":\"lines[1].price\",\"from\":1,\"to\":null},"
        "{\"field\":\"lines[1].twice\",\"from\":2,\"to\":null},"
        "{\"field\":\"lines[2]\",\"from\":null,\"to\":{\"id\":\"r3\","
        "\"what\":\"new\",\"price\":1,\"twice\":2}},"
        "{\"field\":\"lines[1]\",\"from\":{\"id\":\"r1\",\"what\":\"a\","
        "\"price\":1,\"twice\":2},\"to\":null},"
        "{\"field\":\"total\",\"from\":4,\"to\":2},"
        "{\"field\":\"score\",\"from\":5,\"to\":3}]");
}
END_TEST

TCase *doc_tests(void)
{
    TCase *tc = tcase_create("doc/doc");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_was_saved_is_loaded_again);
    tcase_add_test(tc,
                   a_document_is_due_until_its_day_ends_where_the_package_is);
    tcase_add_test(tc, there_is_no_document_that_was_never_saved);
    tcase_add_test(tc, two_documents_may_not_share_their_unique_fields);
    tcase_add_test(tc, an_update_may_not_take_the_unique_fields_of_another);
    tcase_add_test(tc,
                   void_documents_and_absent_fields_leave_a_unique_key_free);
    tcase_add_test(tc, index_rows_follow_the_data);
    tcase_add_test(tc, a_save_without_change_writes_one_row);
    tcase_add_test(tc, a_create_writes_the_document_and_what_finds_it_alone);
    tcase_add_test(tc, links_are_rows_that_lead_to_their_target);
    tcase_add_test(tc, a_deleted_document_leaves_nothing_behind);
    tcase_add_test(tc, changes_name_fields_and_cells_as_they_were_and_are);
    return tc;
}
