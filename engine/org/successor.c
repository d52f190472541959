/* org/successor.c - who has taken over from somebody who leaves, and what they
 * take over of the organisation.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/successor.h"

#include "base/list.h"
#include "org/edit.h"
#include "org/idmap.h"

static const char SQL_SET[] =
    "INSERT INTO successor (person, heir, made, made_by)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT (person) DO UPDATE"
    " SET heir = excluded.heir, made = excluded.made,"
    " made_by = excluded.made_by";
static const char SQL_FIND[] = "SELECT heir FROM successor WHERE person = $1";
static const char SQL_UNITS[] =
    "SELECT key FROM unit WHERE head = $1 ORDER BY key";
static const char SQL_REPORTS[] =
    "SELECT login FROM person WHERE manager = $1 ORDER BY login";
static const char SQL_IS_ABOVE[] =
    "SELECT 1 FROM person_above WHERE person = $1 AND above = $2";

bool wf_successor_set(struct wf_call *call, wf_id person, wf_id heir,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_SET, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, person);
    wf_stmt_bind_id(&q, 2, heir);
    wf_stmt_bind_int(&q, 3, call->now);
    wf_stmt_bind_id(&q, 4, call->me ? call->me->id : 0);
    return wf_stmt_run(&q, err);
}

static bool heir_of(struct wf_call *call, wf_id person, wf_id *out,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = 0;
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, person);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW)
        *out = wf_stmt_int(&q, 0);
    return got != WF_FETCH_ERROR;
}

/* An heir who has left has an heir; circles end where they began. */
bool wf_successor_find(struct wf_call *call, wf_id person, wf_id *out,
                       weft_error *err)
{
    struct wf_idset passed = { 0 };
    const struct wf_person *found;
    wf_id at = person;

    *out = 0;
    while (wf_idset_add(call->arena, &passed, at)) {
        if (!heir_of(call, at, &at, err))
            return false;
        if (!at)
            return true;
        if (!wf_person_find(call, at, &found, err))
            return false;
        if (found && found->active) {
            *out = at;
            return true;
        }
    }
    return true;
}

/* --- The organisation */

struct keys {
    const char **at;
    size_t n, cap;
};

static bool load_keys(struct wf_call *call, const char *sql, wf_id person,
                      struct keys *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = (struct keys){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, person);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_str(&q, 0, call->arena);
    return got == WF_FETCH_DONE;
}

/* One column of a person or unit, as an edit by hand. */
static bool set_person(struct wf_call *call, const char *login,
                       const char *column, struct wf_json *value,
                       weft_error *err)
{
    struct wf_json *with = wf_json_object(call->arena);
    wf_id ignored;

    wf_json_set(call->arena, with, column, value);
    return wf_person_edit(call, login, with, &ignored, err);
}

static bool give_units(struct wf_call *call, const struct wf_person *from,
                       const struct wf_person *heir, int *n, weft_error *err)
{
    struct keys units;

    if (!load_keys(call, SQL_UNITS, from->id, &units, err))
        return false;
    for (size_t i = 0; i < units.n; i++) {
        struct wf_json *with = wf_json_object(call->arena);

        wf_json_set(call->arena, with, "head",
                    wf_json_text(call->arena, heir->login));
        if (!wf_unit_edit(call, units.at[i], with, err))
            return false;
    }
    *n = (int)units.n;
    return true;
}

static bool is_above(struct wf_call *call, wf_id person, wf_id above, bool *out,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_IS_ABOVE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, person);
    wf_stmt_bind_id(&q, 2, above);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

/* An heir from below comes up first, to whoever managed the leaver: so nobody
 * ends up beneath themselves. */
static bool lift(struct wf_call *call, const struct wf_person *from,
                 const struct wf_person *heir, weft_error *err)
{
    const struct wf_person *manager = NULL;
    bool below;

    if (!is_above(call, heir->id, from->id, &below, err)
        || (below && from->manager
            && !wf_person_find(call, from->manager, &manager, err)))
        return false;
    return !below
           || set_person(call, heir->login, "manager",
                         manager ? wf_json_text(call->arena, manager->login)
                                 : wf_json_null(call->arena),
                         err);
}

static bool give_reports(struct wf_call *call, const struct wf_person *from,
                         const struct wf_person *heir, int *n, weft_error *err)
{
    struct keys reports;

    if (!lift(call, from, heir, err)
        || !load_keys(call, SQL_REPORTS, from->id, &reports, err))
        return false;
    for (size_t i = 0; i < reports.n; i++)
        if (!set_person(call, reports.at[i], "manager",
                        wf_json_text(call->arena, heir->login), err))
            return false;
    *n = (int)reports.n;
    return true;
}

static bool give_roles(struct wf_call *call, const struct wf_person *from,
                       const struct wf_person *heir, int *n, weft_error *err)
{
    struct wf_json *given, *all;

    if (!wf_roles_of(call, from->id, &given, err)
        || !wf_roles_of(call, heir->id, &all, err))
        return false;
    *n = (int)wf_json_len(given);
    if (*n == 0)
        return true;
    for (size_t i = 0; i < wf_json_len(given); i++)
        wf_json_push(call->arena, all, given->u.array.at[i]);
    return set_person(call, heir->login, "roles", all, err)
           && set_person(call, from->login, "roles", wf_json_array(call->arena),
                         err);
}

bool wf_successor_inherit(struct wf_call *call, wf_id person, wf_id heir,
                          struct wf_inherited *counts, weft_error *err)
{
    const struct wf_person *from, *to;

    return wf_person_find(call, person, &from, err)
           && wf_person_find(call, heir, &to, err)
           && give_units(call, from, to, &counts->units, err)
           && give_reports(call, from, to, &counts->reports, err)
           && give_roles(call, from, to, &counts->roles, err);
}
