/* def/calendar.h - working days: a week, holidays, make-up days, and the zone
 * that their days are counted in.
 *
 * A calendar belongs to a package and is deployed like a form; the package's
 * default one counts for all its forms (wf_registry_calendar()).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_CALENDAR_H
#define WF_DEF_CALENDAR_H

#include "base/date.h"
#include "def/words.h"

/* A day that is not as its week says: a holiday, or a make-up day. */
struct wf_calendar_day {
    int32_t day;
    bool works;
};

struct wf_hours {
    int opens, closes; /* minutes since midnight; both 0: not said */
};

struct wf_calendar {
    const char *id;
    const char *package; /* its id */
    struct wf_words *words;
    const char *zone; /* always there: its own, else the package's */
    bool is_default;
    unsigned week; /* bit 0 is Monday; at least one is set */
    struct wf_hours hours;
    struct wf_calendar_day *days; /* by day, each once */
    size_t n_days;
};

/* Monday to Friday in `zone`, for a package without a calendar. */
struct wf_calendar wf_calendar_plain(const char *zone);

bool wf_calendar_works(const struct wf_calendar *calendar, int32_t day);

/* The working days after `from`, up to `to`; where `to` comes first, those
 * after it up to `from`, negative. */
int32_t wf_calendar_count(const struct wf_calendar *calendar, int32_t from,
                          int32_t to);

/* The working day that is the n-th after `day`, or before it where n is
 * negative; 0: `day` itself. |n| is at most 9999. */
int32_t wf_calendar_add(const struct wf_calendar *calendar, int32_t day, int n);

/* The time `by` after `ms`, or before it. Minutes and hours are of the clock
 * on the wall of nobody: they pass. Days keep the time of day in the
 * calendar's zone, and so do working days. */
int64_t wf_calendar_shift(const struct wf_calendar *calendar, int64_t ms,
                          struct wf_duration by, bool back);

#endif
