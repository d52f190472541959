/* http/page_home.c - the pages of who is signed in.
 *
 * Home has what waits for one, with buttons that work without script, and
 * what one has under way. Every other place begins as the same frame, which
 * the application fills; without it, all of them are Home.
 *
 * The markup is that of engine/web/src to the last element, and no space stands
 * between two of them: the script takes over what stands here instead of
 * drawing it again.
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
#include "http/page_day.h"

#include "http/page_places.h"
#include "http/reply.h"

enum {
    SHOWN = 8, /* of what waits; all of it is in the inbox */
};

/* What Home shows, and what its script need not ask for. */
static const weft_param mine_params[] = {
    { "mine", "true" },
    { "state", "open" },
    { "limit", "10" },
    { "sort", "due" },
};
static const weft_param told_params[] = { { "limit", "5" } };

#define WORK "/work"
#define MINE "/documents?mine=true&state=open&limit=10&sort=due"

/* What Home shows, where it goes, and in which zone its reader is. `work`,
 * `mine` and `forms` are NULL where they could not be read. */
struct home {
    struct http_request *req;
    struct wf_buf *out;
    const char *zone;
    const struct wf_json *work, *mine, *forms;
};

static bool has_app(const struct http_request *req)
{
    return http_asset_text(req->site, "shell/body.html") != NULL;
}

/* --- What waits */

static void write_csrf(struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<input type=\"hidden\" name=\"csrf\" value=\"");
    http_html_text(out, http_auth_page_token(req));
    wf_buf_str(out, "\">");
}

/* Verbs behind "more": they ask for people first, which a page alone cannot. */
static bool is_seldom(const char *action)
{
    static const char *const verbs[] = { "transfer",     "delegate",
                                         "add-approver", "remove-approver",
                                         "cc",           "urge" };

    for (size_t i = 0; i < WF_COUNT(verbs); i++)
        if (wf_streq(action, verbs[i]))
            return true;
    return false;
}

static void write_button(const char *document, const char *id,
                         const char *label, bool first, struct wf_buf *out)
{
    wf_buf_printf(out, "<button class=\"%s\" data-action=\"",
                  first ? "primary" : "");
    http_html_text(out, id);
    wf_buf_str(out, "\" formaction=\"/api/v1/documents/");
    http_html_text(out, document);
    wf_buf_str(out, "/actions/");
    http_html_text(out, id);
    wf_buf_str(out, "\">");
    http_html_text(out, label);
    wf_buf_str(out, "</button>");
}

static void write_buttons(const struct http_request *req,
                          const struct wf_json *item, const char *document,
                          struct wf_buf *out)
{
    const struct wf_json *actions = wf_json_get(item, "actions");
    const struct wf_json *labels = wf_json_get(item, "labels");
    size_t n = 0;

    wf_buf_str(out, "<div class=\"buttons \">");
    for (size_t i = 0; i < wf_json_len(actions); i++) {
        const char *id = wf_json_str(actions->u.array.at[i]);

        if (!is_seldom(id))
            write_button(document, id, wf_json_str(wf_json_get(labels, id)),
                         n++ == 0, out);
    }
    if (n < wf_json_len(actions) && has_app(req)) {
        wf_buf_str(out, "<details class=\"more\"><summary class=\"button\" "
                        "aria-label=\"");
        http_html_say(req, out, WF_MESSAGE("More actions"));
        wf_buf_str(out, "\">");
        http_html_icon("more", out);
        wf_buf_str(out, "</summary></details>");
    }
    wf_buf_str(out, "</div>");
}

/* Its day is enough; a page shows the instant to whoever points at it. */
static void write_day(const struct home *home, const char *label,
                      const char *time, bool late)
{
    struct wf_buf *out = home->out;

    if (!time)
        return;
    wf_buf_printf(out, "<span%s>", late ? " class=\"late\"" : "");
    http_html_text(out, wf_message(home->req->lang, label));
    wf_buf_printf(out, " <time datetime=\"%s\" title=\"%s\">", time, time);
    http_page_day(home->req, home->zone, time, out);
    wf_buf_str(out, "</time></span>");
}

static void write_facts(const struct home *home, const struct wf_json *item)
{
    struct wf_buf *out = home->out;
    bool late = wf_json_is_true(wf_json_get(item, "overdue"));

    wf_buf_str(out, "<p class=\"facts\"><span>");
    http_html_text(out, wf_json_str(wf_json_get(wf_json_get(item, "document"),
                                                "form_label")));
    wf_buf_str(out, "</span><span>");
    http_html_text(out, wf_json_str(wf_json_get(item, "label")));
    wf_buf_str(out, "</span>");
    write_day(home, late ? WF_MESSAGE("Overdue since") : WF_MESSAGE("Due"),
              wf_json_str(wf_json_get(item, "due")), late);
    write_day(home, WF_MESSAGE("Since"),
              wf_json_str(wf_json_get(item, "since")), false);
    wf_buf_str(out, "</p>");
}

static void write_title(const struct wf_json *document, struct wf_buf *out)
{
    wf_buf_str(out, "<h3><a href=\"/documents/");
    http_html_text(out, wf_json_str(wf_json_get(document, "id")));
    wf_buf_str(out, "\">");
    http_html_text(out, wf_json_str(wf_json_get(document, "title")));
    wf_buf_str(out, "</a></h3>");
}

/* The script takes what follows its own from behind: the token stands last. */
static void write_item(const struct home *home, const struct wf_json *item)
{
    struct http_request *req = home->req;
    struct wf_buf *out = home->out;
    const struct wf_json *document = wf_json_get(item, "document");

    wf_buf_str(out, "<li><form class=\"row\" method=\"post\">"
                    "<div class=\"what\">");
    write_title(document, out);
    write_facts(home, item);
    wf_buf_str(out, "</div><details class=\"note\"><summary>");
    http_html_say(req, out, WF_MESSAGE("Comment"));
    wf_buf_str(out, "</summary><textarea name=\"comment\" rows=\"2\" "
                    "aria-label=\"");
    http_html_say(req, out, WF_MESSAGE("Comment"));
    wf_buf_str(out, "\"></textarea></details>");
    write_buttons(req, item, wf_json_str(wf_json_get(document, "id")), out);
    write_csrf(req, out);
    wf_buf_str(out, "</form></li>");
}

static void write_items(const struct home *home, size_t from, size_t to)
{
    struct wf_buf *out = home->out;

    wf_buf_str(out, "<ol class=\"rows\">");
    for (size_t i = from; i < to; i++)
        write_item(home, home->work->u.array.at[i]);
    wf_buf_str(out, "</ol>");
}

/* The inbox needs script: who has none sees all of it here. */
static void write_rest(const struct home *home)
{
    struct wf_buf *out = home->out;

    wf_buf_str(out, "<noscript>");
    write_items(home, SHOWN, wf_json_len(home->work));
    wf_buf_str(out, "</noscript><p><a href=\"/inbox\">");
    http_html_printf(home->req, out,
                     wf_message(home->req->lang, "All %zu in the inbox"),
                     wf_json_len(home->work));
    wf_buf_str(out, "</a></p>");
}

static void write_work(const struct home *home)
{
    struct http_request *req = home->req;
    struct wf_buf *out = home->out;
    size_t n = wf_json_len(home->work),
           shown = has_app(req) && n > SHOWN ? SHOWN : n;

    wf_buf_str(out, "<section class=\"block\"><h2>");
    http_html_say(req, out, WF_MESSAGE("What waits for me"));
    if (n)
        wf_buf_printf(out, "<span class=\"count\">%zu</span>", n);
    wf_buf_str(out, "</h2>");
    if (n) {
        write_items(home, 0, shown);
    } else {
        wf_buf_str(out, "<p class=\"empty\">");
        http_html_say(req, out, WF_MESSAGE("Nothing waits for you."));
        wf_buf_str(out, "</p>");
    }
    if (shown < n)
        write_rest(home);
    wf_buf_str(out, "</section>");
}

/* --- What else I have under way */

static bool waits(const struct home *home, const struct wf_json *document)
{
    const char *id = wf_json_str(wf_json_get(document, "id"));

    for (size_t i = 0; i < wf_json_len(home->work); i++)
        if (wf_streq(id, wf_json_str(wf_json_get(
                             wf_json_get(home->work->u.array.at[i], "document"),
                             "id"))))
            return true;
    return false;
}

/* A shape, a colour and a word. */
static void write_light(const struct http_request *req, const char *health,
                        struct wf_buf *out)
{
    static const struct {
        const char *health, *word;
    } lights[] = {
        { "green", WF_MESSAGE("on track") },
        { "yellow", WF_MESSAGE("at risk") },
        { "red", WF_MESSAGE("off track") },
    };

    for (size_t i = 0; i < WF_COUNT(lights); i++) {
        if (!wf_streq(health, lights[i].health))
            continue;
        wf_buf_printf(out, "<span class=\"light %s\">", health);
        http_html_icon(health, out);
        http_html_say(req, out, lights[i].word);
        wf_buf_str(out, "</span>");
        return;
    }
    wf_buf_str(out, "<span></span>");
}

static bool is_number(const struct wf_json *json)
{
    return json && json->type == WF_JSON_NUMBER;
}

/* How far it has come, else what it was given. */
static void write_figure(const struct http_request *req,
                         const struct wf_json *item, struct wf_buf *out)
{
    const struct wf_json *progress = wf_json_get(item, "progress");
    const struct wf_json *score = wf_json_get(item, "score");
    char text[32];

    if (is_number(progress)) {
        wf_number_write(progress->u.number, text);
        wf_buf_printf(out,
                      "<span class=\"figure\"><progress max=\"100\" "
                      "value=\"%s\" aria-label=\"",
                      text);
        http_html_say(req, out, WF_MESSAGE("Progress"));
        wf_buf_printf(out, "\"></progress> %s%%</span>", text);
    } else if (is_number(score)) {
        wf_number_write(score->u.number, text);
        wf_buf_str(out, "<span class=\"figure\"><span class=\"dim\">");
        http_html_say(req, out, WF_MESSAGE("Score"));
        wf_buf_printf(out, "</span> %s</span>", text);
    } else {
        wf_buf_str(out, "<span></span>");
    }
}

static const char *form_label(const struct home *home, const char *form)
{
    for (size_t i = 0; i < wf_json_len(home->forms); i++) {
        const struct wf_json *one = home->forms->u.array.at[i];

        if (wf_streq(wf_json_str(wf_json_get(one, "id")), form))
            return wf_json_str(wf_json_get(one, "label"));
    }
    return "";
}

static void write_mine_item(const struct home *home, const struct wf_json *item)
{
    struct http_request *req = home->req;
    struct wf_buf *out = home->out;
    const char *health = wf_json_str(wf_json_get(item, "health"));

    wf_buf_str(out, "<li><div class=\"row\"><div class=\"what\">");
    write_title(item, out);
    wf_buf_str(out, "<p class=\"facts\"><span>");
    http_html_text(out,
                   form_label(home, wf_json_str(wf_json_get(item, "form"))));
    wf_buf_str(out, "</span>");
    write_day(home, WF_MESSAGE("Due"), wf_json_str(wf_json_get(item, "due")),
              false);
    write_day(home, WF_MESSAGE("Changed"),
              wf_json_str(wf_json_get(item, "updated")), false);
    wf_buf_str(out, "</p></div>");
    write_light(req, health ? health : "", out);
    write_figure(req, item, out);
    wf_buf_str(out, "</div></li>");
}

static void write_mine_items(const struct home *home)
{
    const struct wf_json *items = home->mine;

    wf_buf_str(home->out, "<ul class=\"rows\">");
    for (size_t i = 0; i < wf_json_len(items); i++)
        if (!waits(home, items->u.array.at[i]))
            write_mine_item(home, items->u.array.at[i]);
    wf_buf_str(home->out, "</ul>");
}

static void write_mine(const struct home *home)
{
    struct http_request *req = home->req;
    struct wf_buf *out = home->out;
    size_t n = 0;

    for (size_t i = 0; i < wf_json_len(home->mine); i++)
        n += waits(home, home->mine->u.array.at[i]) ? 0 : 1;
    if (n == 0 && !has_app(req))
        return;
    wf_buf_str(out, "<section class=\"block\"><h2>");
    http_html_say(req, out, WF_MESSAGE("Under way"));
    wf_buf_str(out, "</h2>");
    if (n) {
        write_mine_items(home);
    } else {
        wf_buf_str(out, "<p class=\"empty\">");
        http_html_say(req, out,
                      WF_MESSAGE("You have nothing under way. Begin "
                                 "something on this page."));
        wf_buf_str(out, "</p>");
    }
    wf_buf_str(out, "</section>");
}

/* --- The frame */

static void write_foot(struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<footer class=\"foot\"><span>");
    http_html_say(req, out, WF_MESSAGE("Signed in as"));
    wf_buf_char(out, ' ');
    http_html_text(out, weft_session_login(req->session));
    wf_buf_str(out, "</span><form method=\"post\" action=\"/sign-out\">");
    write_csrf(req, out);
    wf_buf_str(out, "<button>");
    http_html_say(req, out, WF_MESSAGE("Sign out"));
    wf_buf_str(out, "</button></form></footer>");
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

static bool read_home(struct home *home, struct http_page_data *data)
{
    struct http_request *req = home->req;
    weft_error *err = &req->result.error;
    weft_reply *work = weft_work_list(req->session, NULL, 0);
    weft_reply *mine =
        weft_document_list(req->session, mine_params, WF_COUNT(mine_params));

    weft_reply *forms = weft_form_list(req->session);

    http_page_data_add(data, WORK, work);
    http_page_data_add(data, MINE, mine);
    http_page_data_add(data, "/forms", forms);
    http_page_data_add(data, "/notifications?limit=5",
                       weft_notification_list(req->session, told_params,
                                              WF_COUNT(told_params)));
    home->work = items_of(req, work, err);
    home->mine = items_of(req, mine, err);
    home->forms = items_of(req, forms, err);
    return home->work && home->mine && home->forms;
}

static void write_home(const struct home *home)
{
    wf_buf_str(home->out, "<header class=\"head\"><h1>");
    http_html_say(home->req, home->out, WF_MESSAGE("Today"));
    wf_buf_str(home->out, "</h1></header>");
    write_work(home);
    write_mine(home);
}

/* Another place: its script writes it. */
static void write_place_for_script(const struct http_request *req,
                                   struct wf_buf *out)
{
    wf_buf_str(out, "<noscript><p>");
    http_html_say(req, out,
                  WF_MESSAGE("This page needs script. What waits for you works "
                             "without."));
    wf_buf_str(out, " <a href=\"/\">");
    http_html_say(req, out, WF_MESSAGE("What waits for me"));
    wf_buf_str(out, "</a></p></noscript>");
}

/* Of which place it is: a page may be kept and shown at another. */
static void write_path(const struct http_target *target, struct wf_buf *out)
{
    for (size_t i = 0; i < target->n_segments; i++) {
        wf_buf_char(out, '/');
        http_html_text(out, target->segments[i]);
    }
    if (target->n_segments == 0)
        wf_buf_char(out, '/');
}

static void write_skip(const struct http_request *req, struct wf_buf *out)
{
    wf_buf_str(out, "<a class=\"skip\" href=\"#main\">");
    http_html_say(req, out, WF_MESSAGE("To the page"));
    wf_buf_str(out, "</a>");
}

static void write_page(struct http_request *req, struct http_page_data *data)
{
    bool is_home = req->target.n_segments == 0 || !has_app(req);
    struct wf_buf out = WF_BUF_INIT(req->arena);
    weft_reply *reply = weft_me(req->session);
    const struct wf_json *me = body_of(req, reply, &req->result.error);
    struct home home = {
        .req = req,
        .out = &out,
        .zone = wf_json_str(wf_json_get(me, "timezone")),
    };

    http_page_data_add(data, "/me", reply);
    if (!me || (is_home && !read_home(&home, data)))
        return;
    http_page_begin(req, is_home ? wf_message(req->lang, "Today") : "Weft",
                    &out);
    wf_buf_str(&out, "<div id=\"app\" class=\"app\" data-at=\"");
    write_path(&req->target, &out);
    wf_buf_str(&out, "\">");
    if (has_app(req)) {
        write_skip(req, &out);
        http_page_places(req, me, wf_json_len(home.work), &out);
    }
    wf_buf_str(&out, "<main class=\"main\" id=\"main\" tabindex=\"-1\">");
    if (is_home)
        write_home(&home);
    else
        write_place_for_script(req, &out);
    write_foot(req, &out);
    wf_buf_str(&out, "</main></div>\n");
    if (has_app(req))
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
