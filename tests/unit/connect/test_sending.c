/* unit/connect/test_sending.c - signatures by the vectors of their makers, what
 * may be configured, and that nothing inside is reached.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "connect/chat.h"
#include "flow/outbox.h"

static struct wf_arena *arena;

static void setup(void)
{
    weft_error err = WEFT_ERROR_INIT;

    arena = wf_arena_new();
    ck_assert(wf_crypto_init(&err) && wf_outgoing_init(&err));
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static struct wf_json *json_of(const char *text)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json;

    ck_assert_msg(
        wf_json_parse(arena, text, strlen(text), &limits, &json, &err), "%s",
        err.text);
    return json;
}

/* The findings of such a channel, by the members that they name. */
static const char *findings(const char *kind, const char *config,
                            const char *secrets)
{
    struct wf_channel channel = { .id = "c",
                                  .kind = kind,
                                  .config = json_of(config),
                                  .secrets =
                                      secrets ? json_of(secrets) : NULL };
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    weft_error err = WEFT_ERROR_INIT;
    struct wf_buf names = WF_BUF_INIT(arena);
    bool fits = wf_send_check(&channel, &diags, &err);

    ck_assert(fits == (diags.n == 0));
    for (size_t i = 0; i < diags.n; i++)
        wf_buf_printf(&names, "%s%s", i ? " " : "", diags.at[i].field);
    return wf_buf_text(&names);
}

START_TEST(a_webhook_is_signed_as_the_standard_says)
{
    static const char text[] =
        "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
    size_t len;
    const char *key = wf_base64_bytes(
        arena, wf_str_of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), &len);

    ck_assert_str_eq(
        wf_hmac_base64(arena, (struct wf_str){ key, len }, text, strlen(text)),
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}
END_TEST

START_TEST(a_webhook_needs_an_address_and_a_good_secret)
{
    ck_assert_str_eq(
        findings("webhook", "{\"url\": \"https://a.example.com/x\"}",
                 "{\"secret\": \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}"),
        "");
    ck_assert_str_eq(findings("webhook", "{}", "{}"), "url secret");
    ck_assert_str_eq(
        findings("webhook", "{\"url\": \"http://a.example.com/\"}", NULL),
        "url");
    ck_assert_str_eq(
        findings("webhook", "{\"url\": \"http://10.0.0.1/\", \"inside\": true}",
                 NULL),
        "");
    ck_assert_str_eq(
        findings("webhook", "{\"url\": \"https://a/\\r\\nX: y\"}", NULL),
        "url");
    ck_assert_str_eq(findings("webhook", "{\"url\": \"file:///etc/passwd\"}",
                              "{\"secret\": \"whsec_c2hvcnQ=\"}"),
                     "url secret");
}
END_TEST

static const char *webhook_of(const char *event)
{
    return wf_arena_printf(
        arena, "{\"url\": \"https://a/\", \"events\": [\"%s\"]}", event);
}

START_TEST(a_webhook_hears_of_events_that_there_are)
{
    size_t n = 0;

    for (const char *const *at = wf_outbox_events; *at; at++, n++)
        ck_assert_str_eq(findings("webhook", webhook_of(*at), NULL), "");
    ck_assert_uint_eq(n, 4);
    ck_assert_str_eq(findings("webhook", webhook_of("document.nope"), NULL),
                     "events");
}
END_TEST

START_TEST(a_secret_stands_nowhere_but_among_secrets)
{
    ck_assert_str_eq(
        findings("webhook",
                 "{\"url\": \"https://a/\", \"secret\": \"whsec_x\"}", NULL),
        "secret");
    ck_assert_str_eq(findings("webhook", "{\"url\": \"https://a/\"}",
                              "{\"url\": \"https://b/\"}"),
                     "secret url");
}
END_TEST

START_TEST(there_are_no_other_kinds)
{
    ck_assert_str_eq(findings("pigeon", "{}", NULL), "kind");
}
END_TEST

START_TEST(nothing_inside_is_reached_and_the_channel_rests)
{
    static const char *const urls[] = {
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://0.0.0.0/",
        "https://localhost/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://10.0.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest",
    };

    for (size_t i = 0; i < WF_COUNT(urls); i++) {
        struct wf_channel channel = {
            .id = "c",
            .kind = "webhook",
            .config =
                json_of(wf_arena_printf(arena, "{\"url\": \"%s\"}", urls[i])),
            .secrets = json_of(
                "{\"secret\": \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}"),
        };
        struct wf_letter letter = { .key = "msg_1",
                                    .body = "{}",
                                    .lang = "en" };
        const char *token = NULL;
        struct wf_outcome out = wf_send(arena, &channel, &letter, &token, "en");

        ck_assert_msg(out.how == WF_SENT_BUSY, "%s", urls[i]);
        ck_assert_msg(strstr(out.problem, "not public"), "%s: %s", urls[i],
                      out.problem);
    }
}
END_TEST

START_TEST(dingtalk_and_feishu_sign_each_in_their_way)
{
    ck_assert_str_eq(wf_dingtalk_sign(arena, 1577262236757, "SECweft"),
                     "NFgscsWZTPJ9O7VeKpDVvlj5V7UAiLTAlK8UYdPyU1M=");
    ck_assert_str_eq(wf_feishu_sign(arena, 1599360473, "weft"),
                     "zHYqvr+englviAGw9vjBdqceUbmLpXnjOH0nou2nOqs=");
}
END_TEST

START_TEST(what_people_write_is_no_markup_in_chats)
{
    ck_assert_str_eq(wf_chat_plain(arena, "[a](b) <@all> *x*\n`y`"),
                     "［a］(b) ＜＠all＞ ＊x＊ ｀y｀");
}
END_TEST

START_TEST(texts_are_cut_between_characters)
{
    ck_assert_str_eq(wf_letter_cut(arena, "周报", 6), "周报");
    ck_assert_str_eq(wf_letter_cut(arena, "周报", 5), "周");
    ck_assert_str_eq(wf_letter_cut(arena, "ab", 1), "a");
}
END_TEST

TCase *sending_tests(void)
{
    TCase *tc = tcase_create("connect/sending");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_webhook_is_signed_as_the_standard_says);
    tcase_add_test(tc, a_webhook_needs_an_address_and_a_good_secret);
    tcase_add_test(tc, a_webhook_hears_of_events_that_there_are);
    tcase_add_test(tc, a_secret_stands_nowhere_but_among_secrets);
    tcase_add_test(tc, there_are_no_other_kinds);
    tcase_add_test(tc, nothing_inside_is_reached_and_the_channel_rests);
    tcase_add_test(tc, dingtalk_and_feishu_sign_each_in_their_way);
    tcase_add_test(tc, what_people_write_is_no_markup_in_chats);
    tcase_add_test(tc, texts_are_cut_between_characters);
    return tc;
}
