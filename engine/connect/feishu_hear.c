/* connect/feishu_hear.c - what Feishu (Lark) calls us with: what people say to
 * an app, and the buttons of its cards.
 *
 * Signed is the body as it came, so it is checked before anything is read. Only
 * what is encrypted is heard: the rest is not signed either. Whether the
 * address is ours may be asked without a signature; who asks has the key.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "connect/hearing_parts.h"

enum {
    SECOND = 1000, /* ms */
    IV = 16,
};

/* --- The way it comes */

static const char *check_signature(const struct wf_hearing *hearing,
                                   const char *key)
{
    const char *stamp = wf_hearing_header(hearing, "X-Lark-Request-Timestamp");
    const char *nonce = wf_hearing_header(hearing, "X-Lark-Request-Nonce");
    struct wf_buf all = WF_BUF_INIT(hearing->arena);

    if (!stamp || !nonce)
        return "parts are missing";
    wf_buf_str(&all, stamp);
    wf_buf_str(&all, nonce);
    wf_buf_str(&all, key);
    wf_buf_add(&all, hearing->came->body.at, hearing->came->body.len);
    if (!wf_hearing_same(
            wf_hearing_header(hearing, "X-Lark-Signature"),
            wf_sha256_hex(hearing->arena,
                          (struct wf_str){ wf_buf_text(&all), all.len })))
        return "signature";
    return wf_hearing_is_timely(hearing, stamp, SECOND) ? NULL : "time";
}

static const char *decrypt(const struct wf_hearing *hearing, const char *text,
                           const char *secret, struct wf_str *out)
{
    unsigned char key[32];
    const char *data, *plain;
    size_t len;
    long n;

    data = wf_base64_bytes(hearing->arena, wf_str_of(text), &len);
    if (!data)
        return "not Base64";
    if (len < 2 * IV || len % IV != 0)
        return "not whole blocks";
    wf_sha256(wf_str_of(secret), key);
    plain = wf_aes_open(hearing->arena, key, (const unsigned char *)data,
                        data + IV, len - IV);
    n = plain ? wf_padding_strip(plain, len - IV, IV) : -1;
    if (n < 0)
        return "padding";
    out->at = wf_arena_mem(hearing->arena, plain, (size_t)n);
    out->len = (size_t)n;
    return NULL;
}

/* --- What it says */

static const char *text_at(const struct wf_json *json, const char *name)
{
    return wf_json_str(wf_json_get(json, name));
}

/* Who, by the kind of id that people of this channel are known by. */
static const char *who_of(const struct wf_hearing *hearing,
                          const struct wf_json *ids)
{
    const char *kind = wf_hearing_config(hearing, "id_type");
    const char *id = text_at(ids, kind ? kind : "user_id");

    return wf_str_empty(id) ? text_at(ids, "open_id") : id;
}

/* Without "@_user_1", who is spoken to in a group. */
static const char *spoken(struct wf_arena *arena, const char *text)
{
    static const char mark[] = "@_user_";
    const char *rest = text;

    while (wf_str_starts(rest, mark)) {
        rest += strlen(mark);
        rest += strspn(rest, "0123456789");
        rest += strspn(rest, " ");
    }
    return wf_arena_str(arena, rest);
}

static void read_message(const struct wf_hearing *hearing,
                         const struct wf_json *event, struct wf_heard *out)
{
    const struct wf_json *message = wf_json_get(event, "message");
    const char *kind = text_at(message, "message_type");
    const char *content = text_at(message, "content"), *text;

    out->account =
        who_of(hearing, wf_json_get(wf_json_get(event, "sender"), "sender_id"));
    if (wf_streq(kind, "audio")) { /* it comes without its text */
        out->kind = WF_HEARD_TEXT;
        out->text = "";
    } else if (wf_streq(kind, "text") && content) {
        text = text_at(wf_hearing_json(hearing, wf_str_of(content)), "text");
        if (!text)
            return;
        out->kind = WF_HEARD_TEXT;
        out->text = spoken(hearing->arena, text);
    }
}

static void read_press(const struct wf_hearing *hearing,
                       const struct wf_json *who, const struct wf_json *action,
                       struct wf_heard *out)
{
    const char *token = text_at(wf_json_get(action, "value"), "token");

    out->kind = WF_HEARD_PRESS;
    out->account = who_of(hearing, who);
    out->token = token ? token : "";
    out->comment = text_at(wf_json_get(action, "form_value"), "comment");
}

/* With an envelope of its own, as all events are since 2.0. */
static const char *read_event(const struct wf_hearing *hearing,
                              const struct wf_json *body, struct wf_heard *out)
{
    const struct wf_json *header = wf_json_get(body, "header");
    const struct wf_json *event = wf_json_get(body, "event");
    const char *kind = text_at(header, "event_type");
    const char *id = text_at(header, "event_id");

    if (!wf_streq(text_at(header, "app_id"),
                  wf_hearing_config(hearing, "app_id")))
        return "receiver";
    if (wf_str_empty(id))
        return "parts are missing";
    out->event = wf_arena_printf(hearing->arena, "event %s", id);
    if (wf_streq(kind, "im.message.receive_v1"))
        read_message(hearing, event, out);
    else if (wf_streq(kind, "card.action.trigger"))
        read_press(hearing, wf_json_get(event, "operator"),
                   wf_json_get(event, "action"), out);
    return NULL;
}

static const char *read_body(const struct wf_hearing *hearing,
                             const struct wf_json *body, bool is_signed,
                             struct wf_heard *out)
{
    const struct wf_json *header = wf_json_get(body, "header");
    const char *token = text_at(header ? header : body, "token");

    if (!wf_hearing_same(token,
                         wf_hearing_secret(hearing, "verification_token")))
        return "token";
    if (wf_streq(text_at(body, "type"), "url_verification")) {
        out->kind = WF_HEARD_PROOF;
        out->proof = text_at(body, "challenge");
        return out->proof ? NULL : "parts are missing";
    }
    if (!is_signed)
        return "signature";
    if (header)
        return read_event(hearing, body, out);
    if (!wf_json_get(body, "action"))
        return NULL;
    out->is_old = true; /* a card of before */
    read_press(hearing, body, wf_json_get(body, "action"), out);
    return NULL;
}

const char *wf_hear_feishu(const struct wf_hearing *hearing,
                           struct wf_heard *out)
{
    const char *key = wf_hearing_secret(hearing, "encrypt_key");
    const char *given = wf_hearing_header(hearing, "X-Lark-Signature");
    const char *encrypt, *wrong;
    const struct wf_json *body;
    struct wf_str text;

    if (hearing->came->is_get)
        return "a question of nobody";
    if (!key || !wf_hearing_secret(hearing, "verification_token"))
        return "the channel is not set up for it";
    wrong = given ? check_signature(hearing, key) : NULL;
    if (wrong)
        return wrong;
    encrypt = text_at(wf_hearing_json(hearing, hearing->came->body), "encrypt");
    if (!encrypt)
        return "not encrypted";
    wrong = decrypt(hearing, encrypt, key, &text);
    if (wrong)
        return wrong;
    body = wf_hearing_json(hearing, text);
    if (!body)
        return "not JSON";
    out->once = given ? given : wf_sha256_hex(hearing->arena, text);
    return read_body(hearing, body, given != NULL, out);
}

/* --- Answers */

static void write_plain(struct wf_json_writer *w, const char *name,
                        const char *text)
{
    wf_jw_key(w, name);
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "tag", "plain_text");
    wf_jw_key_text(w, "content", text);
    wf_jw_close(w, '}');
}

/* In place of the card one without buttons, where there is no more to press. */
static void write_card(const struct wf_hearing *hearing, const char *text,
                       struct wf_json_writer *w)
{
    wf_jw_key(w, "card");
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "type", "raw");
    wf_jw_key(w, "data");
    wf_jw_open(w, '{');
    wf_jw_key(w, "header");
    wf_jw_open(w, '{');
    write_plain(w, "title", hearing->channel->label);
    wf_jw_close(w, '}');
    wf_jw_key(w, "elements");
    wf_jw_open(w, '[');
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "tag", "div");
    write_plain(w, "text", text);
    wf_jw_close(w, '}');
    wf_jw_close(w, ']');
    wf_jw_close(w, '}');
    wf_jw_close(w, '}');
}

struct wf_hear_answer wf_answer_feishu(const struct wf_hearing *hearing,
                                       const struct wf_heard *heard,
                                       const struct wf_hear_result *result)
{
    struct wf_buf body = WF_BUF_INIT(hearing->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);

    wf_jw_open(&w, '{');
    if (heard->kind == WF_HEARD_PROOF) {
        wf_jw_key_text(&w, "challenge", heard->proof);
    } else if (heard->kind == WF_HEARD_PRESS && result->text) {
        wf_jw_key(&w, "toast");
        wf_jw_open(&w, '{');
        wf_jw_key_text(&w, "type", result->done ? "success" : "error");
        wf_jw_key_text(&w, "content", result->text);
        wf_jw_close(&w, '}');
        if (result->done && !heard->is_old)
            write_card(hearing, result->text, &w);
    }
    wf_jw_close(&w, '}');
    return (struct wf_hear_answer){ "application/json",
                                    { wf_buf_text(&body), body.len } };
}
