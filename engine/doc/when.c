/* doc/when.c - a TIME worked out: the day or the moment that it counts from,
 * shifted by its durations, at its time of day.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/when.h"

static const int32_t MINUTE_MS = 60000;
/* Of 1970, where 0 says that there is none. */
static const int64_t BEGINNING_MS = 1;

/* A day without a time of day, or a moment. */
struct point {
    bool is_day;
    bool opens; /* a day at whose beginning something opens: hours count from
                 * there, whatever is asked for */
    int32_t day;
    int64_t ms;
};

/* --- What is counted from */

static bool of_field(const struct wf_doc *doc, const struct wf_field *field,
                     struct point *out)
{
    const char *text = wf_json_str(wf_json_get(doc->data, field->id));

    out->is_day = field->type == WF_F_DATE;
    if (!text)
        return false;
    return out->is_day ? wf_date_parse(wf_str_of(text), &out->day)
                       : wf_time_parse(wf_str_of(text), &out->ms);
}

static bool of_period(const struct wf_doc *doc, bool end, struct point *out)
{
    struct wf_period period;

    if (!doc->period || !wf_period_parse(wf_str_of(doc->period), &period))
        return false;
    out->is_day = true;
    out->day = end ? wf_period_end(period) : wf_period_start(period);
    return true;
}

static bool of_stage(const struct wf_stage_times *stage, enum wf_anchor anchor,
                     struct point *out)
{
    if (!stage)
        return false;
    switch (anchor) {
    case WF_ANCHOR_OPENS:
        out->ms = stage->opens;
        break;
    case WF_ANCHOR_DUE:
        out->ms = stage->due;
        break;
    case WF_ANCHOR_FREEZE:
        out->ms = stage->freezes;
        break;
    default:
        out->ms = stage->reveals;
    }
    return out->ms != 0;
}

/* What a stage opens or reveals on a day it does at midnight; what counts from
 * there counts from the day, so that what is due so many days later is due at
 * that day's end. */
static void as_day(const struct wf_calendar *calendar, enum wf_anchor anchor,
                   struct point *point)
{
    int32_t of_day = 0;

    if ((anchor != WF_ANCHOR_OPENS && anchor != WF_ANCHOR_REVEAL)
        || !wf_zone_to_local(calendar->zone, point->ms, &point->day, &of_day)
        || of_day != 0)
        return;
    point->is_day = point->opens = true;
}

static bool anchor_of_doc(const struct wf_call *call, const struct wf_doc *doc,
                          const struct wf_moment *moment, int64_t entered,
                          struct point *out)
{
    *out = (struct point){ .is_day = false };
    switch (moment->anchor) {
    case WF_ANCHOR_ENTERED:
        out->ms = entered;
        return true;
    case WF_ANCHOR_NOW:
        out->ms = call->now;
        return true;
    case WF_ANCHOR_DAY:
        out->is_day = true;
        out->day = moment->day;
        return true;
    case WF_ANCHOR_FIELD:
        return of_field(doc, moment->field, out);
    case WF_ANCHOR_START:
    case WF_ANCHOR_END:
        return of_period(doc, moment->anchor == WF_ANCHOR_END, out);
    case WF_ANCHOR_OPENS:
    case WF_ANCHOR_DUE:
    case WF_ANCHOR_FREEZE:
    case WF_ANCHOR_REVEAL:
        break;
    }
    return of_stage(doc->stage, moment->anchor, out);
}

static bool anchor_of_base(const struct wf_when_base *base,
                           const struct wf_moment *moment, struct point *out)
{
    bool end = moment->anchor == WF_ANCHOR_END;

    *out = (struct point){ .is_day = true };
    switch (moment->anchor) {
    case WF_ANCHOR_DAY:
        out->day = moment->day;
        return true;
    case WF_ANCHOR_START:
    case WF_ANCHOR_END:
        out->day = end ? base->end : base->start;
        return base->start || base->end;
    case WF_ANCHOR_NOW:
    case WF_ANCHOR_ENTERED:
        out->is_day = false;
        out->ms = base->now;
        return true;
    default:
        out->is_day = false;
        return of_stage(base->stage, moment->anchor, out);
    }
}

/* --- Shifting */

static int64_t at_minute(const struct wf_calendar *calendar, int32_t day,
                         int minutes)
{
    int64_t ms = 0;

    if (!wf_zone_from_local(calendar->zone, day, minutes * MINUTE_MS, &ms))
        return 0;
    return ms;
}

static int64_t moment_of(const struct wf_calendar *calendar,
                         const struct point *point, enum wf_day_edge edge)
{
    if (!point->is_day)
        return point->ms;
    if (edge == WF_DAY_BEGINS)
        return at_minute(calendar, point->day, 0);
    if (calendar->hours.closes)
        return at_minute(calendar, point->day, calendar->hours.closes);
    return at_minute(calendar, point->day + 1, 0) - 1;
}

/* Days are counted as days as long as no hours come in between. */
static void shift(const struct wf_calendar *calendar, const struct wf_shift *by,
                  enum wf_day_edge edge, struct point *point)
{
    int n = by->back ? -by->by.n : by->by.n;
    bool by_days =
        by->by.unit != WF_DURATION_MINUTES && by->by.unit != WF_DURATION_HOURS;

    if (!point->is_day || !by_days) {
        int64_t from =
            moment_of(calendar, point, point->opens ? WF_DAY_BEGINS : edge);

        point->ms = wf_calendar_shift(calendar, from, by->by, by->back);
        point->is_day = false;
    } else if (by->by.unit == WF_DURATION_WORKING_DAYS) {
        point->day = wf_calendar_add(calendar, point->day, n);
    } else {
        point->day += by->by.unit == WF_DURATION_WEEKS ? 7 * n : n;
    }
}

static void set_clock(const struct wf_calendar *calendar, int minutes,
                      struct point *point)
{
    int32_t of_day;

    if (!point->is_day
        && !wf_zone_to_local(calendar->zone, point->ms, &point->day, &of_day))
        return;
    point->is_day = false;
    point->ms = at_minute(calendar, point->day, minutes);
}

struct wf_calendar wf_when_calendar(const struct wf_call *call,
                                    const struct wf_doc *doc)
{
    return wf_registry_calendar(call->registry, doc->form->package);
}

static int64_t from_point(const struct wf_calendar *calendar,
                          const struct wf_moment *moment, struct point point,
                          enum wf_day_edge edge)
{
    int64_t ms;

    as_day(calendar, moment->anchor, &point);
    for (size_t i = 0; i < moment->n_shifts; i++)
        shift(calendar, &moment->shifts[i], edge, &point);
    if (moment->clock >= 0)
        set_clock(calendar, moment->clock, &point);
    ms = moment_of(calendar, &point, edge);
    return ms ? ms : BEGINNING_MS;
}

int64_t wf_when(const struct wf_call *call, const struct wf_doc *doc,
                const struct wf_moment *moment, int64_t entered,
                enum wf_day_edge edge)
{
    struct wf_calendar calendar = wf_when_calendar(call, doc);
    struct point point;

    return anchor_of_doc(call, doc, moment, entered, &point)
               ? from_point(&calendar, moment, point, edge)
               : 0;
}

int64_t wf_when_of(const struct wf_calendar *calendar,
                   const struct wf_when_base *base,
                   const struct wf_moment *moment, enum wf_day_edge edge)
{
    struct point point;

    return anchor_of_base(base, moment, &point)
               ? from_point(calendar, moment, point, edge)
               : 0;
}
