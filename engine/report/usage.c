/* report/usage.c - counts what was done in a day, when it is over; the tables
 * `usage` and `usage_lane`.
 *
 * The history is what is counted: nothing is noted of people beside it, and
 * anonymous answers, which have none, are in no figure. Each person is in one
 * unit, so figures of units add up to those of the company; therefore units are
 * left out until those left out have three people, or none.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/usage.h"

#include <string.h>

#include "base/date.h"
#include "base/list.h"
#include "org/company.h"

enum {
    FEW = 3,      /* people who may be told apart */
    DAYS_MAX = 31 /* counted at once after a long pause */
};

static const char SQL_LANES[] =
    "INSERT INTO usage_lane (lane, seq) SELECT id, 0 FROM lane WHERE true"
    " ON CONFLICT (lane) DO NOTHING";
static const char SQL_LAST[] = "SELECT MAX(day) FROM usage";
static const char SQL_COUNT[] =
    "SELECT d.form, e.kind, u.key, COUNT(*), COUNT(DISTINCT e.actor)"
    " FROM usage_lane l JOIN event e ON e.lane = l.lane AND e.seq > l.seq"
    " JOIN document d ON d.id = e.document"
    " LEFT JOIN person p ON p.id = e.actor LEFT JOIN unit u ON u.id = p.unit"
    " WHERE e.at >= $1 AND e.at < $2 AND e.actor IS NOT NULL"
    " GROUP BY 1, 2, 3 ORDER BY 1, 2, 5, 3";
static const char SQL_ALL[] =
    "SELECT COUNT(*), COUNT(DISTINCT e.actor)"
    " FROM usage_lane l JOIN event e ON e.lane = l.lane AND e.seq > l.seq"
    " WHERE e.at >= $1 AND e.at < $2 AND e.actor IS NOT NULL";
static const char SQL_PUT[] =
    "INSERT INTO usage (day, form, what, unit, n, people)"
    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
static const char SQL_COUNTED[] =
    "UPDATE usage_lane SET seq = COALESCE((SELECT MAX(e.seq) FROM event e"
    " WHERE e.lane = usage_lane.lane AND e.seq > usage_lane.seq"
    " AND e.at < $1), seq)";
static const char SQL_LIST[] =
    "SELECT day, form, what, unit, n, people FROM usage"
    " WHERE day >= $1 AND day <= $2 ORDER BY day DESC, form, what, unit";

/* What one unit did; `unit` NULL: people without one. */
struct used {
    const char *form, *what, *unit;
    int64_t n, people;
};

struct list {
    struct used *at;
    size_t n, cap;
};

struct counting {
    struct wf_call *call;
    const char *zone;
    int32_t day;
    int64_t from, until;
};

static bool run(struct wf_call *call, const char *sql, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    return wf_stmt_begin(call->db, sql, &q, err) && wf_stmt_run(&q, err);
}

static bool put(const struct counting *c, const struct used *used,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(c->call->db, SQL_PUT, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, c->day);
    wf_stmt_bind_text(&q, 2, used->form);
    wf_stmt_bind_text(&q, 3, used->what);
    wf_stmt_bind_text(&q, 4, used->unit);
    wf_stmt_bind_int(&q, 5, used->n);
    if (used->people < FEW)
        wf_stmt_bind_null(&q, 6);
    else
        wf_stmt_bind_int(&q, 6, used->people);
    return wf_stmt_run(&q, err);
}

/* --- One day */

static bool read_day(const struct counting *c, struct list *out,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = c->call->arena;
    enum wf_fetch got;

    if (!wf_stmt_begin(c->call->db, SQL_COUNT, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, c->from);
    wf_stmt_bind_int(&q, 2, c->until);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(arena, out) =
            (struct used){ wf_stmt_str(&q, 0, arena), wf_stmt_str(&q, 1, arena),
                           wf_stmt_str(&q, 2, arena), wf_stmt_int(&q, 3),
                           wf_stmt_int(&q, 4) };
    return got == WF_FETCH_DONE;
}

static bool is_alike(const struct used *a, const struct used *b)
{
    return wf_streq(a->form, b->form) && wf_streq(a->what, b->what);
}

/* The units of one form and act, the fewest people first: those that are left
 * out come first, until they are enough. */
static bool put_units(const struct counting *c, const struct used *first,
                      size_t n, weft_error *err)
{
    struct used all = { first->form, first->what, "", 0, 0 };
    int64_t hidden = 0;

    for (size_t i = 0; i < n; i++) {
        bool is_shown = first[i].unit && first[i].people >= FEW
                        && (hidden == 0 || hidden >= FEW);

        all.n += first[i].n;
        all.people += first[i].people;
        if (!is_shown)
            hidden += first[i].people;
        else if (!put(c, &first[i], err))
            return false;
    }
    return put(c, &all, err);
}

/* People without a unit are left out from the start. */
static void put_nobodys_first(struct used *first, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!first[i].unit) {
            struct used none = first[i];

            memmove(first + 1, first, i * sizeof *first);
            first[0] = none;
        }
}

static bool put_day(const struct counting *c, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct used all = { "", "", "", 0, 0 };

    if (!wf_stmt_begin(c->call->db, SQL_ALL, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, c->from);
    wf_stmt_bind_int(&q, 2, c->until);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    all.n = wf_stmt_int(&q, 0);
    all.people = wf_stmt_int(&q, 1);
    wf_stmt_end(&q);
    return put(c, &all, err);
}

static bool count_day(struct counting *c, int32_t day, weft_error *err)
{
    struct list used = { NULL, 0, 0 };
    size_t n;

    c->day = day;
    (void)wf_zone_from_local(c->zone, day, 0, &c->from);
    (void)wf_zone_from_local(c->zone, day + 1, 0, &c->until);
    if (!read_day(c, &used, err))
        return false;
    for (size_t i = 0; i < used.n; i += n) {
        for (n = 1; i + n < used.n && is_alike(&used.at[i], &used.at[i + n]);)
            n++;
        put_nobodys_first(&used.at[i], n);
        if (!put_units(c, &used.at[i], n, err))
            return false;
    }
    return put_day(c, err);
}

/* --- All that are over */

static bool last_day(struct wf_call *call, int32_t otherwise, int32_t *out,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *out = otherwise;
    if (!wf_stmt_begin(call->db, SQL_LAST, &q, err)
        || wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    if (!wf_stmt_is_null(&q, 0))
        *out = (int32_t)wf_stmt_int(&q, 0);
    return true;
}

static bool note_counted(struct wf_call *call, int64_t until, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_COUNTED, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, until);
    return wf_stmt_run(&q, err);
}

static bool count_all(struct wf_call *call, const char *zone, int32_t today,
                      weft_error *err)
{
    struct counting c = { .call = call, .zone = zone };
    int64_t until = 0;
    int32_t last;

    if (!run(call, SQL_LANES, err) || !last_day(call, today - 2, &last, err))
        return false;
    if (last < today - 1 - DAYS_MAX)
        last = today - 1 - DAYS_MAX;
    for (int32_t day = last + 1; day < today; day++)
        if (!count_day(&c, day, err))
            return false;
    (void)wf_zone_from_local(zone, today, 0, &until);
    return note_counted(call, until, err);
}

static bool set(struct wf_flow *flow, const char *zone, int32_t day,
                weft_error *err)
{
    struct wf_timer timer = { .kind = "usage", .key = "day" };

    (void)wf_zone_from_local(zone, day, 0, &timer.due);
    return wf_timer_set(flow, &timer, err);
}

static bool today_of(struct wf_call *call, struct wf_company *company,
                     int32_t *day, weft_error *err)
{
    int32_t of_day;

    if (!wf_company_load(call, company, err))
        return false;
    (void)wf_zone_to_local(company->timezone, call->now, day, &of_day);
    return true;
}

bool wf_usage_fire(struct wf_flow *flow, const struct wf_timer *timer,
                   weft_error *err)
{
    struct wf_company company;
    int32_t today = 0;

    (void)timer;
    return today_of(flow->call, &company, &today, err)
           && count_all(flow->call, company.timezone, today, err)
           && set(flow, company.timezone, today + 1, err);
}

bool wf_usage_begin(struct wf_flow *flow, weft_error *err)
{
    struct wf_company company;
    int32_t today = 0;

    return today_of(flow->call, &company, &today, err)
           && set(flow, company.timezone, today + 1, err);
}

/* --- Looking */

static void write_row(struct wf_stmt *q, struct wf_json_writer *out)
{
    static const char *const names[] = { "form", "what", "unit" };
    char day[WF_DATE_TEXT];

    wf_date_write((int32_t)wf_stmt_int(q, 0), day);
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "day", day);
    for (int i = 0; i < 3; i++) {
        const char *text = wf_stmt_text(q, i + 1);

        wf_jw_key_text_or_null(out, names[i], text && *text ? text : NULL);
    }
    wf_jw_key(out, "n");
    wf_jw_int(out, wf_stmt_int(q, 4));
    wf_jw_key(out, "people");
    if (wf_stmt_is_null(q, 5))
        wf_jw_null(out);
    else
        wf_jw_int(out, wf_stmt_int(q, 5));
    wf_jw_close(out, '}');
}

bool wf_usage_list(struct wf_call *call, int32_t from, int32_t to,
                   const char *form, struct wf_json_writer *out,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, from);
    wf_stmt_bind_int(&q, 2, to);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (!form || wf_streq(form, wf_stmt_text(&q, 1)))
            write_row(&q, out);
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return got == WF_FETCH_DONE;
}
