/* unit/flow/test_anonymous.c - somebody who would like to know who wrote what:
 * by every door, by the store itself, by subtraction.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/vault.h"
#include "world.h"

static struct world w;
static wf_id parent;

static const char ANSWER[] =
    "<form xmlns=\"urn:weft:1\" id=\"answer\" label=\"Answer\""
    " subject=\"about\" parent=\"under\"><fields>"
    "<field id=\"about\" type=\"person\" index=\"true\"/>"
    "<field id=\"under\" type=\"link\" form=\"form\"/>"
    "<field id=\"writer\" type=\"person\" default=\"me\"/>"
    "<field id=\"mark\" type=\"number\" index=\"true\"/>"
    "<field id=\"note\" type=\"text\"/>"
    "</fields><workflow start=\"fill\">"
    "<step id=\"fill\" by=\"creator\" edit=\"mark note\">"
    "<action id=\"send\" to=\"done\" by=\"creator\"/>"
    "<action id=\"drop\" to=\"void\"/></step>"
    "<end id=\"done\"/><end id=\"void\" state=\"void\"/></workflow>"
    "<access><grant to=\"everyone\""
    " rights=\"read comment edit act delete administer export\"/>"
    "<hide fields=\"note\" from=\"person(hr2)\"/></access></form>";

static const char COLLECT[] =
    "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"n note\">"
    "<action id=\"go\" to=\"raters\"/></step>"
    "<collect id=\"raters\" form=\"answer\" next=\"read\" anonymous=\"true\">"
    "<group id=\"one\" from=\"head(hq)\" anonymous=\"false\"/>"
    "<group id=\"staff\" from=\"manager(owner), person(ben),"
    " role(hrbp, owner)\"/>"
    "<set field=\"about\" value=\"owner\"/></collect>"
    "<step id=\"read\" by=\"owner\"><action id=\"again\" to=\"raters\"/>"
    "<action id=\"back\" to=\"draft\"/><action id=\"end\" to=\"done\"/>"
    "</step><end id=\"done\"/></workflow>";

static const char HOOKS[] =
    "function enter_read(doc)\n"
    "  doc.note = #find('answer', {}) .. ' of ' .. sum('answer', {}, 'mark')"
    "\n"
    "end\n";

static const char *const people[] = {
    "boss", "lead", "ann", "ben", "hr1", "hr2"
};
static const char *const staff[] = { "lead", "ben", "hr1", "hr2" };

static void setup(void)
{
    world_begin(&w,
                "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\">"
                "<action id=\"go\" to=\"done\"/></step><end id=\"done\"/>"
                "</workflow>",
                NULL);
    world_deploy_form(&w, ANSWER);
    world_deploy(&w, COLLECT, NULL);
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    parent = w.doc;
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
    ck_assert_str_eq(world_at(&w), "raters");
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

static void answer(const char *login, const char *action, const char *json)
{
    w.doc = world_task(&w, login);
    ck_assert_int_ne(w.doc, 0);
    WORLD_OK(&w, world_act(&w, login, action, json));
    w.doc = parent;
}

/* The head's answer is in the open, and closes what is complete. */
static void close_it(void)
{
    answer("boss", "send", "{\"mark\":5}");
}

static void all_answer(void)
{
    answer("hr2", "send", "{\"mark\":1,\"note\":\"n1\"}");
    answer("lead", "send", "{\"mark\":2,\"note\":\"n2\"}");
    answer("ben", "send", "{\"mark\":3,\"note\":\"n3\"}");
    answer("hr1", "send", "{\"mark\":4,\"note\":\"n4\"}");
}

static wf_id a_veiled_one(void)
{
    return world_count(&w, "SELECT MAX(document) FROM veil");
}

/* --- By the doors, while answers come in */

START_TEST(nobody_but_its_writer_sees_an_answer)
{
    for (size_t i = 0; i < 4; i++) {
        w.doc = world_task(&w, staff[i]);
        ck_assert_int_ne(w.doc, 0);
        for (size_t k = 0; k < 6; k++)
            ck_assert_int_eq(world_sees(&w, people[k]),
                             strcmp(people[k], staff[i]) == 0);
    }
}
END_TEST

START_TEST(lists_and_counts_show_each_writer_their_own)
{
    all_answer();

    ck_assert_uint_eq(world_list(&w, "ann", "answer"), 1); /* the head's */
    ck_assert_uint_eq(world_list(&w, "boss", "answer"), 1);
    ck_assert_uint_eq(world_list(&w, NULL, "answer"), 1);
    ck_assert_uint_eq(world_list(&w, "ben", "answer"), 2);
    ck_assert_uint_eq(world_list(&w, NULL, NULL), 2); /* and ann's own */
}
END_TEST

START_TEST(the_engine_is_shown_that_it_is_there_and_no_more)
{
    const char *before, *after;

    w.doc = world_task(&w, "hr2");
    before = world_view(&w, NULL);
    answer("hr2", "send", "{\"mark\":1,\"note\":\"n1\"}");
    w.doc = world_task(&w, "hr2") ? 0 : a_veiled_one();
    ck_assert_ptr_nonnull(strstr(before, "\"data\":{}"));
    w.doc = strtoll(strstr(before, "\"id\":\"") + 6, NULL, 10);
    after = world_view(&w, NULL);

    ck_assert_str_eq(before, after);
}
END_TEST

START_TEST(an_answer_is_its_writers_work_and_nobody_elses)
{
    ck_assert_uint_eq(world_inbox(&w, "ben"), 1);
    ck_assert_uint_eq(world_inbox(&w, "ann"), 0);
    ck_assert_uint_eq(world_inbox(&w, "boss"), 1); /* the open one */
    w.doc = world_task(&w, "ben");
    ck_assert_str_eq(world_can(&w, "ben"), "send drop");
    ck_assert(!world_act(&w, "hr1", "send", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_NOTFOUND);
    ck_assert(!world_act(&w, "boss", "drop", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(writers_may_read_on_until_it_closes_and_then_no_more_than_others)
{
    wf_id mine = world_task(&w, "ben");

    all_answer();
    w.doc = mine;
    ck_assert(world_sees(&w, "ben"));
    ck_assert(!world_act(&w, "ben", "send", NULL));
    w.doc = parent;
    close_it();
    w.doc = mine;
    ck_assert_str_eq(world_view(&w, "ben"), world_view(&w, "hr1"));
}
END_TEST

/* --- By the store */

START_TEST(the_store_holds_no_trace_beside_the_sealed_one)
{
    all_answer();

    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM seat s JOIN veil v"
                                     " ON v.document = s.document"),
                     0);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM event e JOIN veil v"
                                     " ON v.document = e.document"),
                     0);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM field_index e JOIN"
                                     " veil v ON v.document = e.document"),
                     0);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM link e JOIN veil v"
                                     " ON v.document = e.document"),
                     0);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document d JOIN veil"
                                     " v ON v.document = d.id"
                                     " WHERE d.creator IS NOT NULL"
                                     " OR d.flow NOT LIKE '%\"by\":\"\"%'"),
                     0);
    ck_assert_int_eq(world_count(&w, "SELECT count(DISTINCT d.updated)"
                                     " FROM document d JOIN veil v"
                                     " ON v.document = d.id"),
                     1);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document d JOIN veil"
                                     " v ON v.document = d.id"
                                     " WHERE (d.updated + 28800000)"
                                     " % 86400000 <> 0"),
                     0);
}
END_TEST

START_TEST(no_field_is_filled_with_the_writer)
{
    w.doc = world_task(&w, "ben");

    ck_assert_ptr_null(strstr(world_view(&w, "ben"), "writer"));
}
END_TEST

START_TEST(ids_and_the_order_of_rows_tell_nothing)
{
    int in_order = 0;

    /* Of each table that names both, the rows lie by random ids; asked often,
     * the first one asked is not always the first one found. */
    for (int i = 0; i < 12; i++) {
        int64_t first = world_task(&w, "lead");

        in_order += world_count(&w, "SELECT MIN(v.document) FROM veil v JOIN"
                                    " document d ON d.id = v.document"
                                    " WHERE d.state = 'open'")
                    == first;
        for (size_t k = 0; k < 4; k++)
            answer(staff[k], "drop", NULL);
        close_it();
        WORLD_OK(&w, world_act(&w, "ann", "again", NULL));
    }
    ck_assert_int_lt(in_order, 12);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM veil v JOIN document"
                                     " p ON v.document > p.id"
                                     " WHERE p.form = 'form'"),
                     0);
}
END_TEST

static size_t copy_boxes(unsigned char boxes[8][64])
{
    struct wf_stmt q = WF_STMT_INIT;
    size_t n = 0, len;

    WORLD_OK(&w, wf_stmt_begin(w.db, "SELECT box FROM rater", &q, &w.err));
    while (wf_stmt_step(&q, &w.err) == WF_FETCH_ROW) {
        const void *box = wf_stmt_blob(&q, 0, &len);

        ck_assert_uint_eq(len, 48);
        memcpy(boxes[n++], box, len);
    }
    wf_stmt_end(&q);
    return n;
}

START_TEST(without_the_key_a_box_stays_shut)
{
    struct wf_vault *other = wf_vault_new(NULL);
    weft_error err = WEFT_ERROR_INIT;
    unsigned char boxes[8][64], *open;
    size_t n = copy_boxes(boxes);

    ck_assert_uint_eq(n, 4);
    for (size_t i = 0; i < n; i++)
        ck_assert(!wf_vault_open(other, w.arena, boxes[i], 48, &open, &err));
    wf_vault_free(other);
}
END_TEST

START_TEST(once_closed_the_key_opens_nothing)
{
    all_answer();
    close_it();

    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM rater"
                                     " WHERE box IS NOT NULL"),
                     0);
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM rater"), 4);
}
END_TEST

/* --- What shows */

START_TEST(from_the_floor_on_means_and_shuffled_texts_show)
{
    const char *table;

    all_answer();
    close_it();
    table = world_field(&w, "raters");

    ck_assert_str_eq(world_at(&w), "read");
    ck_assert_ptr_nonnull(strstr(table, "\"answers\":4,\"mark\":2.5"));
    ck_assert_ptr_nonnull(strstr(table, "n1"));
    ck_assert_ptr_nonnull(strstr(table, "\"id\":\"one\",\"answers\":1,"
                                        "\"mark\":5"));
    w.doc = a_veiled_one();
    ck_assert(world_sees(&w, "ann"));
    ck_assert_ptr_nonnull(strstr(world_view(&w, "ann"), "\"creator\":null"));
    ck_assert_str_eq(world_history(&w), "");
}
END_TEST

START_TEST(under_the_floor_nothing_shows)
{
    answer("lead", "send", "{\"mark\":2,\"note\":\"n2\"}");
    answer("ben", "send", "{\"mark\":3,\"note\":\"n3\"}");
    answer("hr1", "drop", NULL);
    answer("hr2", "drop", NULL);
    close_it();

    ck_assert_str_eq(world_field(&w, "raters"),
                     "[{\"id\":\"one\",\"answers\":1,\"mark\":5},"
                     "{\"id\":\"staff\"}]");
    w.doc = a_veiled_one();
    for (size_t k = 0; k < 6; k++)
        ck_assert(!world_sees(&w, people[k]));
    ck_assert_uint_eq(world_list(&w, "boss", "answer"), 1);
}
END_TEST

START_TEST(a_field_that_few_have_filled_shows_nothing)
{
    answer("lead", "send", "{\"mark\":2,\"note\":\"n2\"}");
    answer("ben", "send", "{\"mark\":3,\"note\":\"n3\"}");
    answer("hr1", "send", "{\"mark\":4}");
    answer("hr2", "drop", NULL);
    close_it();

    ck_assert_ptr_nonnull(
        strstr(world_field(&w, "raters"), "\"answers\":3,\"mark\":3"));
    ck_assert_ptr_null(strstr(world_field(&w, "raters"), "n2"));
}
END_TEST

/* How many of the four answers show `login` a note. */
static int n_notes(const char *login)
{
#define NTH(n) "SELECT document FROM veil ORDER BY document LIMIT 1 OFFSET " n
    static const char *const answers[] = { NTH("0"), NTH("1"), NTH("2"),
                                           NTH("3") };
#undef NTH
    int n = 0;

    for (int i = 0; i < 4; i++) {
        w.doc = world_count(&w, answers[i]);
        n += world_sees(&w, login)
             && strstr(world_view(&w, login), "\"note\":\"n") != NULL;
    }
    w.doc = parent;
    return n;
}

START_TEST(as_documents_they_show_what_was_written_but_for_what_is_hidden)
{
    answer("lead", "send", "{\"mark\":2,\"note\":\"n2\"}");
    answer("ben", "send", "{\"mark\":3}");
    answer("hr1", "send", "{\"mark\":4}");
    answer("hr2", "send", "{\"mark\":5}");
    ck_assert_int_eq(n_notes("ann"), 0);
    close_it();

    ck_assert_int_eq(n_notes("ann"), 1);
    ck_assert_int_eq(n_notes("hr2"), 0);
}
END_TEST

START_TEST(a_second_round_with_one_more_does_not_show)
{
    answer("lead", "send", "{\"mark\":2}");
    answer("ben", "send", "{\"mark\":3}");
    answer("hr1", "send", "{\"mark\":4}");
    answer("hr2", "drop", NULL);
    close_it();
    ck_assert_ptr_nonnull(strstr(world_field(&w, "raters"), "\"answers\":3"));

    WORLD_OK(&w, world_act(&w, "ann", "again", NULL));
    ck_assert_str_eq(world_field(&w, "raters"), "");
    all_answer();
    close_it();

    ck_assert_ptr_null(strstr(world_field(&w, "raters"), "\"answers\":4"));
    ck_assert_ptr_nonnull(
        strstr(world_field(&w, "raters"), "{\"id\":\"staff\"}"));
}
END_TEST

START_TEST(a_second_round_with_one_less_does_not_show)
{
    all_answer();
    close_it();
    WORLD_OK(&w, world_act(&w, "ann", "again", NULL));
    answer("lead", "send", "{\"mark\":2}");
    answer("ben", "send", "{\"mark\":3}");
    answer("hr1", "send", "{\"mark\":4}");
    answer("hr2", "drop", NULL);
    close_it();

    ck_assert_ptr_null(strstr(world_field(&w, "raters"), "\"answers\":3"));
}
END_TEST

START_TEST(a_second_round_of_the_same_people_shows)
{
    all_answer();
    close_it();
    WORLD_OK(&w, world_act(&w, "ann", "again", NULL));
    all_answer();
    close_it();

    ck_assert_ptr_nonnull(strstr(world_field(&w, "raters"), "\"answers\":4"));
}
END_TEST

START_TEST(what_is_shown_is_nobodys_to_change_comment_or_remove)
{
    all_answer();
    close_it();
    w.doc = a_veiled_one();

    ck_assert(!world_patch(&w, "boss", "{\"mark\":1}"));
    ck_assert(!world_act(&w, "boss", "send", NULL));
    ck_assert(!world_act(&w, "boss", "reopen", NULL));
    ck_assert_str_eq(world_can(&w, "boss"), "");
}
END_TEST

/* --- By hooks */

START_TEST(a_hook_of_the_system_meets_nobodys_answer)
{
    world_deploy(&w, COLLECT, HOOKS);
    WORLD_OK(&w, world_create(&w, "ann", NULL));
    parent = w.doc;
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
    for (size_t i = 0; i < 6; i++)
        while (world_task(&w, people[i]) && i != 2)
            answer(people[i], "send", "{\"mark\":1}");

    /* the head's, one of each of the two documents */
    ck_assert_str_eq(world_field(&w, "note"), "\"2 of 2\"");
}
END_TEST

START_TEST(who_has_left_is_waited_for_no_more)
{
    wf_id left;

    close_it();
    answer("hr2", "send", "{\"mark\":1,\"note\":\"n1\"}");
    left = world_task(&w, "hr1");
    WORLD_OK(&w, world_leave(&w, "hr1", NULL));
    ck_assert_str_eq(world_at(&w), "raters");
    answer("lead", "send", "{\"mark\":2,\"note\":\"n2\"}");
    answer("ben", "send", "{\"mark\":3,\"note\":\"n3\"}");

    ck_assert_str_eq(world_at(&w), "read");
    w.doc = left;
    ck_assert(!world_sees(&w, "ann"));
    w.doc = parent;
}
END_TEST

START_TEST(the_last_one_who_leaves_closes_it_and_what_they_gave_counts)
{
    close_it();
    answer("hr2", "send", "{\"mark\":1}");
    answer("lead", "send", "{\"mark\":2}");
    answer("hr1", "send", "{\"mark\":3}");
    WORLD_OK(&w, world_leave(&w, "hr2", NULL));
    ck_assert_str_eq(world_at(&w), "raters");
    WORLD_OK(&w, world_leave(&w, "ben", NULL));

    ck_assert_str_eq(world_at(&w), "read");
    ck_assert_ptr_nonnull(strstr(world_field(&w, "raters"), "\"answers\":3"));
}
END_TEST

TCase *anonymous_tests(void)
{
    TCase *tc = tcase_create("flow/anonymous");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, nobody_but_its_writer_sees_an_answer);
    tcase_add_test(tc, lists_and_counts_show_each_writer_their_own);
    tcase_add_test(tc, the_engine_is_shown_that_it_is_there_and_no_more);
    tcase_add_test(tc, an_answer_is_its_writers_work_and_nobody_elses);
    tcase_add_test(
        tc, writers_may_read_on_until_it_closes_and_then_no_more_than_others);
    tcase_add_test(tc, the_store_holds_no_trace_beside_the_sealed_one);
    tcase_add_test(tc, no_field_is_filled_with_the_writer);
    tcase_add_test(tc, ids_and_the_order_of_rows_tell_nothing);
    tcase_add_test(tc, without_the_key_a_box_stays_shut);
    tcase_add_test(tc, once_closed_the_key_opens_nothing);
    tcase_add_test(tc, from_the_floor_on_means_and_shuffled_texts_show);
    tcase_add_test(tc, under_the_floor_nothing_shows);
    tcase_add_test(tc, a_field_that_few_have_filled_shows_nothing);
    tcase_add_test(
        tc, as_documents_they_show_what_was_written_but_for_what_is_hidden);
    tcase_add_test(tc, a_second_round_with_one_more_does_not_show);
    tcase_add_test(tc, a_second_round_with_one_less_does_not_show);
    tcase_add_test(tc, a_second_round_of_the_same_people_shows);
    tcase_add_test(tc, what_is_shown_is_nobodys_to_change_comment_or_remove);
    tcase_add_test(tc, who_has_left_is_waited_for_no_more);
    tcase_add_test(tc,
                   the_last_one_who_leaves_closes_it_and_what_they_gave_counts);
    tcase_add_test(tc, a_hook_of_the_system_meets_nobodys_answer);
    return tc;
}
