/* flow/notification.c - the table of notifications.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/notification.h"

#include "base/error.h"

static const char SQL_ADD[] =
    "INSERT INTO notification (id, person, document, text, at)"
    " VALUES ($1, $2, $3, $4, $5)";
/* One more than is shown tells whether there are more. */
static const char SQL_LIST[] =
    "SELECT id, document, text, at, read FROM notification"
    " WHERE person = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
static const char SQL_READ[] =
    "UPDATE notification SET read = $3"
    " WHERE person = $1 AND id <= $2 AND read IS NULL";

bool wf_notification_add(struct wf_call *call, wf_id person, wf_id document,
                         const char *text, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, wf_id_next(call->ids));
    wf_stmt_bind_id(&q, 2, person);
    wf_stmt_bind_id(&q, 3, document);
    wf_stmt_bind_text(&q, 4, text);
    wf_stmt_bind_int(&q, 5, call->now);
    return wf_stmt_run(&q, err);
}

static wf_id me_of(const struct wf_call *call)
{
    return call->me ? call->me->id : 0;
}

static void write_row(struct wf_stmt *q, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, 0));
    wf_jw_key_id_or_null(out, "document", wf_stmt_int(q, 1));
    wf_jw_key_text(out, "text", wf_stmt_text(q, 2));
    wf_jw_key_time(out, "at", wf_stmt_int(q, 3));
    wf_jw_key(out, "read");
    wf_jw_bool(out, !wf_stmt_is_null(q, 4));
    wf_jw_close(out, '}');
}

bool wf_notification_list(struct wf_call *call, const char *cursor, int limit,
                          struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    wf_id below = INT64_MAX, last = 0;
    enum wf_fetch fetch;
    int n = 0;

    if (cursor && !wf_id_parse(wf_str_of(cursor), &below))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "This cursor is not one that a list has given.");
    if (!wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, me_of(call));
    wf_stmt_bind_int(&q, 2, below);
    wf_stmt_bind_int(&q, 3, limit + 1);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    for (; (fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW; n++) {
        if (n == limit)
            continue;
        last = wf_stmt_int(&q, 0);
        write_row(&q, out);
    }
    wf_jw_close(out, ']');
    wf_jw_key_id_or_null(out, "next", n > limit ? last : 0);
    wf_jw_close(out, '}');
    return fetch == WF_FETCH_DONE;
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
