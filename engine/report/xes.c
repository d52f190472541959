/* report/xes.c - what happened to documents as an event log that process mining
 * reads (XES, IEEE 1849).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/xes.h"

#include "base/date.h"
#include "base/error.h"
#include "doc/listing.h"
#include "markup/elem.h"
#include "org/idmap.h"
#include "report/table.h"

enum {
    EVENTS_MAX = 10 * WF_TABLE_ROWS_MAX
};

static const char HEAD[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<log xes.version=\"1849.2016\" xes.features=\"\""
    " xmlns=\"http://www.xes-standard.org/\">\n"
    "<extension name=\"Concept\" prefix=\"concept\""
    " uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
    "<extension name=\"Time\" prefix=\"time\""
    " uri=\"http://www.xes-standard.org/time.xesext\"/>\n"
    "<extension name=\"Lifecycle\" prefix=\"lifecycle\""
    " uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n"
    "<extension name=\"Organizational\" prefix=\"org\""
    " uri=\"http://www.xes-standard.org/org.xesext\"/>\n"
    "<global scope=\"trace\">"
    "<string key=\"concept:name\" value=\"UNKNOWN\"/></global>\n"
    "<global scope=\"event\">"
    "<string key=\"concept:name\" value=\"UNKNOWN\"/>"
    "<string key=\"org:resource\" value=\"UNKNOWN\"/>"
    "<string key=\"lifecycle:transition\" value=\"complete\"/>"
    "<date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000+00:00\"/>"
    "</global>\n"
    "<classifier name=\"Activity\" keys=\"concept:name\"/>\n";

/* One row of the query. */
struct event {
    wf_id document, actor;
    int64_t at, version;
    const char *kind, *step, *level, *reason, *form;
};

struct log {
    struct wf_call *call;
    struct wf_buf *out;
    wf_id document; /* of the open trace; 0: none is open */
    const struct wf_form *form;
    struct wf_idmap people; /* u1, u2, … */
};

static void add_text(struct log *log, const char *key, const char *value)
{
    if (!value)
        return;
    wf_buf_printf(log->out, "<string key=\"%s\" value=\"", key);
    wf_xml_escape(log->out, value, true);
    wf_buf_str(log->out, "\"/>");
}

/* --- Traces */

static void close_trace(struct log *log)
{
    if (log->document)
        wf_buf_str(log->out, "</trace>\n");
    log->document = 0;
}

static bool open_trace(struct log *log, const struct event *event,
                       weft_error *err)
{
    struct wf_arena *arena = log->call->arena;

    close_trace(log);
    log->document = event->document;
    if (!wf_registry_version(log->call->registry, log->call->db,
                             wf_arena_str(arena, event->form),
                             (int)event->version, &log->form, err))
        return false;
    wf_buf_str(log->out, "<trace>");
    add_text(log, "concept:name",
             wf_arena_printf(arena, "doc-%lld", (long long)event->document));
    wf_buf_char(log->out, '\n');
    return true;
}

/* --- Events */

static const char *level_label(const struct log *log,
                               const struct wf_step *step, const char *id)
{
    for (const struct wf_level *l = step ? step->levels : NULL; l; l = l->next)
        if (wf_streq(l->id, id))
            return wf_words_label(l->words, log->call->lang, id);
    return id;
}

/* "Manager · approve"; where it happened may be gone from the form since. */
static const char *activity(const struct log *log, const struct event *event)
{
    const struct wf_step *step =
        event->step ? wf_form_step(log->form, event->step) : NULL;
    const char *place = event->step;

    if (event->level)
        place = level_label(log, step, event->level);
    else if (step)
        place = wf_words_label(step->words, log->call->lang, step->id);
    return place ? wf_arena_printf(log->call->arena, "%s · %s", place,
                                   event->kind)
                 : event->kind;
}

static const char *resource(struct log *log, wf_id person)
{
    struct wf_arena *arena = log->call->arena;
    char *name;

    if (!person)
        return "weft";
    name = wf_idmap_find(&log->people, person);
    if (!name) {
        name = wf_arena_printf(arena, "u%zu", log->people.n + 1);
        wf_idmap_add(arena, &log->people, person, name);
    }
    return name;
}

static bool add_event(struct log *log, const struct event *event,
                      weft_error *err)
{
    struct wf_buf *out = log->out;
    char at[WF_TIME_TEXT];

    if (event->document != log->document && !open_trace(log, event, err))
        return false;
    wf_time_write(event->at, at);
    wf_buf_str(out, "<event>");
    add_text(log, "concept:name", activity(log, event));
    add_text(log, "org:resource", resource(log, event->actor));
    add_text(log, "lifecycle:transition", "complete");
    wf_buf_printf(out, "<date key=\"time:timestamp\" value=\"%.*s+00:00\"/>",
                  (int)strcspn(at, "Z"), at);
    add_text(log, "weft:verb", event->kind);
    add_text(log, "weft:step", event->step);
    add_text(log, "weft:level", event->level);
    add_text(log, "weft:reason", event->reason);
    wf_buf_str(out, "</event>\n");
    return true;
}

/* --- The query */

static bool begin(struct wf_call *call, const struct wf_list_query *asked,
                  struct wf_stmt *q, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_list_query with = *asked;
    struct wf_listing listing;

    with.signed_ = true;
    wf_query_add(&query,
                 WF_SQL("SELECT e.document, e.at, e.actor, e.kind, e.step,"
                        " e.level, e.reason, x.form, x.version FROM event e"
                        " JOIN document x ON x.id = e.document"
                        " WHERE e.document IN (SELECT d.id"));
    if (!wf_listing_begin(&listing, call, &with, err)
        || !wf_listing_add_all(&listing, &query, err))
        return false;
    wf_query_add(&query,
                 WF_SQL(") ORDER BY e.document, COALESCE(e.ordinal, e.at),"
                        " e.lane, e.seq LIMIT "));
    wf_query_bind_int(&query, EVENTS_MAX + 1);
    return wf_query_begin(call->db, &query, q, err);
}

/* The texts last until the next row. */
static void read_event(struct wf_stmt *q, struct event *event)
{
    *event = (struct event){
        .document = wf_stmt_int(q, 0),
        .at = wf_stmt_int(q, 1),
        .actor = wf_stmt_int(q, 2),
        .kind = wf_stmt_text(q, 3),
        .step = wf_stmt_text(q, 4),
        .level = wf_stmt_text(q, 5),
        .reason = wf_stmt_text(q, 6),
        .form = wf_stmt_text(q, 7),
        .version = wf_stmt_int(q, 8),
    };
}

bool wf_xes_write(struct wf_call *call, const struct wf_form *form,
                  const struct wf_list_query *query, struct wf_buf *out,
                  weft_error *err)
{
    struct log log = { .call = call, .out = out };
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;
    size_t n = 0;

    if (!begin(call, query, &q, err))
        return false;
    wf_buf_str(out, HEAD);
    add_text(&log, "concept:name",
             wf_arena_printf(call->arena, "weft:%s", form->id));
    wf_buf_char(out, '\n');
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct event event;

        if (n++ == EVENTS_MAX)
            return wf_fail(err, WEFT_E_TOO_LARGE,
                           "A file has at most %d rows: ask for fewer, by a "
                           "filter, a period or a unit.",
                           EVENTS_MAX);
        read_event(&q, &event);
        if (!add_event(&log, &event, err))
            return false;
    }
    close_trace(&log);
    wf_buf_str(out, "</log>\n");
    return got == WF_FETCH_DONE;
}
