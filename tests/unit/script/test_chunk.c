/* unit/script/test_chunk.c - what is kept of a file that was compiled, and what
 * is not.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "script/chunk.h"

static struct wf_chunks *chunks;

static void setup(void)
{
    chunks = wf_chunks_new();
    bench_setup();
    bench.options.chunks = chunks;
}

static void teardown(void)
{
    bench_teardown();
    wf_chunks_free(chunks);
}

START_TEST(a_file_is_compiled_once)
{
    static const char text[] = "function f(x) return 2 * x end";

    ck_assert_str_eq(bench_call(text, "[4]"), "8");
    ck_assert_str_eq(bench_call(text, "[5]"), "10");
    ck_assert_uint_eq(wf_chunks_compiled(chunks), 1);
}
END_TEST

START_TEST(each_state_runs_it_anew)
{
    static const char text[] = "n = (n or 0) + 1\nlocal m = {}\n"
                               "function f() m.k = (m.k or 0) + 1 n = n + 1 "
                               "return n * 10 + m.k end";

    ck_assert_str_eq(bench_call(text, "[]"), "21");
    ck_assert_str_eq(bench_call(text, "[]"), "21");
    ck_assert_uint_eq(wf_chunks_compiled(chunks), 1);
}
END_TEST

START_TEST(a_new_text_is_a_new_chunk)
{
    ck_assert_str_eq(bench_call("function f() return 1 end", "[]"), "1");
    ck_assert_str_eq(bench_call("function f() return 2 end", "[]"), "2");
    ck_assert_uint_eq(wf_chunks_compiled(chunks), 2);
}
END_TEST

START_TEST(kept_or_not_it_costs_the_same)
{
    static const char text[] = "function f() local t = {} for i = 1, 9 do t[i] "
                               "= i .. '' end return #t end";
    int64_t left;

    bench_call(text, "[]");
    left = bench.budget.units;
    bench_call(text, "[]");
    ck_assert_int_eq(bench.budget.units, left);
    bench.options.chunks = NULL;
    bench_call(text, "[]");
    ck_assert_int_eq(bench.budget.units, left);
}
END_TEST

START_TEST(a_mistake_is_told_each_time_and_not_kept)
{
    for (int i = 0; i < 2; i++)
        ck_assert_ptr_nonnull(strstr(
            bench_call("function f()\nreturn return\nend", "[]"), "t:2: "));
    ck_assert_uint_eq(wf_chunks_compiled(chunks), 0);
}
END_TEST

START_TEST(errors_have_their_lines)
{
    for (int i = 0; i < 2; i++)
        ck_assert_str_eq(bench_call("function f()\n\nerror 'no'\nend", "[]"),
                         "t:3: no");
}
END_TEST

START_TEST(bytecode_is_no_text)
{
    ck_assert_ptr_nonnull(strstr(bench_call("\x1bLua", "[]"), "binary"));
}
END_TEST

TCase *chunk_tests(void)
{
    TCase *tc = tcase_create("script/chunk");

    tcase_set_timeout(tc, 30);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_file_is_compiled_once);
    tcase_add_test(tc, each_state_runs_it_anew);
    tcase_add_test(tc, a_new_text_is_a_new_chunk);
    tcase_add_test(tc, kept_or_not_it_costs_the_same);
    tcase_add_test(tc, a_mistake_is_told_each_time_and_not_kept);
    tcase_add_test(tc, errors_have_their_lines);
    tcase_add_test(tc, bytecode_is_no_text);
    return tc;
}
