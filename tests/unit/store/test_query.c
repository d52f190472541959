/* unit/store/test_query.c - queries put together at run time, and full text.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "store/driver.h"
#include "store/search.h"
#include "support/memory.h"
#include "support/store.h"

static struct wf_arena *arena;
static struct wf_store *store;
static struct wf_db *db;
static weft_error err;

static void setup(void)
{
    arena = wf_arena_new();
    store = test_store_memory();
    db = wf_store_writer(store);
    err = (weft_error)WEFT_ERROR_INIT;
    ck_assert(wf_db_begin(db, &err));
}

static void teardown(void)
{
    wf_db_rollback(db);
    wf_store_close(store);
    wf_arena_free(arena);
}

START_TEST(values_are_bound_in_the_order_of_the_text)
{
    struct wf_query query = WF_QUERY_INIT(arena);
    struct wf_stmt q = WF_STMT_INIT;

    wf_query_add(&query, WF_SQL("SELECT "));
    wf_query_bind_text(&query, "'; DROP TABLE document; --");
    wf_query_add(&query, WF_SQL(", "));
    wf_query_bind_int(&query, 42);
    wf_query_add(&query, WF_SQL(", "));
    wf_query_bind_real(&query, 0.5);
    wf_query_add(&query, WF_SQL(", "));
    wf_query_bind_text(&query, NULL);
    ck_assert(wf_query_begin(db, &query, &q, &err));
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ROW);
    ck_assert_str_eq(wf_stmt_text(&q, 0), "'; DROP TABLE document; --");
    ck_assert_int_eq(wf_stmt_int(&q, 1), 42);
    ck_assert_double_eq(wf_stmt_real(&q, 2), 0.5);
    ck_assert(wf_stmt_is_null(&q, 3));
    wf_stmt_end(&q);
}
END_TEST

/* Runs "SELECT $1 AS n0, ..." with `n` columns: `n` makes the text. */
static struct wf_stmt_slot *run_wide(int n)
{
    struct wf_query query = WF_QUERY_INIT(arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    wf_query_add(&query, WF_SQL("SELECT 0"));
    for (int i = 0; i < n; i++) {
        wf_query_add(&query, WF_SQL(" + "));
        wf_query_bind_int(&query, 1);
    }
    ck_assert(wf_query_begin(db, &query, &q, &err));
    ck_assert_int_eq(wf_stmt_step(&q, &err), WF_FETCH_ROW);
    ck_assert_int_eq(wf_stmt_int(&q, 0), n);
    return q.slot;
}

START_TEST(the_same_text_finds_the_same_statement)
{
    struct wf_stmt_slot *slot = run_wide(3);

    run_wide(4);

    ck_assert_ptr_eq(run_wide(3), slot);
}
END_TEST

START_TEST(what_was_used_longest_ago_gives_way)
{
    int n_kept = 0;

    for (int i = 0; i < WF_MADE_KEPT; i++)
        run_wide(i);
    run_wide(0);
    run_wide(WF_MADE_KEPT);

    for (int i = 0; i < WF_MADE_KEPT; i++)
        n_kept += db->made[i] && !strcmp(db->made[i]->sql, "SELECT 0");
    ck_assert_int_eq(n_kept, 1);
    for (int i = 0; i < WF_MADE_KEPT; i++)
        ck_assert_str_ne(db->made[i]->sql, "SELECT 0 + $1");
}
END_TEST

START_TEST(more_made_statements_may_be_lent_than_are_kept)
{
    struct wf_stmt leases[WF_MADE_KEPT + 8];
    static char texts[WF_MADE_KEPT + 8][16];

    for (size_t i = 0; i < WF_COUNT(leases); i++) {
        snprintf(texts[i], sizeof texts[i], "SELECT %zu", i);
        ck_assert(wf_stmt_begin_made(db, texts[i], &leases[i], &err));
    }
    for (size_t i = 0; i < WF_COUNT(leases); i++) {
        ck_assert_int_eq(wf_stmt_step(&leases[i], &err), WF_FETCH_ROW);
        ck_assert_int_eq(wf_stmt_int(&leases[i], 0), (int)i);
        wf_stmt_end(&leases[i]);
    }
}
END_TEST

START_TEST(a_made_query_may_run_inside_itself)
{
    struct wf_query query = WF_QUERY_INIT(arena);
    struct wf_stmt outer = WF_STMT_INIT, inner = WF_STMT_INIT;

    wf_query_add(&query, WF_SQL("SELECT 1 UNION ALL SELECT 2"));
    ck_assert(wf_query_begin(db, &query, &outer, &err));
    ck_assert_int_eq(wf_stmt_step(&outer, &err), WF_FETCH_ROW);
    ck_assert(wf_query_begin(db, &query, &inner, &err));
    ck_assert_int_eq(wf_stmt_step(&inner, &err), WF_FETCH_ROW);
    wf_stmt_end(&inner);
    ck_assert_int_eq(wf_stmt_step(&outer, &err), WF_FETCH_ROW);
    ck_assert_int_eq(wf_stmt_int(&outer, 0), 2);
    wf_stmt_end(&outer);
}
END_TEST

/* --- Full text. */

static void set(int64_t document, const char *field, const char *tokens)
{
    ck_assert_msg(wf_search_set(db, document, field, tokens, &err), "%s",
                  err.text);
}

/* Entries are found once they are committed. */
static void commit(void)
{
    ck_assert_msg(wf_db_commit(db, &err), "%s", err.text);
    ck_assert_msg(wf_db_begin(db, &err), "%s", err.text);
}

static void set_now(int64_t document, const char *field, const char *tokens)
{
    set(document, field, tokens);
    commit();
}

/* How many documents have all of `tokens` in one of their fields. */
static int found(const char *tokens)
{
    struct wf_query query = WF_QUERY_INIT(arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    wf_query_add(&query, WF_SQL("SELECT count(DISTINCT document)"
                                " FROM search WHERE "));
    wf_search_match(db, &query, tokens);
    ck_assert_msg(wf_query_begin(db, &query, &q, &err), "%s", err.text);
    ck_assert_msg(wf_stmt_step(&q, &err) == WF_FETCH_ROW, "%s: %s", tokens,
                  err.text);
    return (int)wf_stmt_int(&q, 0);
}

START_TEST(all_tokens_of_a_search_are_found_in_one_field)
{
    set(1, "title", "grow sales asia");
    set(2, "title", "grow old");
    set(2, "note", "sales");
    set(3, "title", "目标 标管 管理");
    commit();

    ck_assert_int_eq(found("grow"), 2);
    ck_assert_int_eq(found("sales grow"), 1);
    ck_assert_int_eq(found("标管"), 1);
    ck_assert_int_eq(found("目标 管理"), 1);
    ck_assert_int_eq(found("目管"), 0);
    ck_assert_int_eq(found(""), 0);
    ck_assert_int_eq(found("  "), 0);
}
END_TEST

START_TEST(an_entry_follows_its_text)
{
    set_now(1, "title", "old");
    set_now(1, "note", "kept");
    set_now(1, "title", "new");
    ck_assert_int_eq(found("old"), 0);
    ck_assert_int_eq(found("new"), 1);
    set_now(1, "title", "");
    ck_assert_int_eq(found("new"), 0);
    ck_assert_int_eq(found("kept"), 1);
    ck_assert(wf_search_remove(db, 1, &err));
    commit();
    ck_assert_int_eq(found("kept"), 0);
}
END_TEST

/* Where the words of the index themselves stand; of PostgreSQL none do. */
static int64_t kept(const char *token)
{
    return test_is_pg()
               ? 0
               : test_int(db, wf_arena_printf(
                                  arena,
                                  "SELECT count(*) FROM search_index_data"
                                  " WHERE instr(block, CAST('%s' AS BLOB)) > 0",
                                  token));
}

START_TEST(what_is_removed_leaves_the_index_in_pieces)
{
    bool more = true;

    for (int i = 1; i <= 300; i++)
        set_now(i, "title",
                wf_arena_printf(arena, "%s common n%d",
                                i % 2 ? "plugh" : "even", i));
    for (int i = 1; i <= 300; i += 2)
        ck_assert(wf_search_remove(db, i, &err));
    commit();
    ck_assert(test_is_pg() || kept("plugh") > 0);
    for (int i = 0; more; i++) {
        ck_assert_int_lt(i, 1000);
        ck_assert(wf_search_forget(db, i > 0, &more, &err));
        commit();
    }
    ck_assert_int_eq(kept("plugh"), 0);
    ck_assert_int_eq(found("plugh"), 0);
    ck_assert_int_eq(found("even n300"), 1);
    ck_assert_int_eq(found("common"), 150);
}
END_TEST

START_TEST(an_entry_that_is_changed_and_undone_in_one_transaction_is_as_before)
{
    struct wf_save save = WF_SAVE_INIT;

    set_now(1, "title", "kept");
    set(2, "title", "first");
    set(2, "title", "second");
    ck_assert(wf_save_begin(db, &save, &err));
    set(1, "title", "undone");
    set(3, "title", "undone");
    wf_save_end(&save);
    set(4, "title", "late");
    commit();
    ck_assert_int_eq(found("kept"), 1);
    ck_assert_int_eq(found("first"), 0);
    ck_assert_int_eq(found("second"), 1);
    ck_assert_int_eq(found("undone"), 0);
    ck_assert_int_eq(found("late"), 1);
    set_now(1, "title", "other");
    ck_assert_int_eq(found("kept"), 0);
}
END_TEST

START_TEST(tokens_are_words_and_never_syntax)
{
    static const char *const HOSTILE[] = {
        "\"",      "a AND",        "col:x",     "-a", "NOT",  "*",
        "^a",      "NEAR(a b)",    "{tokens}:", "a*", "\"\"", "') OR 1 --",
        "\"a\" b", "tokens:\"a\"", "(",         ")",  "+",    "a\"b",
    };

    set_now(1, "title", "nothing of this");
    for (size_t i = 0; i < WF_COUNT(HOSTILE); i++)
        ck_assert_int_eq(found(HOSTILE[i]), 0);
}
END_TEST

START_TEST(entries_of_a_document_are_found_by_an_index)
{
    const char *plan;

    ck_assert(wf_db_plan(db, "DELETE FROM search WHERE document = $1", arena,
                         &plan, &err));
    ck_assert_ptr_nonnull(strstr(plan, "SEARCH search"));
}
END_TEST

TCase *query_tests(void)
{
    TCase *tc = tcase_create("store/query");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, values_are_bound_in_the_order_of_the_text);
    tcase_add_test(tc, the_same_text_finds_the_same_statement);
    tcase_add_test(tc, what_was_used_longest_ago_gives_way);
    tcase_add_test(tc, more_made_statements_may_be_lent_than_are_kept);
    tcase_add_test(tc, a_made_query_may_run_inside_itself);
    tcase_add_test(tc, all_tokens_of_a_search_are_found_in_one_field);
    tcase_add_test(tc, an_entry_follows_its_text);
    tcase_add_test(tc, what_is_removed_leaves_the_index_in_pieces);
    tcase_add_test(
        tc,
        an_entry_that_is_changed_and_undone_in_one_transaction_is_as_before);
    tcase_add_test(tc, tokens_are_words_and_never_syntax);
    tcase_add_test(tc, entries_of_a_document_are_found_by_an_index);
    return tc;
}
