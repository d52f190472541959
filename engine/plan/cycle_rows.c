/* plan/cycle_rows.c - the tables cycle_run, stage_progress and stage_document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/list.h"
#include "plan/cycle.h"

#define RUN                                                                    \
    "id, cycle, version, period, starts, ends, audience, launched,"            \
    " launched_by, at_person, gathered"

static const char SQL_RUN[] = "SELECT " RUN " FROM cycle_run WHERE id = $1";
static const char SQL_RUN_OF[] =
    "SELECT " RUN " FROM cycle_run WHERE cycle = $1 AND period = $2";
static const char SQL_RUNS[] = "SELECT " RUN " FROM cycle_run WHERE cycle = $1"
                               " ORDER BY starts DESC, id DESC LIMIT $2";
static const char SQL_SAVE_RUN[] =
    "INSERT INTO cycle_run (" RUN
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    " ON CONFLICT (id) DO UPDATE SET version = excluded.version,"
    " audience = excluded.audience, launched = excluded.launched,"
    " launched_by = excluded.launched_by, at_person = excluded.at_person,"
    " gathered = excluded.gathered";

#define STAGE                                                                  \
    "s.id, s.run, s.name, s.opens, s.due, s.freezes, s.reveals, s.closes,"     \
    " p.state, p.at_person, p.made, p.refused"

static const char SQL_STAGE[] =
    "SELECT " STAGE " FROM stage s JOIN stage_progress p ON p.stage = s.id"
    " WHERE s.id = $1";
static const char SQL_STAGES[] =
    "SELECT " STAGE " FROM stage s JOIN stage_progress p ON p.stage = s.id"
    " WHERE s.run = $1 ORDER BY s.opens, s.id";
static const char SQL_SAVE_STAGE[] =
    "INSERT INTO stage_progress (stage, state, at_person, made, refused)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (stage) DO UPDATE SET"
    " state = excluded.state, at_person = excluded.at_person,"
    " made = excluded.made, refused = excluded.refused";
static const char SQL_COUNT[] =
    "SELECT stage, state, SUM(CASE WHEN step = begun THEN 1 ELSE 0 END),"
    " COUNT(*) FROM document"
    " WHERE stage IN (SELECT id FROM stage WHERE run = $1)"
    " GROUP BY stage, state";
static const char SQL_ADD[] =
    "INSERT INTO stage_document (stage, person, document, code, reason)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";

/* --- Runs */

static int32_t day_of(const char *text)
{
    int32_t day = 0;

    return text && wf_date_parse(wf_str_of(text), &day) ? day : 0;
}

static void read_run(struct wf_call *call, struct wf_stmt *q,
                     struct wf_run *out)
{
    *out = (struct wf_run){
        .id = wf_stmt_int(q, 0),
        .cycle = wf_stmt_str(q, 1, call->arena),
        .version = (int)wf_stmt_int(q, 2),
        .span = { .start = day_of(wf_stmt_text(q, 4)),
                  .end = day_of(wf_stmt_text(q, 5)) },
        .audience = wf_stmt_str(q, 6, call->arena),
        .launched = wf_stmt_int(q, 7),
        .launched_by = wf_stmt_int(q, 8),
        .at_person = wf_stmt_int(q, 9),
        .gathered = wf_stmt_int(q, 10),
    };
    snprintf(out->span.period, sizeof out->span.period, "%s",
             wf_stmt_text(q, 3));
}

static bool read_runs(struct wf_call *call, struct wf_stmt *q,
                      struct wf_runs *out, weft_error *err)
{
    enum wf_fetch got;

    *out = (struct wf_runs){ NULL, 0, 0 };
    while ((got = wf_stmt_step(q, err)) == WF_FETCH_ROW)
        read_run(call, q, WF_PUSH(call->arena, out));
    return got == WF_FETCH_DONE;
}

static bool read_first(struct wf_call *call, struct wf_stmt *q,
                       struct wf_run *out, bool *found, weft_error *err)
{
    struct wf_runs runs;

    if (!read_runs(call, q, &runs, err))
        return false;
    *found = runs.n > 0;
    if (*found)
        *out = runs.at[0];
    return true;
}

bool wf_run_load(struct wf_call *call, wf_id id, struct wf_run *out,
                 bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_RUN, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    return read_first(call, &q, out, found, err);
}

bool wf_run_find(struct wf_call *call, const char *cycle, const char *period,
                 struct wf_run *out, bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_RUN_OF, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, cycle);
    wf_stmt_bind_text(&q, 2, period);
    return read_first(call, &q, out, found, err);
}

bool wf_runs_load(struct wf_call *call, const char *cycle, int limit,
                  struct wf_runs *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_RUNS, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, cycle);
    wf_stmt_bind_int(&q, 2, limit);
    return read_runs(call, &q, out, err);
}

bool wf_run_save(struct wf_call *call, const struct wf_run *run,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    char starts[WF_DATE_TEXT], ends[WF_DATE_TEXT];

    if (!wf_stmt_begin(call->db, SQL_SAVE_RUN, &q, err))
        return false;
    wf_date_write(run->span.start, starts);
    wf_date_write(run->span.end, ends);
    wf_stmt_bind_id(&q, 1, run->id);
    wf_stmt_bind_text(&q, 2, run->cycle);
    wf_stmt_bind_int(&q, 3, run->version);
    wf_stmt_bind_text(&q, 4, run->span.period);
    wf_stmt_bind_text(&q, 5, starts);
    wf_stmt_bind_text(&q, 6, ends);
    wf_stmt_bind_text(&q, 7, run->audience);
    wf_stmt_bind_int(&q, 8, run->launched);
    wf_stmt_bind_id(&q, 9, run->launched_by);
    wf_stmt_bind_int(&q, 10, run->at_person);
    wf_stmt_bind_id(&q, 11, run->gathered);
    return wf_stmt_run(&q, err);
}

/* --- Stages */

static void read_stage(struct wf_call *call, struct wf_stmt *q,
                       struct wf_stage_row *out)
{
    *out = (struct wf_stage_row){
        .times = { .id = wf_stmt_int(q, 0),
                   .run = wf_stmt_int(q, 1),
                   .name = wf_stmt_str(q, 2, call->arena),
                   .opens = wf_stmt_int(q, 3),
                   .due = wf_stmt_int(q, 4),
                   .freezes = wf_stmt_int(q, 5),
                   .reveals = wf_stmt_int(q, 6),
                   .closes = wf_stmt_int(q, 7) },
        .state = wf_stmt_str(q, 8, call->arena),
        .at_person = wf_stmt_int(q, 9),
        .made = wf_stmt_int(q, 10),
        .refused = wf_stmt_int(q, 11),
    };
}

bool wf_stage_row_load(struct wf_call *call, wf_id id, struct wf_stage_row *out,
                       bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_STAGE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    got = wf_stmt_step(&q, err);
    *found = got == WF_FETCH_ROW;
    if (*found)
        read_stage(call, &q, out);
    return got != WF_FETCH_ERROR;
}

static void count_one(struct wf_stage_rows *rows, struct wf_stmt *q)
{
    int64_t in_hand = wf_stmt_int(q, 2), n = wf_stmt_int(q, 3);
    const char *state = wf_stmt_text(q, 1);

    for (size_t i = 0; i < rows->n; i++) {
        struct wf_stage_row *row = &rows->at[i];

        if (row->times.id != wf_stmt_int(q, 0))
            continue;
        if (wf_streq(state, "open")) {
            row->open = n;
            row->handed_in += n - in_hand;
        } else if (wf_streq(state, "done")) {
            row->done = n;
            row->handed_in += n;
        } else {
            row->void_ = n;
        }
    }
}

static bool count_all(struct wf_call *call, wf_id run,
                      struct wf_stage_rows *rows, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_COUNT, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        count_one(rows, &q);
    return got == WF_FETCH_DONE;
}

static bool load_stages(struct wf_call *call, wf_id run,
                        struct wf_stage_rows *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = (struct wf_stage_rows){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, SQL_STAGES, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        read_stage(call, &q, WF_PUSH(call->arena, out));
    return got == WF_FETCH_DONE;
}

bool wf_stage_rows(struct wf_call *call, wf_id run, bool count,
                   struct wf_stage_rows *out, weft_error *err)
{
    return load_stages(call, run, out, err)
           && (!count || count_all(call, run, out, err));
}

bool wf_stage_row_save(struct wf_call *call, const struct wf_stage_row *row,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_SAVE_STAGE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, row->times.id);
    wf_stmt_bind_text(&q, 2, row->state);
    wf_stmt_bind_int(&q, 3, row->at_person);
    wf_stmt_bind_int(&q, 4, row->made);
    wf_stmt_bind_int(&q, 5, row->refused);
    return wf_stmt_run(&q, err);
}

bool wf_stage_document_add(struct wf_call *call,
                           const struct wf_stage_document *row, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, row->stage);
    wf_stmt_bind_id(&q, 2, row->person);
    wf_stmt_bind_id(&q, 3, row->document);
    wf_stmt_bind_text(&q, 4, row->code);
    wf_stmt_bind_text(&q, 5, row->reason);
    return wf_stmt_run(&q, err);
}
