/* org/person_save.c - persons written: their record, lines, teams and roles.
 *
 * A line that ends stays as an edge with its last day; one that begins and
 * ends on the same day is forgotten.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/date.h"
#include "base/text.h"
#include "org/import_parts.h"

#define DAY_MS (24 * 3600 * INT64_C(1000))

static const char SQL_LOAD[] =
    "SELECT id, login, name, email, title, locale, timezone, hired, teams,"
    " attributes, unit, manager, grade, active FROM person WHERE login = $1";
static const char SQL_ADD[] =
    "INSERT INTO person (id, login, name, pinyin, initials, email, title,"
    " locale, timezone, hired, teams, attributes, unit, grade, active, changed)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
    " $15, $16)";
static const char SQL_SAVE[] =
    "UPDATE person SET login = $2, name = $3, pinyin = $4, initials = $5,"
    " email = $6, title = $7, locale = $8, timezone = $9, hired = $10,"
    " teams = $11, attributes = $12, unit = $13, grade = $14, active = $15,"
    " changed = $16 WHERE id = $1";
static const char SQL_SAVE_MANAGER[] =
    "UPDATE person SET manager = $2, changed = $3 WHERE id = $1";

static const char SQL_CLEAR_TEAMS[] =
    "DELETE FROM team_member WHERE person = $1";
static const char SQL_ADD_TEAM[] =
    "INSERT INTO team_member (team, person) VALUES ($1, $2)";

static const char SQL_LINES[] =
    "SELECT above FROM line WHERE person = $1 AND kind = $2"
    " AND until = '9999-12-31'";
static const char SQL_END_LINE[] =
    "UPDATE line SET until = $4 WHERE person = $1 AND kind = $2"
    " AND above = $3 AND until = '9999-12-31'";
static const char SQL_FORGET_LINES[] =
    "DELETE FROM line WHERE person = $1 AND kind = $2 AND until <= since";
static const char SQL_BEGIN_LINE[] =
    "INSERT INTO line (person, above, kind, since, until)"
    " VALUES ($1, $3, $2, $4, '9999-12-31')"
    " ON CONFLICT (person, kind, above, since)"
    " DO UPDATE SET until = '9999-12-31'";

static const char SQL_GRANTS[] =
    "SELECT role, unit_key FROM role_grant WHERE person = $1"
    " ORDER BY role, unit_key";
static const char SQL_CLEAR_GRANTS[] =
    "DELETE FROM role_grant WHERE person = $1";
static const char SQL_ADD_GRANT[] =
    "INSERT INTO role_grant (role, person, unit, unit_key)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

/* --- The record. */

bool wf_record_load(struct wf_call *call, const char *login,
                    struct wf_record *out, bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = call->arena;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_LOAD, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, login);
    step = wf_stmt_step(&q, err);
    *found = step == WF_FETCH_ROW;
    if (!*found)
        return step == WF_FETCH_DONE;
    out->id = wf_stmt_int(&q, 0);
    out->login = wf_stmt_str(&q, 1, arena);
    out->name = wf_stmt_str(&q, 2, arena);
    out->email = wf_stmt_str(&q, 3, arena);
    out->title = wf_stmt_str(&q, 4, arena);
    out->locale = wf_stmt_str(&q, 5, arena);
    out->timezone = wf_stmt_str(&q, 6, arena);
    out->hired = wf_stmt_str(&q, 7, arena);
    out->teams = wf_stmt_str(&q, 8, arena);
    out->attributes = wf_stmt_str(&q, 9, arena);
    out->unit = wf_stmt_int(&q, 10);
    out->manager = wf_stmt_int(&q, 11);
    out->has_grade = !wf_stmt_is_null(&q, 12);
    out->grade = wf_stmt_real(&q, 12);
    out->active = wf_stmt_int(&q, 13) != 0;
    return true;
}

bool wf_record_same(const struct wf_record *a, const struct wf_record *b)
{
    return wf_streq(a->name, b->name) && wf_streq(a->email, b->email)
           && wf_streq(a->title, b->title) && wf_streq(a->locale, b->locale)
           && wf_streq(a->timezone, b->timezone) && wf_streq(a->hired, b->hired)
           && wf_streq(a->teams, b->teams)
           && wf_streq(a->attributes, b->attributes) && a->unit == b->unit
           && a->manager == b->manager && a->has_grade == b->has_grade
           && (!a->has_grade || a->grade == b->grade) && a->active == b->active;
}

static bool write_record(struct wf_call *call, const char *sql,
                         const struct wf_record *record, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, record->id);
    wf_stmt_bind_text(&q, 2, record->login);
    wf_stmt_bind_text(&q, 3, record->name);
    wf_stmt_bind_text(&q, 4, wf_text_pinyin(call->arena, record->name));
    wf_stmt_bind_text(&q, 5, wf_text_initials(call->arena, record->name));
    wf_stmt_bind_text(&q, 6, record->email);
    wf_stmt_bind_text(&q, 7, record->title);
    wf_stmt_bind_text(&q, 8, record->locale);
    wf_stmt_bind_text(&q, 9, record->timezone);
    wf_stmt_bind_text(&q, 10, record->hired);
    wf_stmt_bind_text(&q, 11, record->teams);
    wf_stmt_bind_text(&q, 12, record->attributes);
    wf_stmt_bind_id(&q, 13, record->unit);
    if (record->has_grade)
        wf_stmt_bind_real(&q, 14, record->grade);
    else
        wf_stmt_bind_null(&q, 14);
    wf_stmt_bind_int(&q, 15, record->active);
    wf_stmt_bind_int(&q, 16, call->now);
    return wf_stmt_run(&q, err);
}

static bool clear(struct wf_call *call, const char *sql, wf_id person,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    return wf_stmt_run(&q, err);
}

static bool add_team(struct wf_call *call, struct wf_str team, wf_id person,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD_TEAM, &q, err))
        return false;
    wf_stmt_bind_text_n(&q, 1, team.at, team.len);
    wf_stmt_bind_int(&q, 2, person);
    return wf_stmt_run(&q, err);
}

static bool add_teams(struct wf_call *call, const struct wf_record *record,
                      weft_error *err)
{
    struct wf_str rest = wf_str_of(record->teams);
    struct wf_str team;

    while (wf_str_split(&rest, ';', &team))
        if (team.len && !add_team(call, team, record->id, err))
            return false;
    return true;
}

bool wf_record_add(struct wf_call *call, const struct wf_record *record,
                   weft_error *err)
{
    return write_record(call, SQL_ADD, record, err)
           && add_teams(call, record, err);
}

bool wf_record_save(struct wf_call *call, const struct wf_record *record,
                    weft_error *err)
{
    return write_record(call, SQL_SAVE, record, err)
           && clear(call, SQL_CLEAR_TEAMS, record->id, err)
           && add_teams(call, record, err);
}

bool wf_record_save_manager(struct wf_call *call,
                            const struct wf_record *record, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_SAVE_MANAGER, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, record->id);
    wf_stmt_bind_id(&q, 2, record->manager);
    wf_stmt_bind_int(&q, 3, call->now);
    return wf_stmt_run(&q, err);
}

/* --- Lines. */

static bool load_lines(struct wf_call *call, const struct wf_lines *lines,
                       struct wf_idset *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (lines->is_new)
        return true;
    if (!wf_stmt_begin(call->db, SQL_LINES, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lines->person);
    wf_stmt_bind_text(&q, 2, lines->kind);
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_idset_add(call->arena, out, wf_stmt_int(&q, 0));
    return step == WF_FETCH_DONE;
}

static bool end_line(struct wf_call *call, const struct wf_lines *lines,
                     wf_id above, const char *today, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_END_LINE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lines->person);
    wf_stmt_bind_text(&q, 2, lines->kind);
    wf_stmt_bind_int(&q, 3, above);
    wf_stmt_bind_text(&q, 4, today);
    return wf_stmt_run(&q, err);
}

static bool begin_line(struct wf_call *call, const struct wf_lines *lines,
                       wf_id above, const char *since, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_BEGIN_LINE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lines->person);
    wf_stmt_bind_text(&q, 2, lines->kind);
    wf_stmt_bind_int(&q, 3, above);
    wf_stmt_bind_text(&q, 4, since);
    return wf_stmt_run(&q, err);
}

static bool forget_lines(struct wf_call *call, const struct wf_lines *lines,
                         weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FORGET_LINES, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lines->person);
    wf_stmt_bind_text(&q, 2, lines->kind);
    return wf_stmt_run(&q, err);
}

bool wf_lines_save(struct wf_call *call, const struct wf_lines *lines,
                   bool *changed, weft_error *err)
{
    struct wf_idset old = { 0 };
    char today[WF_DATE_TEXT];
    bool ended = false;

    wf_date_write((int32_t)(call->now / DAY_MS), today);
    if (!load_lines(call, lines, &old, err))
        return false;
    for (size_t i = 0; i < old.n; i++) {
        if (wf_idset_has(&lines->above, old.at[i]))
            continue;
        ended = true;
        if (!end_line(call, lines, old.at[i], today, err))
            return false;
    }
    for (size_t i = 0; i < lines->above.n; i++) {
        if (wf_idset_has(&old, lines->above.at[i]))
            continue;
        *changed = true;
        if (!begin_line(call, lines, lines->above.at[i],
                        lines->is_new ? "" : today, err))
            return false;
    }
    *changed = *changed || ended;
    return !ended || forget_lines(call, lines, err);
}

/* --- Roles. */

static int by_grant(const void *a, const void *b)
{
    const struct wf_role_grant *left = a;
    const struct wf_role_grant *right = b;
    int by_role = strcmp(left->role, right->role);

    return by_role ? by_role
                   : (left->unit > right->unit) - (left->unit < right->unit);
}

/* Whether the stored roles are just these, which are sorted. */
static bool same_grants(struct wf_call *call, wf_id person,
                        const struct wf_role_grant *grants, size_t n,
                        bool *same, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;
    size_t i = 0;

    if (!wf_stmt_begin(call->db, SQL_GRANTS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    *same = true;
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        *same = *same && i < n && wf_streq(grants[i].role, wf_stmt_text(&q, 0))
                && grants[i].unit == wf_stmt_int(&q, 1);
        i++;
    }
    *same = *same && i == n;
    return step == WF_FETCH_DONE;
}

static bool add_grant(struct wf_call *call, wf_id person,
                      const struct wf_role_grant *grant, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD_GRANT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, grant->role);
    wf_stmt_bind_int(&q, 2, person);
    wf_stmt_bind_id(&q, 3, grant->unit);
    wf_stmt_bind_int(&q, 4, grant->unit);
    return wf_stmt_run(&q, err);
}

bool wf_role_grants_save(struct wf_call *call, wf_id person,
                         const struct wf_role_grant *grants, size_t n,
                         bool *changed, weft_error *err)
{
    struct wf_role_grant *sorted =
        WF_NEW_N(call->arena, struct wf_role_grant, n);
    size_t n_sorted = 0;
    bool same;

    if (n) {
        memcpy(sorted, grants, n * sizeof *sorted);
        qsort(sorted, n, sizeof *sorted, by_grant);
    }
    for (size_t i = 0; i < n; i++)
        if (!i || by_grant(&sorted[i], &sorted[n_sorted - 1]))
            sorted[n_sorted++] = sorted[i];
    if (!same_grants(call, person, sorted, n_sorted, &same, err))
        return false;
    if (same)
        return true;
    *changed = true;
    if (!clear(call, SQL_CLEAR_GRANTS, person, err))
        return false;
    for (size_t i = 0; i < n_sorted; i++)
        if (!add_grant(call, person, &sorted[i], err))
            return false;
    return true;
}
