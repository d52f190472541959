/* plan/cycle_launch.c - a run is worked out and launched.
 *
 * The times of a run are worked out once, when it is launched first; what is
 * launched again keeps them. A pilot is widened by launching it again: for
 * others as well, or for all.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/list.h"
#include "doc/history.h"
#include "doc/when.h"
#include "plan/cycle.h"
#include "plan/cycle_people.h"

static const char SQL_AGAIN[] =
    "DELETE FROM stage_document WHERE code IS NOT NULL"
    " AND stage IN (SELECT id FROM stage WHERE run = $1)";

bool wf_cycle_find(struct wf_call *call, const char *id,
                   const struct wf_cycle **out, weft_error *err)
{
    const struct wf_head *head = wf_registry_find(call->registry, "cycle", id);

    if (!head)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no cycle \"%s\".", id);
    *out = (const struct wf_cycle *)(const void *)head;
    return true;
}

/* --- Its days */

static bool refuse_period(struct wf_call *call, const struct wf_launch *launch,
                          const struct wf_span *now, weft_error *err)
{
    wf_diag_field(call->findings, "period", "period",
                  "No run of this cycle is called \"%s\"; the present one is "
                  "%s.",
                  launch->period ? launch->period : "", now->period);
    return wf_fail(err, WEFT_E_INVALID,
                   "No run of this cycle is called \"%s\"; the present one is "
                   "%s.",
                   launch->period ? launch->period : "", now->period);
}

static bool find_span(struct wf_call *call, const struct wf_launch *launch,
                      struct wf_span *out, weft_error *err)
{
    struct wf_calendar calendar =
        wf_registry_calendar(call->registry, launch->cycle->head.package);
    struct wf_span now = { .period = "-" };
    int32_t day = 0, of_day;
    bool runs;

    (void)wf_zone_to_local(calendar.zone, call->now, &day, &of_day);
    runs = wf_cycle_at(launch->cycle, day, &now);
    if (launch->period ? wf_cycle_named(launch->cycle, launch->period, out)
                       : runs) {
        if (!launch->period)
            *out = now;
        return true;
    }
    return refuse_period(call, launch, &now, err);
}

/* --- Its stages */

static int64_t when(const struct wf_calendar *calendar,
                    const struct wf_when_base *base,
                    const struct wf_moment *moment, enum wf_day_edge edge)
{
    return moment ? wf_when_of(calendar, base, moment, edge) : 0;
}

static int64_t day_begins(const struct wf_calendar *calendar, int32_t day)
{
    int64_t ms = 0;

    (void)wf_zone_from_local(calendar->zone, day, 0, &ms);
    return ms;
}

/* Each counts from those before it. */
static void work_out(const struct wf_calendar *calendar,
                     const struct wf_when_base *days,
                     const struct wf_cycle_stage *stage,
                     struct wf_stage_times *out)
{
    struct wf_when_base base = *days;

    base.stage = out;
    out->opens = stage->opens
                     ? when(calendar, &base, stage->opens, WF_DAY_BEGINS)
                     : day_begins(calendar, days->start);
    out->due = when(calendar, &base, stage->due, WF_DAY_ENDS);
    out->freezes = when(calendar, &base, stage->freezes, WF_DAY_ENDS);
    out->reveals = when(calendar, &base, stage->reveals, WF_DAY_BEGINS);
    out->closes = when(calendar, &base, stage->closes, WF_DAY_ENDS);
}

static bool check_order(const struct wf_stage_times *times, weft_error *err)
{
    if ((!times->due || times->opens <= times->due)
        && (!times->closes || times->opens <= times->closes))
        return true;
    return wf_fail(err, WEFT_E_INVALID,
                   "The stage \"%s\" would be over before it opens: look at "
                   "its times.",
                   times->name);
}

static bool add_stage(struct wf_call *call, const struct wf_run *run,
                      const struct wf_cycle *cycle,
                      const struct wf_cycle_stage *stage,
                      struct wf_stage_rows *rows, weft_error *err)
{
    struct wf_calendar calendar =
        wf_registry_calendar(call->registry, cycle->head.package);
    const struct wf_when_base days = { .now = call->now,
                                       .start = run->span.start,
                                       .end = run->span.end };
    struct wf_stage_row *row;

    for (size_t i = 0; i < rows->n; i++)
        if (wf_streq(rows->at[i].times.name, stage->id))
            return true; /* it keeps the times that it was given */
    row = WF_PUSH(call->arena, rows);
    *row =
        (struct wf_stage_row){ .times = { .run = run->id, .name = stage->id },
                               .state = "waiting" };
    work_out(&calendar, &days, stage, &row->times);
    return check_order(&row->times, err);
}

/* --- Its audience */

/* A pilot's, beside what the run was launched for before. */
static const char *widen(struct wf_call *call, const struct wf_run *run,
                         const char *audience)
{
    if (!run->id || !run->audience || !audience)
        return run->id && !run->audience ? NULL : audience;
    if (wf_streq(run->audience, audience))
        return audience;
    return wf_arena_printf(call->arena, "%s, %s", run->audience, audience);
}

bool wf_launch_plan(struct wf_call *call, const struct wf_launch *launch,
                    struct wf_run *run, struct wf_stage_rows *stages,
                    weft_error *err)
{
    const struct wf_cycle *cycle = launch->cycle;
    const struct wf_who *pilot;
    struct wf_span span;
    bool found;

    *stages = (struct wf_stage_rows){ NULL, 0, 0 };
    if (!find_span(call, launch, &span, err)
        || !wf_joining_pilot(call, launch->audience, &pilot, err)
        || !wf_run_find(call, cycle->head.id, span.period, run, &found, err))
        return false;
    if (!found)
        *run = (struct wf_run){ .cycle = cycle->head.id, .span = span };
    run->audience = widen(call, run, launch->audience);
    run->version = cycle->head.version;
    if (found && !wf_stage_rows(call, run->id, false, stages, err))
        return false;
    for (const struct wf_cycle_stage *s = cycle->stages; s; s = s->next)
        if (!add_stage(call, run, cycle, s, stages, err))
            return false;
    return true;
}

bool wf_launch_people(struct wf_call *call, const struct wf_launch *launch,
                      size_t max, struct wf_members *out, int64_t *n,
                      weft_error *err)
{
    struct wf_joining joining = { .cycle = launch->cycle };
    struct wf_people_piece piece;
    wf_id after = 0;

    *out = (struct wf_members){ NULL, 0, 0 };
    *n = 0;
    if (!wf_joining_pilot(call, launch->audience, &joining.pilot, err))
        return false;
    do {
        if (!wf_people_piece(call, 0, after, &piece, err))
            return false;
        for (size_t i = 0; i < piece.n; i++) {
            bool included;

            if (!wf_joining_includes(call, &joining, piece.at[i].id, &included,
                                     err))
                return false;
            if (included && out->n < max)
                *WF_PUSH(call->arena, out) = piece.at[i].id;
            *n += included;
            after = piece.at[i].id;
        }
    } while (piece.n == WF_CYCLE_PEOPLE);
    return true;
}

/* --- Launching */

static bool forget_refusals(struct wf_call *call, const struct wf_run *run,
                            weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_AGAIN, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run->id);
    return wf_stmt_run(&q, err);
}

static bool save_stages(struct wf_call *call, const struct wf_run *run,
                        struct wf_stage_rows *stages, weft_error *err)
{
    for (size_t i = 0; i < stages->n; i++) {
        struct wf_stage_row *row = &stages->at[i];

        row->refused = 0;
        row->times.run = run->id;
        if (!row->times.id) {
            row->times.id = wf_id_next(call->ids);
            if (!wf_stage_save(call, &row->times, err))
                return false;
        }
        if (!wf_stage_row_save(call, row, err))
            return false;
    }
    return true;
}

static bool note(struct wf_call *call, const struct wf_run *run,
                 weft_error *err)
{
    const struct wf_event event = {
        .kind = "launch",
        .comment = wf_arena_printf(call->arena, "%s %s%s%s", run->cycle,
                                   run->span.period, run->audience ? ": " : "",
                                   run->audience ? run->audience : ""),
        .by_system = !call->me,
    };

    return wf_history_add(call, &event, err);
}

bool wf_cycle_launch(struct wf_flow *flow, const struct wf_launch *launch,
                     struct wf_run *run, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_stage_rows stages;

    if (!wf_launch_plan(call, launch, run, &stages, err))
        return false;
    if (!run->id)
        run->id = wf_id_next(call->ids);
    run->launched = call->now;
    run->launched_by = call->me ? call->me->id : 0;
    run->at_person = 0;
    run->gathered = 0;
    return wf_run_save(call, run, err) && forget_refusals(call, run, err)
           && save_stages(call, run, &stages, err) && note(call, run, err)
           && wf_cycle_timer(flow, "cycle-gather", run->id, call->now, 0, err);
}
