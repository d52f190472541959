/* unit/doc/test_title.c - what many rows are called, and what that costs.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/title.h"

#include "base/list.h"
#include "doc/cc.h"
#include "suite.h"
#include "world.h"

static struct world w;
static struct wf_title_rows rows;

static void setup(void)
{
    world_open(&w);
    rows = (struct wf_title_rows){ NULL, 0, 0 };
    world_as(&w, "bob");
}

static void teardown(void)
{
    world_close(&w);
}

/* Their owner does not see the grade while they are open. */
static void add(int n)
{
    for (int i = 0; i < n; i++) {
        struct wf_doc *doc =
            world_make(&w, "review", "{'name':'Plan','points':95}");

        *WF_PUSH(w.arena, &rows) = (struct wf_title_row){ .document = doc->id,
                                                          .form = doc->form,
                                                          .title = doc->title };
    }
}

static const char *const *titles_for(const char *login, const char *lang)
{
    const char **out = WF_NEW_N(w.arena, const char *, rows.n);
    const struct wf_person *reader;

    ck_ok(&w, wf_person_find(&w.call, world_id(&w, login), &reader, &w.err));
    ck_ok(&w, wf_titles_of_rows(&w.call, &rows, reader, lang, out, &w.err));
    return out;
}

START_TEST(a_reader_is_told_what_they_see_whoever_asks)
{
    add(2);
    world_as(&w, NULL);

    ck_assert_str_eq(titles_for("bob", "en")[1], "Plan");
    ck_assert_str_eq(titles_for("ann", "en")[1], "Plan A");
    ck_assert(w.call.system);
    ck_assert_ptr_null(w.call.me);
}
END_TEST

START_TEST(titles_of_a_page_cost_the_same_however_long_it_is)
{
    int64_t first, then;

    add(2);
    titles_for("bob", "en"); /* what is the same for all questions is known */
    first = wf_db_statements(w.db);
    titles_for("bob", "en");
    first = wf_db_statements(w.db) - first;
    add(30);
    then = wf_db_statements(w.db);
    ck_assert_str_eq(titles_for("bob", "en")[31], "Plan");
    then = wf_db_statements(w.db) - then;

    ck_assert_int_gt(first, 0);
    ck_assert_int_eq(then, first);
}
END_TEST

/* The statements that the list of my copies takes. */
static int64_t cost_of_copies(void)
{
    const struct wf_page page = { NULL, 50 };
    struct wf_buf text = WF_BUF_INIT(w.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    int64_t before = wf_db_statements(w.db);

    ck_ok(&w, wf_cc_mine(&w.call, &page, &out, &w.err));
    ck_assert_ptr_nonnull(strstr(wf_buf_text(&text), "\"title\":\"Plan\""));
    ck_assert_ptr_null(strstr(wf_buf_text(&text), "Plan A"));
    return wf_db_statements(w.db) - before;
}

static void send(int n)
{
    size_t from = rows.n;
    bool is_new;

    add(n);
    for (size_t i = from; i < rows.n; i++)
        ck_ok(&w, wf_cc_add(&w.call, rows.at[i].document, world_id(&w, "dan"),
                            0, &is_new, &w.err));
}

START_TEST(copies_cost_the_same_however_many_there_are)
{
    int64_t few;

    send(2);
    world_as(&w, "dan");
    cost_of_copies();
    few = cost_of_copies();
    world_as(&w, "bob");
    send(20);
    world_as(&w, "dan");

    ck_assert_int_eq(cost_of_copies(), few);
}
END_TEST

TCase *title_tests(void)
{
    TCase *tc = tcase_create("doc/title");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_reader_is_told_what_they_see_whoever_asks);
    tcase_add_test(tc, titles_of_a_page_cost_the_same_however_long_it_is);
    tcase_add_test(tc, copies_cost_the_same_however_many_there_are);
    return tc;
}
