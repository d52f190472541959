/* unit/org/test_gate.c - few at once, slower after failures, nobody locked out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/error.h"
#include "base/hash.h"
#include "org/gate.h"

static int64_t now;
static struct wf_clock fixed;
static struct wf_gate *gate;
static weft_error err;

static void setup(void)
{
    now = INT64_C(1791766800000);
    fixed = wf_clock_fixed(&now);
    err = (weft_error)WEFT_ERROR_INIT;
    ck_assert(wf_crypto_init(&err));
    gate = wf_gate_new(&fixed);
}

static void teardown(void)
{
    wf_gate_free(gate);
}

static bool enters(const char *login, const char *address)
{
    const struct wf_credentials credentials = { login, "", address };

    err = (weft_error)WEFT_ERROR_INIT;
    if (wf_gate_enter(gate, &credentials, &err))
        return true;
    ck_assert_int_eq(err.code, WEFT_E_LIMITED);
    ck_assert_int_gt(err.retry_after_s, 0);
    return false;
}

static void leave(const char *login, const char *address,
                  enum wf_gate_outcome outcome)
{
    const struct wf_credentials credentials = { login, "", address };

    wf_gate_leave(gate, &credentials, outcome);
}

/* Whether an attempt was let in; it fails or succeeds then. */
static bool attempt(const char *login, const char *address,
                    enum wf_gate_outcome outcome)
{
    bool is_in = enters(login, address);

    if (is_in)
        leave(login, address, outcome);
    return is_in;
}

static void go_wrong(const char *login, const char *address, int times)
{
    for (int i = 0; i < times; i++)
        ck_assert(attempt(login, address, WF_GATE_WRONG));
}

START_TEST(two_run_at_once_and_the_third_waits)
{
    ck_assert(enters("a", NULL));
    ck_assert(enters("b", NULL));
    ck_assert(!enters("c", NULL));
    leave("a", NULL, WF_GATE_RIGHT);
    ck_assert(enters("c", NULL));
}
END_TEST

START_TEST(an_account_is_slowed_down_after_five_failures)
{
    go_wrong("ada", NULL, 5);

    ck_assert(!enters("ada", NULL));
    ck_assert_int_eq(err.retry_after_s, 1);
    ck_assert(attempt("ben", NULL, WF_GATE_RIGHT));
}
END_TEST

START_TEST(pauses_grow_to_a_minute_and_no_further)
{
    static const int pauses[] = { 1, 2, 4, 8, 16, 32, 60, 60 };

    go_wrong("ada", NULL, 5);
    for (size_t i = 0; i < WF_COUNT(pauses); i++) {
        ck_assert(!enters("ada", NULL));
        ck_assert_int_eq(err.retry_after_s, pauses[i]);
        now += pauses[i] * 1000;
        ck_assert(attempt("ada", NULL, WF_GATE_WRONG));
    }
}
END_TEST

START_TEST(an_attempt_in_a_pause_does_not_make_it_longer)
{
    go_wrong("ada", NULL, 5);
    for (int i = 0; i < 100; i++)
        ck_assert(!enters("ada", NULL));

    now += 1000;

    ck_assert(enters("ada", NULL));
}
END_TEST

START_TEST(an_address_that_tries_many_accounts_is_slowed_down)
{
    for (int i = 0; i < 20; i++) {
        char login[16];

        snprintf(login, sizeof login, "u%d", i);
        ck_assert(attempt(login, "192.0.2.1", WF_GATE_WRONG));
    }

    ck_assert(!enters("another", "192.0.2.1"));
    ck_assert(attempt("another", "192.0.2.2", WF_GATE_WRONG));
}
END_TEST

START_TEST(who_has_signed_in_from_an_address_is_not_slowed_down_by_others)
{
    ck_assert(attempt("ada", "192.0.2.1", WF_GATE_RIGHT));
    go_wrong("ada", "198.51.100.7", 5);

    ck_assert(!enters("ada", "198.51.100.7"));
    ck_assert(attempt("ada", "192.0.2.1", WF_GATE_RIGHT));
}
END_TEST

START_TEST(a_known_address_is_slowed_down_by_its_own_failures)
{
    ck_assert(attempt("ada", "192.0.2.1", WF_GATE_RIGHT));
    go_wrong("ada", "192.0.2.1", 5);

    ck_assert(!enters("ada", "192.0.2.1"));
}
END_TEST

START_TEST(success_forgets_failures_and_so_does_a_quarter_of_an_hour)
{
    go_wrong("ada", NULL, 4);
    ck_assert(attempt("ada", NULL, WF_GATE_RIGHT));
    go_wrong("ada", NULL, 4);
    now += 15 * 60 * 1000 + 1;
    go_wrong("ada", NULL, 4);

    ck_assert(enters("ada", NULL));
}
END_TEST

START_TEST(what_was_not_found_out_counts_for_nothing)
{
    for (int i = 0; i < 50; i++)
        ck_assert(attempt("ada", "192.0.2.1", WF_GATE_BROKEN));
}
END_TEST

START_TEST(many_strangers_push_out_the_oldest_and_no_more_memory_is_used)
{
    go_wrong("ada", NULL, 5);
    for (int i = 0; i < 30000; i++) {
        char login[16];

        snprintf(login, sizeof login, "u%d", i);
        ck_assert(attempt(login, NULL, WF_GATE_WRONG));
    }

    ck_assert(attempt("ada", NULL, WF_GATE_WRONG));
    go_wrong("u29999", NULL, 4);
    ck_assert(!enters("u29999", NULL));
}
END_TEST

enum {
    THREADS = 4,
    ROUNDS = 2000
};
static atomic_int inside, most;

static void *hammer(void *login)
{
    const struct wf_credentials credentials = { login, "", "192.0.2.1" };

    for (int i = 0; i < ROUNDS; i++) {
        weft_error error = WEFT_ERROR_INIT;
        int n;

        if (!wf_gate_enter(gate, &credentials, &error))
            continue;
        n = atomic_fetch_add(&inside, 1) + 1;
        if (n > atomic_load(&most))
            atomic_store(&most, n);
        atomic_fetch_sub(&inside, 1);
        wf_gate_leave(gate, &credentials, WF_GATE_RIGHT);
    }
    return NULL;
}

START_TEST(many_threads_pass_two_at_a_time)
{
    static char login[] = "ada";
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, hammer, login), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);

    ck_assert_int_ge(atomic_load(&most), 1);
    ck_assert_int_le(atomic_load(&most), 2);
    ck_assert(attempt("ada", "192.0.2.1", WF_GATE_RIGHT));
}
END_TEST

START_TEST(no_gate_is_freed_without_harm)
{
    wf_gate_free(NULL);
}
END_TEST

TCase *gate_tests(void)
{
    TCase *tc = tcase_create("org/gate");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, two_run_at_once_and_the_third_waits);
    tcase_add_test(tc, an_account_is_slowed_down_after_five_failures);
    tcase_add_test(tc, pauses_grow_to_a_minute_and_no_further);
    tcase_add_test(tc, an_attempt_in_a_pause_does_not_make_it_longer);
    tcase_add_test(tc, an_address_that_tries_many_accounts_is_slowed_down);
    tcase_add_test(
        tc, who_has_signed_in_from_an_address_is_not_slowed_down_by_others);
    tcase_add_test(tc, a_known_address_is_slowed_down_by_its_own_failures);
    tcase_add_test(tc,
                   success_forgets_failures_and_so_does_a_quarter_of_an_hour);
    tcase_add_test(tc, what_was_not_found_out_counts_for_nothing);
    tcase_add_test(
        tc, many_strangers_push_out_the_oldest_and_no_more_memory_is_used);
    tcase_add_test(tc, many_threads_pass_two_at_a_time);
    tcase_add_test(tc, no_gate_is_freed_without_harm);
    return tc;
}
