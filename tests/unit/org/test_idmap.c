/* unit/org/test_idmap.c - ids to pointers, and ordered sets of ids.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "org/idmap.h"

enum {
    MANY = 5000
};

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

START_TEST(an_empty_map_has_nothing)
{
    struct wf_idmap map = { 0 };

    ck_assert_ptr_null(wf_idmap_find(&map, 7));
    ck_assert(!wf_idmap_has(&map, 7));
}
END_TEST

START_TEST(every_id_that_was_added_is_found_and_no_other)
{
    static char values[MANY];
    struct wf_idmap map = { 0 };

    for (wf_id id = 1; id <= MANY; id++)
        ck_assert(wf_idmap_add(arena, &map, id << 22, &values[id - 1]));

    for (wf_id id = 1; id <= MANY; id++) {
        ck_assert_ptr_eq(wf_idmap_find(&map, id << 22), &values[id - 1]);
        ck_assert(!wf_idmap_has(&map, (id << 22) + 1));
    }
}
END_TEST

START_TEST(a_second_value_for_an_id_is_refused)
{
    int first, second;
    struct wf_idmap map = { 0 };

    ck_assert(wf_idmap_add(arena, &map, 3, &first));

    ck_assert(!wf_idmap_add(arena, &map, 3, &second));
    ck_assert_ptr_eq(wf_idmap_find(&map, 3), &first);
}
END_TEST

START_TEST(a_set_keeps_the_order_and_leaves_out_nobody_and_the_second_time)
{
    struct wf_idset set = { 0 };

    ck_assert(wf_idset_add(arena, &set, 9));
    ck_assert(wf_idset_add(arena, &set, 4));
    ck_assert(!wf_idset_add(arena, &set, 9));
    ck_assert(!wf_idset_add(arena, &set, 0));

    ck_assert_uint_eq(set.n, 2);
    ck_assert_int_eq(set.at[0], 9);
    ck_assert_int_eq(set.at[1], 4);
    ck_assert(wf_idset_has(&set, 4));
    ck_assert(!wf_idset_has(&set, 0));
}
END_TEST

TCase *idmap_tests(void)
{
    TCase *tc = tcase_create("org/idmap");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_empty_map_has_nothing);
    tcase_add_test(tc, every_id_that_was_added_is_found_and_no_other);
    tcase_add_test(tc, a_second_value_for_an_id_is_refused);
    tcase_add_test(
        tc, a_set_keeps_the_order_and_leaves_out_nobody_and_the_second_time);
    return tc;
}
