/* unit/def/test_diff.c - what differs in meaning, told part by part.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "def/diff.h"

#define FORM(fields, workflow, access)                                         \
    "<form xmlns='urn:weft:1' id='trip' label='Trip'><fields>" fields          \
    "</fields><workflow start='draft'>" workflow "</workflow><access>" access  \
    "</access></form>"
#define OWNER "<field id='owner' type='person' label='Who'/>"
#define STEPS                                                                  \
    "<step id='draft' by='owner'><action id='submit' to='check'/></step>"      \
    "<approval id='check' approved='done' rejected='draft' agree='all'>"       \
    "<level id='lead' by='manager(owner)'/><level id='hr' by='role(hr)'/>"     \
    "</approval><end id='done'/>"
#define GRANT "<grant to='owner' rights='read comment'/>"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static struct wf_diff_side side(const char *text, const char *hook)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_diff_side made = { .lang = "en", .hook = hook };

    made.root = wf_xml_parse(arena, "x.xml", text, strlen(text), &diags);
    ck_assert(made.root);
    return made;
}

static const char *compared(const struct wf_diff_side *from,
                            const struct wf_diff_side *to)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&out);

    wf_jw_open(&w, '[');
    wf_diff_rows(from, to, "en", &w);
    wf_jw_close(&w, ']');
    return wf_buf_text(&out);
}

static const char *diff(const char *from, const char *to)
{
    struct wf_diff_side old = side(from, NULL), new = side(to, NULL);

    return compared(&old, &new);
}

static const char *const form = FORM(OWNER, STEPS, GRANT);

static void says(const char *rows, const char *wanted)
{
    ck_assert_msg(strstr(rows, wanted), "%s\nlacks %s", rows, wanted);
}

START_TEST(what_means_the_same_differs_in_nothing)
{
    static const char *const other = FORM(
        "\n  <field label='Who' required='false' type='person' id='owner'/>\n",
        "<step by=' owner ' id='draft'><action to='check' id='submit'/></step>"
        "<approval id='check' rejected='draft' approved='done'>"
        "<level id='lead' by='manager( owner )' agree='all' order='together'/>"
        "<level by='role(hr)' agree='all' id='hr'/></approval>"
        "<!-- the end --><end state='done' id='done'/>",
        "<grant rights='comment  read' to='owner'/>");

    ck_assert_str_eq(diff(form, other), "[]");
}
END_TEST

START_TEST(a_field_comes_goes_and_changes)
{
    static const char *const more =
        FORM(OWNER "<field id='days' type='number' label='Days' max='10'"
                   " formula='a + 1'/>",
             STEPS, GRANT);
    static const char *const other =
        FORM(OWNER "<field id='days' type='number' label='Days' max='20.0'"
                   " formula='a+1' required='true'/>",
             STEPS, GRANT);

    says(diff(form, more),
         "[{\"definition\":\"trip\",\"kind\":\"field\",\"path\":\"days\","
         "\"label\":\"Days\","
         "\"change\":\"added\",\"from\":null,\"to\":{\"type\":\"number\"");
    says(diff(more, form), "\"change\":\"removed\",\"from\":{");
    says(diff(more, other), "\"change\":\"changed\",\"attribute\":\"max\","
                            "\"from\":10,\"to\":20,\"text\":{\"zh-CN\":"
                            "\"字段“Days”（days）：最大值由“10”改为“20.0”。\"");
    says(diff(more, other),
         "\"attribute\":\"required\",\"from\":null,\"to\":true");
    ck_assert(!strstr(diff(more, other), "formula"));
}
END_TEST

START_TEST(another_id_is_a_new_name)
{
    static const char *const old =
        FORM(OWNER "<items id='legs' label='Legs'><field id='from' type='text'"
                   " label='From'/></items>",
             STEPS, GRANT);
    static const char *const new =
        FORM(OWNER "<items id='legs' label='Legs'><field id='start' type='text'"
                   " label='From'/></items>",
             STEPS, GRANT);

    says(diff(old, new),
         "[{\"definition\":\"trip\",\"kind\":\"field\",\"path\":\"legs.start\","
         "\"label\":\"From\",\"change\":\"renamed\","
         "\"from\":\"legs.from\",\"to\":\"legs.start\"");
}
END_TEST

START_TEST(levels_in_another_order_are_told_once)
{
    static const char *const other = FORM(
        OWNER,
        "<step id='draft' by='owner'><action id='submit' to='check'/></step>"
        "<approval id='check' approved='done' rejected='draft' agree='all'>"
        "<level id='hr' by='role(hr)'/><level id='lead' by='manager(owner)'/>"
        "</approval><end id='done'/>",
        GRANT);
    struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    const char *rows = diff(form, other);
    struct wf_json *json;

    ck_assert(wf_json_parse(arena, rows, strlen(rows), &limits, &json, &err));
    ck_assert_uint_eq(wf_json_len(json), 1);
    says(rows, "\"kind\":\"step\",\"path\":\"check\"");
    says(rows, "\"change\":\"reordered\",\"attribute\":\"level\","
               "\"from\":[\"lead\",\"hr\"],\"to\":[\"hr\",\"lead\"]");
}
END_TEST

START_TEST(a_step_that_becomes_another_kind_takes_its_parts_along)
{
    static const char *const other = FORM(
        OWNER,
        "<step id='draft' by='owner'><action id='submit' to='check'/></step>"
        "<step id='check' by='role(hr)'><action id='ok' to='done'/></step>"
        "<end id='done'/>",
        GRANT);
    const char *rows = diff(form, other);

    says(rows, "\"path\":\"check\",\"label\":\"check\",\"change\":\"changed\","
               "\"attribute\":\"element\",\"from\":\"approval\",\"to\":"
               "\"step\"");
    says(rows, "\"path\":\"check.lead\",\"label\":\"lead\","
               "\"change\":\"removed\"");
    says(rows, "\"path\":\"check.ok\"");
}
END_TEST

START_TEST(access_of_one_person_twice_is_told_apart)
{
    static const char *const two =
        FORM(OWNER, STEPS,
             GRANT "<grant to='owner' rights='edit' when='state == 1'/>");

    says(diff(form, two),
         "[{\"definition\":\"trip\",\"kind\":\"grant\",\"path\":\"owner #2\"");
    ck_assert_str_eq(diff(two, two), "[]");
}
END_TEST

START_TEST(hooks_are_compared_function_by_function)
{
    static const char old_hook[] = "function validate(doc)\n  one()\nend\n"
                                   "function enter_draft(doc)\nend\n";
    static const char new_hook[] = "-- said anew\nfunction validate(doc)\n"
                                   "\n    two()\nend\n"
                                   "function after_submit(doc)\nend\n";
    static const char layout[] = "function validate(doc)\n\n one() \nend\n"
                                 "-- empty\nfunction enter_draft(doc)\nend";
    struct wf_diff_side old = side(form, old_hook);
    struct wf_diff_side new = side(form, new_hook);
    struct wf_diff_side same = side(form, layout);
    const char *rows = compared(&old, &new);

    says(rows, "\"path\":\"validate\",\"label\":\"validate\","
               "\"change\":\"changed\",\"attribute\":\"body\"");
    says(rows, "\"en\":\"The hook \\\"validate\\\" does something else.\"");
    ck_assert_str_eq(compared(&old, &same), "[]");
}
END_TEST

START_TEST(of_one_side_alone_all_is_new)
{
    struct wf_diff_side none = { .lang = "en" }, one = side(form, NULL);

    says(compared(&none, &one),
         "[{\"definition\":\"trip\",\"kind\":\"form\",\"path\":\"trip\"");
    says(compared(&one, &none), "\"change\":\"removed\"");
}
END_TEST

TCase *diff_tests(void)
{
    TCase *tc = tcase_create("def/diff");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_means_the_same_differs_in_nothing);
    tcase_add_test(tc, a_field_comes_goes_and_changes);
    tcase_add_test(tc, another_id_is_a_new_name);
    tcase_add_test(tc, levels_in_another_order_are_told_once);
    tcase_add_test(tc, a_step_that_becomes_another_kind_takes_its_parts_along);
    tcase_add_test(tc, access_of_one_person_twice_is_told_apart);
    tcase_add_test(tc, hooks_are_compared_function_by_function);
    tcase_add_test(tc, of_one_side_alone_all_is_new);
    return tc;
}
