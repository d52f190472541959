/* api/rollout.c - what was compiled or chosen goes live: the rows, what begins
 * with them, and the timer of what is to go live later.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/rollout.h"

#include <string.h>

#include "api/body.h"
#include "api/live.h"
#include "base/date.h"
#include "base/error.h"
#include "base/list.h"
#include "def/release.h"
#include "def/stored.h"
#include "doc/history.h"
#include "flow/retention.h"

/* --- For whom, and when */

const char *wf_pilot_text(struct wf_arena *arena, const char *pilot)
{
    if (pilot && wf_str_starts(pilot, "unit:"))
        return wf_arena_printf(arena, "members(%s)", pilot + strlen("unit:"));
    return wf_arena_str(arena, pilot);
}

bool wf_pilot_check(struct wf_turn *turn, const char *pilot, weft_error *err)
{
    struct wf_who_context context = { &turn->call, NULL, NULL, NULL };
    struct wf_place place = { "pilot", 1, 1 };
    struct wf_who_list people = { NULL, 0, 0 };
    const struct wf_who *who;

    if (!pilot)
        return true;
    who =
        wf_who_parse(turn->call.arena, place, pilot, NULL,
                     (enum wf_who_use)(WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT),
                     &turn->findings);
    if (!who)
        return wf_body_misfits(err);
    if (!wf_who_people(&context, who, &people, err))
        return false;
    if (people.n > 0)
        return true;
    wf_diag_field(&turn->findings, "pilot", "nobody",
                  "\"%s\" is nobody today: a pilot needs people.", pilot);
    return wf_body_misfits(err);
}

static bool read_time(const char *text, const char *zone, int64_t *out)
{
    int32_t day;

    if (wf_time_parse(wf_str_of(text), out))
        return true;
    return wf_date_parse(wf_str_of(text), &day)
           && wf_zone_from_local(zone, day, 0, out);
}

bool wf_plan_time(struct wf_turn *turn, const char *text, const char *zone,
                  int64_t *out, weft_error *err)
{
    *out = 0;
    if (!text)
        return true;
    if (!read_time(text, zone, out))
        wf_diag_field(&turn->findings, "at", "type",
                      "\"%s\" is no time: write one such as "
                      "2026-12-31T18:00:00+08:00, or a day.",
                      text);
    else if (*out <= turn->call.now)
        wf_diag_field(&turn->findings, "at", "range",
                      "%s is over: say a time to come.", text);
    else
        return true;
    return wf_body_misfits(err);
}

bool wf_plan(struct wf_flow *flow, const struct wf_deployed_rows *rows,
             int64_t at, weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_json *payload = wf_json_object(arena);
    struct wf_json *ids = wf_json_array(arena);
    struct wf_timer timer = { .kind = "release", .due = at };

    for (size_t i = 0; i < rows->n; i++) {
        char id[WF_ID_TEXT];

        if (!rows->at[i].planned)
            continue;
        wf_id_write(rows->at[i].row, id);
        wf_json_push(arena, ids, wf_json_text(arena, id));
    }
    if (wf_json_len(ids) == 0)
        return true;
    wf_json_set(arena, payload, "definitions", ids);
    timer.payload = payload;
    return wf_timer_set(flow, &timer, err);
}

/* --- Now */

/* One event for the whole: "package@2 form@3". */
static bool record(struct wf_call *call, const struct wf_deployed_rows *rows,
                   wf_id by, weft_error *err)
{
    struct wf_buf buf = WF_BUF_INIT(call->arena);
    struct wf_event event = { .kind = "deploy" };

    for (size_t i = 0; i < rows->n; i++)
        if (rows->at[i].is_new)
            wf_buf_printf(&buf, "%s%s@%d", buf.len > 0 ? " " : "",
                          rows->at[i].id, rows->at[i].version);
    event.comment = wf_buf_text(&buf);
    if (!call->me)
        event.for_person = by;
    return buf.len == 0 || wf_history_add(call, &event, err);
}

/* What is live from now on begins. */
static bool begin_all(struct wf_flow *flow, const struct wf_deployed_rows *rows,
                      weft_error *err)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->at[i].is_new && !rows->at[i].planned
            && !wf_live_begin(flow, rows->at[i].kind, rows->at[i].id, err))
            return false;
    return wf_live_settle(flow, err);
}

/* Documents are looked at each night where a form says how long they stay. */
static bool begin_retention(struct wf_flow *flow,
                            const struct wf_bundle *bundle, weft_error *err)
{
    for (const struct wf_compiled *c = bundle->compiled; c; c = c->next)
        if (c->form && !wf_retention_begin(flow, c->form, err))
            return false;
    return true;
}

bool wf_go_live(struct wf_flow *flow, const struct wf_bundle *bundle,
                const struct wf_deploy_options *options,
                struct wf_deployed_rows *rows, weft_error *err)
{
    struct wf_call *call = flow->call;

    return wf_deploy(call->db, call->arena, bundle, options, rows, err)
           && wf_plan(flow, rows, options->at, err)
           && begin_all(flow, rows, err) && begin_retention(flow, bundle, err)
           && record(call, rows, options->by, err);
}

/* --- When the time has come */

static bool begin_planned(struct wf_flow *flow, const wf_id *rows, size_t n,
                          weft_error *err)
{
    for (size_t i = 0; i < n; i++) {
        struct wf_stored stored;

        if (!wf_stored_load_row(flow->call->db, flow->call->arena, rows[i],
                                &stored, err)
            || !wf_live_begin(flow, stored.kind, stored.id, err))
            return false;
    }
    return wf_live_settle(flow, err);
}

static bool release_planned(struct wf_flow *flow, const struct wf_timer *timer,
                            weft_error *err)
{
    const struct wf_json *ids = wf_json_get(timer->payload, "definitions");
    struct wf_call *call = flow->call;
    struct wf_release release = { .now = call->now, .ids = call->ids };
    WF_LIST(wf_id) begun = { 0 };
    size_t n_done = 0;

    for (size_t i = 0; i < wf_json_len(ids); i++) {
        const char *text = wf_json_str(ids->u.array.at[i]);
        wf_id row = 0;
        bool done;

        if (!text || !wf_id_parse(wf_str_of(text), &row))
            continue;
        if (!wf_release_due(call->db, row, timer->due, &release, &done, err))
            return false;
        n_done += done;
        if (done)
            *WF_PUSH(call->arena, &begun) = row;
    }
    return n_done == 0
           || (wf_generation_bump(call->db, "definition", err)
               && begin_planned(flow, begun.at, begun.n, err)
               && wf_history_add(
                   call,
                   &(struct wf_event){
                       .kind = "release",
                       .comment = wf_arena_printf(call->arena, "%zu", n_done) },
                   err));
}

const struct wf_timer_kind wf_rollout_timers[] = {
    { "release", release_planned },
    { NULL, NULL },
};
