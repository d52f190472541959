/* connect/wecom_hear.c - what WeCom calls us with: what people say to an app or
 * to the AI bot, and the buttons of an app's cards.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"
#include "connect/hearing_parts.h"
#include "connect/sending_parts.h"
#include "markup/elem.h"

enum {
    SECOND = 1000,   /* ms */
    BUTTON_MAX = 60, /* bytes that a button is labelled with */
};

static struct wf_envelope app_of(const struct wf_hearing *hearing)
{
    return (struct wf_envelope){
        .token = wf_hearing_secret(hearing, "callback_token"),
        .key = wf_hearing_secret(hearing, "callback_key"),
        .receiver = wf_hearing_config(hearing, "corp_id"),
    };
}

static struct wf_envelope bot_of(const struct wf_hearing *hearing)
{
    return (struct wf_envelope){
        .token = wf_hearing_secret(hearing, "bot_token"),
        .key = wf_hearing_secret(hearing, "bot_key"),
        .receiver = "",
    };
}

/* --- XML, in which an element has text alone, or children */

static const struct wf_elem *xml_of(const struct wf_hearing *hearing,
                                    struct wf_str text)
{
    struct wf_diags found = WF_DIAGS_INIT(hearing->arena, "en");
    const struct wf_elem *all = wf_xml_parse_fragment(
        hearing->arena, "callback", text.at, text.len, &found);

    return all && found.n_errors == 0 && all->first && !all->first->next
               ? all->first
               : NULL;
}

static const char *part(const struct wf_elem *elem, const char *name)
{
    for (const struct wf_elem *kid = elem->first; kid; kid = kid->next)
        if (wf_elem_is(kid, name))
            return kid->text;
    return NULL;
}

/* --- An app */

/* Of an event there is no id; it is told once a second at most. */
static void read_event(const struct wf_hearing *hearing,
                       const struct wf_elem *xml, struct wf_heard *out)
{
    (void)hearing;
    if (!wf_streq(part(xml, "Event"), "template_card_event"))
        return;
    out->kind = WF_HEARD_PRESS;
    out->token = part(xml, "EventKey");
    if (!out->token)
        out->token = "";
}

static const char *read_app(const struct wf_hearing *hearing,
                            struct wf_str text, struct wf_heard *out)
{
    const struct wf_elem *xml = xml_of(hearing, text);
    const char *kind = xml ? part(xml, "MsgType") : NULL;
    const char *id;

    if (!kind)
        return "not a message";
    if (!wf_streq(part(xml, "ToUserName"),
                  wf_hearing_config(hearing, "corp_id")))
        return "receiver";
    out->account = part(xml, "FromUserName");
    if (wf_streq(kind, "event")) {
        read_event(hearing, xml, out);
        return NULL;
    }
    id = part(xml, "MsgId");
    if (wf_str_empty(id))
        return "parts are missing";
    out->event = wf_arena_printf(hearing->arena, "msg %s", id);
    if (wf_streq(kind, "text"))
        out->text = part(xml, "Content");
    else if (wf_streq(kind, "voice")) /* mostly without its text */
        out->text = part(xml, "Recognition") ? part(xml, "Recognition") : "";
    out->kind = out->text ? WF_HEARD_TEXT : WF_HEARD_NOTHING;
    return NULL;
}

/* --- The AI bot */

static const char *read_bot(const struct wf_hearing *hearing,
                            struct wf_str text, struct wf_heard *out)
{
    const struct wf_json *body = wf_hearing_json(hearing, text);
    const char *kind = wf_json_str(wf_json_get(body, "msgtype"));
    const char *id = wf_json_str(wf_json_get(body, "msgid"));

    if (!kind || wf_str_empty(id))
        return "not a message";
    out->is_bot = true;
    out->event = wf_arena_printf(hearing->arena, "bot %s", id);
    out->account =
        wf_json_str(wf_json_get(wf_json_get(body, "from"), "userid"));
    if (wf_streq(kind, "text") || wf_streq(kind, "voice")) {
        out->text =
            wf_json_str(wf_json_get(wf_json_get(body, kind), "content"));
        if (!out->text)
            out->text = "";
        out->kind = WF_HEARD_TEXT;
    }
    return NULL;
}

/* --- Either */

/* The address is asked about with the keys of the one or the other. */
static const char *hear_proof(const struct wf_hearing *hearing,
                              struct wf_heard *out)
{
    const struct wf_envelope envelopes[] = { app_of(hearing), bot_of(hearing) };
    const char *echo = wf_hearing_query(hearing, "echostr"), *wrong = NULL;
    struct wf_str text;

    for (size_t i = 0; i < WF_COUNT(envelopes); i++) {
        const char *why = wf_hearing_open(hearing, &envelopes[i], SECOND, echo,
                                          &text, &out->once);

        if (!why) {
            out->kind = WF_HEARD_PROOF;
            out->proof = text.at;
            return NULL;
        }
        if (!wrong)
            wrong = why;
    }
    return wrong;
}

const char *wf_hear_wecom(const struct wf_hearing *hearing,
                          struct wf_heard *out)
{
    struct wf_str body = wf_str_trim(hearing->came->body), text;
    bool is_bot = body.len > 0 && body.at[0] == '{';
    struct wf_envelope envelope = is_bot ? bot_of(hearing) : app_of(hearing);
    const char *encrypt = NULL, *wrong;

    if (hearing->came->is_get)
        return hear_proof(hearing, out);
    if (is_bot) {
        encrypt =
            wf_json_str(wf_json_get(wf_hearing_json(hearing, body), "encrypt"));
    } else {
        const struct wf_elem *xml = xml_of(hearing, body);

        encrypt = xml ? part(xml, "Encrypt") : NULL;
    }
    if (!encrypt)
        return "not an envelope";
    wrong =
        wf_hearing_open(hearing, &envelope, SECOND, encrypt, &text, &out->once);
    if (wrong)
        return wrong;
    return is_bot ? read_bot(hearing, text, out) : read_app(hearing, text, out);
}

/* --- Answers */

static void write_part(struct wf_buf *out, const char *name, const char *text)
{
    wf_buf_printf(out, "<%s>", name);
    wf_xml_escape(out, text, false);
    wf_buf_printf(out, "</%s>", name);
}

/* The buttons of the card become one that says what was done. */
static const char *update(const struct wf_hearing *hearing,
                          const struct wf_heard *heard, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(hearing->arena);

    wf_buf_str(&out, "<xml>");
    write_part(&out, "ToUserName", heard->account);
    write_part(&out, "FromUserName", wf_hearing_config(hearing, "corp_id"));
    write_part(&out, "CreateTime",
               wf_arena_printf(hearing->arena, "%lld",
                               (long long)(hearing->now / SECOND)));
    write_part(&out, "MsgType", "update_button");
    wf_buf_str(&out, "<Button>");
    write_part(&out, "ReplaceName", text);
    wf_buf_str(&out, "</Button></xml>");
    return wf_buf_text(&out);
}

static const char *in_envelope(const struct wf_hearing *hearing,
                               const char *message)
{
    struct wf_arena *arena = hearing->arena;
    struct wf_envelope envelope = app_of(hearing);
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_stamp stamp = {
        wf_arena_printf(arena, "%lld", (long long)(hearing->now / SECOND)),
        wf_random_text(arena, 12),
    };
    const char *text = wf_envelope_seal(arena, &envelope, message, NULL);

    if (!text)
        return "";
    wf_buf_str(&out, "<xml>");
    write_part(&out, "Encrypt", text);
    write_part(&out, "MsgSignature",
               wf_envelope_sign(arena, &envelope, &stamp, text));
    write_part(&out, "TimeStamp", stamp.timestamp);
    write_part(&out, "Nonce", stamp.nonce);
    wf_buf_str(&out, "</xml>");
    return wf_buf_text(&out);
}

struct wf_hear_answer wf_answer_wecom(const struct wf_hearing *hearing,
                                      const struct wf_heard *heard,
                                      const struct wf_hear_result *result)
{
    struct wf_hear_answer out = { "text/plain", { "", 0 } };

    if (heard->kind == WF_HEARD_PROOF) {
        out.body = wf_str_of(heard->proof);
    } else if (heard->kind == WF_HEARD_PRESS && result->text && result->done) {
        const char *text =
            wf_letter_cut(hearing->arena, result->text, BUTTON_MAX);

        out.type = "application/xml";
        out.body =
            wf_str_of(in_envelope(hearing, update(hearing, heard, text)));
    }
    return out;
}
