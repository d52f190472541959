/* http/page_day.c - a day in the words that are nearest to now.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/page_day.h"

#include "base/clock.h"
#include "base/date.h"
#include "base/messages.h"
#include "http/page.h"

enum {
    NEAR_DAYS = 7
};

static int32_t day_at(const char *zone, int64_t ms)
{
    int32_t day = 0, of_day;

    if (!zone || !wf_zone_to_local(zone, ms, &day, &of_day))
        (void)wf_zone_to_local("Etc/UTC", ms, &day, &of_day);
    return day;
}

static const char *near_text(const struct http_request *req, int32_t days)
{
    switch (days) {
    case 0:
        return wf_message(req->lang, "today");
    case 1:
        return wf_message(req->lang, "tomorrow");
    case -1:
        return wf_message(req->lang, "yesterday");
    default:
        return days > 0 ? wf_arena_printf(
                   req->arena, wf_message(req->lang, "in %d days"), (int)days)
                        : wf_arena_printf(req->arena,
                                          wf_message(req->lang, "%d days ago"),
                                          (int)-days);
    }
}

/* Whole sentences, for languages that put a month elsewhere. */
static const char *day_text(const struct http_request *req, struct wf_date date)
{
    struct wf_arena *arena = req->arena;
    const char *lang = req->lang;

    switch (date.month) {
    case 1:
        return wf_arena_printf(arena, wf_message(lang, "Jan %d"), date.day);
    case 2:
        return wf_arena_printf(arena, wf_message(lang, "Feb %d"), date.day);
    case 3:
        return wf_arena_printf(arena, wf_message(lang, "Mar %d"), date.day);
    case 4:
        return wf_arena_printf(arena, wf_message(lang, "Apr %d"), date.day);
    case 5:
        return wf_arena_printf(arena, wf_message(lang, "May %d"), date.day);
    case 6:
        return wf_arena_printf(arena, wf_message(lang, "Jun %d"), date.day);
    case 7:
        return wf_arena_printf(arena, wf_message(lang, "Jul %d"), date.day);
    case 8:
        return wf_arena_printf(arena, wf_message(lang, "Aug %d"), date.day);
    case 9:
        return wf_arena_printf(arena, wf_message(lang, "Sep %d"), date.day);
    case 10:
        return wf_arena_printf(arena, wf_message(lang, "Oct %d"), date.day);
    case 11:
        return wf_arena_printf(arena, wf_message(lang, "Nov %d"), date.day);
    default:
        return wf_arena_printf(arena, wf_message(lang, "Dec %d"), date.day);
    }
}

void http_page_day(const struct http_request *req, const char *zone,
                   const char *instant, struct wf_buf *out)
{
    int32_t today = day_at(zone, wf_clock_now(&wf_clock_real)), day;
    struct wf_date date;
    int64_t ms;

    if (!wf_time_parse(wf_str_of(instant), &ms))
        return;
    day = day_at(zone, ms);
    date = wf_date_of(day);
    if (day - today >= -NEAR_DAYS && day - today <= NEAR_DAYS)
        http_html_text(out, near_text(req, day - today));
    else if (date.year == wf_date_of(today).year)
        http_html_text(out, day_text(req, date));
    else
        http_html_printf(req, out, wf_message(req->lang, "%s, %d"),
                         day_text(req, date), date.year);
}
