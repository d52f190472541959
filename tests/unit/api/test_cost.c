/* unit/api/test_cost.c - what commands and questions cost in statements: the
 * numbers may fall, and rise only on purpose.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "api/engine.h"
#include "suite.h"
#include "support/engine.h"

enum {
    CREATE_MAX = 20,
    N_CREATES = 50
};

static struct test_engine t;
static weft_session *ann;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
}

static void teardown(void)
{
    weft_session_free(ann);
    test_engine_close(&t);
}

/* By whichever of its connections: on PostgreSQL there are several. */
static int64_t written(void)
{
    struct wf_writer_stats stats;

    wf_writer_stats(t.engine->writer, &stats);
    return stats.n_statements;
}

START_TEST(a_create_costs_few_statements_whatever_is_there)
{
    int64_t first, last = 0;

    test_note(&t, ann, "Warm");
    first = written();
    test_note(&t, ann, "First");
    first = written() - first;
    for (int i = 0; i < N_CREATES; i++) {
        last = written();
        test_note(&t, ann, "More");
        last = written() - last;
    }

    printf("a create: %lld statements\n", (long long)last);
    ck_assert_int_eq(first, last);
    ck_assert_int_le(last, CREATE_MAX);
}
END_TEST

START_TEST(a_key_costs_three_statements_more)
{
    static const char body[] = "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}";
    weft_how how = { NULL, "key" };
    int64_t plain, keyed;

    test_note(&t, ann, "Warm");
    plain = written();
    test_note(&t, ann, "Plain");
    plain = written() - plain;
    keyed = written();
    test_ok(&t, weft_run(weft_document_create(ann, body, strlen(body), &how)));
    keyed = written() - keyed;

    ck_assert_int_le(keyed, plain + 3);
}
END_TEST

TCase *cost_tests(void)
{
    TCase *tc = tcase_create("api/cost");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_create_costs_few_statements_whatever_is_there);
    tcase_add_test(tc, a_key_costs_three_statements_more);
    return tc;
}
