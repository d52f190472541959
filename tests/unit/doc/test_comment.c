/* unit/doc/test_comment.c - talk beside a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/comment.h"

#include "suite.h"
#include "support/store.h"
#include "world.h"

static struct world w;
static struct wf_doc *doc;

static void setup(void)
{
    world_open(&w);
    world_as(&w, "bob");
    doc = world_make(&w, "sheet", "{'name':'Plan'}");
}

static void teardown(void)
{
    world_close(&w);
}

static bool add(const char *text, const char **out)
{
    struct wf_buf answer = WF_BUF_INIT(w.arena);
    struct wf_json_writer writer = WF_JSON_WRITER_INIT(&answer);

    const struct wf_said said = { .text = text };

    if (!wf_comment_add(&w.call, doc, &said, &writer, &w.err))
        return false;
    *out = wf_buf_text(&answer);
    return true;
}

static struct wf_json *list(const char *cursor, int limit)
{
    struct wf_buf answer = WF_BUF_INIT(w.arena);
    struct wf_json_writer writer = WF_JSON_WRITER_INIT(&answer);
    const struct wf_page page = { cursor, limit };

    ck_ok(&w, wf_comment_list(&w.call, doc, &page, &writer, &w.err));
    return world_json(&w, wf_buf_text(&answer));
}

START_TEST(comments_are_listed_in_order_page_by_page)
{
    const char *told = "";
    const struct wf_json *page, *first;

    ck_ok(&w, add("one", &told));
    ck_assert_ptr_nonnull(strstr(told, "\"login\":\"bob\""));
    ck_ok(&w, add("two", &told));
    ck_ok(&w, add("three", &told));
    page = list(NULL, 2);
    first = wf_json_get(page, "items")->u.array.at[0];

    ck_assert_str_eq(wf_json_str(wf_json_get(first, "text")), "one");
    ck_assert_str_eq(wf_json_str(wf_json_get(first, "at")),
                     "2026-10-12T01:00:00.000Z");
    page = list(wf_json_str(wf_json_get(page, "next")), 2);
    ck_assert_uint_eq(wf_json_len(wf_json_get(page, "items")), 1);
    ck_assert(wf_json_is(wf_json_get(page, "next"), WF_JSON_NULL));
}
END_TEST

START_TEST(whoever_may_only_read_does_not_comment)
{
    const char *told = "";

    world_as(&w, "ann");
    ck_assert(!add("hello", &told));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
    world_seat(&w, doc, "ann");
    ck_ok(&w, add("hello", &told));
}
END_TEST

START_TEST(a_comment_has_a_length)
{
    char *text = wf_arena_alloc(w.arena, 3 * 4001 + 1);
    const char *told = "";

    for (size_t i = 0; i < 4001; i++)
        memcpy(text + 3 * i, "话", 3);
    ck_assert(!add(text, &told));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(world_code(&w, "text"), "length");
    text[3 * 4000] = '\0';
    ck_ok(&w, add(text, &told));
    ck_assert(!add("", &told));
    ck_assert(!add(NULL, &told));
}
END_TEST

START_TEST(comments_go_with_their_document)
{
    const char *told = "";

    ck_ok(&w, add("one", &told));
    ck_ok(&w, wf_doc_delete(&w.call, doc, &w.err));

    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM comment"), 0);
}
END_TEST

TCase *comment_tests(void)
{
    TCase *tc = tcase_create("doc/comment");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, comments_are_listed_in_order_page_by_page);
    tcase_add_test(tc, whoever_may_only_read_does_not_comment);
    tcase_add_test(tc, a_comment_has_a_length);
    tcase_add_test(tc, comments_go_with_their_document);
    return tc;
}
