/* connect/chat.c - calls of chat tools, and letters in their markdown.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "connect/chat.h"

#include <string.h>

#include "base/messages.h"

enum {
    REST_OF_BUSY_S = 60, /* they count by the minute */
    ROOM_FOR_MORE = 64,  /* bytes kept for "and 12 more" */
};

/* --- Calls */

static bool is_among(const int *codes, int64_t code)
{
    for (; codes && *codes; codes++)
        if (*codes == code)
            return true;
    return false;
}

static struct wf_outcome judge(const struct wf_sending *sending,
                               const struct wf_vendor *vendor, int64_t code,
                               long retry_after_s)
{
    bool stale = is_among(vendor->stale, code);
    bool busy = stale || is_among(vendor->busy, code);
    struct wf_outcome out;

    if (stale)
        *sending->token = NULL;
    out = wf_sending_problem(
        sending, busy ? WF_SENT_BUSY : WF_SENT_NOT,
        wf_message(sending->lang,
                   WF_MESSAGE("%s refuses it with the code %lld.")),
        vendor->name, (long long)code);
    if (busy && !stale)
        out.retry_after_s = retry_after_s ? retry_after_s : REST_OF_BUSY_S;
    return out;
}

static struct wf_outcome garbled(const struct wf_sending *sending,
                                 const struct wf_vendor *vendor, long status)
{
    return wf_sending_problem(
        sending, WF_SENT_BUSY,
        wf_message(sending->lang,
                   WF_MESSAGE("%s does not answer as it should (status %ld).")),
        vendor->name, status);
}

/* They answer with a code, whatever the status. */
static bool read_answer(const struct wf_sending *sending,
                        const struct wf_vendor *vendor,
                        const struct wf_incoming *in,
                        const struct wf_json **answer, struct wf_outcome *out)
{
    struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *body;
    int64_t code;

    if (!wf_json_parse(sending->arena, in->body.at, in->body.len, &limits,
                       &body, &err)
        || !wf_json_to_int(wf_json_get(body, vendor->code), &code)) {
        *out = garbled(sending, vendor, in->status);
        if (in->retry_after_s)
            out->retry_after_s = in->retry_after_s;
        return false;
    }
    *answer = body;
    if (code == 0)
        return true;
    *out = judge(sending, vendor, code, in->retry_after_s);
    return false;
}

bool wf_chat_ask(const struct wf_sending *sending,
                 const struct wf_vendor *vendor,
                 const struct wf_chat_call *call, const struct wf_json **answer,
                 struct wf_outcome *out)
{
    const char *host = wf_sending_config(sending, "host");
    const char *headers[] = { NULL, NULL };
    struct wf_outgoing what = { .json = call->body,
                                .inside = wf_sending_inside(sending) };
    struct wf_incoming in;

    what.shown = host ? host : vendor->host;
    what.url = wf_arena_printf(sending->arena, "%s%s", what.shown, call->path);
    if (call->bearer) {
        headers[0] = wf_arena_printf(sending->arena, "Authorization: Bearer %s",
                                     call->bearer);
        what.headers = headers;
    }
    return wf_sending_ask(sending, &what, &in, out)
           && read_answer(sending, vendor, &in, answer, out);
}

/* What comes back goes into addresses and headers. */
static bool is_token(const char *text)
{
    return !wf_str_empty(text) && strlen(text) <= 2000
           && !strpbrk(text, " \t\r\n\"<>\\");
}

bool wf_chat_token(const struct wf_sending *sending,
                   const struct wf_vendor *vendor,
                   const struct wf_chat_call *call, const char *member,
                   const char **token, struct wf_outcome *out)
{
    const struct wf_json *answer;

    if (!*sending->token) {
        const char *got;

        if (!wf_chat_ask(sending, vendor, call, &answer, out)) {
            out->how = WF_SENT_BUSY; /* no letter is at fault */
            return false;
        }
        got = wf_json_str(wf_json_get(answer, member));
        if (!is_token(got)) {
            *out = garbled(sending, vendor, 200);
            return false;
        }
        *sending->token = got;
    }
    *token = *sending->token;
    return true;
}

/* --- Letters */

/* Each sign that chat tools take for markup, and one that looks like it. */
static const char *twin_of(char c)
{
    switch (c) {
    case '[':
        return "［";
    case ']':
        return "］";
    case '<':
        return "＜";
    case '>':
        return "＞";
    case '*':
        return "＊";
    case '`':
        return "｀";
    case '@':
        return "＠";
    case '\\':
        return "＼";
    default:
        return NULL;
    }
}

const char *wf_chat_plain(struct wf_arena *arena, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    for (; *text; text++) {
        const char *twin = twin_of(*text);

        if (twin)
            wf_buf_str(&out, twin);
        else
            wf_buf_char(&out, (unsigned char)*text < ' ' ? ' ' : *text);
    }
    return wf_buf_text(&out);
}

const char *wf_chat_line(const struct wf_sending *sending,
                         const struct wf_line *line)
{
    const char *link = wf_letter_link(sending->arena, sending->letter, line);
    const char *text = wf_chat_plain(sending->arena, line->text);

    text = wf_letter_cut(sending->arena, text, 500);
    if (!link)
        return wf_arena_printf(sending->arena, "- %s\n", text);
    return wf_arena_printf(sending->arena, "- [%s](%s)\n", text, link);
}

const char *wf_chat_markdown(const struct wf_sending *sending, size_t max)
{
    struct wf_letter rest = *sending->letter;
    struct wf_buf out = WF_BUF_INIT(sending->arena);
    const char *more;
    size_t i;

    if (rest.head)
        wf_buf_printf(&out, "%s\n\n",
                      wf_letter_cut(sending->arena,
                                    wf_chat_plain(sending->arena, rest.head),
                                    max / 2));
    for (i = 0; i < rest.n_lines; i++) {
        const char *line = wf_chat_line(sending, &rest.lines[i]);

        if (out.len + strlen(line) + ROOM_FOR_MORE > max)
            break;
        wf_buf_str(&out, line);
    }
    rest.n_more += (int64_t)(rest.n_lines - i);
    more = wf_letter_more(sending->arena, &rest);
    if (more)
        wf_buf_printf(&out, "\n%s\n", more);
    return wf_buf_text(&out);
}

const char *wf_chat_link(const struct wf_sending *sending)
{
    const struct wf_letter *letter = sending->letter;

    if (letter->n_lines != 1 || letter->n_more > 0 || letter->head)
        return NULL;
    return wf_letter_link(sending->arena, letter, &letter->lines[0]);
}
