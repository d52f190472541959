/* api/test_points.c - values that documents take out of the points of a metric.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>

#include <weft/metric.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *bob, *root;

static const char pace_xml[] =
    "<metric xmlns='urn:weft:1' id='pace' label='Pace'/>";

/* The mean by itself, the most by hand where somebody says so. */
static const char month_xml[] =
    "<form xmlns='urn:weft:1' id='month' label='Month'><fields>"
    "<field id='who' type='person' label='Who' default='me'/>"
    "<field id='over' type='period' unit='month' label='Over'"
    " default='this'/>"
    "<field id='own' type='boolean' label='By hand'/>"
    "<field id='mean' type='number' digits='1' label='Mean'/>"
    "<field id='most' type='number' label='Most'/>"
    "<field id='n' type='number' label='Points'/>"
    "<field id='twice' type='number' label='Twice' formula='mean * 2'/>"
    "<metric-value field='mean' metric='pace' subject='who' over='over'/>"
    "<rollup field='most' fn='manual' when='own'/>"
    "<metric-value field='most' metric='pace' subject='who' over='over'"
    " fn='max'/>"
    "<metric-value field='n' metric='pace' subject='who' over='over'"
    " fn='count'/></fields>"
    "<workflow start='open'><step id='open' label='Open' by='creator'"
    " edit='*'><action id='end' label='End' to='ended'/></step>"
    "<end id='ended' label='Ended'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='everyone' rights='read'/></access></form>";

static void setup(void)
{
    const weft_file files[] = {
        { "pace.metric.xml", pace_xml, sizeof pace_xml - 1 },
        { "month.form.xml", month_xml, sizeof month_xml - 1 },
    };
    weft_deploy what = { .files = files, .n_files = WF_COUNT(files) };

    test_engine_open(&t);
    test_ok(&t, weft_run(weft_deploy_run(t.system, &what)));
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    root = test_session(&t, "root");
}

static void teardown(void)
{
    struct wf_json *sound = test_ok(&t, weft_verify(t.system));

    ck_assert_uint_eq(wf_json_len(wf_json_get(sound, "findings")), 0);
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(root);
    test_engine_close(&t);
}

static void feed(const char *login, const char *day, double value)
{
    const char *body = wf_arena_printf(
        t.arena, "[{\"subject\":\"%s\",\"at\":\"%s 10:00\",\"value\":%g}]",
        login, day, value);

    test_ok(&t, weft_run(weft_metric_feed(root, "pace", body, strlen(body))));
}

static int64_t month(weft_session *who, const char *data)
{
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"month\",\"data\":%s}", data);
    weft_reply *reply =
        weft_run(weft_document_create(who, body, strlen(body), NULL));
    int64_t id = weft_reply_id(reply);

    test_ok(&t, reply);
    return id;
}

static weft_reply *patch(int64_t id, const char *data)
{
    const char *body = wf_arena_printf(t.arena, "{\"data\":%s}", data);

    return weft_run(weft_document_patch(ann, id, body, strlen(body), NULL));
}

static double value(int64_t id, const char *field)
{
    const struct wf_json *doc = test_ok(&t, weft_document_get(ann, id));

    return wf_json_num(wf_json_get(wf_json_get(doc, "data"), field), -1);
}

START_TEST(a_document_follows_the_points_of_its_person_and_period)
{
    int64_t id = month(ann, "{}"), bobs = month(bob, "{}");
    int64_t before = month(ann, "{\"over\":\"2026-09\"}");

    ck_assert_double_eq(value(id, "mean"), -1);
    feed("ann", "2026-10-02", 10);
    feed("ann", "2026-10-03", 25);
    ck_assert_double_eq(value(id, "mean"), 17.5);
    ck_assert_double_eq(value(id, "twice"), 35);
    ck_assert_double_eq(value(id, "most"), 25);
    ck_assert_double_eq(value(id, "n"), 2);
    ck_assert_double_eq(value(bobs, "n"), -1);
    ck_assert_double_eq(value(before, "n"), -1);

    feed("ann", "2026-10-03", 12); /* the same point again */
    ck_assert_double_eq(value(id, "mean"), 11);
    feed("ann", "2026-09-30", 5);
    ck_assert_double_eq(value(before, "mean"), 5);
    ck_assert_double_eq(value(id, "mean"), 11);
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(
            test_ok(&t, weft_document_history(ann, id, NULL, 0)), "items")),
        1);
}
END_TEST

START_TEST(a_new_one_takes_what_is_there_and_another_person_has_others)
{
    int64_t id;

    feed("ann", "2026-10-02", 10);
    feed("bob", "2026-10-02", 30);
    id = month(ann, "{}");

    ck_assert_double_eq(value(id, "mean"), 10);
    test_ok(&t, patch(id, "{\"who\":\"bob\"}"));
    ck_assert_double_eq(value(id, "mean"), 30);
    test_ok(&t, patch(id, "{\"over\":\"2026-11\"}"));
    ck_assert_double_eq(value(id, "mean"), -1);
}
END_TEST

START_TEST(nobody_writes_what_points_give_but_by_hand_where_it_says_so)
{
    int64_t id = month(ann, "{\"mean\":3}");

    ck_assert_double_eq(value(id, "mean"), 3);
    feed("ann", "2026-10-02", 10);
    ck_assert_double_eq(value(id, "mean"), 10);
    test_refused(&t, patch(id, "{\"mean\":4}"), WEFT_E_INVALID);
    test_ok(&t, patch(id, "{\"own\":true}"));
    test_ok(&t, patch(id, "{\"most\":99}"));
    ck_assert_double_eq(value(id, "most"), 99);
    ck_assert_double_eq(
        wf_json_num(
            wf_json_get(wf_json_get(test_ok(&t, weft_document_get(ann, id)),
                                    "computed"),
                        "most"),
            0),
        10);
}
END_TEST

START_TEST(what_has_ended_keeps_its_value)
{
    int64_t id = month(ann, "{}");

    feed("ann", "2026-10-02", 10);
    test_ok(&t, weft_run(weft_document_act(ann, id, "end", NULL, 0, NULL)));
    feed("ann", "2026-10-03", 90);
    ck_assert_double_eq(value(id, "mean"), 10);
}
END_TEST

/* What is only tried out tells nobody another's numbers. */
START_TEST(what_is_not_there_yet_has_none)
{
    static const char body[] = "{\"data\":{\"who\":\"ann\"}}";
    const struct wf_json *tried;

    feed("ann", "2026-10-02", 10);
    tried = test_ok(&t, weft_form_evaluate(bob, "month", body, strlen(body)));
    ck_assert_ptr_null(wf_json_get(wf_json_get(tried, "data"), "mean"));
}
END_TEST

START_TEST(an_explanation_counts_the_points_and_names_their_days)
{
    int64_t id = month(ann, "{}");
    const struct wf_json *why;

    feed("ann", "2026-10-02", 10);
    feed("ann", "2026-10-03", 25);
    why = wf_json_get(test_ok(&t, weft_document_explain(ann, id, "mean")),
                      "because");

    ck_assert_str_eq(test_text(why, "rollup"), "avg");
    ck_assert_str_eq(test_text(why, "metric"), "pace");
    ck_assert_str_eq(test_text(why, "label"), "Pace");
    ck_assert_str_eq(test_text(why, "from"), "2026-10-01");
    ck_assert_str_eq(test_text(why, "to"), "2026-10-31");
    ck_assert_double_eq(wf_json_num(wf_json_get(why, "parts"), 0), 2);
    ck_assert_ptr_null(wf_json_get(why, "sources"));
}
END_TEST

TCase *points_tests(void)
{
    TCase *tc = tcase_create("api/points");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_document_follows_the_points_of_its_person_and_period);
    tcase_add_test(tc,
                   a_new_one_takes_what_is_there_and_another_person_has_others);
    tcase_add_test(tc,
                   nobody_writes_what_points_give_but_by_hand_where_it_says_so);
    tcase_add_test(tc, what_has_ended_keeps_its_value);
    tcase_add_test(tc, what_is_not_there_yet_has_none);
    tcase_add_test(tc, an_explanation_counts_the_points_and_names_their_days);
    return tc;
}
