/* api/metric_feed.c - reads points from JSON and CSV and checks them: the whole
 * is refused with what is wrong in each row.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "api/metric.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/error.h"
#include "base/map.h"
#include "base/messages.h"
#include "base/str.h"

enum {
    POINTS_MAX = 10000, /* of a request */
    PIECE = 1000,       /* some ten milliseconds */
    PIECE_HOOKED = 20,  /* where each may run a hook, */
    PIECE_TAKEN = 50,   /* or change a document */
    MINUTE_MS = 60 * 1000,
    DAY_MS = 24 * 60 * MINUTE_MS,
};

/* --- JSON */

/* clang-format off */
static const struct wf_member members[] = {
    { "subject", WF_BODY_TEXT, offsetof(struct wf_feed_row, subject), true },
    { "at",      WF_BODY_TEXT, offsetof(struct wf_feed_row, at),      true },
    { "value",   WF_BODY_ANY,  offsetof(struct wf_feed_row, value),   true },
};
/* clang-format on */

/* Findings of one row, under its number. */
static void move_findings(struct wf_diags *to, const struct wf_diags *from,
                          size_t row)
{
    for (size_t i = 0; i < from->n; i++)
        wf_diag_field_text(
            to, from->at[i].severity,
            wf_arena_printf(to->arena, "[%zu].%s", row + 1, from->at[i].field),
            from->at[i].code, from->at[i].message);
}

static bool read_rows(struct wf_feed *feed, const char *metric,
                      const struct wf_json *array, struct wf_diags *findings,
                      weft_error *err)
{
    feed->n_rows = wf_json_len(array);
    feed->rows = WF_NEW_N(feed->arena, struct wf_feed_row, feed->n_rows);
    for (size_t i = 0; i < feed->n_rows; i++) {
        struct wf_diags own = WF_DIAGS_INIT(feed->arena, findings->lang);
        struct wf_feed_row *row = &feed->rows[i];
        const struct wf_json *json = array->u.array.at[i];

        row->metric = metric;
        if (!wf_json_is(json, WF_JSON_OBJECT)) {
            wf_diag_field(findings,
                          wf_arena_printf(feed->arena, "[%zu]", i + 1), "type",
                          "A point is an object with subject, at and value.");
            continue;
        }
        if (!wf_body_take(&own, members, WF_COUNT(members), json, row, err)
            && err->code != WEFT_E_INVALID)
            return false;
        move_findings(findings, &own, i);
    }
    return findings->n_errors == 0 || wf_body_misfits(err);
}

bool wf_feed_read_json(struct wf_feed *feed, const char *metric,
                       struct wf_text body, struct wf_diags *findings,
                       weft_error *err)
{
    struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *array;

    feed->metric = wf_arena_str(feed->arena, metric);
    if (!wf_json_parse(feed->arena, body.at ? body.at : "", body.len, &limits,
                       &array, err))
        return false;
    if (!wf_json_is(array, WF_JSON_ARRAY))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "Points come as a list: [{\"subject\": …, \"at\": …, "
                       "\"value\": …}].");
    if (wf_json_len(array) > POINTS_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "At most %d points come at once: send them in parts.",
                       POINTS_MAX);
    return read_rows(feed, feed->metric, array, findings, err);
}

/* --- CSV */

enum column {
    METRIC,
    SUBJECT,
    AT,
    VALUE,
    N_COLUMNS
};
static const char *const columns[N_COLUMNS] = { "metric", "subject", "at",
                                                "value" };

struct table {
    struct wf_feed *feed;
    size_t cap;
    size_t at[N_COLUMNS]; /* where each column stands */
};

static bool read_header(struct table *table, const struct wf_str *cells,
                        size_t n, weft_error *err)
{
    for (int c = 0; c < N_COLUMNS; c++) {
        size_t i = 0;

        while (i < n && !wf_str_is(cells[i], columns[c]))
            i++;
        if (i == n)
            return wf_fail(err, WEFT_E_MALFORMED,
                           "The column \"%s\" is missing: metrics have metric, "
                           "subject, at and value.",
                           columns[c]);
        table->at[c] = i;
    }
    return true;
}

static const char *cell(struct table *table, enum column column,
                        const struct wf_str *cells, size_t n)
{
    size_t i = table->at[column];

    return i < n && cells[i].len ? wf_arena_slice(table->feed->arena, cells[i])
                                 : NULL;
}

static bool take_row(void *self, int64_t number, const struct wf_str *cells,
                     size_t n, weft_error *err)
{
    struct table *table = self;
    struct wf_feed *feed = table->feed;

    if (number == 0)
        return read_header(table, cells, n, err);
    if (feed->n_rows == table->cap) {
        size_t cap = table->cap ? 2 * table->cap : 1024;
        struct wf_feed_row *rows =
            WF_NEW_N(feed->arena, struct wf_feed_row, cap);

        if (feed->n_rows)
            memcpy(rows, feed->rows, feed->n_rows * sizeof *rows);
        feed->rows = rows;
        table->cap = cap;
    }
    feed->rows[feed->n_rows++] =
        (struct wf_feed_row){ .metric = cell(table, METRIC, cells, n),
                              .subject = cell(table, SUBJECT, cells, n),
                              .at = cell(table, AT, cells, n),
                              .text = cell(table, VALUE, cells, n) };
    return true;
}

bool wf_feed_read_csv(struct wf_feed *feed, const char *csv, size_t len,
                      weft_error *err)
{
    struct table table = { .feed = feed };

    return wf_csv_read(feed->arena, csv, len, take_row, &table, err);
}

/* --- Times */

/* "2026-10-12 18:00" and "2026-10-12 18:00:30" */
static bool read_local(const char *text, const char *zone, int64_t *out)
{
    struct wf_str whole = wf_str_of(text), date = { text, 10 }, clock;
    int32_t day;
    int64_t seconds = 0;
    int minutes;

    if (whole.len != 16 && whole.len != 19)
        return false;
    clock = (struct wf_str){ text + 11, 5 };
    if ((text[10] != ' ' && text[10] != 'T') || !wf_date_parse(date, &day)
        || !wf_clock_parse(clock, &minutes))
        return false;
    if (whole.len == 19
        && (text[16] != ':'
            || !wf_str_to_int((struct wf_str){ text + 17, 2 }, &seconds)
            || seconds < 0 || seconds > 59))
        return false;
    return wf_zone_from_local(
        zone, day, minutes * MINUTE_MS + (int32_t)seconds * 1000, out);
}

bool wf_feed_time(const char *text, const char *zone, int64_t *out)
{
    int32_t day;

    if (wf_time_parse(wf_str_of(text), out) || read_local(text, zone, out))
        return true;
    return wf_date_parse(wf_str_of(text), &day)
           && wf_zone_from_local(zone, day, 0, out);
}

/* --- Checking */

/* Points with their metrics, and what has been looked up on the way. */
struct checking {
    struct wf_turn *turn;
    struct wf_feed *feed;
    const struct wf_metric *metric; /* of the row at hand */
    struct wf_map subjects; /* "metric/name" → const char **, maybe NULL */
    struct made {
        const char *metric;
        struct wf_point point;
        size_t row;
    } * made;
};

static void find_fault(struct checking *c, size_t row, const char *member,
                       const char *code, const char *message)
{
    wf_diag_field_text(
        &c->turn->findings, WF_SEVERITY_ERROR,
        wf_arena_printf(c->feed->arena, "[%zu].%s", row + 1, member), code,
        message);
}

static const char *said(const struct checking *c, const char *text)
{
    return wf_message(c->turn->call.lang, text);
}

/* The metric of a row; a whole batch of one is looked up once. */
static bool take_metric(struct checking *c, const char *id, weft_error *err)
{
    bool may;

    if (!id)
        return true; /* told below */
    if (c->metric && wf_streq(c->metric->head.id, id))
        return true;
    if (!wf_metric_open(c->turn, id, &c->metric, err)
        || !wf_metric_may_feed(c->turn, c->metric, &may, err))
        return false;
    return may
           || wf_fail(err, WEFT_E_DENIED, "You may not bring points of \"%s\".",
                      id);
}

static bool take_subject(struct checking *c, const char *named,
                         const char **out, weft_error *err)
{
    const char *key =
        wf_arena_printf(c->feed->arena, "%s/%s", c->metric->head.id, named);
    const char **known = wf_map_find(&c->subjects, key);

    if (!known) {
        known = WF_NEW(c->feed->arena, const char *);
        if (!wf_metric_subject(&c->turn->call, c->metric, named, known, err))
            return false;
        *known = wf_arena_str(c->feed->arena, *known);
        (void)wf_map_add(c->feed->arena, &c->subjects, key, known);
    }
    *out = *known;
    return true;
}

static bool take_value(const struct wf_feed_row *row, double *out)
{
    char *end = NULL;

    if (!row->text) {
        *out = wf_json_num(row->value, NAN);
        return isfinite(*out);
    }
    *out = wf_number_parse(row->text, &end);
    return end != row->text && !*end && isfinite(*out);
}

static bool check_row(struct checking *c, size_t n, weft_error *err)
{
    const struct wf_feed_row *row = &c->feed->rows[n];
    struct made *made = &c->made[n];

    if (!take_metric(c, row->metric, err))
        return false;
    if (!row->metric || !row->subject || !row->at
        || (!row->value && !row->text)) {
        find_fault(c, n,
                   !row->metric    ? "metric"
                   : !row->subject ? "subject"
                   : !row->at      ? "at"
                                   : "value",
                   "required", said(c, WF_MESSAGE("This is missing.")));
        return true;
    }
    *made = (struct made){ .metric = c->metric->head.id, .row = n };
    if (!take_subject(c, row->subject, &made->point.subject, err))
        return false;
    if (!made->point.subject)
        find_fault(c, n, "subject", "unknown",
                   said(c, c->metric->of == WF_METRIC_UNIT
                               ? WF_MESSAGE("There is no such unit.")
                               : WF_MESSAGE("There is no such person.")));
    if (!wf_feed_time(row->at, c->metric->head.package->timezone,
                      &made->point.at))
        find_fault(c, n, "at", "type",
                   said(c, WF_MESSAGE("This is no time: write one such as "
                                      "2026-10-12T18:00:00+08:00.")));
    else if (made->point.at > c->turn->call.now + DAY_MS)
        find_fault(c, n, "at", "range",
                   said(c, WF_MESSAGE("This has not happened yet.")));
    if (!take_value(row, &made->point.value))
        find_fault(c, n, "value", "type",
                   said(c, WF_MESSAGE("This is no number.")));
    return true;
}

static int by_time(const void *a, const void *b)
{
    const struct made *x = a, *y = b;
    int order = strcmp(x->metric, y->metric);

    if (!order)
        order = strcmp(x->point.subject, y->point.subject);
    if (order)
        return order;
    if (x->point.at != y->point.at)
        return x->point.at < y->point.at ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Of two with the same time the later row counts. */
static void keep_made(struct checking *c)
{
    struct wf_feed *feed = c->feed;
    size_t n = feed->n_rows;

    qsort(c->made, n, sizeof *c->made, by_time);
    feed->points = WF_NEW_N(feed->arena, struct wf_point, n);
    feed->metrics = WF_NEW_N(feed->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        const struct made *at = &c->made[i];
        const struct made *next = i + 1 < n ? &c->made[i + 1] : NULL;
        bool other = !next || !wf_streq(at->metric, next->metric)
                     || !wf_streq(at->point.subject, next->point.subject);

        feed->n_subjects += other;
        if (!other && next->point.at == at->point.at)
            continue;
        feed->metrics[feed->n_points] = wf_arena_str(feed->arena, at->metric);
        feed->points[feed->n_points] = at->point;
        feed->points[feed->n_points++].row = at->row + 1;
    }
}

/* How many points go into one piece, now that some of c->metric are among
 * them. */
static size_t piece_of(const struct checking *c)
{
    const struct wf_registry *registry = c->turn->call.registry;
    const struct wf_head *head = &c->metric->head;
    size_t cursor = 0, piece = c->feed->piece;

    if (head->hook)
        return PIECE_HOOKED;
    return piece > PIECE_TAKEN
                   && wf_registry_metric_taker(registry, head->id, &cursor)
               ? PIECE_TAKEN
               : piece;
}

bool wf_feed_check(struct wf_turn *turn, struct wf_feed *feed, weft_error *err)
{
    struct checking c = { .turn = turn, .feed = feed };

    c.made = WF_NEW_N(feed->arena, struct made, feed->n_rows + 1);
    feed->piece = PIECE;
    if (!take_metric(&c, feed->metric, err))
        return false;
    for (size_t i = 0; i < feed->n_rows; i++) {
        if (!check_row(&c, i, err))
            return false;
        if (c.metric)
            feed->piece = piece_of(&c);
    }
    if (turn->findings.n_errors > 0)
        return wf_body_misfits(err);
    if (feed->n_rows > 0)
        keep_made(&c);
    return true;
}
