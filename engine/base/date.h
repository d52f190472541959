/* base/date.h - days, times, periods and durations, and their texts.
 *
 * A day is a count of days since 1970-01-01 (proleptic Gregorian). A time is
 * milliseconds since 1970 UTC. Zones come from ICU and are named by their IANA
 * id ("Asia/Shanghai"); an unknown name is refused, never guessed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_DATE_H
#define WF_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum {
    WF_DATE_TEXT = 16,
    WF_TIME_TEXT = 32,
    WF_PERIOD_TEXT = 16
};

struct wf_date {
    int year; /* 1–9999 */
    int month;
    int day;
};

int32_t wf_day_of(struct wf_date date);
struct wf_date wf_date_of(int32_t day);
int wf_weekday(int32_t day);      /* 0 Monday … 6 Sunday */
int32_t wf_iso_week(int32_t day); /* 1–53, ISO 8601 */
int32_t wf_iso_week_year(int32_t day);

/* "2026-10-12"; real days only. */
bool wf_date_parse(struct wf_str text, int32_t *day);
void wf_date_write(int32_t day, char text[WF_DATE_TEXT]);

/* RFC 3339 with any offset; written "2026-10-12T09:00:00.000Z". */
bool wf_time_parse(struct wf_str text, int64_t *ms);
void wf_time_write(int64_t ms, char text[WF_TIME_TEXT]);

/* "09:05", minutes since midnight; "24:00" is the end of the day. */
bool wf_clock_parse(struct wf_str text, int *minutes);

/* Zones. Both return false for an unknown zone. to_local: the day there and
 * the milliseconds since its midnight by the wall clock. from_local: a wall
 * time that does not exist (spring) is moved on by the gap; one that exists
 * twice (autumn) is the first. */
bool wf_zone_known(const char *zone);
bool wf_zone_to_local(const char *zone, int64_t ms, int32_t *day,
                      int32_t *ms_of_day);
bool wf_zone_from_local(const char *zone, int32_t day, int32_t ms_of_day,
                        int64_t *ms);
/* The first moment after `ms` at which it is `ms_of_day` there; in an unknown
 * zone a day later. */
int64_t wf_zone_next(const char *zone, int64_t ms, int32_t ms_of_day);

/* Periods: "2026", "2026-H2", "2026-Q4", "2026-11", "2026-W48". */
enum wf_period_unit {
    WF_PERIOD_NONE,
    WF_PERIOD_WEEK,
    WF_PERIOD_MONTH,
    WF_PERIOD_QUARTER,
    WF_PERIOD_HALF,
    WF_PERIOD_YEAR,
};
struct wf_period {
    enum wf_period_unit unit;
    int year;
    int part; /* week, month, quarter or half, from 1; 0 for a year */
};
enum wf_period_unit wf_period_unit_of(const char *word); /* "quarter" */
const char *wf_period_unit_name(enum wf_period_unit unit);
bool wf_period_parse(struct wf_str text, struct wf_period *out);
void wf_period_write(struct wf_period period, char text[WF_PERIOD_TEXT]);
struct wf_period wf_period_at(enum wf_period_unit unit, int32_t day);
struct wf_period wf_period_step(struct wf_period period, int by);
int32_t wf_period_start(struct wf_period period); /* its first day */
int32_t wf_period_end(struct wf_period period);   /* its last day */

/* Durations "30min 4h 2d 3wd 2w": whole, positive, at most 9999 of the unit. */
enum wf_duration_unit {
    WF_DURATION_MINUTES,
    WF_DURATION_HOURS,
    WF_DURATION_DAYS,
    WF_DURATION_WORKING_DAYS,
    WF_DURATION_WEEKS,
};
struct wf_duration {
    int n; /* 0: none */
    enum wf_duration_unit unit;
};
enum {
    WF_DURATION_TEXT = 16
};
bool wf_duration_parse(struct wf_str text, struct wf_duration *out);
void wf_duration_write(struct wf_duration duration,
                       char text[WF_DURATION_TEXT]);

#endif
