/* fault/test_definition.c - definitions that want to hurt the compiler: each
 * is refused with its place, soon and in little memory, and the next request
 * is served.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/macros.h"
#include "cost.h"
#include "suite.h"
#include "support/data.h"

static struct test_engine t;
static struct wf_buf text;

static void setup(void)
{
    test_engine_open(&t);
    text = (struct wf_buf)WF_BUF_INIT(t.arena);
}

static void teardown(void)
{
    test_engine_close(&t);
}

/* --- Building texts */

static const char HEAD[] =
    "<form xmlns=\"urn:weft:1\" id=\"bad\" label=\"Bad\"><fields>"
    "<field id=\"n\" type=\"number\" label=\"N\"/>";
static const char MIDDLE[] =
    "</fields><workflow start=\"draft\"><step id=\"draft\" label=\"D\" "
    "by=\"creator\" edit=\"*\"><action id=\"go\" label=\"Go\" to=\"done\"/>"
    "</step><end id=\"done\" label=\"Done\"/></workflow><access>";
static const char TAIL[] =
    "<create by=\"everyone\"/><grant to=\"creator\" rights=\"read\"/>"
    "</access></form>";

static void repeat(const char *what, int n)
{
    for (int i = 0; i < n; i++)
        wf_buf_str(&text, what);
}

static void refused(const char *what)
{
    cost_refused(&t, what, "bad.form.xml", wf_buf_text(&text), text.len);
    text.len = 0;
}

/* A form whose field has an attribute whose value is n times `a`, `middle`, n
 * times `b`. */
static void nested(const char *attribute, const char *a, const char *middle,
                   const char *b, int n)
{
    wf_buf_printf(&text, "%s<field id=\"x\" type=\"text\" label=\"X\" %s=\"",
                  HEAD, attribute);
    repeat(a, n);
    wf_buf_str(&text, middle);
    repeat(b, n);
    wf_buf_printf(&text, "\"/>%s%s", MIDDLE, TAIL);
    refused(a);
}

/* --- XML */

static void one_file(const char *folder, const char *name, int *n)
{
    const char *path = wf_arena_printf(t.arena, "%s/%s", folder, name);
    struct stat info;
    FILE *file;

    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return;
    file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    char *bytes = wf_arena_alloc(t.arena, (size_t)info.st_size + 1);
    size_t len = fread(bytes, 1, (size_t)info.st_size, file);
    fclose(file);
    cost_refused(&t, path, "bad.form.xml", bytes, len);
    (*n)++;
}

static void all_files(const char *folder, int *n)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;

    while (dir && (entry = readdir(dir)))
        one_file(folder, entry->d_name, n);
    if (dir)
        closedir(dir);
}

START_TEST(no_malformed_file_of_a_parsers_own_tests_is_taken)
{
    const char *data = data_path(t.arena, "hostile_xml_libxml2");
    int n = 0;

    if (!data)
        return;
    all_files(wf_arena_printf(t.arena, "%s/errors", data), &n);
    all_files(wf_arena_printf(t.arena, "%s/VC", data), &n);
    all_files(wf_arena_printf(t.arena, "%s/namespaces", data), &n);

    ck_assert_int_ge(n, 80);
}
END_TEST

START_TEST(entities_are_refused_before_they_grow)
{
    wf_buf_str(&text, "<!DOCTYPE form [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 40; i++)
        wf_buf_printf(&text, "<!ENTITY a%d \"&a%d;&a%d;\">", i, i - 1, i - 1);
    wf_buf_str(&text, "]><form xmlns=\"urn:weft:1\" id=\"bad\" "
                      "label=\"&a39;\"/>");
    refused("a billion laughs");

    wf_buf_str(&text, "<!DOCTYPE form [<!ENTITY a \"");
    repeat("x", 100000);
    wf_buf_str(&text, "\">]><form xmlns=\"urn:weft:1\">");
    repeat("&a;", 10000);
    wf_buf_str(&text, "</form>");
    refused("one long entity");

    wf_buf_str(&text, "<!DOCTYPE form [<!ENTITY a SYSTEM "
                      "\"file:///etc/passwd\">]><form xmlns=\"urn:weft:1\" "
                      "id=\"bad\" label=\"L\">&a;</form>");
    refused("a file");
    wf_buf_str(&text, "<!DOCTYPE form SYSTEM \"http://127.0.0.1:9/x.dtd\">"
                      "<form xmlns=\"urn:weft:1\"/>");
    refused("a DTD elsewhere");
    wf_buf_str(&text,
               "<form xmlns=\"urn:weft:1\" "
               "xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include "
               "href=\"file:///etc/passwd\" parse=\"text\"/></form>");
    refused("an include");
}
END_TEST

START_TEST(large_texts_meet_a_limit)
{
    wf_buf_str(&text, "<form xmlns=\"urn:weft:1\" ");
    for (int i = 0; i < 32000; i++)
        wf_buf_printf(&text, "a%d=\"\" ", i);
    wf_buf_str(&text, "/>");
    refused("32,000 attributes");

    repeat("<a>", 100000);
    refused("100,000 open elements");

    wf_buf_str(&text, "<form xmlns=\"urn:weft:1\">");
    repeat("<a/>", (1 << 18) - 20);
    wf_buf_str(&text, "</form>");
    refused("a MiB of empty elements");

    wf_buf_str(&text, "<form xmlns=\"urn:weft:1\" label=\"");
    repeat("x", 1000000);
    wf_buf_str(&text, "\"/>");
    refused("one long attribute");

    wf_buf_str(&text, "<form xmlns=\"urn:weft:1\"><!--");
    repeat("x", 1 << 20);
    wf_buf_str(&text, "--></form>");
    refused("more than a MiB");

    wf_buf_str(&text, "<form xmlns=\"urn:weft:1\">");
    for (int i = 0; i < 20000; i++)
        wf_buf_printf(&text, "<x%d:a xmlns:x%d=\"u:%d\"/>", i, i, i);
    wf_buf_str(&text, "</form>");
    refused("many namespaces");

    wf_buf_str(&text, HEAD);
    for (int i = 0; i < 9000; i++)
        wf_buf_printf(&text,
                      "<field id=\"f%d\" type=\"number\" label=\"F\" "
                      "formula=\"f%d + 1\"/>",
                      i, i + 1);
    wf_buf_printf(&text, "%s%s", MIDDLE, TAIL);
    refused("9,000 fields");
}
END_TEST

START_TEST(broken_text_is_refused)
{
    static const char zero[] = "<form xmlns=\"urn:weft:1\" id=\"b\0d\"/>";
    static const char *const broken[] = {
        "",
        " ",
        "<",
        "<form",
        "<form xmlns=\"urn:weft:1\" id=\"\xff\xfe\"/>",
        "<form xmlns=\"urn:weft:1\" id=\"\xed\xa0\x80\"/>",
        "<form xmlns=\"urn:weft:1\" id=\"&#0;\"/>",
        "<form xmlns=\"urn:weft:1\" id=\"&#x110000;\"/>",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><form/>",
        "<?xml version=\"1.0\" encoding=\"EBCDIC-CP-US\"?><form/>",
        "<form xmlns=\"urn:weft:1\"/><form xmlns=\"urn:weft:1\"/>",
        "<form/>",
        "<?php system('id') ?><form xmlns=\"urn:weft:1\"/>",
        "\xff\xfe<\0f\0o\0r\0m\0",
    };

    for (size_t i = 0; i < WF_COUNT(broken); i++)
        cost_refused(&t, broken[i], "bad.form.xml", broken[i],
                     strlen(broken[i]));
    cost_refused(&t, "a zero byte", "bad.form.xml", zero, sizeof zero - 1);
}
END_TEST

/* --- The small languages inside */

START_TEST(expressions_without_end_are_refused)
{
    nested("formula", "(", "1", ")", 1000);
    nested("formula", "(", "1", ")", 100000);
    nested("formula", "-", "1", "", 100000);
    nested("formula", "not ", "true", "", 100000);
    nested("formula", "min(1, ", "1", ")", 50000);
    nested("formula", "1 + ", "'", "", 100000);
    nested("formula", "'a' .. ", "(", "", 100000);
    nested("formula", "n.", "n", "", 100000);
    nested("formula", "if_(true, ", "1", ", 1)", 50000);
    nested("visible-when", "(", "true", ")", 100000);
    nested("default", "=(", "1", ")", 100000);
}
END_TEST

START_TEST(patterns_without_end_are_refused)
{
    nested("pattern", "(", "a", "){1,255}", 3);
    nested("pattern", "(", "a", "){1,100}", 3);
    nested("pattern", "(", "a", ")", 100000);
    nested("pattern", "[", "a", "]", 1000);
    nested("pattern", "a{100}", "", "", 100);
    nested("pattern", "(?=a)", "", "", 2);
    nested("pattern", "(a)", "\\1", "", 2);
    nested("pattern", "\\", "", "", 1);
    nested("pattern", "(?R)", "", "", 1);
    nested("pattern", "(*LIMIT_MATCH=1)", "", "", 1);
}
END_TEST

static void granted(const char *a, const char *middle, const char *b, int n)
{
    wf_buf_printf(&text, "%s%s<grant rights=\"read\" to=\"", HEAD, MIDDLE);
    repeat(a, n);
    wf_buf_str(&text, middle);
    repeat(b, n);
    wf_buf_printf(&text, "\"/>%s", TAIL);
    refused(a);
}

START_TEST(people_without_end_are_refused)
{
    granted("manager(", "creator", ")", 1000);
    granted("manager(", "creator", ")", 100000);
    granted("everyone, ", "", "", 5000);
    granted("everyone except (", "creator", ")", 5000);
    granted("(", "creator", ")", 100000);
    granted("lua(", "x", ")", 2);
}
END_TEST

/* --- Overlays and clones */

static void clone_refused(const char *what)
{
    struct cost cost = cost_begin();
    weft_reply *reply = weft_run(
        weft_form_clone(t.system, "note", wf_buf_text(&text), text.len));

    cost_end(&cost, what);
    ck_assert_msg(weft_reply_error(reply), "%s went well", what);
    ck_assert_msg(weft_reply_error(reply)->code <= WEFT_E_INVALID, "%s: %s",
                  what, weft_reply_error(reply)->text);
    weft_reply_free(reply);
    text.len = 0;
    cost_serves(&t);
}

static void selected(const char *a, const char *middle, const char *b, int n)
{
    wf_buf_str(&text, "{\"id\":\"evil\",\"label\":\"E\",\"overlay\":true,"
                      "\"changes\":[{\"op\":\"remove\",\"sel\":\"");
    repeat(a, n);
    wf_buf_str(&text, middle);
    repeat(b, n);
    wf_buf_str(&text, "\"}]}");
    clone_refused(a);
}

START_TEST(selectors_are_paths_and_nothing_else)
{
    selected("//*[count(", "1", ")>0]", 1);
    selected("//*[count(", "1", ")>0]", 1000);
    selected("fields/", "field", "", 100000);
    selected("fields", "/..", "", 2);
    selected("document('file:///etc/passwd')", "", "", 1);
    selected("fields/field[@id='title' or '1'='1']", "", "", 1);
    selected("fields/field[", "1", "]", 100000);
    selected("fields/field[99999999999999999999999]", "", "", 1);
    selected("", "", "", 1);
    selected("/", "", "", 1);
    selected(".", "", "", 1);
}
END_TEST

START_TEST(changes_without_end_are_refused)
{
    wf_buf_str(&text, "{\"id\":\"evil\",\"label\":\"E\",\"overlay\":true,"
                      "\"changes\":[");
    for (int i = 0; i < 8000; i++)
        wf_buf_printf(&text,
                      "%s{\"op\":\"add\",\"sel\":\"fields\",\"xml\":\"<field "
                      "id='f%d' type='text' label='F'/>\"}",
                      i ? "," : "", i);
    wf_buf_str(&text, "]}");
    clone_refused("8,000 changes");

    wf_buf_str(&text, "{\"id\":\"evil\",\"label\":\"E\",\"overlay\":false,"
                      "\"changes\":[{\"op\":\"add\",\"sel\":\"fields\","
                      "\"xml\":\"<!DOCTYPE a [<!ENTITY b SYSTEM "
                      "'file:///etc/passwd'>]><help>&b;</help>\"}]}");
    clone_refused("a DOCTYPE in a change");

    wf_buf_str(&text, "{\"id\":\"evil\",\"label\":\"E\",\"overlay\":false,"
                      "\"changes\":[{\"op\":\"add\",\"sel\":\"fields\","
                      "\"xml\":\"");
    repeat("<a>", 200000);
    wf_buf_str(&text, "\"}]}");
    clone_refused("depth in a change");
}
END_TEST

/* --- Packages */

START_TEST(what_is_no_package_is_refused)
{
    static const char *const junk[] = { "", "PK", "PK\3\4", "PK\5\6",
                                        "PK\3\4\xff\xff\xff\xff\xff\xff" };

    for (size_t i = 0; i < WF_COUNT(junk); i++) {
        weft_upload upload = { .data = junk[i],
                               .len = strlen(junk[i]),
                               .zip = true };
        weft_reply *reply = weft_run(weft_deploy_upload(t.system, &upload));

        ck_assert_ptr_nonnull(weft_reply_error(reply));
        ck_assert_int_le(weft_reply_error(reply)->code, WEFT_E_INVALID);
        weft_reply_free(reply);
    }
    cost_serves(&t);
}
END_TEST

TCase *definition_tests(void)
{
    TCase *tc = tcase_create("fault/definition");

    tcase_set_timeout(tc, 300);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, no_malformed_file_of_a_parsers_own_tests_is_taken);
    tcase_add_test(tc, entities_are_refused_before_they_grow);
    tcase_add_test(tc, large_texts_meet_a_limit);
    tcase_add_test(tc, broken_text_is_refused);
    tcase_add_test(tc, expressions_without_end_are_refused);
    tcase_add_test(tc, patterns_without_end_are_refused);
    tcase_add_test(tc, people_without_end_are_refused);
    tcase_add_test(tc, selectors_are_paths_and_nothing_else);
    tcase_add_test(tc, changes_without_end_are_refused);
    tcase_add_test(tc, what_is_no_package_is_refused);
    return tc;
}
