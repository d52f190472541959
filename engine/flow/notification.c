/* flow/notification.c - the table of notifications.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/notification.h"

#include "base/error.h"
#include "base/list.h"
#include "base/messages.h"
#include "doc/title.h"
#include "flow/outbox.h"

static const char SQL_ADD[] =
    "INSERT INTO notification (id, person, document, text, at, kind)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
enum {
    ROWS_FOR_ONE = 8 /* of reminders that stand together, at the utmost */
};

/* One more than is shown tells whether there are more. */
static const char SQL_LIST[] =
    "SELECT id, document, text, at, read, kind FROM notification"
    " WHERE person = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
static const char SQL_UNREAD[] =
    "SELECT id, document, text, at, read, kind FROM notification"
    " WHERE person = $1 AND id < $2 AND read IS NULL ORDER BY id DESC LIMIT $3";
static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM (SELECT id FROM notification"
    " WHERE person = $1 AND read IS NULL LIMIT 100) AS unread";
static const char SQL_READ[] =
    "UPDATE notification SET read = $3"
    " WHERE person = $1 AND id <= $2 AND read IS NULL";

static bool add(struct wf_call *call, const struct wf_told *told, wf_id id,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    wf_stmt_bind_id(&q, 2, told->person);
    wf_stmt_bind_id(&q, 3, told->document);
    wf_stmt_bind_text(&q, 4, told->text);
    wf_stmt_bind_int(&q, 5, call->now);
    wf_stmt_bind_text(&q, 6, wf_matter_name(told->matter));
    return wf_stmt_run(&q, err);
}

bool wf_notification_add(struct wf_call *call, const struct wf_told *told,
                         weft_error *err)
{
    struct wf_news_item item = { .person = told->person,
                                 .matter = told->matter,
                                 .urgent = told->urgent,
                                 .id = wf_id_next(call->ids) };

    *WF_PUSH(call->arena, &call->told) =
        (struct wf_call_told){ told->person, told->document };
    return add(call, told, item.id, err) && wf_outbox_tell(call, &item, err);
}

/* --- What becomes of a document */

/* Whether the form itself has told them of it in this command. */
static bool was_told(const struct wf_call *call, const struct wf_told *told)
{
    for (size_t i = 0; i < call->told.n; i++)
        if (call->told.at[i].person == told->person
            && call->told.at[i].document == told->document)
            return true;
    return false;
}

bool wf_hearer_find(struct wf_call *call, const struct wf_doc *doc,
                    wf_id person, struct wf_hearer *out, weft_error *err)
{
    const struct wf_person *who;

    *out = (struct wf_hearer){ .person = NULL };
    if (!wf_person_find(call, person, &who, err))
        return false;
    if (!who || !who->active)
        return true;
    out->person = who;
    out->lang = wf_lang_choose(who->locale, doc->form->package->lang);
    return wf_title_for(call, doc, who, out->lang, &out->title, err);
}

static bool tell_creator(struct wf_call *call, const struct wf_doc *doc,
                         enum wf_matter matter, const char *text,
                         weft_error *err)
{
    struct wf_told told = { .person = doc->creator,
                            .document = doc->id,
                            .matter = matter };
    struct wf_hearer hearer;

    if (!doc->creator || doc->veil || call->system
        || (call->me && call->me->id == doc->creator) || was_told(call, &told))
        return true;
    if (!wf_hearer_find(call, doc, doc->creator, &hearer, err))
        return false;
    if (!hearer.person)
        return true;
    told.text = wf_arena_printf(call->arena, "%s: %s",
                                wf_message(hearer.lang, text), hearer.title);
    return wf_notification_add(call, &told, err);
}

bool wf_notification_ended(struct wf_call *call, const struct wf_doc *doc,
                           weft_error *err)
{
    if (doc->state == WF_OPEN)
        return true;
    return tell_creator(call, doc, WF_MATTER_DONE,
                        doc->state == WF_DONE
                            ? WF_MESSAGE("This is finished")
                            : WF_MESSAGE("This was not approved"),
                        err);
}

bool wf_notification_returned(struct wf_call *call, const struct wf_doc *doc,
                              weft_error *err)
{
    return tell_creator(call, doc, WF_MATTER_RETURNED,
                        WF_MESSAGE("This was returned to you"), err);
}

/* --- Reading */

static wf_id me_of(const struct wf_call *call)
{
    return call->me ? call->me->id : 0;
}

/* One of a list, and those before it that said the same. */
struct item {
    wf_id id, document;
    const char *kind, *text;
    int64_t at;
    bool is_read;
    int times;
};

struct items {
    struct item *at;
    size_t n, cap;
};

static struct item read_item(struct wf_arena *arena, struct wf_stmt *q)
{
    return (struct item){
        .id = wf_stmt_int(q, 0),
        .document = wf_stmt_int(q, 1),
        .text = wf_stmt_str(q, 2, arena),
        .at = wf_stmt_int(q, 3),
        .is_read = !wf_stmt_is_null(q, 4),
        .kind = wf_stmt_str(q, 5, arena),
        .times = 1,
    };
}

/* Being reminded of a document again is no other news. */
static bool is_repeated(const struct item *item)
{
    return item->document
           && (wf_streq(item->kind, wf_matter_name(WF_MATTER_DUE))
               || wf_streq(item->kind, wf_matter_name(WF_MATTER_URGED)));
}

/* The newer one that stands for `item` as well; NULL: none. */
static struct item *standing_for(const struct items *items,
                                 const struct item *item)
{
    for (size_t i = 0; is_repeated(item) && i < items->n; i++)
        if (items->at[i].document == item->document
            && wf_streq(items->at[i].kind, item->kind))
            return &items->at[i];
    return NULL;
}

static void write_item(const struct item *item, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", item->id);
    wf_jw_key_text(out, "kind", item->kind);
    wf_jw_key_id_or_null(out, "document", item->document);
    wf_jw_key_text(out, "text", item->text);
    wf_jw_key_time(out, "at", item->at);
    wf_jw_key(out, "read");
    wf_jw_bool(out, item->is_read);
    if (item->times > 1) {
        wf_jw_key(out, "times");
        wf_jw_int(out, item->times);
    }
    wf_jw_close(out, '}');
}

static bool write_count(struct wf_call *call, struct wf_json_writer *out,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_COUNT, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, me_of(call));
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    wf_jw_key(out, "unread");
    wf_jw_int(out, wf_stmt_int(&q, 0));
    return true;
}

/* *next: the last one that was read where there are more; 0. */
static bool read_items(struct wf_call *call, const struct wf_told_query *query,
                       wf_id below, struct items *out, wf_id *next,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;
    wf_id last = 0;
    int n = 0, most = query->limit * (query->each ? 1 : ROWS_FOR_ONE);

    *next = 0;
    if (!wf_stmt_begin(call->db, query->unread ? SQL_UNREAD : SQL_LIST, &q,
                       err))
        return false;
    wf_stmt_bind_int(&q, 1, me_of(call));
    wf_stmt_bind_int(&q, 2, below);
    wf_stmt_bind_int(&q, 3, most + 1);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct item item = read_item(call->arena, &q), *newer;

        newer = query->each ? NULL : standing_for(out, &item);
        if (n++ == most || (!newer && out->n == (size_t)query->limit)) {
            *next = last;
            return true;
        }
        last = item.id;
        if (newer)
            newer->times++;
        else
            *WF_PUSH(call->arena, out) = item;
    }
    return fetch == WF_FETCH_DONE;
}

bool wf_notification_list(struct wf_call *call,
                          const struct wf_told_query *query,
                          struct wf_json_writer *out, weft_error *err)
{
    wf_id below = INT64_MAX, next;
    struct items items = { 0 };

    if (query->cursor && !wf_id_parse(wf_str_of(query->cursor), &below))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "This cursor is not one that a list has given.");
    if (!read_items(call, query, below, &items, &next, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < items.n; i++)
        write_item(&items.at[i], out);
    wf_jw_close(out, ']');
    if (!write_count(call, out, err))
        return false;
    wf_jw_key_id_or_null(out, "next", next);
    wf_jw_close(out, '}');
    return true;
}

bool wf_notification_read(struct wf_call *call, wf_id upto, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_READ, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, me_of(call));
    wf_stmt_bind_int(&q, 2, upto ? upto : INT64_MAX);
    wf_stmt_bind_int(&q, 3, call->now);
    return wf_stmt_run(&q, err);
}
