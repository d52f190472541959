/* api/test_report.c - reports: what is counted, for whom, in which rows; the
 * documents behind a row; pages of reports.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <weft/report.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *bob, *cai, *head, *root;

/* Two teams under one unit: ann and bob in one, cai in the other; head leads
 * both. */
static const char units[] = "id,name,parent,head\nfirm,Firm,,\n"
                            "east,East,firm,head\nwest,West,firm,\n";
static const char people[] = "login,name,unit,manager,roles\n"
                             "head,Head,east,,\nann,Ann,east,head,\n"
                             "bob,Bob,east,head,\ncai,Cai,west,head,\n";

static const char vote_xml[] =
    "<form xmlns='urn:weft:1' id='vote' label='Vote' subject='who'><fields>"
    "<field id='who' type='person' label='Who' default='me'/>"
    "<field id='score' type='number' label='Score'/>"
    "<field id='kind' type='choice' label='Kind'>"
    "<option id='b' label='Big'/><option id='a' label='Also'/></field>"
    "<field id='tags' type='tags' label='Tags'/>"
    "<field id='pay' type='number' label='Pay'/>"
    "<field id='on' type='date' label='On'/>"
    "<field id='extra' type='text' label='Extra'/>"
    "</fields><workflow start='open'>"
    "<step id='open' label='Open' by='creator' edit='*'>"
    "<action id='end' label='End' to='done'/>"
    "<action id='drop' label='Drop' to='gone'/></step>"
    "<end id='done' label='Done'/><end id='gone' label='Gone' state='void'/>"
    "</workflow><access><create by='everyone'/>"
    "<grant to='who' rights='read'/>"
    "<grant to='manager(who)' rights='read export'/>"
    "<hide fields='pay' from='person(head)' when=\"kind == 'a'\"/>"
    "</access></form>";

static const char by_unit_xml[] =
    "<report xmlns='urn:weft:1' id='by-unit' label='By unit' form='vote'>"
    "<group id='unit' label='Unit' value='unit(who)' tree='true'/>"
    "<measure id='n' label='Votes' fn='count'/>"
    "<measure id='mean' fn='avg' value='score' digits='1'/></report>";
static const char nps_xml[] =
    "<report xmlns='urn:weft:1' id='nps' label='NPS' form='vote'"
    " date='created' over='month'>"
    "<measure id='promoters' fn='share' value='score &gt;= 9'/>"
    "<measure id='detractors' fn='share' value='score &lt;= 6'/>"
    "<measure id='nps' formula='promoters - detractors' digits='0'/></report>";
static const char tags_xml[] =
    "<report xmlns='urn:weft:1' id='tags' label='Tags' form='vote'"
    " sort='-n' limit='2'>"
    "<group id='tag' value='tags'/><measure id='n' fn='count'/>"
    "<measure id='quick' fn='share' value=\"contains(tags, 'quick')\"/>"
    "</report>";
static const char who_xml[] =
    "<report xmlns='urn:weft:1' id='who' label='Who' form='vote'"
    " where=\"kind == 'b' or score * 2 &gt; 15\" sort='-sum'>"
    "<group id='who' value='who'/><group id='kind' value='kind'/>"
    "<measure id='sum' fn='sum' value='score'/>"
    "<measure id='least' fn='min' value='score'/>"
    "<measure id='kinds' fn='distinct' value='kind'/></report>";
static const char pay_xml[] =
    "<report xmlns='urn:weft:1' id='pay' label='Pay' form='vote'>"
    "<measure id='n' fn='count'/><measure id='pay' fn='sum' value='pay'/>"
    "</report>";
static const char course_xml[] =
    "<report xmlns='urn:weft:1' id='course' label='Course' form='vote'"
    " date='on'><group id='month' over='month' last='3'/>"
    "<measure id='n' fn='count'/></report>";
static const char page_xml[] =
    "<dashboard xmlns='urn:weft:1' id='page' label='Page' for='person(head)'>"
    "<report ref='nps'/><list form='vote' where='score &gt;= 9'"
    " columns='score kind'/></dashboard>";

static void import(const char *what, const char *text)
{
    test_ok(&t,
            weft_run(weft_import(t.system, what, text, strlen(text), false)));
}

static void deploy(const char *xml)
{
    weft_file file = { "x.report.xml", xml, strlen(xml) };
    weft_deploy what = { .files = &file, .n_files = 1 };

    test_ok(&t, weft_run(weft_deploy_run(root, &what)));
}

static int64_t vote(weft_session *session, const char *data)
{
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"vote\",\"data\":%s}", data);
    weft_reply *reply;
    int64_t id;

    t.now += 1000;
    reply = weft_run(weft_document_create(session, body, strlen(body), NULL));
    id = weft_reply_id(reply);
    test_ok(&t, reply);
    return id;
}

static void setup(void)
{
    test_engine_open(&t);
    import("units", units);
    import("people", people);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    cai = test_session(&t, "cai");
    head = test_session(&t, "head");
    root = test_session(&t, "root");
    test_deploy(&t, "vote.form.xml", vote_xml);
    deploy(by_unit_xml);
    deploy(nps_xml);
    deploy(tags_xml);
    deploy(who_xml);
    deploy(pay_xml);
    deploy(course_xml);
    deploy(page_xml);
    vote(ann, "{\"score\":10,\"kind\":\"a\",\"tags\":[\"quick\",\"kind\"],"
              "\"pay\":5,\"on\":\"2026-10-01\",\"extra\":\"early\"}");
    vote(bob, "{\"score\":6,\"kind\":\"b\",\"tags\":[\"quick\"],\"pay\":7,"
              "\"on\":\"2026-09-30\"}");
    vote(cai, "{\"score\":9,\"kind\":\"b\",\"pay\":11,\"on\":\"2026-07-31\"}");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(cai);
    weft_session_free(head);
    weft_session_free(root);
    test_engine_close(&t);
}

static struct wf_json *ask(weft_session *session, const char *id)
{
    return test_ok(&t, weft_report_get(session, id, NULL, 0));
}

static size_t n_rows(const struct wf_json *report)
{
    return wf_json_len(wf_json_get(report, "rows"));
}

static const struct wf_json *row(const struct wf_json *report, size_t i)
{
    const struct wf_json *rows = wf_json_get(report, "rows");

    ck_assert_uint_lt(i, wf_json_len(rows));
    return rows->u.array.at[i];
}

static const char *label(const struct wf_json *report, size_t i,
                         const char *group)
{
    return test_text(wf_json_get(row(report, i), "label"), group);
}

static double value(const struct wf_json *row, const char *measure)
{
    return wf_json_num(wf_json_get(wf_json_get(row, "values"), measure), -1);
}

static double total(const struct wf_json *report, const char *measure)
{
    return value(wf_json_get(report, "total"), measure);
}

START_TEST(units_count_for_all_above_them)
{
    const struct wf_json *report = ask(head, "by-unit");

    ck_assert_uint_eq(n_rows(report), 3);
    ck_assert_str_eq(label(report, 0, "unit"), "Firm");
    ck_assert_double_eq(value(row(report, 0), "n"), 3);
    ck_assert_double_eq(value(row(report, 0), "mean"), 8.3);
    ck_assert_str_eq(label(report, 1, "unit"), "East");
    ck_assert_double_eq(value(row(report, 1), "n"), 2);
    ck_assert_double_eq(value(row(report, 1), "mean"), 8);
    ck_assert_double_eq(value(row(report, 2), "n"), 1);
    ck_assert_double_eq(total(report, "n"), 3);
}
END_TEST

START_TEST(a_reader_counts_what_they_may_see)
{
    ck_assert_double_eq(total(ask(ann, "by-unit"), "n"), 1);
    ck_assert_double_eq(total(ask(bob, "nps"), "nps"), -100);
    ck_assert_double_eq(total(ask(head, "nps"), "nps"), 33);
    ck_assert_double_eq(total(ask(root, "by-unit"), "n"), 0);
}
END_TEST

START_TEST(what_is_hidden_on_a_document_does_not_count)
{
    const struct wf_json *seen = ask(head, "pay"), *own = ask(ann, "pay");

    ck_assert_double_eq(total(seen, "n"), 2);
    ck_assert_double_eq(total(seen, "pay"), 18);
    ck_assert_double_eq(total(own, "pay"), 5);
}
END_TEST

START_TEST(members_of_a_list_count_each)
{
    const struct wf_json *report = ask(head, "tags");

    ck_assert_uint_eq(n_rows(report), 2);
    ck_assert_str_eq(label(report, 0, "tag"), "quick");
    ck_assert_double_eq(value(row(report, 0), "n"), 2);
    ck_assert_double_eq(value(row(report, 0), "quick"), 100);
    ck_assert_double_eq(total(report, "n"), 3);
    ck_assert_double_eq(total(report, "quick"), 66.67);
}
END_TEST

START_TEST(people_and_options_are_labelled_and_sorted)
{
    const struct wf_json *report = ask(head, "who");

    ck_assert_uint_eq(n_rows(report), 3);
    ck_assert_str_eq(label(report, 0, "who"), "Ann");
    ck_assert_str_eq(label(report, 0, "kind"), "Also");
    ck_assert_double_eq(value(row(report, 0), "sum"), 10);
    ck_assert_str_eq(label(report, 2, "who"), "Bob");
    ck_assert_str_eq(
        test_text(wf_json_get(wf_json_get(row(report, 2), "key"), "who"),
                  "login"),
        "bob");
    ck_assert_double_eq(total(report, "kinds"), 2);
    ck_assert_double_eq(total(report, "least"), 6);
}
END_TEST

START_TEST(void_documents_do_not_count)
{
    int64_t id = vote(ann, "{\"score\":1}");

    test_ok(&t, weft_run(weft_document_act(ann, id, "drop", "{}", 2, NULL)));

    ck_assert_double_eq(total(ask(head, "by-unit"), "n"), 3);
}
END_TEST

START_TEST(months_of_a_date_are_rows)
{
    const struct wf_json *report = ask(cai, "course");
    const weft_param period[] = { { "period", "2026-07" } };

    ck_assert_uint_eq(n_rows(report), 0); /* July is not among the last three */
    report = ask(ann, "course");
    ck_assert_uint_eq(n_rows(report), 1);
    ck_assert_str_eq(label(report, 0, "month"), "2026-10");
    report = test_ok(&t, weft_report_get(cai, "course", period, 1));
    ck_assert_str_eq(label(report, 0, "month"), "2026-07");
}
END_TEST

START_TEST(a_report_over_months_takes_no_week)
{
    const weft_param week[] = { { "period", "2026-W42" } };
    const weft_param before[] = { { "period", "2026-09" } };

    test_refused(&t, weft_report_get(head, "nps", week, 1), WEFT_E_MALFORMED);
    ck_assert_double_eq(
        total(test_ok(&t, weft_report_get(head, "nps", before, 1)), "nps"), -1);
}
END_TEST

START_TEST(a_unit_narrows_it)
{
    const weft_param west[] = { { "unit", "west" } };
    const weft_param firm[] = { { "unit", "firm" } };

    ck_assert_double_eq(
        total(test_ok(&t, weft_report_get(head, "by-unit", west, 1)), "n"), 1);
    ck_assert_double_eq(
        total(test_ok(&t, weft_report_get(head, "by-unit", firm, 1)), "n"), 3);
}
END_TEST

static size_t n_items(weft_reply *reply)
{
    return wf_json_len(wf_json_get(test_ok(&t, reply), "items"));
}

START_TEST(each_row_leads_to_its_documents)
{
    const weft_param east[] = { { "key[unit]", "east" } };
    const weft_param quick[] = { { "key[tag]", "quick" } };
    const weft_param bobs[] = { { "key[who]", "bob" }, { "key[kind]", "b" } };
    const weft_param none[] = { { "key[no]", "x" } };

    ck_assert_uint_eq(n_items(weft_report_documents(head, "by-unit", east, 1)),
                      2);
    ck_assert_uint_eq(n_items(weft_report_documents(ann, "by-unit", east, 1)),
                      1);
    ck_assert_uint_eq(n_items(weft_report_documents(head, "tags", quick, 1)),
                      2);
    ck_assert_uint_eq(n_items(weft_report_documents(head, "who", bobs, 2)), 1);
    ck_assert_uint_eq(n_items(weft_report_documents(head, "pay", NULL, 0)), 2);
    test_refused(&t, weft_report_documents(head, "who", none, 1),
                 WEFT_E_MALFORMED);
}
END_TEST

START_TEST(pages_of_documents_hang_together)
{
    weft_param params[] = { { "limit", "2" }, { "cursor", NULL } };
    const struct wf_json *first = test_ok(&t, weft_report_documents(
                                                  head, "by-unit", params, 1)),
                         *second;

    ck_assert_uint_eq(wf_json_len(wf_json_get(first, "items")), 2);
    params[1].value = test_text(first, "next");
    second = test_ok(&t, weft_report_documents(head, "by-unit", params, 2));
    ck_assert_uint_eq(wf_json_len(wf_json_get(second, "items")), 1);
}
END_TEST

START_TEST(documents_that_were_there_before_count_as_well)
{
    int64_t fired;
    weft_error err = WEFT_ERROR_INIT;

    deploy("<report xmlns='urn:weft:1' id='late' form='vote'>"
           "<group id='extra' value='extra'/><measure id='n' fn='count'/>"
           "</report>");
    t.now += 1000;
    ck_assert(weft_engine_tick(t.engine, t.now, &fired, &err));

    ck_assert_str_eq(label(ask(ann, "late"), 0, "extra"), "early");
}
END_TEST

START_TEST(numbers_are_kept_for_a_minute_and_for_one_reader)
{
    ck_assert_double_eq(total(ask(head, "by-unit"), "n"), 3);
    ck_assert_double_eq(total(ask(ann, "by-unit"), "n"), 1);
    vote(ann, "{\"score\":1}");

    t.now += 30 * 1000;
    ck_assert_double_eq(total(ask(head, "by-unit"), "n"), 3);
    ck_assert_double_ge(
        wf_json_num(wf_json_get(ask(head, "by-unit"), "age"), -1), 30);
    t.now += 30 * 1000;
    ck_assert_double_eq(total(ask(head, "by-unit"), "n"), 4);
    ck_assert_double_eq(
        wf_json_num(wf_json_get(ask(head, "by-unit"), "age"), -1), 0);
}
END_TEST

START_TEST(a_file_of_it_needs_the_right_to_export)
{
    const weft_param csv[] = { { "format", "csv" } };
    const weft_param xlsx[] = { { "format", "xlsx" } };
    weft_reply *reply = weft_report_get(head, "by-unit", csv, 1);
    size_t len;

    ck_assert_ptr_null(weft_reply_error(reply));
    ck_assert_ptr_nonnull(strstr(weft_reply_body(reply, &len),
                                 "\"Unit\",\"Votes\",\"mean\"\r\n"
                                 "\"Firm\",3,8.3\r\n"));
    weft_reply_free(reply);
    reply = weft_report_get(head, "by-unit", xlsx, 1);
    ck_assert_mem_eq(weft_reply_body(reply, &len), "PK", 2);
    weft_reply_free(reply);
    test_refused(&t, weft_report_get(ann, "by-unit", csv, 1), WEFT_E_DENIED);
}
END_TEST

START_TEST(use_is_counted_by_day_and_of_nobody_in_particular)
{
    const struct wf_json *items;
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired;

    t.now += 24 * 60 * 60 * 1000;
    ck_assert(weft_engine_tick(t.engine, t.now, &fired, &err));

    items = wf_json_get(test_ok(&t, weft_usage_list(root, NULL, 0)), "items");
    ck_assert_uint_eq(wf_json_len(items), 2); /* the day, and its creations */
    ck_assert_double_eq(wf_json_num(wf_json_get(items->u.array.at[1], "n"), 0),
                        3);
    ck_assert_double_eq(
        wf_json_num(wf_json_get(items->u.array.at[1], "people"), 0), 3);
    ck_assert_str_eq(test_text(items->u.array.at[1], "what"), "create");
    test_refused(&t, weft_usage_list(head, NULL, 0), WEFT_E_DENIED);
}
END_TEST

START_TEST(a_dashboard_is_for_its_audience)
{
    const struct wf_json *page =
        test_ok(&t, weft_dashboard_get(head, "page", NULL, 0));
    const struct wf_json *parts = wf_json_get(page, "parts");

    ck_assert_uint_eq(wf_json_len(parts), 2);
    ck_assert_double_eq(
        total(wf_json_get(parts->u.array.at[0], "report"), "nps"), 33);
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(wf_json_get(parts->u.array.at[1], "documents"),
                                "items")),
        2);
    test_refused(&t, weft_dashboard_get(ann, "page", NULL, 0), WEFT_E_NOTFOUND);
    ck_assert_uint_eq(n_items(weft_dashboard_list(ann)), 0);
    ck_assert_uint_eq(n_items(weft_dashboard_list(head)), 1);
    ck_assert_uint_eq(n_items(weft_report_list(ann)), 6);
}
END_TEST

TCase *report_tests(void)
{
    TCase *tc = tcase_create("report");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, units_count_for_all_above_them);
    tcase_add_test(tc, a_reader_counts_what_they_may_see);
    tcase_add_test(tc, what_is_hidden_on_a_document_does_not_count);
    tcase_add_test(tc, members_of_a_list_count_each);
    tcase_add_test(tc, people_and_options_are_labelled_and_sorted);
    tcase_add_test(tc, void_documents_do_not_count);
    tcase_add_test(tc, months_of_a_date_are_rows);
    tcase_add_test(tc, a_report_over_months_takes_no_week);
    tcase_add_test(tc, a_unit_narrows_it);
    tcase_add_test(tc, each_row_leads_to_its_documents);
    tcase_add_test(tc, pages_of_documents_hang_together);
    tcase_add_test(tc, documents_that_were_there_before_count_as_well);
    tcase_add_test(tc, numbers_are_kept_for_a_minute_and_for_one_reader);
    tcase_add_test(tc, a_file_of_it_needs_the_right_to_export);
    tcase_add_test(tc, use_is_counted_by_day_and_of_nobody_in_particular);
    tcase_add_test(tc, a_dashboard_is_for_its_audience);
    return tc;
}
