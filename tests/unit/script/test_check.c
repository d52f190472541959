/* unit/script/test_check.c - what the compiler learns of a file of script.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

static const char *find_script(void *self, const char *name)
{
    (void)self;
    return !strcmp(name, "scoring") ? "return {}" : NULL;
}

static bool check(const char *text, struct wf_script_outline *out,
                  struct wf_diags *diags)
{
    *diags = (struct wf_diags)WF_DIAGS_INIT(bench.arena, "en");
    return wf_script_check(bench.arena, "t.lua", text, strlen(text),
                           find_script, NULL, out, diags);
}

START_TEST(functions_and_requires_are_told_in_order)
{
    struct wf_script_outline out;
    struct wf_diags diags;

    ck_assert(check("local s = require 'scoring'\nrequire('scoring')\n"
                    "function validate(doc) end\nlocal function hidden() end\n"
                    "limit = 3\nbefore_submit = function() end\n",
                    &out, &diags));
    ck_assert_uint_eq(out.n, 2);
    ck_assert_str_eq(out.at[0].name, "validate");
    ck_assert_int_eq(out.at[0].line, 3);
    ck_assert_str_eq(out.at[1].name, "before_submit");
    ck_assert_int_eq(out.at[1].line, 6);
    ck_assert_uint_eq(out.n_requires, 1);
    ck_assert_str_eq(out.requires[0], "scoring");
}
END_TEST

static void finds(const char *text, int line, const char *message)
{
    struct wf_script_outline out;
    struct wf_diags diags;

    ck_assert(!check(text, &out, &diags));
    ck_assert_uint_eq(diags.n, 1);
    ck_assert_int_eq(diags.at[0].place.line, line);
    ck_assert_str_eq(diags.at[0].place.file, "t.lua");
    ck_assert_msg(strstr(diags.at[0].message, message), "%s",
                  diags.at[0].message);
}

START_TEST(mistakes_are_findings_at_their_line)
{
    finds("x = 1\ny = = 2\n", 2, "unexpected symbol near '='");
    finds("\n\nfind('goal')", 3, "attempt to call a nil value (global 'find')");
    finds("require 'nowhere'", 1, "there is no script 'nowhere'");
    finds("\nwhile true do end", 2, "the script does too much work");
    finds("error({})", 1, "an error of type table");
}
END_TEST

START_TEST(a_file_that_is_too_large_is_a_finding)
{
    char *text = wf_arena_alloc(bench.arena, WF_SCRIPT_MAX + 2);

    memset(text, ' ', WF_SCRIPT_MAX + 1);
    finds(text, 1, "larger than 262144 bytes");
}
END_TEST

TCase *check_tests(void)
{
    TCase *tc = tcase_create("script/check");

    tcase_set_timeout(tc, 30);
    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, functions_and_requires_are_told_in_order);
    tcase_add_test(tc, mistakes_are_findings_at_their_line);
    tcase_add_test(tc, a_file_that_is_too_large_is_a_finding);
    return tc;
}
