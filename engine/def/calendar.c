/* def/calendar.c - counting working days, without walking through them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/calendar.h"

#include <assert.h>

#include "base/macros.h"

enum {
    DAYS = 7,
    MONDAY_TO_FRIDAY = 0x1f,
    MINUTE_MS = 60000
};

struct wf_calendar wf_calendar_plain(const char *zone)
{
    return (struct wf_calendar){
        .id = "", .package = "", .zone = zone, .week = MONDAY_TO_FRIDAY
    };
}

/* How many exceptions lie before `day`. */
static size_t days_before(const struct wf_calendar *calendar, int32_t day)
{
    size_t low = 0, high = calendar->n_days;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (calendar->days[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool week_works(const struct wf_calendar *calendar, int32_t day)
{
    return (calendar->week >> wf_weekday(day) & 1) != 0;
}

bool wf_calendar_works(const struct wf_calendar *calendar, int32_t day)
{
    size_t at = days_before(calendar, day);

    if (at < calendar->n_days && calendar->days[at].day == day)
        return calendar->days[at].works;
    return week_works(calendar, day);
}

static int per_week(const struct wf_calendar *calendar)
{
    int n = 0;

    for (int i = 0; i < DAYS; i++)
        n += (calendar->week >> i & 1) != 0;
    return n;
}

/* Those after `from`, up to `to`, which is not before it. */
static int32_t count_on(const struct wf_calendar *calendar, int32_t from,
                        int32_t to)
{
    int32_t weeks = (to - from) / DAYS;
    int32_t n = weeks * per_week(calendar);

    for (int32_t day = from + weeks * DAYS + 1; day <= to; day++)
        n += week_works(calendar, day);
    for (size_t i = days_before(calendar, from + 1);
         i < calendar->n_days && calendar->days[i].day <= to; i++)
        n += calendar->days[i].works
             - week_works(calendar, calendar->days[i].day);
    return n;
}

int32_t wf_calendar_count(const struct wf_calendar *calendar, int32_t from,
                          int32_t to)
{
    return from <= to ? count_on(calendar, from, to)
                      : -count_on(calendar, to, from);
}

/* A day that is surely far enough away: each exception takes one at most. */
static int32_t reach(const struct wf_calendar *calendar, int n)
{
    return (int32_t)(n + (int)calendar->n_days + 1) * DAYS;
}

static int32_t nth_after(const struct wf_calendar *calendar, int32_t day, int n)
{
    int32_t low = day + 1, high = day + reach(calendar, n);

    while (low < high) {
        int32_t middle = low + (high - low) / 2;

        if (count_on(calendar, day, middle) < n)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int32_t nth_before(const struct wf_calendar *calendar, int32_t day,
                          int n)
{
    int32_t low = day - reach(calendar, n), high = day - 1;

    while (low < high) {
        int32_t middle = high - (high - low) / 2;

        if (count_on(calendar, middle - 1, day - 1) < n)
            high = middle - 1;
        else
            low = middle;
    }
    return low;
}

int32_t wf_calendar_add(const struct wf_calendar *calendar, int32_t day, int n)
{
    if (n == 0)
        return day;
    return n > 0 ? nth_after(calendar, day, n) : nth_before(calendar, day, -n);
}

int64_t wf_calendar_shift(const struct wf_calendar *calendar, int64_t ms,
                          struct wf_duration by, bool back)
{
    int n = back ? -by.n : by.n;
    int32_t day = 0, of_day = 0;
    bool known;

    if (by.unit == WF_DURATION_MINUTES || by.unit == WF_DURATION_HOURS)
        return ms
               + (int64_t)n * MINUTE_MS
                     * (by.unit == WF_DURATION_HOURS ? 60 : 1);
    known = wf_zone_to_local(calendar->zone, ms, &day, &of_day);
    if (by.unit == WF_DURATION_WORKING_DAYS)
        day = wf_calendar_add(calendar, day, n);
    else
        day += by.unit == WF_DURATION_WEEKS ? n * DAYS : n;
    known = known && wf_zone_from_local(calendar->zone, day, of_day, &ms);
    assert(known); /* zones are checked where they are read */
    return ms;
}
