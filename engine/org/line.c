/* org/line.c - the lines between people, written. This file writes their table.
 *
 * A line that ends stays as an edge with its last day; one that begins and
 * ends on the same day is forgotten.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/import_parts.h"
#include "org/past.h"

static const char SQL_LINES[] =
    "SELECT above FROM line WHERE person = $1 AND kind = $2"
    " AND until = '9999-12-31'";
static const char SQL_END_LINE[] =
    "UPDATE line SET until = $4 WHERE person = $1 AND kind = $2"
    " AND above = $3 AND until = '9999-12-31'";
static const char SQL_FORGET_LINES[] =
    "DELETE FROM line WHERE person = $1 AND kind = $2 AND until <= since";
static const char SQL_BEGIN_LINE[] =
    "INSERT INTO line (person, above, kind, since, until)"
    " VALUES ($1, $3, $2, $4, '9999-12-31')"
    " ON CONFLICT (person, kind, above, since)"
    " DO UPDATE SET until = '9999-12-31'";

static const char SQL_FORGET_PAST[] =
    "DELETE FROM line WHERE person = $1 AND kind = $2 AND until <= $3";
static const char SQL_BEGAN[] =
    "UPDATE line SET since = $4 WHERE person = $1 AND kind = $2"
    " AND above = $3 AND until = '9999-12-31'";
static const char SQL_BEGAN_ANY[] =
    "UPDATE line SET since = $4 WHERE person = $1 AND kind = $2"
    " AND above <> $3 AND until = '9999-12-31' AND since = ''";
static const char SQL_ADD_PAST[] =
    "INSERT INTO line (person, above, kind, since, until)"
    " VALUES ($1, $3, $2, $4, $5) ON CONFLICT DO NOTHING";

static bool load_lines(struct wf_call *call, const struct wf_lines *lines,
                       struct wf_idset *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (lines->is_new)
        return true;
    if (!wf_stmt_begin(call->db, SQL_LINES, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lines->person);
    wf_stmt_bind_text(&q, 2, lines->kind);
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_idset_add(call->arena, out, wf_stmt_int(&q, 0));
    return step == WF_FETCH_DONE;
}

static bool end_line(struct wf_call *call, const struct wf_lines *lines,
                     wf_id above, const char *today, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_END_LINE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lines->person);
    wf_stmt_bind_text(&q, 2, lines->kind);
    wf_stmt_bind_int(&q, 3, above);
    wf_stmt_bind_text(&q, 4, today);
    return wf_stmt_run(&q, err);
}

static bool begin_line(struct wf_call *call, const struct wf_lines *lines,
                       wf_id above, const char *since, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_BEGIN_LINE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lines->person);
    wf_stmt_bind_text(&q, 2, lines->kind);
    wf_stmt_bind_int(&q, 3, above);
    wf_stmt_bind_text(&q, 4, since);
    return wf_stmt_run(&q, err);
}

static bool forget_lines(struct wf_call *call, const struct wf_lines *lines,
                         weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FORGET_LINES, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lines->person);
    wf_stmt_bind_text(&q, 2, lines->kind);
    return wf_stmt_run(&q, err);
}

bool wf_lines_save(struct wf_call *call, const struct wf_lines *lines,
                   bool *changed, weft_error *err)
{
    struct wf_idset old = { 0 };
    bool ended = false;

    if (!load_lines(call, lines, &old, err))
        return false;
    for (size_t i = 0; i < old.n; i++) {
        if (wf_idset_has(&lines->above, old.at[i]))
            continue;
        ended = true;
        if (!end_line(call, lines, old.at[i], lines->today, err))
            return false;
    }
    for (size_t i = 0; i < lines->above.n; i++) {
        if (wf_idset_has(&old, lines->above.at[i]))
            continue;
        *changed = true;
        if (!begin_line(call, lines, lines->above.at[i],
                        lines->is_new ? "" : lines->today, err))
            return false;
    }
    *changed = *changed || ended;
    return !ended || forget_lines(call, lines, err);
}

/* --- What has been. */

bool wf_line_forget_past(struct wf_call *call, wf_id person, const char *kind,
                         const char *today, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FORGET_PAST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_text(&q, 2, kind);
    wf_stmt_bind_text(&q, 3, today);
    return wf_stmt_run(&q, err);
}

bool wf_line_began(struct wf_call *call, const struct wf_past_line *line,
                   bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, line->above ? SQL_BEGAN : SQL_BEGAN_ANY, &q,
                       err))
        return false;
    wf_stmt_bind_int(&q, 1, line->person);
    wf_stmt_bind_text(&q, 2, line->kind);
    wf_stmt_bind_int(&q, 3, line->above);
    wf_stmt_bind_text(&q, 4, line->since);
    if (!wf_stmt_run(&q, err))
        return false;
    *found = wf_stmt_changed(&q) > 0;
    return true;
}

bool wf_line_add_past(struct wf_call *call, const struct wf_past_line *line,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD_PAST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, line->person);
    wf_stmt_bind_text(&q, 2, line->kind);
    wf_stmt_bind_int(&q, 3, line->above);
    wf_stmt_bind_text(&q, 4, line->since);
    wf_stmt_bind_text(&q, 5, line->until);
    return wf_stmt_run(&q, err);
}
