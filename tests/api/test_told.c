/* api/test_told.c - how people are told outward: merged into one letter, at the
 * times that they want, and nothing of what is done already.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <weft/backlog.h>
#include <weft/channel.h>
#include <weft/cycle.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *lead, *admin;

/* A chat tool at whose address nothing listens. */
static const char chat[] =
    "{\"id\": \"chat\", \"kind\": \"feishu\", \"config\": {\"host\":"
    " \"http://127.0.0.1:9\", \"inside\": true, \"app_id\": \"a\"},"
    " \"secrets\": {\"app_secret\": \"s\"}}";

static void link_to(const char *login)
{
    const char *body = wf_arena_printf(
        t.arena, "{\"login\": \"%s\", \"account\": \"%s\"}", login, login);

    test_ok(&t, weft_run(weft_channel_link(admin, "chat", body, strlen(body))));
}

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    lead = test_session(&t, "lead");
    admin = test_session(&t, "root");
    test_ok(&t, weft_run(weft_channel_set(admin, chat, strlen(chat))));
    link_to("lead");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(lead);
    weft_session_free(admin);
    test_engine_close(&t);
}

static void act(weft_session *who, int64_t id, const char *action)
{
    test_ok(&t, weft_run(weft_document_act(who, id, action, NULL, 0, NULL)));
}

static int64_t submitted(const char *title)
{
    int64_t id = test_note(&t, ann, title);

    act(ann, id, "submit");
    return id;
}

static void tick(void)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired;

    ck_assert_msg(weft_engine_tick(t.engine, 0, &fired, &err), "%s", err.text);
}

/* The letters that wait. */
static const struct wf_json *letters(void)
{
    weft_param params[] = { { "state", "waiting" } };

    return wf_json_get(test_ok(&t, weft_backlog_list(admin, params, 1)),
                       "items");
}

static const char *due(size_t i)
{
    ck_assert_uint_gt(wf_json_len(letters()), i);
    return test_text(letters()->u.array.at[i], "due");
}

static void wish(weft_session *who, const char *body)
{
    test_ok(&t,
            weft_run(weft_notification_settings_set(who, body, strlen(body))));
}

START_TEST(a_storm_becomes_one_letter_at_the_next_time_of_digests)
{
    for (int i = 0; i < 100; i++)
        submitted("Tea");

    ck_assert_uint_eq(wf_json_len(letters()), 1);
    ck_assert_str_eq(due(0), "2026-10-12T06:00:00.000Z"); /* 14:00 there */
}
END_TEST

START_TEST(what_is_urgent_goes_alone_and_at_once)
{
    int64_t id = submitted("Tea");

    act(ann, id, "urge");

    ck_assert_uint_eq(wf_json_len(letters()), 2);
    ck_assert_str_eq(due(0), "2026-10-12T01:00:00.000Z");
}
END_TEST

START_TEST(quiet_hours_and_days_off_are_waited_for)
{
    int64_t id;

    t.now += INT64_C(13) * 3600000; /* Monday, 22:00 there */
    id = submitted("Tea");
    act(ann, id, "urge");
    ck_assert_str_eq(due(0), "2026-10-13T00:00:00.000Z");
    ck_assert_str_eq(due(1), "2026-10-13T01:00:00.000Z");

    test_ok(&t, weft_run(weft_channel_remove(admin, "chat")));
    test_ok(&t, weft_run(weft_channel_set(admin, chat, strlen(chat))));
    link_to("lead");
    t.now += INT64_C(4) * 24 * 3600000 + 12 * 3600000; /* Saturday, 10:00 */
    submitted("Milk");
    ck_assert_str_eq(due(0), "2026-10-19T01:00:00.000Z");
}
END_TEST

START_TEST(one_says_oneself_how_one_is_told)
{
    int64_t id;

    wish(lead, "{\"kinds\": {\"work\": {\"chat\": \"off\"},"
               " \"urged\": {\"chat\": \"digest\"}},"
               " \"times\": [\"10:30\"]}");
    id = submitted("Tea");
    ck_assert_uint_eq(wf_json_len(letters()), 0);

    act(ann, id, "urge");

    ck_assert_uint_eq(wf_json_len(letters()), 1);
    ck_assert_str_eq(due(0), "2026-10-12T02:30:00.000Z");
}
END_TEST

START_TEST(what_cannot_be_wished_is_refused)
{
    static const char *const wrong[] = {
        "{\"times\": [\"25:00\"]}",
        "{\"times\": [\"10:00\", \"09:00\"]}",
        "{\"times\": [\"1:00\",\"2:00\",\"3:00\",\"4:00\",\"5:00\"]}",
        "{\"quiet\": {\"from\": \"21:00\"}}",
        "{\"kinds\": {\"gossip\": {\"chat\": \"now\"}}}",
        "{\"kinds\": {\"work\": {\"chat\": \"loudly\"}}}",
        "{\"kinds\": {\"work\": \"now\"}}",
        "{\"colour\": \"red\"}",
    };

    for (size_t i = 0; i < WF_COUNT(wrong); i++)
        test_refused(&t,
                     weft_run(weft_notification_settings_set(lead, wrong[i],
                                                             strlen(wrong[i]))),
                     WEFT_E_INVALID);
}
END_TEST

START_TEST(what_is_done_or_read_is_not_told)
{
    int64_t id = submitted("Tea");

    act(ann, id, "urge");
    act(lead, id, "approve");
    test_ok(&t, weft_run(weft_notification_read(lead, NULL, 0)));
    t.now += INT64_C(24) * 3600000;
    tick();

    ck_assert_uint_eq(wf_json_len(letters()), 0);
    ck_assert_int_eq(
        (int)wf_json_num(
            wf_json_get(
                wf_json_get(test_ok(&t, weft_channel_list(admin)), "items")
                    ->u.array.at[0],
                "failures"),
            -1),
        0);
}
END_TEST

START_TEST(who_has_no_account_is_told_here_alone)
{
    int64_t id = test_note(&t, lead, "Tea");

    act(lead, id, "submit"); /* waits for boss */

    ck_assert_uint_eq(wf_json_len(letters()), 0);
}
END_TEST

/* Given on Monday, asked for on Thursday. */
static const char look_xml[] =
    "<form xmlns='urn:weft:1' id='look' label='Look back' subject='owner'"
    " title='Look back'><fields>"
    "<field id='owner' type='person' label='Owner'/></fields>"
    "<workflow start='fill'><step id='fill' label='Fill' by='owner'"
    " asks='opens + 3d'><action id='go' label='Go' to='done'/></step>"
    "<end id='done' label='Done'/></workflow>"
    "<access><grant to='owner' rights='read'/></access></form>";
static const char looks_xml[] =
    "<cycle xmlns='urn:weft:1' id='looks' label='Looks' every='week'>"
    "<audience who='person(lead)'/><stage id='look' label='Look' form='look'"
    " opens='start'/></cycle>";

/* Timers wait among them. */
static size_t n_sent(void)
{
    const struct wf_json *items = letters();
    size_t n = 0;

    for (size_t i = 0; i < wf_json_len(items); i++)
        n += wf_streq(test_text(items->u.array.at[i], "kind"), "send");
    return n;
}

static size_t n_work(weft_session *who)
{
    return wf_json_len(
        wf_json_get(test_ok(&t, weft_work_list(who, NULL, 0)), "items"));
}

START_TEST(what_a_cycle_gives_is_told_by_letter_once_it_asks)
{
    const weft_file files[] = {
        { "look.form.xml", look_xml, sizeof look_xml - 1 },
        { "looks.cycle.xml", looks_xml, sizeof looks_xml - 1 },
    };
    weft_deploy what = { .files = files, .n_files = WF_COUNT(files) };
    static const char period[] = "{\"period\": \"2026-W42\"}";

    test_ok(&t, weft_run(weft_deploy_run(t.system, &what)));
    test_ok(&t, weft_run(weft_cycle_launch(t.system, "looks", period,
                                           strlen(period), NULL)));
    tick();
    ck_assert_uint_eq(n_work(lead), 0);
    ck_assert_uint_eq(n_sent(), 0);

    t.now += INT64_C(4) * 24 * 3600000;
    tick();
    ck_assert_uint_eq(n_work(lead), 1);
    ck_assert_uint_eq(n_sent(), 1);
}
END_TEST

START_TEST(who_made_it_hears_of_its_end_and_how_much_is_unread)
{
    int64_t id = submitted("Tea");
    const struct wf_json *told;

    act(lead, id, "approve");

    told = test_ok(&t, weft_notification_list(ann, NULL, 0));
    ck_assert_str_eq(
        test_text(wf_json_get(told, "items")->u.array.at[0], "kind"), "done");
    ck_assert_int_eq((int)wf_json_num(wf_json_get(told, "unread"), 0), 1);
    test_ok(&t, weft_run(weft_notification_read(ann, NULL, 0)));
    told = test_ok(&t, weft_notification_list(ann, NULL, 0));
    ck_assert_int_eq((int)wf_json_num(wf_json_get(told, "unread"), 1), 0);
}
END_TEST

START_TEST(reminders_of_one_document_are_one_with_how_many)
{
    int64_t tea = submitted("Tea"), milk = submitted("Milk");
    const weft_param one[] = { { "limit", "1" } };
    const struct wf_json *told, *items;

    for (int i = 0; i < 3; i++) {
        act(ann, tea, "urge");
        if (i == 1)
            act(ann, milk, "urge");
        t.now += INT64_C(2) * 3600000;
    }
    told = test_ok(&t, weft_notification_list(lead, NULL, 0));
    items = wf_json_get(told, "items");
    ck_assert_uint_eq(wf_json_len(items), 2);
    ck_assert_str_eq(test_text(items->u.array.at[0], "document"),
                     wf_arena_printf(t.arena, "%lld", (long long)tea));
    ck_assert_str_eq(test_text(items->u.array.at[0], "at"),
                     "2026-10-12T05:00:00.000Z");
    ck_assert_int_eq(
        (int)wf_json_num(wf_json_get(items->u.array.at[0], "times"), 0), 3);
    ck_assert_ptr_null(wf_json_get(items->u.array.at[1], "times"));
    ck_assert_int_eq((int)wf_json_num(wf_json_get(told, "unread"), 0), 4);

    told = test_ok(&t, weft_notification_list(lead, one, 1));
    ck_assert_uint_eq(wf_json_len(wf_json_get(told, "items")), 1);
    ck_assert_ptr_nonnull(wf_json_str(wf_json_get(told, "next")));
}
END_TEST

TCase *told_tests(void)
{
    TCase *tc = tcase_create("api/told");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_storm_becomes_one_letter_at_the_next_time_of_digests);
    tcase_add_test(tc, what_is_urgent_goes_alone_and_at_once);
    tcase_add_test(tc, quiet_hours_and_days_off_are_waited_for);
    tcase_add_test(tc, one_says_oneself_how_one_is_told);
    tcase_add_test(tc, what_cannot_be_wished_is_refused);
    tcase_add_test(tc, what_is_done_or_read_is_not_told);
    tcase_add_test(tc, who_has_no_account_is_told_here_alone);
    tcase_add_test(tc, what_a_cycle_gives_is_told_by_letter_once_it_asks);
    tcase_add_test(tc, who_made_it_hears_of_its_end_and_how_much_is_unread);
    tcase_add_test(tc, reminders_of_one_document_are_one_with_how_many);
    return tc;
}
