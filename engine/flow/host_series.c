/* flow/host_series.c - the points of a metric, as hooks ask for them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"
#include "base/error.h"
#include "doc/series.h"
#include "flow/ask.h"
#include "flow/host.h"

enum {
    READ_MAX = 10000
};

/* What a call asks for. */
struct asked {
    const struct wf_metric *metric;
    const char *subject; /* NULL: there is none, or it is not to be seen */
    struct wf_series_query query;
};

static bool find_subject(struct wf_call *call, const struct wf_metric *metric,
                         const struct wf_json *json, const char **out,
                         weft_error *err)
{
    const struct wf_person *person = NULL;
    char id[WF_ID_TEXT];

    *out = NULL;
    if (metric->of == WF_METRIC_UNIT) {
        *out = wf_json_str(json);
        return true;
    }
    if (json && !wf_person_named(call, json, &person, err))
        return false;
    if (!person)
        return true;
    wf_id_write(person->id, id);
    *out = wf_arena_str(call->arena, id);
    return true;
}

bool wf_series_may_read(struct wf_flow *flow, const struct wf_metric *metric,
                        const char *subject, bool *out, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_doc *doc = WF_NEW(call->arena, struct wf_doc);

    *out = call->system;
    if (*out)
        return true;
    doc->form = metric->form;
    doc->title = "";
    doc->data = wf_json_object(call->arena);
    wf_json_set(call->arena, doc->data, "subject",
                wf_json_text(call->arena, subject));
    if (metric->of == WF_METRIC_PERSON
        && !wf_id_parse(wf_str_of(subject), &doc->subject))
        doc->subject = 0;
    if (!wf_ask_is_one_of(flow, doc, metric->own, out, err))
        return false;
    return *out || !metric->read
           || wf_ask_is_one_of(flow, doc, metric->read, out, err);
}

/* A day is from its midnight, or to its end; all else is a time. */
static bool read_time(const struct wf_json *json, const char *zone, bool to,
                      int64_t *out)
{
    const char *text = wf_json_str(json);
    int32_t day;

    if (!text)
        return false;
    if (wf_time_parse(wf_str_of(text), out))
        return true;
    if (!wf_date_parse(wf_str_of(text), &day)
        || !wf_zone_from_local(zone, to ? day + 1 : day, 0, out))
        return false;
    *out -= to;
    return true;
}

static bool read_args(struct wf_hooks *hooks, const struct wf_json *args,
                      struct asked *out, weft_error *err)
{
    struct wf_call *call = hooks->flow->call;
    const char *id = wf_json_str(wf_host_arg(args, 0));
    const struct wf_head *head =
        id ? wf_registry_find(call->registry, "metric", id) : NULL;
    const char *zone;

    if (!head)
        return wf_fail(err, WEFT_E_INVALID,
                       "series(metric, subject, from, to): there is no metric "
                       "\"%s\".",
                       id ? id : "");
    zone = head->package->timezone;
    out->metric = (const struct wf_metric *)(const void *)head;
    out->query = (struct wf_series_query){ .zone = zone, .max = READ_MAX };
    if (!read_time(wf_host_arg(args, 2), zone, false, &out->query.from)
        || !read_time(wf_host_arg(args, 3), zone, true, &out->query.to))
        return wf_fail(err, WEFT_E_INVALID,
                       "series(metric, subject, from, to): from and to are "
                       "days or times.");
    return find_subject(call, out->metric, wf_host_arg(args, 1), &out->subject,
                        err);
}

static void add_value(struct wf_arena *arena, struct wf_json *items,
                      const struct wf_sums *sums)
{
    struct wf_json *item = wf_json_object(arena);
    char at[WF_TIME_TEXT];

    wf_time_write(sums->at, at);
    wf_json_set(arena, item, "at", wf_json_text(arena, at));
    wf_json_set(arena, item, "value", wf_json_number(arena, sums->last));
    wf_json_push(arena, items, item);
}

/* What is not to be seen is as empty as what is not there. */
bool wf_host_series(void *self, const struct wf_host *host,
                    struct wf_arena *arena, const struct wf_json *args,
                    struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    struct wf_call *call = hooks->flow->call;
    struct wf_sums_list found = { NULL, 0, 0 };
    struct asked asked;
    bool may = false;

    (void)host;
    *result = wf_json_array(arena);
    if (!read_args(hooks, args, &asked, err))
        return false;
    if (asked.subject
        && (!wf_series_may_read(hooks->flow, asked.metric, asked.subject, &may,
                                err)
            || !wf_series_find(call, asked.metric->head.id, asked.subject,
                               &asked.query.series, err)))
        return false;
    if (!may || !asked.query.series)
        return true;
    if (!wf_series_read(call, &asked.query, &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        add_value(arena, *result, &found.at[i]);
    return true;
}
