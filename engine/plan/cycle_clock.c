/* plan/cycle_clock.c - cycles that launch by themselves, and the timers of all.
 *
 * A clock is a timer that names the run it will launch. A server that was off
 * launches what it has missed, each run once, in order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/when.h"
#include "plan/cycle.h"

static const char CLOCK[] = "cycle-clock";

/* --- Timers */

bool wf_cycle_timer(struct wf_flow *flow, const char *kind, wf_id id,
                    int64_t due, wf_id after, weft_error *err)
{
    struct wf_json *payload = wf_json_object(flow->call->arena);
    char key[WF_ID_TEXT], text[WF_ID_TEXT];
    const struct wf_timer timer = {
        .kind = kind, .key = key, .due = due, .payload = payload
    };

    wf_id_write(id, key);
    if (after) {
        wf_id_write(after, text);
        wf_json_set(flow->call->arena, payload, "after",
                    wf_json_text(flow->call->arena, text));
    }
    return wf_timer_set(flow, &timer, err);
}

wf_id wf_cycle_timer_id(const struct wf_timer *timer)
{
    wf_id id = 0;

    return timer->key && wf_id_parse(wf_str_of(timer->key), &id) ? id : 0;
}

wf_id wf_cycle_timer_after(const struct wf_timer *timer)
{
    const char *text = wf_json_str(wf_json_get(timer->payload, "after"));
    wf_id id = 0;

    return text && wf_id_parse(wf_str_of(text), &id) ? id : 0;
}

/* --- The clock */

/* When a run launches: as its first stage opens. */
static int64_t launches(const struct wf_call *call,
                        const struct wf_cycle *cycle,
                        const struct wf_span *span)
{
    struct wf_calendar calendar =
        wf_registry_calendar(call->registry, cycle->head.package);
    const struct wf_when_base base = { .now = call->now,
                                       .start = span->start,
                                       .end = span->end };
    int64_t first = 0;

    for (const struct wf_cycle_stage *s = cycle->stages; s; s = s->next) {
        int64_t opens = 0;

        if (s->opens)
            opens = wf_when_of(&calendar, &base, s->opens, WF_DAY_BEGINS);
        else
            (void)wf_zone_from_local(calendar.zone, span->start, 0, &opens);
        if (!first || opens < first)
            first = opens;
    }
    return first;
}

static bool set(struct wf_flow *flow, const struct wf_cycle *cycle,
                const struct wf_span *span, weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_json *payload = wf_json_object(arena);
    const struct wf_timer timer = { .kind = CLOCK,
                                    .key = cycle->head.id,
                                    .due = launches(flow->call, cycle, span),
                                    .payload = payload };

    wf_json_set(arena, payload, "period", wf_json_text(arena, span->period));
    return wf_timer_set(flow, &timer, err);
}

/* The first run that is still to be launched. */
static bool find_next(const struct wf_call *call, const struct wf_cycle *cycle,
                      struct wf_span *out)
{
    enum {
        BEFORE = 370 /* days: a stage may open so long before its period */
    };
    struct wf_calendar calendar =
        wf_registry_calendar(call->registry, cycle->head.package);
    struct wf_span span;
    int32_t day = 0, of_day;

    (void)wf_zone_to_local(calendar.zone, call->now, &day, &of_day);
    for (int32_t at = day - BEFORE; at <= day + 2 * BEFORE; at = span.end + 1) {
        if (cycle->has_from && at < cycle->from)
            at = cycle->from;
        if (!wf_cycle_at(cycle, at, &span))
            return false;
        if (launches(call, cycle, &span) >= call->now) {
            *out = span;
            return true;
        }
    }
    return false;
}

bool wf_cycle_begin(struct wf_flow *flow, const struct wf_head *head,
                    weft_error *err)
{
    const struct wf_cycle *cycle = (const struct wf_cycle *)(const void *)head;
    struct wf_span span;

    if (!cycle->by_clock || !find_next(flow->call, cycle, &span))
        return wf_timer_cancel(flow, CLOCK, head->id, err);
    return set(flow, cycle, &span, err);
}

bool wf_cycle_clock_fire(struct wf_flow *flow, const struct wf_timer *timer,
                         weft_error *err)
{
    const struct wf_cycle *cycle =
        (const struct wf_cycle *)(const void *)wf_registry_find(
            flow->call->registry, "cycle", timer->key);
    struct wf_launch launch = {
        .cycle = cycle,
        .period = wf_json_str(wf_json_get(timer->payload, "period")),
    };
    struct wf_span span, next;
    struct wf_run run;

    if (!cycle || !cycle->by_clock)
        return true;
    if (!wf_cycle_named(cycle, launch.period, &span)) /* another rhythm now */
        return wf_cycle_begin(flow, &cycle->head, err);
    return wf_cycle_launch(flow, &launch, &run, err)
           && (!wf_cycle_step(cycle, &span, 1, &next)
               || set(flow, cycle, &next, err));
}
