/* unit/base/test_id.c - ids that never go back, whatever the clock does.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/id.h"

static int64_t now_ms;
static struct wf_clock fixed;
static struct wf_ids *ids;

static void setup(void)
{
    now_ms = 1577836800000 + 5;
    fixed = wf_clock_fixed(&now_ms);
    ids = wf_ids_new(&fixed, 3);
}

static void teardown(void)
{
    wf_ids_free(ids);
}

START_TEST(an_id_is_its_time_its_node_and_its_place)
{
    ck_assert_int_eq(wf_id_next(ids), 5 << 22 | 3 << 12);
    ck_assert_int_eq(wf_id_next(ids), 5 << 22 | 3 << 12 | 1);
    now_ms++;
    ck_assert_int_eq(wf_id_next(ids), 6 << 22 | 3 << 12);
}
END_TEST

START_TEST(ids_grow_when_the_clock_stands_or_goes_back)
{
    wf_id last = 0;

    for (int i = 0; i < 20000; i++) {
        wf_id id = wf_id_next(ids);

        ck_assert_int_gt(id, last);
        last = id;
        if (i == 10000)
            now_ms = -5000;
    }
}
END_TEST

START_TEST(ids_go_on_behind_those_that_are_stored)
{
    wf_id stored = INT64_C(77) << 22 | 1023 << 12 | 4095;

    wf_ids_after(ids, stored);
    ck_assert_int_gt(wf_id_next(ids), stored);
    wf_ids_after(ids, 1);
    ck_assert_int_gt(wf_id_next(ids), stored);
}
END_TEST

enum {
    N_THREADS = 4,
    N_EACH = 20000
};

static void *take_many(void *out)
{
    wf_id *at = out;

    for (int i = 0; i < N_EACH; i++)
        at[i] = wf_id_next(ids);
    return NULL;
}

static int compare(const void *a, const void *b)
{
    wf_id x = *(const wf_id *)a;
    wf_id y = *(const wf_id *)b;

    return (x > y) - (x < y);
}

START_TEST(threads_never_get_the_same_id)
{
    static wf_id all[N_THREADS * N_EACH];
    pthread_t threads[N_THREADS];

    for (int i = 0; i < N_THREADS; i++)
        pthread_create(&threads[i], NULL, take_many, all + i * N_EACH);
    for (int i = 0; i < N_THREADS; i++)
        pthread_join(threads[i], NULL);

    qsort(all, N_THREADS * N_EACH, sizeof all[0], compare);
    for (int i = 1; i < N_THREADS * N_EACH; i++)
        ck_assert_int_ne(all[i - 1], all[i]);
}
END_TEST

START_TEST(an_id_has_one_spelling)
{
    static const char *const bad[] = {
        "",    "0",   "00",  "01",
        "-1",  "+1",  " 1",  "1 ",
        "1.0", "0x1", "１",  "9223372036854775808",
        "1a",  "a",   "1e3", "99999999999999999999",
    };
    char text[WF_ID_TEXT];
    wf_id id = 7;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!wf_id_parse(wf_str_of(bad[i]), &id), "%s", bad[i]);
    ck_assert_int_eq(id, 7);
    ck_assert(wf_id_parse(wf_str_of("9223372036854775807"), &id));
    wf_id_write(id, text);
    ck_assert_str_eq(text, "9223372036854775807");
}
END_TEST

TCase *id_tests(void)
{
    TCase *tc = tcase_create("base/id");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_id_is_its_time_its_node_and_its_place);
    tcase_add_test(tc, ids_grow_when_the_clock_stands_or_goes_back);
    tcase_add_test(tc, ids_go_on_behind_those_that_are_stored);
    tcase_add_test(tc, threads_never_get_the_same_id);
    tcase_add_test(tc, an_id_has_one_spelling);
    return tc;
}
