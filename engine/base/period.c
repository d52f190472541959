/* base/period.c - periods and durations: see base/date.h.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"

#include <assert.h>
#include <stdio.h>

#include "base/macros.h"

enum {
    YEAR_MIN = 1,
    YEAR_MAX = 9999,
    MONTHS = 12,
    DURATION_MAX = 9999
};

/* clang-format off */
static const struct unit {
    const char *name;
    const char *letter; /* before the part, in texts */
    int n_parts;        /* of a year; weeks have no fixed number */
} units[] = {
    [WF_PERIOD_NONE]    = { "",        "",  0  },
    [WF_PERIOD_WEEK]    = { "week",    "W", 0  },
    [WF_PERIOD_MONTH]   = { "month",   "",  12 },
    [WF_PERIOD_QUARTER] = { "quarter", "Q", 4  },
    [WF_PERIOD_HALF]    = { "half",    "H", 2  },
    [WF_PERIOD_YEAR]    = { "year",    "",  1  },
};
/* clang-format on */

enum wf_period_unit wf_period_unit_of(const char *word)
{
    for (size_t i = WF_PERIOD_WEEK; i < WF_COUNT(units); i++)
        if (wf_streq(units[i].name, word))
            return (enum wf_period_unit)i;
    return WF_PERIOD_NONE;
}

const char *wf_period_unit_name(enum wf_period_unit unit)
{
    return units[unit].name;
}

static int n_weeks(int year)
{
    struct wf_date last = { year, 12, 28 }; /* always in the last week */

    return wf_iso_week(wf_day_of(last));
}

static int n_parts(struct wf_period period)
{
    return period.unit == WF_PERIOD_WEEK ? n_weeks(period.year)
                                         : units[period.unit].n_parts;
}

/* All of `text` is `n` digits. */
static bool is_number(struct wf_str text, size_t n, int *out)
{
    int value = 0;

    if (text.len != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        value = value * 10 + (text.at[i] - '0');
    }
    *out = value;
    return true;
}

static bool parse_part(struct wf_str text, struct wf_period *period)
{
    size_t n_digits = 1;

    switch (text.len ? text.at[0] : '\0') {
    case 'H':
        period->unit = WF_PERIOD_HALF;
        break;
    case 'Q':
        period->unit = WF_PERIOD_QUARTER;
        break;
    case 'W':
        period->unit = WF_PERIOD_WEEK;
        n_digits = 2;
        break;
    default:
        period->unit = WF_PERIOD_MONTH;
        return is_number(text, 2, &period->part);
    }
    text.at++;
    text.len--;
    return is_number(text, n_digits, &period->part);
}

bool wf_period_parse(struct wf_str text, struct wf_period *out)
{
    struct wf_period period = { WF_PERIOD_YEAR, 0, 0 };
    struct wf_str year = { text.at, text.len < 4 ? text.len : 4 };
    struct wf_str part = { NULL, 0 };

    if (!is_number(year, 4, &period.year) || period.year < YEAR_MIN)
        return false;
    if (text.len > 4) {
        part.at = text.at + 5;
        part.len = text.len - 5;
        if (text.at[4] != '-' || !parse_part(part, &period) || period.part < 1
            || period.part > n_parts(period))
            return false;
    }
    *out = period;
    return true;
}

void wf_period_write(struct wf_period period, char text[WF_PERIOD_TEXT])
{
    bool wide = period.unit == WF_PERIOD_WEEK || period.unit == WF_PERIOD_MONTH;

    if (period.unit == WF_PERIOD_YEAR)
        snprintf(text, WF_PERIOD_TEXT, "%04u", (unsigned)period.year % 10000);
    else
        snprintf(text, WF_PERIOD_TEXT, "%04u-%s%0*u",
                 (unsigned)period.year % 10000, units[period.unit].letter,
                 wide ? 2 : 1, (unsigned)period.part % 100);
}

struct wf_period wf_period_at(enum wf_period_unit unit, int32_t day)
{
    struct wf_date date = wf_date_of(day);
    struct wf_period period = { unit, date.year, 0 };

    assert(unit != WF_PERIOD_NONE);
    if (unit == WF_PERIOD_WEEK) {
        period.year = wf_iso_week_year(day);
        period.part = wf_iso_week(day);
    } else if (unit != WF_PERIOD_YEAR) {
        period.part = (date.month - 1) / (MONTHS / units[unit].n_parts) + 1;
    }
    return period;
}

static int64_t bounded(int64_t n, int64_t least, int64_t most)
{
    if (n < least)
        return least;
    return n > most ? most : n;
}

static struct wf_period step_weeks(struct wf_period period, int by)
{
    struct wf_date first = { YEAR_MIN, 1, 4 };
    struct wf_date last = { YEAR_MAX, 12, 28 };
    int64_t day = wf_period_start(period) + INT64_C(7) * by;

    return wf_period_at(WF_PERIOD_WEEK, (int32_t)bounded(day, wf_day_of(first),
                                                         wf_day_of(last)));
}

struct wf_period wf_period_step(struct wf_period period, int by)
{
    int n = units[period.unit].n_parts;
    int64_t index;

    if (period.unit == WF_PERIOD_WEEK)
        return step_weeks(period, by);
    index = (int64_t)period.year * n + (period.part ? period.part - 1 : 0) + by;
    index = bounded(index, YEAR_MIN * n, YEAR_MAX * n + n - 1);
    period.year = (int)(index / n);
    if (period.unit != WF_PERIOD_YEAR)
        period.part = (int)(index % n) + 1;
    return period;
}

int32_t wf_period_start(struct wf_period period)
{
    struct wf_date date = { period.year, 1, 1 };
    int32_t fourth;

    switch (period.unit) {
    case WF_PERIOD_WEEK:
        date.day = 4; /* always in the first week */
        fourth = wf_day_of(date);
        return fourth - wf_weekday(fourth) + (period.part - 1) * 7;
    case WF_PERIOD_YEAR:
        return wf_day_of(date);
    default:
        date.month += (period.part - 1) * (MONTHS / units[period.unit].n_parts);
        return wf_day_of(date);
    }
}

int32_t wf_period_end(struct wf_period period)
{
    struct wf_date next = { period.year, 1, 1 };
    int months;

    if (period.unit == WF_PERIOD_WEEK)
        return wf_period_start(period) + 6;
    months = MONTHS / units[period.unit].n_parts;
    next.month += (period.part ? period.part : 1) * months;
    if (next.month > MONTHS) {
        next.month = 1;
        next.year++;
    }
    return wf_day_of(next) - 1;
}

/* clang-format off */
static const struct {
    const char *suffix;
    enum wf_duration_unit unit;
} duration_units[] = {
    { "min", WF_DURATION_MINUTES      },
    { "h",   WF_DURATION_HOURS        },
    { "d",   WF_DURATION_DAYS         },
    { "wd",  WF_DURATION_WORKING_DAYS },
    { "w",   WF_DURATION_WEEKS        },
};
/* clang-format on */

bool wf_duration_parse(struct wf_str text, struct wf_duration *out)
{
    struct wf_str suffix = text;
    int n = 0;

    if (!text.len || text.at[0] == '0')
        return false;
    while (suffix.len && *suffix.at >= '0' && *suffix.at <= '9') {
        n = n * 10 + (*suffix.at - '0');
        if (n > DURATION_MAX)
            return false;
        suffix.at++;
        suffix.len--;
    }
    for (size_t i = 0; n && i < WF_COUNT(duration_units); i++) {
        if (!wf_str_is(suffix, duration_units[i].suffix))
            continue;
        out->n = n;
        out->unit = duration_units[i].unit;
        return true;
    }
    return false;
}

void wf_duration_write(struct wf_duration duration, char text[WF_DURATION_TEXT])
{
    const char *suffix = "";

    for (size_t i = 0; i < WF_COUNT(duration_units); i++)
        if (duration_units[i].unit == duration.unit)
            suffix = duration_units[i].suffix;
    snprintf(text, WF_DURATION_TEXT, "%d%s", duration.n, suffix);
}
