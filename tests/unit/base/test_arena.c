/* unit/base/test_arena.c - memory that is thrown away whole.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static bool is_zero(const char *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (at[i])
            return false;
    return true;
}

START_TEST(every_size_is_zeroed_and_aligned)
{
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 300000; size = size * 3 + 1) {
            char *at = wf_arena_alloc(arena, size);

            ck_assert_uint_eq((uintptr_t)at % 16, 0);
            ck_assert(is_zero(at, size));
            memset(at, 0xAB, size);
        }
    }
}
END_TEST

START_TEST(allocations_do_not_overlap)
{
    unsigned char *at[2000];

    for (unsigned i = 0; i < 2000; i++) {
        at[i] = wf_arena_alloc(arena, 1 + i % 97);
        memset(at[i], (int)(i % 251), 1 + i % 97);
    }
    for (unsigned i = 0; i < 2000; i++)
        for (unsigned j = 0; j < 1 + i % 97; j++)
            ck_assert_uint_eq(at[i][j], i % 251);
}
END_TEST

START_TEST(what_is_used_is_counted)
{
    wf_arena_alloc(arena, 1000);
    wf_arena_alloc(arena, 100000);

    ck_assert_uint_ge(wf_arena_used(arena), 101000);
    ck_assert_uint_le(wf_arena_used(arena), 101100);
}
END_TEST

START_TEST(copies_end_with_zero)
{
    struct wf_str slice = { "abcdef", 3 };

    ck_assert_str_eq(wf_arena_slice(arena, slice), "abc");
    ck_assert_str_eq(wf_arena_str(arena, "小明"), "小明");
    ck_assert_ptr_null(wf_arena_str(arena, NULL));
    ck_assert_str_eq(wf_arena_mem(arena, NULL, 0), "");
    ck_assert_str_eq(wf_arena_printf(arena, "%s-%d", "x", 7), "x-7");
    ck_assert_uint_eq(strlen(wf_arena_printf(arena, "%20000d", 1)), 20000);
}
END_TEST

static char order[8];

static void note(void *word)
{
    strcat(order, word);
}

START_TEST(deferred_calls_run_last_one_first)
{
    struct wf_arena *other = wf_arena_new();
    char a[] = "a";
    char b[] = "b";

    order[0] = '\0';
    wf_arena_defer(other, note, a);
    wf_arena_defer(other, note, b);
    wf_arena_end(&other);
    wf_arena_end(&other);
    ck_assert_str_eq(order, "ba");
}
END_TEST

START_TEST(ending_nothing_is_allowed)
{
    struct wf_arena *none = NULL;

    wf_arena_free(NULL);
    wf_arena_end(&none);
}
END_TEST

START_TEST(a_product_beyond_memory_ends_the_process)
{
    wf_arena_alloc_n(arena, SIZE_MAX / 2, 3);
}
END_TEST

START_TEST(a_size_beyond_memory_ends_the_process)
{
    wf_arena_alloc(arena, SIZE_MAX - 8);
}
END_TEST

TCase *arena_tests(void)
{
    TCase *tc = tcase_create("base/arena");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, every_size_is_zeroed_and_aligned);
    tcase_add_test(tc, allocations_do_not_overlap);
    tcase_add_test(tc, what_is_used_is_counted);
    tcase_add_test(tc, copies_end_with_zero);
    tcase_add_test(tc, deferred_calls_run_last_one_first);
    tcase_add_test(tc, ending_nothing_is_allowed);
    tcase_add_test_raise_signal(tc, a_product_beyond_memory_ends_the_process,
                                6);
    tcase_add_test_raise_signal(tc, a_size_beyond_memory_ends_the_process, 6);
    return tc;
}
