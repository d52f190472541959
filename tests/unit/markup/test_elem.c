/* unit/markup/test_elem.c - text to tree and back, places, limits, and what
 * strangers send.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "support/data.h"

#define NS " xmlns=\"urn:weft:1\""

static void repeat(struct wf_buf *buf, const char *text, int n)
{
    while (n-- > 0)
        wf_buf_str(buf, text);
}

static void refused_with(const char *text, const char *findings)
{
    bench.diags.n = 0;
    bench.diags.n_errors = 0;
    ck_assert_ptr_null(bench_parse(text));
    ck_assert_str_eq(bench_findings(), findings);
}

START_TEST(elements_attributes_and_text_arrive_in_order)
{
    const struct wf_elem *form =
        bench_parse("<form" NS " id='a' label=\"x &amp; y &#38; &lt;z\">\n"
                    "  <!-- not here -->\n"
                    "  <rule>one <![CDATA[<two>]]> &amp;\n</rule><end/>\n"
                    "</form>\n");

    ck_assert_str_eq(bench_findings(), "");
    ck_assert_ptr_nonnull(form);
    ck_assert(wf_elem_is(form, "form"));
    ck_assert_str_eq(form->attrs->name, "id");
    ck_assert_str_eq(wf_elem_get(form, "label"), "x & y & <z");
    ck_assert_ptr_null(wf_elem_get(form, "xmlns"));
    ck_assert_str_eq(form->text, "");
    ck_assert_str_eq(form->first->text, "one <two> &");
    ck_assert_str_eq(form->last->name, "end");
    ck_assert_ptr_eq(form->first->next, form->last);
    ck_assert_ptr_eq(form->last->parent, form);
}
END_TEST

START_TEST(lines_and_columns_count_characters)
{
    const struct wf_elem *form =
        bench_parse("<form" NS "\n  label='绩效' id = \"表\"><a/>绩效<b\n"
                    "x='1'/></form>");
    const struct wf_attr *id = wf_elem_attr(form, "id");

    ck_assert_int_eq(form->place.line, 1);
    ck_assert_int_eq(form->place.column, 1);
    ck_assert_int_eq(form->attrs->place.line, 2);
    ck_assert_int_eq(form->attrs->place.column, 10);
    ck_assert_int_eq(id->place.line, 2);
    ck_assert_int_eq(id->place.column, 20);
    ck_assert_int_eq(form->first->place.column, 23);
    ck_assert_int_eq(form->last->place.column, 29);
    ck_assert_int_eq(form->last->attrs->place.line, 3);
    ck_assert_int_eq(form->last->attrs->place.column, 4);
    ck_assert_str_eq(form->place.file, "t.xml");
}
END_TEST

START_TEST(lines_beyond_65535_are_counted)
{
    struct wf_buf text = WF_BUF_INIT(bench.arena);
    const struct wf_elem *form;

    wf_buf_str(&text, "<form" NS ">");
    repeat(&text, "\n", 70000);
    wf_buf_str(&text, "<end/></form>");
    form = bench_parse(wf_buf_text(&text));

    ck_assert_int_eq(form->first->place.line, 70001);
}
END_TEST

START_TEST(an_element_knows_the_bytes_of_its_text)
{
    static const char TEXT[] = "\xEF\xBB\xBF<?xml version='1.0'?>\n<form" NS
                               " a='/>'><b c='>'>绩</b ><d\n/></form >\n";
    const struct wf_elem *form = bench_parse(TEXT);
    const struct wf_elem *b = form->first;
    const struct wf_elem *d = form->last;

    ck_assert(!strncmp(TEXT + b->begin, "<b c='>'>绩</b >", b->end - b->begin));
    ck_assert_uint_eq(b->end - b->begin, strlen("<b c='>'>绩</b >"));
    ck_assert(!strncmp(TEXT + d->begin, "<d\n/>", d->end - d->begin));
    ck_assert_uint_eq(d->end - d->begin, 5);
    ck_assert_uint_eq(form->begin,
                      strlen("\xEF\xBB\xBF<?xml version='1.0'?>\n"));
    ck_assert_uint_eq(form->end, strlen(TEXT) - 1);
}
END_TEST

START_TEST(the_language_is_the_only_foreign_attribute)
{
    const struct wf_elem *form =
        bench_parse("<form" NS " xmlns:q='urn:q' q:b='1' xml:lang='en'\n"
                    " xml:space='preserve' xmlnsx='2'/>");

    ck_assert_str_eq(wf_elem_get(form, "xml:lang"), "en");
    ck_assert_str_eq(wf_elem_get(form, "xmlnsx"), "2");
    ck_assert_str_eq(form->attrs->name, "xml:lang");
    ck_assert_int_eq(form->attrs->place.column, 60);
    ck_assert_str_eq(
        bench_findings(),
        "1:47: the attribute q:b belongs to another namespace: remove it\n"
        "2:13: the attribute xml:space belongs to another namespace: remove "
        "it\n");
}
END_TEST

START_TEST(a_root_without_namespace_is_said_once_and_read)
{
    const struct wf_elem *form = bench_parse("<form><fields/></form>");

    ck_assert_ptr_nonnull(form);
    ck_assert(wf_elem_is(form->first, "fields"));
    ck_assert_str_eq(bench_findings(),
                     "1:1: <form> has no namespace: write <form "
                     "xmlns=\"urn:weft:1\">\n");
}
END_TEST

START_TEST(foreign_elements_are_left_out_with_all_they_hold)
{
    const struct wf_elem *form =
        bench_parse("<form" NS "><x xmlns='urn:x'>text<y/></x><end/></form>");

    ck_assert_ptr_eq(form->first, form->last);
    ck_assert(wf_elem_is(form->first, "end"));
    ck_assert_str_eq(form->text, "");
    ck_assert_str_eq(
        bench_findings(),
        "1:26: <x> is not in the namespace urn:weft:1: remove it\n");
    refused_with("<x xmlns='urn:x'/>",
                 "1:1: <x> is not in the namespace urn:weft:1: remove it\n");
}
END_TEST

START_TEST(reading_ends_when_nobody_reads_the_findings)
{
    struct wf_buf text = WF_BUF_INIT(bench.arena);

    wf_buf_str(&text, "<form" NS " xmlns:q='urn:q'>");
    repeat(&text, "<q:a/>", WF_DIAGS_MAX);
    ck_assert_ptr_nonnull(
        bench_parse(wf_arena_printf(bench.arena, "%s</form>", text.data)));
    bench.diags.n_errors = 0;
    repeat(&text, "<q:a/>", WF_DIAGS_MAX);
    ck_assert_ptr_null(
        bench_parse(wf_arena_printf(bench.arena, "%s</form>", text.data)));
    ck_assert_uint_eq(bench.diags.n_errors, WF_DIAGS_MAX + 1);
}
END_TEST

START_TEST(what_is_not_well_formed_is_refused_with_its_place)
{
    refused_with("", "1:1: there is no element in this file\n");
    refused_with("<a" NS ">\n  <b>\n</a>",
                 "3:1: </a> closes nothing here: line 2 has opened <b>\n");
    refused_with("<a" NS "/><b/>",
                 "1:24: there is something behind the end of the first "
                 "element\n");
    refused_with("<a" NS ">&nbsp;</a>",
                 "1:29: &nbsp; is not known: write the character itself\n");
    refused_with("<a" NS " b='1' b='2'/>",
                 "1:34: the attribute b stands twice in this tag\n");
    refused_with("<a" NS " b='1 < 2'/>",
                 "1:28: a < in a value must be written &lt;\n");
    refused_with("<a" NS " b='1 & 2'/>",
                 "1:29: a name is missing or not ended: write & as &amp; and "
                 "< as &lt;\n");
}
END_TEST

START_TEST(an_end_that_is_cut_off_is_refused)
{
    static const char WHOLE[] =
        "<?xml version='1.0' encoding='utf-8'?><form" NS
        " id='a'><b>x &amp; y</b><!-- c --><![CDATA[d]]><e f='g'/></form>";

    for (size_t len = 0; len < sizeof WHOLE - 1; len++)
        ck_assert_ptr_null(
            wf_xml_parse(bench.arena, "t.xml", WHOLE, len, &bench.diags));
    ck_assert_ptr_nonnull(bench_parse(WHOLE));
}
END_TEST

START_TEST(a_doctype_is_refused_before_anything_is_loaded)
{
    refused_with("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a" NS "/>",
                 "1:1: a DOCTYPE is not allowed: remove it\n");
    refused_with("<?xml version='1.0'?>\n"
                 "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                 "<a" NS ">&x;</a>",
                 "2:1: a DOCTYPE is not allowed: remove it\n");
    ck_assert_ptr_nonnull(bench_parse("<a" NS "><!-- <!DOCTYPE a> --></a>"));
}
END_TEST

START_TEST(only_utf_8_is_read)
{
    static const char UTF16[] = "\xFF\xFE<\0a\0/\0>\0";

    refused_with("<?xml version='1.0' encoding=\"GB18030\"?><a" NS "/>",
                 "1:1: the encoding \"GB18030\" is not supported: use UTF-8\n");
    refused_with("<a" NS ">\n绩\xC3(</a>",
                 "2:2: this is not UTF-8: save the file in that encoding\n");
    refused_with("<a" NS ">\x01</a>",
                 "1:23: a control character is not allowed here: remove it\n");
    ck_assert_ptr_null(wf_xml_parse(bench.arena, "t.xml", UTF16,
                                    sizeof UTF16 - 1, &bench.diags));
    ck_assert_ptr_nonnull(bench_parse("<?xml version='1.0'?><a" NS "/>"));
}
END_TEST

START_TEST(processing_instructions_are_refused)
{
    refused_with("<a" NS ">\n<?php echo 1 ?></a>",
                 "2:1: processing instructions are not allowed: remove it\n");
    refused_with(" <?xml version='1.0'?><a" NS "/>",
                 "1:2: processing instructions are not allowed: remove it\n");
}
END_TEST

START_TEST(size_count_depth_and_attributes_have_limits)
{
    struct wf_buf text = WF_BUF_INIT(bench.arena);

    wf_buf_str(&text, "<a" NS);
    for (int i = 0; i < WF_XML_ATTRS - 1; i++)
        wf_buf_printf(&text, " a%d=''", i);
    ck_assert_ptr_nonnull(
        bench_parse(wf_arena_printf(bench.arena, "%s/>", text.data)));
    refused_with(wf_arena_printf(bench.arena, "%s b=''/>", text.data),
                 "1:1: this tag has more than 64 attributes\n");

    text.len = 0;
    wf_buf_str(&text, "<a" NS ">");
    repeat(&text, "<a>", WF_XML_DEPTH);
    refused_with(wf_buf_text(&text),
                 "1:212: elements are nested more than 64 deep\n");

    text.len = 0;
    wf_buf_str(&text, "<a" NS ">");
    repeat(&text, "<a/>", WF_XML_NODES);
    refused_with(wf_buf_text(&text),
                 "1:400019: the file has more than 100000 elements\n");

    text.len = 0;
    repeat(&text, " ", WF_XML_MAX + 1);
    refused_with(wf_buf_text(&text),
                 "1:1: the file is larger than 1048576 bytes: split it\n");
}
END_TEST

/* Each of these would make libxml2 compare all attributes of one tag with each
 * other if the scan could be led past its '<'. */
START_TEST(many_attributes_cannot_be_hidden_from_the_scan)
{
    static const char *const before[] = {
        "",
        "<a b=\"",
        "<a '",
        "<!-- \x01",
        "<![CDATA[\x02",
        "<a/><![CDATA[",
        "<?xml version='1.0' ",
        "</a b='",
        "<!x '",
        "<!-- --",
    };
    struct wf_buf tag = WF_BUF_INIT(bench.arena);

    wf_buf_str(&tag, "<q");
    for (int i = 0; i < 40000; i++)
        wf_buf_printf(&tag, " a%d=''", i);
    wf_buf_str(&tag, "/>");
    for (size_t i = 0; i < WF_COUNT(before); i++) {
        struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
        struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
        const char *text =
            wf_arena_printf(arena, "<a" NS ">%s%s", before[i], tag.data);
        ck_assert_ptr_null(
            wf_xml_parse(arena, "t.xml", text, strlen(text), &diags));
        ck_assert_uint_ge(diags.n, 1);
    }
}
END_TEST

START_TEST(a_fragment_holds_several_elements_in_our_namespace)
{
    static const char TEXT[] = "<field id='a'/>\n <field id='b'/>";
    const struct wf_elem *holder = wf_xml_parse_fragment(
        bench.arena, "change", TEXT, strlen(TEXT), &bench.diags);

    ck_assert_str_eq(bench_findings(), "");
    ck_assert_str_eq(holder->name, "");
    ck_assert_str_eq(wf_elem_get(holder->first, "id"), "a");
    ck_assert_int_eq(holder->last->place.line, 2);
    ck_assert_int_eq(holder->last->place.column, 2);
    ck_assert_int_eq(holder->last->attrs->place.column, 13);
    ck_assert_uint_eq(holder->last->begin, 17);
    ck_assert_uint_eq(holder->last->end, strlen(TEXT));
}
END_TEST

START_TEST(a_fragment_cannot_leave_its_wrapper)
{
    static const char *const texts[] = {
        "</weft-fragment><a/><weft-fragment>", "</weft-fragment>", "<a>",
        "<?xml version='1.0'?><a/>",           "<!DOCTYPE a><a/>", "<!-- ",
    };

    for (size_t i = 0; i < WF_COUNT(texts); i++) {
        bench.diags.n = 0;
        ck_assert_ptr_null(wf_xml_parse_fragment(
            bench.arena, "change", texts[i], strlen(texts[i]), &bench.diags));
        ck_assert_uint_ge(bench.diags.n, 1);
    }
}
END_TEST

START_TEST(what_was_written_reads_the_same)
{
    static const char TEXT[] =
        "<form" NS " id=\"a\" label=\"&lt;&quot;&#10;&#9;&amp;&gt;\">\n"
        "  <rule>1 &lt; 2 &amp; 绩效</rule>\n"
        "  <fields>\n"
        "    <field/>\n"
        "  </fields>\n"
        "</form>\n";
    const struct wf_elem *form = bench_parse(TEXT);
    const struct wf_elem *copy = wf_elem_copy(bench.arena, form);

    ck_assert_str_eq(wf_elem_get(form, "label"), "<\"\n\t&>");
    ck_assert_str_eq(bench_written(form), TEXT);
    ck_assert_str_eq(bench_written(copy), TEXT);
    ck_assert_int_eq(copy->last->first->place.line, 4);
    ck_assert_ptr_eq(copy->last->first->parent, copy->last);
}
END_TEST

/* --- Files that broke other readers */

static void refuse_all(const char *folder)
{
    const char *path = data_path(bench.arena, folder);
    DIR *dir = path ? opendir(path) : NULL;
    const struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
        struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
        const char *text;
        size_t len;

        if (entry->d_name[0] == '.')
            continue;
        text = data_read(arena,
                         wf_arena_printf(arena, "%s/%s", folder, entry->d_name),
                         &len);
        wf_xml_parse(arena, entry->d_name, text, len, &diags);
        ck_assert_msg(diags.n > 0, "%s was not refused", entry->d_name);
        ck_assert_int_gt(diags.at[0].place.line, 0);
    }
    if (dir)
        closedir(dir);
}

START_TEST(the_hostile_files_of_libxml2_are_refused)
{
    static const char *const folders[] = { "errors", "VC", "namespaces" };

    for (size_t i = 0; i < WF_COUNT(folders); i++)
        refuse_all(
            wf_arena_printf(bench.arena, "hostile_xml_libxml2/%s", folders[i]));
}
END_TEST

TCase *elem_tests(void)
{
    TCase *tc = tcase_create("markup/elem");

    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, elements_attributes_and_text_arrive_in_order);
    tcase_add_test(tc, lines_and_columns_count_characters);
    tcase_add_test(tc, lines_beyond_65535_are_counted);
    tcase_add_test(tc, an_element_knows_the_bytes_of_its_text);
    tcase_add_test(tc, the_language_is_the_only_foreign_attribute);
    tcase_add_test(tc, a_root_without_namespace_is_said_once_and_read);
    tcase_add_test(tc, foreign_elements_are_left_out_with_all_they_hold);
    tcase_add_test(tc, reading_ends_when_nobody_reads_the_findings);
    tcase_add_test(tc, what_is_not_well_formed_is_refused_with_its_place);
    tcase_add_test(tc, an_end_that_is_cut_off_is_refused);
    tcase_add_test(tc, a_doctype_is_refused_before_anything_is_loaded);
    tcase_add_test(tc, only_utf_8_is_read);
    tcase_add_test(tc, processing_instructions_are_refused);
    tcase_add_test(tc, size_count_depth_and_attributes_have_limits);
    tcase_add_test(tc, many_attributes_cannot_be_hidden_from_the_scan);
    tcase_add_test(tc, a_fragment_holds_several_elements_in_our_namespace);
    tcase_add_test(tc, a_fragment_cannot_leave_its_wrapper);
    tcase_add_test(tc, what_was_written_reads_the_same);
    tcase_add_test(tc, the_hostile_files_of_libxml2_are_refused);
    return tc;
}
