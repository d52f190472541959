/* flow/migration.c - many documents move, some at a time: the tables
 * `migration` and `migration_refused`.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/migration.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/running.h"
#include "flow/timer.h"
#include "flow/wanted.h"

#define COLUMNS                                                                \
    "id, form, version, steps, fields, reason, started, started_by, finished," \
    " at_version, at_document, moved, refused"

static const char SQL_CURRENT[] =
    "SELECT " COLUMNS " FROM migration WHERE form = $1 AND finished IS NULL"
    " ORDER BY id DESC LIMIT 1";
static const char SQL_ONE[] = "SELECT " COLUMNS " FROM migration WHERE id = $1";
static const char SQL_ALL[] = "SELECT " COLUMNS " FROM migration"
                              " WHERE form = $1 ORDER BY id DESC LIMIT $2";
static const char SQL_BEGIN[] =
    "INSERT INTO migration (id, form, version, steps, fields, reason, started,"
    " started_by, at_version, at_document, moved, refused)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0)";
static const char SQL_KEEP[] =
    "UPDATE migration SET at_version = $2, at_document = $3, moved = $4,"
    " refused = $5, finished = $6 WHERE id = $1";
static const char SQL_REFUSE[] =
    "INSERT INTO migration_refused (migration, document, code, reason)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
static const char SQL_REFUSED[] =
    "SELECT document, code, reason FROM migration_refused"
    " WHERE migration = $1 ORDER BY document LIMIT 200";

/* --- Rows */

static bool read_run(struct wf_call *call, struct wf_stmt *q,
                     struct wf_migration_run *out, weft_error *err)
{
    struct wf_json *steps, *fields;

    *out = (struct wf_migration_run){
        .id = wf_stmt_int(q, 0),
        .form = wf_stmt_str(q, 1, call->arena),
        .version = (int)wf_stmt_int(q, 2),
        .reason = wf_stmt_str(q, 5, call->arena),
        .started = wf_stmt_int(q, 6),
        .started_by = wf_stmt_int(q, 7),
        .finished = wf_stmt_int(q, 8),
        .at_version = (int)wf_stmt_int(q, 9),
        .at_document = wf_stmt_int(q, 10),
        .moved = wf_stmt_int(q, 11),
        .refused = wf_stmt_int(q, 12),
    };
    if (!wf_json_read_stored(call->arena, wf_stmt_text(q, 3), &steps, err)
        || !wf_json_read_stored(call->arena, wf_stmt_text(q, 4), &fields, err))
        return false;
    out->steps = steps;
    out->fields = fields;
    return true;
}

/* All that the statement gives. */
static bool read_runs(struct wf_call *call, struct wf_stmt *q,
                      struct wf_migration_runs *out, weft_error *err)
{
    enum wf_fetch fetched;

    *out = (struct wf_migration_runs){ NULL, 0, 0 };
    while ((fetched = wf_stmt_step(q, err)) == WF_FETCH_ROW)
        if (!read_run(call, q, WF_PUSH(call->arena, out), err))
            return false;
    return fetched == WF_FETCH_DONE;
}

static bool read_first(struct wf_call *call, struct wf_stmt *q,
                       struct wf_migration_run *out, bool *found,
                       weft_error *err)
{
    struct wf_migration_runs runs;

    if (!read_runs(call, q, &runs, err))
        return false;
    *found = runs.n > 0;
    if (*found)
        *out = runs.at[0];
    return true;
}

bool wf_migration_current(struct wf_call *call, const char *form,
                          struct wf_migration_run *out, bool *found,
                          weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_CURRENT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    return read_first(call, &q, out, found, err);
}

bool wf_migration_load(struct wf_call *call, wf_id id,
                       struct wf_migration_run *out, bool *found,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ONE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    return read_first(call, &q, out, found, err);
}

bool wf_migrations_load(struct wf_call *call, const char *form, int limit,
                        struct wf_migration_runs *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    wf_stmt_bind_int(&q, 2, limit);
    return read_runs(call, &q, out, err);
}

bool wf_migration_refusals(struct wf_call *call, wf_id id,
                           struct wf_refusals *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    *out = (struct wf_refusals){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, SQL_REFUSED, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct wf_refusal){ wf_stmt_int(&q, 0),
                                 wf_stmt_str(&q, 1, call->arena),
                                 wf_stmt_str(&q, 2, call->arena) };
    return fetched == WF_FETCH_DONE;
}

bool wf_migration_begin(struct wf_call *call, struct wf_migration_run *run,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    static const struct wf_json none = { .type = WF_JSON_OBJECT };

    if (!wf_stmt_begin(call->db, SQL_BEGIN, &q, err))
        return false;
    run->id = wf_id_next(call->ids);
    run->started = call->now;
    run->started_by = call->me ? call->me->id : 0;
    wf_stmt_bind_id(&q, 1, run->id);
    wf_stmt_bind_text(&q, 2, run->form);
    wf_stmt_bind_int(&q, 3, run->version);
    wf_stmt_bind_text(
        &q, 4, wf_json_dump(call->arena, run->steps ? run->steps : &none));
    wf_stmt_bind_text(
        &q, 5, wf_json_dump(call->arena, run->fields ? run->fields : &none));
    wf_stmt_bind_text(&q, 6, run->reason);
    wf_stmt_bind_int(&q, 7, run->started);
    wf_stmt_bind_id(&q, 8, run->started_by);
    return wf_stmt_run(&q, err);
}

static bool keep(struct wf_call *call, const struct wf_migration_run *run,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_KEEP, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run->id);
    wf_stmt_bind_int(&q, 2, run->at_version);
    wf_stmt_bind_int(&q, 3, run->at_document);
    wf_stmt_bind_int(&q, 4, run->moved);
    wf_stmt_bind_int(&q, 5, run->refused);
    wf_stmt_bind_id(&q, 6, run->finished);
    return wf_stmt_run(&q, err);
}

static bool refuse(struct wf_call *call, const struct wf_migration_run *run,
                   wf_id document, const weft_error *why, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_REFUSE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run->id);
    wf_stmt_bind_id(&q, 2, document);
    wf_stmt_bind_text(&q, 3, weft_code_name(why->code));
    wf_stmt_bind_text(&q, 4, why->text);
    return wf_stmt_run(&q, err);
}

/* --- One document */

/* Whether a failure says nothing of the document. */
static bool is_of_all(weft_code code)
{
    return code == WEFT_E_BUSY || code == WEFT_E_STORE || code == WEFT_E_FULL
           || code == WEFT_E_INTERNAL;
}

static bool move(struct wf_flow *flow, const struct wf_migration *migration,
                 const struct wf_migration_one *one, weft_error *err)
{
    struct wf_moved moved;
    struct wf_doc *doc;

    if (!wf_doc_load(flow->call, one->document, &doc, err))
        return false;
    if (!doc)
        return wf_fail(err, WEFT_E_NOTFOUND, "It has been removed meanwhile.");
    if (one->before && !one->before(one->self, doc, err))
        return false;
    if (!wf_migrate_doc(flow, doc, migration, &moved, err)
        || !wf_wanted_settle(flow, doc, err))
        return false;
    return !one->after || one->after(one->self, doc, &moved, err);
}

/* A flow, findings and a savepoint of its own. */
bool wf_migration_try(struct wf_flow *flow,
                      const struct wf_migration *migration,
                      const struct wf_migration_one *one, weft_error *refused,
                      weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_budget budget = WF_BUDGET_JOB;
    struct wf_call *call = flow->call;
    struct wf_diags *findings = call->findings;
    struct wf_diags own = WF_DIAGS_INIT(call->arena, call->lang);
    struct wf_flow single;
    bool moved;

    if (!wf_save_begin(call->db, &save, err))
        return false;
    call->findings = &own;
    wf_flow_begin(&single, call, budget);
    moved = move(&single, migration, one, refused);
    wf_flow_end(&single);
    call->findings = findings;
    call->units = &flow->budget.units;
    if (!moved)
        return !is_of_all(refused->code) || wf_fail_as(err, refused);
    if (one->keep && single.wake_at)
        wf_flow_wake_at(flow, single.wake_at);
    return !one->keep || wf_save_keep(&save, err);
}

/* --- The next piece */

/* The next documents of the version at hand, else of the next version that has
 * any; none: it has come to its end. */
static bool find_piece(struct wf_call *call, struct wf_migration_run *run,
                       struct wf_running_ids *out, weft_error *err)
{
    struct wf_running_query query = { run->form, run->at_version,
                                      run->at_document, WF_MIGRATION_PIECE };
    int version;

    if (run->at_version && !wf_running_next(call, &query, out, err))
        return false;
    if (out->n > 0)
        return true;
    if (!wf_running_above(call, run->form, run->at_version, run->version,
                          &version, err))
        return false;
    if (!version)
        return true;
    run->at_version = query.version = version;
    run->at_document = query.after = 0;
    return wf_running_next(call, &query, out, err);
}

static bool move_piece(struct wf_flow *flow, struct wf_migration_run *run,
                       const struct wf_migration *migration,
                       const struct wf_running_ids *ids, weft_error *err)
{
    for (size_t i = 0; i < ids->n; i++) {
        struct wf_migration_one one = { .document = ids->at[i], .keep = true };
        weft_error refused = WEFT_ERROR_INIT;

        memcpy(refused.lang, err->lang, sizeof refused.lang);
        if (!wf_migration_try(flow, migration, &one, &refused, err))
            return false;
        run->at_document = ids->at[i];
        run->moved += refused.code == WEFT_OK;
        run->refused += refused.code != WEFT_OK;
        if (refused.code != WEFT_OK
            && !refuse(flow->call, run, ids->at[i], &refused, err))
            return false;
    }
    return true;
}

static bool set_timer(struct wf_flow *flow, const struct wf_migration_run *run,
                      weft_error *err)
{
    char key[WF_ID_TEXT];
    struct wf_timer timer = { .kind = "migrate",
                              .key = key,
                              .due = flow->call->now };

    wf_id_write(run->id, key);
    return wf_timer_set(flow, &timer, err);
}

bool wf_migration_go_on(struct wf_flow *flow, struct wf_migration_run *run,
                        weft_error *err)
{
    struct wf_migration migration = { .steps = run->steps,
                                      .fields = run->fields,
                                      .reason = run->reason };
    struct wf_running_ids ids = { NULL, 0, 0 }, rest = { NULL, 0, 0 };
    struct wf_call *call = flow->call;

    if (!wf_registry_version(call->registry, call->db, run->form, run->version,
                             &migration.to, err)
        || !find_piece(call, run, &ids, err)
        || !move_piece(flow, run, &migration, &ids, err))
        return false;
    if (!find_piece(call, run, &rest, err))
        return false;
    if (rest.n == 0)
        run->finished = call->now;
    return keep(call, run, err) && (run->finished || set_timer(flow, run, err));
}

/* --- Its timer */

bool wf_migration_fire(struct wf_flow *flow, const struct wf_timer *timer,
                       weft_error *err)
{
    struct wf_migration_run run;
    wf_id id = 0;
    bool found = false;

    if (timer->key && wf_id_parse(wf_str_of(timer->key), &id)
        && !wf_migration_load(flow->call, id, &run, &found, err))
        return false;
    if (!found || run.finished)
        return true;
    return (!run.started_by
            || wf_person_find(flow->call, run.started_by, &flow->call->me, err))
           && wf_migration_go_on(flow, &run, err);
}
