/* unit/doc/test_rows.c - item tables: rows keep their ids, and what their
 * sender may not write.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"
#include "world.h"

static struct world w;
static struct wf_doc *doc;
static const struct wf_writable all;

static void setup(void)
{
    world_open(&w);
    world_as(&w, "bob");
    doc = world_make(&w, "sheet",
                     "{'name':'Plan','lines':[{'what':'a','price':1,"
                     "'who':'ann'},{'what':'b','price':2}]}");
}

static void teardown(void)
{
    world_close(&w);
}

static bool patch(const char *json, const struct wf_writable *writable)
{
    w.findings.n = w.findings.n_errors = 0;
    return wf_shape_patch(&w.call, doc, world_json(&w, json), writable, &w.err)
           && wf_derive(&w.call, doc, &w.err);
}

static const char *cell(size_t row, const char *column)
{
    const struct wf_json *rows = wf_json_get(doc->data, "lines");
    const struct wf_json *json = wf_json_get(rows->u.array.at[row - 1], column);

    return json ? wf_json_dump(w.arena, json) : "";
}

static struct wf_writable next_step(void)
{
    const struct wf_step *step = wf_form_step(doc->form, "next");

    return (struct wf_writable){ .edit = &step->edit };
}

START_TEST(new_rows_get_ids_and_defaults)
{
    ck_assert_str_eq(cell(1, "id"), "\"r1\"");
    ck_assert_str_eq(cell(2, "id"), "\"r2\"");
    ck_ok(&w, patch("{'lines':[{'what':'new'}]}", &all));

    ck_assert_str_eq(cell(1, "id"), "\"r3\"");
    ck_assert_str_eq(cell(1, "price"), "1");
    ck_assert_str_eq(cell(1, "twice"), "2");
}
END_TEST

START_TEST(a_row_that_is_sent_back_keeps_its_id)
{
    ck_ok(&w, patch("{'lines':[{'id':'r2','what':'c'},{'what':'new'}]}", &all));

    ck_assert_str_eq(cell(1, "id"), "\"r2\"");
    ck_assert_str_eq(cell(1, "what"), "\"c\"");
    ck_assert_str_eq(cell(1, "price"), ""); /* replaced, not merged */
    ck_assert_str_eq(cell(2, "id"), "\"r3\"");
}
END_TEST

START_TEST(ids_are_given_once)
{
    ck_assert(!patch("{'lines':[{'id':'r1'},{'id':'r1'}]}", &all));
    ck_assert_str_eq(world_code(&w, "lines[2].id"), "type");
    ck_assert(!patch("{'lines':[{'id':'<b>'}]}", &all));
    ck_assert_str_eq(world_code(&w, "lines[1].id"), "type");
    ck_assert(!patch("{'lines':[{'id':7}]}", &all));
    ck_assert_str_eq(world_code(&w, "lines[1].id"), "type");
}
END_TEST

START_TEST(findings_name_their_cell)
{
    ck_assert(!patch("{'lines':[{'what':'a'},{'what':7,'none':1},5]}", &all));

    ck_assert_str_eq(world_code(&w, "lines[2].what"), "type");
    ck_assert_str_eq(world_code(&w, "lines[2].none"), "unknown");
    ck_assert_str_eq(world_code(&w, "lines[3]"), "type");
    ck_assert_str_eq(cell(2, "what"), "\"b\"");
}
END_TEST

START_TEST(a_table_has_a_limit)
{
    ck_assert(!patch("{'lines':[{},{},{},{},{}]}", &all));
    ck_assert_str_eq(world_code(&w, "lines"), "length");
}
END_TEST

START_TEST(a_derived_column_may_come_back_as_it_is_but_not_otherwise)
{
    ck_ok(&w, patch("{'lines':[{'id':'r1','what':'a','price':4,'twice':2}]}",
                    &all));
    ck_assert_str_eq(cell(1, "twice"), "8");

    ck_assert(!patch("{'lines':[{'id':'r1','twice':3}]}", &all));
    ck_assert_str_eq(world_code(&w, "lines[1].twice"), "derived");
}
END_TEST

START_TEST(a_step_may_open_one_column)
{
    const struct wf_writable writable = next_step();
    const char *json = wf_arena_printf(
        w.arena,
        "{'lines':[{'id':'r1','what':'a','price':9,'who':{'id':'%lld',"
        "'login':'ann','name':'Ann'}},{'id':'r2'}]}",
        (long long)world_id(&w, "ann"));

    ck_ok(&w, patch(json, &writable));

    ck_assert_str_eq(cell(1, "price"), "9");
    ck_assert_str_eq(cell(2, "what"), "\"b\""); /* kept: not theirs */
    ck_assert_str_eq(cell(2, "price"), "");
}
END_TEST

START_TEST(a_closed_table_neither_grows_nor_shrinks_nor_changes)
{
    const struct wf_writable writable = next_step();

    ck_assert(
        !patch("{'lines':[{'id':'r1'},{'id':'r2'},{'price':3}]}", &writable));
    ck_assert_str_eq(world_code(&w, "lines[3]"), "locked");
    ck_assert(!patch("{'lines':[{'id':'r1'}]}", &writable));
    ck_assert_str_eq(world_code(&w, "lines"), "locked");
    ck_assert(
        !patch("{'lines':[{'id':'r1','what':'z'},{'id':'r2'}]}", &writable));
    ck_assert_str_eq(world_code(&w, "lines[1].what"), "locked");
    ck_assert(!patch("{'lines':null}", &writable));
    ck_assert_str_eq(world_code(&w, "lines"), "locked");
}
END_TEST

static bool sees_no_price(void *self, const struct wf_field *field)
{
    (void)self;
    return !wf_streq(field->path, "lines.price");
}

START_TEST(a_column_that_is_not_seen_is_kept_and_unknown)
{
    const struct wf_writable blind = { .may_see = sees_no_price };

    ck_ok(&w, patch("{'lines':[{'id':'r2','what':'c'}]}", &blind));
    ck_assert_str_eq(cell(1, "price"), "2");
    ck_assert(!patch("{'lines':[{'id':'r2','price':2}]}", &blind));
    ck_assert_str_eq(world_code(&w, "lines[1].price"), "unknown");
}
END_TEST

START_TEST(null_and_an_empty_list_take_all_rows)
{
    ck_ok(&w, patch("{'lines':null}", &all));
    ck_assert_ptr_null(wf_json_get(doc->data, "lines"));
    ck_ok(&w, patch("{'lines':[]}", &all));
    ck_assert_ptr_null(wf_json_get(doc->data, "lines"));
}
END_TEST

TCase *rows_tests(void)
{
    TCase *tc = tcase_create("doc/rows");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, new_rows_get_ids_and_defaults);
    tcase_add_test(tc, a_row_that_is_sent_back_keeps_its_id);
    tcase_add_test(tc, ids_are_given_once);
    tcase_add_test(tc, findings_name_their_cell);
    tcase_add_test(tc, a_table_has_a_limit);
    tcase_add_test(tc,
                   a_derived_column_may_come_back_as_it_is_but_not_otherwise);
    tcase_add_test(tc, a_step_may_open_one_column);
    tcase_add_test(tc, a_closed_table_neither_grows_nor_shrinks_nor_changes);
    tcase_add_test(tc, a_column_that_is_not_seen_is_kept_and_unknown);
    tcase_add_test(tc, null_and_an_empty_list_take_all_rows);
    return tc;
}
