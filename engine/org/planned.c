/* org/planned.c - changes of people and units that wait for their day. This
 * file writes their table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/planned.h"

#include <stdio.h>

#include "base/error.h"
#include "org/company.h"
#include "org/person.h"

static const char SQL_ADD[] =
    "INSERT INTO planned (id, day, due, kind, target, change, made, made_by)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
static const char SQL_REMOVE[] = "DELETE FROM planned WHERE id = $1";
static const char SQL_FAILED[] =
    "UPDATE planned SET problem = $2 WHERE id = $1";

#define COLUMNS                                                                \
    "SELECT n.id, n.day, n.kind,"                                              \
    " CASE WHEN n.kind = 'person' THEN p.login ELSE u.key END, n.change,"      \
    " n.problem FROM planned n LEFT JOIN person p ON p.id = n.target"          \
    " LEFT JOIN unit u ON u.id = n.target"
static const char SQL_FIND[] = COLUMNS " WHERE n.id = $1";
static const char SQL_ALL[] = COLUMNS " ORDER BY n.day, n.id";

/* The first moment of a day. */
static bool due_of(struct wf_call *call, const char *day, int64_t *out,
                   weft_error *err)
{
    struct wf_company company;
    int32_t number;

    if (!wf_company_load(call, &company, err))
        return false;
    return (wf_date_parse(wf_str_of(day), &number)
            && wf_zone_from_local(company.timezone, number, 0, out))
           || wf_fail(err, WEFT_E_INVALID,
                      "\"%s\" is no day. Write it as 2026-10-12.", day);
}

bool wf_planned_add(struct wf_call *call, struct wf_planned *planned,
                    wf_id target, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    planned->id = wf_id_next(call->ids);
    if (!due_of(call, planned->day, &planned->due, err)
        || !wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, planned->id);
    wf_stmt_bind_text(&q, 2, planned->day);
    wf_stmt_bind_int(&q, 3, planned->due);
    wf_stmt_bind_text(&q, 4, planned->kind);
    wf_stmt_bind_int(&q, 5, target);
    wf_stmt_bind_text(&q, 6, wf_json_dump(call->arena, planned->change));
    wf_stmt_bind_int(&q, 7, call->now);
    wf_stmt_bind_id(&q, 8, call->me ? call->me->id : 0);
    return wf_stmt_run(&q, err);
}

/* The row that `q` stands on. */
static bool read_row(struct wf_stmt *q, struct wf_arena *arena,
                     struct wf_planned *out, weft_error *err)
{
    struct wf_json *change;

    *out = (struct wf_planned){ .id = wf_stmt_int(q, 0) };
    snprintf(out->day, sizeof out->day, "%s", wf_stmt_text(q, 1));
    out->kind = wf_stmt_str(q, 2, arena);
    out->key = wf_stmt_str(q, 3, arena);
    out->problem = wf_stmt_str(q, 5, arena);
    if (!wf_json_read_stored(arena, wf_stmt_text(q, 4), &change, err))
        return false;
    out->change = change;
    return true;
}

bool wf_planned_find(struct wf_call *call, wf_id id, struct wf_planned **out,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    step = wf_stmt_step(&q, err);
    if (step != WF_FETCH_ROW)
        return step == WF_FETCH_DONE;
    *out = WF_NEW(call->arena, struct wf_planned);
    return read_row(&q, call->arena, *out, err);
}

bool wf_planned_remove(struct wf_call *call, wf_id id, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_REMOVE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    return wf_stmt_run(&q, err);
}

bool wf_planned_failed(struct wf_call *call, wf_id id, const char *problem,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FAILED, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    wf_stmt_bind_text(&q, 2, problem);
    return wf_stmt_run(&q, err);
}

bool wf_planned_list(struct wf_call *call, struct wf_json_writer *out,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_planned planned;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        if (!read_row(&q, call->arena, &planned, err))
            return false;
        wf_jw_open(out, '{');
        wf_jw_key_id_or_null(out, "id", planned.id);
        wf_jw_key_text(out, "on", planned.day);
        wf_jw_key_text(out, "kind", planned.kind);
        wf_jw_key_text_or_null(out, "of", planned.key);
        wf_jw_key(out, "change");
        wf_jw_tree(out, planned.change);
        wf_jw_key_text_or_null(out, "problem", planned.problem);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    wf_jw_key(out, "next");
    wf_jw_null(out);
    wf_jw_close(out, '}');
    return step == WF_FETCH_DONE;
}
