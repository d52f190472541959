/* flow/backlog.c - timers and jobs in one list; what has failed revived or
 * dropped.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/backlog.h"

#include "base/date.h"
#include "base/error.h"
#include "doc/history.h"
#include "flow/job.h"
#include "flow/timer.h"

/* A page of each, of which the first ones are one. */
static const char SQL_LIST[] =
    "SELECT b.id, b.what, b.kind, b.document, d.form, b.step, b.level, b.state,"
    " b.due, b.at, b.attempt, b.problem FROM ("
    "SELECT * FROM (SELECT id, 'timer' AS what, kind, document, step, level,"
    " state, due, at, attempt, problem FROM timer"
    " WHERE state = $1 AND (at > $2 OR (at = $2 AND id > $3))"
    " ORDER BY at, id LIMIT $4) t UNION ALL "
    "SELECT * FROM (SELECT id, 'job' AS what, kind, document, NULL AS step,"
    " NULL AS level, state, due, due AS at, attempt, problem FROM job"
    " WHERE state = $1 AND (due > $2 OR (due = $2 AND id > $3))"
    " ORDER BY due, id LIMIT $4) j"
    ") b LEFT JOIN document d ON d.id = b.document"
    " ORDER BY b.at, b.id LIMIT $4";

/* --- Looking */

static void write_row(struct wf_stmt *q, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, 0));
    wf_jw_key_text(out, "what", wf_stmt_text(q, 1));
    wf_jw_key_text(out, "kind", wf_stmt_text(q, 2));
    wf_jw_key_id_or_null(out, "document", wf_stmt_int(q, 3));
    wf_jw_key_text_or_null(out, "form", wf_stmt_text(q, 4));
    wf_jw_key_text_or_null(out, "step", wf_stmt_text(q, 5));
    wf_jw_key_text_or_null(out, "level", wf_stmt_text(q, 6));
    wf_jw_key_text(out, "state", wf_stmt_text(q, 7));
    wf_jw_key_time(out, "due", wf_stmt_int(q, 8));
    wf_jw_key_time(out, "at", wf_stmt_int(q, 9));
    wf_jw_key(out, "attempts");
    wf_jw_int(out, wf_stmt_int(q, 10));
    wf_jw_key_text_or_null(out, "problem", wf_stmt_text(q, 11));
    wf_jw_close(out, '}');
}

/* `next` is the last row written; `*more` that there are others behind it. */
static bool write_rows(struct wf_stmt *q, int limit, struct wf_cursor *next,
                       bool *more, struct wf_json_writer *out, weft_error *err)
{
    enum wf_fetch fetch;
    int n = 0;

    *more = false;
    while ((fetch = wf_stmt_step(q, err)) == WF_FETCH_ROW) {
        *more = n++ == limit;
        if (*more)
            continue;
        write_row(q, out);
        next->id = wf_stmt_int(q, 0);
        next->value->u.number = (double)wf_stmt_int(q, 9);
    }
    return fetch == WF_FETCH_DONE;
}

bool wf_backlog_list(struct wf_call *call, bool dead,
                     const struct wf_page *page, struct wf_json_writer *out,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_cursor cursor = { .list = dead ? "dead" : "waiting" };
    struct wf_cursor next = { .list = cursor.list,
                              .value = wf_json_number(call->arena, 0) };
    bool more;

    if (!wf_page_read(call->arena, page, &cursor, err)
        || !wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, cursor.list);
    wf_stmt_bind_int(&q, 2, (int64_t)wf_json_num(cursor.value, 0));
    wf_stmt_bind_int(&q, 3, cursor.id);
    wf_stmt_bind_int(&q, 4, page->limit + 1);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    if (!write_rows(&q, page->limit, &next, &more, out, err))
        return false;
    wf_jw_close(out, ']');
    wf_cursor_write(call->arena, more ? &next : NULL, out);
    wf_jw_close(out, '}');
    return true;
}

/* --- Reviving and dropping */

/* A timer or job as far as its failures go. */
struct failed {
    const struct wf_failing *of;
    const char *kind, *step, *level; /* the last two of timers; or NULL */
    wf_id document;                  /* 0: of none */
    int attempt;                     /* 0: it has not failed */
};

/* `of` NULL: there is none. */
static bool look_for(struct wf_call *call, const struct wf_failing *of,
                     wf_id id, struct failed *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    *out = (struct failed){ .of = NULL };
    if (!wf_stmt_begin(call->db, of->find, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    fetch = wf_stmt_step(&q, err);
    if (fetch == WF_FETCH_ROW)
        *out = (struct failed){ .of = of,
                                .kind = wf_stmt_str(&q, 0, call->arena),
                                .step = wf_stmt_str(&q, 1, call->arena),
                                .level = wf_stmt_str(&q, 2, call->arena),
                                .document = wf_stmt_int(&q, 3),
                                .attempt = (int)wf_stmt_int(&q, 4) };
    return fetch != WF_FETCH_ERROR;
}

static bool find_failed(struct wf_call *call, wf_id id, struct failed *out,
                        weft_error *err)
{
    if (!look_for(call, &wf_failing_timers, id, out, err)
        || (!out->of && !look_for(call, &wf_failing_jobs, id, out, err)))
        return false;
    if (!out->of)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no timer or job %lld.",
                       (long long)id);
    if (out->attempt == 0)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "It has not failed: it waits for its time.");
    return true;
}

static bool tell(struct wf_call *call, const struct failed *failed,
                 const char *kind, weft_error *err)
{
    struct wf_event event = { .document = failed->document,
                              .kind = kind,
                              .step = failed->step,
                              .level = failed->level,
                              .reason = failed->kind };

    return wf_history_add(call, &event, err);
}

/* `now` 0: it is not asked for. */
static bool change(struct wf_call *call, const char *sql, wf_id id, int64_t now,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    if (now)
        wf_stmt_bind_int(&q, 2, now);
    return wf_stmt_run(&q, err);
}

bool wf_backlog_revive(struct wf_flow *flow, wf_id id, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct failed failed;

    if (!find_failed(call, id, &failed, err))
        return false;
    wf_flow_wake_at(flow, call->now);
    return change(call, failed.of->revive, id, call->now, err)
           && tell(call, &failed, "revive", err);
}

bool wf_backlog_drop(struct wf_flow *flow, wf_id id, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct failed failed;

    return find_failed(call, id, &failed, err)
           && change(call, failed.of->drop, id, 0, err)
           && tell(call, &failed, "drop", err);
}
