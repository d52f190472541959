/* api/test_statements.c - how many statements the store runs for what people
 * do all day, so that nobody adds one without noticing.
 *
 * Whoever saves one writes the smaller number here.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "api/engine.h"
#include "suite.h"
#include "support/engine.h"
#include "support/memory.h"

static struct test_engine t;
static weft_session *ann, *lead;
static int64_t before;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    lead = test_session(&t, "lead");
    test_note(&t, ann, "Warm");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(lead);
    test_engine_close(&t);
}

/* Of the writer, which is idle, and of the reader that the next one gets. */
static int64_t n_run(void)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(t.engine->store, 0, &reader, &err));
    return wf_db_statements(wf_store_writer(t.engine->store))
           + wf_db_statements(reader.db);
}

/* The statements of `what` since `before` are at most so many. */
static void check(const char *what, int64_t most)
{
    int64_t n = n_run() - before;

    ck_assert_msg(n <= most, "%s: %d statements, not %d", what, (int)n,
                  (int)most);
}

START_TEST(a_create_takes_few_statements)
{
    before = n_run();
    test_note(&t, ann, "One");
    check("create", 13);
}
END_TEST

START_TEST(an_approval_takes_few_statements)
{
    int64_t id = test_note(&t, ann, "One");

    before = n_run();
    test_ok(&t, weft_run(weft_document_act(ann, id, "submit", NULL, 0, NULL)));
    check("submit", 18);
    before = n_run();
    test_ok(&t,
            weft_run(weft_document_act(lead, id, "approve", NULL, 0, NULL)));
    check("approve", 19); /* its maker hears of it */
}
END_TEST

START_TEST(a_read_takes_few_statements)
{
    int64_t id = test_note(&t, ann, "One");

    before = n_run();
    test_ok(&t, weft_document_get(ann, id));
    check("get", 5);
    before = n_run();
    test_ok(&t, weft_document_get(ann, id));
    check("get again", WF_SANITIZED
                           ? (test_is_pg() ? 4 : 3) /* there it is proven */
                           : (test_is_pg() ? 2 : 1));
}
END_TEST

START_TEST(a_list_takes_as_many_statements_for_many_as_for_one)
{
    before = n_run();
    test_ok(&t, weft_document_list(ann, NULL, 0));
    check("list of one", 8);
    for (int i = 0; i < 20; i++)
        test_note(&t, ann, "More");
    before = n_run();
    test_ok(&t, weft_document_list(ann, NULL, 0));
    check("list of many", 6);
}
END_TEST

/* Not the first time, when what has changed since is loaded. */
static int64_t statements_of_audit(weft_session *who)
{
    test_ok(&t, weft_audit(who, NULL, 0));
    before = n_run();
    test_ok(&t, weft_audit(who, NULL, 0));
    return n_run() - before;
}

START_TEST(an_audit_takes_as_many_statements_for_many_as_for_one)
{
    weft_session *root = test_session(&t, "root");
    int64_t few = statements_of_audit(root);

    for (int i = 0; i < 20; i++)
        test_note(&t, ann, "More");
    ck_assert_int_eq(statements_of_audit(root), few);
    weft_session_free(root);
}
END_TEST

/* What one command costs on PostgreSQL: how often it waits for an answer, the
 * statements it runs, the rows that it writes and so locks.
 * Whoever saves one writes the smaller number here. */
static struct wf_writer_stats so_far(void)
{
    struct wf_writer_stats stats;

    wf_writer_drain(t.engine->writer);
    wf_writer_stats(t.engine->writer, &stats);
    return stats;
}

static void check_cost(const char *what, const struct wf_writer_stats *since,
                       int64_t trips, int64_t statements, int64_t rows)
{
    struct wf_writer_stats now = so_far();
    int64_t n_trips = now.n_trips - since->n_trips;
    int64_t n_statements = now.n_statements - since->n_statements;
    int64_t n_rows = now.n_rows - since->n_rows;

    printf("PostgreSQL: %s waits %d times, runs %d statements, locks %d rows\n",
           what, (int)n_trips, (int)n_statements, (int)n_rows);
    ck_assert_int_gt(n_trips, 0);
    ck_assert_int_le(n_trips, trips);
    ck_assert_int_le(n_statements, statements);
    ck_assert_int_gt(n_rows, 0);
    ck_assert_int_le(n_rows, rows);
}

START_TEST(little_is_waited_for)
{
    struct wf_writer_stats since = so_far();
    int64_t id = test_note(&t, ann, "One");

    check_cost("a create", &since, 3, 9, 5);
    test_ok(&t, weft_run(weft_document_act(ann, id, "submit", NULL, 0, NULL)));
    since = so_far();
    test_ok(&t,
            weft_run(weft_document_act(lead, id, "approve", NULL, 0, NULL)));
    check_cost("an approval", &since, 8, 18, 5);
}
END_TEST

typedef weft_session *open_fn(weft_engine *engine, const char *secret,
                              const char *lang);

static int64_t trips_of_reader(void)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(t.engine->store, 0, &reader, &err));
    return wf_db_trips(reader.db);
}

/* How often it is waited for whose secret that is, of somebody who has been
 * here before. */
static int64_t waits_for_who(open_fn *open, const char *secret)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t trips = 0;

    for (int time = 0; time < 2; time++) {
        weft_session *who = open(t.engine, secret, "en");

        trips = trips_of_reader();
        ck_assert(weft_session_meet(who, &err));
        trips = trips_of_reader() - trips;
        weft_session_free(who);
    }
    return trips;
}

/* Each request pays for it. */
START_TEST(who_asks_is_found_out_with_the_first_question)
{
    static const char password[] = "a long password";
    weft_sign_in with = { "ann", password, "127.0.0.1", "en", NULL };
    weft_reply *signed_in;
    const char *secret;
    struct wf_json *token =
        test_ok(&t, weft_run(weft_token_add(t.system, "ann", 0, 0)));

    secret = wf_json_str(wf_json_get(token, "token"));
    ck_assert_int_eq(waits_for_who(weft_session_of_token, secret), 1);
    test_ok(&t, weft_run(weft_password_set(t.system, "ann", password)));
    signed_in = weft_session_sign_in(t.engine, &with, &secret);
    secret = wf_arena_str(t.arena, secret);
    test_ok(&t, signed_in);
    ck_assert_int_eq(waits_for_who(weft_session_of_cookie, secret), 1);
}
END_TEST

static const char GOAL[] =
    "<form xmlns='urn:weft:1' id='goal' label='Goal'><fields>"
    "<field id='parent' type='link' form='goal' label='Above'/>"
    "<field id='done' type='number' label='Done'/>"
    "<rollup field='done' of='goal' via='parent' fn='sum' value='done'/>"
    "</fields><workflow start='open'><step id='open' label='Open' by='creator'"
    " edit='*'><action id='close' label='Close' to='end'/></step>"
    "<end id='end' label='End'/></workflow>"
    "<access><create by='everyone'/></access></form>";

static int64_t make_goal(int64_t above)
{
    const char *body =
        above ? wf_arena_printf(t.arena,
                                "{\"form\":\"goal\",\"data\":{\"parent\":"
                                "\"%lld\"}}",
                                (long long)above)
              : "{\"form\":\"goal\",\"data\":{}}";
    weft_reply *made =
        weft_run(weft_document_create(ann, body, strlen(body), NULL));
    int64_t id = weft_reply_id(made);

    test_ok(&t, made);
    return id;
}

START_TEST(what_was_deployed_is_loaded_once)
{
    test_deploy(&t, "goal.form.xml", GOAL);
    make_goal(0);
    before = n_run();
    make_goal(0);
    check("create after a deploy", 16);
}
END_TEST

/* A leaf under two levels: as many rows with a thousand leaves beside it. */
START_TEST(progress_under_a_tree_costs_its_height)
{
    static const char body[] = "{\"data\":{\"done\":5}}";
    int64_t above, leaf = 0;
    struct wf_writer_stats since;

    test_deploy(&t, "goal.form.xml", GOAL);
    above = make_goal(make_goal(0));
    for (int i = 0; i < 20; i++)
        leaf = make_goal(above);
    since = so_far();
    test_ok(&t,
            weft_run(weft_document_patch(ann, leaf, body, strlen(body), NULL)));
    check_cost("progress under a tree", &since, 13, 26, 9);
}
END_TEST

TCase *statements_tests(void)
{
    TCase *tc = tcase_create("api/statements");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_create_takes_few_statements);
    tcase_add_test(tc, an_approval_takes_few_statements);
    tcase_add_test(tc, a_read_takes_few_statements);
    tcase_add_test(tc, a_list_takes_as_many_statements_for_many_as_for_one);
    tcase_add_test(tc, an_audit_takes_as_many_statements_for_many_as_for_one);
    tcase_add_test(tc, what_was_deployed_is_loaded_once);
    if (test_is_pg()) {
        tcase_add_test(tc, little_is_waited_for);
        tcase_add_test(tc, who_asks_is_found_out_with_the_first_question);
        tcase_add_test(tc, progress_under_a_tree_costs_its_height);
    }
    return tc;
}
