/* plan/metric.c - points are kept and added up: the tables `metric_series`,
 * `metric_point`, `metric_day`. What takes values out of them follows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/metric.h"

#include "base/error.h"
#include "base/str.h"
#include "doc/rollup.h"
#include "doc/series.h"
#include "flow/hook.h"

static const char SQL_NEW_SERIES[] =
    "INSERT INTO metric_series (id, metric, subject) VALUES ($1, $2, $3)";
static const char SQL_ADD[] =
    "INSERT INTO metric_point (series, at, value) VALUES ($1, $2, $3)"
    " ON CONFLICT (series, at) DO NOTHING";
static const char SQL_REPLACE[] =
    "UPDATE metric_point SET value = $3 WHERE series = $1 AND at = $2";
/* Added to what is there: all of these points are new. */
static const char SQL_ADD_DAY[] =
    "INSERT INTO metric_day (series, day, n, total, least, most, last, last_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (series, day)"
    " DO UPDATE SET n = metric_day.n + excluded.n,"
    " total = metric_day.total + excluded.total,"
    " least = CASE WHEN excluded.least < metric_day.least"
    " THEN excluded.least ELSE metric_day.least END,"
    " most = CASE WHEN excluded.most > metric_day.most"
    " THEN excluded.most ELSE metric_day.most END,"
    " last = CASE WHEN excluded.last_at >= metric_day.last_at"
    " THEN excluded.last ELSE metric_day.last END,"
    " last_at = CASE WHEN excluded.last_at >= metric_day.last_at"
    " THEN excluded.last_at ELSE metric_day.last_at END";
static const char SQL_SET_DAY[] =
    "INSERT INTO metric_day (series, day, n, total, least, most, last, last_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (series, day)"
    " DO UPDATE SET n = excluded.n, total = excluded.total,"
    " least = excluded.least, most = excluded.most, last = excluded.last,"
    " last_at = excluded.last_at";

/* The points of one subject while they are kept. */
struct keeping {
    struct wf_flow *flow;
    const struct wf_metric *metric;
    wf_id series;
    const struct wf_point *points;
    size_t n;
    bool marked; /* some span is to be judged later */
};

/* --- Rows */

static bool open_series(struct keeping *k, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_call *call = k->flow->call;

    if (!wf_series_find(call, k->metric->head.id, k->points->subject,
                        &k->series, err))
        return false;
    if (k->series)
        return true;
    k->series = wf_id_next(call->ids);
    if (!wf_stmt_begin(call->db, SQL_NEW_SERIES, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, k->series);
    wf_stmt_bind_text(&q, 2, k->metric->head.id);
    wf_stmt_bind_text(&q, 3, k->points->subject);
    return wf_stmt_run(&q, err);
}

static bool write_point(struct keeping *k, const char *sql,
                        const struct wf_point *point, bool *changed,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(k->flow->call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, k->series);
    wf_stmt_bind_int(&q, 2, point->at);
    wf_stmt_bind_real(&q, 3, point->value);
    if (!wf_stmt_run(&q, err))
        return false;
    *changed = wf_stmt_changed(&q) > 0;
    return true;
}

static bool write_day(struct keeping *k, const char *sql, int32_t day,
                      const struct wf_sums *sums, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(k->flow->call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, k->series);
    wf_stmt_bind_int(&q, 2, day);
    wf_stmt_bind_int(&q, 3, sums->n);
    wf_stmt_bind_real(&q, 4, sums->total);
    wf_stmt_bind_real(&q, 5, sums->least);
    wf_stmt_bind_real(&q, 6, sums->most);
    wf_stmt_bind_real(&q, 7, sums->last);
    wf_stmt_bind_int(&q, 8, sums->last_at);
    return wf_stmt_run(&q, err);
}

/* --- Days */

/* All points of the day anew: one of them has another value than before. */
static bool add_again(struct keeping *k, int64_t begins, int64_t ends,
                      int32_t day, weft_error *err)
{
    struct wf_call *call = k->flow->call;
    struct wf_series_query query = { .series = k->series,
                                     .zone = k->metric->head.package->timezone,
                                     .span = WF_SPAN_POINT,
                                     .from = begins,
                                     .to = ends - 1,
                                     .max = SIZE_MAX };
    struct wf_sums sums = { .n = 0 };
    struct wf_sums_list points;

    if (!wf_series_read(call, &query, &points, err))
        return false;
    for (size_t i = 0; i < points.n; i++)
        wf_sums_add(&sums, &points.at[i]);
    return write_day(k, SQL_SET_DAY, day, &sums, err);
}

/* The points from `*i` on that are of one day. */
static bool keep_day(struct keeping *k, size_t *i, weft_error *err)
{
    const char *zone = k->metric->head.package->timezone;
    struct wf_sums sums = { .n = 0 };
    bool replaced = false;
    int64_t begins, ends;
    int32_t day = 0, ms;

    wf_series_span(zone, WF_SPAN_DAY, k->points[*i].at, &begins, &ends);
    (void)wf_zone_to_local(zone, k->points[*i].at, &day, &ms);
    for (; *i < k->n && k->points[*i].at < ends; ++*i) {
        const struct wf_point *at = &k->points[*i];
        const struct wf_sums one = { at->at,    1,         at->value, at->value,
                                     at->value, at->value, at->at };
        bool added;

        if (!write_point(k, SQL_ADD, at, &added, err))
            return false;
        if (added) {
            wf_sums_add(&sums, &one);
            continue;
        }
        replaced = true;
        if (!write_point(k, SQL_REPLACE, at, &added, err))
            return false;
    }
    return replaced ? add_again(k, begins, ends, day, err)
                    : write_day(k, SQL_ADD_DAY, day, &sums, err);
}

/* --- What looks at them */

static bool judge_points(struct keeping *k, struct wf_judge *judge,
                         const struct wf_metric_level *level, weft_error *err)
{
    struct wf_hold hold;

    if (!wf_hold_load(judge, level->id, &hold, err))
        return false;
    for (size_t i = 0; i < k->n; i++)
        if (!wf_judge_value(judge, level, &hold, k->points[i].at,
                            k->points[i].value, err))
            return false;
    return wf_hold_save(judge, level->id, &hold, err);
}

/* Each span that some point lies in, once. */
static bool mark_spans(struct keeping *k, const struct wf_metric_level *level,
                       weft_error *err)
{
    struct wf_span_mark mark = { .series = k->series,
                                 .level = level->id,
                                 .ends = INT64_MIN };

    for (size_t i = 0; i < k->n; i++) {
        if (k->points[i].at < mark.ends)
            continue;
        wf_series_span(k->metric->head.package->timezone, level->over,
                       k->points[i].at, &mark.begins, &mark.ends);
        if (!wf_span_mark(k->flow->call, &mark, err))
            return false;
        k->marked = true;
    }
    return true;
}

static bool judge_all(struct keeping *k, weft_error *err)
{
    struct wf_judge judge = { k->flow, k->metric, k->points->subject, k->series,
                              false };

    if (!k->metric->levels)
        return true;
    if (!wf_judge_begin(&judge, err))
        return false;
    for (const struct wf_metric_level *at = k->metric->levels; at;
         at = at->next)
        if (!(at->over == WF_SPAN_POINT ? judge_points(k, &judge, at, err)
                                        : mark_spans(k, at, err)))
            return false;
    return true;
}

/* What was found of a point stands at its row: of thousands nobody knew which
 * it was. */
static void name_row(struct wf_diags *findings, size_t from, size_t row)
{
    for (size_t i = from; row > 0 && i < findings->n; i++) {
        const char *field = findings->at[i].field;

        findings->at[i].field =
            wf_arena_printf(findings->arena, "[%zu]%s%s", row,
                            wf_str_empty(field) ? "" : ".", field);
    }
}

/* on_point(metric, point), one after the other. */
static bool call_hooks(struct keeping *k, weft_error *err)
{
    struct wf_arena *arena = k->flow->call->arena;
    const struct wf_head *head = &k->metric->head;
    struct wf_diags *findings = k->flow->call->findings;

    if (!head->hook || !wf_map_find(&head->hook_functions, "on_point"))
        return true;
    for (size_t i = 0; i < k->n; i++) {
        struct wf_json *args = wf_json_array(arena);
        struct wf_json *metric = wf_json_object(arena);
        struct wf_json *point;
        struct wf_doc *doc;
        size_t found = findings->n;
        bool ok;

        if (!wf_metric_doc(k->flow->call, k->metric, &k->points[i], &doc, err)
            || !wf_metric_point(k->flow->call, k->metric, &k->points[i], &point,
                                err))
            return false;
        wf_json_set(arena, metric, "id", wf_json_text(arena, head->id));
        wf_json_push(arena, args, metric);
        wf_json_push(arena, args, point);
        ok = wf_hook_call(k->flow, head, doc, "on_point", args, err);
        name_row(findings, found, k->points[i].row);
        if (!ok)
            return false;
    }
    return true;
}

static bool keep_subject(struct keeping *k, weft_error *err)
{
    size_t i = 0;

    if (!open_series(k, err))
        return false;
    while (i < k->n)
        if (!keep_day(k, &i, err))
            return false;
    return wf_rollup_points_came(k->flow->call, k->metric, k->points->subject,
                                 k->points->at, k->points[k->n - 1].at, err)
           && judge_all(k, err) && call_hooks(k, err);
}

bool wf_metric_store(struct wf_flow *flow, const struct wf_metric *metric,
                     const struct wf_point *points, size_t n, weft_error *err)
{
    struct keeping k = { .flow = flow, .metric = metric };

    for (size_t i = 0; i < n; i += k.n) {
        k.points = &points[i];
        for (k.n = 1; i + k.n < n
                      && wf_streq(points[i + k.n].subject, points[i].subject);)
            k.n++;
        if (!keep_subject(&k, err))
            return false;
    }
    return !k.marked || wf_spans_wait(flow, err);
}
