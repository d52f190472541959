/* unit/base/test_str.c - small questions asked of text, and what grows:
 * buffers, lists, maps.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

START_TEST(texts_are_compared_with_null_and_slices)
{
    ck_assert(wf_streq(NULL, NULL));
    ck_assert(!wf_streq(NULL, ""));
    ck_assert(wf_streq("a", "a"));
    ck_assert(wf_str_is((struct wf_str){ NULL, 0 }, ""));
    ck_assert(!wf_str_is(wf_str_of("ab"), "a"));
    ck_assert(wf_str_starts("abc", "ab"));
    ck_assert(!wf_str_starts("a", "ab"));
    ck_assert(wf_str_ends("abc", "bc"));
    ck_assert(!wf_str_ends("c", "bc"));
    ck_assert(wf_str_empty(NULL) && wf_str_empty("") && !wf_str_empty(" "));
    ck_assert(wf_str_is(wf_str_trim(wf_str_of(" \t\r\n a b \n")), "a b"));
    ck_assert_uint_eq(wf_str_trim(wf_str_of(" \n ")).len, 0);
}
END_TEST

/* The parts of `text` at commas, each in brackets. */
static const char *split(const char *text)
{
    struct wf_str rest = wf_str_of(text);
    struct wf_str part;
    struct wf_buf out = WF_BUF_INIT(arena);

    while (wf_str_split(&rest, ',', &part))
        wf_buf_printf(&out, "[%.*s]", (int)part.len, part.at);
    return wf_buf_text(&out);
}

START_TEST(a_list_is_split_at_its_separators)
{
    ck_assert_str_eq(split("a,,b"), "[a][][b]");
    ck_assert_str_eq(split("a,"), "[a]");
    ck_assert_str_eq(split(","), "[]");
    ck_assert_str_eq(split(""), "");
    ck_assert_str_eq(split(NULL), "");
}
END_TEST

START_TEST(integers_fit_or_are_refused)
{
    int64_t n = 0;

    ck_assert(wf_str_to_int(wf_str_of("-9223372036854775808"), &n));
    ck_assert_int_eq(n, INT64_MIN);
    ck_assert(wf_str_to_int(wf_str_of("9223372036854775807"), &n));
    ck_assert_int_eq(n, INT64_MAX);
    ck_assert(wf_str_to_int(wf_str_of("-0"), &n));
    ck_assert_int_eq(n, 0);
    ck_assert(!wf_str_to_int(wf_str_of("9223372036854775808"), &n));
    ck_assert(!wf_str_to_int(wf_str_of("-9223372036854775809"), &n));
    ck_assert(!wf_str_to_int(wf_str_of(""), &n));
    ck_assert(!wf_str_to_int(wf_str_of("-"), &n));
    ck_assert(!wf_str_to_int(wf_str_of("+1"), &n));
    ck_assert(!wf_str_to_int(wf_str_of("1 "), &n));
    ck_assert_int_eq(n, 0);
}
END_TEST

START_TEST(ids_are_words_of_at_most_63_letters)
{
    char text[80] = "";

    memset(text, 'a', 63);
    ck_assert(wf_str_is_id(text));
    text[63] = 'a';
    ck_assert(!wf_str_is_id(text));
    ck_assert(wf_str_is_id("goal-sheet_2"));
    ck_assert(!wf_str_is_id("2goals"));
    ck_assert(!wf_str_is_id("Goal"));
    ck_assert(!wf_str_is_id("目标"));
    ck_assert(!wf_str_is_id("a b"));
    ck_assert(!wf_str_is_id(""));
    ck_assert(!wf_str_is_id(NULL));
}
END_TEST

START_TEST(a_buffer_ends_with_zero_however_it_grows)
{
    struct wf_buf buf = WF_BUF_INIT(arena);

    ck_assert_str_eq(wf_buf_text(&buf), "");
    for (int i = 0; i < 10000; i++)
        wf_buf_char(&buf, 'x');
    ck_assert_uint_eq(strlen(wf_buf_text(&buf)), 10000);
    buf.len = 0;
    wf_buf_add(&buf, NULL, 0);
    ck_assert_str_eq(wf_buf_text(&buf), "");
    wf_buf_printf(&buf, "%d%s", 4, "2");
    memcpy(wf_buf_room(&buf, 100), "!", 1);
    buf.len++;
    ck_assert_str_eq(wf_buf_text(&buf), "42!");
}
END_TEST

START_TEST(a_list_gives_zeroed_elements)
{
    WF_LIST(int) list = { NULL, 0, 0 };

    for (int i = 0; i < 1000; i++)
        *WF_PUSH(arena, &list) = i;
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(list.at[i], i);
    list.n--;
    ck_assert_int_eq(*WF_PUSH(arena, &list), 0);
}
END_TEST

START_TEST(a_map_finds_what_was_added_and_nothing_else)
{
    struct wf_map map = { NULL, 0, 0, NULL, 0 };
    struct wf_str slice = { "k12345", 3 };
    int values[2000];

    ck_assert_ptr_null(wf_map_find(&map, "k1"));
    for (int i = 0; i < 2000; i++)
        ck_assert(wf_map_add(arena, &map, wf_arena_printf(arena, "k%d", i),
                             &values[i]));
    for (int i = 0; i < 2000; i++)
        ck_assert_ptr_eq(wf_map_find(&map, wf_arena_printf(arena, "k%d", i)),
                         &values[i]);
    ck_assert(!wf_map_add(arena, &map, "k7", &values[0]));
    ck_assert_ptr_eq(wf_map_find(&map, "k7"), &values[7]);
    ck_assert_ptr_eq(wf_map_find_slice(&map, slice), &values[12]);
    ck_assert_ptr_null(wf_map_find(&map, ""));
    ck_assert_str_eq(map.entries[1999].key, "k1999");
}
END_TEST

TCase *str_tests(void)
{
    TCase *tc = tcase_create("base/str");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, texts_are_compared_with_null_and_slices);
    tcase_add_test(tc, a_list_is_split_at_its_separators);
    tcase_add_test(tc, integers_fit_or_are_refused);
    tcase_add_test(tc, ids_are_words_of_at_most_63_letters);
    tcase_add_test(tc, a_buffer_ends_with_zero_however_it_grows);
    tcase_add_test(tc, a_list_gives_zeroed_elements);
    tcase_add_test(tc, a_map_finds_what_was_added_and_nothing_else);
    return tc;
}
