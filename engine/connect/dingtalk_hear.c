/* connect/dingtalk_hear.c - what DingTalk calls us with: what people say to the
 * robot of an app, and events.
 *
 * The first is signed without its body: so the address has a secret in it as
 * well, and where answers are wanted is not looked at. Events are encrypted.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"
#include "base/json.h"
#include "connect/hearing_parts.h"
#include "connect/sending_parts.h"

static struct wf_envelope envelope_of(const struct wf_hearing *hearing)
{
    return (struct wf_envelope){
        .token = wf_hearing_secret(hearing, "event_token"),
        .key = wf_hearing_secret(hearing, "event_key"),
        .receiver = wf_hearing_config(hearing, "app_key"),
    };
}

/* --- Events */

static const char *hear_event(const struct wf_hearing *hearing,
                              const char *encrypt, struct wf_heard *out)
{
    struct wf_envelope envelope = envelope_of(hearing);
    struct wf_str text;
    const char *wrong =
        wf_hearing_open(hearing, &envelope, 1, encrypt, &text, &out->once);

    if (wrong)
        return wrong;
    out->is_old = true;
    if (!wf_hearing_json(hearing, text))
        return "not JSON";
    return NULL;
}

/* --- The robot */

/* A voice is what the vendor has recognised of it. */
static const char *said(const struct wf_json *body)
{
    const char *kind = wf_json_str(wf_json_get(body, "msgtype"));
    const char *text = NULL;

    if (wf_streq(kind, "text"))
        return wf_json_str(wf_json_get(wf_json_get(body, "text"), "content"));
    if (!wf_streq(kind, "audio"))
        return NULL;
    text =
        wf_json_str(wf_json_get(wf_json_get(body, "content"), "recognition"));
    return text ? text : "";
}

static const char *check_robot(const struct wf_hearing *hearing)
{
    const char *stamp = wf_hearing_header(hearing, "timestamp");
    const char *secret = wf_hearing_secret(hearing, "app_secret");
    int64_t ms;

    if (!secret || !wf_hearing_secret(hearing, "address_key"))
        return "the channel is not set up for it";
    if (!wf_hearing_same(wf_hearing_query(hearing, "key"),
                         wf_hearing_secret(hearing, "address_key")))
        return "address";
    if (!stamp || !wf_str_to_int(wf_str_of(stamp), &ms)
        || !wf_hearing_same(wf_hearing_header(hearing, "sign"),
                            wf_dingtalk_sign(hearing->arena, ms, secret)))
        return "signature";
    return wf_hearing_is_timely(hearing, stamp, 1) ? NULL : "time";
}

static const char *hear_robot(const struct wf_hearing *hearing,
                              const struct wf_json *body, struct wf_heard *out)
{
    const char *wrong = check_robot(hearing);
    const char *robot = wf_json_str(wf_json_get(body, "robotCode"));
    const char *message = wf_json_str(wf_json_get(body, "msgId"));

    if (wrong)
        return wrong;
    if (!wf_streq(robot, wf_hearing_config(hearing, "app_key")))
        return "receiver";
    if (wf_str_empty(message))
        return "parts are missing";
    out->once = wf_arena_printf(hearing->arena, "%s %s",
                                wf_hearing_header(hearing, "sign"), message);
    out->event = wf_arena_printf(hearing->arena, "msg %s", message);
    out->account = wf_json_str(wf_json_get(body, "senderStaffId"));
    out->text = said(body);
    out->kind = out->text ? WF_HEARD_TEXT : WF_HEARD_NOTHING;
    return NULL;
}

const char *wf_hear_dingtalk(const struct wf_hearing *hearing,
                             struct wf_heard *out)
{
    const struct wf_json *body;
    const char *encrypt;

    if (hearing->came->is_get)
        return "a question of nobody";
    body = wf_hearing_json(hearing, hearing->came->body);
    if (!body)
        return "not JSON";
    encrypt = wf_json_str(wf_json_get(body, "encrypt"));
    return encrypt ? hear_event(hearing, encrypt, out)
                   : hear_robot(hearing, body, out);
}

/* --- Answers */

/* To an event, the word "success" in an envelope. */
static const char *success(const struct wf_hearing *hearing)
{
    struct wf_arena *arena = hearing->arena;
    struct wf_envelope envelope = envelope_of(hearing);
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&out);
    struct wf_stamp stamp = {
        wf_arena_printf(arena, "%lld", (long long)hearing->now),
        wf_random_text(arena, 12),
    };
    const char *text = wf_envelope_seal(arena, &envelope, "success", NULL);

    if (!text)
        return "";
    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "msg_signature",
                   wf_envelope_sign(arena, &envelope, &stamp, text));
    wf_jw_key_text(&w, "timeStamp", stamp.timestamp);
    wf_jw_key_text(&w, "nonce", stamp.nonce);
    wf_jw_key_text(&w, "encrypt", text);
    wf_jw_close(&w, '}');
    return wf_buf_text(&out);
}

struct wf_hear_answer wf_answer_dingtalk(const struct wf_hearing *hearing,
                                         const struct wf_heard *heard,
                                         const struct wf_hear_result *result)
{
    const char *body = heard->is_old ? success(hearing) : "{}";

    (void)result;
    return (struct wf_hear_answer){ "application/json", wf_str_of(body) };
}
