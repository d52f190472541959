/* fault/test_again.c - many clients on two nodes: how often a command has to be
 * run again because another was in its way, and that nobody hears of it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#include "api/engine.h"
#include "base/macros.h"
#include "store/driver.h"
#include "suite.h"
#include "support/store.h"

enum {
    N_NODES = 2,
    N_CLIENTS = 32,
    N_WALKS = 20,
    N_MADE = 40,
    N_CHANGES = 30,
    N_BRANCHES = 4
};

static struct test_engine nodes[N_NODES];
static char url[TEST_PATH];
static atomic_int n_refused;
static bool all_trust; /* in having nobody in their way */

static void setup(void)
{
    test_place_make(url);
    for (int i = 0; i < N_NODES; i++)
        test_engine_open_at(&nodes[i], url);
    test_engine_fill(&nodes[0]);
    atomic_store(&n_refused, 0);
    all_trust = false;
}

static void teardown(void)
{
    for (int i = 0; i < N_NODES; i++)
        test_engine_close(&nodes[i]);
    test_place_remove(url);
}

/* What the writers of all nodes have done so far. */
static struct wf_writer_stats done_so_far(void)
{
    struct wf_writer_stats all = { .n_work = 0 };

    for (int i = 0; i < N_NODES; i++) {
        struct wf_writer_stats one;

        wf_writer_stats(nodes[i].engine->writer, &one);
        all.n_work += one.n_work;
        all.n_again += one.n_again;
    }
    return all;
}

/* Lets all clients do `body`; nobody is refused, and of a hundred commands
 * fewer than `percent` are run again. */
static void crowd(const char *what, void *(*body)(void *), int percent)
{
    pthread_t threads[N_CLIENTS];
    struct wf_writer_stats before = done_so_far(), after;
    int64_t n_work, n_again;

    for (intptr_t i = 0; i < N_CLIENTS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, body, (void *)i), 0);
    for (int i = 0; i < N_CLIENTS; i++)
        pthread_join(threads[i], NULL);
    after = done_so_far();
    n_work = after.n_work - before.n_work;
    n_again = after.n_again - before.n_again;

    printf("%s, %d clients on two nodes: %lld commands, %lld run again\n", what,
           N_CLIENTS, (long long)n_work, (long long)n_again);
    ck_assert_int_eq(atomic_load(&n_refused), 0);
    ck_assert_int_lt(100 * n_again, percent * n_work);
    fault_verify(&nodes[0]);
}

static int64_t take(weft_reply *reply)
{
    int64_t id = weft_reply_id(reply);

    if (weft_reply_error(reply))
        atomic_fetch_add(&n_refused, 1);
    weft_reply_free(reply);
    return id;
}

/* --- Separate documents */

static void *walk_own(void *self)
{
    struct test_engine *t = &nodes[(intptr_t)self % N_NODES];
    weft_session *who[] = { test_session(t, "ann"), test_session(t, "lead") };

    for (int i = 0; i < N_WALKS; i++) {
        int64_t id = take(fault_create(
            who[0], NULL, "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}"));

        take(fault_patch(who[0], id, NULL, "{\"data\":{\"amount\":7}}"));
        take(fault_act(who[0], id, "submit", NULL));
        take(fault_act(who[1], id, "approve", NULL));
    }
    weft_session_free(who[0]);
    weft_session_free(who[1]);
    return NULL;
}

START_TEST(separate_documents_are_not_in_each_others_way)
{
    crowd("separate documents", walk_own, 1);
}
END_TEST

static void *make_own(void *self)
{
    struct test_engine *t = &nodes[(intptr_t)self % N_NODES];
    weft_session *ann = test_session(t, "ann");

    for (int i = 0; i < N_MADE; i++) {
        if (all_trust)
            atomic_store(&t->engine->store->trust, INT_MAX - N_MADE);
        take(fault_create(ann, NULL,
                          "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}"));
    }
    weft_session_free(ann);
    return NULL;
}

/* Not even if they run all at once, as nodes do that have learnt so. What they
 * read lies apart the better, the more of it there is. */
START_TEST(who_makes_documents_is_in_nobodys_way)
{
    crowd("the first documents", make_own, 1);
    all_trust = true;
    crowd("new documents, all at once", make_own, 5);
}
END_TEST

/* --- One tree */

static const char GOAL[] =
    "<form xmlns='urn:weft:1' id='goal' label='Goal' title='{title}'><fields>"
    "<field id='title' type='text' label='Title'/>"
    "<field id='parent' type='link' form='goal' label='Above'/>"
    "<field id='done' type='number' label='Done'/>"
    "<rollup field='done' of='goal' via='parent' fn='sum' "
    "value='done'/></fields>"
    "<workflow start='open'><step id='open' label='Open' by='creator'"
    " edit='*'><action id='close' label='Close' to='end'/></step>"
    "<end id='end' label='End'/></workflow>"
    "<access><create by='everyone'/></access></form>";

static int64_t leaves[N_CLIENTS], the_top;

static int64_t make_goal(int node, int64_t above)
{
    weft_session *ann = test_session(&nodes[node], "ann");
    int64_t id = take(
        above ? fault_create(
            ann, NULL, "{\"form\":\"goal\",\"data\":{\"parent\":\"%lld\"}}",
            (long long)above)
              : fault_create(ann, NULL, "{\"form\":\"goal\",\"data\":{}}"));

    weft_session_free(ann);
    return id;
}

static void *make_leaf(void *self)
{
    int node = (int)((intptr_t)self % N_NODES);

    for (int i = 0; i < N_WALKS; i++)
        leaves[(intptr_t)self] = make_goal(node, the_top);
    return NULL;
}

static void *report(void *self)
{
    weft_session *ann = test_session(&nodes[(intptr_t)self % N_NODES], "ann");

    for (int i = 1; i <= N_CHANGES; i++)
        take(fault_patch(ann, leaves[(intptr_t)self], NULL,
                         "{\"data\":{\"done\":%d}}", i));
    weft_session_free(ann);
    return NULL;
}

static double done_of(int64_t id)
{
    struct wf_json *doc =
        test_ok(&nodes[1], weft_document_get(nodes[1].system, id));

    return wf_json_num(wf_json_get(wf_json_get(doc, "data"), "done"), -1);
}

START_TEST(leaves_of_one_tree_follow_one_another)
{
    int64_t branches[N_BRANCHES];

    test_deploy(&nodes[0], "goal.form.xml", GOAL);
    the_top = make_goal(0, 0);
    for (int i = 0; i < N_BRANCHES; i++)
        branches[i] = make_goal(0, the_top);
    for (int i = 0; i < N_CLIENTS; i++)
        leaves[i] = make_goal(i % N_NODES, branches[i % N_BRANCHES]);

    crowd("leaves of one tree", report, 20);

    ck_assert_double_eq(done_of(the_top), N_CLIENTS * N_CHANGES);
}
END_TEST

START_TEST(new_leaves_of_one_tree_follow_one_another)
{
    test_deploy(&nodes[0], "goal.form.xml", GOAL);
    the_top = make_goal(0, 0);

    crowd("new leaves of one tree", make_leaf, 20);
}
END_TEST

TCase *again_tests(void)
{
    TCase *tc = tcase_create("fault/again");

    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, separate_documents_are_not_in_each_others_way);
    tcase_add_test(tc, who_makes_documents_is_in_nobodys_way);
    tcase_add_test(tc, leaves_of_one_tree_follow_one_another);
    tcase_add_test(tc, new_leaves_of_one_tree_follow_one_another);
    return tc;
}
