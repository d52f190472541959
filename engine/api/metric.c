/* api/metric.c - metrics: fed with points, and read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/metric.h"

#include <weft/metric.h>

#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "doc/series.h"
#include "flow/host.h"

enum {
    READ_MAX = 10000, /* values of one answer */
    LISTED_MAX = 200, /* episodes of one answer */
};

/* --- What is asked for */

bool wf_metric_open(struct wf_turn *turn, const char *id,
                    const struct wf_metric **out, weft_error *err)
{
    const struct wf_head *head =
        wf_registry_find(turn->call.registry, "metric", id);

    *out = (const struct wf_metric *)(const void *)head;
    return head
           || wf_fail(err, WEFT_E_NOTFOUND, "There is no metric \"%s\".", id);
}

bool wf_metric_may_feed(struct wf_turn *turn, const struct wf_metric *metric,
                        bool *out, weft_error *err)
{
    struct wf_who_context context = { &turn->call, NULL, NULL, NULL };

    if (!wf_is_admin(&turn->call, out, err))
        return false;
    if (*out || !metric->feed || !turn->call.me)
        return true;
    return wf_who_includes(&context, metric->feed, turn->call.me->id, out, err);
}

bool wf_metric_subject(struct wf_call *call, const struct wf_metric *metric,
                       const char *named, const char **out, weft_error *err)
{
    const struct wf_person *person;
    struct wf_unit unit;
    bool found;
    char id[WF_ID_TEXT];

    *out = NULL;
    if (metric->of == WF_METRIC_UNIT) {
        if (!wf_unit_find(call, named, &unit, &found, err))
            return false;
        if (found)
            *out = wf_arena_str(call->arena, unit.key);
        return true;
    }
    if (!wf_person_named(call, wf_json_text(call->arena, named), &person, err))
        return false;
    if (!person)
        return true;
    wf_id_write(person->id, id);
    *out = wf_arena_str(call->arena, id);
    return true;
}

/* Whether call->me may see the points of the subject. */
static bool may_read(struct wf_turn *turn, const struct wf_metric *metric,
                     const char *subject, bool *out, weft_error *err)
{
    if (!wf_is_admin(&turn->call, out, err))
        return false;
    return *out || wf_series_may_read(&turn->flow, metric, subject, out, err);
}

/* The subject, if its points are call->me's to see. What is not is not there.
 */
static bool open_subject(struct wf_turn *turn, const struct wf_metric *metric,
                         const char *named, const char **out, weft_error *err)
{
    bool may = false;

    if (!named && turn->call.me)
        named = metric->of == WF_METRIC_UNIT ? turn->call.me->unit_key
                                             : turn->call.me->login;
    if (!named)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "Say of whom: ?subject=LOGIN, or the id of a unit.");
    if (!wf_metric_subject(&turn->call, metric, named, out, err)
        || (*out && !may_read(turn, metric, *out, &may, err)))
        return false;
    return may
           || wf_fail(err, WEFT_E_NOTFOUND,
                      "There are no points of \"%s\" for you to see.", named);
}

/* --- The list */

static void write_levels(struct wf_turn *turn, const struct wf_metric *metric)
{
    wf_jw_key(&turn->out, "levels");
    wf_jw_open(&turn->out, '[');
    for (const struct wf_metric_level *at = metric->levels; at; at = at->next) {
        wf_jw_open(&turn->out, '{');
        wf_jw_key_text(&turn->out, "id", at->id);
        wf_jw_key_text(&turn->out, "label",
                       wf_words_label(at->words, turn->call.lang, at->id));
        wf_jw_key_text(&turn->out, "colour", wf_colour_name(at->colour));
        wf_jw_close(&turn->out, '}');
    }
    wf_jw_close(&turn->out, ']');
}

static bool write_metric(struct wf_turn *turn, const struct wf_metric *metric,
                         weft_error *err)
{
    const struct wf_words *words = metric->head.words;
    const char *lang = turn->call.lang;
    bool feed;

    if (!wf_metric_may_feed(turn, metric, &feed, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "id", metric->head.id);
    wf_jw_key_text(&turn->out, "label",
                   wf_words_label(words, lang, metric->head.id));
    wf_jw_key_text(&turn->out, "help", wf_words_get(words, lang, WF_WORD_HELP));
    wf_jw_key_text(&turn->out, "unit", wf_words_get(words, lang, WF_WORD_UNIT));
    wf_jw_key_text(&turn->out, "of",
                   metric->of == WF_METRIC_UNIT ? "unit" : "person");
    wf_jw_key_text(&turn->out, "fn", wf_metric_fn_name(metric->fn));
    write_levels(turn, metric);
    wf_jw_key(&turn->out, "feed");
    wf_jw_bool(&turn->out, feed);
    wf_jw_close(&turn->out, '}');
    return true;
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wf_head *head;
    size_t cursor = 0;

    (void)with;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    while ((head = wf_registry_next_of(turn->call.registry, "metric", &cursor)))
        if (!write_metric(turn, (const struct wf_metric *)(const void *)head,
                          err))
            return false;
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_metric_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list, NULL);
}

/* --- Feeding */

static bool check(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_feed_check(turn, *(struct wf_feed *const *)with, err);
}

static bool keep(struct wf_turn *turn, const struct wf_feed *feed, size_t from,
                 size_t to, weft_error *err)
{
    while (from < to) {
        const struct wf_metric *metric;
        size_t n = 1;

        while (from + n < to
               && wf_streq(feed->metrics[from + n], feed->metrics[from]))
            n++;
        if (!wf_metric_open(turn, feed->metrics[from], &metric, err)
            || !wf_metric_store(&turn->flow, metric, &feed->points[from], n,
                                err))
            return false;
        from += n;
    }
    return true;
}

static bool feed_piece(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wf_feed *feed = with;
    size_t from = turn->piece * feed->piece, to = from + feed->piece;

    turn->more = to < feed->n_points && !feed->check;
    if (to > feed->n_points)
        to = feed->n_points;
    if (!feed->check && !keep(turn, feed, from, to, err))
        return false;
    if (turn->more)
        return true;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "points");
    wf_jw_int(&turn->out, (int64_t)feed->n_points);
    wf_jw_key(&turn->out, "subjects");
    wf_jw_int(&turn->out, (int64_t)feed->n_subjects);
    wf_jw_close(&turn->out, '}');
    return true;
}

static weft_command *feed_new(weft_session *session, struct wf_feed **feed)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, feed_piece);

    *feed = WF_NEW(command->arena, struct wf_feed);
    (*feed)->arena = command->arena;
    command->with = *feed;
    command->work.is_long = true;
    return command;
}

/* Asks a snapshot about the rows; what is wrong is what the command is refused
 * with. */
static void check_first(weft_session *session, weft_command *command,
                        struct wf_feed *feed)
{
    weft_reply *reply;

    if (!wf_command_is_sound(command)) {
        command->problems = wf_reply_findings(&command->findings);
        return;
    }
    reply = wf_question(session, WEFT_SCOPE_WRITE, check, &feed);
    if (weft_reply_error(reply)) {
        size_t len;

        wf_fail_as(&command->err, weft_reply_error(reply));
        command->problems =
            wf_arena_str(command->arena, weft_reply_body(reply, &len));
    }
    weft_reply_free(reply);
}

weft_command *weft_metric_feed(weft_session *session, const char *metric,
                               const char *body, size_t len)
{
    struct wf_feed *feed;
    weft_command *command = feed_new(session, &feed);

    if (wf_command_is_sound(command)
        && !wf_feed_read_json(feed, metric, (struct wf_text){ body, len },
                              &command->findings, &command->err))
        command->problems = wf_reply_findings(&command->findings);
    else
        check_first(session, command, feed);
    return command;
}

weft_command *weft_metric_import(weft_session *session, const char *csv,
                                 size_t len, bool only_check)
{
    struct wf_feed *feed;
    weft_command *command = feed_new(session, &feed);

    feed->check = only_check;
    if (wf_command_is_sound(command)
        && wf_feed_read_csv(feed, csv, len, &command->err))
        check_first(session, command, feed);
    return command;
}

/* --- Reading */

static bool read_time(const char *text, const char *zone, bool to, int64_t *out)
{
    int32_t day;

    if (!wf_date_parse(wf_str_of(text), &day) || !to)
        return wf_feed_time(text, zone, out);
    return wf_zone_from_local(zone, day + 1, 0, out) && (--*out, true);
}

static bool read_query(struct wf_turn *turn, const struct wf_metric *metric,
                       const weft_series *asked, struct wf_series_query *out,
                       weft_error *err)
{
    static const int64_t thirty_days = INT64_C(30) * 24 * 60 * 60 * 1000;
    const char *zone = metric->head.package->timezone;

    *out = (struct wf_series_query){ .zone = zone,
                                     .from = turn->call.now - thirty_days,
                                     .to = turn->call.now,
                                     .max = READ_MAX };
    if (asked->from && !read_time(asked->from, zone, false, &out->from))
        return wf_fail(err, WEFT_E_MALFORMED, "\"%s\" is no time.",
                       asked->from);
    if (asked->to && !read_time(asked->to, zone, true, &out->to))
        return wf_fail(err, WEFT_E_MALFORMED, "\"%s\" is no time.", asked->to);
    if (asked->step && !wf_metric_span_named(asked->step, &out->span))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "step=%s is not possible; write hour, day, week or "
                       "month.",
                       asked->step);
    return true;
}

static void write_values(struct wf_turn *turn, const struct wf_sums_list *list,
                         enum wf_metric_fn fn)
{
    for (size_t i = 0; i < list->n; i++) {
        double value;

        if (!wf_sums_value(&list->at[i], fn, &value))
            continue;
        wf_jw_open(&turn->out, '{');
        wf_jw_key_time(&turn->out, "at", list->at[i].at);
        wf_jw_key(&turn->out, "value");
        wf_jw_number(&turn->out, wf_number_round(value, 6));
        wf_jw_close(&turn->out, '}');
    }
}

static bool series(struct wf_turn *turn, const void *with, weft_error *err)
{
    const weft_series *asked = with;
    const struct wf_metric *metric;
    struct wf_series_query query;
    struct wf_sums_list found = { NULL, 0, 0 };
    enum wf_metric_fn fn;
    const char *subject;

    if (!wf_metric_open(turn, asked->metric, &metric, err)
        || !read_query(turn, metric, asked, &query, err)
        || !open_subject(turn, metric, asked->subject, &subject, err)
        || !wf_series_find(&turn->call, metric->head.id, subject, &query.series,
                           err))
        return false;
    fn = query.span == WF_SPAN_POINT ? WF_METRIC_LAST : metric->fn;
    if (asked->fn && !wf_metric_fn_named(asked->fn, &fn))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "fn=%s is not possible; write avg, sum, min, max, count "
                       "or last.",
                       asked->fn);
    if (query.series && !wf_series_read(&turn->call, &query, &found, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    write_values(turn, &found, fn);
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_metric_series(weft_session *session, const weft_series *asked)
{
    return wf_question(session, WEFT_SCOPE_READ, series, asked);
}

/* --- Episodes */

static const char SQL_EPISODES[] =
    "SELECT level, colour, begun, noticed, ended, value, told"
    " FROM alert_episode WHERE kind = 'metric' AND name = $1 AND subject = $2"
    " ORDER BY begun DESC, id DESC LIMIT $3";

static void write_episode(struct wf_turn *turn, const struct wf_metric *metric,
                          struct wf_stmt *q)
{
    const struct wf_metric_level *level = metric->levels;

    while (level && !wf_streq(level->id, wf_stmt_text(q, 0)))
        level = level->next;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "level", wf_stmt_text(q, 0));
    if (level)
        wf_jw_key_text(
            &turn->out, "label",
            wf_words_label(level->words, turn->call.lang, level->id));
    wf_jw_key_text(&turn->out, "colour", wf_stmt_text(q, 1));
    wf_jw_key_time(&turn->out, "begun", wf_stmt_int(q, 2));
    wf_jw_key_time(&turn->out, "noticed", wf_stmt_int(q, 3));
    if (wf_stmt_is_null(q, 4)) {
        wf_jw_key(&turn->out, "ended");
        wf_jw_null(&turn->out);
    } else {
        wf_jw_key_time(&turn->out, "ended", wf_stmt_int(q, 4));
    }
    wf_jw_key(&turn->out, "value");
    wf_jw_number(&turn->out, wf_stmt_real(q, 5));
    wf_jw_key(&turn->out, "told");
    wf_jw_int(&turn->out, wf_stmt_int(q, 6));
    wf_jw_close(&turn->out, '}');
}

static bool episodes(struct wf_turn *turn, const void *with, weft_error *err)
{
    const weft_series *asked = with;
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct wf_metric *metric;
    const char *subject;
    enum wf_fetch got;

    if (!wf_metric_open(turn, asked->metric, &metric, err)
        || !open_subject(turn, metric, asked->subject, &subject, err)
        || !wf_stmt_begin(turn->call.db, SQL_EPISODES, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, metric->head.id);
    wf_stmt_bind_text(&q, 2, subject);
    wf_stmt_bind_int(&q, 3, LISTED_MAX);
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        write_episode(turn, metric, &q);
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return got == WF_FETCH_DONE;
}

weft_reply *weft_metric_episodes(weft_session *session, const char *metric,
                                 const char *subject)
{
    weft_series asked = { .metric = metric, .subject = subject };

    return wf_question(session, WEFT_SCOPE_READ, episodes, &asked);
}
