/* plan/metric_judge.c - a level judges one value after the other of a series:
 * the table `metric_hold`, and the episodes of metrics.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"
#include "base/list.h"
#include "base/messages.h"
#include "def/limits.h"
#include "doc/series.h"
#include "doc/watch.h"
#include "flow/hook.h"
#include "plan/metric.h"
#include "plan/tell.h"

enum {
    UNITS = 10000,
    MINUTE_MS = 60 * 1000,
    HOUR_MS = 60 * MINUTE_MS,
    DAY_MS = 24 * HOUR_MS,
    SHOWN_MAX = 31, /* days of history in a message */
};

static const char SQL_LOAD[] =
    "SELECT upto, run, since, run_before, since_before, episode"
    " FROM metric_hold WHERE series = $1 AND level = $2";
static const char SQL_SAVE[] =
    "INSERT INTO metric_hold (series, level, upto, run, since, run_before,"
    " since_before, episode) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (series, level) DO UPDATE SET upto = excluded.upto,"
    " run = excluded.run, since = excluded.since,"
    " run_before = excluded.run_before,"
    " since_before = excluded.since_before, episode = excluded.episode";

bool wf_hold_load(struct wf_judge *judge, const char *level,
                  struct wf_hold *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = (struct wf_hold){ .upto = INT64_MIN };
    if (!wf_stmt_begin(judge->flow->call->db, SQL_LOAD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, judge->series);
    wf_stmt_bind_text(&q, 2, level);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW)
        *out = (struct wf_hold){ wf_stmt_int(&q, 0), wf_stmt_int(&q, 1),
                                 wf_stmt_int(&q, 2), wf_stmt_int(&q, 3),
                                 wf_stmt_int(&q, 4), wf_stmt_int(&q, 5) };
    return got != WF_FETCH_ERROR;
}

bool wf_hold_save(struct wf_judge *judge, const char *level,
                  const struct wf_hold *hold, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (hold->upto == INT64_MIN)
        return true; /* nothing has been judged */
    if (!wf_stmt_begin(judge->flow->call->db, SQL_SAVE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, judge->series);
    wf_stmt_bind_text(&q, 2, level);
    wf_stmt_bind_int(&q, 3, hold->upto);
    wf_stmt_bind_int(&q, 4, hold->run);
    wf_stmt_bind_int(&q, 5, hold->since);
    wf_stmt_bind_int(&q, 6, hold->run_before);
    wf_stmt_bind_int(&q, 7, hold->since_before);
    wf_stmt_bind_id(&q, 8, hold->episode);
    return wf_stmt_run(&q, err);
}

bool wf_judge_begin(struct wf_judge *judge, weft_error *err)
{
    const struct wf_person *person = NULL;
    wf_id id;

    judge->deaf = false;
    if (judge->metric->of != WF_METRIC_PERSON)
        return true;
    if (wf_id_parse(wf_str_of(judge->subject), &id)
        && !wf_person_find(judge->flow->call, id, &person, err))
        return false;
    judge->deaf = !person || !person->active;
    return true;
}

/* --- Conditions */

struct asking {
    const struct wf_judge *judge;
    const struct wf_metric_level *level;
    double value;
    int32_t day; /* of the value */
};

static struct wf_value field_value(void *self, const struct wf_field *field)
{
    const struct asking *a = self;
    struct wf_value value = wf_value_nil;

    if (field == a->judge->metric->value)
        return wf_value_number(a->value);
    value.type = wf_field_kind(field->type)->type;
    value.u.text = wf_str_of(a->judge->subject);
    return value;
}

static bool setting_value(void *self, const char *id, struct wf_value *out,
                          weft_error *err)
{
    const struct asking *a = self;
    struct wf_call *call = a->judge->flow->call;

    (void)err;
    *out = wf_value_of_plain(
        call->arena,
        wf_registry_setting(call->registry, a->judge->metric->head.package->id,
                            id));
    return true;
}

static bool person_part(void *self, struct wf_str id, enum wf_person_part part,
                        struct wf_value *out, weft_error *err)
{
    const struct asking *a = self;

    return wf_person_part_value(a->judge->flow->call, id, part, out, err);
}

static bool unit_name(void *self, struct wf_str key, struct wf_value *out,
                      weft_error *err)
{
    const struct asking *a = self;

    return wf_unit_name_value(a->judge->flow->call, key, out, err);
}

static bool look_back(void *self, int days, bool sd, struct wf_value *out,
                      weft_error *err)
{
    const struct asking *a = self;
    const struct wf_back back = { .series = a->judge->series,
                                  .fn = a->level->fn,
                                  .first = a->day - days,
                                  .last = a->day - 1,
                                  .sd = sd };
    double value;
    bool there;

    if (!wf_series_back(a->judge->flow->call, &back, &there, &value, err))
        return false;
    if (there)
        *out = wf_value_number(value);
    return true;
}

static bool holds(const struct wf_judge *judge,
                  const struct wf_metric_level *level, int64_t at, double value,
                  bool *out, weft_error *err)
{
    const char *zone = judge->metric->head.package->timezone;
    struct asking asking = { judge, level, value, 0 };
    int64_t units = UNITS;
    int32_t ms;
    const struct wf_source source = { .self = &asking,
                                      .setting = setting_value,
                                      .person = person_part,
                                      .unit_name = unit_name,
                                      .look_back = look_back };
    const struct wf_env env = { .arena = judge->flow->call->arena,
                                .now = at,
                                .zone = zone,
                                .source = &source,
                                .field = field_value,
                                .units = &units };

    if (level->looks_back)
        (void)wf_zone_to_local(zone, at, &asking.day, &ms);
    return wf_expr_holds(level->when, &env, out, err);
}

/* --- Who hears of it */

/* Working days are refused by the compiler. */
static int64_t duration_ms(struct wf_duration duration)
{
    static const int64_t units[] = {
        [WF_DURATION_MINUTES] = MINUTE_MS, [WF_DURATION_HOURS] = HOUR_MS,
        [WF_DURATION_DAYS] = DAY_MS,       [WF_DURATION_WORKING_DAYS] = DAY_MS,
        [WF_DURATION_WEEKS] = 7 * DAY_MS,
    };

    return duration.n * units[duration.unit];
}

static void put_number(struct wf_buf *out, const struct wf_metric *metric,
                       double value)
{
    int digits = metric->digits < 0 ? 2 : metric->digits;

    wf_buf_printf(out, "%.15g", wf_number_round(value, digits));
}

/* "10-01 96.2 · 10-02 95": the days before, of which there may be none. */
static bool history_text(const struct wf_judge *judge,
                         const struct wf_metric_level *level, int64_t at,
                         const char **out, weft_error *err)
{
    struct wf_call *call = judge->flow->call;
    struct wf_series_query query = {
        .series = judge->series,
        .zone = judge->metric->head.package->timezone,
        .span = WF_SPAN_DAY,
        .from = at - duration_ms(level->history),
        .to = at - 1,
        .max = WF_MAX_LOOK_BACK,
    };
    struct wf_buf text = WF_BUF_INIT(call->arena);
    struct wf_sums_list days;
    size_t first;

    *out = NULL;
    if (!level->history.n)
        return true;
    if (!wf_series_read(call, &query, &days, err))
        return false;
    first = days.n > SHOWN_MAX ? days.n - SHOWN_MAX : 0;
    for (size_t i = first; i < days.n; i++) {
        double value;
        int32_t day, ms;
        struct wf_date date;

        if (!wf_sums_value(&days.at[i], judge->metric->fn, &value)
            || !wf_zone_to_local(query.zone, days.at[i].at, &day, &ms))
            continue;
        date = wf_date_of(day);
        wf_buf_printf(&text, "%s%02d-%02d ", text.len ? " · " : "", date.month,
                      date.day);
        put_number(&text, judge->metric, value);
    }
    *out = text.len ? wf_buf_text(&text) : NULL;
    return true;
}

static bool announce(const struct wf_judge *judge,
                     const struct wf_metric_level *level, wf_id row,
                     const struct wf_point *point, weft_error *err)
{
    struct wf_flow *flow = judge->flow;
    struct wf_news news = { .head = &judge->metric->head,
                            .tell = level->tell,
                            .says = level->says,
                            .words = level->words,
                            .level = level->id,
                            .colour = wf_colour_name(level->colour) };
    struct wf_json *about;
    struct wf_doc *doc;
    size_t n;

    if (!wf_metric_doc(flow->call, judge->metric, point, &doc, err)
        || !wf_metric_point(flow->call, judge->metric, point, &about, err))
        return false;
    news.doc = doc;
    return history_text(judge, level, point->at, &news.more, err)
           && wf_news_tell(flow, &news, &n, err)
           && wf_episode_told(flow->call, row, n, err)
           && wf_news_hook(flow, &news, about, err);
}

/* --- Episodes */

static bool begin_episode(const struct wf_judge *judge,
                          const struct wf_metric_level *level,
                          struct wf_hold *hold, const struct wf_point *point,
                          weft_error *err)
{
    const struct wf_episode episode = {
        .kind = "metric",
        .name = judge->metric->head.id,
        .level = level->id,
        .colour = wf_colour_name(level->colour),
        .subject = judge->subject,
        .has_value = true,
        .value = point->value,
        .begun = hold->since,
    };
    bool tell;

    return wf_episode_begin(judge->flow->call, &episode, 0, &hold->episode,
                            &tell, err)
           && announce(judge, level, hold->episode, point, err);
}

static bool is_lit(const struct wf_metric_level *level,
                   const struct wf_hold *hold)
{

    if (hold->run == 0)
        return false;
    if (level->hold_for.n)
        return hold->upto - hold->since >= duration_ms(level->hold_for);
    return hold->run >= level->hold;
}

/* Counts it in; false: something newer has been judged already. */
static bool count(struct wf_hold *hold, int64_t at, bool held)
{
    if (at < hold->upto)
        return false;
    if (at > hold->upto) {
        hold->run_before = hold->run;
        hold->since_before = hold->since;
    } else {
        hold->run = hold->run_before;
        hold->since = hold->since_before;
    }
    hold->upto = at;
    if (held && hold->run == 0)
        hold->since = at;
    hold->run = held ? hold->run + 1 : 0;
    return true;
}

bool wf_judge_value(struct wf_judge *judge, const struct wf_metric_level *level,
                    struct wf_hold *hold, int64_t at, double value,
                    weft_error *err)
{
    const struct wf_point point = { judge->subject, at, value, 0 };
    wf_id episode = hold->episode;
    bool held;

    if (judge->deaf || at < hold->upto)
        return true;
    if (!holds(judge, level, at, value, &held, err))
        return false;
    if (!count(hold, at, held))
        return true;
    if (!episode && is_lit(level, hold))
        return begin_episode(judge, level, hold, &point, err);
    if (episode && hold->run == 0) {
        hold->episode = 0;
        return wf_episode_end_row(judge->flow->call, episode, err);
    }
    return true;
}
