/* doc/rollup_points.c - values out of the points of a metric, and the documents
 * that follow when points come.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "doc/derive.h"
#include "doc/rollup.h"
#include "doc/series.h"

/* Of one subject there are few documents, of one period many. */
static const char SQL_FOLLOW[] =
    "SELECT f.document FROM field_index f"
    " JOIN field_index g ON g.document = f.document AND g.field = $4"
    " AND g.row = 0 AND g.text = $5"
    " JOIN document d ON d.id = f.document AND d.state = 'open'"
    " WHERE f.form = $1 AND f.field = $2 AND f.text = $3 ORDER BY f.document";

static const struct wf_metric *metric_of(const struct wf_call *call,
                                         const struct wf_rollup *r)
{
    return (const void *)wf_registry_find(call->registry, "metric", r->metric);
}

/* --- The value */

bool wf_rollup_points(struct wf_call *call, const struct wf_doc *doc,
                      const struct wf_rollup *r, struct wf_sums *out,
                      const struct wf_metric **metric, weft_error *err)
{
    const char *subject = wf_json_str(wf_json_get(doc->data, r->subject->id));
    const char *over = wf_json_str(wf_json_get(doc->data, r->over->id));
    struct wf_period period;
    wf_id series;

    *out = (struct wf_sums){ .n = 0 };
    *metric = metric_of(call, r);
    if (!*metric || !subject || !over
        || !wf_period_parse(wf_str_of(over), &period))
        return true;
    return wf_series_find(call, r->metric, subject, &series, err)
           && (!series
               || wf_series_days(call, series, wf_period_start(period),
                                 wf_period_end(period), out, err));
}

bool wf_rollup_points_value(struct wf_call *call, const struct wf_doc *doc,
                            const struct wf_rollup *r, struct wf_value *out,
                            weft_error *err)
{
    const struct wf_metric *metric;
    enum wf_metric_fn fn;
    struct wf_sums sums;
    double value;

    *out = wf_value_nil;
    if (!wf_rollup_points(call, doc, r, &sums, &metric, err))
        return false;
    if (!sums.n)
        return true;
    if (!r->points || !wf_metric_fn_named(r->points, &fn))
        fn = metric->fn;
    if (wf_sums_value(&sums, fn, &value))
        *out = wf_value_number(value);
    return true;
}

/* --- Following */

struct ids {
    WF_LIST(wf_id) list;
};

/* Points that have come, which days they are of, and what takes them. */
struct coming {
    const char *subject;
    int32_t first, last;
    const char *form;
    const struct wf_rollup *r;
};

static bool find_open(struct wf_call *call, const struct coming *coming,
                      const char *period, struct ids *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_FOLLOW, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, coming->form);
    wf_stmt_bind_text(&q, 2, coming->r->subject->path);
    wf_stmt_bind_text(&q, 3, coming->subject);
    wf_stmt_bind_text(&q, 4, coming->r->over->path);
    wf_stmt_bind_text(&q, 5, period);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, &out->list) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

static bool refresh(struct wf_call *call, wf_id id, weft_error *err)
{
    struct wf_doc *doc;

    if (!wf_doc_load(call, id, &doc, err))
        return false;
    if (!doc)
        return true;
    return wf_derive(call, doc, err)
           && (wf_json_equal(doc->before, doc->data)
               || wf_doc_save(call, doc, err));
}

static bool refresh_all(struct wf_call *call, const struct ids *ids,
                        weft_error *err)
{
    for (size_t i = 0; i < ids->list.n; i++)
        if (!refresh(call, ids->list.at[i], err))
            return false;
    return true;
}

/* The documents of each period that holds some of the days. */
static bool follow(struct wf_call *call, const struct coming *coming,
                   weft_error *err)
{
    struct wf_period period =
        wf_period_at(coming->r->over->period, coming->first);

    for (; wf_period_start(period) <= coming->last;
         period = wf_period_step(period, 1)) {
        char text[WF_PERIOD_TEXT];
        struct ids ids = { 0 };

        wf_period_write(period, text);
        if (!find_open(call, coming, text, &ids, err)
            || !refresh_all(call, &ids, err))
            return false;
    }
    return true;
}

static bool takes(const struct wf_rollup *r, const struct wf_metric *metric)
{
    return r->fn == WF_ROLLUP_POINTS && wf_streq(r->metric, metric->head.id);
}

/* A form with several values of one metric is looked for once for each pair of
 * fields that they are found by. */
static bool is_found(const struct wf_form *form, const struct wf_rollup *r)
{
    for (const struct wf_rollup *at = form->rollups; at != r; at = at->next)
        if (at->fn == WF_ROLLUP_POINTS && wf_streq(at->metric, r->metric)
            && at->subject == r->subject && at->over == r->over)
            return true;
    return false;
}

/* By all values that a version of a form takes out of the metric. */
static bool follow_version(struct wf_call *call, const struct wf_form *form,
                           const struct wf_metric *metric,
                           struct coming *coming, weft_error *err)
{
    for (coming->r = form->rollups; coming->r; coming->r = coming->r->next)
        if (takes(coming->r, metric) && !is_found(form, coming->r)
            && !follow(call, coming, err))
            return false;
    return true;
}

bool wf_rollup_points_came(struct wf_call *call, const struct wf_metric *metric,
                           const char *subject, int64_t from, int64_t to,
                           weft_error *err)
{
    const char *zone = metric->head.package->timezone;
    struct coming coming = { .subject = subject };
    const struct wf_form *const *versions;
    size_t cursor = 0, n;
    int32_t ms;

    (void)wf_zone_to_local(zone, from, &coming.first, &ms);
    (void)wf_zone_to_local(zone, to, &coming.last, &ms);
    while ((coming.form = wf_registry_metric_taker(call->registry,
                                                   metric->head.id, &cursor))) {
        if (!wf_registry_versions(call->registry, call->db, coming.form,
                                  &versions, &n, err))
            return false;
        for (size_t i = 0; i < n; i++)
            if (!follow_version(call, versions[i], metric, &coming, err))
                return false;
    }
    return true;
}
