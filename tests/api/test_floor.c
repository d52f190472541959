/* api/test_floor.c - reports about others: somebody who may read them tries to
 * tell single people by differences of filters, times, units, runs and files.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <weft/report.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *boss, *root;

/* Four in the east, three in the west, two in the north; boss reads nobody's,
 * but mia leads cai and sees what cai writes. */
static const char units[] = "id,name,parent,head\nfirm,Firm,,\n"
                            "east,East,firm,\nwest,West,firm,\n"
                            "north,North,firm,\n";
static const char people[] =
    "login,name,unit,manager,roles\nmia,Mia,firm,,\n"
    "e1,E1,east,,\ne2,E2,east,,\ne3,E3,east,,\ne4,E4,east,,\n"
    "cai,Cai,west,mia,\nw2,W2,west,,\nw3,W3,west,,\n"
    "n1,N1,north,,\nn2,N2,north,,\n";

static const char poll_xml[] =
    "<form xmlns='urn:weft:1' id='poll' label='Poll' subject='who'><fields>"
    "<field id='who' type='person' label='Who' default='me'/>"
    "<field id='mood' type='number' label='Mood'/></fields>"
    "<workflow start='open'><step id='open' label='Open' by='creator' edit='*'>"
    "<action id='drop' label='Drop' to='gone'/></step>"
    "<end id='gone' label='Gone' state='void'/></workflow>"
    "<access><create by='everyone'/><grant to='who' rights='read'/>"
    "<grant to='manager(who)' rights='read'/></access></form>";

#define REPORT(id, rest, group)                                                \
    "<report xmlns='urn:weft:1' id='" id "' form='poll' date='created'"        \
    " for='person(boss), person(mia)' floor='3' " rest ">" group               \
    "<measure id='n' fn='count'/><measure id='mean' fn='avg' value='mood'/>"   \
    "</report>"
#define BY_UNIT "<group id='unit' value='unit(who)'/>"

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

static int64_t answer(const char *login, int mood)
{
    weft_session *session = test_session(&t, login);
    const char *body = wf_arena_printf(
        t.arena, "{\"form\":\"poll\",\"data\":{\"mood\":%d}}", mood);
    weft_reply *reply;
    int64_t id;

    t.now += 1000;
    reply = weft_run(weft_document_create(session, body, strlen(body), NULL));
    id = weft_reply_id(reply);
    test_ok(&t, reply);
    weft_session_free(session);
    return id;
}

static void drop(const char *login, int64_t id)
{
    weft_session *session = test_session(&t, login);

    test_ok(&t,
            weft_run(weft_document_act(session, id, "drop", "{}", 2, NULL)));
    weft_session_free(session);
}

/* The clock of the tests stands in October. */
static void setup(void)
{
    test_engine_open(&t);
    import("units", units);
    import("people", people);
    boss = test_session(&t, "boss");
    root = test_session(&t, "root");
    test_deploy(&t, "poll.form.xml", poll_xml);
}

static void teardown(void)
{
    weft_session_free(boss);
    weft_session_free(root);
    test_engine_close(&t);
}

static void wait_days(int days)
{
    t.now += (int64_t)days * 24 * 60 * 60 * 1000;
}

static void october(void)
{
    static const char *const logins[] = { "e1", "e2", "e3", "e4",
                                          "w2", "w3", "cai" };

    for (size_t i = 0; i < WF_COUNT(logins); i++)
        answer(logins[i], (int)i + 1);
}

static struct wf_json *ask(weft_session *session, const char *id,
                           const char *period)
{
    const weft_param params[] = { { "period", period } };

    return test_ok(&t, weft_report_get(session, id, params, period ? 1 : 0));
}

static const struct wf_json *unit(const struct wf_json *report,
                                  const char *name)
{
    const struct wf_json *rows = wf_json_get(report, "rows");

    for (size_t i = 0; i < wf_json_len(rows); i++) {
        const char *label =
            test_text(wf_json_get(rows->u.array.at[i], "label"), "unit");

        if (label && !strcmp(label, name))
            return rows->u.array.at[i];
    }
    ck_abort_msg("there is no row %s", name);
}

static bool is_shown(const struct wf_json *row)
{
    const struct wf_json *n = wf_json_get(wf_json_get(row, "values"), "n");

    return wf_json_is(n, WF_JSON_NUMBER);
}

static double count(const struct wf_json *row)
{
    return wf_json_num(wf_json_get(wf_json_get(row, "values"), "n"), -1);
}

START_TEST(a_period_that_goes_on_shows_nothing)
{
    const weft_param now[] = { { "period", "2026-10" } };
    const weft_param later[] = { { "period", "2027-10" } };

    deploy(REPORT("r", "over='month'", BY_UNIT));
    october();

    test_refused(&t, weft_report_get(boss, "r", now, 1), WEFT_E_CONFLICT);
    test_refused(&t, weft_report_get(boss, "r", later, 1), WEFT_E_CONFLICT);
    wait_days(40);
    ck_assert(is_shown(unit(ask(boss, "r", "2026-10"), "East")));
    ck_assert(is_shown(unit(ask(boss, "r", "2026-10"), "West")));
    ck_assert_double_eq(count(wf_json_get(ask(boss, "r", "2026-10"), "total")),
                        7);
}
END_TEST

START_TEST(two_people_are_hidden_and_cannot_be_subtracted)
{
    const struct wf_json *report;

    deploy(REPORT("r", "over='month'", BY_UNIT));
    october();
    answer("n1", 9);
    answer("n2", 9);
    wait_days(40);

    report = ask(boss, "r", "2026-10");
    ck_assert(!is_shown(unit(report, "North")));
    ck_assert(!is_shown(unit(report, "West"))); /* the smaller of the others */
    ck_assert(is_shown(unit(report, "East")));
    ck_assert_double_eq(count(wf_json_get(report, "total")), 9);
    ck_assert_ptr_null(wf_json_get(unit(report, "North"), "documents"));
}
END_TEST

START_TEST(many_answers_of_one_are_one)
{
    const struct wf_json *report;

    deploy(REPORT("r", "over='month'", BY_UNIT));
    october();
    for (int i = 0; i < 5; i++)
        answer("n1", 1);
    wait_days(40);

    report = ask(boss, "r", "2026-10");
    ck_assert(!is_shown(unit(report, "North")));
}
END_TEST

START_TEST(what_was_shown_stays_as_it_was)
{
    int64_t id;

    deploy(REPORT("r", "over='month'", BY_UNIT));
    october();
    id = answer("e1", 100);
    wait_days(40);
    ck_assert_double_eq(count(unit(ask(boss, "r", "2026-10"), "East")), 5);
    drop("e1", id);
    wait_days(1);

    ck_assert_double_eq(count(unit(ask(boss, "r", "2026-10"), "East")), 5);
}
END_TEST

START_TEST(another_question_about_the_same_time_is_refused)
{
    const weft_param october_[] = { { "period", "2026-10" } };
    const weft_param week[] = { { "period", "2026-W42" } };
    const weft_param quarter[] = { { "period", "2026-Q4" } };

    deploy(REPORT("r", "over='month'", BY_UNIT));
    october();
    wait_days(40);
    ask(boss, "r", "2026-10");
    wait_days(60);

    deploy(REPORT("r", "over='month' where=\"who.login ~= 'e1'\"", BY_UNIT));
    test_refused(&t, weft_report_get(boss, "r", october_, 1), WEFT_E_CONFLICT);
    deploy(REPORT("s", "over='month'", ""));
    test_refused(&t, weft_report_get(boss, "s", october_, 1), WEFT_E_CONFLICT);
    deploy(REPORT("w", "over='week'", BY_UNIT));
    test_refused(&t, weft_report_get(boss, "w", week, 1), WEFT_E_CONFLICT);
    deploy(REPORT("q", "over='quarter'", BY_UNIT));
    test_refused(&t, weft_report_get(boss, "q", quarter, 1), WEFT_E_CONFLICT);
    ask(boss, "s", "2026-11"); /* another time is another question */
}
END_TEST

START_TEST(whom_one_sees_singly_protects_nobody)
{
    weft_session *mia = test_session(&t, "mia");

    deploy(REPORT("r", "over='month'", BY_UNIT));
    october();
    wait_days(40);

    ck_assert(is_shown(unit(ask(boss, "r", "2026-10"), "West")));
    ck_assert(!is_shown(unit(ask(mia, "r", "2026-10"), "West")));
    weft_session_free(mia);
}
END_TEST

START_TEST(no_other_door_tells_more)
{
    const weft_param narrow[] = { { "period", "2026-10" },
                                  { "unit", "north" } };
    const weft_param period[] = { { "period", "2026-10" } };
    const weft_param csv[] = { { "period", "2026-10" }, { "format", "csv" } };
    weft_session *ann = test_session(&t, "ann");
    weft_reply *reply;
    size_t len;

    deploy(REPORT("r", "over='month'", BY_UNIT));
    october();
    answer("n1", 9);
    answer("n2", 9);
    wait_days(40);

    test_refused(&t, weft_report_get(boss, "r", narrow, 2), WEFT_E_MALFORMED);
    test_refused(&t, weft_report_documents(boss, "r", period, 1),
                 WEFT_E_DENIED);
    test_refused(&t, weft_report_get(root, "r", period, 1), WEFT_E_NOTFOUND);
    test_refused(&t, weft_report_get(ann, "r", period, 1), WEFT_E_NOTFOUND);
    reply = weft_report_get(boss, "r", csv, 2);
    ck_assert_ptr_nonnull(
        strstr(weft_reply_body(reply, &len), "\"North\",,\r\n"));
    ck_assert_ptr_nonnull(
        strstr(weft_reply_body(reply, &len), "\"East\",4,2.5\r\n"));
    weft_reply_free(reply);
    weft_session_free(ann);
}
END_TEST

START_TEST(a_tree_hides_what_could_be_subtracted_from_above)
{
    const struct wf_json *report;

    deploy(REPORT("r", "over='month'",
                  "<group id='unit' value='unit(who)' tree='true'/>"));
    october();
    answer("mia", 3);
    wait_days(40);

    report = ask(boss, "r", "2026-10");
    ck_assert(is_shown(unit(report, "Firm")));
    ck_assert(is_shown(unit(report, "East")));
    ck_assert(!is_shown(unit(report, "West"))); /* else mia would be the rest */
}
END_TEST

TCase *floor_tests(void)
{
    TCase *tc = tcase_create("floor");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_period_that_goes_on_shows_nothing);
    tcase_add_test(tc, two_people_are_hidden_and_cannot_be_subtracted);
    tcase_add_test(tc, many_answers_of_one_are_one);
    tcase_add_test(tc, what_was_shown_stays_as_it_was);
    tcase_add_test(tc, another_question_about_the_same_time_is_refused);
    tcase_add_test(tc, whom_one_sees_singly_protects_nobody);
    tcase_add_test(tc, no_other_door_tells_more);
    tcase_add_test(tc, a_tree_hides_what_could_be_subtracted_from_above);
    return tc;
}
