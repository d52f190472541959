/* plan/look.c - reads a piece of watched documents with one query and works out
 * the conditions of the alert's levels, now and at the looks to come.
 *
 * A condition that only ever goes one way (def/expr_course.h) is asked once for
 * the last of these looks; only where it differs there is the day searched for,
 * by halves. So a light that time does not change costs one more question every
 * HORIZON days, and none if time does not touch it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/look.h"

#include "base/date.h"
#include "base/list.h"
#include "base/str.h"

enum {
    HORIZON = 64, /* looks that are thought of in advance; a power of two */
    UNITS = 100000,
    MINUTE_MS = 60 * 1000,
    DAY_MS = 24 * 60 * MINUTE_MS,
};

/* A piece ends before the row that is `max` further on, and its rows come in
 * the order of the index that finds them: so nothing is sorted, and those of a
 * document follow one another. */
#define ROWS                                                                   \
    "SELECT w.document, w.level, d.step, d.state, d.form, d.creator,"          \
    " d.created, d.updated, d.health, f.field, f.num, f.text, f.changed"       \
    " FROM watch w CROSS JOIN document d"                                      \
    " LEFT JOIN field_index f ON f.document = w.document AND f.row = 0"        \
    " WHERE d.id = w.document AND w.alert = $1"

static const char SQL_DUE[] =
    ROWS " AND w.due <= $2 AND (w.due, w.document) < ($3, $4)"
         " ORDER BY w.due, w.document";
static const char SQL_ALL[] =
    ROWS " AND w.document > $2 AND w.document < $3 ORDER BY w.document";
static const char SQL_DUE_END[] =
    "SELECT due, document FROM watch WHERE alert = $1 AND due <= $2"
    " ORDER BY due, document LIMIT 1 OFFSET $3";
static const char SQL_ALL_END[] =
    "SELECT document FROM watch WHERE alert = $1 AND document > $2"
    " ORDER BY document LIMIT 1 OFFSET $3";

/* A value as its index row has it. */
struct held {
    bool there, is_number;
    double num;
    const char *text;
    int64_t changed; /* 0: not known */
};

/* One document while it is looked at. */
struct looking {
    struct wf_call *call;
    const struct wf_alert *alert;
    struct wf_env env;
    struct wf_source source;
    struct wf_calendar calendar;
    int64_t units;
    int64_t moments[HORIZON + 1]; /* now, and the looks to come; 0: not yet */
    int32_t days[HORIZON + 1];    /* on which they are */
    bool moves, may_search;       /* what time does to its conditions */
    /* of the document at hand */
    wf_id id, creator;
    const char *lit, *step, *state, *form, *health;
    int64_t created, updated;
    struct held *held; /* by number of alert->fields */
    bool *now;         /* which conditions hold */
};

/* --- When */

int64_t wf_look_next(const struct wf_alert *alert, int64_t after)
{
    const char *zone = alert->head.package->timezone;
    int32_t day, ms;
    int64_t at;

    if (!wf_zone_to_local(zone, after, &day, &ms))
        return after + DAY_MS;
    for (int i = 0; i < 3; i++)
        if (wf_zone_from_local(zone, day + i, alert->at * MINUTE_MS, &at)
            && at > after)
            return at;
    return after + DAY_MS;
}

static void find_day(struct looking *l, int n)
{
    int32_t ms;

    (void)wf_zone_to_local(l->alert->head.package->timezone, l->moments[n],
                           &l->days[n], &ms);
}

/* The looks to come are a day apart by the clocks of the zone. */
static int64_t moment(struct looking *l, int n)
{
    const char *zone = l->alert->head.package->timezone;

    if (l->moments[n])
        return l->moments[n];
    if (n == 1) {
        l->moments[n] = wf_look_next(l->alert, l->call->now);
        find_day(l, n);
        return l->moments[n];
    }
    (void)moment(l, 1);
    l->days[n] = l->days[1] + n - 1;
    if (!wf_zone_from_local(zone, l->days[n], l->alert->at * MINUTE_MS,
                            &l->moments[n]))
        l->moments[n] = moment(l, n - 1) + DAY_MS;
    return l->moments[n];
}

/* --- Where conditions get their values from */

static size_t number_of(const struct wf_alert *alert,
                        const struct wf_field *field)
{
    size_t i = 0;

    while (i < alert->n_fields && alert->fields[i] != field)
        i++;
    return i;
}

static struct wf_value text_value(enum wf_type type, const char *text)
{
    struct wf_value value = wf_value_nil;

    if (!text)
        return value;
    value.type = type;
    value.u.text = wf_str_of(text);
    return value;
}

static struct wf_value field_value(void *self, const struct wf_field *field)
{
    const struct looking *l = self;
    size_t n = number_of(l->alert, field);
    const struct held *held = &l->held[n];
    enum wf_type type = wf_field_kind(field->type)->type;

    if (n == l->alert->n_fields || !held->there)
        return wf_value_nil;
    if (type == WF_T_NUMBER)
        return held->is_number ? wf_value_number(held->num) : wf_value_nil;
    if (type == WF_T_BOOLEAN)
        return held->is_number ? wf_value_boolean(held->num > 0) : wf_value_nil;
    return text_value(type, held->text);
}

static struct wf_value id_value(const struct looking *l, enum wf_type type,
                                wf_id id)
{
    char text[WF_ID_TEXT];

    if (!id)
        return wf_value_nil;
    wf_id_write(id, text);
    return wf_value_text(l->env.arena, type, text);
}

static struct wf_value time_value(const struct looking *l, int64_t ms)
{
    char text[WF_TIME_TEXT];

    wf_time_write(ms, text);
    return wf_value_text(l->env.arena, WF_T_DATETIME, text);
}

static bool name_value(void *self, enum wf_name name, struct wf_value *out,
                       weft_error *err)
{
    const struct looking *l = self;

    (void)err;
    switch (name) {
    case WF_NAME_ID:
        *out = id_value(l, WF_T_TEXT, l->id);
        break;
    case WF_NAME_FORM:
        *out = text_value(WF_T_TEXT, l->form);
        break;
    case WF_NAME_STEP:
        *out = text_value(WF_T_TEXT, l->step);
        break;
    case WF_NAME_STATE:
        *out = text_value(WF_T_TEXT, l->state);
        break;
    case WF_NAME_HEALTH:
        *out = text_value(WF_T_TEXT, l->health);
        break;
    case WF_NAME_CREATOR:
        *out = id_value(l, WF_T_PERSON, l->creator);
        break;
    case WF_NAME_CREATED:
        *out = time_value(l, l->created);
        break;
    case WF_NAME_UPDATED:
        *out = time_value(l, l->updated);
        break;
    case WF_NAME_REVEALED:
    case WF_NAME_FROZEN:
        *out = wf_value_boolean(false);
        break;
    default:
        *out = wf_value_nil;
    }
    return true;
}

static bool setting_value(void *self, const char *id, struct wf_value *out,
                          weft_error *err)
{
    const struct looking *l = self;

    (void)err;
    *out = wf_value_of_plain(
        l->env.arena,
        wf_registry_setting(l->call->registry, l->alert->head.package->id, id));
    return true;
}

static bool person_part(void *self, struct wf_str id, enum wf_person_part part,
                        struct wf_value *out, weft_error *err)
{
    const struct looking *l = self;

    return wf_person_part_value(l->call, id, part, out, err);
}

static bool unit_name(void *self, struct wf_str key, struct wf_value *out,
                      weft_error *err)
{
    const struct looking *l = self;

    return wf_unit_name_value(l->call, key, out, err);
}

/* The engine itself looks: it sees all but what is anonymous. */
static bool follow(void *self, struct wf_str document,
                   const struct wf_field *field, struct wf_value *out,
                   weft_error *err)
{
    const struct looking *l = self;
    const struct wf_field *there;
    struct wf_doc *doc = NULL;
    wf_id id;

    *out = wf_value_nil;
    if (!wf_id_parse(document, &id))
        return true;
    if (!wf_doc_load(l->call, id, &doc, err))
        return false;
    there = doc && !doc->veil ? wf_form_field(doc->form, field->path) : NULL;
    if (there && there->type == field->type)
        *out =
            wf_value_of(l->env.arena, there, wf_json_get(doc->data, there->id));
    return true;
}

/* A field without a value has not changed since the document was made. */
static bool quiet_days(void *self, const struct wf_field *const *fields,
                       size_t n, double *out, weft_error *err)
{
    const struct looking *l = self;
    int64_t since = n ? l->created : l->updated;

    (void)err;
    for (size_t i = 0; i < n; i++) {
        size_t number = number_of(l->alert, fields[i]);

        if (number < l->alert->n_fields && l->held[number].changed > since)
            since = l->held[number].changed;
    }
    *out = (double)((l->env.now - since) / DAY_MS);
    return true;
}

static bool working_days(void *self, int32_t from, int32_t to, double *out,
                         weft_error *err)
{
    const struct looking *l = self;

    (void)err;
    *out = wf_calendar_count(&l->calendar, from, to);
    return true;
}

static void look_init(struct looking *l, struct wf_call *call,
                      const struct wf_alert *alert)
{
    const struct wf_package *package = alert->head.package;

    *l = (struct looking){
        .call = call,
        .alert = alert,
        .source = { .self = l,
                    .name = name_value,
                    .setting = setting_value,
                    .person = person_part,
                    .unit_name = unit_name,
                    .follow = follow,
                    .quiet_days = quiet_days,
                    .working_days = working_days },
        .env = { .arena = call->arena,
                 .zone = package->timezone,
                 .source = &l->source,
                 .field = field_value,
                 .units = &l->units },
        .calendar = wf_registry_calendar(call->registry, package),
        .moments = { call->now },
        .may_search = true,
        .held = WF_NEW_N(call->arena, struct held, alert->n_fields + 1),
        .now = WF_NEW_N(call->arena, bool, alert->n_levels + 1),
    };
    for (const struct wf_alert_level *at = alert->levels; at; at = at->next) {
        l->moves = l->moves || at->course != WF_COURSE_STILL;
        l->may_search = l->may_search && at->course != WF_COURSE_ANY;
    }
    find_day(l, 0);
}

/* --- What holds */

static void move_to(struct looking *l, int n)
{
    l->env.now = moment(l, n);
    l->env.today = &l->days[n];
}

/* Of the moment that was moved to. */
static bool ask(struct looking *l, const struct wf_alert_level *level,
                bool *out, weft_error *err)
{
    l->units = UNITS;
    return wf_expr_holds(level->when, &l->env, out, err);
}

static bool ask_now(struct looking *l, weft_error *err)
{
    size_t i = 0;

    move_to(l, 0);
    for (const struct wf_alert_level *level = l->alert->levels; level;
         level = level->next, i++)
        if (!ask(l, level, &l->now[i], err))
            return false;
    return true;
}

/* What time does not touch, or what has gone its one way already. */
static bool is_settled(const struct wf_alert_level *level, bool holds)
{
    return level->course == WF_COURSE_STILL
           || (level->course == WF_COURSE_UP && holds)
           || (level->course == WF_COURSE_DOWN && !holds);
}

/* The first look up to *first at which a level differs from now becomes
 * *first; it stays if there is none. */
static bool find_first(struct looking *l, const struct wf_alert_level *level,
                       bool holds, int *first, weft_error *err)
{
    int same = 0, other = *first, at = other;
    bool then;

    do {
        move_to(l, at);
        if (!ask(l, level, &then, err))
            return false;
        if (then != holds)
            other = *first = at;
        else if (at == other)
            return true;
        else
            same = at;
        at = (same + other) / 2;
    } while (other - same > 1);
    return true;
}

/* The first look to come at which a condition differs from now; each is only
 * asked up to where one before it does. */
static bool next_look(struct looking *l, int64_t *out, weft_error *err)
{
    int first = HORIZON;
    size_t i = 0;

    *out = INT64_MAX;
    if (!l->moves)
        return true;
    if (!l->may_search)
        first = 1;
    for (const struct wf_alert_level *level = l->alert->levels;
         level && first > 1; level = level->next, i++)
        if (!is_settled(level, l->now[i])
            && !find_first(l, level, l->now[i], &first, err))
            return false;
    *out = moment(l, first);
    return true;
}

static const struct wf_alert_level *first_level(const struct looking *l)
{
    const struct wf_alert_level *level = l->alert->levels;

    for (size_t i = 0; level && !l->now[i]; i++)
        level = level->next;
    return level;
}

static bool is_gone(const struct looking *l)
{
    return !wf_streq(l->state, "open")
           || (l->alert->step && !wf_streq(l->alert->step->id, l->step));
}

/* The document at hand is read whole. */
static bool judge(struct looking *l, struct wf_seen_list *out, weft_error *err)
{
    struct wf_seen seen = { .document = l->id,
                            .gone = is_gone(l),
                            .lit = l->lit };

    if (!seen.gone) {
        if (!ask_now(l, err) || !next_look(l, &seen.due, err))
            return false;
        seen.level = first_level(l);
    }
    *WF_PUSH(l->call->arena, out) = seen;
    return true;
}

/* --- Rows */

/* Texts live until the next document: a piece would fill megabytes. */
static void begin_document(struct looking *l, struct wf_stmt *q)
{
    struct wf_arena *arena = l->call->arena;

    memset(l->held, 0, l->alert->n_fields * sizeof *l->held);
    l->id = wf_stmt_int(q, 0);
    l->lit = wf_stmt_str(q, 1, arena);
    l->step = wf_stmt_str(q, 2, arena);
    l->state = wf_stmt_str(q, 3, arena);
    l->form = wf_stmt_str(q, 4, arena);
    l->creator = wf_stmt_int(q, 5);
    l->created = wf_stmt_int(q, 6);
    l->updated = wf_stmt_int(q, 7);
    l->health = wf_stmt_str(q, 8, arena);
}

static void take_field(struct looking *l, struct wf_stmt *q)
{
    const char *path = wf_stmt_is_null(q, 9) ? NULL : wf_stmt_text(q, 9);

    for (size_t i = 0; path && i < l->alert->n_fields; i++) {
        if (!wf_streq(path, l->alert->fields[i]->path))
            continue;
        l->held[i] = (struct held){ .there = true,
                                    .is_number = !wf_stmt_is_null(q, 10),
                                    .num = wf_stmt_real(q, 10),
                                    .text = wf_stmt_str(q, 11, l->call->arena),
                                    .changed = wf_stmt_int(q, 12) };
    }
}

static bool read_all(struct looking *l, struct wf_stmt *q,
                     struct wf_seen_list *out, weft_error *err)
{
    enum wf_fetch got;

    while ((got = wf_stmt_step(q, err)) == WF_FETCH_ROW) {
        if (l->id && l->id != wf_stmt_int(q, 0) && !judge(l, out, err))
            return false;
        if (l->id != wf_stmt_int(q, 0))
            begin_document(l, q);
        take_field(l, q);
    }
    return got == WF_FETCH_DONE && (!l->id || judge(l, out, err));
}

/* Behind the last of a piece. */
struct end {
    int64_t due;
    wf_id document;
};

static bool find_end(struct wf_call *call, const struct wf_look *look,
                     struct end *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = (struct end){ INT64_MAX, INT64_MAX };
    if (!wf_stmt_begin(call->db, look->all ? SQL_ALL_END : SQL_DUE_END, &q,
                       err))
        return false;
    wf_stmt_bind_text(&q, 1, look->alert->head.id);
    wf_stmt_bind_int(&q, 2, look->all ? look->after : call->now);
    wf_stmt_bind_int(&q, 3, look->max);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        out->due = wf_stmt_int(&q, 0);
        out->document = wf_stmt_int(&q, look->all ? 0 : 1);
    }
    return got == WF_FETCH_DONE;
}

static bool read_piece(struct looking *l, const struct wf_look *look,
                       const struct end *end, struct wf_seen_list *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(l->call->db, look->all ? SQL_ALL : SQL_DUE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, look->alert->head.id);
    wf_stmt_bind_int(&q, 2, look->all ? look->after : l->call->now);
    if (look->all) {
        wf_stmt_bind_int(&q, 3, end->document);
    } else {
        wf_stmt_bind_int(&q, 3, end->due);
        wf_stmt_bind_int(&q, 4, end->document);
    }
    return read_all(l, &q, out, err);
}

bool wf_look(struct wf_call *call, struct wf_look *look,
             struct wf_seen_list *out, weft_error *err)
{
    struct looking l;
    struct end end;

    *out = (struct wf_seen_list){ NULL, 0, 0 };
    look_init(&l, call, look->alert);
    if (!find_end(call, look, &end, err)
        || !read_piece(&l, look, &end, out, err))
        return false;
    if (out->n > 0)
        look->after = out->at[out->n - 1].document;
    return true;
}
