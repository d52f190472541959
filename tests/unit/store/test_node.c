/* unit/store/test_node.c - node numbers are never given twice.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/store.h"

enum {
    N_PROCESSES = 6
};

static char path[TEST_PATH];

static void setup(void)
{
    test_place_make(path);
}

static void teardown(void)
{
    test_place_remove(path);
}

START_TEST(a_store_has_one_number_however_often_it_is_asked)
{
    struct wf_store *one = test_store_at(path);
    struct wf_store *two = test_store_at(path);
    weft_error err = WEFT_ERROR_INIT;
    unsigned a = 9, again = 9, b = 9;

    ck_assert(wf_store_node(one, &a, &err));
    ck_assert(wf_store_node(two, &b, &err));
    ck_assert(wf_store_node(one, &again, &err));
    ck_assert_uint_eq(a, again);
    ck_assert_uint_ne(a, b);
    wf_store_close(one);
    wf_store_close(two);
}
END_TEST

START_TEST(a_number_given_back_is_not_given_out_at_once)
{
    struct wf_store *store = test_store_at(path);
    weft_error err = WEFT_ERROR_INIT;
    unsigned before, after;

    ck_assert(wf_store_node(store, &before, &err));
    wf_store_close(store);
    store = test_store_at(path);
    ck_assert(wf_store_node(store, &after, &err));
    ck_assert_uint_ne(before, after);
    wf_store_close(store);
}
END_TEST

START_TEST(a_lease_that_has_run_out_is_given_anew)
{
    struct wf_store *store = test_store_at(path);
    weft_error err = WEFT_ERROR_INIT;
    unsigned node;

    test_run(wf_store_writer(store),
             "INSERT INTO node (id, holder, lease_until)"
             " VALUES (0, 'gone', 1), (1, 'here', 9007199254740991)");
    ck_assert(wf_store_node(store, &node, &err));
    ck_assert_uint_eq(node, 0);
    wf_store_close(store);
}
END_TEST

START_TEST(when_all_numbers_are_taken_that_is_said)
{
    struct wf_store *store = test_store_at(path);
    weft_error err = WEFT_ERROR_INIT;
    unsigned node;

    test_run(wf_store_writer(store),
             "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
             " WHERE i < 1023) INSERT INTO node (id, holder, lease_until)"
             " SELECT i, 'x', 9007199254740991 FROM n");
    ck_assert(!wf_store_node(store, &node, &err));
    ck_assert_int_eq(err.code, WEFT_E_BUSY);
    wf_store_close(store);
}
END_TEST

/* In a process of its own: leases a number, tells it, keeps it until all have
 * theirs. */
static void lease_and_tell(int to, int until)
{
    struct wf_store *store = test_store_at(path);
    weft_error err = WEFT_ERROR_INIT;
    unsigned node = 0;
    char end;

    if (!wf_store_node(store, &node, &err)
        || write(to, &node, sizeof node) != (ssize_t)sizeof node)
        _exit(1);
    _exit(read(until, &end, 1) != 0);
}

START_TEST(processes_that_start_at_once_get_different_numbers)
{
    bool taken[1024] = { false };
    int numbers[2], gate[2];
    unsigned node;

    wf_store_close(test_store_at(path));
    ck_assert_int_eq(pipe(numbers), 0);
    ck_assert_int_eq(pipe(gate), 0);
    for (int i = 0; i < N_PROCESSES; i++) {
        if (fork() == 0) {
            close(gate[1]);
            lease_and_tell(numbers[1], gate[0]);
        }
    }
    close(numbers[1]);
    for (int i = 0; i < N_PROCESSES; i++) {
        ck_assert_int_eq(read(numbers[0], &node, sizeof node), sizeof node);
        ck_assert(node < 1024 && !taken[node]);
        taken[node] = true;
    }
    close(gate[1]);
    for (int i = 0; i < N_PROCESSES; i++) {
        int status = -1;

        ck_assert_int_gt(wait(&status), 0);
        ck_assert_int_eq(status, 0);
    }
    close(numbers[0]);
    close(gate[0]);
}
END_TEST

TCase *node_tests(void)
{
    TCase *tc = tcase_create("store/node");

    tcase_set_timeout(tc, 30);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_store_has_one_number_however_often_it_is_asked);
    tcase_add_test(tc, a_number_given_back_is_not_given_out_at_once);
    tcase_add_test(tc, a_lease_that_has_run_out_is_given_anew);
    tcase_add_test(tc, when_all_numbers_are_taken_that_is_said);
    tcase_add_test(tc, processes_that_start_at_once_get_different_numbers);
    return tc;
}
