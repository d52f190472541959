/* plan/metric_span.c - spans that are to be judged as a whole: the table
 * `metric_span` and its timer.
 *
 * A day is judged when it is over and nothing has come for it for a quarter of
 * an hour: so points may be late by that much, and a series of years may be
 * brought in many requests.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "base/str.h"
#include "doc/series.h"
#include "plan/metric.h"

enum {
    GRACE_MS = 15 * 60 * 1000,
    PIECE = 100, /* spans: some ten milliseconds */
    HOURS_MAX = 1000000,
};

static const char KIND[] = "metric";

static const char SQL_MARK[] =
    "INSERT INTO metric_span (series, level, begins, ends, due)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (series, level, begins)"
    " DO UPDATE SET due = excluded.due";
static const char SQL_FIRST[] =
    "SELECT due FROM metric_span ORDER BY due LIMIT 1";
static const char SQL_DUE[] =
    "SELECT m.series, m.level, m.begins, m.ends, s.metric, s.subject"
    " FROM metric_span m JOIN metric_series s ON s.id = m.series"
    " WHERE m.due <= $1 ORDER BY m.due, m.series, m.begins LIMIT $2";
static const char SQL_DONE[] =
    "DELETE FROM metric_span"
    " WHERE series = $1 AND level = $2 AND begins = $3";

bool wf_span_mark(struct wf_call *call, const struct wf_span_mark *mark,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    int64_t over = mark->ends > call->now ? mark->ends : call->now;

    if (!wf_stmt_begin(call->db, SQL_MARK, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, mark->series);
    wf_stmt_bind_text(&q, 2, mark->level);
    wf_stmt_bind_int(&q, 3, mark->begins);
    wf_stmt_bind_int(&q, 4, mark->ends);
    wf_stmt_bind_int(&q, 5, over + GRACE_MS);
    return wf_stmt_run(&q, err);
}

static bool first_due(struct wf_call *call, int64_t *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = 0;
    if (!wf_stmt_begin(call->db, SQL_FIRST, &q, err))
        return false;
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW)
        *out = wf_stmt_int(&q, 0);
    return got != WF_FETCH_ERROR;
}

bool wf_spans_wait(struct wf_flow *flow, weft_error *err)
{
    struct wf_timer timer = { .kind = KIND, .key = "spans" };

    return first_due(flow->call, &timer.due, err)
           && (!timer.due || wf_timer_set(flow, &timer, err));
}

/* --- Judging them */

struct due {
    wf_id series;
    const char *level, *metric, *subject;
    int64_t begins, ends;
};

struct dues {
    struct due *at;
    size_t n, cap;
};

static bool find_due(struct wf_call *call, struct dues *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = (struct dues){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, SQL_DUE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, call->now);
    wf_stmt_bind_int(&q, 2, PIECE);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct due){ .series = wf_stmt_int(&q, 0),
                          .level = wf_stmt_str(&q, 1, call->arena),
                          .begins = wf_stmt_int(&q, 2),
                          .ends = wf_stmt_int(&q, 3),
                          .metric = wf_stmt_str(&q, 4, call->arena),
                          .subject = wf_stmt_str(&q, 5, call->arena) };
    return got == WF_FETCH_DONE;
}

static bool drop(struct wf_call *call, const struct due *due, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_DONE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, due->series);
    wf_stmt_bind_text(&q, 2, due->level);
    wf_stmt_bind_int(&q, 3, due->begins);
    return wf_stmt_run(&q, err);
}

/* What the points of the span add up to. */
static bool add_up(struct wf_call *call, const struct wf_metric *metric,
                   const struct wf_metric_level *level, const struct due *due,
                   struct wf_sums *out, weft_error *err)
{
    struct wf_series_query query = { .series = due->series,
                                     .zone = metric->head.package->timezone,
                                     .span = level->over,
                                     .from = due->begins,
                                     .to = due->ends - 1,
                                     .max = HOURS_MAX };
    struct wf_sums_list list;

    *out = (struct wf_sums){ .n = 0 };
    if (!wf_series_read(call, &query, &list, err))
        return false;
    for (size_t i = 0; i < list.n; i++)
        wf_sums_add(out, &list.at[i]);
    return true;
}

static bool judge(struct wf_flow *flow, const struct wf_metric *metric,
                  const struct wf_metric_level *level, const struct due *due,
                  weft_error *err)
{
    struct wf_judge judge = { flow, metric, due->subject, due->series, false };
    struct wf_hold hold;
    struct wf_sums sums;
    double value;

    if (!add_up(flow->call, metric, level, due, &sums, err))
        return false;
    if (!wf_sums_value(&sums, level->fn, &value))
        return true;
    return wf_judge_begin(&judge, err)
           && wf_hold_load(&judge, level->id, &hold, err)
           && wf_judge_value(&judge, level, &hold, due->begins, value, err)
           && wf_hold_save(&judge, level->id, &hold, err);
}

/* What is not live any more, or says something else, is let go. */
static bool settle(struct wf_flow *flow, const struct due *due, weft_error *err)
{
    const struct wf_head *head =
        wf_registry_find(flow->call->registry, "metric", due->metric);
    const struct wf_metric *metric =
        (const struct wf_metric *)(const void *)head;

    for (const struct wf_metric_level *at = metric ? metric->levels : NULL; at;
         at = at->next)
        if (wf_streq(at->id, due->level) && at->over != WF_SPAN_POINT
            && !judge(flow, metric, at, due, err))
            return false;
    return drop(flow->call, due, err);
}

static bool judge_piece(struct wf_flow *flow, size_t *n, weft_error *err)
{
    struct dues dues;

    if (!find_due(flow->call, &dues, err))
        return false;
    for (size_t i = 0; i < dues.n; i++)
        if (!settle(flow, &dues.at[i], err))
            return false;
    *n = dues.n;
    return true;
}

bool wf_spans_judge(struct wf_flow *flow, weft_error *err)
{
    size_t n = PIECE;

    while (n == PIECE)
        if (!judge_piece(flow, &n, err))
            return false;
    return wf_spans_wait(flow, err);
}

bool wf_spans_fire(struct wf_flow *flow, const struct wf_timer *timer,
                   weft_error *err)
{
    size_t n;

    (void)timer;
    return judge_piece(flow, &n, err) && wf_spans_wait(flow, err);
}
