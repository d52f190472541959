/* http/page.c - what all pages share, signing in, and what went wrong.
 *
 * A page works without script. Where the web application is built it brings
 * its own style and the script that takes over; see http/asset.h.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/page.h"

#include <stdarg.h>

#include "base/error.h"
#include "base/json.h"
#include "base/messages.h"
#include "http/asset.h"
#include "http/auth.h"
#include "http/handlers.h"
#include "http/problem.h"

/* A browser that was led to where there is nothing. */
static bool is_lost(const struct http_request *req)
{
    const char *takes = http_headers_find(&req->headers, "Accept");

    return takes && strstr(takes, "text/html") && req->raw_target
           && !wf_str_starts(req->raw_target, "/api/");
}

bool http_page_wants(const struct http_request *req)
{
    return http_is_page_form(req)
           || (req->route ? (req->route->flags & HTTP_PAGE) != 0
                          : is_lost(req));
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

void http_html_element(struct wf_buf *out, const char *name, const char *text)
{
    wf_buf_printf(out, "<%s>", name);
    http_html_text(out, text);
    wf_buf_printf(out, "</%s>\n", name);
}

void http_html_say(const struct http_request *req, struct wf_buf *out,
                   const char *message)
{
    http_html_text(out, wf_message(req->lang, message));
}

void http_html_printf(const struct http_request *req, struct wf_buf *out,
                      const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    http_html_text(out, wf_arena_vprintf(req->arena, fmt, args));
    va_end(args);
}

void http_html_icon(const char *name, struct wf_buf *out)
{
    wf_buf_str(out, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-");
    http_html_text(out, name);
    wf_buf_str(out, "\"></use></svg>");
}

void http_page_begin(struct http_request *req, const char *title,
                     struct wf_buf *out)
{
    const char *head = http_asset_text(req->site, "shell/head.html");
    const char *body = http_asset_text(req->site, "shell/body.html");

    req->result.policy = http_asset_text(req->site, "shell/policy");
    wf_buf_str(out, "<!DOCTYPE html>\n<html lang=\"");
    http_html_text(out, req->lang);
    wf_buf_str(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" "
                    "content=\"width=device-width, initial-scale=1\">\n");
    http_html_element(out, "title", title);
    wf_buf_str(out, head ? head
                         : "<link rel=\"icon\" href=\"data:,\">\n"
                           "<link rel=\"stylesheet\" href=\"/style.css\">\n");
    wf_buf_str(out, "</head>\n<body>\n");
    wf_buf_str(out, body ? body : "");
}

void http_page_end(struct wf_buf *out)
{
    wf_buf_str(out, "</body>\n</html>\n");
}

/* A page that holds one thing in its middle. */
static void begin_lone(struct http_request *req, const char *title,
                       struct wf_buf *out)
{
    http_page_begin(req, title, out);
    wf_buf_str(out, "<main class=\"lone\">\n");
    http_html_element(out, "h1", title);
}

static void end_lone(struct wf_buf *out)
{
    wf_buf_str(out, "</main>\n");
    http_page_end(out);
}

/* --- Signed out */

static void write_input(const struct http_request *req, const char *label,
                        const char *attributes, struct wf_buf *out)
{
    wf_buf_str(out, "<p><label>");
    http_html_say(req, out, label);
    wf_buf_printf(out, " <input %s required></label></p>\n", attributes);
}

/* Where one was going; a page that shows a failure is nowhere. */
static const char *here(const struct http_request *req)
{
    return req->method == HTTP_GET && req->raw_target[0] == '/'
               ? req->raw_target
               : "/";
}

/* Afterwards one is led on to where one was going, also at a second try. */
static void write_next(const struct http_request *req, struct wf_buf *out)
{
    const char *next = req->method == HTTP_GET
                           ? req->raw_target
                           : http_params_find(&req->form, "next");

    if (!next || next[0] != '/')
        return;
    wf_buf_str(out, "<input type=\"hidden\" name=\"next\" value=\"");
    http_html_text(out, next);
    wf_buf_str(out, "\">\n");
}

static void write_sign_in(const struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<form method=\"post\" action=\"/api/v1/session\">\n");
    write_input(req, WF_MESSAGE("Login"),
                "name=\"login\" autocomplete=\"username\"", out);
    write_input(req, WF_MESSAGE("Password"),
                "name=\"password\" type=\"password\" "
                "autocomplete=\"current-password\"",
                out);
    write_next(req, out);
    wf_buf_str(out, "<p><button class=\"primary\">");
    http_html_say(req, out, WF_MESSAGE("Sign in"));
    wf_buf_str(out, "</button></p>\n</form>\n");
}

/* Where one may sign in beside here, each a plain link: its page is elsewhere,
 * and a form may only be sent to this server. */
static void write_providers(struct http_request *req, struct wf_buf *out)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_reply *reply = weft_provider_names(req->site->engine, req->lang);
    weft_error ignored = WEFT_ERROR_INIT;
    const struct wf_json *items;
    struct wf_json *json = NULL;
    const char *body;
    size_t len;

    body = weft_reply_body(reply, &len);
    if (!weft_reply_error(reply))
        (void)!wf_json_parse(req->arena, body, len, &limits, &json, &ignored);
    items = wf_json_get(json, "items");
    for (size_t i = 0; json && i < wf_json_len(items); i++) {
        const struct wf_json *item = items->u.array.at[i];

        wf_buf_str(out, "<p><a class=\"button\" href=\"/sign-in/");
        http_html_text(out, wf_json_str(wf_json_get(item, "id")));
        wf_buf_str(out, "?next=");
        http_html_text(out, http_target_quote(req->arena, here(req)));
        wf_buf_str(out, "\">");
        http_html_text(out, wf_json_str(wf_json_get(item, "label")));
        wf_buf_str(out, "</a></p>\n");
    }
    weft_reply_free(reply);
}

void http_page_sign_in(struct http_request *req)
{
    struct wf_buf out = WF_BUF_INIT(req->arena);

    begin_lone(req, wf_message(req->lang, "Sign in"), &out);
    write_sign_in(req, &out);
    write_providers(req, &out);
    end_lone(&out);
    http_result_text(req, HTTP_HTML, &out);
}

void http_page_signed_out(struct http_request *req, const char *label,
                          const char *url)
{
    struct wf_buf out = WF_BUF_INIT(req->arena);

    begin_lone(req, wf_message(req->lang, "Signed out"), &out);
    if (url) {
        wf_buf_str(&out, "<p>");
        http_html_say(req, &out,
                      WF_MESSAGE("You are signed out here, and still signed in "
                                 "at the identity provider."));
        wf_buf_str(&out, "</p>\n<p><a class=\"button\" href=\"");
        http_html_text(&out, url);
        wf_buf_str(&out, "\">");
        http_html_say(req, &out, WF_MESSAGE("Sign out there as well"));
        wf_buf_str(&out, label ? ": " : "");
        http_html_text(&out, label);
        wf_buf_str(&out, "</a></p>\n");
    }
    wf_buf_str(&out, "<p><a href=\"/\">");
    http_html_say(req, &out, WF_MESSAGE("Sign in again"));
    wf_buf_str(&out, "</a></p>\n");
    end_lone(&out);
    http_result_text(req, HTTP_HTML, &out);
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
        http_html_element(
            out, "li",
            wf_json_str(wf_json_get(list->u.array.at[i], "message")));
    wf_buf_str(out, "</ul>\n");
}

static bool lacks_comment(struct http_request *req, struct wf_str findings)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_json *list = NULL;

    if (!wf_json_parse(req->arena, findings.at, findings.len, &limits, &list,
                       &ignored)
        || wf_json_len(list) != 1)
        return false;
    return wf_streq(wf_json_str(wf_json_get(list->u.array.at[0], "field")),
                    "comment")
           && wf_streq(wf_json_str(wf_json_get(list->u.array.at[0], "code")),
                       "required");
}

/* What was posted, once more, with room for the comment that it lacks. */
static void write_comment_form(struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<form method=\"post\" action=\"");
    http_html_text(out, req->target.path);
    wf_buf_str(out, "\">\n<input type=\"hidden\" name=\"csrf\" value=\"");
    http_html_text(out, http_auth_page_token(req));
    wf_buf_str(out, "\">\n");
    for (size_t i = 0; i < req->form.n; i++) {
        const weft_param *field = &req->form.at[i];

        if (wf_streq(field->name, "csrf") || wf_streq(field->name, "comment"))
            continue;
        wf_buf_str(out, "<input type=\"hidden\" name=\"");
        http_html_text(out, field->name);
        wf_buf_str(out, "\" value=\"");
        http_html_text(out, field->value);
        wf_buf_str(out, "\">\n");
    }
    wf_buf_str(out, "<p><label>");
    http_html_say(req, out, WF_MESSAGE("Comment"));
    wf_buf_str(out, " <textarea name=\"comment\" rows=\"3\" required "
                    "autofocus></textarea></label></p>\n"
                    "<p><button class=\"primary\">");
    http_html_say(req, out, WF_MESSAGE("Send"));
    wf_buf_str(out, "</button></p>\n</form>\n");
}

void http_page_failure(struct http_request *req, const weft_error *err,
                       struct wf_str findings, struct wf_buf *out)
{
    int status = http_problem_status(req, err);

    begin_lone(req, http_problem_title(req, status), out);
    wf_buf_str(out, "<p role=\"alert\">");
    http_html_text(out, err->text);
    wf_buf_str(out, "</p>\n");
    write_findings(req, findings, out);
    if (!req->session && req->route) {
        write_sign_in(req, out);
    } else {
        if (http_is_page_form(req) && lacks_comment(req, findings))
            write_comment_form(req, out);
        wf_buf_str(out, "<p><a href=\"/\">");
        http_html_say(req, out, WF_MESSAGE("What waits for me"));
        wf_buf_str(out, "</a></p>\n");
    }
    end_lone(out);
}
