/* http/page_home.c - the pages of who is signed in.
 *
 * Home has what waits for one, with buttons that work without script, and
 * what one has under way. Every other place begins as the same frame, which
 * the application fills; without it, all of them are Home.
 *
 * The classes are those of engine/web/src: when the script takes over, nothing
 * moves.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/json.h"
#include "base/messages.h"
#include "http/asset.h"
#include "http/auth.h"
#include "http/handlers.h"
#include "http/page.h"
#include "http/page_data.h"
#include "http/reply.h"

enum {
    DAY_LEN = 10
};

/* What Home shows, and what its script need not ask for. */
static const weft_param mine_params[] = {
    { "mine", "true" },
    { "state", "open" },
    { "limit", "10" },
};
static const weft_param told_params[] = { { "limit", "5" } };

#define WORK "/work"
#define MINE "/documents?mine=true&state=open&limit=10"

/* --- Places */

/* clang-format off */
static const struct place {
    const char *path, *icon, *label;
    unsigned scope; /* that it takes */
    bool after_own; /* those of packages stand before it */
} places[] = {
    { "/",          "today",     WF_MESSAGE("Today"),     0,                 false },
    { "/inbox",     "inbox",     WF_MESSAGE("Inbox"),     0,                 false },
    { "/documents", "documents", WF_MESSAGE("Documents"), 0,                 false },
    { "/people",    "people",    WF_MESSAGE("People"),    0,                 true  },
    { "/insight",   "chart",     WF_MESSAGE("Insight"),   0,                 false },
    { "/studio",    "studio",    WF_MESSAGE("Studio"),    WEFT_SCOPE_DEPLOY, false },
    { "/admin",     "admin",     WF_MESSAGE("Admin"),     WEFT_SCOPE_ADMIN,  false },
};
/* clang-format on */

/* Whether the page is at the place or in it. */
static bool is_here(const struct http_request *req, const char *path)
{
    const struct http_target *at = &req->target;
    struct wf_str rest = wf_str_of(path + 1), part;
    size_t n = 0;

    if (!path[1])
        return at->n_segments == 0;
    while (wf_str_split(&rest, '/', &part))
        if (n >= at->n_segments || !wf_str_is(part, at->segments[n++]))
            return false;
    return true;
}

static void write_place(const struct http_request *req, const char *path,
                        const char *icon, const char *label, struct wf_buf *out)
{
    wf_buf_str(out, "<a href=\"");
    http_html_text(out, path);
    wf_buf_printf(out,
                  "\"%s><svg class=\"icon\" aria-hidden=\"true\">"
                  "<use href=\"#i-",
                  is_here(req, path) ? " aria-current=\"page\"" : "");
    http_html_text(out, icon);
    wf_buf_str(out, "\"/></svg><span>");
    http_html_text(out, label);
    wf_buf_str(out, "</span></a>\n");
}

/* What packages have for me, as "/me" says. */
static void write_own(const struct http_request *req, const struct wf_json *me,
                      struct wf_buf *out)
{
    const struct wf_json *own = wf_json_get(me, "places");

    for (size_t i = 0; i < wf_json_len(own); i++) {
        const struct wf_json *at = own->u.array.at[i];
        const char *icon = wf_json_str(wf_json_get(at, "icon"));
        const char *view = wf_json_str(wf_json_get(at, "view"));

        write_place(req,
                    wf_arena_printf(req->arena, "/places/%s",
                                    wf_json_str(wf_json_get(at, "id"))),
                    icon   ? icon
                    : view ? view
                           : "list",
                    wf_json_str(wf_json_get(at, "label")), out);
    }
}

static void write_places(const struct http_request *req,
                         const struct wf_json *me, struct wf_buf *out)
{
    wf_buf_str(out, "<nav class=\"places\" aria-label=\"Weft\">\n");
    for (size_t i = 0; i < WF_COUNT(places); i++) {
        unsigned scope = places[i].scope;

        if (places[i].after_own)
            write_own(req, me, out);
        if ((weft_session_scopes(req->session) & scope) == scope)
            write_place(req, places[i].path, places[i].icon,
                        wf_message(req->lang, places[i].label), out);
    }
    wf_buf_str(out, "</nav>\n");
}

/* --- What waits */

static void write_csrf(struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<input type=\"hidden\" name=\"csrf\" value=\"");
    http_html_text(out, http_auth_page_token(req));
    wf_buf_str(out, "\">\n");
}

/* Verbs that ask for people first: a page alone cannot. */
static bool asks_for_people(const char *action)
{
    static const char *const verbs[] = { "transfer", "delegate", "add-approver",
                                         "remove-approver", "cc" };

    for (size_t i = 0; i < WF_COUNT(verbs); i++)
        if (wf_streq(action, verbs[i]))
            return true;
    return false;
}

static void write_buttons(const struct wf_json *item, const char *document,
                          struct wf_buf *out)
{
    const struct wf_json *actions = wf_json_get(item, "actions");
    const struct wf_json *labels = wf_json_get(item, "labels");

    wf_buf_str(out, "<div class=\"buttons\">\n");
    for (size_t i = 0; i < wf_json_len(actions); i++) {
        const char *id = wf_json_str(actions->u.array.at[i]);

        if (asks_for_people(id))
            continue;
        wf_buf_printf(out, "<button%s formaction=\"/api/v1/documents/",
                      i == 0 ? " class=\"primary\"" : "");
        http_html_text(out, document);
        wf_buf_str(out, "/actions/");
        http_html_text(out, id);
        wf_buf_str(out, "\">");
        http_html_text(out, wf_json_str(wf_json_get(labels, id)));
        wf_buf_str(out, "</button>\n");
    }
    wf_buf_str(out, "</div>\n");
}

/* Its day is enough; a page shows the instant to whoever points at it. */
static void write_day(const struct http_request *req, const char *label,
                      const char *time, bool late, struct wf_buf *out)
{
    if (!time)
        return;
    wf_buf_printf(out, "<span%s>", late ? " class=\"late\"" : "");
    http_html_text(out, wf_message(req->lang, label));
    wf_buf_printf(out,
                  " <time datetime=\"%s\" title=\"%s\">%.*s</time></span>\n",
                  time, time, DAY_LEN, time);
}

static void write_facts(const struct http_request *req,
                        const struct wf_json *item, struct wf_buf *out)
{
    bool late = wf_json_is_true(wf_json_get(item, "overdue"));

    wf_buf_str(out, "<p class=\"facts\"><span>");
    http_html_text(out, wf_json_str(wf_json_get(wf_json_get(item, "document"),
                                                "form_label")));
    wf_buf_str(out, "</span>\n<span>");
    http_html_text(out, wf_json_str(wf_json_get(item, "label")));
    wf_buf_str(out, "</span>\n");
    write_day(req, late ? WF_MESSAGE("Overdue since") : WF_MESSAGE("Due"),
              wf_json_str(wf_json_get(item, "due")), late, out);
    write_day(req, WF_MESSAGE("Since"), wf_json_str(wf_json_get(item, "since")),
              false, out);
    wf_buf_str(out, "</p>\n");
}

static void write_title(const struct wf_json *document, struct wf_buf *out)
{
    wf_buf_str(out, "<h3><a href=\"/documents/");
    http_html_text(out, wf_json_str(wf_json_get(document, "id")));
    wf_buf_str(out, "\">");
    http_html_text(out, wf_json_str(wf_json_get(document, "title")));
    wf_buf_str(out, "</a></h3>\n");
}

static void write_item(struct http_request *req, const struct wf_json *item,
                       struct wf_buf *out)
{
    const struct wf_json *document = wf_json_get(item, "document");

    wf_buf_str(out, "<li>\n<form method=\"post\" class=\"row\">\n");
    write_csrf(req, out);
    wf_buf_str(out, "<div class=\"what\">\n");
    write_title(document, out);
    write_facts(req, item, out);
    wf_buf_str(out, "</div>\n<details class=\"note\"><summary>");
    http_html_say(req, out, WF_MESSAGE("Comment"));
    wf_buf_str(out, "</summary><textarea name=\"comment\" rows=\"2\" "
                    "aria-label=\"");
    http_html_say(req, out, WF_MESSAGE("Comment"));
    wf_buf_str(out, "\"></textarea></details>\n");
    write_buttons(item, wf_json_str(wf_json_get(document, "id")), out);
    wf_buf_str(out, "</form>\n</li>\n");
}

static void write_work(struct http_request *req, const struct wf_json *items,
                       struct wf_buf *out)
{
    wf_buf_str(out, "<section class=\"block\">\n<h2>");
    http_html_say(req, out, WF_MESSAGE("What waits for me"));
    wf_buf_str(out, "</h2>\n");
    if (wf_json_len(items) == 0) {
        wf_buf_str(out, "<p class=\"empty\">");
        http_html_say(req, out, WF_MESSAGE("Nothing waits for you."));
        wf_buf_str(out, "</p>\n");
    } else {
        wf_buf_str(out, "<ol class=\"rows\">\n");
        for (size_t i = 0; i < wf_json_len(items); i++)
            write_item(req, items->u.array.at[i], out);
        wf_buf_str(out, "</ol>\n");
    }
    wf_buf_str(out, "</section>\n");
}

/* --- What I have under way */

static void write_mine(const struct http_request *req,
                       const struct wf_json *items, struct wf_buf *out)
{
    if (wf_json_len(items) == 0)
        return;
    wf_buf_str(out, "<section class=\"block\">\n<h2>");
    http_html_say(req, out, WF_MESSAGE("Under way"));
    wf_buf_str(out, "</h2>\n<ul class=\"rows\">\n");
    for (size_t i = 0; i < wf_json_len(items); i++) {
        const struct wf_json *item = items->u.array.at[i];

        wf_buf_str(out, "<li><div class=\"row\"><div class=\"what\">\n");
        write_title(item, out);
        wf_buf_str(out, "<p class=\"facts\">\n");
        write_day(req, WF_MESSAGE("Due"), wf_json_str(wf_json_get(item, "due")),
                  false, out);
        write_day(req, WF_MESSAGE("Changed"),
                  wf_json_str(wf_json_get(item, "updated")), false, out);
        wf_buf_str(out, "</p>\n</div></div></li>\n");
    }
    wf_buf_str(out, "</ul>\n</section>\n");
}

/* --- The frame */

static void write_foot(struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<footer class=\"foot\">\n<span>");
    http_html_say(req, out, WF_MESSAGE("Signed in as"));
    wf_buf_char(out, ' ');
    http_html_text(out, weft_session_login(req->session));
    wf_buf_str(out, "</span>\n<form method=\"post\" action=\"/sign-out\">\n");
    write_csrf(req, out);
    wf_buf_str(out, "<button>");
    http_html_say(req, out, WF_MESSAGE("Sign out"));
    wf_buf_str(out, "</button>\n</form>\n</footer>\n");
}

static const struct wf_json *body_of(struct http_request *req,
                                     const weft_reply *reply, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *json = NULL;
    const char *text;
    size_t len;

    if (weft_reply_error(reply)) {
        wf_fail_as(err, weft_reply_error(reply));
        return NULL;
    }
    text = weft_reply_body(reply, &len);
    return wf_json_parse(req->arena, text, len, &limits, &json, err) ? json
                                                                     : NULL;
}

static const struct wf_json *items_of(struct http_request *req,
                                      const weft_reply *reply, weft_error *err)
{
    return wf_json_get(body_of(req, reply, err), "items");
}

/* What stands in Home before any script: false where it could not be read. */
static bool write_home(struct http_request *req, struct http_page_data *data,
                       struct wf_buf *out)
{
    weft_error *err = &req->result.error;
    weft_reply *work = weft_work_list(req->session, NULL, 0);
    weft_reply *mine =
        weft_document_list(req->session, mine_params, WF_COUNT(mine_params));
    const struct wf_json *waits = items_of(req, work, err);
    const struct wf_json *under_way = items_of(req, mine, err);

    http_page_data_add(data, WORK, work);
    http_page_data_add(data, MINE, mine);
    http_page_data_add(data, "/forms", weft_form_list(req->session));
    http_page_data_add(data, "/notifications?limit=5",
                       weft_notification_list(req->session, told_params,
                                              WF_COUNT(told_params)));
    if (!waits || !under_way)
        return false;
    wf_buf_str(out, "<header class=\"head\">");
    http_html_element(out, "h1", wf_message(req->lang, "Today"));
    wf_buf_str(out, "</header>\n");
    write_work(req, waits, out);
    write_mine(req, under_way, out);
    return true;
}

/* Another place: its script writes it. */
static bool write_place_for_script(const struct http_request *req,
                                   struct wf_buf *out)
{
    wf_buf_str(out, "<noscript><p>");
    http_html_say(req, out,
                  WF_MESSAGE("This page needs script. What waits for you works "
                             "without."));
    wf_buf_str(out, " <a href=\"/\">");
    http_html_say(req, out, WF_MESSAGE("What waits for me"));
    wf_buf_str(out, "</a></p></noscript>\n");
    return true;
}

static void write_page(struct http_request *req, struct http_page_data *data)
{
    bool has_app = http_asset_text(req->site, "shell/body.html") != NULL;
    bool is_home = req->target.n_segments == 0 || !has_app;
    struct wf_buf out = WF_BUF_INIT(req->arena);
    weft_reply *me = weft_me(req->session);

    http_page_data_add(data, "/me", me);
    http_page_begin(req, is_home ? wf_message(req->lang, "Today") : "Weft",
                    &out);
    wf_buf_str(&out, "<div id=\"app\" class=\"app\">\n");
    if (has_app)
        write_places(req, body_of(req, me, &req->result.error), &out);
    wf_buf_str(&out, "<main class=\"main\" id=\"main\">\n");
    if (!(is_home ? write_home(req, data, &out)
                  : write_place_for_script(req, &out)))
        return;
    write_foot(req, &out);
    wf_buf_str(&out, "</main>\n</div>\n");
    if (has_app)
        http_page_data_write(req, data, &out);
    http_page_end(&out);
    http_result_text(req, HTTP_HTML, &out);
}

void http_page_app(struct http_request *req)
{
    struct http_page_data data = HTTP_PAGE_DATA_INIT;

    if (!req->session) {
        http_page_sign_in(req);
        return;
    }
    write_page(req, &data);
    http_page_data_end(&data);
}

void http_page_sign_out(struct http_request *req)
{
    weft_reply *me = weft_me(req->session);
    const char *provider = http_reply_member(req, me, "provider");

    weft_reply_free(me);
    if (provider)
        req->result.location =
            wf_arena_printf(req->arena, "/sign-out/%s", provider);
    http_session_end(req);
}
