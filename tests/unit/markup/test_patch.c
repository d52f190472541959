/* unit/markup/test_patch.c - overlays' operations on element trees.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/buf.h"
#include "markup/patch.h"

#define NS " xmlns=\"urn:weft:1\""

static const char BASE[] =
    "<form" NS " id=\"f\">"
    "<fields>"
    "<section id=\"plan\"><field id=\"a\"/><field id=\"b\"/></section>"
    "<field id=\"total\" formula=\"1\"/>"
    "</fields>"
    "<workflow/>"
    "</form>";

/* Applies `ops` to BASE; the result as text, or the findings. */
static const char *patched(const char *ops)
{
    struct wf_elem *root = bench_parse(BASE);
    const struct wf_elem *overlay =
        bench_parse(wf_arena_printf(bench.arena, "<form" NS ">%s</form>", ops));

    bench.diags.n = 0;
    ck_assert_ptr_nonnull(overlay);
    if (!wf_patch_apply(bench.arena, root, overlay, &bench.diags))
        return bench_findings();
    ck_assert_str_eq(bench_findings(), "");
    return bench_written(root);
}

/* The same with the unchanged parts written once here. */
static const char *whole(const char *fields, const char *behind)
{
    return wf_arena_printf(bench.arena,
                           "<form" NS " id=\"f\">\n  <fields>\n%s"
                           "  </fields>\n%s</form>\n",
                           fields, behind);
}

#define PLAN_OPEN "    <section id=\"plan\">\n"
#define FIELD(id) "      <field id=\"" id "\"/>\n"
#define PLAN_CLOSE "    </section>\n"
#define PLAN PLAN_OPEN FIELD("a") FIELD("b") PLAN_CLOSE
#define TOTAL "    <field id=\"total\" formula=\"1\"/>\n"
#define WORKFLOW "  <workflow/>\n"

START_TEST(add_puts_elements_last_first_before_and_behind)
{
    ck_assert_str_eq(
        patched("<add sel=\"fields/section[@id='plan']\"><field id='c'/>"
                "<field id='d'/></add>"),
        whole(PLAN_OPEN FIELD("a") FIELD("b") FIELD("c") FIELD("d")
                  PLAN_CLOSE TOTAL,
              WORKFLOW));
    ck_assert_str_eq(
        patched("<add sel='fields/section' pos='prepend'><field id='c'/>"
                "<field id='d'/></add>"),
        whole(PLAN_OPEN FIELD("c") FIELD("d") FIELD("a") FIELD("b")
                  PLAN_CLOSE TOTAL,
              WORKFLOW));
    ck_assert_str_eq(patched("<add sel='fields/section/field[2]' pos='before'>"
                             "<field id='c'/></add>"),
                     whole(PLAN_OPEN FIELD("a") FIELD("c") FIELD("b")
                               PLAN_CLOSE TOTAL,
                           WORKFLOW));
    ck_assert_str_eq(patched("<add sel='workflow' pos='after'><access/></add>"),
                     whole(PLAN TOTAL, WORKFLOW "  <access/>\n"));
    ck_assert_str_eq(patched("<add sel='.'><access/></add>"),
                     whole(PLAN TOTAL, WORKFLOW "  <access/>\n"));
}
END_TEST

START_TEST(attributes_are_added_replaced_and_removed)
{
    ck_assert_str_eq(
        patched("<add sel='fields/field' type='@label'>合计 &lt;</add>"
                "<replace sel=\"fields/field[@id='total']/@formula\">\n"
                "2 &gt; 1</replace>"),
        whole(PLAN "    <field id=\"total\" formula=\"2 &gt; 1\" "
                   "label=\"合计 &lt;\"/>\n",
              WORKFLOW));
    ck_assert_str_eq(patched("<remove sel='fields/field/@formula'/>"),
                     whole(PLAN "    <field id=\"total\"/>\n", WORKFLOW));
    ck_assert_str_eq(patched("<replace sel='@id'>g</replace>"
                             "<replace sel='./@id'>f</replace>"),
                     "1:70: sel=\"./@id\" is not a path at character 1: write "
                     "name/name[@id='…']/@attribute\n");
}
END_TEST

START_TEST(elements_are_replaced_and_removed)
{
    ck_assert_str_eq(
        patched("<replace sel='fields/section'><field id='s'/></replace>"
                "<remove sel='workflow'/>"),
        whole("    <field id=\"s\"/>\n" TOTAL, ""));
    ck_assert_str_eq(
        patched("<remove sel='fields/section/field[2]'/>"
                "<add sel='fields/section'><field id='z'/></add>"),
        whole(PLAN_OPEN FIELD("a") FIELD("z") PLAN_CLOSE TOTAL, WORKFLOW));
}
END_TEST

START_TEST(an_operation_sees_what_those_before_it_did)
{
    ck_assert_str_eq(
        patched("<add sel='fields'><section id='new'/></add>"
                "<add sel=\"fields/section[@id='new']\"><field/></add>"
                "<remove sel=\"fields/section[@id='new']\"/>"),
        whole(PLAN TOTAL, WORKFLOW));
}
END_TEST

START_TEST(places_of_the_overlay_are_kept)
{
    struct wf_elem *root = bench_parse(BASE);
    const struct wf_elem *ops =
        bench_parse("<form" NS ">\n<add sel='workflow'>\n<step/></add>\n"
                    "<replace sel='@id'>x</replace></form>");

    ck_assert(wf_patch_apply(bench.arena, root, ops, &bench.diags));
    ck_assert_int_eq(root->last->first->place.line, 3);
    ck_assert_int_eq(root->attrs->place.line, 4);
    ck_assert_ptr_eq(root->last->first->parent, root->last);
}
END_TEST

static void refused_with(const char *op, const char *message)
{
    const char *seen = patched(op);

    ck_assert_msg(strstr(seen, message), "%s gave %s", op, seen);
    ck_assert_uint_eq(bench.diags.n, 1);
}

START_TEST(what_does_not_name_exactly_one_node_is_a_finding)
{
    refused_with("<remove/>", "<remove> needs sel=");
    refused_with("<remove sel='views'/>", "there is no such <views>");
    refused_with("<remove sel='fields/section/field'/>", "names 2 elements");
    refused_with("<remove sel='fields/section/field[3]'/>", "names nothing");
    refused_with("<remove sel='fields/field/@min'/>",
                 "<field> has no attribute min");
    refused_with("<remove sel=\"fields/section[@id='PLAN']\"/>",
                 "names nothing");
}
END_TEST

START_TEST(what_is_not_a_path_is_a_finding)
{
    static const char *const paths[] = {
        "",
        "/fields",
        "fields/",
        "fields//field",
        "//*",
        "fields/..",
        "*[1]",
        "fields[0]",
        "fields[-1]",
        "fields[1][1]",
        "fields[@id]",
        "fields[@id=plan]",
        "@id/fields",
        "fields[last()]",
        "@",
        "fields[",
        "fields[1",
        "fields[@id='x'",
        "fields | b",
        "count(//*)",
        "fields/@*",
        "fields[99999999999999999999]",
    };

    for (size_t i = 0; i < WF_COUNT(paths); i++)
        refused_with(
            wf_arena_printf(bench.arena, "<remove sel=\"%s\"/>", paths[i]),
            "is not a path at character");
}
END_TEST

START_TEST(what_cannot_be_done_is_a_finding)
{
    refused_with("<add sel='fields'/>", "<add> holds no element");
    refused_with("<add sel='@id'><a/></add>", "needs the path of an element");
    refused_with("<add sel='fields' pos='inside'><a/></add>",
                 "write before, after or prepend");
    refused_with("<add sel='.' pos='after'><a/></add>",
                 "nothing can stand beside");
    refused_with("<add sel='.' type='@id'>x</add>", "is there already");
    refused_with("<add sel='.' type='id'>x</add>", "write @ and a name");
    refused_with("<add sel='.' type='@a b'>x</add>", "write @ and a name");
    refused_with("<add sel='.' type='@1'>x</add>", "write @ and a name");
    refused_with("<replace sel='.'><a/></replace>", "cannot be replaced");
    refused_with("<replace sel='workflow'/>", "exactly one element");
    refused_with("<replace sel='workflow'><a/><b/></replace>",
                 "exactly one element");
    refused_with("<remove sel='.'/>", "cannot be removed");
}
END_TEST

START_TEST(a_tree_does_not_grow_deeper_than_its_limit)
{
    struct wf_buf ops = WF_BUF_INIT(bench.arena);
    struct wf_buf path = WF_BUF_INIT(bench.arena);

    wf_buf_str(&path, "workflow");
    for (int i = 2; i < WF_XML_DEPTH; i++) {
        wf_buf_printf(&ops, "<add sel='%s'><a/></add>", wf_buf_text(&path));
        wf_buf_str(&path, "/a");
    }
    ck_assert_ptr_nonnull(strstr(patched(wf_buf_text(&ops)), "<form"));
    wf_buf_printf(&ops, "<add sel='%s'><a/></add>", wf_buf_text(&path));
    refused_with(wf_buf_text(&ops), "nested more than 64 deep");
}
END_TEST

START_TEST(operations_are_not_without_number)
{
    struct wf_buf ops = WF_BUF_INIT(bench.arena);

    for (int i = 0; i < WF_PATCH_OPS; i++)
        wf_buf_str(&ops, "<replace sel='@id'>g</replace>");
    ck_assert_ptr_nonnull(strstr(patched(wf_buf_text(&ops)), "<form"));
    wf_buf_str(&ops, "<replace sel='@id'>g</replace>");
    refused_with(wf_buf_text(&ops), "there are more than 1000 operations");
}
END_TEST

TCase *patch_tests(void)
{
    TCase *tc = tcase_create("markup/patch");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, add_puts_elements_last_first_before_and_behind);
    tcase_add_test(tc, attributes_are_added_replaced_and_removed);
    tcase_add_test(tc, elements_are_replaced_and_removed);
    tcase_add_test(tc, an_operation_sees_what_those_before_it_did);
    tcase_add_test(tc, places_of_the_overlay_are_kept);
    tcase_add_test(tc, what_does_not_name_exactly_one_node_is_a_finding);
    tcase_add_test(tc, what_is_not_a_path_is_a_finding);
    tcase_add_test(tc, what_cannot_be_done_is_a_finding);
    tcase_add_test(tc, a_tree_does_not_grow_deeper_than_its_limit);
    tcase_add_test(tc, operations_are_not_without_number);
    return tc;
}
