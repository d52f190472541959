/* http/page.c - the plain pages: sign-in, what waits for me, what went wrong.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/page.h"

#include "base/error.h"
#include "base/json.h"
#include "base/messages.h"
#include "http/handlers.h"
#include "http/problem.h"

bool http_page_wants(const struct http_request *req)
{
    return http_is_page_form(req)
           || (req->route && req->route->flags & HTTP_PAGE);
}

void http_html_text(struct wf_buf *out, const char *text)
{
    for (; text && *text; text++) {
        switch (*text) {
        case '&':
            wf_buf_str(out, "&amp;");
            break;
        case '<':
            wf_buf_str(out, "&lt;");
            break;
        case '>':
            wf_buf_str(out, "&gt;");
            break;
        case '"':
            wf_buf_str(out, "&quot;");
            break;
        case '\'':
            wf_buf_str(out, "&#39;");
            break;
        default:
            wf_buf_char(out, *text);
        }
    }
}

/* An element that holds only text. */
static void element(struct wf_buf *out, const char *name, const char *text)
{
    wf_buf_printf(out, "<%s>", name);
    http_html_text(out, text);
    wf_buf_printf(out, "</%s>\n", name);
}

static void begin(const struct http_request *req, const char *title,
                  struct wf_buf *out)
{
    wf_buf_str(out, "<!DOCTYPE html>\n<html lang=\"");
    http_html_text(out, req->lang);
    wf_buf_str(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" "
                    "content=\"width=device-width, initial-scale=1\">\n"
                    "<link rel=\"icon\" href=\"data:,\">\n"
                    "<link rel=\"stylesheet\" href=\"/style.css\">\n");
    element(out, "title", title);
    wf_buf_str(out, "</head>\n<body>\n<main>\n");
    element(out, "h1", title);
}

static void end(struct wf_buf *out)
{
    wf_buf_str(out, "</main>\n</body>\n</html>\n");
}

/* --- Signed out */

static void write_input(struct wf_buf *out, const char *label,
                        const char *attributes)
{
    wf_buf_str(out, "<p><label>");
    http_html_text(out, label);
    wf_buf_printf(out, " <input %s required></label></p>\n", attributes);
}

static void write_sign_in(const struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<form method=\"post\" action=\"/api/v1/session\">\n");
    write_input(out, wf_message(req->lang, "Login"),
                "name=\"login\" autocomplete=\"username\"");
    write_input(out, wf_message(req->lang, "Password"),
                "name=\"password\" type=\"password\" "
                "autocomplete=\"current-password\"");
    element(out, "button", wf_message(req->lang, "Sign in"));
    wf_buf_str(out, "</form>\n");
}

/* --- Signed in */

static void open_form(const struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<input type=\"hidden\" name=\"csrf\" value=\"");
    http_html_text(out, weft_session_csrf(req->session));
    wf_buf_str(out, "\">\n");
}

static void write_buttons(const struct wf_json *item, const char *document,
                          struct wf_buf *out)
{
    const struct wf_json *actions = wf_json_get(item, "actions");
    const struct wf_json *labels = wf_json_get(item, "labels");

    for (size_t i = 0; i < wf_json_len(actions); i++) {
        const char *id = wf_json_str(actions->u.array.at[i]);

        wf_buf_str(out, "<button formaction=\"/api/v1/documents/");
        http_html_text(out, document);
        wf_buf_str(out, "/actions/");
        http_html_text(out, id);
        wf_buf_str(out, "\">");
        http_html_text(out, wf_json_str(wf_json_get(labels, id)));
        wf_buf_str(out, "</button>\n");
    }
}

/* Its day is enough; a page shows the instant to whoever points at it. */
static void write_due(const struct http_request *req,
                      const struct wf_json *item, struct wf_buf *out)
{
    enum {
        DAY_LEN = 10
    };
    const char *due = wf_json_str(wf_json_get(item, "due"));
    bool late = wf_json_is_true(wf_json_get(item, "overdue"));

    if (!due)
        return;
    wf_buf_printf(out, "<p%s>", late ? " class=\"late\"" : "");
    http_html_text(out, wf_message(req->lang, late ? "Overdue since" : "Due"));
    wf_buf_printf(out, " <time datetime=\"%s\" title=\"%s\">%.*s</time></p>\n",
                  due, due, DAY_LEN, due);
}

static void write_item(const struct http_request *req,
                       const struct wf_json *item, struct wf_buf *out)
{
    const struct wf_json *document = wf_json_get(item, "document");

    wf_buf_str(out, "<li>\n<form method=\"post\">\n");
    open_form(req, out);
    element(out, "h2", wf_json_str(wf_json_get(document, "title")));
    element(out, "p", wf_json_str(wf_json_get(item, "label")));
    write_due(req, item, out);
    wf_buf_str(out, "<p><label>");
    http_html_text(out, wf_message(req->lang, "Comment"));
    wf_buf_str(out, " <textarea name=\"comment\" rows=\"2\">"
                    "</textarea></label></p>\n");
    write_buttons(item, wf_json_str(wf_json_get(document, "id")), out);
    wf_buf_str(out, "</form>\n</li>\n");
}

static void write_work(struct http_request *req, const struct wf_json *items,
                       struct wf_buf *out)
{
    if (wf_json_len(items) == 0) {
        element(out, "p", wf_message(req->lang, "Nothing waits for you."));
        return;
    }
    wf_buf_str(out, "<ol>\n");
    for (size_t i = 0; i < wf_json_len(items); i++)
        write_item(req, items->u.array.at[i], out);
    wf_buf_str(out, "</ol>\n");
}

static void write_sign_out(const struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<footer>\n<p>");
    http_html_text(out, wf_message(req->lang, "Signed in as"));
    wf_buf_char(out, ' ');
    http_html_text(out, weft_session_login(req->session));
    wf_buf_str(out, "</p>\n<form method=\"post\" action=\"/sign-out\">\n");
    open_form(req, out);
    element(out, "button", wf_message(req->lang, "Sign out"));
    wf_buf_str(out, "</form>\n</footer>\n");
}

static void write_home(struct http_request *req, const struct wf_json *items)
{
    struct wf_buf out = WF_BUF_INIT(req->arena);

    begin(req, wf_message(req->lang, "What waits for me"), &out);
    write_work(req, items, &out);
    write_sign_out(req, &out);
    end(&out);
    http_result_text(req, HTTP_HTML, &out);
}

static void home_of_me(struct http_request *req)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_reply *reply = weft_work_list(req->session, NULL, 0);
    const weft_error *err = weft_reply_error(reply);
    struct wf_json *work = NULL;
    const char *text;
    size_t len;

    text = weft_reply_body(reply, &len);
    if (err)
        wf_fail_as(&req->result.error, err);
    else if (wf_json_parse(req->arena, text, len, &limits, &work,
                           &req->result.error))
        write_home(req, wf_json_get(work, "items"));
    weft_reply_free(reply);
}

static void home_of_nobody(struct http_request *req)
{
    struct wf_buf out = WF_BUF_INIT(req->arena);

    begin(req, wf_message(req->lang, "Sign in"), &out);
    write_sign_in(req, &out);
    end(&out);
    http_result_text(req, HTTP_HTML, &out);
}

void http_page_home(struct http_request *req)
{
    if (req->session)
        home_of_me(req);
    else
        home_of_nobody(req);
}

void http_page_sign_out(struct http_request *req)
{
    http_session_end(req);
}

/* --- Failures */

static void write_findings(struct http_request *req, struct wf_str findings,
                           struct wf_buf *out)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *list = NULL;

    if (findings.len == 0
        || !wf_json_parse(req->arena, findings.at, findings.len, &limits, &list,
                          &err)
        || wf_json_len(list) == 0)
        return;
    wf_buf_str(out, "<ul>\n");
    for (size_t i = 0; i < wf_json_len(list); i++)
        element(out, "li",
                wf_json_str(wf_json_get(list->u.array.at[i], "message")));
    wf_buf_str(out, "</ul>\n");
}

void http_page_failure(struct http_request *req, const weft_error *err,
                       struct wf_str findings, struct wf_buf *out)
{
    int status = http_problem_status(req, err);

    begin(req, http_problem_title(req, status), out);
    wf_buf_str(out, "<p role=\"alert\">");
    http_html_text(out, err->text);
    wf_buf_str(out, "</p>\n");
    write_findings(req, findings, out);
    if (!req->session) {
        write_sign_in(req, out);
    } else {
        wf_buf_str(out, "<p><a href=\"/\">");
        http_html_text(out, wf_message(req->lang, "What waits for me"));
        wf_buf_str(out, "</a></p>\n");
    }
    end(out);
}
