/* base/date.c - days and times of the proleptic Gregorian calendar, and their
 * texts: RFC 3339, ISO 8601 weeks. period.c has periods and durations, zone.c
 * the zones.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"

#include <stdio.h>

static const int64_t MS_PER_DAY = 86400000;

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Years are counted from March, so that the leap day is the last one; an era
 * is the 400 years after which the calendar repeats. */
enum {
    DAYS_PER_ERA = 146097,
    DAYS_TO_1970 = 719468
};

int32_t wf_day_of(struct wf_date date)
{
    int64_t year = date.year - (date.month <= 2);
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12; /* 0 is March */
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return (int32_t)(era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970);
}

struct wf_date wf_date_of(int32_t day)
{
    int64_t z = (int64_t)day + DAYS_TO_1970;
    int64_t era = floor_div(z, DAYS_PER_ERA);
    int64_t doe = z - era * DAYS_PER_ERA; /* day of the era */
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t month = (5 * doy + 2) / 153; /* 0 is March */
    struct wf_date date;

    date.month = (int)(month < 10 ? month + 3 : month - 9);
    date.year = (int)(yoe + era * 400 + (date.month <= 2));
    date.day = (int)(doy - (153 * month + 2) / 5 + 1);
    return date;
}

int wf_weekday(int32_t day)
{
    int64_t since_monday = (int64_t)day + 3; /* 1970-01-01 was a Thursday */

    return (int)(since_monday - floor_div(since_monday, 7) * 7);
}

/* A week belongs to the year in which its Thursday lies. */
static int32_t thursday_of(int32_t day)
{
    return day - wf_weekday(day) + 3;
}

int32_t wf_iso_week_year(int32_t day)
{
    return wf_date_of(thursday_of(day)).year;
}

int32_t wf_iso_week(int32_t day)
{
    struct wf_date first = { wf_iso_week_year(day), 1, 1 };

    return (thursday_of(day) - wf_day_of(first)) / 7 + 1;
}

/* Reads `n` digits at `*at` of `text` and moves on. */
static bool take_digits(struct wf_str text, size_t *at, size_t n, int *out)
{
    int value = 0;

    if (text.len < *at + n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = text.at[*at + i];

        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    *at += n;
    *out = value;
    return true;
}

static bool take_char(struct wf_str text, size_t *at, const char *allowed)
{
    if (text.len <= *at || !text.at[*at] || !strchr(allowed, text.at[*at]))
        return false;
    ++*at;
    return true;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of_month(int year, int month)
{
    static const int days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool take_date(struct wf_str text, size_t *at, int32_t *day)
{
    struct wf_date date;

    if (!take_digits(text, at, 4, &date.year) || !take_char(text, at, "-")
        || !take_digits(text, at, 2, &date.month) || !take_char(text, at, "-")
        || !take_digits(text, at, 2, &date.day))
        return false;
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1
        || date.day > days_of_month(date.year, date.month))
        return false;
    *day = wf_day_of(date);
    return true;
}

bool wf_date_parse(struct wf_str text, int32_t *day)
{
    size_t at = 0;
    int32_t read;

    if (text.len != 10 || !take_date(text, &at, &read))
        return false;
    *day = read;
    return true;
}

/* `width` digits of `n` and `end` behind them; returns the place after that. */
static char *put(char *at, int n, int width, char end)
{
    unsigned rest = (unsigned)n;

    for (int i = width - 1; i >= 0; i--, rest /= 10)
        at[i] = (char)('0' + rest % 10);
    at[width] = end;
    return at + width + 1;
}

/* By hand, as formulas do it each time that they ask for today; but what lies
 * beyond the years that can be read stays what it was. */
void wf_date_write(int32_t day, char text[WF_DATE_TEXT])
{
    struct wf_date date = wf_date_of(day);
    char *at;

    if (date.year < 1 || date.year > 9999) {
        snprintf(text, WF_DATE_TEXT, "%04d-%02d-%02d", date.year, date.month,
                 date.day);
        return;
    }
    at = put(text, date.year, 4, '-');
    at = put(at, date.month, 2, '-');
    (void)put(at, date.day, 2, '\0');
}

/* ".5" and ".123456": what is finer than milliseconds is cut off. */
static bool take_fraction(struct wf_str text, size_t *at, int *ms)
{
    int unit = 100;
    int digit;

    *ms = 0;
    if (!take_char(text, at, "."))
        return true;
    if (!take_digits(text, at, 1, &digit))
        return false;
    do {
        *ms += digit * unit;
        unit /= 10;
    } while (take_digits(text, at, 1, &digit));
    return true;
}

static bool take_clock(struct wf_str text, size_t *at, int64_t *ms_of_day)
{
    int hour;
    int minute;
    int second;
    int ms;

    if (!take_digits(text, at, 2, &hour) || !take_char(text, at, ":")
        || !take_digits(text, at, 2, &minute) || !take_char(text, at, ":")
        || !take_digits(text, at, 2, &second) || !take_fraction(text, at, &ms))
        return false;
    /* RFC 3339 allows leap seconds; they count as the second before. */
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    if (second == 60)
        second = 59;
    *ms_of_day = ((int64_t)hour * 3600 + minute * 60 + second) * 1000 + ms;
    return true;
}

bool wf_clock_parse(struct wf_str text, int *minutes)
{
    size_t at = 0;
    int hour;
    int minute;

    if (!take_digits(text, &at, 2, &hour) || !take_char(text, &at, ":")
        || !take_digits(text, &at, 2, &minute) || at != text.len || minute > 59
        || hour * 60 + minute > 24 * 60)
        return false;
    *minutes = hour * 60 + minute;
    return true;
}

static bool take_offset(struct wf_str text, size_t *at, int64_t *offset_ms)
{
    int sign;
    int hour;
    int minute;

    *offset_ms = 0;
    if (take_char(text, at, "Zz"))
        return true;
    sign = text.len > *at && text.at[*at] == '-' ? -1 : 1;
    if (!take_char(text, at, "+-") || !take_digits(text, at, 2, &hour)
        || !take_char(text, at, ":") || !take_digits(text, at, 2, &minute)
        || hour > 23 || minute > 59)
        return false;
    *offset_ms = sign * (hour * 60 + minute) * INT64_C(60000);
    return true;
}

bool wf_time_parse(struct wf_str text, int64_t *ms)
{
    size_t at = 0;
    int32_t day;
    int64_t ms_of_day;
    int64_t offset_ms;
    int64_t read;
    int year;

    if (!take_date(text, &at, &day) || !take_char(text, &at, "Tt ")
        || !take_clock(text, &at, &ms_of_day)
        || !take_offset(text, &at, &offset_ms) || at != text.len)
        return false;
    read = day * MS_PER_DAY + ms_of_day - offset_ms;
    year = wf_date_of((int32_t)floor_div(read, MS_PER_DAY)).year;
    if (year < 1 || year > 9999) /* by its offset */
        return false;
    *ms = read;
    return true;
}

/* By hand: every row of every list has three of them. */
void wf_time_write(int64_t ms, char text[WF_TIME_TEXT])
{
    int64_t day = floor_div(ms, MS_PER_DAY);
    int rest = (int)(ms - day * MS_PER_DAY);
    struct wf_date date = wf_date_of((int32_t)day);
    char *at = put(text, date.year, 4, '-');

    at = put(at, date.month, 2, '-');
    at = put(at, date.day, 2, 'T');
    at = put(at, rest / 3600000, 2, ':');
    at = put(at, rest / 60000 % 60, 2, ':');
    at = put(at, rest / 1000 % 60, 2, '.');
    at = put(at, rest % 1000, 3, 'Z');
    *at = '\0';
}
