/* org/person_save.c - persons written: their record, teams and roles.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/date.h"
#include "base/text.h"
#include "org/import_parts.h"
#include "org/past.h"
#include "org/provision.h"

static const char SQL_LOAD[] =
    "SELECT id, login, name, email, title, locale, timezone, hired, teams,"
    " attributes, unit, manager, grade, active, service FROM person"
    " WHERE login = $1";
static const char SQL_ADD[] =
    "INSERT INTO person (id, login, name, pinyin, initials, email, title,"
    " locale, timezone, hired, teams, attributes, unit, grade, active, changed,"
    " service) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
    " $14, $15, $16, $17)";
static const char SQL_SAVE[] =
    "UPDATE person SET login = $2, name = $3, pinyin = $4, initials = $5,"
    " email = $6, title = $7, locale = $8, timezone = $9, hired = $10,"
    " teams = $11, attributes = $12, unit = $13, grade = $14, active = $15,"
    " changed = $16, service = $17 WHERE id = $1";
static const char SQL_SAVE_MANAGER[] =
    "UPDATE person SET manager = $2, changed = $3 WHERE id = $1";

static const char SQL_CLEAR_TEAMS[] =
    "DELETE FROM team_member WHERE person = $1";
static const char SQL_ADD_TEAM[] =
    "INSERT INTO team_member (team, person) VALUES ($1, $2)";

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
    out->service = wf_stmt_int(&q, 14) != 0;
    return true;
}

bool wf_record_same(const struct wf_record *a, const struct wf_record *b)
{
    return wf_streq(a->login, b->login) && a->service == b->service
           && wf_streq(a->name, b->name) && wf_streq(a->email, b->email)
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
    wf_stmt_bind_int(&q, 17, record->service);
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

/* A team is there as soon as somebody is in it. */
static bool know_team(struct wf_call *call, struct wf_str team, weft_error *err)
{
    const char *name = wf_arena_slice(call->arena, team);
    wf_id id;

    return wf_provision_find_team(call, name, &id, err)
           && (id || wf_provision_save_team(call, &id, name, NULL, err));
}

static bool add_teams(struct wf_call *call, const struct wf_record *record,
                      weft_error *err)
{
    struct wf_str rest = wf_str_of(record->teams);
    struct wf_str team;

    while (wf_str_split(&rest, ';', &team))
        if (team.len
            && (!know_team(call, team, err)
                || !add_team(call, team, record->id, err)))
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

/* --- What has been. */

static const char *grade_text(struct wf_arena *arena,
                              const struct wf_record *record)
{
    return record->has_grade
               ? wf_json_dump(arena, wf_json_number(arena, record->grade))
               : NULL;
}

bool wf_record_note_past(struct wf_call *call, const struct wf_record *was,
                         const struct wf_record *is, const char *today,
                         weft_error *err)
{
    struct wf_arena *arena = call->arena;
    const struct {
        const char *what, *was, *is;
    } facts[] = {
        { "unit", wf_past_id(arena, was->unit), wf_past_id(arena, is->unit) },
        { "title", was->title, is->title },
        { "grade", grade_text(arena, was), grade_text(arena, is) },
        { "active", was->active ? "true" : "false",
          is->active ? "true" : "false" },
    };

    for (size_t i = 0; i < WF_COUNT(facts); i++) {
        struct wf_past past = { "person", is->id, facts[i].what, today,
                                facts[i].was };

        if (!wf_streq(facts[i].was, facts[i].is)
            && !wf_past_note(call, &past, err))
            return false;
    }
    return true;
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
