/* fault/test_database.c - the database goes away under two nodes at work: its
 * connections are cut, it is killed and started again, a replica takes its
 * place. Clients repeat what had no answer, as clients do: nothing that was
 * answered is lost, nothing is done twice, and whoever has to wait is told so.
 *
 * The cluster is this test's own, two for the replica. Only on PostgreSQL.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "api/engine.h"
#include "base/clock.h"
#include "suite.h"
#include "support/memory.h"
#include "support/store.h"

enum {
    N_NODES = 2,
    N_CLIENTS = 6,
    N_TURNS = 5000, /* of a client; it ends long before */
    PATIENCE_MS = 60000,
    N_STAGES = 4
};

static const char *const kinds[N_STAGES] = { "create", "patch", "submit",
                                             "approve" };

struct client {
    int number, n_turns; /* the last may be half done */
    int64_t made[N_TURNS];
    int64_t answered; /* stages, all together */
    pthread_t thread;
};

static char first[64], second[64], url[TEST_PATH];
static struct test_engine nodes[N_NODES];
static struct client clients[N_CLIENTS];
static atomic_int n_answered, n_turned_away;
static atomic_bool stopping;
static _Atomic(const char *) strange;

/* --- The clusters */

static void shell(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
static void shell(const char *format, ...)
{
    char command[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    ck_assert_msg(system(command) == 0, "%s", command);
}

static void cluster(const char *verb, const char *folder, const char *more)
{
    shell("tests/support/postgres %s %s %s >/dev/null 2>%s.said", verb, folder,
          more, folder);
}

/* Cuts all connections but its own. */
static void cut(const char *folder)
{
    shell("psql -qAt 'postgresql:///postgres?host=%s&user=weft' -c 'SELECT"
          " count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE"
          " application_name = $$weft$$' >/dev/null",
          folder);
}

/* In the process that outlives a test that failed. */
static void name_clusters(void)
{
    snprintf(first, sizeof first, "/tmp/weft-pg-a-%d", (int)getpid());
    snprintf(second, sizeof second, "/tmp/weft-pg-b-%d", (int)getpid());
    snprintf(url, sizeof url,
             "postgresql:///postgres?host=%s,%s&user=weft"
             "&options=-csearch_path%%3Dstore",
             first, second);
}

static void drop_clusters(void)
{
    cluster("drop", first, "");
    cluster("drop", second, "");
    shell("rm -f %s.said %s.said", first, second);
}

static void setup(void)
{
    drop_clusters();
    cluster("start", first, "fsync=on");
    for (int i = 0; i < N_NODES; i++)
        test_engine_open_at(&nodes[i], url);
    test_engine_fill(&nodes[0]);
    atomic_store(&n_answered, 0);
    atomic_store(&n_turned_away, 0);
    atomic_store(&stopping, false);
    atomic_store(&strange, NULL);
}

static void teardown(void)
{
    for (int i = 0; i < N_NODES; i++)
        test_engine_close(&nodes[i]);
}

/* --- The clients */

static weft_reply *ask(weft_session *const who[2], const struct client *c,
                       int stage)
{
    int64_t id = c->made[c->n_turns];
    char key[48];

    snprintf(key, sizeof key, "c%d-t%d-s%d", c->number, c->n_turns, stage);
    switch (stage) {
    case 0:
        return fault_create(who[0], key,
                            "{\"form\":\"note\",\"data\":{\"title\":\"%s\"}}",
                            key);
    case 1:
        return fault_patch(who[0], id, NULL, "{\"data\":{\"amount\":7}}");
    default:
        return fault_act(who[stage - 2], id, kinds[stage], key);
    }
}

/* A failure that is none of the client's is "busy", and says when to come
 * again. */
static bool is_moment(const weft_error *failure)
{
    if (failure->code == WEFT_E_BUSY && failure->retry_after_s > 0)
        return true;
    atomic_store(&strange, strdup(failure->text));
    return false;
}

/* Until it is answered; false if that was a refusal. */
static bool insist(weft_session *const who[2], struct client *c, int stage)
{
    static const struct timespec pause = { 0, 5000000 };

    for (int64_t until = wf_monotonic_ms() + PATIENCE_MS;
         wf_monotonic_ms() < until;) {
        weft_reply *reply = ask(who, c, stage);
        const weft_error *failure = weft_reply_error(reply);
        bool done = !failure, again = failure && is_moment(failure);

        if (done && stage == 0)
            c->made[c->n_turns] = weft_reply_id(reply);
        weft_reply_free(reply);
        if (!again)
            return done;
        atomic_fetch_add(&n_turned_away, 1);
        nanosleep(&pause, NULL);
    }
    atomic_store(&strange, "it never came back");
    return false;
}

static void *work(void *self)
{
    struct client *c = self;
    struct test_engine *t = &nodes[c->number % N_NODES];
    weft_session *who[] = { test_session(t, "ann"), test_session(t, "lead") };
    bool well = true;

    while (well && !atomic_load(&stopping) && c->n_turns < N_TURNS) {
        for (int stage = 0; well && stage < N_STAGES; stage++) {
            well = insist(who, c, stage);
            atomic_fetch_add(&n_answered, 1);
        }
        c->n_turns++;
    }
    weft_session_free(who[0]);
    weft_session_free(who[1]);
    return NULL;
}

static void begin_work(void)
{
    for (int i = 0; i < N_CLIENTS; i++) {
        clients[i] = (struct client){ .number = i };
        ck_assert_int_eq(
            pthread_create(&clients[i].thread, NULL, work, &clients[i]), 0);
    }
}

/* Lets the clients get `n` answers more. */
static void let_work(int n)
{
    static const struct timespec look = { 0, 2000000 };
    int until = atomic_load(&n_answered) + n;

    while (atomic_load(&n_answered) < until && !atomic_load(&strange))
        nanosleep(&look, NULL);
    ck_assert_msg(!atomic_load(&strange), "%s", atomic_load(&strange));
}

/* All that was answered is there, and once. */
static void end_work(const char *what)
{
    int64_t n_documents = 0;

    atomic_store(&stopping, true);
    for (int i = 0; i < N_CLIENTS; i++)
        pthread_join(clients[i].thread, NULL);
    ck_assert_msg(!atomic_load(&strange), "%s", atomic_load(&strange));
    for (int i = 0; i < N_CLIENTS; i++) {
        n_documents += clients[i].n_turns;
        for (int k = 0; k < clients[i].n_turns; k++) {
            ck_assert_int_eq(
                fault_events(&nodes[0], clients[i].made[k], "create"), 1);
            ck_assert_int_eq(
                fault_events(&nodes[0], clients[i].made[k], "submit"), 1);
            ck_assert_int_eq(
                fault_events(&nodes[0], clients[i].made[k], "approve"), 1);
        }
    }
    printf("%s: %d answers, %d times told to wait, %" PRId64 " documents\n",
           what, atomic_load(&n_answered), atomic_load(&n_turned_away),
           n_documents);
    ck_assert_int_eq(fault_count(&nodes[1], nodes[1].system, "note"),
                     n_documents);
    fault_verify(&nodes[0]);
}

/* --- What happens to it */

START_TEST(connections_that_are_cut_cost_nothing)
{
    begin_work();
    for (int i = 0; i < 8; i++) {
        let_work(30);
        cut(first);
    }
    let_work(30);
    end_work("connections cut");
}
END_TEST

START_TEST(a_database_that_is_killed_and_started_again_costs_nothing)
{
    begin_work();
    for (int i = 0; i < 3; i++) {
        let_work(60);
        cluster("stop", first, "-m immediate");
        cluster("start", first, "fsync=on");
    }
    let_work(60);
    end_work("database killed");
}
END_TEST

START_TEST(a_replica_takes_over_with_all_that_was_answered)
{
    cluster("follow", second, first);
    begin_work();
    let_work(100);
    cluster("stop", first, "-m immediate");
    cluster("promote", second, "");
    let_work(100);
    end_work("replica promoted");
}
END_TEST

TCase *database_tests(void)
{
    TCase *tc = tcase_create("fault/database");

    tcase_set_timeout(tc, 300);
    if (test_is_pg()) {
        tcase_add_unchecked_fixture(tc, name_clusters, drop_clusters);
        tcase_add_checked_fixture(tc, setup, teardown);
        tcase_add_test(tc, connections_that_are_cut_cost_nothing);
        tcase_add_test(
            tc, a_database_that_is_killed_and_started_again_costs_nothing);
        tcase_add_test(tc, a_replica_takes_over_with_all_that_was_answered);
    }
    return tc;
}
