/* unit/def/test_hook.c - hook functions and what calls them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "def/compile.h"

static const char FORM[] =
    "<form xmlns='urn:weft:1' id='f'>\n"
    "<fields><field id='who' type='person' default='me'/>\n"
    "<field id='kind' type='choice' options='lua:kinds'/>\n"
    "<items id='rows' default='lua:rows'>"
    "<field id='x' type='text' required='true'/></items></fields>\n"
    "<workflow start='first-look'>\n"
    "<step id='first-look' by='creator' edit='kind rows'>"
    "<action id='hand-in' by='lua(pick)' to='done'/></step>\n"
    "<end id='done'/></workflow>\n"
    "</form>";

#define CALLED                                                                 \
    "function kinds(doc) return {} end\n"                                      \
    "function rows(doc) return { { x = 'y' } } end\n"                          \
    "function pick(doc) return {} end\n"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

/* What is found, in one text. The form and `hook`; a script "util"; a file
 * that nobody asks for if `stray`. */
static const char *found(const char *hook, bool stray, struct wf_bundle *out)
{
    static const char util[] = "return { one = 1 }";
    struct wf_text_file files[] = {
        { "f.form.xml", FORM, sizeof FORM - 1 },
        { "f.lua", hook, strlen(hook) },
        { "scripts/util.lua", util, sizeof util - 1 },
        { "g.lua", "", 0 },
    };
    struct wf_compile_options options = { 0 };
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_buf text = WF_BUF_INIT(arena);

    wf_compile(arena, files, stray ? 4 : 3, &options, &diags, out);
    wf_diags_write(&diags, &text);
    return wf_buf_text(&text);
}

START_TEST(functions_that_are_called_are_right)
{
    static const char HOOK[] =
        CALLED "local util = require 'util'\n"
               "local function helper() return util.one end\n"
               "function validate(doc) helper() end\n"
               "function before_hand_in(doc, act) end\n"
               "function after_add_approver(doc, act) end\n"
               "function enter_first_look(doc) end\n"
               "function leave_done(doc) end\n";
    struct wf_bundle bundle;
    const struct wf_compiled *at;

    ck_assert_str_eq(found(HOOK, false, &bundle), "");
    for (at = bundle.compiled; !at->form;)
        at = at->next;
    ck_assert_str_eq(at->hook_file, "f.lua");
    ck_assert_str_eq(at->uses, "[[\"util\",1]]");
    ck_assert_ptr_nonnull(
        wf_map_find(&at->form->hook_functions, "before_hand_in"));
}
END_TEST

START_TEST(functions_without_a_caller_and_calls_without_a_function_are_found)
{
    static const struct {
        const char *hook, *says;
    } rows[] = {
        { CALLED "function before_handin(d) end\n",
          "f.lua:4:1: error: no event calls before_handin(); did you mean "
          "before_hand_in()?" },
        { CALLED "function enter_hand_in(d) end\n",
          "no event calls enter_hand_in()" },
        { CALLED "function stray(d) end\n",
          "f.lua:4:1: warning: nothing calls stray()" },
        { "function rows(d) end function pick(d) end\n",
          "f.form.xml:3:45: error: there is no hook function \"kinds\"" },
        { "function kinds(d) end function pick(d) end\n",
          "f.form.xml:4:31: error: there is no hook function \"rows\"" },
        { "function kinds(d) end function rows(d) end\n",
          "f.form.xml:6:78: error: there is no hook function \"pick\"" },
        { CALLED "function validate(\n", "f.lua:" },
        { CALLED "local x = require 'nothing'\n", "nothing" },
    };

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        struct wf_bundle bundle;
        const char *text = found(rows[i].hook, false, &bundle);

        ck_assert_msg(strstr(text, rows[i].says), "%s\n%s", rows[i].says, text);
    }
}
END_TEST

START_TEST(a_hook_file_that_no_form_has_is_told)
{
    struct wf_bundle bundle;

    ck_assert(strstr(found(CALLED, true, &bundle),
                     "g.lua:1:1: warning: no form has this hook file"));
}
END_TEST

TCase *hook_tests(void)
{
    TCase *tc = tcase_create("def/hook");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, functions_that_are_called_are_right);
    tcase_add_test(
        tc, functions_without_a_caller_and_calls_without_a_function_are_found);
    tcase_add_test(tc, a_hook_file_that_no_form_has_is_told);
    return tc;
}
