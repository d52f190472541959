/* def/expr_dates.c - the functions of formulas that know the calendar. A time
 * counts as the day that it is in the zone of the package.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_dates.h"

#include <math.h>

static const double MS_PER_DAY = 86400000;

static const char *zone_of(const struct wf_fn_call *call)
{
    return call->env->zone ? call->env->zone : "UTC";
}

static bool local_day(const struct wf_fn_call *call, int64_t ms, int32_t *day)
{
    int32_t ms_of_day;

    if (call->env->today && ms == call->env->now) {
        *day = *call->env->today;
        return true;
    }
    return wf_zone_to_local(zone_of(call), ms, day, &ms_of_day);
}

/* The day of a date or a time. */
static bool day_of(const struct wf_fn_call *call, struct wf_value value,
                   int32_t *day)
{
    int64_t ms;

    if (value.type == WF_T_DATE)
        return wf_date_parse(value.u.text, day);
    return value.type == WF_T_DATETIME && wf_time_parse(value.u.text, &ms)
           && local_day(call, ms, day);
}

static bool period_of(struct wf_value value, struct wf_period *out)
{
    return value.type == WF_T_PERIOD && wf_period_parse(value.u.text, out);
}

/* The day by which a period is known: its first one; of a week the Thursday,
 * which lies in the year of the week. */
static bool moment_of(const struct wf_fn_call *call, struct wf_value value,
                      int32_t *day)
{
    struct wf_period period;

    if (!period_of(value, &period))
        return day_of(call, value, day);
    *day = wf_period_start(period) + (period.unit == WF_PERIOD_WEEK ? 3 : 0);
    return true;
}

static struct wf_value date_value(const struct wf_fn_call *call, int32_t day)
{
    char text[WF_DATE_TEXT];

    wf_date_write(day, text);
    return wf_value_text(call->env->arena, WF_T_DATE, text);
}

/* What comes of it is true for a while only. */
static int64_t now_of(const struct wf_fn_call *call)
{
    const struct wf_source *source = call->env->source;

    if (source && source->timely)
        source->timely(source->self);
    return call->env->now;
}

struct wf_value wf_fn_today(struct wf_fn_call *call)
{
    int32_t day;

    if (!local_day(call, now_of(call), &day))
        return wf_value_nil;
    return date_value(call, day);
}

struct wf_value wf_fn_now(struct wf_fn_call *call)
{
    char text[WF_TIME_TEXT];

    wf_time_write(now_of(call), text);
    return wf_value_text(call->env->arena, WF_T_DATETIME, text);
}

static bool whole(struct wf_value value, int least, int most, int *out)
{
    if (value.type != WF_T_NUMBER || !(value.u.number >= least)
        || !(value.u.number <= most) || value.u.number != trunc(value.u.number))
        return false;
    *out = (int)value.u.number;
    return true;
}

static bool date_of_parts(const struct wf_value *parts, int32_t *day)
{
    struct wf_date date;

    if (!whole(parts[0], 1, 9999, &date.year)
        || !whole(parts[1], 1, 12, &date.month)
        || !whole(parts[2], 1, 31, &date.day))
        return false;
    *day = wf_day_of(date);
    return wf_date_of(*day).month == date.month; /* no 31st of April */
}

struct wf_value wf_fn_date(struct wf_fn_call *call)
{
    struct wf_value first = call->args[0];
    int32_t day;

    if (call->n_args == 3)
        return date_of_parts(call->args, &day) ? date_value(call, day)
                                               : wf_value_nil;
    if (first.type == WF_T_TEXT && wf_date_parse(first.u.text, &day))
        return date_value(call, day);
    if (first.type == WF_T_TEXT)
        first.type = WF_T_DATETIME;
    return day_of(call, first, &day) ? date_value(call, day) : wf_value_nil;
}

struct wf_value wf_fn_days(struct wf_fn_call *call)
{
    int32_t from, to;

    if (!day_of(call, call->args[0], &from)
        || !day_of(call, call->args[1], &to))
        return wf_value_nil;
    return wf_value_number((double)to - from);
}

struct wf_value wf_fn_working_days(struct wf_fn_call *call)
{
    const struct wf_source *source = call->env->source;
    int32_t from, to;
    double days;

    if (!day_of(call, call->args[0], &from) || !day_of(call, call->args[1], &to)
        || !source || !source->working_days)
        return wf_value_nil;
    call->failed =
        !source->working_days(source->self, from, to, &days, call->err);
    return call->failed ? wf_value_nil : wf_value_number(days);
}

struct wf_value wf_fn_year(struct wf_fn_call *call)
{
    int32_t day;

    if (!moment_of(call, call->args[0], &day))
        return wf_value_nil;
    return wf_value_number(wf_date_of(day).year);
}

struct wf_value wf_fn_quarter(struct wf_fn_call *call)
{
    int32_t day;

    if (!moment_of(call, call->args[0], &day))
        return wf_value_nil;
    return wf_value_number((wf_date_of(day).month + 2) / 3);
}

struct wf_value wf_fn_week(struct wf_fn_call *call)
{
    int32_t day;

    if (!moment_of(call, call->args[0], &day))
        return wf_value_nil;
    return wf_value_number(wf_iso_week(day));
}

struct wf_value wf_fn_prev(struct wf_fn_call *call)
{
    struct wf_period period;
    char text[WF_PERIOD_TEXT];

    if (!period_of(call->args[0], &period))
        return wf_value_nil;
    period = wf_period_step(period, -1);
    if (period.year < 1)
        return wf_value_nil;
    wf_period_write(period, text);
    return wf_value_text(call->env->arena, WF_T_PERIOD, text);
}

struct wf_value wf_fn_start_of(struct wf_fn_call *call)
{
    struct wf_period period;

    if (!period_of(call->args[0], &period))
        return wf_value_nil;
    return date_value(call, wf_period_start(period));
}

struct wf_value wf_fn_end_of(struct wf_fn_call *call)
{
    struct wf_period period;

    if (!period_of(call->args[0], &period))
        return wf_value_nil;
    return date_value(call, wf_period_end(period));
}

/* --- Planned time */

/* Start, due and now on one line, in milliseconds: of the days where not both
 * ends are times. */
struct span {
    double start, due, now;
};

static bool span_of(const struct wf_fn_call *call, struct wf_value start,
                    struct wf_value due, struct span *out)
{
    int64_t ms[2];
    int32_t day[3];

    if (start.type == WF_T_DATETIME && due.type == WF_T_DATETIME) {
        if (!wf_time_parse(start.u.text, &ms[0])
            || !wf_time_parse(due.u.text, &ms[1]))
            return false;
        out->start = (double)ms[0];
        out->due = (double)ms[1];
        out->now = (double)now_of(call);
        return true;
    }
    if (!day_of(call, start, &day[0]) || !day_of(call, due, &day[1])
        || !local_day(call, now_of(call), &day[2]))
        return false;
    out->start = day[0] * MS_PER_DAY;
    out->due = day[1] * MS_PER_DAY;
    out->now = day[2] * MS_PER_DAY;
    return true;
}

/* Percent of the span that has gone: 0 before its start, 100 from its end. */
static double gone(const struct span *span)
{
    if (span->now < span->start)
        return 0;
    if (span->now >= span->due)
        return 100;
    return 100 * (span->now - span->start) / (span->due - span->start);
}

struct wf_value wf_fn_expected(struct wf_fn_call *call)
{
    struct span span;

    if (!span_of(call, call->args[0], call->args[1], &span))
        return wf_value_nil;
    return wf_value_number(gone(&span));
}

struct wf_value wf_fn_behind(struct wf_fn_call *call)
{
    struct span span;

    if (!span_of(call, call->args[1], call->args[2], &span))
        return wf_value_nil;
    if (span.now < span.start)
        return wf_value_number(0);
    return wf_value_number(gone(&span) - call->args[0].u.number);
}

/* --- stale(days, field…) */

void wf_check_stale(struct wf_linker *linker, struct wf_node *call)
{
    for (size_t i = 1; i < call->n_args; i++) {
        const struct wf_node *arg = call->args[i];

        if (arg->op != WF_OP_FIELD && arg->op != WF_OP_TABLE
            && arg->op != WF_OP_COLUMN)
            wf_diag_at(linker->diags, wf_link_place(linker, arg), "type",
                       "`%s` is no field of the document; `stale` asks when "
                       "fields were changed: `%s`.",
                       wf_link_text(linker, arg),
                       call->function->help.signature);
    }
}

struct wf_value wf_fn_stale(struct wf_fn_call *call)
{
    const struct wf_source *source = call->env->source;
    const struct wf_field *fields[WF_EXPR_ARGS_MAX];
    size_t n = call->n_args - 1;
    struct wf_value limit;
    double days;

    for (size_t i = 0; i < n; i++)
        fields[i] = call->node->args[i + 1]->field;
    call->failed =
        !wf_node_eval(call->node->args[0], call->env, &limit, call->err);
    if (call->failed || limit.type != WF_T_NUMBER || !source
        || !source->quiet_days)
        return wf_value_boolean(false);
    call->failed =
        !source->quiet_days(source->self, fields, n, &days, call->err);
    return wf_value_boolean(!call->failed && days >= limit.u.number);
}
