/* unit/store/test_writer.c - work handed to the writer: all or nothing, in
 * order, and an answer only after the commit.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/error.h"
#include "store/writer.h"
#include "support/memory.h"
#include "support/store.h"

enum {
    N_MANY = 200
};

/* A row to be added, and what became of it. */
struct row {
    struct wf_work work;
    int64_t n;
    bool fails;            /* says so after having written */
    bool swallows;         /* says that all is well after a failed statement */
    pthread_mutex_t *gate; /* waited for while it runs; NULL: none */
    weft_code code;
    int64_t place; /* from 1, in the order of completion */
};

static struct wf_store *store;
static struct wf_writer *writer;
static atomic_int n_done;
static atomic_bool gate_reached;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static bool insert(struct wf_db *db, int64_t n, weft_error *err)
{
    static const char SQL[] = "INSERT INTO generation (what, n)"
                              " VALUES ($1, $2)";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    char what[24];

    snprintf(what, sizeof what, "%lld", (long long)n);
    if (!wf_stmt_begin(db, SQL, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, what);
    wf_stmt_bind_int(&q, 2, n);
    return wf_stmt_run(&q, err);
}

static bool row_run(struct wf_work *work, struct wf_db *db, weft_error *err)
{
    struct row *row = (struct row *)work;
    weft_error ignored = WEFT_ERROR_INIT;

    if (row->gate) {
        atomic_store(&gate_reached, true);
        pthread_mutex_lock(row->gate);
        pthread_mutex_unlock(row->gate);
    }
    if (!insert(db, row->n, err))
        return false;
    if (row->swallows)
        return insert(db, row->n, &ignored) || true;
    return !row->fails || wf_fail(err, WEFT_E_DENIED, "%s", "no");
}

static void row_done(struct wf_work *work, const weft_error *err)
{
    struct row *row = (struct row *)work;

    row->code = err ? err->code : WEFT_OK;
    row->place = atomic_fetch_add(&n_done, 1) + 1;
}

static struct row row_of(int64_t n)
{
    return (struct row){ .work = { .run = row_run, .done = row_done }, .n = n };
}

static void setup(void)
{
    struct wf_writer_options options = { 2 * N_MANY, 0, 0 };
    weft_error err = WEFT_ERROR_INIT;

    store = test_store_memory();
    atomic_store(&n_done, 0);
    atomic_store(&gate_reached, false);
    ck_assert(wf_writer_start(store, &options, &writer, &err));
}

static void teardown(void)
{
    wf_writer_stop(writer);
    wf_store_close(store);
}

/* Lets the writer begin `row` and wait inside it, so that what comes next
 * queues up; opened again by pthread_mutex_unlock(&gate). */
static void hold(struct row *row)
{
    weft_error err = WEFT_ERROR_INIT;

    row->gate = &gate;
    pthread_mutex_lock(&gate);
    ck_assert(wf_writer_submit(writer, &row->work, &err));
    while (!atomic_load(&gate_reached))
        sched_yield();
}

static int64_t count(void)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    return test_int(reader.db, "SELECT count(*) FROM generation");
}

START_TEST(work_that_is_answered_is_there_for_every_reader)
{
    struct row row = row_of(1);
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_writer_do(writer, &row.work, &err));

    ck_assert_int_eq(count(), 1);
    ck_assert_int_eq(row.place, 1);
}
END_TEST

START_TEST(a_failed_work_alone_leaves_no_trace_and_says_why)
{
    struct row row = row_of(1);
    weft_error err = WEFT_ERROR_INIT;

    row.fails = true;
    ck_assert(!wf_writer_do(writer, &row.work, &err));

    ck_assert_int_eq(err.code, WEFT_E_DENIED);
    ck_assert_int_eq(row.code, WEFT_E_DENIED);
    ck_assert_int_eq(count(), 0);
}
END_TEST

START_TEST(one_that_fails_among_many_is_undone_alone)
{
    static struct row rows[N_MANY];
    struct wf_writer_stats stats;
    int n_failed = 0;
    struct row first = row_of(-1), last = row_of(-2);
    weft_error err = WEFT_ERROR_INIT;

    hold(&first);
    for (int i = 0; i < N_MANY; i++) {
        rows[i] = row_of(i);
        rows[i].fails = i % 7 == 3;
        rows[i].swallows = i % 7 == 5;
        ck_assert(wf_writer_submit(writer, &rows[i].work, &err));
    }
    pthread_mutex_unlock(&gate);
    ck_assert(wf_writer_do(writer, &last.work, &err));
    wf_writer_stats(writer, &stats);

    ck_assert_int_lt(stats.n_batches, 10);
    for (int i = 0; i < N_MANY; i++) {
        ck_assert_int_eq(rows[i].place, i + 2);
        ck_assert_int_eq(rows[i].code, rows[i].fails      ? WEFT_E_DENIED
                                       : rows[i].swallows ? WEFT_E_CONFLICT
                                                          : WEFT_OK);
        n_failed += rows[i].code != WEFT_OK;
    }
    ck_assert_int_eq(count(), 2 + N_MANY - n_failed);
}
END_TEST

START_TEST(a_swallowed_failure_alone_is_no_success_either)
{
    struct row row = row_of(1);
    weft_error err = WEFT_ERROR_INIT;

    row.swallows = true;
    ck_assert(!wf_writer_do(writer, &row.work, &err));

    ck_assert_int_eq(err.code, WEFT_E_CONFLICT);
    ck_assert_int_eq(count(), 0);
}
END_TEST

START_TEST(more_than_the_queue_holds_is_refused_at_once)
{
    static struct row rows[2 * N_MANY];
    struct wf_writer_stats stats;
    struct row first = row_of(-1), late = row_of(-2);
    weft_error err = WEFT_ERROR_INIT;

    hold(&first);
    for (int i = 0; i < 2 * N_MANY; i++) {
        rows[i] = row_of(i);
        ck_assert(wf_writer_submit(writer, &rows[i].work, &err));
    }
    ck_assert(!wf_writer_submit(writer, &late.work, &err));
    wf_writer_stats(writer, &stats);
    pthread_mutex_unlock(&gate);
    wf_writer_stop(writer); /* before its work goes out of scope */
    writer = NULL;

    ck_assert_int_eq(err.code, WEFT_E_BUSY);
    ck_assert_int_gt(err.retry_after_s, 0);
    ck_assert_int_eq(stats.n_refused, 1);
    ck_assert_uint_eq(stats.waiting, 2 * N_MANY);
    ck_assert_int_eq(late.place, 0);
}
END_TEST

static struct row patient_row_of(int64_t n)
{
    struct row row = row_of(n);

    row.work.patient = true;
    return row;
}

static void submit(struct row *row)
{
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_writer_submit(writer, &row->work, &err));
}

START_TEST(patient_work_lets_others_go_first_and_yet_gets_on)
{
    static struct row patient[N_MANY], rows[N_MANY];
    struct row first = row_of(-1);

    hold(&first);
    for (int i = 0; i < N_MANY; i++) {
        patient[i] = patient_row_of(i);
        submit(&patient[i]);
    }
    for (int i = 0; i < N_MANY; i++) {
        rows[i] = row_of(N_MANY + i);
        submit(&rows[i]);
    }
    pthread_mutex_unlock(&gate);
    wf_writer_drain(writer);

    ck_assert_int_eq(rows[0].place, 2);
    ck_assert_int_lt(patient[0].place, rows[N_MANY - 1].place);
    ck_assert_int_lt(rows[N_MANY - 1].place, patient[N_MANY / 4].place);
    for (int i = 1; i < N_MANY; i++)
        ck_assert_int_lt(patient[i - 1].place, patient[i].place);
}
END_TEST

START_TEST(who_comes_during_patient_work_joins_its_transaction)
{
    enum {
        N = 30,
        HELD = 20
    };
    static struct row patient[N];
    pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;
    struct row first = row_of(-1), late = row_of(-2);
    struct wf_writer_stats before, after;

    hold(&first);
    atomic_store(&gate_reached, false);
    for (int i = 0; i < N; i++) {
        patient[i] = patient_row_of(i);
        patient[i].gate = i == HELD ? &second : NULL;
        submit(&patient[i]);
    }
    pthread_mutex_lock(&second);
    pthread_mutex_unlock(&gate);
    while (!atomic_load(&gate_reached))
        sched_yield();
    submit(&late);
    wf_writer_stats(writer, &before);
    pthread_mutex_unlock(&second);
    wf_writer_drain(writer);
    wf_writer_stats(writer, &after);

    ck_assert_int_eq(late.place, patient[HELD].place + 1);
    ck_assert_int_eq(patient[HELD + 1].place, late.place + 1);
    ck_assert_int_eq(after.n_batches - before.n_batches, 1);
    ck_assert_int_eq(after.n_work, N + 2);
    ck_assert_int_eq(count(), N + 2);
}
END_TEST

/* Patient work that is done while somebody waits is time that they wait. */
START_TEST(little_patient_work_stands_in_the_way_of_others)
{
    static struct row patient[3 * N_MANY], rows[5];
    struct wf_writer_stats stats;
    struct row first = row_of(-1);

    hold(&first);
    for (int i = 0; i < 3 * N_MANY; i++) {
        patient[i] = patient_row_of(i);
        submit(&patient[i]);
    }
    for (int i = 0; i < 5; i++) {
        rows[i] = row_of(3 * N_MANY + i);
        submit(&rows[i]);
    }
    pthread_mutex_unlock(&gate);
    wf_writer_drain(writer);
    wf_writer_stats(writer, &stats);

    ck_assert_int_eq(rows[4].place, 6);
    /* the first; these with 4 others; the rest in pieces of 32 */
    ck_assert_int_eq(stats.n_batches, 2 + (3 * N_MANY - 4 + 31) / 32);
}
END_TEST

START_TEST(patient_work_takes_no_place_from_others)
{
    static struct row patient[3 * N_MANY];
    struct row first = row_of(-1), late = row_of(-2);

    hold(&first);
    for (int i = 0; i < 3 * N_MANY; i++) {
        patient[i] = patient_row_of(i);
        submit(&patient[i]);
    }
    submit(&late);
    pthread_mutex_unlock(&gate);
    wf_writer_drain(writer);

    ck_assert_int_eq(late.place, 2);
    ck_assert_int_eq(count(), 3 * N_MANY + 2);
}
END_TEST

START_TEST(stopping_finishes_what_waits)
{
    static struct row rows[N_MANY];
    struct wf_writer *other;
    struct wf_writer_options options = { 0, 0, 0 };
    weft_error err = WEFT_ERROR_INIT;

    wf_writer_stop(writer);
    ck_assert(wf_writer_start(store, &options, &other, &err));
    for (int i = 0; i < N_MANY; i++) {
        rows[i] = row_of(i);
        ck_assert(wf_writer_submit(other, &rows[i].work, &err));
    }
    wf_writer_stop(other);
    writer = NULL;

    ck_assert_int_eq(atomic_load(&n_done), N_MANY);
    ck_assert_int_eq(count(), N_MANY);
}
END_TEST

/* Clients that each wait for their own work, as a server's threads do. */
static void *submit_many(void *self)
{
    int64_t from = *(int64_t *)self;
    weft_error err = WEFT_ERROR_INIT;

    for (int64_t i = 0; i < 50; i++) {
        struct row row = row_of(from + i);

        if (!wf_writer_do(writer, &row.work, &err))
            return self;
    }
    return NULL;
}

START_TEST(many_threads_may_submit)
{
    int64_t from[] = { 0, 1000, 2000, 3000 };
    pthread_t threads[WF_COUNT(from)];
    void *failed;

    for (size_t i = 0; i < WF_COUNT(from); i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, submit_many, &from[i]), 0);
    for (size_t i = 0; i < WF_COUNT(from); i++) {
        ck_assert_int_eq(pthread_join(threads[i], &failed), 0);
        ck_assert_ptr_null(failed);
    }

    ck_assert_int_eq(count(), 200);
}
END_TEST

TCase *writer_tests(void)
{
    TCase *tc = tcase_create("store/writer");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, work_that_is_answered_is_there_for_every_reader);
    tcase_add_test(tc, a_failed_work_alone_leaves_no_trace_and_says_why);
    test_add_sqlite(tc, one_that_fails_among_many_is_undone_alone);
    tcase_add_test(tc, a_swallowed_failure_alone_is_no_success_either);
    test_add_sqlite(tc, more_than_the_queue_holds_is_refused_at_once);
    test_add_sqlite(tc, patient_work_lets_others_go_first_and_yet_gets_on);
    test_add_sqlite(tc, who_comes_during_patient_work_joins_its_transaction);
    test_add_sqlite(tc, little_patient_work_stands_in_the_way_of_others);
    test_add_sqlite(tc, patient_work_takes_no_place_from_others);
    tcase_add_test(tc, stopping_finishes_what_waits);
    tcase_add_test(tc, many_threads_may_submit);
    return tc;
}
