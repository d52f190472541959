/* unit/doc/test_list.c - pages, orders and filters of lists.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"
#include "world.h"

static struct world w;

static void make(const char *login, const char *data)
{
    world_as(&w, login);
    w.call.now += 1000;
    world_make(&w, "sheet", data);
}

static void setup(void)
{
    world_open(&w);
    make("bob", "{'name':'One','count':5,'urgent':true,'day':'2026-01-01',"
                "'colours':['red'],'period':'2026-Q1','notes':'季度目标'}");
    make("bob", "{'name':'Two','count':7.5,'cost':{'amount':900},"
                "'colours':['red','blue'],'period':'2026-Q2'}");
    make("bob", "{'name':'Three','period':'2026-Q3','progress':50}");
    make("cid", "{'name':'Four','count':5,'due':'2026-12-01'}");
    make("cid", "{'name':'Five','count':1,'owner':'bob'}");
    world_as(&w, "ann");
}

static void teardown(void)
{
    world_close(&w);
}

/* The names in a list, in order: "One Two". */
static const char *names(const struct wf_json *list)
{
    const struct wf_json *items = wf_json_get(list, "items");
    struct wf_buf text = WF_BUF_INIT(w.arena);

    for (size_t i = 0; i < wf_json_len(items); i++) {
        const char *title =
            wf_json_str(wf_json_get(items->u.array.at[i], "title"));

        wf_buf_printf(&text, "%s%s", i ? " " : "", strchr(title, ':') + 2);
    }
    return wf_buf_text(&text);
}

static const char *sorted(const char *sort)
{
    const struct wf_list_query query = { .form = "sheet",
                                         .sort = sort,
                                         .limit = 50 };

    return names(world_list(&w, &query));
}

static const char *filtered(const char *field, const char *op,
                            const char *value)
{
    const struct wf_filter filter = { field, op, value };
    const struct wf_list_query query = { .form = "sheet",
                                         .filters = &filter,
                                         .n_filters = 1,
                                         .sort = "created",
                                         .limit = 50 };

    return names(world_list(&w, &query));
}

START_TEST(the_latest_come_first)
{
    const struct wf_list_query all = { .limit = 50 };

    ck_assert_str_eq(names(world_list(&w, &all)), "Five Four Three Two One");
}
END_TEST

START_TEST(fields_that_are_asked_for_stand_beside_the_summary)
{
    const struct wf_list_query query = { .form = "sheet",
                                         .fields = "name count nothing",
                                         .limit = 2 };
    const struct wf_json *list = world_list(&w, &query);
    const struct wf_json *first = wf_json_get(list, "items")->u.array.at[0];

    ck_assert_str_eq(names(list), "Five Four");
    ck_assert_str_eq(wf_json_dump(w.arena, wf_json_get(first, "data")),
                     "{\"name\":\"Five\",\"count\":1}");
    ck_assert_ptr_nonnull(wf_json_str(wf_json_get(list, "next")));
}
END_TEST

START_TEST(lists_are_sorted_either_way_with_what_is_absent_last)
{
    ck_assert_str_eq(sorted("name"), "Five Four One Three Two");
    ck_assert_str_eq(sorted("-name"), "Two Three One Four Five");
    ck_assert_str_eq(sorted("count"), "Five One Four Two Three");
    ck_assert_str_eq(sorted("-count"), "Two Four One Five Three");
    ck_assert_str_eq(sorted("-progress"), "Three Five Four Two One");
    ck_assert_str_eq(sorted("due"), "Four One Two Three Five");
    ck_assert_str_eq(sorted("subject"), "One Two Three Five Four");
}
END_TEST

/* clang-format off */
static const char *const orders[] = { NULL, "updated", "name", "-name",
                                      "count", "-count", "progress", "-due",
                                      "subject", "-creator", "state" };
/* clang-format on */

START_TEST(pages_hold_each_document_once_in_every_order)
{
    const char *order = orders[_i];
    struct wf_list_query query = { .form = "sheet",
                                   .sort = order,
                                   .limit = 50 };
    const char *all = names(world_list(&w, &query));
    struct wf_buf paged = WF_BUF_INIT(w.arena);
    int n = 0;

    query.limit = 2;
    do {
        const struct wf_json *page = world_list(&w, &query);

        wf_buf_printf(&paged, "%s%s", n ? " " : "", names(page));
        query.cursor = wf_json_str(wf_json_get(page, "next"));
    } while (query.cursor && ++n < 5);

    ck_assert_str_eq(wf_buf_text(&paged), all);
}
END_TEST

START_TEST(pages_of_what_is_mine_hold_each_document_once)
{
    struct wf_list_query query = { .mine = true, .limit = 2 };
    const struct wf_json *page;

    world_as(&w, "bob");
    page = world_list(&w, &query);
    ck_assert_str_eq(names(page), "Five Three");
    query.cursor = wf_json_str(wf_json_get(page, "next"));
    page = world_list(&w, &query);
    ck_assert_str_eq(names(page), "Two One");
    ck_assert(wf_json_is(wf_json_get(page, "next"), WF_JSON_NULL));
    world_as(&w, "cid");
    query.cursor = NULL;
    ck_assert_str_eq(names(world_list(&w, &query)), "Four");
}
END_TEST

START_TEST(filters_compare_by_the_type_of_their_field)
{
    ck_assert_str_eq(filtered("name", NULL, "Two"), "Two");
    ck_assert_str_eq(filtered("name", "ne", "Two"), "One Three Four Five");
    ck_assert_str_eq(filtered("count", "gte", "5"), "One Two Four");
    ck_assert_str_eq(filtered("count", "lt", "5"), "Five");
    ck_assert_str_eq(filtered("count", "ne", "5"), "Two Three Five");
    ck_assert_str_eq(filtered("urgent", NULL, "true"), "One");
    ck_assert_str_eq(filtered("cost", NULL, "9"), "Two");
    ck_assert_str_eq(filtered("day", "lte", "2026-01-01"), "One");
    ck_assert_str_eq(filtered("colours", "has", "blue"), "Two");
    ck_assert_str_eq(filtered("colours", NULL, "red"), "One Two");
    ck_assert_str_eq(filtered("progress", "gt", "10"), "Three");
    ck_assert_str_eq(filtered("subject", NULL, "bob"), "One Two Three Five");
    ck_assert_str_eq(filtered("subject", NULL, "nobody"), "");
    ck_assert_str_eq(filtered("creator", NULL, "cid"), "Four Five");
    ck_assert_str_eq(filtered("state", NULL, "open"),
                     "One Two Three Four Five");
    ck_assert_str_eq(filtered("due", "lte", "2026-12-01"), "Four");
    ck_assert_str_eq(filtered("due", "lt", "2026-12-01"), "");
    ck_assert_str_eq(filtered("due", "gte", "2026-12-01"), "Four");
    ck_assert_str_eq(filtered("name", NULL, "' OR '1'='1"), "");
}
END_TEST

static void refused(const struct wf_list_query *query)
{
    struct wf_buf text = WF_BUF_INIT(w.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);

    ck_assert(!wf_list_documents(&w.call, query, &out, &w.err));
    ck_assert_int_eq(w.err.code, WEFT_E_MALFORMED);
}

/* clang-format off */
static const struct wf_filter bad_filters[] = {
    { "nothing", NULL, "1" },
    { "notes", NULL, "x" },      /* has no index rows */
    { "count", "like", "1" },
    { "count", "has", "1" },
    { "count", NULL, "many" },
    { "count", NULL, "1e999" },
    { "created", "gt", "soon" },
    { "subject", "lt", "bob" },
    { "period", "gte", "zzz" },
    { "since", "lt", "x" },
};
/* clang-format on */

START_TEST(a_filter_that_means_nothing_is_malformed)
{
    const struct wf_list_query query = { .form = "sheet",
                                         .filters = &bad_filters[_i],
                                         .n_filters = 1,
                                         .limit = 50 };

    refused(&query);
}
END_TEST

START_TEST(limits_cursors_and_orders_are_checked)
{
    refused(&(struct wf_list_query){ .limit = 0 });
    refused(&(struct wf_list_query){ .limit = 201 });
    refused(&(struct wf_list_query){ .limit = -1 });
    refused(&(struct wf_list_query){ .limit = 50, .sort = "nothing" });
    refused(&(struct wf_list_query){ .limit = 50, .sort = "count" });
    refused(&(struct wf_list_query){ .limit = 50, .sort = "" });
    refused(&(struct wf_list_query){
        .form = "sheet", .limit = 50, .sort = "colours" });
    refused(&(struct wf_list_query){ .limit = 50, .cursor = "x" });
    refused(&(struct wf_list_query){ .limit = 50, .cursor = "" });
    refused(&(struct wf_list_query){ .limit = 50, .cursor = "W10" });
    refused(&(struct wf_list_query){ .limit = 50, .cursor = "WzEsMiwzXQ" });
}
END_TEST

START_TEST(a_cursor_serves_its_own_order_only)
{
    struct wf_list_query query = { .form = "sheet",
                                   .sort = "name",
                                   .limit = 2 };

    query.cursor = wf_json_str(wf_json_get(world_list(&w, &query), "next"));
    query.sort = "-name";

    refused(&query);
}
END_TEST

START_TEST(the_words_of_the_route_narrow_a_list)
{
    struct wf_list_query query = { .form = "sheet", .limit = 50 };

    query.period = "2026-Q2";
    ck_assert_str_eq(names(world_list(&w, &query)), "Two");
    query.period = NULL;
    query.unit = "north";
    ck_assert_str_eq(names(world_list(&w, &query)), "Five Four Three Two One");
    query.unit = "south";
    ck_assert_str_eq(names(world_list(&w, &query)), "");
    query.unit = "root";
    query.subject = "cid";
    ck_assert_str_eq(names(world_list(&w, &query)), "Four");
    query.step = "next";
    ck_assert_str_eq(names(world_list(&w, &query)), "");
}
END_TEST

START_TEST(words_are_found_chinese_too)
{
    struct wf_list_query query = { .limit = 50, .search = "three" };

    ck_assert_str_eq(names(world_list(&w, &query)), "Three");
    query.search = "目标";
    ck_assert_str_eq(names(world_list(&w, &query)), "One");
    query.search = "一二";
    ck_assert_str_eq(names(world_list(&w, &query)), "");
    query.search = "";
    ck_assert_str_eq(names(world_list(&w, &query)), "");
}
END_TEST

START_TEST(a_count_counts_all_pages)
{
    const struct wf_list_query query = { .form = "sheet",
                                         .limit = 2,
                                         .count = true };

    ck_assert_double_eq(
        wf_json_num(wf_json_get(world_list(&w, &query), "total"), -1), 5);
    world_as(&w, "dan");
    ck_assert_double_eq(
        wf_json_num(wf_json_get(world_list(&w, &query), "total"), -1), 0);
}
END_TEST

START_TEST(an_unknown_form_has_no_documents)
{
    const struct wf_list_query query = { .form = "nothing", .limit = 50 };

    ck_assert_str_eq(names(world_list(&w, &query)), "");
}
END_TEST

/* One for the page, one for how many the asker may read; for each of the two
 * whether they have the role of a grant, and what they are to write
 * anonymously. */
START_TEST(a_page_costs_the_same_statements_whatever_its_length)
{
    const struct wf_list_query one = { .form = "sheet", .limit = 1 };
    const struct wf_list_query many = { .form = "sheet", .limit = 200 };
    int64_t before;

    world_list(&w, &one);
    before = wf_db_statements(w.db);
    world_list(&w, &one);
    ck_assert_int_eq(wf_db_statements(w.db) - before, 6);
    world_list(&w, &many);
    ck_assert_int_eq(wf_db_statements(w.db) - before, 12);
}
END_TEST

START_TEST(hooks_find_ids)
{
    const struct wf_filter filter = { "count", "gte", "5" };
    const struct wf_list_query query = { .form = "sheet",
                                         .filters = &filter,
                                         .n_filters = 1,
                                         .sort = "name",
                                         .limit = 1000 };
    wf_id *ids;
    size_t n;

    ck_ok(&w, wf_list_ids(&w.call, &query, &ids, &n, &w.err));

    ck_assert_uint_eq(n, 3);
    ck_assert_str_eq(world_load(&w, ids[0])->title, "Cid: Four");
}
END_TEST

static const char OVERLAY[] =
    "<form xmlns='urn:weft:1' id='sheet-north' label='Northern sheet'"
    " from='sheet@1'><add sel='fields'>"
    "<field id='wind' type='number' index='true'/></add></form>";

START_TEST(documents_of_overlays_count_as_those_of_their_base)
{
    struct wf_list_query query = { .form = "sheet", .limit = 50 };

    world_deploy(&w, "sheet-north.form.xml", OVERLAY);
    world_as(&w, "bob");
    world_make(&w, "sheet-north", "{'name':'Six','wind':3}");
    world_as(&w, "ann");

    ck_assert_ptr_nonnull(strstr(names(world_list(&w, &query)), "Six"));
    ck_assert_ptr_nonnull(strstr(filtered("name", NULL, "Six"), "Six"));
    query.form = "sheet-north";
    ck_assert_str_eq(names(world_list(&w, &query)), "Six");
}
END_TEST

TCase *list_tests(void)
{
    TCase *tc = tcase_create("doc/list");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, the_latest_come_first);
    tcase_add_test(tc, fields_that_are_asked_for_stand_beside_the_summary);
    tcase_add_test(tc, lists_are_sorted_either_way_with_what_is_absent_last);
    tcase_add_loop_test(tc, pages_hold_each_document_once_in_every_order, 0,
                        (int)WF_COUNT(orders));
    tcase_add_test(tc, pages_of_what_is_mine_hold_each_document_once);
    tcase_add_test(tc, filters_compare_by_the_type_of_their_field);
    tcase_add_loop_test(tc, a_filter_that_means_nothing_is_malformed, 0,
                        (int)WF_COUNT(bad_filters));
    tcase_add_test(tc, limits_cursors_and_orders_are_checked);
    tcase_add_test(tc, a_cursor_serves_its_own_order_only);
    tcase_add_test(tc, the_words_of_the_route_narrow_a_list);
    tcase_add_test(tc, words_are_found_chinese_too);
    tcase_add_test(tc, a_count_counts_all_pages);
    tcase_add_test(tc, an_unknown_form_has_no_documents);
    tcase_add_test(tc, a_page_costs_the_same_statements_whatever_its_length);
    tcase_add_test(tc, hooks_find_ids);
    tcase_add_test(tc, documents_of_overlays_count_as_those_of_their_base);
    return tc;
}
