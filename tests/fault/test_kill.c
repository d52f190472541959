/* fault/test_kill.c - the process is killed in the middle of its work, again
 * and again: what it acknowledged is there, all of it, once.
 *
 * A child keeps a store busy with four threads. Before and after each command
 * it writes a record into a pipe; what stands there when it is killed is what
 * a client would know. The parent opens the store, holds it against the
 * records, and sends what had no answer a second time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "suite.h"
#include "support/store.h"

enum {
    N_CLIENTS = 4,
    N_RECORDS = 4000, /* a round ends long before */
    ROUNDS = 10,
    ROUNDS_LONG = 200
};

/* What a client asks for, in its order, and what came back. */
enum stage {
    CREATE,
    PATCH,
    SUBMIT,
    APPROVE,
    N_STAGES
};

struct record {
    enum stage stage;
    bool answered;
    int client, turn;
    int64_t id;
};

struct client {
    struct test_engine *t;
    int number, out;
};

static void tell(const struct client *client, struct record record)
{
    record.client = client->number;
    if (write(client->out, &record, sizeof record) != sizeof record)
        _exit(1);
}

static void key_of(char key[48], int round, int client, int turn, int stage)
{
    snprintf(key, 48, "r%d-c%d-t%d-s%d", round, client, turn, stage);
}

/* --- The child */

static int round_now;

static weft_reply *ask(weft_session *const who[2], const struct record *want)
{
    char key[48], title[48];

    key_of(key, round_now, want->client, want->turn, (int)want->stage);
    key_of(title, round_now, want->client, want->turn, 0);
    switch (want->stage) {
    case CREATE:
        return fault_create(who[0], key,
                            "{\"form\":\"note\",\"data\":{\"title\":\"%s\"}}",
                            title);
    case PATCH:
        return fault_patch(who[0], want->id, NULL, "{\"data\":{\"amount\":7}}");
    case SUBMIT:
        return fault_act(who[0], want->id, "submit", key);
    default:
        return fault_act(who[1], want->id, "approve", key);
    }
}

static void *work(void *self)
{
    const struct client *client = self;
    weft_error err = WEFT_ERROR_INIT;
    weft_session *who[2];

    if (!weft_session_as(client->t->engine, "ann", "en", &who[0], &err)
        || !weft_session_as(client->t->engine, "lead", "en", &who[1], &err))
        _exit(2);
    for (int turn = 0;; turn++) {
        struct record record = { .turn = turn, .client = client->number };

        for (int stage = CREATE; stage < N_STAGES; stage++) {
            record.stage = (enum stage)stage;
            record.answered = false;
            tell(client, record);
            weft_reply *reply = ask(who, &record);
            if (weft_reply_error(reply))
                _exit(3);
            if (stage == CREATE)
                record.id = weft_reply_id(reply);
            weft_reply_free(reply);
            record.answered = true;
            tell(client, record);
        }
    }
    return NULL;
}

static void be_busy(const char *path, int out)
{
    struct client clients[N_CLIENTS];
    struct test_engine t;
    pthread_t thread;

    test_engine_open_at(&t, path);
    for (int i = 0; i < N_CLIENTS; i++) {
        clients[i] = (struct client){ &t, i, out };
        if (pthread_create(&thread, NULL, work, &clients[i]) != 0)
            _exit(4);
    }
    pthread_join(thread, NULL);
}

/* --- The parent */

static struct record records[N_RECORDS];

/* Lets the child write `n` records, waits a moment of up to 2 ms, kills it and
 * reads what else it had written. The number of all records. */
static int kill_after(pid_t child, int in, int n, uint64_t *seed)
{
    struct timespec moment = { 0, (long)fault_random(seed, 2000000) };
    int status, n_read = 0;

    while (n_read < n
           && read(in, &records[n_read], sizeof records[0])
                  == sizeof records[0])
        n_read++;
    nanosleep(&moment, NULL);
    kill(child, SIGKILL);
    while (n_read < N_RECORDS
           && read(in, &records[n_read], sizeof records[0])
                  == sizeof records[0])
        n_read++;
    waitpid(child, &status, 0);
    ck_assert_msg(WIFSIGNALED(status), "the child ended by itself: %d",
                  WEXITSTATUS(status));
    return n_read;
}

/* The last that each client said about each of its turns is enough: stages
 * come in order. */
static bool is_last(int at, int n)
{
    for (int i = at + 1; i < n; i++) {
        if (records[i].client == records[at].client
            && records[i].turn == records[at].turn)
            return false;
    }
    return true;
}

static void check_kept(struct test_engine *t, const struct record *r)
{
    int kept = (int)r->stage - (r->answered ? 0 : 1);
    struct wf_json *doc, *data;
    char title[48];

    if (kept < CREATE)
        return;
    doc = test_ok(t, weft_document_get(t->system, r->id));
    data = wf_json_get(doc, "data");
    key_of(title, round_now, r->client, r->turn, 0);
    ck_assert_str_eq(test_text(data, "title"), title);
    if (kept >= PATCH)
        ck_assert_double_eq(wf_json_num(wf_json_get(data, "double"), 0), 14);
    if (kept >= SUBMIT)
        ck_assert_str_ne(test_text(doc, "step"), "draft");
    if (kept >= APPROVE)
        ck_assert_str_eq(test_text(doc, "state"), "done");
}

/* Sends the last request of a turn again, as a client does who has no answer,
 * or who lost it: it has one effect. */
static void send_again(struct test_engine *t, weft_session *const who[2],
                       const struct record *r)
{
    static const char *const kinds[] = { "create", NULL, "submit", "approve" };
    weft_reply *reply = ask(who, r);
    int64_t id = weft_reply_id(reply);

    if (r->answered && kinds[r->stage])
        ck_assert(weft_reply_is_repeat(reply));
    if (r->stage != CREATE)
        id = r->id;
    else if (r->answered)
        ck_assert_int_eq(id, r->id);
    test_ok(t, reply);
    if (kinds[r->stage])
        ck_assert_int_eq(fault_events(t, id, kinds[r->stage]), 1);
}

/* How many turns were begun: each made one document, by now at least. */
static int check_round(const char *path, int n)
{
    struct test_engine t;
    weft_session *who[2];
    int n_turns = 0;

    test_engine_open_at(&t, path);
    fault_verify(&t);
    who[0] = test_session(&t, "ann");
    who[1] = test_session(&t, "lead");
    for (int i = 0; i < n; i++) {
        if (!is_last(i, n))
            continue;
        n_turns++;
        check_kept(&t, &records[i]);
        send_again(&t, who, &records[i]);
    }
    fault_verify(&t);
    weft_session_free(who[0]);
    weft_session_free(who[1]);
    test_engine_close(&t);
    return n_turns;
}

static bool was_in_flight(int n)
{
    for (int i = 0; i < n; i++) {
        if (!records[i].answered && is_last(i, n))
            return true;
    }
    return false;
}

/* One round; false if nothing was in flight when the child died. */
static bool kill_once(const char *path, uint64_t *seed, int64_t *n_documents)
{
    int pipes[2], n;
    pid_t child;

    ck_assert_int_eq(pipe(pipes), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        close(pipes[0]);
        be_busy(path, pipes[1]);
        _exit(5);
    }
    close(pipes[1]);
    n = kill_after(child, pipes[0], 1 + (int)fault_random(seed, 150), seed);
    close(pipes[0]);
    *n_documents += check_round(path, n);
    return was_in_flight(n);
}

static int64_t count_all(const char *path)
{
    struct test_engine t;
    int64_t n;

    test_engine_open_at(&t, path);
    n = fault_count(&t, t.system, "note");
    test_engine_close(&t);
    return n;
}

START_TEST(what_was_acknowledged_survives_a_kill)
{
    int rounds = fault_is_long() ? ROUNDS_LONG : ROUNDS;
    int64_t n_documents = 0;
    uint64_t seed = 20261123;
    char path[TEST_PATH];
    struct test_engine t;

    test_place_make(path);
    test_engine_open_at(&t, path);
    test_engine_fill(&t);
    test_engine_close(&t);

    for (int done = 0; done < rounds; round_now++)
        done += kill_once(path, &seed, &n_documents);

    ck_assert_int_eq(count_all(path), n_documents);
    test_place_remove(path);
}
END_TEST

TCase *kill_tests(void)
{
    TCase *tc = tcase_create("fault/kill");

    tcase_set_timeout(tc, 1800);
    tcase_add_test(tc, what_was_acknowledged_survives_a_kill);
    return tc;
}
