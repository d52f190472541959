/* fault/test_run.c - definitions that the compiler may take, and that want to
 * hurt whoever runs them: refused at either time, or answered soon.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/macros.h"
#include "cost.h"
#include "suite.h"

static struct test_engine t;
static weft_session *ann;
static struct wf_buf text;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    text = (struct wf_buf)WF_BUF_INIT(t.arena);
}

static void teardown(void)
{
    weft_session_free(ann);
    test_engine_close(&t);
}

static const char PLAIN[] =
    "<step id=\"draft\" label=\"D\" by=\"creator\" edit=\"*\">"
    "<action id=\"go\" label=\"Go\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/>";
static const char OPEN_ACCESS[] =
    "<create by=\"everyone\"/><grant to=\"creator\" rights=\"read\"/>";

static void begin_form(void)
{
    text.len = 0;
    wf_buf_str(&text, "<form xmlns=\"urn:weft:1\" id=\"bad\" label=\"Bad\""
                      "><fields>"
                      "<field id=\"s\" type=\"text\" label=\"S\"/>"
                      "<field id=\"n\" type=\"number\" label=\"N\"/>");
}

/* Whether the form was taken; soon, either way. */
static bool end_form(const char *what, const char *steps, const char *access)
{
    struct cost cost = cost_begin();

    wf_buf_printf(&text,
                  "</fields><workflow start=\"draft\">%s</workflow>"
                  "<access>%s</access></form>",
                  steps, access);
    weft_file file = { "bad.form.xml", wf_buf_text(&text), text.len };
    weft_deploy deploy = { &file, 1, NULL, NULL, NULL };
    weft_reply *reply = weft_run(weft_deploy_run(t.system, &deploy));
    const weft_error *failure = weft_reply_error(reply);
    bool taken = !failure;

    cost_end(&cost, what);
    ck_assert_msg(taken || failure->code == WEFT_E_INVALID, "%s: %s", what,
                  taken ? "" : failure->text);
    weft_reply_free(reply);
    text.len = 0;
    return taken;
}

/* The document that came of it, or 0; soon, either way, and no failure of
 * ours. */
static int64_t answered(const char *what, const struct cost *cost,
                        weft_reply *reply)
{
    const weft_error *failure = weft_reply_error(reply);
    int64_t id = weft_reply_id(reply);

    cost_end(cost, what);
    ck_assert_msg(!failure
                      || (failure->code != WEFT_E_INTERNAL
                          && failure->code != WEFT_E_STORE
                          && failure->code != WEFT_E_FULL),
                  "%s: %s", what, failure ? failure->text : "");
    weft_reply_free(reply);
    cost_serves(&t);
    return failure ? 0 : id;
}

static int64_t made(const char *what, const char *data)
{
    struct cost cost = cost_begin();
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"bad\",\"data\":%s}", data);

    return answered(
        what, &cost,
        weft_run(weft_document_create(ann, body, strlen(body), NULL)));
}

static void looked_at(const char *what, int64_t id, const char *field)
{
    struct cost cost = cost_begin();

    answered(what, &cost, weft_document_explain(ann, id, field));
    cost = cost_begin();
    answered(what, &cost, weft_document_get(ann, id));
    cost = cost_begin();
    answered(what, &cost, weft_document_list(ann, NULL, 0));
    cost = cost_begin();
    answered(what, &cost, weft_form_get(ann, "bad", 0));
}

/* --- Formulas */

START_TEST(texts_that_double_have_an_end)
{
    begin_form();
    wf_buf_str(&text, "<field id=\"f0\" type=\"longtext\" label=\"F\" "
                      "formula=\"s .. s\"/>");
    for (int i = 1; i < 60; i++)
        wf_buf_printf(&text,
                      "<field id=\"f%d\" type=\"longtext\" label=\"F\" "
                      "formula=\"f%d .. f%d\"/>",
                      i, i - 1, i - 1);
    if (!end_form("doubling", PLAIN, OPEN_ACCESS))
        return;
    int64_t id = made("doubling", "{\"s\":\"0123456789\"}");
    if (id)
        looked_at("doubling", id, "f59");
}
END_TEST

START_TEST(texts_that_are_joined_have_an_end)
{
    struct wf_buf data = WF_BUF_INIT(t.arena);

    begin_form();
    wf_buf_str(&text, "<field id=\"f0\" type=\"longtext\" label=\"F\" "
                      "formula=\"s .. s\"/>"
                      "<items id=\"rows\" label=\"R\" max=\"10000\">"
                      "<field id=\"x\" type=\"text\" label=\"X\"/></items>");
    for (int i = 1; i < 13; i++)
        wf_buf_printf(&text,
                      "<field id=\"f%d\" type=\"longtext\" label=\"F\" "
                      "formula=\"f%d .. f%d\"/>",
                      i, i - 1, i - 1);
    wf_buf_str(&text, "<field id=\"all\" type=\"longtext\" label=\"A\" "
                      "formula=\"concat(rows.x, f12)\"/>");
    ck_assert(end_form("joining", PLAIN, OPEN_ACCESS));
    wf_buf_str(&data, "{\"s\":\"0123456789012345678901234567890123456789\","
                      "\"rows\":[");
    for (int i = 0; i < 10000; i++)
        wf_buf_printf(&data, "%s{\"x\":\"y\"}", i ? "," : "");
    wf_buf_str(&data, "]}");

    ck_assert_int_eq(made("joining", wf_buf_text(&data)), 0);
}
END_TEST

START_TEST(titles_have_an_end)
{
    struct wf_buf title = WF_BUF_INIT(t.arena);

    for (int i = 0; i < 900; i++)
        wf_buf_str(&title, "{s}");
    begin_form();
    text.len = 0;
    wf_buf_printf(&text,
                  "<form xmlns=\"urn:weft:1\" id=\"bad\" label=\"Bad\" "
                  "title=\"%s\"><fields><field id=\"s\" type=\"longtext\" "
                  "label=\"S\"/>",
                  wf_buf_text(&title));
    ck_assert(end_form("a title", PLAIN, OPEN_ACCESS));
    wf_buf_str(&text, "{\"s\":\"");
    for (int i = 0; i < 900000; i++)
        wf_buf_char(&text, 'x');
    wf_buf_str(&text, "\"}");
    made("a title", wf_buf_text(&text));
}
END_TEST

START_TEST(values_that_fork_are_explained_in_time)
{
    begin_form();
    for (int i = 0; i < 300; i++)
        wf_buf_printf(&text,
                      "<field id=\"f%d\" type=\"number\" label=\"F\" "
                      "formula=\"min(f%d, f%d, 9) + f%d * 0\"/>",
                      i + 1, i, i, i);
    wf_buf_str(&text, "<field id=\"f0\" type=\"number\" label=\"F\" "
                      "formula=\"n + 1\"/>");
    if (!end_form("forks", PLAIN, OPEN_ACCESS))
        return;
    int64_t id = made("forks", "{\"n\":1}");
    if (id)
        looked_at("forks", id, "f300");
}
END_TEST

static const char *rows(int n)
{
    struct wf_buf data = WF_BUF_INIT(t.arena);

    wf_buf_str(&data, "{\"n\":1,\"rows\":[");
    for (int i = 0; i < n; i++)
        wf_buf_printf(&data, "%s{\"x\":%d}", i ? "," : "", i);
    wf_buf_str(&data, "]}");
    return wf_buf_text(&data);
}

START_TEST(loops_over_rows_have_a_budget)
{
    begin_form();
    wf_buf_str(&text,
               "<items id=\"rows\" label=\"R\" max=\"10000\">"
               "<field id=\"x\" type=\"number\" label=\"X\"/>"
               "<field id=\"y\" type=\"number\" label=\"Y\" "
               "formula=\"sum(rows.x) + count(rows, x &gt; 5)\"/></items>"
               "<field id=\"q\" type=\"number\" label=\"Q\" "
               "formula=\"sum(rows, sum(rows, sum(rows, x)))\"/>");
    if (!end_form("loops", PLAIN, OPEN_ACCESS)) {
        begin_form();
        wf_buf_str(&text,
                   "<items id=\"rows\" label=\"R\" max=\"10000\">"
                   "<field id=\"x\" type=\"number\" label=\"X\"/>"
                   "<field id=\"y\" type=\"number\" label=\"Y\" "
                   "formula=\"sum(rows.x) + count(rows, x &gt; 5)\"/></items>");
        ck_assert(end_form("loops", PLAIN, OPEN_ACCESS));
    }
    made("100 rows", rows(100));
    made("10,000 rows", rows(10000));
    made("10,001 rows", rows(10001));
}
END_TEST

START_TEST(many_formulas_over_many_rows_have_a_budget)
{
    begin_form();
    wf_buf_str(&text, "<items id=\"rows\" label=\"R\" max=\"10000\">"
                      "<field id=\"x\" type=\"number\" label=\"X\"/></items>");
    for (int i = 0; i < 900; i++)
        wf_buf_printf(&text,
                      "<field id=\"f%d\" type=\"number\" label=\"F\" "
                      "formula=\"sum(rows, x * %d)\"/>",
                      i, i);
    ck_assert(end_form("900 sums", PLAIN, OPEN_ACCESS));
    made("900 sums of 10,000 rows", rows(10000));
}
END_TEST

START_TEST(patterns_have_a_limit_of_steps)
{
    static const char *const patterns[] = { "(a*)*b", "(a|a)*b", "(a|aa)+b",
                                            "(.*)(.*)(.*)(.*)(.*)b",
                                            "(\\p{L}*)*1" };

    for (size_t i = 0; i < WF_COUNT(patterns); i++) {
        struct wf_buf data = WF_BUF_INIT(t.arena);

        begin_form();
        wf_buf_printf(&text,
                      "<field id=\"p\" type=\"longtext\" label=\"P\" "
                      "pattern=\"%s\"/>",
                      patterns[i]);
        if (!end_form(patterns[i], PLAIN, OPEN_ACCESS))
            continue;
        wf_buf_str(&data, "{\"p\":\"");
        for (int n = 0; n < 9000; n++)
            wf_buf_char(&data, 'a');
        wf_buf_str(&data, "\"}");
        ck_assert_int_eq(made(patterns[i], wf_buf_text(&data)), 0);
    }
}
END_TEST

/* --- Workflows that go round */

START_TEST(branches_that_lead_to_each_other_end)
{
    static const char round[] =
        "<step id=\"draft\" label=\"D\" by=\"creator\" edit=\"*\">"
        "<action id=\"go\" label=\"Go\" to=\"a\"/></step>"
        "<branch id=\"a\" label=\"A\"><go when=\"n == 1\" to=\"done\"/>"
        "<go to=\"b\"/></branch>"
        "<branch id=\"b\" label=\"B\"><go to=\"a\"/></branch>"
        "<end id=\"done\" label=\"Done\"/>";

    begin_form();
    if (!end_form("branches", round, OPEN_ACCESS))
        return;
    int64_t id = made("branches", "{\"n\":2}");
    struct cost cost = cost_begin();

    answered("branches", &cost, fault_act(ann, id, "go", NULL));
    cost = cost_begin();
    answered("their chain", &cost, weft_document_chain(ann, id));
}
END_TEST

START_TEST(approvals_without_levels_that_lead_to_each_other_end)
{
    static const char round[] =
        "<step id=\"draft\" label=\"D\" by=\"creator\" edit=\"*\">"
        "<action id=\"go\" label=\"Go\" to=\"a\"/></step>"
        "<approval id=\"a\" label=\"A\" approved=\"b\" rejected=\"done\" "
        "nobody=\"skip\"><level id=\"l\" label=\"L\" by=\"manager(creator)\" "
        "when=\"n == 1\"/></approval>"
        "<approval id=\"b\" label=\"B\" approved=\"a\" rejected=\"done\" "
        "nobody=\"skip\"><level id=\"l\" label=\"L\" by=\"manager(creator)\" "
        "when=\"n == 1\"/></approval>"
        "<end id=\"done\" label=\"Done\"/>";

    begin_form();
    if (!end_form("approvals", round, OPEN_ACCESS))
        return;
    int64_t id = made("approvals", "{\"n\":2}");
    struct cost cost = cost_begin();

    answered("approvals", &cost, fault_act(ann, id, "go", NULL));
    cost = cost_begin();
    answered("their chain", &cost, weft_document_chain(ann, id));
}
END_TEST

/* --- Access that is a program */

START_TEST(many_grants_make_lists_that_answer)
{
    struct wf_buf access = WF_BUF_INIT(t.arena);

    wf_buf_str(&access, "<create by=\"everyone\"/>");
    for (int i = 0; i < 150; i++) {
        wf_buf_str(&access, "<grant rights=\"read\" fields=\"s\" to=\"");
        for (int n = 0; n < 40; n++)
            wf_buf_printf(&access, "%smanager(creator, %d)", n ? ", " : "",
                          1 + n % 60);
        wf_buf_printf(&access, "\" when=\"n == %d\"/>", i);
    }
    begin_form();
    if (!end_form("150 grants", PLAIN, wf_buf_text(&access)))
        return;
    int64_t id = made("150 grants", "{\"n\":1}");
    struct cost cost = cost_begin();

    answered("150 grants", &cost, weft_document_list(ann, NULL, 0));
    cost = cost_begin();
    answered("150 grants", &cost, weft_document_get(ann, id ? id : 1));
}
END_TEST

START_TEST(deep_conditions_of_grants_make_lists_that_answer)
{
    struct wf_buf access = WF_BUF_INIT(t.arena);

    wf_buf_str(&access, "<create by=\"everyone\"/><grant rights=\"read\" "
                        "to=\"everyone\" when=\"");
    for (int i = 0; i < 90; i++)
        wf_buf_printf(&access, "(n == %d or (s == '%d' and ", i, i);
    wf_buf_str(&access, "true");
    for (int i = 0; i < 90; i++)
        wf_buf_str(&access, "))");
    wf_buf_str(&access, "\"/>");
    begin_form();
    if (!end_form("a deep grant", PLAIN, wf_buf_text(&access)))
        return;
    made("a deep grant", "{\"n\":1}");
    struct cost cost = cost_begin();

    answered("a deep grant", &cost, weft_document_list(ann, NULL, 0));
}
END_TEST

START_TEST(a_wide_condition_of_a_grant_makes_lists_that_answer)
{
    struct wf_buf access = WF_BUF_INIT(t.arena);

    wf_buf_str(&access, "<create by=\"everyone\"/><grant rights=\"read\" "
                        "to=\"everyone\" when=\"");
    for (int i = 0; i < 1500; i++)
        wf_buf_printf(&access, "%sn == %d", i ? " or " : "", i);
    wf_buf_str(&access, "\"/>");
    begin_form();
    if (!end_form("a wide grant", PLAIN, wf_buf_text(&access)))
        return;
    made("a wide grant", "{\"n\":1}");
    struct cost cost = cost_begin();

    answered("a wide grant", &cost, weft_document_list(ann, NULL, 0));
}
END_TEST

TCase *run_tests(void)
{
    TCase *tc = tcase_create("fault/run");

    tcase_set_timeout(tc, 300);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, texts_that_double_have_an_end);
    tcase_add_test(tc, texts_that_are_joined_have_an_end);
    tcase_add_test(tc, titles_have_an_end);
    tcase_add_test(tc, values_that_fork_are_explained_in_time);
    tcase_add_test(tc, loops_over_rows_have_a_budget);
    tcase_add_test(tc, many_formulas_over_many_rows_have_a_budget);
    tcase_add_test(tc, patterns_have_a_limit_of_steps);
    tcase_add_test(tc, branches_that_lead_to_each_other_end);
    tcase_add_test(tc, approvals_without_levels_that_lead_to_each_other_end);
    tcase_add_test(tc, many_grants_make_lists_that_answer);
    tcase_add_test(tc, deep_conditions_of_grants_make_lists_that_answer);
    tcase_add_test(tc, a_wide_condition_of_a_grant_makes_lists_that_answer);
    return tc;
}
