/* api/test_statements.c - how many statements the store runs for what people
 * do all day, so that nobody adds one without noticing.
 *
 * Whoever saves one writes the smaller number here.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

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
    check("approve", 17);
}
END_TEST

START_TEST(a_read_takes_few_statements)
{
    int64_t id = test_note(&t, ann, "One");

    before = n_run();
    test_ok(&t, weft_document_get(ann, id));
    check("get", 4);
    before = n_run();
    test_ok(&t, weft_document_get(ann, id));
    check("get again", WF_SANITIZED ? 4 : 2); /* there it is proven */
}
END_TEST

START_TEST(a_list_takes_as_many_statements_for_many_as_for_one)
{
    before = n_run();
    test_ok(&t, weft_document_list(ann, NULL, 0));
    check("list of one", 6);
    for (int i = 0; i < 20; i++)
        test_note(&t, ann, "More");
    before = n_run();
    test_ok(&t, weft_document_list(ann, NULL, 0));
    check("list of many", 4);
}
END_TEST

/* How often the writer waited for PostgreSQL in `what`, at most so often. */
static void check_trips(const char *what, int64_t since, int64_t most)
{
    int64_t n = wf_db_trips(wf_store_writer(t.engine->store)) - since;

    printf("PostgreSQL: %s waits %d times\n", what, (int)n);
    ck_assert_int_gt(n, 0);
    ck_assert_int_le(n, most);
}

START_TEST(little_is_waited_for)
{
    struct wf_db *db = wf_store_writer(t.engine->store);
    int64_t since = wf_db_trips(db), id = test_note(&t, ann, "One");

    check_trips("a create", since, 7);
    test_ok(&t, weft_run(weft_document_act(ann, id, "submit", NULL, 0, NULL)));
    since = wf_db_trips(db);
    test_ok(&t,
            weft_run(weft_document_act(lead, id, "approve", NULL, 0, NULL)));
    check_trips("an approval", since, 13);
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
    if (test_is_pg())
        tcase_add_test(tc, little_is_waited_for);
    return tc;
}
