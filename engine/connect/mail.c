/* connect/mail.c - letters as mail, by SMTP: one person each, as text and as
 * HTML. Source: RFC 5321, 5322, 2047, 3834.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/messages.h"
#include "connect/curl_parts.h"
#include "connect/sending_parts.h"

enum {
    WORD_MAX = 45, /* bytes of an encoded word: 60 in Base64, 72 with its rim */
    SUBJECT_MAX = 200,
    REFUSED = 500, /* and above: for good */
    NO_LOGIN = 535,
};

/* --- Headers */

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || (unsigned char)*text > '~'
            || strchr("\"\\()<>[]:;@,?=", *text))
            return false;
    return true;
}

/* Whatever is in `text` there is no line break in what comes out. */
static const char *words_of(struct wf_arena *arena, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    if (is_plain(text))
        return text;
    while (*text) {
        const char *part = wf_letter_cut(arena, text, WORD_MAX);
        size_t len = strlen(part);

        if (out.len > 0)
            wf_buf_str(&out, "\r\n ");
        wf_buf_printf(&out,
                      "=?UTF-8?B?%s?=", wf_base64_write(arena, part, len));
        text += len;
    }
    return wf_buf_text(&out);
}

static const char *date_of(struct wf_arena *arena, int64_t ms)
{
    static const char days[][4] = { "Mon", "Tue", "Wed", "Thu",
                                    "Fri", "Sat", "Sun" };
    static const char months[][4] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun",
        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    int32_t day = (int32_t)(ms / 86400000), s = (int32_t)(ms / 1000 % 86400);
    struct wf_date date = wf_date_of(day);

    return wf_arena_printf(arena, "%s, %d %s %d %02d:%02d:%02d +0000",
                           days[wf_weekday(day)], date.day,
                           months[date.month - 1], date.year, (int)(s / 3600),
                           (int)(s / 60 % 60), (int)(s % 60));
}

/* Behind the "@"; the address was checked. */
static const char *host_of(const char *address)
{
    const char *at = strchr(address, '@');

    return at ? at + 1 : "localhost";
}

static struct curl_slist *with(struct curl_slist *list, const char *text)
{
    struct curl_slist *longer = curl_slist_append(list, text);

    if (!longer)
        wf_oom();
    return longer;
}

static struct curl_slist *headers_of(const struct wf_sending *sending)
{
    struct wf_arena *arena = sending->arena;
    const struct wf_letter *letter = sending->letter;
    const char *from = wf_sending_config(sending, "from");
    const char *subject = wf_letter_cut(arena, letter->subject, SUBJECT_MAX);
    struct curl_slist *list = NULL;

    list = with(list, wf_arena_printf(arena, "From: %s <%s>",
                                      words_of(arena, sending->channel->label),
                                      from));
    list = with(
        list, wf_arena_printf(arena, "To: %s <%s>",
                              words_of(arena, letter->name ? letter->name : ""),
                              letter->to));
    list = with(
        list, wf_arena_printf(arena, "Subject: %s", words_of(arena, subject)));
    list = with(list,
                wf_arena_printf(arena, "Date: %s", date_of(arena, letter->at)));
    list = with(list, wf_arena_printf(arena, "Message-ID: <%s@%s>", letter->key,
                                      host_of(from)));
    list = with(list,
                wf_arena_printf(arena, "Content-Language: %s", letter->lang));
    list = with(list, "Auto-Submitted: auto-generated");
    return with(list, "Content-Type: multipart/alternative");
}

/* --- What it says, twice */

static void add_part(curl_mime *mime, const char *text, const char *type)
{
    curl_mimepart *part = curl_mime_addpart(mime);

    curl_mime_data(part, text, CURL_ZERO_TERMINATED);
    curl_mime_type(part, type);
    curl_mime_encoder(part, "base64");
}

static const char *text_of(const struct wf_sending *sending)
{
    const struct wf_letter *letter = sending->letter;
    struct wf_buf out = WF_BUF_INIT(sending->arena);
    const char *more = wf_letter_more(sending->arena, letter);

    for (size_t i = 0; i < letter->n_lines; i++) {
        const struct wf_line *line = &letter->lines[i];
        const char *link = wf_letter_link(sending->arena, letter, line);

        wf_buf_printf(&out, "- %s\r\n", line->text);
        if (link)
            wf_buf_printf(&out, "  %s\r\n", link);
    }
    if (more)
        wf_buf_printf(&out, "%s\r\n", more);
    if (letter->site)
        wf_buf_printf(&out, "\r\n%s\r\n", letter->site);
    return wf_buf_text(&out);
}

static void add_escaped(struct wf_buf *out, const char *text)
{
    for (; *text; text++) {
        const char *is = strchr("&<>\"'", *text);

        if (is)
            wf_buf_printf(out, "&#%d;", *text);
        else
            wf_buf_char(out, *text);
    }
}

static void add_link(struct wf_buf *out, const char *link, const char *text)
{
    if (link) {
        wf_buf_str(out, "<a href=\"");
        add_escaped(out, link);
        wf_buf_str(out, "\">");
    }
    add_escaped(out, text);
    if (link)
        wf_buf_str(out, "</a>");
}

static const char *html_of(const struct wf_sending *sending)
{
    const struct wf_letter *letter = sending->letter;
    struct wf_buf out = WF_BUF_INIT(sending->arena);
    const char *more = wf_letter_more(sending->arena, letter);

    wf_buf_printf(&out,
                  "<!doctype html><html lang=\"%s\"><meta charset=\"utf-8\">"
                  "<body style=\"font:15px/1.6 sans-serif\"><ul>",
                  letter->lang);
    for (size_t i = 0; i < letter->n_lines; i++) {
        const struct wf_line *line = &letter->lines[i];

        wf_buf_str(&out, "<li>");
        add_link(&out, wf_letter_link(sending->arena, letter, line),
                 line->text);
        wf_buf_str(&out, "</li>\r\n");
    }
    wf_buf_str(&out, "</ul>");
    if (more) {
        wf_buf_str(&out, "<p>");
        add_escaped(&out, more);
        wf_buf_str(&out, "</p>");
    }
    if (letter->site) {
        wf_buf_str(&out, "<p>");
        add_link(&out, letter->site, letter->site);
        wf_buf_str(&out, "</p>");
    }
    wf_buf_str(&out, "</body></html>\r\n");
    return wf_buf_text(&out);
}

/* --- Sending */

/* One that is on its way. */
struct post {
    CURL *curl;
    struct wf_door door;
    struct curl_slist *headers, *to;
    curl_mime *mime;
};

static void post_end(struct post *post)
{
    curl_mime_free(post->mime);
    curl_slist_free_all(post->headers);
    curl_slist_free_all(post->to);
    curl_easy_cleanup(post->curl);
}

static CURLcode set_up(const struct wf_sending *sending, struct post *post)
{
    struct wf_arena *arena = sending->arena;
    const char *from = wf_sending_config(sending, "from");
    const char *user = wf_sending_config(sending, "user");
    const char *password = wf_sending_secret(sending, "password");
    bool inside = wf_sending_inside(sending);
    CURLcode bad;

    post->door.inside = inside;
    post->headers = headers_of(sending);
    post->to = with(NULL, wf_arena_printf(arena, "<%s>", sending->letter->to));
    post->mime = curl_mime_init(post->curl);
    add_part(post->mime, text_of(sending), "text/plain; charset=utf-8");
    add_part(post->mime, html_of(sending), "text/html; charset=utf-8");
    bad = wf_door_set_up(post->curl, &post->door);
#define SET(option, value)                                                     \
    bad = bad ? bad : curl_easy_setopt(post->curl, option, value)
    SET(CURLOPT_URL, wf_sending_config(sending, "server"));
    SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    /* Inside it may be that there is no TLS, or nobody to vouch for it. */
    SET(CURLOPT_USE_SSL, inside ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL);
    SET(CURLOPT_SSL_VERIFYPEER, inside ? 0L : 1L);
    SET(CURLOPT_SSL_VERIFYHOST, inside ? 0L : 2L);
    SET(CURLOPT_MAIL_FROM, wf_arena_printf(arena, "<%s>", from));
    SET(CURLOPT_MAIL_RCPT, post->to);
    SET(CURLOPT_HTTPHEADER, post->headers);
    SET(CURLOPT_MIMEPOST, post->mime);
    if (user) {
        SET(CURLOPT_USERNAME, user);
        SET(CURLOPT_PASSWORD, password ? password : "");
    }
#undef SET
    return bad;
}

static struct wf_outcome explain(const struct wf_sending *sending,
                                 const struct post *post, CURLcode code,
                                 long status)
{
    const char *server = wf_sending_config(sending, "server");

    if (post->door.kept_out)
        return wf_sending_problem(
            sending, WF_SENT_BUSY,
            wf_message(sending->lang,
                       WF_MESSAGE("\"%s\" leads into a network that is not "
                                  "public. If that is meant, say so where it "
                                  "is configured.")),
            server);
    if (status >= REFUSED && status != NO_LOGIN && code != CURLE_LOGIN_DENIED)
        return wf_sending_problem(
            sending, WF_SENT_NOT,
            wf_message(sending->lang,
                       WF_MESSAGE("The mail server refuses it (%ld).")),
            status);
    return wf_sending_problem(
        sending, WF_SENT_BUSY,
        wf_message(sending->lang,
                   WF_MESSAGE("The mail server does not take it (%s, %ld).")),
        curl_easy_strerror(code), status);
}

static bool is_address(const char *text)
{
    const char *at = text ? strchr(text, '@') : NULL;

    return at && at != text && at[1] && !strpbrk(text, " \t\r\n<>,;\"\\");
}

struct wf_outcome wf_send_mail(const struct wf_sending *sending)
{
    struct post post WF_CLEANUP(post_end) = { .curl = curl_easy_init() };
    CURLcode code = CURLE_FAILED_INIT;
    long status = 0;

    if (!is_address(sending->letter->to))
        return wf_sending_problem(
            sending, WF_SENT_NOT,
            wf_message(sending->lang, WF_MESSAGE("This is no mail address.")));
    if (post.curl && set_up(sending, &post) == CURLE_OK)
        code = curl_easy_perform(post.curl);
    if (code == CURLE_OK)
        return (struct wf_outcome){ .how = WF_SENT };
    curl_easy_getinfo(post.curl, CURLINFO_RESPONSE_CODE, &status);
    return explain(sending, &post, code, status);
}
