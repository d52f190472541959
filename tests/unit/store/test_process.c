/* unit/store/test_process.c - several processes on one store, and processes
 * that are killed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/backup.h"
#include "store/writer.h"
#include "support/store.h"

enum {
    N_PROCESSES = 3,
    N_EACH = 40,
    N_THREADS = 4
};

static char path[TEST_PATH];

static void setup(void)
{
    test_folder_make(path);
}

static void teardown(void)
{
    test_folder_remove(path);
}

/* One transaction: reads the number, adds the pair of rows that belongs to
 * the next one. `n` is that number. */
struct step {
    struct wf_work work;
    int64_t n;
};

static bool add_row(struct wf_db *db, int64_t n, const char *side,
                    weft_error *err)
{
    static const char SQL[] = "INSERT INTO made_once (key, document)"
                              " VALUES (CAST($1 AS TEXT) || $2, $1)";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, n);
    wf_stmt_bind_text(&q, 2, side);
    return wf_stmt_run(&q, err);
}

static bool step_run(struct wf_work *work, struct wf_db *db, weft_error *err)
{
    struct step *step = (struct step *)work;

    return wf_generation_get(db, "setting", &step->n, err)
           && wf_generation_bump(db, "setting", err)
           && add_row(db, step->n, "a", err) && add_row(db, step->n, "b", err);
}

/* Every number from 0 has both of its rows, and the counter is behind the
 * last; returns it. */
static int64_t check_store(void)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_store *store = test_store_at(path);
    struct wf_db *db = wf_store_writer(store);
    weft_error err = WEFT_ERROR_INIT;
    int64_t n = 0;

    ck_assert(wf_store_check(db, &diags, &err));
    ck_assert_uint_eq(diags.n, 0);
    ck_assert(wf_generation_get(db, "setting", &n, &err));
    ck_assert_int_eq(test_int(db, "SELECT count(*) FROM made_once"), 2 * n);
    ck_assert_int_eq(test_int(db, "SELECT count(DISTINCT document)"
                                  " FROM made_once"),
                     n);
    wf_store_close(store);
    return n;
}

/* --- Side by side. */

static void step_often(void)
{
    struct wf_store *store = test_store_at(path);
    struct wf_writer_options options = { 0, 0, 0 };
    struct wf_writer *writer;
    weft_error err = WEFT_ERROR_INIT;

    if (!wf_writer_start(store, &options, &writer, &err))
        _exit(1);
    for (int i = 0; i < N_EACH; i++) {
        struct step step = { { .run = step_run }, 0 };

        if (!wf_writer_do(writer, &step.work, &err))
            _exit(2);
    }
    wf_writer_stop(writer);
    wf_store_close(store);
    _exit(0);
}

START_TEST(processes_write_beside_each_other_and_lose_nothing)
{
    for (int i = 0; i < N_PROCESSES; i++) {
        if (fork() == 0)
            step_often();
    }
    for (int i = 0; i < N_PROCESSES; i++) {
        int status = -1;

        ck_assert_int_gt(wait(&status), 0);
        ck_assert_int_eq(status, 0);
    }

    ck_assert_int_eq(check_store(), N_PROCESSES * N_EACH);
}
END_TEST

/* --- Killed at any moment. */

struct client {
    struct wf_writer *writer;
    int acknowledged;
};

/* Tells each number that was promised, as a server answers its clients. */
static void *step_and_tell(void *self)
{
    struct client *client = self;
    weft_error err = WEFT_ERROR_INIT;

    for (;;) {
        struct step step = { { .run = step_run }, 0 };

        if (!wf_writer_do(client->writer, &step.work, &err)
            || write(client->acknowledged, &step.n, sizeof step.n)
                   != (ssize_t)sizeof step.n)
            _exit(1);
    }
}

static void step_until_killed(int acknowledged)
{
    struct wf_store *store = test_store_at(path);
    struct wf_writer_options options = { 0, 0, 0 };
    struct client client = { NULL, acknowledged };
    weft_error err = WEFT_ERROR_INIT;
    pthread_t threads[N_THREADS];

    if (!wf_writer_start(store, &options, &client.writer, &err))
        _exit(1);
    for (int i = 0; i < N_THREADS; i++) {
        if (pthread_create(&threads[i], NULL, step_and_tell, &client) != 0)
            _exit(1);
    }
    for (;;)
        pause();
}

/* Kills a process after it has acknowledged `n` steps; returns the greatest
 * number that was ever acknowledged. */
static int64_t kill_after(int n)
{
    int64_t told, greatest = -1;
    int ends[2], status;
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0)
        step_until_killed(ends[1]);
    close(ends[1]);
    while (read(ends[0], &told, sizeof told) == (ssize_t)sizeof told) {
        greatest = told > greatest ? told : greatest;
        if (n-- == 0)
            kill(child, SIGKILL);
    }
    close(ends[0]);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    return greatest;
}

START_TEST(what_was_acknowledged_survives_a_kill_at_any_moment)
{
    int n_rounds = getenv("WEFT_LONG") ? 100 : 10;

    for (int i = 0; i < n_rounds; i++) {
        int64_t greatest = kill_after(i * 7 % 60);

        ck_assert_int_gt(check_store(), greatest);
    }
}
END_TEST

START_TEST(a_store_that_another_holds_is_a_busy_answer_in_the_end)
{
    struct wf_store *one = test_store_at(path);
    struct wf_store *two = test_store_at(path);
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_db_begin(wf_store_writer(one), &err));
    ck_assert(!wf_db_begin(wf_store_writer(two), &err));
    ck_assert_int_eq(err.code, WEFT_E_BUSY);
    ck_assert_int_gt(err.retry_after_s, 0);
    wf_db_rollback(wf_store_writer(one));
    ck_assert(wf_db_begin(wf_store_writer(two), &err));
    wf_db_rollback(wf_store_writer(two));
    wf_store_close(one);
    wf_store_close(two);
}
END_TEST

TCase *process_tests(void)
{
    TCase *tc = tcase_create("store/process");

    tcase_set_timeout(tc, 300);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, processes_write_beside_each_other_and_lose_nothing);
    tcase_add_test(tc, what_was_acknowledged_survives_a_kill_at_any_moment);
    if (getenv("WEFT_LONG")) /* waits for all of the busy timeout */
        tcase_add_test(tc,
                       a_store_that_another_holds_is_a_busy_answer_in_the_end);
    return tc;
}
