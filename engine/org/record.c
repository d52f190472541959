/* org/record.c - all that is stored of a person or a unit, in the words of the
 * columns of a file.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/text.h"
#include "org/edit.h"

static const char SQL_PERSON[] =
    "SELECT p.id, p.login, p.name, p.email, u.key, m.login, p.grade, p.title,"
    " p.active, p.locale, p.timezone, p.hired, p.teams, p.service,"
    " p.attributes FROM person p LEFT JOIN unit u ON u.id = p.unit"
    " LEFT JOIN person m ON m.id = p.manager WHERE p.login = $1";
static const char SQL_DOTTED[] =
    "SELECT p.login FROM line l JOIN person p ON p.id = l.above"
    " WHERE l.person = $1 AND l.kind = 'dotted' AND l.until = '9999-12-31'"
    " ORDER BY p.login";
static const char SQL_UNIT[] =
    "SELECT u.key, u.name, a.key, coalesce(p.login, u.head_login), u.active"
    " FROM unit u LEFT JOIN unit a ON a.id = u.parent"
    " LEFT JOIN person p ON p.id = u.head WHERE u.key = $1";

static void set_text(struct wf_arena *arena, struct wf_json *record,
                     const char *key, const char *text)
{
    wf_json_set(arena, record, key,
                text ? wf_json_text(arena, text) : wf_json_null(arena));
}

static struct wf_json *list_of(struct wf_arena *arena, const char *text)
{
    struct wf_json *list = wf_json_array(arena);
    struct wf_str rest = wf_str_of(text);
    struct wf_str part;

    while (wf_str_split(&rest, ';', &part))
        if (part.len)
            wf_json_push(arena, list, wf_json_text_n(arena, part.at, part.len));
    return list;
}

/* What stands in the row of the person itself. */
static bool write_row(struct wf_stmt *q, struct wf_arena *arena,
                      struct wf_json *record, weft_error *err)
{
    static const struct {
        const char *key;
        int column;
    } texts[] = {
        { "login", 1 },  { "name", 2 },      { "email", 3 },
        { "unit", 4 },   { "manager", 5 },   { "title", 7 },
        { "locale", 9 }, { "timezone", 10 }, { "hired", 11 },
    };
    struct wf_json *attributes;

    for (size_t i = 0; i < WF_COUNT(texts); i++)
        set_text(arena, record, texts[i].key, wf_stmt_text(q, texts[i].column));
    wf_json_set(arena, record, "grade",
                wf_stmt_is_null(q, 6)
                    ? wf_json_null(arena)
                    : wf_json_number(arena, wf_stmt_real(q, 6)));
    wf_json_set(arena, record, "active",
                wf_json_bool(arena, wf_stmt_int(q, 8) != 0));
    wf_json_set(arena, record, "teams", list_of(arena, wf_stmt_text(q, 12)));
    wf_json_set(arena, record, "service",
                wf_json_bool(arena, wf_stmt_int(q, 13) != 0));
    if (!wf_json_read_stored(arena, wf_stmt_text(q, 14), &attributes, err))
        return false;
    wf_json_set(arena, record, "attributes", attributes);
    return true;
}

static bool load_row(struct wf_call *call, const char *login,
                     struct wf_json **out, wf_id *id, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_json *record = wf_json_object(call->arena);
    enum wf_fetch step;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_PERSON, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, login);
    step = wf_stmt_step(&q, err);
    if (step != WF_FETCH_ROW)
        return step == WF_FETCH_DONE;
    *id = wf_stmt_int(&q, 0);
    *out = record;
    return write_row(&q, call->arena, record, err);
}

static bool load_dotted(struct wf_call *call, wf_id id, struct wf_json **out,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    *out = wf_json_array(call->arena);
    if (!wf_stmt_begin(call->db, SQL_DOTTED, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_json_push(call->arena, *out,
                     wf_json_text(call->arena, wf_stmt_text(&q, 0)));
    return step == WF_FETCH_DONE;
}

bool wf_person_record(struct wf_call *call, const char *login,
                      struct wf_json **out, weft_error *err)
{
    struct wf_json *record, *dotted, *roles;
    wf_id id = 0;

    *out = NULL;
    if (!load_row(call, wf_text_fold(call->arena, login), &record, &id, err))
        return false;
    if (!record)
        return true;
    if (!load_dotted(call, id, &dotted, err)
        || !wf_roles_of(call, id, &roles, err))
        return false;
    wf_json_set(call->arena, record, "dotted", dotted);
    wf_json_set(call->arena, record, "roles", roles);
    *out = record;
    return true;
}

bool wf_unit_record(struct wf_call *call, const char *key, struct wf_json **out,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_json *record = wf_json_object(call->arena);
    enum wf_fetch step;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_UNIT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, key);
    step = wf_stmt_step(&q, err);
    if (step != WF_FETCH_ROW)
        return step == WF_FETCH_DONE;
    set_text(call->arena, record, "id", wf_stmt_text(&q, 0));
    set_text(call->arena, record, "name", wf_stmt_text(&q, 1));
    set_text(call->arena, record, "parent", wf_stmt_text(&q, 2));
    set_text(call->arena, record, "head", wf_stmt_text(&q, 3));
    wf_json_set(call->arena, record, "active",
                wf_json_bool(call->arena, wf_stmt_int(&q, 4) != 0));
    *out = record;
    return true;
}
