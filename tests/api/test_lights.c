/* api/test_lights.c - alerts and metrics by the library: real series and real
 * quotas with known answers, batches, what others meet meanwhile.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <weft/metric.h>

#include "base/csv.h"
#include "base/date.h"
#include "suite.h"
#include "support/data.h"
#include "support/engine.h"

enum {
    DAY_MS = 24 * 60 * 60 * 1000
};

static struct test_engine t;
static weft_session *ann, *bob, *lead, *root;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    lead = test_session(&t, "lead");
    root = test_session(&t, "root");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(lead);
    weft_session_free(root);
    test_engine_close(&t);
}

static void deploy(const char *name, const char *xml)
{
    weft_file files[] = {
        { "package.xml", NULL, 0 },
        { name, xml, strlen(xml) },
    };
    weft_deploy what = { .files = files, .n_files = WF_COUNT(files) };

    files[0].text = "<package xmlns='urn:weft:1' id='lights' lang='en' "
                    "timezone='UTC'/>";
    files[0].len = strlen(files[0].text);
    test_ok(&t, weft_run(weft_deploy_run(root, &what)));
}

static void tick(int64_t by)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired;

    t.now += by;
    ck_assert_msg(weft_engine_tick(t.engine, t.now, &fired, &err), "%s",
                  err.text);
}

static const struct wf_json *items(weft_reply *reply)
{
    return wf_json_get(test_ok(&t, reply), "items");
}

/* --- Machine temperatures */

static const char HEAT[] =
    "<metric xmlns='urn:weft:1' id='heat' label='Heat'>"
    "<level id='cold' colour='red' when='value &lt; 65' hold='12'"
    " tell='manager(subject)'/>"
    "<level id='odd' colour='yellow' over='day' fn='avg'"
    " when='value &lt; avg(28) - 3 * sd(28)' tell='manager(subject)'/>"
    "</metric>";

struct copying {
    struct wf_buf *out;
};

static bool copy_row(void *self, int64_t row, const struct wf_str *cells,
                     size_t n, weft_error *err)
{
    struct wf_buf *out = self;

    (void)err;
    ck_assert_uint_ge(n, 2);
    if (row == 0)
        wf_buf_str(out, "metric,subject,at,value\n");
    else
        wf_buf_printf(out, "heat,ann,%.*s,%.*s\n", (int)cells[0].len,
                      cells[0].at, (int)cells[1].len, cells[1].at);
    return true;
}

static size_t count_level(const struct wf_json *episodes, const char *level)
{
    size_t n = 0;

    for (size_t i = 0; i < wf_json_len(episodes); i++)
        n += wf_streq(test_text(episodes->u.array.at[i], "level"), level);
    return n;
}

START_TEST(a_machine_was_cold_twenty_times_and_odd_on_two_days)
{
    struct wf_buf csv = WF_BUF_INIT(t.arena);
    weft_error err = WEFT_ERROR_INIT;
    const struct wf_json *found;
    size_t len;
    char *text = data_read(t.arena,
                           "ts_nab_machine_temperature/"
                           "machine_temperature_system_failure.csv",
                           &len);

    if (!text)
        return;
    deploy("heat.metric.xml", HEAT);
    ck_assert(wf_csv_read(t.arena, text, len, copy_row, &csv, &err));
    test_ok(&t, weft_run(weft_metric_import(root, wf_buf_text(&csv), csv.len,
                                            false)));
    tick(DAY_MS);
    found = items(weft_metric_episodes(ann, "heat", NULL));
    ck_assert_uint_eq(count_level(found, "cold"), 20);
    ck_assert_uint_eq(count_level(found, "odd"), 2);
    ck_assert_uint_eq(wf_json_len(items(weft_notification_list(lead, NULL, 0))),
                      22);
}
END_TEST

/* --- Quotas */

static const char AIM[] =
    "<form xmlns='urn:weft:1' id='aim' label='Aim' title='{name}'><fields>"
    "<field id='name' type='text' required='true'/>"
    "<field id='start' type='date'/><field id='due' type='date'/>"
    "<field id='progress' type='progress'/></fields>"
    "<workflow start='open'><step id='open' by='creator' edit='*'>"
    "<action id='end' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='everyone'/><grant to='everyone' rights='read'/>"
    "</access></form>";
static const char HEALTH[] =
    "<alert xmlns='urn:weft:1' id='health' form='aim' check='daily 08:00'>"
    "<level id='far' colour='red'"
    " when='behind(progress or 0, start, due) &gt; 30'/>"
    "<level id='late' colour='yellow'"
    " when='behind(progress or 0, start, due) &gt; 15'/></alert>";

static void new_aim(const char *name, double progress)
{
    const char *body = wf_arena_printf(
        t.arena,
        "{\"form\":\"aim\",\"data\":{\"name\":\"%s\",\"start\":\"2024-03-01\","
        "\"due\":\"2025-02-28\",\"progress\":%.6f}}",
        name, progress > 100 ? 100 : progress);

    test_ok(&t, weft_run(weft_document_create(ann, body, strlen(body), NULL)));
}

static size_t count_health(const char *colour)
{
    const weft_param params[] = { { "form", "aim" },
                                  { "filter[health]", colour } };

    return wf_json_len(
        items(weft_document_list(ann, params, WF_COUNT(params))));
}

struct seller {
    char id[16];
    double quotas[4]; /* the last ones */
    double sold;
};

struct sellers {
    struct seller at[64];
    size_t n;
};

static struct seller *seller_of(struct sellers *all, struct wf_str id)
{
    for (size_t i = 0; i < all->n; i++)
        if (wf_str_is(id, all->at[i].id))
            return &all->at[i];
    ck_assert_uint_lt(all->n, WF_COUNT(all->at));
    snprintf(all->at[all->n].id, sizeof all->at[0].id, "%.*s", (int)id.len,
             id.at);
    return &all->at[all->n++];
}

static double number(struct wf_str text)
{
    return strtod(wf_arena_slice(t.arena, text), NULL);
}

static bool take_quota(void *self, int64_t row, const struct wf_str *cells,
                       size_t n, weft_error *err)
{
    struct seller *seller;

    (void)err;
    ck_assert_uint_eq(n, 3);
    if (row == 0)
        return true;
    seller = seller_of(self, cells[0]);
    memmove(seller->quotas, seller->quotas + 1, 3 * sizeof(double));
    seller->quotas[3] = number(cells[2]);
    return true;
}

static bool take_sold(void *self, int64_t row, const struct wf_str *cells,
                      size_t n, weft_error *err)
{
    (void)err;
    ck_assert_uint_eq(n, 7);
    if (row > 0)
        seller_of(self, cells[0])->sold = number(cells[5]);
    return true;
}

START_TEST(quotas_of_seventeen_give_six_green_eleven_yellow)
{
    static struct sellers all;
    weft_error err = WEFT_ERROR_INIT;
    size_t n, m;
    char *quotas =
        data_read(t.arena, "org_small_adventureworks/kpi_sales_quota.csv", &n);
    char *sold =
        data_read(t.arena, "org_small_adventureworks/kpi_sales_person.csv", &m);

    if (!quotas || !sold)
        return;
    memset(&all, 0, sizeof all);
    ck_assert(wf_csv_read(t.arena, quotas, n, take_quota, &all, &err));
    ck_assert(wf_csv_read(t.arena, sold, m, take_sold, &all, &err));
    deploy("aim.form.xml", AIM);
    deploy("health.alert.xml", HEALTH);
    for (size_t i = 0; i < all.n; i++) {
        const double *q = all.at[i].quotas;

        new_aim(all.at[i].id,
                100 * all.at[i].sold / (q[0] + q[1] + q[2] + q[3]));
    }
    tick(DAY_MS);
    ck_assert_uint_eq(count_health("green"), 6);
    ck_assert_uint_eq(count_health("yellow"), 11);
    ck_assert_uint_eq(count_health("red"), 0);
}
END_TEST

/* --- What was there before the alert */

START_TEST(documents_from_before_get_their_light_by_rows_that_are_made)
{
    deploy("aim.form.xml", AIM);
    new_aim("far", 10);
    new_aim("late", 80);
    new_aim("well", 90);
    ck_assert_uint_eq(count_health("green"), 0);
    deploy("health.alert.xml", HEALTH);
    tick(0);
    ck_assert_uint_eq(count_health("green"), 3);
    tick(DAY_MS);
    ck_assert_uint_eq(count_health("red"), 1);
    ck_assert_uint_eq(count_health("yellow"), 1);
    ck_assert_uint_eq(count_health("green"), 1);
}
END_TEST

START_TEST(another_version_of_the_alert_looks_at_all_again)
{
    static const char STRICT[] =
        "<alert xmlns='urn:weft:1' id='health' form='aim' check='daily 08:00'>"
        "<level id='far' colour='red'"
        " when='behind(progress or 0, start, due) &gt; 5'/></alert>";

    deploy("aim.form.xml", AIM);
    deploy("health.alert.xml", HEALTH);
    new_aim("well", 90);
    tick(DAY_MS);
    ck_assert_uint_eq(count_health("green"), 1);
    deploy("health.alert.xml", STRICT);
    tick(DAY_MS);
    ck_assert_uint_eq(count_health("red"), 1);
}
END_TEST

START_TEST(who_was_off_for_a_week_looks_once)
{
    deploy("aim.form.xml", AIM);
    deploy("health.alert.xml", HEALTH);
    new_aim("far", 10);
    t.now += 7 * (int64_t)DAY_MS;
    tick(0);
    ck_assert_uint_eq(count_health("red"), 1);
}
END_TEST

/* --- What has lit a document */

/* Bob does not see how far it is. */
static int64_t new_secret(void)
{
    static const char HIDING[] =
        "%.*s<hide fields='progress' from='person(bob)'/></access></form>";
    static const char BODY[] =
        "{\"form\":\"aim\",\"data\":{\"name\":\"far\",\"progress\":10,"
        "\"start\":\"2024-03-01\",\"due\":\"2025-02-28\"}}";
    int before = (int)(strstr(AIM, "</access>") - AIM);
    weft_reply *reply;
    int64_t id;

    deploy("aim.form.xml", wf_arena_printf(t.arena, HIDING, before, AIM));
    deploy("health.alert.xml", HEALTH);
    reply = weft_run(weft_document_create(ann, BODY, strlen(BODY), NULL));
    id = weft_reply_id(reply);
    test_ok(&t, reply);
    return id;
}

START_TEST(what_lit_a_document_is_told_to_who_sees_it)
{
    static const char done[] = "{\"data\":{\"progress\":100}}";
    int64_t id = new_secret();
    const struct wf_json *one;

    tick(DAY_MS);
    one = items(weft_document_lights(ann, id))->u.array.at[0];
    ck_assert_str_eq(test_text(one, "level"), "far");
    ck_assert(wf_json_is_nothing(wf_json_get(one, "ended")));
    test_ok(&t,
            weft_run(weft_document_patch(ann, id, done, strlen(done), NULL)));
    tick(DAY_MS);
    one = items(weft_document_lights(ann, id))->u.array.at[0];
    ck_assert_ptr_nonnull(wf_json_str(wf_json_get(one, "ended")));

    one = items(weft_document_lights(bob, id))->u.array.at[0];
    ck_assert_str_eq(test_text(one, "colour"), "red");
    ck_assert_ptr_null(wf_json_get(one, "level"));
}
END_TEST

/* --- Batches */

static weft_reply *feed(weft_session *session, const char *body)
{
    return weft_run(weft_metric_feed(session, "heat", body, strlen(body)));
}

/* `n` points of ann, a minute apart, ending now. */
static const char *batch(size_t n)
{
    struct wf_buf out = WF_BUF_INIT(t.arena);

    wf_buf_char(&out, '[');
    for (size_t i = 0; i < n; i++) {
        char at[WF_TIME_TEXT];

        wf_time_write(t.now - (int64_t)(n - i) * 60000, at);
        wf_buf_printf(&out,
                      "%s{\"subject\":\"ann\",\"at\":\"%s\",\"value\":%zu}",
                      i ? "," : "", at, 70 + i % 7);
    }
    wf_buf_char(&out, ']');
    return wf_buf_text(&out);
}

START_TEST(ten_thousand_points_are_one_request_and_one_more_is_too_many)
{
    const struct wf_json *reply;
    const weft_series all = { .metric = "heat",
                              .subject = "ann",
                              .from = "2020-01-01",
                              .step = "month",
                              .fn = "count" };
    const struct wf_json *months;
    double n = 0;

    deploy("heat.metric.xml", HEAT);
    ck_assert_uint_lt(strlen(batch(10000)), 1 << 20);
    reply = test_ok(&t, feed(root, batch(10000)));
    ck_assert(wf_json_num(wf_json_get(reply, "points"), 0) == 10000);
    months = items(weft_metric_series(ann, &all));
    for (size_t i = 0; i < wf_json_len(months); i++)
        n += wf_json_num(wf_json_get(months->u.array.at[i], "value"), 0);
    ck_assert(n == 10000);
    test_refused(&t, feed(root, batch(10001)), WEFT_E_TOO_LARGE);
    test_ok(&t, feed(root, batch(10000))); /* the same again */
    months = items(weft_metric_series(ann, &all));
    n = 0;
    for (size_t i = 0; i < wf_json_len(months); i++)
        n += wf_json_num(wf_json_get(months->u.array.at[i], "value"), 0);
    ck_assert(n == 10000);
}
END_TEST

START_TEST(who_may_not_feed_is_told_so)
{
    deploy("heat.metric.xml", HEAT);
    test_refused(&t, feed(ann, batch(1)), WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_metric_feed(root, "cold", "[]", 2)),
                 WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(a_wrong_body_is_refused_whole)
{
    deploy("heat.metric.xml", HEAT);
    test_refused(&t, feed(root, "{}"), WEFT_E_MALFORMED);
    test_refused(&t, feed(root, "[1]"), WEFT_E_INVALID);
    test_refused(&t, feed(root, "[{\"subject\":\"ann\"}]"), WEFT_E_INVALID);
    test_refused(&t,
                 feed(root, "[{\"subject\":\"ann\",\"at\":\"2020-01-01\","
                            "\"value\":\"x\"}]"),
                 WEFT_E_INVALID);
    test_refused(&t,
                 feed(root, "[{\"subject\":\"ann\",\"at\":\"2020-01-01\","
                            "\"value\":1,\"colour\":2}]"),
                 WEFT_E_INVALID);
    test_ok(&t, feed(root, "[]"));
}
END_TEST

/* A leaver's points are kept; nobody hears of them. */
START_TEST(points_of_somebody_who_has_left_are_kept_and_tell_nobody)
{
    static const char leave[] = "{\"active\":false}";

    deploy("heat.metric.xml", HEAT);
    test_ok(&t, weft_run(weft_person_edit(root, "ann", leave, strlen(leave))));
    {
        struct wf_buf out = WF_BUF_INIT(t.arena);

        wf_buf_char(&out, '[');
        for (int i = 0; i < 20; i++)
            wf_buf_printf(&out,
                          "%s{\"subject\":\"ann\",\"at\":"
                          "\"2020-01-01T00:%02d:00Z\",\"value\":1}",
                          i ? "," : "", i);
        wf_buf_char(&out, ']');
        test_ok(&t, feed(root, wf_buf_text(&out)));
    }
    tick(DAY_MS);
    ck_assert_uint_eq(
        wf_json_len(items(weft_metric_episodes(root, "heat", "ann"))), 0);
    ck_assert_uint_eq(wf_json_len(items(weft_notification_list(lead, NULL, 0))),
                      0);
}
END_TEST

TCase *lights_tests(void)
{
    TCase *tc = tcase_create("api/lights");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, a_machine_was_cold_twenty_times_and_odd_on_two_days);
    tcase_add_test(tc, quotas_of_seventeen_give_six_green_eleven_yellow);
    tcase_add_test(tc,
                   documents_from_before_get_their_light_by_rows_that_are_made);
    tcase_add_test(tc, another_version_of_the_alert_looks_at_all_again);
    tcase_add_test(tc, who_was_off_for_a_week_looks_once);
    tcase_add_test(tc, what_lit_a_document_is_told_to_who_sees_it);
    tcase_add_test(
        tc, ten_thousand_points_are_one_request_and_one_more_is_too_many);
    tcase_add_test(tc, who_may_not_feed_is_told_so);
    tcase_add_test(tc, a_wrong_body_is_refused_whole);
    tcase_add_test(tc,
                   points_of_somebody_who_has_left_are_kept_and_tell_nobody);
    return tc;
}
