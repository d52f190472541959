/* org/unit.c - units as they are today.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/person.h"

static const char SQL_BY_KEY[] =
    "SELECT id, key, name, parent, head FROM unit WHERE key = $1";

static const char SQL_ALL[] =
    "SELECT u.key, u.name, a.key, p.id, p.login, p.name FROM unit u"
    " LEFT JOIN unit a ON a.id = u.parent LEFT JOIN person p ON p.id = u.head"
    " WHERE u.active = 1 ORDER BY u.pinyin, u.key";

bool wf_unit_find(struct wf_call *call, const char *key, struct wf_unit *out,
                  bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_BY_KEY, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, key);
    step = wf_stmt_step(&q, err);
    *found = step == WF_FETCH_ROW;
    if (*found) {
        out->id = wf_stmt_int(&q, 0);
        out->key = wf_stmt_str(&q, 1, call->arena);
        out->name = wf_stmt_str(&q, 2, call->arena);
        out->parent = wf_stmt_int(&q, 3);
        out->head = wf_stmt_int(&q, 4);
    }
    return step != WF_FETCH_ERROR;
}

bool wf_unit_name_value(struct wf_call *call, struct wf_str key,
                        struct wf_value *out, weft_error *err)
{
    struct wf_unit unit;
    bool found;

    *out = wf_value_nil;
    if (!wf_unit_find(call, wf_arena_slice(call->arena, key), &unit, &found,
                      err))
        return false;
    if (found && unit.name)
        *out = wf_value_text(call->arena, WF_T_TEXT, unit.name);
    return true;
}

static void write_unit(struct wf_stmt *q, struct wf_json_writer *out)
{
    struct wf_person head = { .id = wf_stmt_int(q, 3),
                              .login = wf_stmt_text(q, 4),
                              .name = wf_stmt_text(q, 5) };

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", wf_stmt_text(q, 0));
    wf_jw_key_text(out, "name", wf_stmt_text(q, 1));
    wf_jw_key_text_or_null(out, "parent", wf_stmt_text(q, 2));
    wf_jw_key(out, "head");
    wf_person_json(head.id ? &head : NULL, out);
    wf_jw_close(out, '}');
}

/* All of them, for a tree: a company has few against its people. */
bool wf_units_list(struct wf_call *call, struct wf_json_writer *out,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        write_unit(&q, out);
    wf_jw_close(out, ']');
    wf_jw_key(out, "next");
    wf_jw_null(out);
    wf_jw_close(out, '}');
    return step == WF_FETCH_DONE;
}
