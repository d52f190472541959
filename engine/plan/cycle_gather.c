/* plan/cycle_gather.c - who takes part in a run: the table cycle_member,
 * gathered at its launch and looked at again every day.
 *
 * At a launch whoever is in the audience joins. Later they join, and those who
 * are in it no more leave, as the cycle says.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/when.h"
#include "flow/hook.h"
#include "flow/wanted.h"
#include "plan/cycle_people.h"

static const char SQL_JOIN[] =
    "INSERT INTO cycle_member (run, person, joined) VALUES ($1, $2, $3)"
    " ON CONFLICT (run, person) DO UPDATE SET gone = NULL";
static const char SQL_LEAVE[] =
    "UPDATE cycle_member SET gone = $3 WHERE run = $1 AND person = $2";
static const char SQL_OPEN_OF[] =
    "SELECT d.id FROM document d JOIN stage s ON s.id = coalesce(d.stage, 0)"
    " WHERE s.run = $1 AND d.subject = $2 AND d.state = 'open' ORDER BY d.id";
static const char SQL_AGAIN[] =
    "DELETE FROM stage_document WHERE person = $2 AND document IS NOT NULL"
    " AND stage IN (SELECT id FROM stage WHERE run = $1)"
    " AND document IN (SELECT id FROM document WHERE state = 'void')";

static bool set_member(struct wf_call *call, const char *sql, wf_id run,
                       wf_id person, bool timed, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run);
    wf_stmt_bind_id(&q, 2, person);
    if (timed)
        wf_stmt_bind_int(&q, 3, call->now);
    return wf_stmt_run(&q, err);
}

/* --- Joining */

/* A person of a run as a document of cycle->form. */
static struct wf_doc *doc_of(struct wf_call *call, const struct wf_cycle *cycle,
                             const struct wf_run *run, wf_id person)
{
    struct wf_doc *doc = WF_NEW(call->arena, struct wf_doc);
    char id[WF_ID_TEXT];

    wf_id_write(person, id);
    doc->form = cycle->form;
    doc->flow = wf_json_object(call->arena);
    doc->data = wf_json_object(call->arena);
    doc->title = "";
    doc->subject = person;
    doc->period = wf_arena_str(call->arena, run->span.period);
    wf_json_set(call->arena, doc->data, "owner", wf_json_text(call->arena, id));
    wf_json_set(call->arena, doc->data, "period",
                wf_json_text(call->arena, doc->period));
    return doc;
}

static bool hook(struct wf_flow *flow, const struct wf_cycle *cycle,
                 const struct wf_run *run, wf_id person, weft_error *err)
{
    static const struct wf_budget whole = WF_BUDGET_COMMAND;
    struct wf_call *call = flow->call;
    struct wf_json *args, *about;
    const struct wf_person *who;

    if (!cycle->head.hook)
        return true;
    if (!wf_person_find(call, person, &who, err))
        return false;
    args = wf_json_array(call->arena);
    about = wf_json_object(call->arena);
    wf_json_set(call->arena, about, "id",
                wf_json_text(call->arena, cycle->head.id));
    wf_json_set(call->arena, about, "period",
                wf_json_text(call->arena, run->span.period));
    wf_json_push(call->arena, args, about);
    wf_json_push(call->arena, args, wf_hook_person(call->arena, who));
    wf_flow_renew(flow, whole);
    return wf_hook_call(flow, &cycle->head, doc_of(call, cycle, run, person),
                        "on_launch", args, err);
}

/* --- Leaving */

struct open_docs {
    wf_id *at;
    size_t n, cap;
};

static bool find_open(struct wf_call *call, const struct wf_run *run,
                      wf_id person, struct open_docs *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_OPEN_OF, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run->id);
    wf_stmt_bind_id(&q, 2, person);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

static bool leave(struct wf_flow *flow, const struct wf_run *run, wf_id person,
                  weft_error *err)
{
    struct open_docs docs = { NULL, 0, 0 };

    if (!find_open(flow->call, run, person, &docs, err))
        return false;
    for (size_t i = 0; i < docs.n; i++)
        if (!wf_wanted_drop(flow, docs.at[i], "left", err))
            return false;
    return wf_wanted_settle(flow, NULL, err)
           && set_member(flow->call, SQL_LEAVE, run->id, person, true, err);
}

/* --- One person, one piece */

static bool join(struct wf_flow *flow, const struct wf_cycle *cycle,
                 const struct wf_run *run, const struct wf_looked *looked,
                 weft_error *err)
{
    /* Who comes back is asked anew for what was closed when they left. */
    return (!looked->gone
            || set_member(flow->call, SQL_AGAIN, run->id, looked->id, false,
                          err))
           && set_member(flow->call, SQL_JOIN, run->id, looked->id, true, err)
           && hook(flow, cycle, run, looked->id, err);
}

static bool look_at(struct wf_flow *flow, const struct wf_joining *joining,
                    const struct wf_run *run, const struct wf_looked *looked,
                    bool *joined, weft_error *err)
{
    const struct wf_cycle *cycle = joining->cycle;
    bool present = looked->member && !looked->gone;
    bool included = false;

    if (looked->active
        && !wf_joining_includes(flow->call, joining, looked->id, &included,
                                err))
        return false;
    if (included && !present && (!run->gathered || !cycle->skips_joiners)) {
        *joined = true;
        return join(flow, cycle, run, looked, err);
    }
    return included || !present || cycle->keeps_leavers
           || leave(flow, run, looked->id, err);
}

static bool look_piece(struct wf_flow *flow, const struct wf_cycle *cycle,
                       struct wf_run *run, bool *done, bool *joined,
                       weft_error *err)
{
    struct wf_joining joining = { .cycle = cycle };
    struct wf_people_piece piece;

    if (!wf_joining_pilot(flow->call, run->audience, &joining.pilot, err)
        || !wf_people_piece(flow->call, run->id, run->at_person, &piece, err))
        return false;
    for (size_t i = 0; i < piece.n; i++) {
        flow->n_calls = 0; /* each person is asked for by itself */
        if (!look_at(flow, &joining, run, &piece.at[i], joined, err))
            return false;
        run->at_person = piece.at[i].id;
    }
    *done = piece.n < WF_CYCLE_PEOPLE;
    return true;
}

/* --- What follows */

/* When a run needs no more looking at: all that it says is over. */
static int64_t until(const struct wf_run *run, const struct wf_stage_rows *rows,
                     const struct wf_calendar *calendar)
{
    int64_t last = 0;

    (void)wf_zone_from_local(calendar->zone, run->span.end + 1, 0, &last);
    for (size_t i = 0; i < rows->n; i++) {
        const struct wf_stage_times *t = &rows->at[i].times;
        const int64_t all[] = { t->due, t->freezes, t->reveals, t->closes };

        for (size_t k = 0; k < WF_COUNT(all); k++)
            last = all[k] > last ? all[k] : last;
    }
    return last;
}

static int64_t next_midnight(const struct wf_calendar *calendar, int64_t now)
{
    int32_t day = 0, of_day;
    int64_t ms = 0;

    (void)wf_zone_to_local(calendar->zone, now, &day, &of_day);
    (void)wf_zone_from_local(calendar->zone, day + 1, 0, &ms);
    return ms;
}

/* The stages begin, again where somebody has joined; the audience is looked at
 * again tomorrow. */
static bool finish(struct wf_flow *flow, const struct wf_cycle *cycle,
                   struct wf_run *run, bool launched, weft_error *err)
{
    struct wf_calendar calendar =
        wf_registry_calendar(flow->call->registry, cycle->head.package);
    struct wf_stage_rows rows;
    int64_t next = next_midnight(&calendar, flow->call->now);

    if (!run->gathered)
        run->gathered = flow->call->now;
    run->at_person = 0;
    if (!wf_run_save(flow->call, run, err)
        || !wf_stage_rows(flow->call, run->id, false, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n && launched; i++)
        if (!wf_stage_begin(flow, &rows.at[i], cycle, err))
            return false;
    return next > until(run, &rows, &calendar)
           || wf_cycle_timer(flow, "cycle-look", run->id, next, 0, err);
}

/* The same for a launch and for a daily look: payload says whether somebody
 * has joined in an earlier piece. */
static bool go_on(struct wf_flow *flow, const struct wf_timer *timer,
                  weft_error *err)
{
    bool done = false, found, joined = wf_cycle_timer_after(timer) > 0;
    const struct wf_cycle *cycle;
    struct wf_run run;

    if (!wf_run_load(flow->call, wf_cycle_timer_id(timer), &run, &found, err))
        return false;
    cycle = found ? (const struct wf_cycle *)(const void *)wf_registry_find(
                flow->call->registry, "cycle", run.cycle)
                  : NULL;
    if (!cycle)
        return true; /* it was taken back */
    joined = joined || !run.gathered;
    if (!look_piece(flow, cycle, &run, &done, &joined, err))
        return false;
    if (done)
        return finish(flow, cycle, &run, joined, err);
    return wf_run_save(flow->call, &run, err)
           && wf_cycle_timer(flow, timer->kind, run.id, flow->call->now, joined,
                             err);
}

bool wf_cycle_gather_fire(struct wf_flow *flow, const struct wf_timer *timer,
                          weft_error *err)
{
    return go_on(flow, timer, err);
}

bool wf_cycle_look_fire(struct wf_flow *flow, const struct wf_timer *timer,
                        weft_error *err)
{
    return go_on(flow, timer, err);
}
