/* doc/stage.c - the table `stage`: when the documents of a cycle open, are due,
 * freeze, are revealed and close.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/stage.h"

#include "store/ground.h"

static const char SQL_LOAD[] =
    "SELECT run, name, opens, due, freezes, reveals, closes FROM stage"
    " WHERE id = $1";
static const char SQL_SAVE[] =
    "INSERT INTO stage (id, run, name, opens, due, freezes, reveals, closes)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (run, name) DO UPDATE SET opens = excluded.opens,"
    " due = excluded.due, freezes = excluded.freezes,"
    " reveals = excluded.reveals, closes = excluded.closes";

bool wf_stage_load(struct wf_call *call, wf_id id,
                   const struct wf_stage_times **out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_stage_times *stage;
    enum wf_fetch got;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_LOAD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    got = wf_stmt_step(&q, err);
    if (got != WF_FETCH_ROW)
        return got == WF_FETCH_DONE;
    stage = WF_NEW(call->arena, struct wf_stage_times);
    *stage = (struct wf_stage_times){
        .id = id,
        .run = wf_stmt_int(&q, 0),
        .name = wf_stmt_str(&q, 1, call->arena),
        .opens = wf_stmt_int(&q, 2),
        .due = wf_stmt_int(&q, 3),
        .freezes = wf_stmt_int(&q, 4),
        .reveals = wf_stmt_int(&q, 5),
        .closes = wf_stmt_int(&q, 6),
    };
    *out = stage;
    return true;
}

bool wf_stage_save(struct wf_call *call, const struct wf_stage_times *stage,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_SAVE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, stage->id);
    wf_stmt_bind_id(&q, 2, stage->run);
    wf_stmt_bind_text(&q, 3, stage->name);
    wf_stmt_bind_id(&q, 4, stage->opens);
    wf_stmt_bind_id(&q, 5, stage->due);
    wf_stmt_bind_id(&q, 6, stage->freezes);
    wf_stmt_bind_id(&q, 7, stage->reveals);
    wf_stmt_bind_id(&q, 8, stage->closes);
    return wf_stmt_run(&q, err);
}

/* --- What has come to pass */

static bool is_past(const struct wf_call *call, int64_t at)
{
    if (at && at > call->now && call->db)
        wf_db_rest_on(call->db, WF_GROUND_OTHER); /* on the clock */
    return at && at <= call->now;
}

bool wf_stage_frozen(const struct wf_call *call, const struct wf_doc *doc)
{
    return doc->stage && is_past(call, doc->stage->freezes);
}

bool wf_stage_revealed(const struct wf_call *call, const struct wf_doc *doc)
{
    return doc->stage && is_past(call, doc->stage->reveals);
}

void wf_stage_query_frozen(const struct wf_call *call, struct wf_query *query)
{
    wf_query_add(query, WF_SQL("(SELECT COUNT(*) FROM stage at_stage"
                               " WHERE at_stage.id = d.stage"
                               " AND at_stage.freezes <= "));
    wf_query_bind_int(query, call->now);
    wf_query_add(query, WF_SQL(")"));
}

void wf_stage_query_revealed(const struct wf_call *call, struct wf_query *query)
{
    wf_query_add(query, WF_SQL("(SELECT COUNT(*) FROM stage at_stage"
                               " WHERE at_stage.id = d.stage"
                               " AND at_stage.reveals <= "));
    wf_query_bind_int(query, call->now);
    wf_query_add(query, WF_SQL(")"));
}
