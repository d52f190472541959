/* connect/wecom.c - WeCom: its robots in groups, and messages of an app to
 * people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/messages.h"
#include "connect/chat.h"

enum {
    ROBOT_MAX = 3900, /* bytes of 4,096 */
    APP_MAX = 1900,   /* of 2,048 */
    KEY_MAX = 1024,   /* of a button */
};

/* Too often; a key, an app, an address that is not right. */
static const int busy[] = { 45009, 93000, 40001, 40013, 40056, 60020, -1, 0 };
static const int stale[] = { 40014, 41001, 42001, 0 };
static const struct wf_vendor vendor = { "WeCom", "https://qyapi.weixin.qq.com",
                                         "errcode", busy, stale };

static void write_markdown(const struct wf_sending *sending, size_t max,
                           struct wf_json_writer *w)
{
    wf_jw_key_text(w, "msgtype", "markdown");
    wf_jw_key(w, "markdown");
    wf_jw_open(w, '{');
    wf_jw_key_text(
        w, "content",
        wf_arena_printf(sending->arena, "**%s**\n%s",
                        wf_letter_cut(sending->arena,
                                      wf_chat_plain(sending->arena,
                                                    sending->channel->label),
                                      100),
                        wf_chat_markdown(sending, max - 110)));
    wf_jw_close(w, '}');
}

struct wf_outcome wf_send_wecom_robot(const struct wf_sending *sending)
{
    struct wf_buf body = WF_BUF_INIT(sending->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    struct wf_outcome out = { .how = WF_SENT };
    struct wf_chat_call call = {
        .path = wf_arena_printf(
            sending->arena, "/cgi-bin/webhook/send?key=%s",
            wf_url_quote(sending->arena, wf_sending_secret(sending, "key"))),
    };
    const struct wf_json *answer;

    wf_jw_open(&w, '{');
    write_markdown(sending, ROBOT_MAX, &w);
    wf_jw_close(&w, '}');
    call.body = wf_buf_text(&body);
    (void)wf_chat_ask(sending, &vendor, &call, &answer, &out);
    return out;
}

/* --- Messages of an app */

static void write_card(const struct wf_sending *sending, const char *link,
                       struct wf_json_writer *w)
{
    struct wf_arena *arena = sending->arena;

    wf_jw_key_text(w, "msgtype", "textcard");
    wf_jw_key(w, "textcard");
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "title",
                   wf_letter_cut(arena, sending->channel->label, 120));
    wf_jw_key_text(w, "description",
                   wf_letter_cut(arena,
                                 wf_chat_plain(arena, sending->letter->subject),
                                 500));
    wf_jw_key_text(w, "url", link);
    wf_jw_key_text(w, "btntxt",
                   wf_message(sending->letter->lang, WF_MESSAGE("Open")));
    wf_jw_close(w, '}');
}

/* Whether its buttons are to be shown: each card has a name of its own, which
 * is not taken twice, so what may have arrived goes again without them. */
static bool is_pressed(const struct wf_letter *letter)
{
    bool any = false;

    if (letter->again || letter->n_lines != 1 || letter->n_more > 0)
        return false;
    for (size_t i = 0; i < letter->lines->n_buttons; i++)
        any |= !letter->lines->buttons[i].asks_why
               && strlen(letter->lines->buttons[i].token) <= KEY_MAX;
    return any;
}

static void write_buttons(const struct wf_line *line, struct wf_json_writer *w)
{
    wf_jw_key(w, "button_list");
    wf_jw_open(w, '[');
    for (size_t i = 0; i < line->n_buttons; i++) {
        const struct wf_button *button = &line->buttons[i];

        if (button->asks_why || strlen(button->token) > KEY_MAX)
            continue; /* there is no field for why */
        wf_jw_open(w, '{');
        wf_jw_key_text(w, "text", button->label);
        wf_jw_key(w, "style");
        wf_jw_int(w, i == 0 ? 1 : 4);
        wf_jw_key_text(w, "key", button->token);
        wf_jw_close(w, '}');
    }
    wf_jw_close(w, ']');
}

static void write_pressed(const struct wf_sending *sending,
                          struct wf_json_writer *w)
{
    struct wf_arena *arena = sending->arena;
    const struct wf_letter *letter = sending->letter;
    const char *link = wf_letter_link(arena, letter, letter->lines);
    const char *text =
        letter->head
            ? wf_arena_printf(arena, "%s %s", letter->head, letter->lines->text)
            : letter->lines->text;

    wf_jw_key_text(w, "msgtype", "template_card");
    wf_jw_key(w, "template_card");
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "card_type", "button_interaction");
    wf_jw_key(w, "main_title");
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "title",
                   wf_letter_cut(arena, sending->channel->label, 60));
    wf_jw_close(w, '}');
    wf_jw_key_text(w, "sub_title_text",
                   wf_letter_cut(arena, wf_chat_plain(arena, text), 480));
    if (link) {
        wf_jw_key(w, "card_action");
        wf_jw_open(w, '{');
        wf_jw_key(w, "type");
        wf_jw_int(w, 1);
        wf_jw_key_text(w, "url", link);
        wf_jw_close(w, '}');
    }
    wf_jw_key_text(w, "task_id", letter->key);
    write_buttons(letter->lines, w);
    wf_jw_close(w, '}');
}

static bool find_token(const struct wf_sending *sending, const char **token,
                       struct wf_outcome *out)
{
    struct wf_arena *arena = sending->arena;
    struct wf_chat_call call = {
        .path = wf_arena_printf(
            arena, "/cgi-bin/gettoken?corpid=%s&corpsecret=%s",
            wf_url_quote(arena, wf_sending_config(sending, "corp_id")),
            wf_url_quote(arena, wf_sending_secret(sending, "corp_secret"))),
    };

    return wf_chat_token(sending, &vendor, &call, "access_token", token, out);
}

/* The same within half an hour is shown once by the vendor itself. */
struct wf_outcome wf_send_wecom(const struct wf_sending *sending)
{
    struct wf_buf body = WF_BUF_INIT(sending->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    struct wf_outcome out = { .how = WF_SENT };
    const char *link = wf_chat_link(sending);
    struct wf_chat_call call = { .path = NULL };
    const struct wf_json *answer;
    int64_t agent = 0;
    const char *token;

    if (!find_token(sending, &token, &out))
        return out;
    (void)wf_str_to_int(wf_str_of(wf_sending_config(sending, "agent_id")),
                        &agent);
    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "touser", sending->letter->to);
    wf_jw_key(&w, "agentid");
    wf_jw_int(&w, agent);
    if (is_pressed(sending->letter))
        write_pressed(sending, &w);
    else if (link)
        write_card(sending, link, &w);
    else
        write_markdown(sending, APP_MAX, &w);
    wf_jw_key(&w, "enable_duplicate_check");
    wf_jw_int(&w, 1);
    wf_jw_close(&w, '}');
    call.body = wf_buf_text(&body);
    call.path =
        wf_arena_printf(sending->arena, "/cgi-bin/message/send?access_token=%s",
                        wf_url_quote(sending->arena, token));
    (void)wf_chat_ask(sending, &vendor, &call, &answer, &out);
    return out;
}
