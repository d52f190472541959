/* connect/dingtalk.c - DingTalk: its robots in groups, and work notices of an
 * app to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/messages.h"
#include "connect/chat.h"

enum {
    TEXT_MAX = 4000, /* bytes; the whole may have 20,000 */
};

/* Too often; an address, a signature, an app that is not right. */
static const int busy[] = { 130101, 310000, 300001, 40096, 40056, -1, 0 };
static const int stale[] = { 88, 40014, 42001, 0 };
static const struct wf_vendor vendor = { "DingTalk",
                                         "https://oapi.dingtalk.com", "errcode",
                                         busy, stale };

/* Base64 of HMAC-SHA-256, the secret being the key and a part of the text. */
const char *wf_dingtalk_sign(struct wf_arena *arena, int64_t ms,
                             const char *secret)
{
    const char *text =
        wf_arena_printf(arena, "%lld\n%s", (long long)ms, secret);

    return wf_hmac_base64(arena, wf_str_of(secret), text, strlen(text));
}

static const char *robot_path(const struct wf_sending *sending)
{
    struct wf_arena *arena = sending->arena;
    const char *secret = wf_sending_secret(sending, "sign");
    const char *path = wf_arena_printf(
        arena, "/robot/send?access_token=%s",
        wf_url_quote(arena, wf_sending_secret(sending, "token")));
    int64_t at = sending->letter->at;

    if (!secret)
        return path;
    return wf_arena_printf(
        arena, "%s&timestamp=%lld&sign=%s", path, (long long)at,
        wf_url_quote(arena, wf_dingtalk_sign(arena, at, secret)));
}

static void write_markdown(const struct wf_sending *sending,
                           struct wf_json_writer *w)
{
    const char *label = sending->channel->label;

    wf_jw_key_text(w, "msgtype", "markdown");
    wf_jw_key(w, "markdown");
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "title", label);
    wf_jw_key_text(w, "text",
                   wf_arena_printf(sending->arena, "### %s\n\n%s",
                                   wf_chat_plain(sending->arena, label),
                                   wf_chat_markdown(sending, TEXT_MAX)));
    wf_jw_close(w, '}');
}

struct wf_outcome wf_send_dingtalk_robot(const struct wf_sending *sending)
{
    struct wf_buf body = WF_BUF_INIT(sending->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    struct wf_chat_call call = { .path = robot_path(sending) };
    struct wf_outcome out = { .how = WF_SENT };
    const struct wf_json *answer;

    wf_jw_open(&w, '{');
    write_markdown(sending, &w);
    wf_jw_close(&w, '}');
    call.body = wf_buf_text(&body);
    (void)wf_chat_ask(sending, &vendor, &call, &answer, &out);
    return out;
}

/* --- Work notices */

static void write_button(const char *title, const char *url,
                         struct wf_json_writer *w)
{
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "title", title);
    wf_jw_key_text(w, "action_url", url);
    wf_jw_close(w, '}');
}

/* What can be decided, each a link to the page, which asks whether one is
 * sure: whoever follows a link has done nothing yet. */
static void write_buttons(const struct wf_sending *sending, const char *link,
                          struct wf_json_writer *w)
{
    const struct wf_letter *letter = sending->letter;

    wf_jw_key_text(w, "btn_orientation", "1");
    wf_jw_key(w, "btn_json_list");
    wf_jw_open(w, '[');
    for (size_t i = 0; i < letter->lines->n_buttons; i++) {
        const struct wf_button *button = &letter->lines->buttons[i];

        write_button(
            button->label,
            wf_arena_printf(sending->arena, "%s?act=%s", link, button->action),
            w);
    }
    write_button(wf_message(letter->lang, WF_MESSAGE("Open")), link, w);
    wf_jw_close(w, ']');
}

/* One matter is a card to decide or to open, several are a list. */
static void write_notice(const struct wf_sending *sending,
                         struct wf_json_writer *w)
{
    const char *link = wf_chat_link(sending);

    if (!link) {
        write_markdown(sending, w);
        return;
    }
    wf_jw_key_text(w, "msgtype", "action_card");
    wf_jw_key(w, "action_card");
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "title", sending->channel->label);
    wf_jw_key_text(w, "markdown",
                   wf_chat_plain(sending->arena, sending->letter->subject));
    if (sending->letter->lines->n_buttons > 0) {
        write_buttons(sending, link, w);
    } else {
        wf_jw_key_text(w, "single_title",
                       wf_message(sending->letter->lang, WF_MESSAGE("Open")));
        wf_jw_key_text(w, "single_url", link);
    }
    wf_jw_close(w, '}');
}

static bool find_token(const struct wf_sending *sending, const char **token,
                       struct wf_outcome *out)
{
    struct wf_arena *arena = sending->arena;
    struct wf_chat_call call = {
        .path = wf_arena_printf(
            arena, "/gettoken?appkey=%s&appsecret=%s",
            wf_url_quote(arena, wf_sending_config(sending, "app_key")),
            wf_url_quote(arena, wf_sending_secret(sending, "app_secret"))),
    };

    return wf_chat_token(sending, &vendor, &call, "access_token", token, out);
}

struct wf_outcome wf_send_dingtalk(const struct wf_sending *sending)
{
    struct wf_buf body = WF_BUF_INIT(sending->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    struct wf_outcome out = { .how = WF_SENT };
    struct wf_chat_call call = { .path = NULL };
    const struct wf_json *answer;
    const char *token;

    if (!find_token(sending, &token, &out))
        return out;
    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "agent_id", wf_sending_config(sending, "agent_id"));
    wf_jw_key_text(&w, "userid_list", sending->letter->to);
    wf_jw_key(&w, "msg");
    wf_jw_open(&w, '{');
    write_notice(sending, &w);
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    call.body = wf_buf_text(&body);
    call.path = wf_arena_printf(
        sending->arena,
        "/topapi/message/corpconversation/asyncsend_v2?access_token=%s",
        wf_url_quote(sending->arena, token));
    (void)wf_chat_ask(sending, &vendor, &call, &answer, &out);
    return out;
}
