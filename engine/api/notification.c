/* api/notification.c - what one was told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/document.h>

#include "api/params.h"
#include "api/turn.h"
#include "base/error.h"

struct asked {
    const weft_param *params;
    size_t n;
};

/* One more than is shown tells whether there are more. */
static const char SQL_LIST[] =
    "SELECT id, document, text, at, read FROM notification"
    " WHERE person = $1 AND id < $2 ORDER BY id DESC LIMIT $3";

static bool read_cursor(const char *cursor, wf_id *out, weft_error *err)
{
    *out = INT64_MAX;
    return !cursor || wf_id_parse(wf_str_of(cursor), out)
           || wf_fail(err, WEFT_E_MALFORMED,
                      "The cursor is not one that Weft has given.");
}

static void write_row(struct wf_json_writer *out, struct wf_stmt *q)
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

/* The rows of a page; `*next` is the id that the next one begins below. */
static bool write_page(struct wf_turn *turn, wf_id below, int limit,
                       wf_id *next, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;
    wf_id last = 0;

    *next = 0;
    if (!wf_stmt_begin(turn->call.db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, turn->call.me ? turn->call.me->id : 0);
    wf_stmt_bind_int(&q, 2, below);
    wf_stmt_bind_int(&q, 3, limit + 1);
    for (int n = 0; (fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW; n++) {
        if (n == limit) {
            *next = last;
            continue;
        }
        last = wf_stmt_int(&q, 0);
        write_row(&turn->out, &q);
    }
    return fetch == WF_FETCH_DONE;
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_params params;
    wf_id below, next;

    if (!wf_params_read(turn->call.arena, asked->params, asked->n,
                        WF_PARAMS_PAGE, &params, err)
        || !read_cursor(params.query.cursor, &below, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    if (!write_page(turn, below, params.query.limit, &next, err))
        return false;
    wf_jw_close(&turn->out, ']');
    wf_jw_key_id_or_null(&turn->out, "next", next);
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_notification_list(weft_session *session,
                                   const weft_param *params, size_t n)
{
    struct asked asked = { params, n };

    return wf_question(session, WEFT_SCOPE_READ, list, &asked);
}
