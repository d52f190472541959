/* org/past.c - what people and units were on a day. This file writes the table
 * of what has been.
 *
 * A row says until when a value counted, so the one that counted on a day is
 * that of the first row behind it; where there is none, nothing has changed
 * since.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/past.h"

#include "base/error.h"

static const char SQL_NOTE[] =
    "INSERT INTO past (kind, id, what, until, value)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
static const char SQL_FORGET[] =
    "DELETE FROM past WHERE kind = $1 AND id = $2 AND what = $3"
    " AND until <= $4";
static const char SQL_ON[] =
    "SELECT value FROM past WHERE kind = $1 AND id = $2 AND what = $3"
    " AND until > $4 ORDER BY until LIMIT 1";

static const char SQL_TODAY[] =
    "SELECT unit, title, active, hired FROM person WHERE id = $1";
static const char SQL_UNIT_KEY[] = "SELECT key FROM unit WHERE id = $1";
static const char SQL_ABOVE_ON[] =
    "SELECT p.id, p.login, p.name FROM line l JOIN person p ON p.id = l.above"
    " WHERE l.person = $1 AND l.kind = $2 AND l.since <= $3 AND l.until > $3"
    " ORDER BY p.login";

static const char SQL_ABOVE[] =
    "SELECT l.kind, l.since, l.until, p.id, p.login, p.name"
    " FROM line l JOIN person p ON p.id = l.above"
    " WHERE l.person = $1 AND l.since <= $2 AND l.until > $3 AND l.above > $4"
    " ORDER BY l.above, l.kind, l.since";
static const char SQL_BELOW[] =
    "SELECT l.kind, l.since, l.until, p.id, p.login, p.name"
    " FROM line l JOIN person p ON p.id = l.person"
    " WHERE l.above = $1 AND l.since <= $2 AND l.until > $3 AND l.person > $4"
    " ORDER BY l.person, l.kind, l.since";

/* --- Keeping. */

static void bind_key(struct wf_stmt *q, const struct wf_past *past)
{
    wf_stmt_bind_text(q, 1, past->kind);
    wf_stmt_bind_int(q, 2, past->id);
    wf_stmt_bind_text(q, 3, past->what);
    wf_stmt_bind_text(q, 4, past->until);
}

bool wf_past_note(struct wf_call *call, const struct wf_past *past,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_NOTE, &q, err))
        return false;
    bind_key(&q, past);
    wf_stmt_bind_text(&q, 5, past->value);
    return wf_stmt_run(&q, err);
}

bool wf_past_forget(struct wf_call *call, const struct wf_past *past,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FORGET, &q, err))
        return false;
    bind_key(&q, past);
    return wf_stmt_run(&q, err);
}

const char *wf_past_id(struct wf_arena *arena, wf_id id)
{
    char text[WF_ID_TEXT];

    if (!id)
        return NULL;
    wf_id_write(id, text);
    return wf_arena_str(arena, text);
}

/* --- A person on a day. */

/* Puts what `what` was on the day in place of `*value`, which is today's. */
static bool find(struct wf_call *call, wf_id person, const char *what,
                 const char *day, const char **value, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct wf_past past = { "person", person, what, day, NULL };
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_ON, &q, err))
        return false;
    bind_key(&q, &past);
    step = wf_stmt_step(&q, err);
    if (step == WF_FETCH_ROW)
        *value = wf_stmt_str(&q, 0, call->arena);
    return step != WF_FETCH_ERROR;
}

struct facts {
    const char *unit; /* id in digits */
    const char *title, *active, *hired;
};

static bool load_facts(struct wf_call *call, wf_id person, struct facts *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_TODAY, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    out->unit = wf_past_id(call->arena, wf_stmt_int(&q, 0));
    out->title = wf_stmt_str(&q, 1, call->arena);
    out->active = wf_stmt_int(&q, 2) ? "true" : "false";
    out->hired = wf_stmt_str(&q, 3, call->arena);
    return true;
}

static bool facts_on(struct wf_call *call, wf_id person, const char *day,
                     struct facts *out, weft_error *err)
{
    if (!load_facts(call, person, out, err)
        || !find(call, person, "unit", day, &out->unit, err)
        || !find(call, person, "title", day, &out->title, err)
        || !find(call, person, "active", day, &out->active, err))
        return false;
    if (out->hired && strcmp(day, out->hired) < 0)
        out->active = "false";
    return true;
}

static bool write_unit(struct wf_call *call, const char *id,
                       struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    wf_id unit = 0;
    enum wf_fetch step;

    if (id)
        wf_id_parse(wf_str_of(id), &unit);
    if (!wf_stmt_begin(call->db, SQL_UNIT_KEY, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, unit);
    step = wf_stmt_step(&q, err);
    wf_jw_key_text_or_null(out, "unit",
                           step == WF_FETCH_ROW ? wf_stmt_text(&q, 0) : NULL);
    return step != WF_FETCH_ERROR;
}

static struct wf_person above_of(struct wf_stmt *q, int column)
{
    return (struct wf_person){ .id = wf_stmt_int(q, column),
                               .login = wf_stmt_text(q, column + 1),
                               .name = wf_stmt_text(q, column + 2) };
}

/* Those above of one kind: one of them, or a list. */
static bool write_above(struct wf_call *call, wf_id person, const char *kind,
                        const char *day, struct wf_json_writer *out,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    bool is_list = wf_streq(kind, "dotted");
    enum wf_fetch step;
    int n = 0;

    if (!wf_stmt_begin(call->db, SQL_ABOVE_ON, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_text(&q, 2, kind);
    wf_stmt_bind_text(&q, 3, day);
    wf_jw_key(out, kind);
    if (is_list)
        wf_jw_open(out, '[');
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_person above = above_of(&q, 0);

        if (is_list || !n++)
            wf_person_json(&above, out);
    }
    if (is_list)
        wf_jw_close(out, ']');
    else if (!n)
        wf_jw_null(out);
    return step == WF_FETCH_DONE;
}

bool wf_person_on(struct wf_call *call, const struct wf_person *person,
                  const char *day, struct wf_json_writer *out, weft_error *err)
{
    struct facts facts = { 0 };

    if (!facts_on(call, person->id, day, &facts, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", person->id);
    wf_jw_key_text(out, "login", person->login);
    wf_jw_key_text(out, "name", person->name);
    wf_jw_key_text(out, "on", day);
    if (!write_unit(call, facts.unit, out, err))
        return false;
    wf_jw_key_text_or_null(out, "title", facts.title);
    if (!write_above(call, person->id, "manager", day, out, err)
        || !write_above(call, person->id, "dotted", day, out, err))
        return false;
    wf_jw_key(out, "active");
    wf_jw_bool(out, wf_streq(facts.active, "true"));
    wf_jw_close(out, '}');
    return true;
}

/* --- Lines with their days. */

static void write_day(struct wf_json_writer *out, const char *key,
                      const char *day)
{
    bool is_open = wf_str_empty(day) || wf_streq(day, WF_NEVER);

    wf_jw_key_text_or_null(out, key, is_open ? NULL : day);
}

static void write_line(struct wf_stmt *q, struct wf_json_writer *out)
{
    struct wf_person other = above_of(q, 3);

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "kind", wf_stmt_text(q, 0));
    wf_jw_key(out, "person");
    wf_person_json(&other, out);
    write_day(out, "since", wf_stmt_text(q, 1));
    write_day(out, "until", wf_stmt_text(q, 2));
    wf_jw_close(out, '}');
}

/* All lines to one other person stay on one page: the cursor is that person,
 * and a page that is full goes on until the next one. */
static bool write_lines(struct wf_stmt *q, int limit,
                        struct wf_json_writer *out, wf_id *next,
                        weft_error *err)
{
    enum wf_fetch step;
    wf_id last = 0;
    int n = 0;

    *next = 0;
    while ((step = wf_stmt_step(q, err)) == WF_FETCH_ROW) {
        wf_id other = wf_stmt_int(q, 3);

        if (n++ >= limit && other != last) {
            *next = last;
            return true;
        }
        last = other;
        write_line(q, out);
    }
    return step == WF_FETCH_DONE;
}

bool wf_person_lines(struct wf_call *call, const struct wf_lines_query *query,
                     struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    wf_id after = 0, next = 0;

    if (query->cursor && !wf_id_parse(wf_str_of(query->cursor), &after))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The cursor is broken. Begin the list anew.");
    if (!wf_stmt_begin(call->db, query->below ? SQL_BELOW : SQL_ABOVE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, query->person->id);
    wf_stmt_bind_text(&q, 2, query->day ? query->day : WF_NEVER);
    wf_stmt_bind_text(&q, 3, query->day ? query->day : "");
    wf_stmt_bind_int(&q, 4, after);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    if (!write_lines(&q, query->limit, out, &next, err))
        return false;
    wf_jw_close(out, ']');
    wf_jw_key_id_or_null(out, "next", next);
    wf_jw_close(out, '}');
    return true;
}
