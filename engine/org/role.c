/* org/role.c - who holds a role, everywhere or for a unit and all below it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/person.h"

static const char SQL_HELD_ANYWHERE[] =
    "SELECT 1 FROM role_grant WHERE role = $1 AND person = $2";

/* No unit is WF_EVERYWHERE. */
static const char SQL_HELD_FOR[] =
    "SELECT 1 FROM role_grant"
    " WHERE role = $1 AND person = $2 AND (unit_key = 0"
    " OR unit_key IN (SELECT above FROM unit_above WHERE unit = $3))";

static const char SQL_OF[] =
    "SELECT g.role, u.key FROM role_grant g"
    " LEFT JOIN unit u ON u.id = g.unit"
    " WHERE g.person = $1 ORDER BY g.role, u.key NULLS FIRST";

static const char SQL_ALL[] =
    "SELECT g.role, p.id, p.login, p.name, u.key FROM role_grant g"
    " JOIN person p ON p.id = g.person LEFT JOIN unit u ON u.id = g.unit"
    " WHERE p.active = 1 ORDER BY g.role, p.login, u.key NULLS FIRST";

bool wf_role_held(struct wf_call *call, wf_id person, const char *role,
                  wf_id unit, bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, unit ? SQL_HELD_FOR : SQL_HELD_ANYWHERE, &q,
                       err))
        return false;
    wf_stmt_bind_text(&q, 1, role);
    wf_stmt_bind_int(&q, 2, person);
    if (unit)
        wf_stmt_bind_int(&q, 3, unit);
    step = wf_stmt_step(&q, err);
    *out = step == WF_FETCH_ROW;
    return step != WF_FETCH_ERROR;
}

bool wf_is_admin(struct wf_call *call, bool *out, weft_error *err)
{
    *out = call->system;
    return *out || !call->me
           || wf_role_held(call, call->me->id, "admin", WF_EVERYWHERE, out,
                           err);
}

bool wf_roles_of(struct wf_call *call, wf_id person, struct wf_json **out,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = call->arena;
    struct wf_json *roles = wf_json_array(arena);
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_OF, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        const char *text = wf_stmt_str(&q, 0, arena);

        if (!wf_stmt_is_null(&q, 1))
            text = wf_arena_printf(arena, "%s@%s", text, wf_stmt_text(&q, 1));
        wf_json_push(arena, roles, wf_json_text(arena, text));
    }
    *out = roles;
    return step == WF_FETCH_DONE;
}

/* One holder: {"id","login","name","unit"}. */
static void write_holder(struct wf_stmt *q, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, 1));
    wf_jw_key_text(out, "login", wf_stmt_text(q, 2));
    wf_jw_key_text(out, "name", wf_stmt_text(q, 3));
    wf_jw_key_text_or_null(out, "unit", wf_stmt_text(q, 4));
    wf_jw_close(out, '}');
}

/* Rows come sorted by role; each role is an object around its holders. */
bool wf_roles_list(struct wf_call *call, struct wf_json_writer *out,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *role = NULL;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        if (!wf_streq(role, wf_stmt_text(&q, 0))) {
            if (role) {
                wf_jw_close(out, ']');
                wf_jw_close(out, '}');
            }
            role = wf_stmt_str(&q, 0, call->arena);
            wf_jw_open(out, '{');
            wf_jw_key_text(out, "id", role);
            wf_jw_key(out, "people");
            wf_jw_open(out, '[');
        }
        write_holder(&q, out);
    }
    if (role) {
        wf_jw_close(out, ']');
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    wf_jw_key(out, "next");
    wf_jw_null(out);
    wf_jw_close(out, '}');
    return step == WF_FETCH_DONE;
}
