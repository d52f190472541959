/* connect/feishu.c - Feishu (Lark): its robots in groups, and cards of an app
 * to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "connect/chat.h"

enum {
    TEXT_MAX = 8000, /* bytes of 20 KB, some signs count double in JSON */
    PRESSED_MAX = 8, /* lines with buttons */
};

/* Too often; a signature, an address, an app that is not right. */
static const int busy[] = { 11232, 99991400, 19001, 19021, 19022,
                            19024, 10003,    10014, 0 };
static const int stale[] = { 99991661, 99991663, 0 };
static const struct wf_vendor vendor = { "Feishu", "https://open.feishu.cn",
                                         "code", busy, stale };

/* Here the text is nothing, and time and secret are the key. */
const char *wf_feishu_sign(struct wf_arena *arena, int64_t seconds,
                           const char *secret)
{
    const char *key =
        wf_arena_printf(arena, "%lld\n%s", (long long)seconds, secret);

    return wf_hmac_base64(arena, wf_str_of(key), "", 0);
}

/* --- Robots */

static void write_text(struct wf_json_writer *w, const char *text,
                       const char *link)
{
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "tag", link ? "a" : "text");
    wf_jw_key_text(w, "text", text);
    if (link)
        wf_jw_key_text(w, "href", link);
    wf_jw_close(w, '}');
}

/* Lines of parts: what people wrote is text, whatever it looks like. */
static void write_lines(const struct wf_sending *sending,
                        struct wf_json_writer *w)
{
    struct wf_letter rest = *sending->letter;
    size_t begun = w->buf->len, i;
    const char *more;

    wf_jw_open(w, '[');
    for (i = 0; i < rest.n_lines && w->buf->len - begun < TEXT_MAX; i++) {
        const struct wf_line *line = &rest.lines[i];

        wf_jw_open(w, '[');
        write_text(w, wf_letter_cut(sending->arena, line->text, 500),
                   wf_letter_link(sending->arena, &rest, line));
        wf_jw_close(w, ']');
    }
    rest.n_more += (int64_t)(rest.n_lines - i);
    more = wf_letter_more(sending->arena, &rest);
    if (more) {
        wf_jw_open(w, '[');
        write_text(w, more, NULL);
        wf_jw_close(w, ']');
    }
    wf_jw_close(w, ']');
}

static const char *robot_body(const struct wf_sending *sending)
{
    struct wf_buf body = WF_BUF_INIT(sending->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    const char *secret = wf_sending_secret(sending, "sign");
    int64_t at = sending->letter->at / 1000;

    wf_jw_open(&w, '{');
    if (secret) {
        wf_jw_key_text(&w, "timestamp",
                       wf_arena_printf(sending->arena, "%lld", (long long)at));
        wf_jw_key_text(&w, "sign", wf_feishu_sign(sending->arena, at, secret));
    }
    wf_jw_key_text(&w, "msg_type", "post");
    wf_jw_key(&w, "content");
    wf_jw_open(&w, '{');
    wf_jw_key(&w, "post");
    wf_jw_open(&w, '{');
    wf_jw_key(&w, "zh_cn");
    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "title", sending->channel->label);
    wf_jw_key(&w, "content");
    write_lines(sending, &w);
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    return wf_buf_text(&body);
}

struct wf_outcome wf_send_feishu_robot(const struct wf_sending *sending)
{
    struct wf_outcome out = { .how = WF_SENT };
    struct wf_chat_call call = {
        .path = wf_arena_printf(
            sending->arena, "/open-apis/bot/v2/hook/%s",
            wf_url_quote(sending->arena, wf_sending_secret(sending, "token"))),
        .body = robot_body(sending),
    };
    const struct wf_json *answer;

    (void)wf_chat_ask(sending, &vendor, &call, &answer, &out);
    return out;
}

/* --- Cards of an app */

static void write_plain(struct wf_json_writer *w, const char *text)
{
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "tag", "plain_text");
    wf_jw_key_text(w, "content", text);
    wf_jw_close(w, '}');
}

static void open_button(struct wf_json_writer *w, const char *label)
{
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "tag", "button");
    wf_jw_key(w, "text");
    write_plain(w, label);
}

static void write_link(const struct wf_sending *sending, const char *link,
                       struct wf_json_writer *w)
{
    open_button(w, wf_message(sending->letter->lang, WF_MESSAGE("Open")));
    wf_jw_key_text(w, "url", link);
    wf_jw_close(w, '}');
}

static void write_token(const struct wf_button *button,
                        struct wf_json_writer *w)
{
    if (wf_streq(button->action, "approve") || !button->action)
        wf_jw_key_text(w, "type", "primary");
    wf_jw_key(w, "value");
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "token", button->token);
    wf_jw_close(w, '}');
}

/* Pressed with a few words in a field beside it. */
static void write_form(const struct wf_sending *sending,
                       const struct wf_button *button, size_t line,
                       struct wf_json_writer *w)
{
    const char *name =
        wf_arena_printf(sending->arena, "%s_%zu", button->action, line);

    wf_jw_open(w, '{');
    wf_jw_key_text(w, "tag", "form");
    wf_jw_key_text(w, "name", name);
    wf_jw_key(w, "elements");
    wf_jw_open(w, '[');
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "tag", "input");
    wf_jw_key_text(w, "name", "comment");
    wf_jw_key(w, "required");
    wf_jw_bool(w, true);
    wf_jw_key(w, "placeholder");
    write_plain(
        w, wf_message(sending->letter->lang, WF_MESSAGE("Please say why.")));
    wf_jw_close(w, '}');
    open_button(w, button->label);
    wf_jw_key_text(w, "action_type", "form_submit");
    wf_jw_key_text(w, "name",
                   wf_arena_printf(sending->arena, "press_%s", name));
    write_token(button, w);
    wf_jw_close(w, '}');
    wf_jw_close(w, ']');
    wf_jw_close(w, '}');
}

/* Those of a line in a row, and below those that want to know why. */
static void write_buttons(const struct wf_sending *sending, size_t line,
                          const char *link, struct wf_json_writer *w)
{
    const struct wf_line *at = &sending->letter->lines[line];
    size_t n_plain = 0;

    for (size_t i = 0; i < at->n_buttons; i++)
        n_plain += !at->buttons[i].asks_why;
    if (n_plain > 0 || link) {
        wf_jw_open(w, '{');
        wf_jw_key_text(w, "tag", "action");
        wf_jw_key(w, "actions");
        wf_jw_open(w, '[');
        for (size_t i = 0; i < at->n_buttons; i++) {
            if (at->buttons[i].asks_why)
                continue;
            open_button(w, at->buttons[i].label);
            write_token(&at->buttons[i], w);
            wf_jw_close(w, '}');
        }
        if (link)
            write_link(sending, link, w);
        wf_jw_close(w, ']');
        wf_jw_close(w, '}');
    }
    for (size_t i = 0; i < at->n_buttons; i++)
        if (at->buttons[i].asks_why)
            write_form(sending, &at->buttons[i], line, w);
}

static void write_markdown(const char *text, struct wf_json_writer *w)
{
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "tag", "markdown");
    wf_jw_key_text(w, "content", text);
    wf_jw_close(w, '}');
}

/* The first lines with what can be done there, the others below. */
static void write_elements(const struct wf_sending *sending,
                           struct wf_json_writer *w)
{
    struct wf_letter rest = *sending->letter;
    struct wf_sending below = *sending;
    const char *link = wf_chat_link(sending);
    size_t n = 0;

    if (rest.head) {
        write_markdown(wf_letter_cut(sending->arena,
                                     wf_chat_plain(sending->arena, rest.head),
                                     TEXT_MAX / 2),
                       w);
        rest.head = NULL;
    }
    for (; n < rest.n_lines && n < PRESSED_MAX && rest.lines[n].n_buttons;
         n++) {
        write_markdown(wf_chat_line(sending, &rest.lines[n]), w);
        write_buttons(sending, n, link, w);
    }
    rest.lines += n;
    rest.n_lines -= n;
    below.letter = &rest;
    if (rest.n_lines > 0 || rest.n_more > 0)
        write_markdown(wf_chat_markdown(&below, TEXT_MAX), w);
    if (link && n == 0)
        write_buttons(sending, 0, link, w);
}

static const char *card_of(const struct wf_sending *sending)
{
    struct wf_buf card = WF_BUF_INIT(sending->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&card);

    wf_jw_open(&w, '{');
    wf_jw_key(&w, "header");
    wf_jw_open(&w, '{');
    wf_jw_key(&w, "title");
    write_plain(&w, sending->channel->label);
    wf_jw_close(&w, '}');
    wf_jw_key(&w, "elements");
    wf_jw_open(&w, '[');
    write_elements(sending, &w);
    wf_jw_close(&w, ']');
    wf_jw_close(&w, '}');
    return wf_buf_text(&card);
}

static bool find_token(const struct wf_sending *sending, const char **token,
                       struct wf_outcome *out)
{
    struct wf_buf body = WF_BUF_INIT(sending->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    struct wf_chat_call call = {
        .path = "/open-apis/auth/v3/tenant_access_token/internal",
    };

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "app_id", wf_sending_config(sending, "app_id"));
    wf_jw_key_text(&w, "app_secret", wf_sending_secret(sending, "app_secret"));
    wf_jw_close(&w, '}');
    call.body = wf_buf_text(&body);
    return wf_chat_token(sending, &vendor, &call, "tenant_access_token", token,
                         out);
}

/* The key is the vendor's own for what is sent twice within an hour. */
struct wf_outcome wf_send_feishu(const struct wf_sending *sending)
{
    struct wf_buf body = WF_BUF_INIT(sending->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    struct wf_outcome out = { .how = WF_SENT };
    const char *kind = wf_sending_config(sending, "id_type");
    struct wf_chat_call call = {
        .path = wf_arena_printf(sending->arena,
                                "/open-apis/im/v1/messages?receive_id_type=%s",
                                kind ? kind : "user_id"),
    };
    const struct wf_json *answer;

    if (!find_token(sending, &call.bearer, &out))
        return out;
    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "receive_id", sending->letter->to);
    wf_jw_key_text(&w, "msg_type", "interactive");
    wf_jw_key_text(&w, "content", card_of(sending));
    wf_jw_key_text(&w, "uuid", sending->letter->key);
    wf_jw_close(&w, '}');
    call.body = wf_buf_text(&body);
    (void)wf_chat_ask(sending, &vendor, &call, &answer, &out);
    return out;
}
