/* def/parse_calendar.c - reads *.calendar.xml: the week, its hours, days off
 * and make-up days.
 *
 * Source: docs/definition-language.md, "Calendars".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/str.h"
#include "def/calendar.h"
#include "def/limits.h"
#include "def/parse.h"

enum {
    OFF_MAX = 366, /* days of one <off> */
    MONDAY_TO_FRIDAY = 0x1f
};

/* A calendar while it is read. `calendar` outlives the reading. */
struct reading {
    struct wf_calendar calendar;
    WF_LIST(struct wf_calendar_day) days; /* as they stand there */
};

struct day {
    int32_t at;
    bool is_set;
};

/* One <off> or <on>. */
struct span {
    struct day from, to;
    struct wf_words *words;
};

/* --- Attributes */

static void read_week(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    static const char *const words[] = { "mon", "tue", "wed", "thu",
                                         "fri", "sat", "sun" };
    struct wf_str rest = wf_str_of(attr->value), part;
    unsigned week = 0;

    (void)arg;
    while (wf_str_split(&rest, ' ', &part)) {
        struct wf_suggest guess =
            WF_SUGGEST_INIT(wf_arena_slice(load->scratch, part));
        bool known = part.len == 0;

        for (unsigned i = 0; i < WF_COUNT(words); i++) {
            if (wf_str_is(part, words[i])) {
                week |= 1U << i;
                known = true;
            }
            wf_suggest_offer(&guess, words[i]);
        }
        if (!known)
            wf_diag_at(load->diags, attr->place, "unknown",
                       "\"%s\" is no day of the week; write some of: mon tue "
                       "wed thu fri sat sun",
                       guess.word);
    }
    *(unsigned *)member = week;
}

static void read_hours(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    struct wf_hours *hours = member;
    struct wf_str rest = wf_str_of(attr->value), part;
    struct wf_hours read;

    (void)arg;
    if (wf_str_split(&rest, '-', &part) && wf_clock_parse(part, &read.opens)
        && wf_clock_parse(rest, &read.closes) && read.opens < read.closes)
        *hours = read;
    else
        wf_diag_at(load->diags, attr->place, "type",
                   "hours=\"%s\" must be a time, - and a later one, such as "
                   "09:00-18:00",
                   attr->value);
}

static void read_day(struct wf_load *load, const struct wf_attr *attr,
                     void *member, const void *arg)
{
    struct day *day = member;

    (void)arg;
    day->is_set = wf_date_parse(wf_str_of(attr->value), &day->at);
    if (!day->is_set)
        wf_diag_at(load->diags, attr->place, "type",
                   "\"%s\" is not a day; write it as 2026-10-31", attr->value);
}

/* --- Days off and on */

#define AT(member) offsetof(struct span, member)
/* clang-format off */
static const struct wf_attr_row off_attrs[] = {
    { "from",  read_day,     AT(from),  true,  NULL },
    { "to",    read_day,     AT(to),    false, NULL },
    { "label", wf_read_word, AT(words), false, &wf_word_label },
};
static const struct wf_attr_row on_attrs[] = {
    { "date",  read_day,     AT(from),  true,  NULL },
    { "label", wf_read_word, AT(words), false, &wf_word_label },
};
/* clang-format on */

static const struct wf_shape off_shape = { off_attrs, WF_COUNT(off_attrs), NULL,
                                           0, AT(words) };
static const struct wf_shape on_shape = { on_attrs, WF_COUNT(on_attrs), NULL, 0,
                                          AT(words) };
#undef AT

static void add_days(struct wf_load *load, const struct wf_elem *elem,
                     struct reading *reading, const struct span *span,
                     bool works)
{
    for (int32_t day = span->from.at; day <= span->to.at; day++) {
        if (reading->days.n == WF_MAX_CALENDAR_DAYS) {
            wf_diag_at(load->diags, elem->place, "limit",
                       "a calendar has at most %d days off and on together",
                       WF_MAX_CALENDAR_DAYS);
            return;
        }
        *WF_PUSH(load->scratch, &reading->days) =
            (struct wf_calendar_day){ day, works };
    }
}

static void parse_off(struct wf_load *load, const struct wf_elem *elem,
                      void *parent)
{
    struct span span = { .words = NULL };

    wf_load_read(load, elem, &off_shape, &span);
    if (!wf_elem_attr(elem, "to"))
        span.to = span.from;
    if (!span.from.is_set || !span.to.is_set)
        return;
    if (span.to.at >= span.from.at && span.to.at - span.from.at < OFF_MAX)
        add_days(load, elem, parent, &span, false);
    else
        wf_diag_at(load->diags, wf_place_of(elem, "to"), "bounds",
                   "<off> ends on the day it begins or later, and has at most "
                   "%d days",
                   OFF_MAX);
}

static void parse_on(struct wf_load *load, const struct wf_elem *elem,
                     void *parent)
{
    struct span span = { .words = NULL };

    wf_load_read(load, elem, &on_shape, &span);
    span.to = span.from;
    if (span.from.is_set)
        add_days(load, elem, parent, &span, true);
}

/* --- The calendar */

static int by_day(const void *a, const void *b)
{
    const struct wf_calendar_day *left = a, *right = b;

    if (left->day != right->day)
        return left->day < right->day ? -1 : 1;
    return right->works - left->works; /* a make-up day in a holiday works */
}

/* Each day once, by day. */
static void sort_days(struct wf_load *load, struct reading *reading)
{
    struct wf_calendar *calendar = &reading->calendar;
    size_t n = reading->days.n;

    if (n == 0)
        return;
    qsort(reading->days.at, n, sizeof *reading->days.at, by_day);
    calendar->days = WF_NEW_N(load->arena, struct wf_calendar_day, n);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || reading->days.at[i].day != reading->days.at[i - 1].day)
            calendar->days[calendar->n_days++] = reading->days.at[i];
}

#define AT(member) offsetof(struct reading, calendar.member)
/* clang-format off */
static const struct wf_attr_row calendar_attrs[] = {
    { "id",       wf_read_id,   AT(id),         true,  NULL },
    { "label",    wf_read_word, AT(words),      false, &wf_word_label },
    { "help",     wf_read_word, AT(words),      false, &wf_word_help },
    { "default",  wf_read_bool, AT(is_default), false, NULL },
    { "week",     read_week,    AT(week),       false, NULL },
    { "hours",    read_hours,   AT(hours),      false, NULL },
    { "timezone", wf_read_zone, AT(zone),       false, NULL },
};
static const struct wf_kid_row calendar_kids[] = {
    { "off", parse_off },
    { "on",  parse_on },
};
/* clang-format on */

static const struct wf_shape calendar_shape = {
    calendar_attrs, WF_COUNT(calendar_attrs), calendar_kids,
    WF_COUNT(calendar_kids), AT(words)
};
#undef AT

struct wf_calendar *wf_parse_calendar(struct wf_load *load,
                                      const struct wf_elem *root)
{
    struct reading *reading = WF_NEW(load->arena, struct reading);
    struct wf_calendar *calendar = &reading->calendar;

    load->lang = load->package->lang;
    calendar->package = load->package->id;
    calendar->zone = load->package->timezone;
    calendar->week = MONDAY_TO_FRIDAY;
    wf_load_read(load, root, &calendar_shape, reading);
    sort_days(load, reading);
    if (calendar->week == 0)
        wf_diag_at(load->diags, wf_place_of(root, "week"), "required",
                   "a calendar without working days has no use; name at least "
                   "one in week=\"…\"");
    if (!calendar->id)
        calendar->id = "";
    return calendar;
}
