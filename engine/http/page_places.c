/* http/page_places.c - the bar of places beside each page.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/page_places.h"

#include "base/messages.h"
#include "http/page.h"

enum {
    ON_A_PHONE = 6 /* places that its bar has room for */
};

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

/* The bar of places while it is written. */
struct bar {
    struct http_request *req;
    struct wf_buf *out;
    size_t waiting; /* in the inbox */
    size_t n;       /* written so far */
};

/* Whether the page is at the place or in it. What is begun is a document. */
static bool is_here(const struct http_request *req, const char *path)
{
    const struct http_target *at = &req->target;
    struct wf_str rest = wf_str_of(path + 1), part;
    size_t n = 0;

    if (!path[1])
        return at->n_segments == 0;
    if (at->n_segments && wf_streq(at->segments[0], "new"))
        return wf_streq(path, "/documents");
    while (wf_str_split(&rest, '/', &part))
        if (n >= at->n_segments || !wf_str_is(part, at->segments[n++]))
            return false;
    return true;
}

static void write_waiting(const struct bar *bar)
{
    wf_buf_str(bar->out, "<span class=\"count\" aria-label=\"");
    http_html_printf(bar->req, bar->out, wf_message(bar->req->lang, "%zu wait"),
                     bar->waiting);
    wf_buf_printf(bar->out, "\">%zu</span>", bar->waiting);
}

static void write_place(struct bar *bar, const char *path, const char *icon,
                        const char *label)
{
    struct wf_buf *out = bar->out;

    bar->n++;
    wf_buf_str(out, "<a href=\"");
    http_html_text(out, path);
    wf_buf_printf(out, "\"%s>",
                  is_here(bar->req, path) ? " aria-current=\"page\"" : "");
    http_html_icon(icon, out);
    wf_buf_str(out, "<span>");
    http_html_text(out, label);
    wf_buf_str(out, "</span>");
    if (bar->waiting && wf_streq(path, "/inbox"))
        write_waiting(bar);
    wf_buf_str(out, "</a>");
}

/* What packages have for me, as "/me" says. */
static void write_own(struct bar *bar, const struct wf_json *me)
{
    const struct wf_json *own = wf_json_get(me, "places");

    for (size_t i = 0; i < wf_json_len(own); i++) {
        const struct wf_json *at = own->u.array.at[i];
        const char *icon = wf_json_str(wf_json_get(at, "icon"));
        const char *view = wf_json_str(wf_json_get(at, "view"));

        write_place(bar,
                    wf_arena_printf(bar->req->arena, "/places/%s",
                                    wf_json_str(wf_json_get(at, "id"))),
                    icon   ? icon
                    : view ? view
                           : "list",
                    wf_json_str(wf_json_get(at, "label")));
    }
}

/* On a phone those that have no room stand behind this (frame.css). */
static void write_more_places(struct bar *bar)
{
    wf_buf_str(bar->out, "<button type=\"button\" class=\"all-places\" "
                         "aria-expanded=\"false\">");
    http_html_icon("more", bar->out);
    wf_buf_str(bar->out, "<span>");
    http_html_say(bar->req, bar->out, WF_MESSAGE("More"));
    wf_buf_str(bar->out, "</span></button>");
}

void http_page_places(struct http_request *req, const struct wf_json *me,
                      size_t waiting, struct wf_buf *out)
{
    struct bar bar = { .req = req, .out = out, .waiting = waiting };

    wf_buf_str(out, "<nav class=\"places\" aria-label=\"Weft\">");
    for (size_t i = 0; i < WF_COUNT(places); i++) {
        unsigned scope = places[i].scope;

        if (places[i].after_own)
            write_own(&bar, me);
        if ((weft_session_scopes(req->session) & scope) == scope)
            write_place(&bar, places[i].path, places[i].icon,
                        wf_message(req->lang, places[i].label));
    }
    if (bar.n > ON_A_PHONE)
        write_more_places(&bar);
    wf_buf_str(out, "</nav>");
}
