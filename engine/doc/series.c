/* doc/series.c - reads the points of metrics.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/series.h"

#include <math.h>

#include "base/error.h"
#include "base/list.h"

enum {
    HOUR_MS = 60 * 60 * 1000
};

static const char SQL_FIND[] =
    "SELECT id FROM metric_series WHERE metric = $1 AND subject = $2";
static const char SQL_POINTS[] =
    "SELECT at, value FROM metric_point WHERE series = $1 AND at >= $2"
    " AND at <= $3 ORDER BY at";
static const char SQL_DAYS[] =
    "SELECT day, n, total, least, most, last, last_at FROM metric_day"
    " WHERE series = $1 AND day >= $2 AND day <= $3 ORDER BY day";

static const char SQL_OLDER[] =
    "SELECT 1 FROM metric_day WHERE series = $1 AND day <= $2 LIMIT 1";

bool wf_series_find(struct wf_call *call, const char *metric,
                    const char *subject, wf_id *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = 0;
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, metric);
    wf_stmt_bind_text(&q, 2, subject);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW)
        *out = wf_stmt_int(&q, 0);
    return got != WF_FETCH_ERROR;
}

/* --- Adding up */

void wf_sums_add(struct wf_sums *sums, const struct wf_sums *more)
{
    if (sums->n == 0 || more->least < sums->least)
        sums->least = more->least;
    if (sums->n == 0 || more->most > sums->most)
        sums->most = more->most;
    if (sums->n == 0 || more->last_at >= sums->last_at) {
        sums->last = more->last;
        sums->last_at = more->last_at;
    }
    sums->n += more->n;
    sums->total += more->total;
}

bool wf_sums_value(const struct wf_sums *sums, enum wf_metric_fn fn,
                   double *out)
{
    switch (fn) {
    case WF_METRIC_SUM:
        *out = sums->total;
        return true;
    case WF_METRIC_COUNT:
        *out = (double)sums->n;
        return true;
    case WF_METRIC_AVG:
        *out = sums->n ? sums->total / (double)sums->n : 0;
        break;
    case WF_METRIC_MIN:
        *out = sums->least;
        break;
    case WF_METRIC_MAX:
        *out = sums->most;
        break;
    case WF_METRIC_LAST:
        *out = sums->last;
        break;
    }
    return sums->n > 0;
}

/* --- Spans */

static int64_t day_begins(const char *zone, int32_t day)
{
    int64_t at = 0;

    return wf_zone_from_local(zone, day, 0, &at) ? at : 0;
}

void wf_series_span(const char *zone, enum wf_metric_span span, int64_t at,
                    int64_t *begins, int64_t *ends)
{
    struct wf_period period;
    int32_t day = 0, ms = 0, first, last;

    (void)wf_zone_to_local(zone, at, &day, &ms);
    switch (span) {
    case WF_SPAN_POINT:
        *begins = at;
        *ends = at + 1;
        return;
    case WF_SPAN_HOUR:
        *begins = at - ms % HOUR_MS;
        *ends = *begins + HOUR_MS;
        return;
    case WF_SPAN_DAY:
        first = last = day;
        break;
    default:
        period = wf_period_at(
            span == WF_SPAN_WEEK ? WF_PERIOD_WEEK : WF_PERIOD_MONTH, day);
        first = wf_period_start(period);
        last = wf_period_end(period);
    }
    *begins = day_begins(zone, first);
    *ends = day_begins(zone, last + 1);
}

/* --- Reading */

struct reading {
    struct wf_call *call;
    const struct wf_series_query *query;
    struct wf_sums_list *out;
    int64_t ends; /* of the last of `out` */
};

/* To the span that it is in. Rows come in order of time. */
static bool take(struct reading *r, int64_t at, const struct wf_sums *sums,
                 weft_error *err)
{
    struct wf_sums_list *out = r->out;

    if (out->n == 0 || at >= r->ends) {
        struct wf_sums *next;
        int64_t begins;

        if (out->n == r->query->max)
            return wf_fail(err, WEFT_E_TOO_LARGE,
                           "These are more than %zu values: ask for a shorter "
                           "time, or for larger steps.",
                           r->query->max);
        next = WF_PUSH(r->call->arena, out);
        *next = (struct wf_sums){ .n = 0 };
        wf_series_span(r->query->zone, r->query->span, at, &begins, &r->ends);
        next->at = begins;
    }
    wf_sums_add(&out->at[out->n - 1], sums);
    return true;
}

static bool read_points(struct reading *r, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(r->call->db, SQL_POINTS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, r->query->series);
    wf_stmt_bind_int(&q, 2, r->query->from);
    wf_stmt_bind_int(&q, 3, r->query->to);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        int64_t at = wf_stmt_int(&q, 0);
        double value = wf_stmt_real(&q, 1);
        struct wf_sums one = { at, 1, value, value, value, value, at };

        if (!take(r, at, &one, err))
            return false;
    }
    return got == WF_FETCH_DONE;
}

static void read_day(struct wf_stmt *q, const char *zone, struct wf_sums *out)
{
    *out = (struct wf_sums){
        .at = zone ? day_begins(zone, (int32_t)wf_stmt_int(q, 0))
                   : wf_stmt_int(q, 0),
        .n = wf_stmt_int(q, 1),
        .total = wf_stmt_real(q, 2),
        .least = wf_stmt_real(q, 3),
        .most = wf_stmt_real(q, 4),
        .last = wf_stmt_real(q, 5),
        .last_at = wf_stmt_int(q, 6),
    };
}

static bool begin_days(struct wf_call *call, wf_id series, int32_t first,
                       int32_t last, struct wf_stmt *q, weft_error *err)
{
    if (!wf_stmt_begin(call->db, SQL_DAYS, q, err))
        return false;
    wf_stmt_bind_int(q, 1, series);
    wf_stmt_bind_int(q, 2, first);
    wf_stmt_bind_int(q, 3, last);
    return true;
}

static bool read_days(struct reading *r, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    int32_t first = 0, last = 0, ms;
    enum wf_fetch got;

    (void)wf_zone_to_local(r->query->zone, r->query->from, &first, &ms);
    (void)wf_zone_to_local(r->query->zone, r->query->to, &last, &ms);
    if (!begin_days(r->call, r->query->series, first, last, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_sums day;

        read_day(&q, r->query->zone, &day);
        if (!take(r, day.at, &day, err))
            return false;
    }
    return got == WF_FETCH_DONE;
}

bool wf_series_read(struct wf_call *call, const struct wf_series_query *query,
                    struct wf_sums_list *out, weft_error *err)
{
    struct reading r = { .call = call, .query = query, .out = out };

    *out = (struct wf_sums_list){ NULL, 0, 0 };
    return query->span == WF_SPAN_POINT || query->span == WF_SPAN_HOUR
               ? read_points(&r, err)
               : read_days(&r, err);
}

bool wf_series_days(struct wf_call *call, wf_id series, int32_t first,
                    int32_t last, struct wf_sums *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = (struct wf_sums){ .n = 0 };
    if (!begin_days(call, series, first, last, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_sums day;

        read_day(&q, NULL, &day);
        wf_sums_add(out, &day);
    }
    return got == WF_FETCH_DONE;
}

static bool goes_back(struct wf_call *call, wf_id series, int32_t first,
                      bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_OLDER, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, series);
    wf_stmt_bind_int(&q, 2, first);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

/* By Welford: numbers that lie close together lose nothing. */
bool wf_series_back(struct wf_call *call, const struct wf_back *back,
                    bool *there, double *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    double mean = 0, squares = 0;
    int64_t n = 0;
    enum wf_fetch got;

    *out = 0;
    if (!goes_back(call, back->series, back->first, there, err))
        return false;
    if (!*there)
        return true;
    if (!begin_days(call, back->series, back->first, back->last, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_sums day;
        double value, from_mean;

        read_day(&q, NULL, &day);
        if (!wf_sums_value(&day, back->fn, &value))
            continue;
        from_mean = value - mean;
        mean += from_mean / (double)++n;
        squares += from_mean * (value - mean);
    }
    *there = n >= (back->sd ? 2 : 1);
    *out = back->sd ? sqrt(*there ? squares / (double)(n - 1) : 0) : mean;
    return got == WF_FETCH_DONE;
}
