/* unit/doc/test_tree.c - lists of documents that hang beneath each other: what
 * stands at the top, and how many are beneath each.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"
#include "world.h"

static struct world w;
static wf_id one, two;

/* One of `login`, made by a hook: a person could not link what they do not
 * see. */
static wf_id make(const char *login, const char *name, wf_id above)
{
    const char *link =
        above ? wf_arena_printf(w.arena, ",'above':'%lld'", (long long)above)
              : "";

    w.call.now += 1000;
    return world_make(&w, "sheet",
                      wf_arena_printf(w.arena, "{'owner':'%s','name':'%s'%s}",
                                      login, name, link))
        ->id;
}

/* one (bob) <- two (cid) <- three (bob); dan's <- lost (bob). ann leads bob
 * and cid, hana sees all. */
static void setup(void)
{
    world_open(&w);
    world_as(&w, NULL);
    one = make("bob", "One", 0);
    two = make("cid", "Two", one);
    make("bob", "Three", two);
    make("bob", "Lost", make("dan", "Dan", 0));
}

static void teardown(void)
{
    world_close(&w);
}

/* Names with how many are beneath: "One/1 Lost/0". */
static const char *tree(const struct wf_list_query *query)
{
    const struct wf_json *items = wf_json_get(world_list(&w, query), "items");
    struct wf_buf text = WF_BUF_INIT(w.arena);

    for (size_t i = 0; i < wf_json_len(items); i++) {
        const struct wf_json *item = items->u.array.at[i];
        const char *title = wf_json_str(wf_json_get(item, "title"));

        wf_buf_printf(&text, "%s%s/%d", i ? " " : "", strchr(title, ':') + 2,
                      (int)wf_json_num(wf_json_get(item, "below"), -1));
    }
    return wf_buf_text(&text);
}

static const char *tops_for(const char *login)
{
    world_as(&w, login);
    return tree(&(struct wf_list_query){
        .form = "sheet", .tree = true, .sort = "created", .limit = 50 });
}

START_TEST(what_hangs_beneath_nothing_that_is_seen_stands_at_the_top)
{
    ck_assert_str_eq(tops_for("hana"), "One/1 Dan/1");
    ck_assert_str_eq(tops_for("ann"), "One/1 Lost/0");
    ck_assert_str_eq(tops_for("bob"), "One/0 Three/0 Lost/0");
    ck_assert_str_eq(tops_for("cid"), "Two/0");
}
END_TEST

START_TEST(beneath_one_are_its_children_with_theirs_counted)
{
    world_as(&w, "ann");

    ck_assert_str_eq(
        tree(&(struct wf_list_query){
            .form = "sheet", .tree = true, .parent = one, .limit = 50 }),
        "Two/1");
    ck_assert_str_eq(
        tree(&(struct wf_list_query){
            .form = "sheet", .tree = true, .parent = two, .limit = 50 }),
        "Three/0");
}
END_TEST

START_TEST(a_tree_of_what_matches_begins_where_that_does)
{
    const struct wf_list_query bobs = { .form = "sheet",
                                        .tree = true,
                                        .subject = "bob",
                                        .sort = "created",
                                        .limit = 50 };
    const struct wf_list_query mine = {
        .tree = true, .mine = true, .sort = "created", .limit = 50
    };

    world_as(&w, "ann");
    ck_assert_str_eq(tree(&bobs), "One/0 Three/0 Lost/0");
    world_as(&w, "bob");
    ck_assert_str_eq(tree(&mine), "One/0 Three/0 Lost/0");
}
END_TEST

START_TEST(pages_and_the_count_are_of_the_top)
{
    struct wf_list_query query = { .form = "sheet",
                                   .tree = true,
                                   .count = true,
                                   .sort = "created",
                                   .limit = 2 };
    const struct wf_json *first;

    world_as(&w, "bob");
    first = world_list(&w, &query);
    query.cursor = wf_json_str(wf_json_get(first, "next"));

    ck_assert_int_eq((int)wf_json_num(wf_json_get(first, "total"), 0), 3);
    ck_assert_ptr_nonnull(query.cursor);
    ck_assert_str_eq(tree(&query), "Lost/0");
}
END_TEST

START_TEST(a_list_that_is_no_tree_says_nothing_of_what_is_beneath)
{
    const struct wf_list_query query = { .form = "sheet", .limit = 1 };
    const struct wf_json *items = wf_json_get(world_list(&w, &query), "items");

    ck_assert_ptr_null(wf_json_get(items->u.array.at[0], "below"));
}
END_TEST

TCase *tree_tests(void)
{
    TCase *tc = tcase_create("doc/tree");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc,
                   what_hangs_beneath_nothing_that_is_seen_stands_at_the_top);
    tcase_add_test(tc, beneath_one_are_its_children_with_theirs_counted);
    tcase_add_test(tc, a_tree_of_what_matches_begins_where_that_does);
    tcase_add_test(tc, pages_and_the_count_are_of_the_top);
    tcase_add_test(tc, a_list_that_is_no_tree_says_nothing_of_what_is_beneath);
    return tc;
}
