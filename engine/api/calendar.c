/* api/calendar.c - what somebody has to do, and by when, as a calendar.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/report.h>

#include "api/command.h"
#include "base/date.h"
#include "base/id.h"
#include "base/list.h"
#include "base/messages.h"
#include "doc/list.h"
#include "report/ics.h"

enum {
    MOST = 200 /* of work, and of documents */
};

struct feed {
    const char *site;
    bool as_tasks;
};

/* A list as its page has it, read again. */
typedef bool list_fn(struct wf_turn *turn, struct wf_json_writer *out,
                     weft_error *err);

static bool items_of(struct wf_turn *turn, list_fn *list,
                     const struct wf_json **items, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_buf text = WF_BUF_INIT(turn->call.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    struct wf_json *json;

    if (!list(turn, &out, err)
        || !wf_json_parse(turn->call.arena, text.data, text.len, &limits, &json,
                          err))
        return false;
    *items = wf_json_get(json, "items");
    return true;
}

static bool list_work(struct wf_turn *turn, struct wf_json_writer *out,
                      weft_error *err)
{
    struct wf_work_query query = { .limit = MOST };

    return wf_work_list(&turn->flow, &query, out, err);
}

static bool list_documents(struct wf_turn *turn, struct wf_json_writer *out,
                           weft_error *err)
{
    const struct wf_list_query query = { .mine = true,
                                         .state = "open",
                                         .signed_ = true,
                                         .sort = "due",
                                         .limit = MOST };

    return wf_list_documents(&turn->call, &query, out, err);
}

static const char *text_of(const struct wf_json *item, const char *key)
{
    const char *text = wf_json_str(wf_json_get(item, key));

    return text ? text : "";
}

static int64_t time_of(const struct wf_json *item, const char *key)
{
    int64_t ms = 0;

    return wf_time_parse(wf_str_of(text_of(item, key)), &ms) ? ms : 0;
}

/* Where the document lies in the application. */
static const char *url_of(const struct wf_turn *turn, const struct feed *feed,
                          const char *id)
{
    return wf_arena_printf(turn->call.arena, "%s/documents/%s", feed->site, id);
}

/* What is answered anonymously is in no calendar, which others may see: its
 * seat is the document itself. */
static void add_work(struct wf_turn *turn, const struct feed *feed,
                     const struct wf_json *item)
{
    const struct wf_json *document = wf_json_get(item, "document");
    struct wf_arena *arena = turn->call.arena;
    const char *id = text_of(item, "id");
    struct wf_ics_entry entry = {
        .uid = wf_arena_printf(arena, "work-%s@weft", id),
        .summary = wf_arena_printf(arena, "%s: %s", text_of(item, "label"),
                                   text_of(document, "title")),
        .url = url_of(turn, feed, text_of(document, "id")),
        .due = time_of(item, "due"),
        .changed = time_of(item, "since"),
    };

    if (entry.due && !wf_streq(id, text_of(document, "id")))
        wf_ics_add(&turn->body, &entry, feed->as_tasks);
}

static void add_document(struct wf_turn *turn, const struct feed *feed,
                         const struct wf_json *item)
{
    const char *id = text_of(item, "id");
    struct wf_ics_entry entry = {
        .uid = wf_arena_printf(turn->call.arena, "document-%s@weft", id),
        .summary = text_of(item, "title"),
        .url = url_of(turn, feed, id),
        .due = time_of(item, "due"),
        .changed = time_of(item, "updated"),
    };

    if (entry.due)
        wf_ics_add(&turn->body, &entry, feed->as_tasks);
}

static bool write(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct feed *feed = with;
    const struct wf_json *work, *documents;

    if (!items_of(turn, list_work, &work, err)
        || !items_of(turn, list_documents, &documents, err))
        return false;
    wf_ics_begin(&turn->body,
                 wf_arena_printf(turn->call.arena, "Weft: %s",
                                 turn->call.me ? turn->call.me->name : ""));
    for (size_t i = 0; i < wf_json_len(work); i++)
        add_work(turn, feed, work->u.array.at[i]);
    for (size_t i = 0; i < wf_json_len(documents); i++)
        add_document(turn, feed, documents->u.array.at[i]);
    wf_ics_end(&turn->body);
    return true;
}

weft_reply *weft_calendar(weft_session *session, const char *site,
                          bool as_tasks)
{
    struct feed feed = { site, as_tasks };

    return wf_question(session, WEFT_SCOPE_CALENDAR, write, &feed);
}
