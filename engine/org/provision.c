/* org/provision.c - people and teams as a directory finds them. This file
 * writes the table of teams.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/provision.h"

#include "base/list.h"
#include "base/text.h"

static const char SQL_PERSON[] =
    "SELECT login, external, changed, gone FROM person"
    " WHERE id = $1 AND service = 0";
static const char SQL_SET_PERSON[] =
    "UPDATE person SET external = $2, gone = $3 WHERE id = $1";

static const char SQL_ALL[] =
    "SELECT id FROM person WHERE gone = 0 AND service = 0 ORDER BY id";
static const char SQL_BY_LOGIN[] =
    "SELECT id FROM person WHERE gone = 0 AND service = 0 AND login = $1";
static const char SQL_BY_EXTERNAL[] =
    "SELECT id FROM person WHERE gone = 0 AND service = 0 AND external = $1"
    " ORDER BY id";
static const char SQL_BY_EMAIL[] =
    "SELECT id FROM person WHERE gone = 0 AND service = 0 AND email = $1"
    " ORDER BY id";

static const char SQL_TEAMS[] = "SELECT id FROM team ORDER BY id";
static const char SQL_TEAM[] =
    "SELECT name, external, changed, 0 FROM team WHERE id = $1";
static const char SQL_FIND_TEAM[] = "SELECT id FROM team WHERE name = $1";
static const char SQL_ADD_TEAM[] =
    "INSERT INTO team (id, name, external, changed) VALUES ($1, $2, $3, $4)";
static const char SQL_SAVE_TEAM[] =
    "UPDATE team SET name = $2, external = $3, changed = $4 WHERE id = $1";
static const char SQL_REMOVE_TEAM[] = "DELETE FROM team WHERE id = $1";
static const char SQL_MEMBERS[] =
    "SELECT t.person FROM team_member t JOIN person p ON p.id = t.person"
    " WHERE t.team = $1 AND p.gone = 0 ORDER BY t.person";
static const char SQL_UNIT[] =
    "SELECT key FROM unit WHERE active = 1 AND (key = $1 OR name = $1)"
    " ORDER BY CASE WHEN key = $1 THEN 0 ELSE 1 END, key LIMIT 1";

static bool load(struct wf_call *call, const char *sql, wf_id id,
                 struct wf_provision_entry *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    *out = (struct wf_provision_entry){ .login = NULL };
    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    step = wf_stmt_step(&q, err);
    if (step == WF_FETCH_ROW)
        *out = (struct wf_provision_entry){ wf_stmt_str(&q, 0, call->arena),
                                            wf_stmt_str(&q, 1, call->arena),
                                            wf_stmt_int(&q, 2),
                                            wf_stmt_int(&q, 3) != 0 };
    return step != WF_FETCH_ERROR;
}

/* The ids that `sql` gives, for `value` where it is not NULL. */
static bool list(struct wf_call *call, const char *sql, const char *value,
                 struct wf_who_list *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    if (value)
        wf_stmt_bind_text(&q, 1, value);
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return step == WF_FETCH_DONE;
}

/* --- People. */

bool wf_provision_person(struct wf_call *call, wf_id id,
                         struct wf_provision_entry *out, weft_error *err)
{
    return load(call, SQL_PERSON, id, out, err);
}

bool wf_provision_set_person(struct wf_call *call, wf_id id,
                             const char *external, bool gone, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_SET_PERSON, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    wf_stmt_bind_text(&q, 2, external);
    wf_stmt_bind_int(&q, 3, gone);
    return wf_stmt_run(&q, err);
}

bool wf_provision_people(struct wf_call *call, enum wf_provision_key key,
                         const char *value, struct wf_who_list *out,
                         weft_error *err)
{
    struct wf_provision_entry entry;
    wf_id id;

    switch (key) {
    case WF_PROVISION_LOGIN:
        return list(call, SQL_BY_LOGIN, wf_text_fold(call->arena, value), out,
                    err);
    case WF_PROVISION_EXTERNAL:
        return list(call, SQL_BY_EXTERNAL, value, out, err);
    case WF_PROVISION_EMAIL:
        return list(call, SQL_BY_EMAIL, value, out, err);
    case WF_PROVISION_ID:
        if (!wf_id_parse(wf_str_of(value), &id))
            return true;
        if (!wf_provision_person(call, id, &entry, err))
            return false;
        if (entry.login && !entry.gone)
            *WF_PUSH(call->arena, out) = id;
        return true;
    case WF_PROVISION_ALL:
        break;
    }
    return list(call, SQL_ALL, NULL, out, err);
}

/* --- Teams. */

bool wf_provision_teams(struct wf_call *call, struct wf_who_list *out,
                        weft_error *err)
{
    return list(call, SQL_TEAMS, NULL, out, err);
}

bool wf_provision_team(struct wf_call *call, wf_id id,
                       struct wf_provision_entry *out, weft_error *err)
{
    return load(call, SQL_TEAM, id, out, err);
}

bool wf_provision_find_team(struct wf_call *call, const char *name, wf_id *out,
                            weft_error *err)
{
    struct wf_who_list found = { NULL, 0, 0 };

    if (!list(call, SQL_FIND_TEAM, name, &found, err))
        return false;
    *out = found.n ? found.at[0] : 0;
    return true;
}

bool wf_provision_save_team(struct wf_call *call, wf_id *id, const char *name,
                            const char *external, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    bool is_new = *id == 0;

    if (is_new)
        *id = wf_id_next(call->ids);
    if (!wf_stmt_begin(call->db, is_new ? SQL_ADD_TEAM : SQL_SAVE_TEAM, &q,
                       err))
        return false;
    wf_stmt_bind_int(&q, 1, *id);
    wf_stmt_bind_text(&q, 2, name);
    wf_stmt_bind_text(&q, 3, external);
    wf_stmt_bind_int(&q, 4, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_provision_remove_team(struct wf_call *call, wf_id id, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_REMOVE_TEAM, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    return wf_stmt_run(&q, err);
}

bool wf_provision_members(struct wf_call *call, const char *team,
                          struct wf_who_list *out, weft_error *err)
{
    return list(call, SQL_MEMBERS, team, out, err);
}

bool wf_provision_unit(struct wf_call *call, const char *named,
                       const char **key, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_UNIT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, named);
    step = wf_stmt_step(&q, err);
    *key = step == WF_FETCH_ROW ? wf_stmt_str(&q, 0, call->arena) : NULL;
    return step != WF_FETCH_ERROR;
}
