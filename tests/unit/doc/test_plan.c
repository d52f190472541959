/* unit/doc/test_plan.c - no statement that runs for a request goes through a
 * whole table.
 *
 * Everything of this layer is called once; then the plans of all statements
 * that the connection has prepared by then are looked at.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/comment.h"
#include "doc/history.h"
#include "store/driver.h"
#include "suite.h"
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

/* Whether a line of the plan goes through a table of documents, by its name or
 * by what the queries of this layer call it. */
static bool scans(const char *plan)
{
    static const char *const tables[] = {
        "SCAN document", "SCAN field_index", "SCAN link", "SCAN seat",
        "SCAN event",    "SCAN comment",     "SCAN d\n",  "SCAN e\n",
        "SCAN s\n",      "SCAN c\n",         "SCAN o\n",
    };
    const char *text = wf_arena_printf(w.arena, "%s\n", plan);

    for (size_t i = 0; i < WF_COUNT(tables); i++)
        if (strstr(text, tables[i]))
            return true;
    return false;
}

static size_t check_plans(void)
{
    size_t n = 0;

    for (size_t i = 0; i < w.db->slots.cap; i++) {
        const struct wf_stmt_slot *slot = w.db->slots.at[i];
        const char *plan = NULL;

        if (!slot)
            continue;
        ck_ok(&w, wf_db_plan(w.db, slot->sql, w.arena, &plan, &w.err));
        ck_assert_msg(!scans(plan), "%s\n%s", slot->sql, plan);
        n++;
    }
    return n;
}

static void use_documents(void)
{
    struct wf_buf text = WF_BUF_INIT(w.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    const struct wf_page page = { NULL, 50 };
    struct wf_doc *doc =
        world_make(&w, "sheet", "{'name':'Plan','period':'2026-Q4','count':3}");
    const struct wf_event event = { .document = doc->id,
                                    .kind = "create",
                                    .changes = wf_doc_changes(&w.call, doc) };
    const struct wf_field *name = wf_form_field(doc->form, "name");
    struct wf_rights rights;
    int64_t at;
    bool may;

    ck_ok(&w, wf_history_add(&w.call, &event, &w.err));
    ck_ok(&w, wf_comment_add(&w.call, doc, &(struct wf_said){ .text = "hello" },
                             &out, &w.err));
    ck_ok(&w, wf_comment_list(&w.call, doc, &page, &out, &w.err));
    ck_ok(&w, wf_doc_open(&w.call, doc->id, &doc, &rights, &w.err));
    ck_ok(&w, wf_history_list(&w.call, doc, &rights, &page, &out, &w.err));
    ck_ok(&w, wf_history_last_change(&w.call, doc, &name, 1, &at, &w.err));
    world_as(&w, "dan");
    ck_ok(&w, wf_access_may_see_form(&w.call, world_form(&w, "sheet"), &may,
                                     &w.err));
    world_as(&w, "bob");
    world_patch(&w, doc, "{'name':'Goal','count':null}");
    world_save(&w, doc);
    ck_ok(&w, wf_doc_delete(&w.call, doc, &w.err));
}

START_TEST(no_statement_of_a_document_scans)
{
    use_documents();

    ck_assert_uint_gt(check_plans(), 15);
}
END_TEST

START_TEST(no_statement_of_a_list_scans)
{
    static const struct wf_filter filter = { "name", NULL, "x" };
    static const struct wf_list_query queries[] = {
        { .mine = true, .limit = 50 },
        { .form = "sheet", .limit = 50 },
        { .form = "sheet", .mine = true, .limit = 50 },
        { .form = "sheet", .sort = "name", .limit = 50 },
        { .form = "review", .sort = "-score", .limit = 50 },
        { .form = "sheet", .filters = &filter, .n_filters = 1, .limit = 50 },
        { .form = "sheet", .subject = "ann", .limit = 50 },
        { .form = "sheet", .search = "plan", .limit = 50 },
        { .parent = 5, .limit = 50 },
        { .form = "sheet", .tree = true, .limit = 50 },
        { .form = "sheet", .tree = true, .parent = 5, .limit = 50 },
    };

    for (size_t i = 0; i < WF_COUNT(queries); i++)
        world_list(&w, &queries[i]);

    ck_assert_uint_gt(check_plans(), 9);
}
END_TEST

TCase *plan_tests(void)
{
    TCase *tc = tcase_create("doc/plan");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, no_statement_of_a_document_scans);
    tcase_add_test(tc, no_statement_of_a_list_scans);
    return tc;
}
