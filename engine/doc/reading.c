/* doc/reading.c - the table of who has looked at whose documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/reading.h"

#include "base/date.h"
#include "base/error.h"

#define DAY_MS INT64_C(86400000)

/* An anonymous answer is about nobody, and so is what has neither. */
static const char SQL_ADD[] =
    "INSERT INTO reading (document, reader, day, person, form, at)"
    " SELECT d.id, $2, $3, coalesce(d.subject, d.creator), d.form, $4"
    " FROM document d WHERE d.id = $1"
    " AND coalesce(d.subject, d.creator) <> $2"
    " ON CONFLICT DO NOTHING";
static const char SQL_FORGET[] = "DELETE FROM reading WHERE day < $1";
static const char SQL_LIST[] =
    "SELECT r.at, r.document, r.form, p.id, p.login, p.name FROM reading r"
    " LEFT JOIN person p ON p.id = r.reader"
    " WHERE r.person = $1 AND (r.at, r.document, r.reader) < ($2, $3, $4)"
    " ORDER BY r.at DESC, r.document DESC, r.reader DESC LIMIT $5";

static void write_day(int64_t ms, char text[WF_DATE_TEXT])
{
    wf_date_write((int32_t)(ms / DAY_MS), text);
}

bool wf_reading_add(struct wf_call *call, wf_id document, wf_id reader,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    char day[WF_DATE_TEXT];

    write_day(call->now, day);
    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_int(&q, 2, reader);
    wf_stmt_bind_text(&q, 3, day);
    wf_stmt_bind_int(&q, 4, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_readings_forget(struct wf_call *call, int days, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    char day[WF_DATE_TEXT];

    write_day(call->now - days * DAY_MS, day);
    if (!wf_stmt_begin(call->db, SQL_FORGET, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, day);
    return wf_stmt_run(&q, err);
}

/* --- Lists */

/* A page begins behind [at, document, reader]; the id of a cursor is `at`. */
static void bind_start(struct wf_stmt *q, const struct wf_cursor *from)
{
    int64_t document = INT64_MAX, reader = INT64_MAX;

    if (from->id && wf_json_len(from->value) == 2) {
        (void)wf_id_parse(wf_str_of(wf_json_str(from->value->u.array.at[0])),
                          &document);
        (void)wf_id_parse(wf_str_of(wf_json_str(from->value->u.array.at[1])),
                          &reader);
    }
    wf_stmt_bind_int(q, 2, from->id ? from->id : INT64_MAX);
    wf_stmt_bind_int(q, 3, document);
    wf_stmt_bind_int(q, 4, reader);
}

static void write_row(struct wf_stmt *q, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key(out, "reader");
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, 3));
    wf_jw_key_text(out, "login", wf_stmt_text(q, 4));
    wf_jw_key_text(out, "name", wf_stmt_text(q, 5));
    wf_jw_close(out, '}');
    wf_jw_key_id_or_null(out, "document", wf_stmt_int(q, 1));
    wf_jw_key_text(out, "form", wf_stmt_text(q, 2));
    wf_jw_key_time(out, "at", wf_stmt_int(q, 0));
    wf_jw_close(out, '}');
}

static struct wf_json *id_text(struct wf_arena *arena, wf_id id)
{
    char text[WF_ID_TEXT];

    wf_id_write(id, text);
    return wf_json_text(arena, text);
}

/* The cursor behind the row that `q` stands on. */
static struct wf_cursor behind(struct wf_call *call, struct wf_stmt *q)
{
    struct wf_json *rest = wf_json_array(call->arena);

    wf_json_push(call->arena, rest, id_text(call->arena, wf_stmt_int(q, 1)));
    wf_json_push(call->arena, rest, id_text(call->arena, wf_stmt_int(q, 3)));
    return (struct wf_cursor){ "readers", rest, wf_stmt_int(q, 0) };
}

bool wf_reading_list(struct wf_call *call, wf_id person,
                     const struct wf_page *page, struct wf_json_writer *out,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_cursor from = { .list = "readers" };
    struct wf_cursor next = from;
    enum wf_fetch got;
    int n = 0;

    if (!wf_page_read(call->arena, page, &from, err)
        || !wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    bind_start(&q, &from);
    wf_stmt_bind_int(&q, 5, page->limit + 1);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        if (n == page->limit) {
            n++;
            continue; /* there is more */
        }
        write_row(&q, out);
        if (++n == page->limit)
            next = behind(call, &q);
    }
    wf_jw_close(out, ']');
    wf_cursor_write(call->arena, n > page->limit ? &next : NULL, out);
    wf_jw_close(out, '}');
    return got == WF_FETCH_DONE;
}
