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

static void write_row(struct wf_stmt *q, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, 0));
    wf_jw_key_text(out, "kind", wf_stmt_text(q, 5));
    wf_jw_key_id_or_null(out, "document", wf_stmt_int(q, 1));
    wf_jw_key_text(out, "text", wf_stmt_text(q, 2));
    wf_jw_key_time(out, "at", wf_stmt_int(q, 3));
    wf_jw_key(out, "read");
    wf_jw_bool(out, !wf_stmt_is_null(q, 4));
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

/* *next: the last one written where there are more; 0. */
static bool write_items(struct wf_call *call, const struct wf_told_query *query,
                        wf_id below, wf_id *next, struct wf_json_writer *out,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;
    wf_id last = 0;
    int n = 0;

    if (!wf_stmt_begin(call->db, query->unread ? SQL_UNREAD : SQL_LIST, &q,
                       err))
        return false;
    wf_stmt_bind_int(&q, 1, me_of(call));
    wf_stmt_bind_int(&q, 2, below);
    wf_stmt_bind_int(&q, 3, query->limit + 1);
    for (; (fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW; n++) {
        if (n == query->limit)
            continue;
        last = wf_stmt_int(&q, 0);
        write_row(&q, out);
    }
    *next = n > query->limit ? last : 0;
    return fetch == WF_FETCH_DONE;
}

bool wf_notification_list(struct wf_call *call,
                          const struct wf_told_query *query,
                          struct wf_json_writer *out, weft_error *err)
{
    wf_id below = INT64_MAX, next;

    if (query->cursor && !wf_id_parse(wf_str_of(query->cursor), &below))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "This cursor is not one that a list has given.");
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    if (!write_items(call, query, below, &next, out, err))
        return false;
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
