/* fault/test_nodes.c - several engines on one store, as servers are behind a
 * load balancer: what one does is live on the others, and nothing is done
 * twice. On SQLite they are processes beside one another.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "api/engine.h"
#include "store/notify.h"
#include "suite.h"
#include "support/memory.h"
#include "support/store.h"

enum {
    N_NODES = 5,
    N_ACTS = 8,
    N_JOBS = 12,
    PATIENCE_S = 20
};

static struct test_engine nodes[N_NODES];
static char url[TEST_PATH];
static int64_t the_document;
static atomic_int n_done, n_strange;

static void setup(void)
{
    test_place_make(url);
    for (int i = 0; i < N_NODES; i++)
        test_engine_open_at(&nodes[i], url);
    test_engine_fill(&nodes[0]);
    atomic_store(&n_done, 0);
    atomic_store(&n_strange, 0);
}

static void teardown(void)
{
    for (int i = 0; i < N_NODES; i++)
        test_engine_close(&nodes[i]);
    test_place_remove(url);
}

static void run_threads(void *(*body)(void *), int n)
{
    pthread_t threads[N_ACTS];

    for (intptr_t i = 0; i < n; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, body, (void *)i), 0);
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
}

static void act(int node, const char *login, const char *action)
{
    weft_session *session = test_session(&nodes[node], login);

    test_ok(&nodes[node], fault_act(session, the_document, action, NULL));
    weft_session_free(session);
}

static void make_note(int node)
{
    weft_session *ann = test_session(&nodes[node], "ann");

    the_document = test_note(&nodes[node], ann, "One");
    weft_session_free(ann);
}

START_TEST(a_deploy_on_one_is_live_on_the_others)
{
    static const char XML[] =
        "<form xmlns='urn:weft:1' id='memo' label='Memo' title='{title}'>"
        "<fields><field id='title' type='text' label='Title'/></fields>"
        "<workflow start='draft'><step id='draft' label='Draft' by='creator'"
        " edit='*'><action id='close' label='Close' to='done'/></step>"
        "<end id='done' label='Done'/></workflow>"
        "<access><create by='everyone'/></access></form>";
    weft_session *ann = test_session(&nodes[1], "ann");

    test_refused(&nodes[1],
                 fault_create(ann, NULL, "{\"form\":\"memo\",\"data\":{}}"),
                 WEFT_E_NOTFOUND);
    test_deploy(&nodes[0], "memo.form.xml", XML);

    test_ok(&nodes[1],
            fault_create(ann, NULL, "{\"form\":\"memo\",\"data\":{}}"));
    weft_session_free(ann);
}
END_TEST

/* The kinds of events of the document, as node 0 lists them. */
static const char *story(int64_t document)
{
    weft_session *ann = test_session(&nodes[0], "ann");
    struct wf_buf kinds = WF_BUF_INIT(nodes[0].arena);
    const struct wf_json *items = wf_json_get(
        test_ok(&nodes[0], weft_document_history(ann, document, NULL, 0)),
        "items");

    for (size_t i = 0; i < wf_json_len(items); i++)
        wf_buf_printf(&kinds, "%s ", test_text(items->u.array.at[i], "kind"));
    weft_session_free(ann);
    return wf_buf_text(&kinds);
}

START_TEST(what_came_first_is_told_first_whatever_the_clocks_say)
{
    nodes[1].now -= 3600000;
    make_note(0);
    act(1, "ann", "submit");
    act(0, "ann", "withdraw");
    act(1, "ann", "submit");

    act(1, "lead", "approve");

    ck_assert_str_eq(story(the_document),
                     "create submit withdraw submit approve ");
}
END_TEST

/* --- What one does is heard on the others. */

struct ear {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int n, n_missed;
    struct wf_listener *listener;
};

static void hear(void *self, const char *payload)
{
    struct ear *ear = self;

    pthread_mutex_lock(&ear->lock);
    ear->n += payload != NULL;
    ear->n_missed += payload == NULL;
    pthread_cond_signal(&ear->changed);
    pthread_mutex_unlock(&ear->lock);
}

static void await(struct ear *ear, const int *count, int n)
{
    struct timespec until;
    int rc = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    pthread_mutex_lock(&ear->lock);
    while (*count < n && rc == 0)
        rc = pthread_cond_timedwait(&ear->changed, &ear->lock, &until);
    pthread_mutex_unlock(&ear->lock);
    ck_assert_int_eq(rc, 0);
}

static void listen_to(struct ear *ear, const char *channel)
{
    weft_error err = WEFT_ERROR_INIT;

    *ear = (struct ear){ .n = 0 };
    pthread_mutex_init(&ear->lock, NULL);
    pthread_cond_init(&ear->changed, NULL);
    ck_assert(wf_listen_begin(nodes[1].engine->store, channel, hear, ear,
                              &ear->listener, &err));
}

START_TEST(deploys_settings_and_sign_outs_are_heard)
{
    static const char setting[] = "{\"package\":\"weft\","
                                  "\"id\":\"session-idle-minutes\","
                                  "\"value\":10}";
    struct ear definitions, sessions, settings;
    weft_session *ann = test_session(&nodes[0], "ann");

    listen_to(&definitions, "definition");
    listen_to(&settings, "setting");
    listen_to(&sessions, "session");
    await(&sessions, &sessions.n_missed, 1); /* the connection is there */
    test_deploy(
        &nodes[0], "note.form.xml",
        wf_arena_printf(nodes[0].arena, "%s<!-- again -->", test_note_xml));
    await(&definitions, &definitions.n, 1);
    test_ok(&nodes[0], weft_run(weft_setting_set(nodes[0].system, setting,
                                                 strlen(setting))));
    await(&settings, &settings.n, 1);
    test_ok(&nodes[0], weft_run(weft_session_end(ann, NULL, NULL)));
    await(&sessions, &sessions.n, 1);

    wf_listen_end(definitions.listener);
    wf_listen_end(settings.listener);
    wf_listen_end(sessions.listener);
    weft_session_free(ann);
}
END_TEST

START_TEST(a_chain_crosses_nodes)
{
    make_note(0);
    act(1, "ann", "submit");
    act(2, "lead", "approve");

    ck_assert_str_eq(
        test_text(test_ok(&nodes[3],
                          weft_document_get(nodes[3].system, the_document)),
                  "state"),
        "done");
    fault_verify(&nodes[4]);
}
END_TEST

static void *approve(void *self)
{
    struct test_engine *t = &nodes[(intptr_t)self % N_NODES];
    weft_session *lead = test_session(t, "lead");
    weft_reply *reply = fault_act(lead, the_document, "approve", NULL);
    const weft_error *failure = weft_reply_error(reply);

    if (!failure)
        atomic_fetch_add(&n_done, 1);
    else if (failure->code == WEFT_E_BUSY || failure->code == WEFT_E_INTERNAL)
        atomic_fetch_add(&n_strange, 1);
    weft_reply_free(reply);
    weft_session_free(lead);
    return NULL;
}

START_TEST(eight_approvals_at_once_count_once)
{
    for (int round = 0; round < 5; round++) {
        make_note(0);
        act(0, "ann", "submit");
        atomic_store(&n_done, 0);
        run_threads(approve, N_ACTS);

        ck_assert_int_eq(atomic_load(&n_done), 1);
        ck_assert_int_eq(atomic_load(&n_strange), 0);
        ck_assert_int_eq(fault_events(&nodes[0], the_document, "approve"), 1);
    }
    fault_verify(&nodes[0]);
}
END_TEST

/* A store that a newer build has upgraded, under the feet of the nodes of the
 * build before: they go on, and one more of them can start. */
START_TEST(a_node_of_the_build_before_goes_on_working)
{
    struct wf_store *newer = test_store_at(url);
    struct wf_db *db = wf_store_writer(newer);
    struct test_engine older;

    make_note(0);
    test_run(db, "ALTER TABLE document ADD COLUMN later INTEGER"
                 " NOT NULL DEFAULT 0");
    test_run(db, "CREATE TABLE later (id INTEGER PRIMARY KEY)");
    test_run(db, "INSERT INTO applied (name, hash, at)"
                 " VALUES ('sql/9999_later.sql', '+later', 0)");
    wf_store_close(newer);

    act(0, "ann", "submit");
    act(1, "lead", "approve");
    test_engine_open_at(&older, url);
    fault_verify(&older);
    test_engine_close(&older);
}
END_TEST

/* --- Jobs. */

static void *tick(void *self)
{
    struct test_engine *t = &nodes[(intptr_t)self];
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired = 0;

    if (!weft_engine_tick(t->engine, 0, &fired, &err))
        atomic_fetch_add(&n_strange, 1);
    atomic_fetch_add(&n_done, (int)fired);
    return NULL;
}

static void deploy_hooks(void)
{
    static const char LUA[] =
        "function after_submit(doc) doc.amount = (doc.amount or 0) + 1 end\n";
    struct test_engine *t = &nodes[0];
    const char *end = strstr(test_note_xml, "</form>");
    const char *xml =
        wf_arena_printf(t->arena, "%.*s<hooks src=\"note.lua\"/></form>",
                        (int)(end - test_note_xml), test_note_xml);
    weft_file files[] = { { "note.form.xml", xml, strlen(xml) },
                          { "note.lua", LUA, strlen(LUA) } };
    weft_deploy what = { files, 2, NULL, NULL, NULL };

    test_ok(t, weft_run(weft_deploy_run(t->system, &what)));
}

static double amount_of(int64_t id)
{
    struct wf_json *doc =
        test_ok(&nodes[1], weft_document_get(nodes[1].system, id));

    return wf_json_num(wf_json_get(wf_json_get(doc, "data"), "amount"), -1);
}

START_TEST(a_job_is_done_once_however_many_nodes_there_are)
{
    static const int counts[] = { 1, 2, N_NODES };
    int64_t made[N_JOBS];

    deploy_hooks();
    for (int at = 0; at < 3; at++) {
        atomic_store(&n_done, 0);
        for (int i = 0; i < N_JOBS; i++) {
            make_note(i % N_NODES);
            made[i] = the_document;
            act(i % N_NODES, "ann", "submit");
        }
        run_threads(tick, counts[at]);

        ck_assert_int_eq(atomic_load(&n_strange), 0);
        ck_assert_int_eq(atomic_load(&n_done), N_JOBS);
        for (int i = 0; i < N_JOBS; i++)
            ck_assert_double_eq(amount_of(made[i]), 1);
    }
}
END_TEST

static const char PAUSE[] =
    "<form xmlns='urn:weft:1' id='pause' label='Pause'>"
    "<fields><field id='n' type='number' label='N'/></fields>"
    "<workflow start='pause'>"
    "<wait id='pause' label='Pause' until='30min' next='done'/>"
    "<end id='done' label='Done'/></workflow>"
    "<access><create by='everyone'/><grant to='everyone' rights='read'/>"
    "</access></form>";

static int64_t make_pause(int node)
{
    weft_session *ann = test_session(&nodes[node], "ann");
    weft_reply *made =
        fault_create(ann, NULL, "{\"form\":\"pause\",\"data\":{}}");
    int64_t id = weft_reply_id(made);

    test_ok(&nodes[node], made);
    weft_session_free(ann);
    return id;
}

/* One that fired twice would be counted twice, and leave two events. */
START_TEST(a_timer_fires_once_however_many_nodes_there_are)
{
    static const int counts[] = { 1, 2, N_NODES };
    int64_t made[N_JOBS];

    test_deploy(&nodes[0], "pause.form.xml", PAUSE);
    for (int at = 0; at < 3; at++) {
        atomic_store(&n_done, 0);
        for (int i = 0; i < N_JOBS; i++)
            made[i] = make_pause(i % N_NODES);
        for (int i = 0; i < N_NODES; i++)
            nodes[i].now += 31 * 60000;
        run_threads(tick, counts[at]);

        ck_assert_int_eq(atomic_load(&n_strange), 0);
        ck_assert_int_eq(atomic_load(&n_done), N_JOBS);
        for (int i = 0; i < N_JOBS; i++) {
            struct wf_json *doc =
                test_ok(&nodes[1], weft_document_get(nodes[1].system, made[i]));

            ck_assert_str_eq(test_text(doc, "state"), "done");
            ck_assert_int_eq(fault_events(&nodes[0], made[i], "wait"), 1);
        }
    }
    fault_verify(&nodes[0]);
}
END_TEST

TCase *nodes_tests(void)
{
    TCase *tc = tcase_create("fault/nodes");

    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_deploy_on_one_is_live_on_the_others);
    if (test_is_pg())
        tcase_add_test(tc, deploys_settings_and_sign_outs_are_heard);
    tcase_add_test(tc, a_chain_crosses_nodes);
    tcase_add_test(tc, what_came_first_is_told_first_whatever_the_clocks_say);
    tcase_add_test(tc, eight_approvals_at_once_count_once);
    tcase_add_test(tc, a_node_of_the_build_before_goes_on_working);
    tcase_add_test(tc, a_job_is_done_once_however_many_nodes_there_are);
    tcase_add_test(tc, a_timer_fires_once_however_many_nodes_there_are);
    return tc;
}
