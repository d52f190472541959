/* unit/connect/test_hearing.c - what chat tools call with: the vectors of their
 * makers, and each way in which a call can be somebody else's.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "connect/envelope.h"
#include "connect/hearing.h"
#include "connect/sending_parts.h"

#define KEY "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
#define WECOM_TEXT                                                             \
    "Q3stYC6hdFzMh9T8HCvyDMqYq+3LWRBafgYE/6+E3kZiCLtExp8BuJfUTPU6tC5xJanC+"    \
    "cAn+bnE6ZrB44ZBTw=="
#define WECOM_SIGN "4df9e7eaa248e4dc14faad1ce0150e89d3502dfc"
#define WECOM_AT INT64_C(1409659813000)
#define HOUR INT64_C(3600000)

static struct wf_arena *arena;

static void setup(void)
{
    weft_error err = WEFT_ERROR_INIT;

    arena = wf_arena_new();
    ck_assert(wf_crypto_init(&err));
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static const struct wf_envelope wecom = { "tok", KEY, "wwcorp" };

/* --- A request */

struct part {
    const char *name, *value;
};
struct request {
    struct part query[4], headers[4];
};

static const char *find(const struct part *parts, const char *name)
{
    for (size_t i = 0; i < 4; i++)
        if (wf_streq(parts[i].name, name))
            return parts[i].value;
    return NULL;
}

static const char *query(const void *self, const char *name)
{
    return find(((const struct request *)self)->query, name);
}

static const char *header(const void *self, const char *name)
{
    return find(((const struct request *)self)->headers, name);
}

static struct wf_json *json_of(const char *text)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json;

    ck_assert(wf_json_parse(arena, text, strlen(text), &limits, &json, &err));
    return json;
}

static struct wf_heard heard;

static const char *hear(const char *kind, const char *config,
                        const char *secrets, const struct request *request,
                        const char *body, int64_t now)
{
    struct wf_channel channel = { .id = "c",
                                  .kind = kind,
                                  .label = "Weft",
                                  .config = json_of(config),
                                  .secrets = json_of(secrets) };
    struct wf_came came = { .is_get = body == NULL,
                            .body = wf_str_of(body ? body : ""),
                            .query = query,
                            .header = header,
                            .self = request };

    return wf_hear(arena, &channel, &came, now, &heard);
}

/* --- Envelopes */

START_TEST(an_envelope_is_sealed_and_opened_as_the_vendor_says)
{
    static const char text[] = "<xml><Content>周报</Content></xml>";
    const struct wf_stamp stamp = { "1409659813", "1372623149" };
    struct wf_str out;

    ck_assert_str_eq(wf_envelope_seal(arena, &wecom, text, "0123456789abcdef"),
                     WECOM_TEXT);
    ck_assert_ptr_null(wf_envelope_open(arena, &wecom, WECOM_TEXT, &out));
    ck_assert_str_eq(out.at, text);
    ck_assert_str_eq(wf_envelope_sign(arena, &wecom, &stamp, WECOM_TEXT),
                     WECOM_SIGN);
}
END_TEST

START_TEST(an_envelope_for_somebody_else_is_not_opened)
{
    struct wf_envelope other = wecom;
    struct wf_str out;

    other.receiver = "wwcorq";
    ck_assert_str_eq(wf_envelope_open(arena, &other, WECOM_TEXT, &out),
                     "receiver");
    other.receiver = "";
    ck_assert_str_eq(wf_envelope_open(arena, &other, WECOM_TEXT, &out),
                     "receiver");
    other.receiver = "wwcorp2";
    ck_assert_str_eq(wf_envelope_open(arena, &other, WECOM_TEXT, &out),
                     "receiver");
}
END_TEST

START_TEST(an_envelope_that_is_broken_says_how)
{
    struct wf_envelope other = wecom;
    struct wf_str out;
    const char *wrong;

    other.key = "ZYXWVUTSRQPONMLKJIHGFEDCBA9876543210zyxwvut";
    wrong = wf_envelope_open(arena, &other, WECOM_TEXT, &out);
    ck_assert_str_eq(wrong, "padding");
    other.key = "short";
    ck_assert_str_eq(wf_envelope_open(arena, &other, WECOM_TEXT, &out), "key");
    ck_assert_str_eq(wf_envelope_open(arena, &wecom, "no Base64!", &out),
                     "not Base64");
    ck_assert_str_eq(wf_envelope_open(arena, &wecom, "", &out),
                     "not whole blocks");
    ck_assert_str_eq(wf_envelope_open(arena, &wecom, "QUJD", &out),
                     "not whole blocks");
}
END_TEST

START_TEST(padding_is_looked_at_to_its_last_byte)
{
    ck_assert_int_eq(wf_padding_strip("abc\1", 4, 32), 3);
    ck_assert_int_eq(wf_padding_strip("ab\2\2", 4, 32), 2);
    ck_assert_int_eq(wf_padding_strip("ab\1\2", 4, 32), -1);
    ck_assert_int_eq(wf_padding_strip("abc\0", 4, 32), -1);
    ck_assert_int_eq(wf_padding_strip("abc\x21", 4, 32), -1);
    ck_assert_int_eq(wf_padding_strip("\5\5\5\5", 4, 32), -1);
    ck_assert_int_eq(wf_padding_strip("\4\4\4\4", 4, 32), 0);
    ck_assert_int_eq(wf_padding_strip("", 0, 32), -1);
}
END_TEST

/* --- WeCom */

#define WECOM_CONFIG "{\"corp_id\": \"wwcorp\"}"
#define WECOM_SECRETS                                                          \
    "{\"callback_token\": \"tok\", \"callback_key\": \"" KEY "\"}"

static const char *hear_wecom(const char *text, const char *body_text,
                              int64_t shift)
{
    const struct wf_stamp stamp = { "1409659813", "1372623149" };
    struct request request = {
        .query = { { "msg_signature",
                     wf_envelope_sign(arena, &wecom, &stamp, text) },
                   { "timestamp", stamp.timestamp },
                   { "nonce", stamp.nonce } },
    };

    return hear("wecom", WECOM_CONFIG, WECOM_SECRETS, &request,
                wf_arena_printf(arena,
                                "<xml><ToUserName><![CDATA[wwcorp]]>"
                                "</ToUserName><Encrypt><![CDATA[%s]]>"
                                "</Encrypt></xml>",
                                body_text),
                WECOM_AT + shift);
}

static const char *hear_wecom_says(const char *xml)
{
    const char *text = wf_envelope_seal(arena, &wecom, xml, NULL);

    return hear_wecom(text, text, 0);
}

START_TEST(a_message_of_wecom_is_heard)
{
    ck_assert_ptr_null(hear_wecom_says(
        "<xml><ToUserName>wwcorp</ToUserName><FromUserName><![CDATA[lina]]>"
        "</FromUserName><MsgType>text</MsgType><Content><![CDATA[a < b]]>"
        "</Content><MsgId>4561255354251345929</MsgId></xml>"));

    ck_assert_int_eq(heard.kind, WF_HEARD_TEXT);
    ck_assert_str_eq(heard.account, "lina");
    ck_assert_str_eq(heard.text, "a < b");
    ck_assert_str_eq(heard.event, "msg 4561255354251345929");
}
END_TEST

START_TEST(a_button_of_wecom_is_heard)
{
    ck_assert_ptr_null(hear_wecom_says(
        "<xml><ToUserName>wwcorp</ToUserName><FromUserName>lina</FromUserName>"
        "<MsgType>event</MsgType><Event>template_card_event</Event>"
        "<EventKey>w1.x</EventKey><TaskId>msg_1</TaskId></xml>"));

    ck_assert_int_eq(heard.kind, WF_HEARD_PRESS);
    ck_assert_str_eq(heard.token, "w1.x");
}
END_TEST

START_TEST(a_call_of_wecom_that_is_not_theirs_is_refused)
{
    ck_assert_str_eq(hear_wecom(WECOM_TEXT, "AAAA", 0), "signature");
    ck_assert_str_eq(hear_wecom(WECOM_TEXT, WECOM_TEXT, HOUR + 1), "time");
    ck_assert_str_eq(hear_wecom(WECOM_TEXT, WECOM_TEXT, -HOUR - 1), "time");
    ck_assert_str_eq(hear_wecom("QUJD", "QUJD", 0), "not whole blocks");
    ck_assert_str_eq(
        hear_wecom_says("<!DOCTYPE xml [<!ENTITY b \"x\">]><xml>"
                        "<ToUserName>wwcorp</ToUserName><MsgType>text</MsgType>"
                        "<Content>&b;</Content><MsgId>1</MsgId></xml>"),
        "not a message");
    ck_assert_str_eq(
        hear_wecom_says("<xml><ToUserName>other</ToUserName>"
                        "<MsgType>text</MsgType><MsgId>1</MsgId></xml>"),
        "receiver");
    ck_assert_str_eq(hear_wecom(WECOM_TEXT, "]]></Encrypt><x>", 0),
                     "not an envelope");
}
END_TEST

START_TEST(wecom_is_told_that_the_address_is_ours)
{
    const struct wf_stamp stamp = { "1409659813", "1" };
    const char *echo =
        wf_envelope_seal(arena, &wecom, "1616140317555161061", NULL);
    struct request request = {
        .query = { { "msg_signature",
                     wf_envelope_sign(arena, &wecom, &stamp, echo) },
                   { "timestamp", stamp.timestamp },
                   { "nonce", stamp.nonce },
                   { "echostr", echo } },
    };

    ck_assert_ptr_null(
        hear("wecom", WECOM_CONFIG, WECOM_SECRETS, &request, NULL, WECOM_AT));
    ck_assert_int_eq(heard.kind, WF_HEARD_PROOF);
    ck_assert_str_eq(heard.proof, "1616140317555161061");
    ck_assert_str_eq(
        hear("wecom", WECOM_CONFIG, "{}", &request, NULL, WECOM_AT),
        "the channel is not set up for it");
}
END_TEST

/* --- DingTalk */

static const char *hear_ding(const char *ms, const char *secret,
                             const char *key, const char *body)
{
    int64_t at = 0;
    struct request request = { .query = { { "key", key } } };

    ck_assert(wf_str_to_int(wf_str_of(ms), &at));
    request.headers[0] = (struct part){ "timestamp", ms };
    request.headers[1] =
        (struct part){ "sign", wf_dingtalk_sign(arena, at, secret) };
    return hear("dingtalk", "{\"app_key\": \"dingweft\"}",
                "{\"app_secret\": \"SECweft\", \"address_key\": "
                "\"0123456789abcdef\"}",
                &request, body, INT64_C(1577262236757));
}

#define DING_BODY                                                              \
    "{\"msgtype\": \"text\", \"text\": {\"content\": \"hi\"}, \"msgId\": "     \
    "\"m1\", \"robotCode\": \"dingweft\", \"senderStaffId\": \"lina\"}"
#define DING_KEY "0123456789abcdef"

START_TEST(what_is_said_to_the_robot_of_dingtalk_is_heard)
{
    ck_assert_ptr_null(
        hear_ding("1577262236757", "SECweft", DING_KEY, DING_BODY));
    ck_assert_int_eq(heard.kind, WF_HEARD_TEXT);
    ck_assert_str_eq(heard.text, "hi");
    ck_assert_str_eq(heard.account, "lina");
}
END_TEST

START_TEST(what_is_said_to_another_robot_is_refused)
{
    ck_assert_str_eq(
        hear_ding("1577262236757", "SECother", DING_KEY, DING_BODY),
        "signature");
    ck_assert_str_eq(hear_ding("1577262236757", "SECweft", "0", DING_BODY),
                     "address");
    ck_assert_str_eq(hear_ding("1577258636756", "SECweft", DING_KEY, DING_BODY),
                     "time");
    ck_assert_str_eq(hear_ding("1577262236757", "SECweft", DING_KEY,
                               "{\"msgtype\": \"text\", \"msgId\": \"1\"}"),
                     "receiver");
    ck_assert_str_eq(hear_ding("1577262236757", "SECweft", DING_KEY, "[]"),
                     "not JSON");
}
END_TEST

START_TEST(a_voice_is_what_was_recognised_of_it)
{
    ck_assert_ptr_null(hear_ding(
        "1577262236757", "SECweft", DING_KEY,
        "{\"msgtype\": \"audio\", \"content\": {\"recognition\": \"上周\"}, "
        "\"msgId\": \"m1\", \"robotCode\": \"dingweft\"}"));
    ck_assert_str_eq(heard.text, "上周");
    ck_assert_ptr_null(heard.account);
}
END_TEST

/* --- Feishu */

static const char *hear_feishu(const char *signature, const char *body)
{
    struct request request = {
        .headers = { { "X-Lark-Request-Timestamp", "1599360473" },
                     { "X-Lark-Request-Nonce", "nonce" },
                     { signature ? "X-Lark-Signature" : "none", signature } },
    };

    return hear("feishu", "{\"app_id\": \"cli_weft\"}",
                "{\"encrypt_key\": \"ekey\", \"verification_token\": \"vtok\"}",
                &request, body, INT64_C(1599360473000));
}

START_TEST(a_call_of_feishu_is_signed_as_it_came)
{
    /* The vendor's vector; that it is not encrypted is found afterwards. */
    ck_assert_str_eq(
        hear_feishu("04037a992364593c26f138c83904a880e1d57dc148e29fa56c29c4b3"
                    "d6ec6432",
                    "{\"a\":1}"),
        "not encrypted");
    ck_assert_str_eq(
        hear_feishu("04037a992364593c26f138c83904a880e1d57dc148e29fa56c29c4b3"
                    "d6ec6432",
                    "{\"a\": 1}"),
        "signature");
    ck_assert_str_eq(hear_feishu(NULL, "{\"encrypt\":\"AAAA\"}"),
                     "not whole blocks");
    ck_assert_str_eq(hear_feishu(NULL, "{\"encrypt\":\"!\"}"), "not Base64");
}
END_TEST

TCase *hearing_tests(void)
{
    TCase *tc = tcase_create("connect/hearing");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_envelope_is_sealed_and_opened_as_the_vendor_says);
    tcase_add_test(tc, an_envelope_for_somebody_else_is_not_opened);
    tcase_add_test(tc, an_envelope_that_is_broken_says_how);
    tcase_add_test(tc, padding_is_looked_at_to_its_last_byte);
    tcase_add_test(tc, a_message_of_wecom_is_heard);
    tcase_add_test(tc, a_button_of_wecom_is_heard);
    tcase_add_test(tc, a_call_of_wecom_that_is_not_theirs_is_refused);
    tcase_add_test(tc, wecom_is_told_that_the_address_is_ours);
    tcase_add_test(tc, what_is_said_to_the_robot_of_dingtalk_is_heard);
    tcase_add_test(tc, what_is_said_to_another_robot_is_refused);
    tcase_add_test(tc, a_voice_is_what_was_recognised_of_it);
    tcase_add_test(tc, a_call_of_feishu_is_signed_as_it_came);
    return tc;
}
