/* org/edit.c - one person or one unit changed by hand: the members of an
 * object read as the cells of a row, which is then brought in like a file's.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/edit.h"

#include "base/error.h"
#include "base/text.h"
#include "org/import_parts.h"
#include "org/import_table.h"

/* A value as the text of a cell: null is the empty one. False if it is none. */
static bool cell_of(struct wf_arena *arena, const struct wf_json *value,
                    struct wf_str *out)
{
    struct wf_buf buf = WF_BUF_INIT(arena);
    const char *text = wf_json_str(value);

    *out = wf_str_of("");
    if (wf_json_is(value, WF_JSON_NULL))
        return true;
    if (text)
        *out = wf_str_of(text);
    else if (wf_json_is(value, WF_JSON_OBJECT))
        return cell_of(arena, wf_json_get(value, "login"), out);
    else if (!wf_json_is(value, WF_JSON_ARRAY))
        *out = wf_str_of(value ? wf_json_dump(arena, value) : NULL);
    for (size_t i = 0;
         wf_json_is(value, WF_JSON_ARRAY) && i < wf_json_len(value); i++) {
        struct wf_str part;

        if (wf_json_is(value->u.array.at[i], WF_JSON_ARRAY)
            || !cell_of(arena, value->u.array.at[i], &part))
            return false;
        wf_buf_printf(&buf, "%s%.*s", i ? ";" : "", (int)part.len, part.at);
        *out = wf_str_of(wf_buf_text(&buf));
    }
    return out->at != NULL;
}

static void refuse_member(struct wf_call *call, const char *name)
{
    wf_diag_field(call->findings, name, "unknown",
                  "There is no such member here.");
}

static void refuse_value(struct wf_call *call, const char *name)
{
    wf_diag_field(call->findings, name, "type",
                  "This is to be a text, a number, true, false or a list.");
}

/* --- People. */

static int column_of(const char *name)
{
    for (int i = 0; i < WF_N_COLUMNS; i++)
        if (wf_streq(wf_person_columns[i], name))
            return i;
    return WF_N_COLUMNS;
}

static bool read_member(struct wf_call *call, struct wf_person_row *row,
                        const struct wf_json_member *member, weft_error *err)
{
    int column = column_of(member->key.at);
    struct wf_str cell;

    if (wf_streq(member->key.at, "attributes")
        && wf_json_is(member->value, WF_JSON_OBJECT)) {
        row->unknown = member->value;
        return true;
    }
    if (column == WF_N_COLUMNS) {
        refuse_member(call, member->key.at);
        return true;
    }
    if (!cell_of(call->arena, member->value, &cell)) {
        refuse_value(call, member->key.at);
        return true;
    }
    return wf_person_cell_read(call, row, (enum wf_person_column)column, cell,
                               err);
}

static bool read_members(struct wf_call *call, struct wf_person_row *row,
                         const struct wf_json *with, weft_error *err)
{
    for (size_t i = 0; i < wf_json_len(with); i++)
        if (!read_member(call, row, &with->u.object.at[i], err))
            return false;
    return true;
}

/* Somebody new needs a login of their own and a name. */
static bool check_new(struct wf_call *call, const struct wf_person_row *row,
                      weft_error *err)
{
    const struct wf_person *other = NULL;

    if (!row->is.login)
        wf_diag_field(call->findings, "login", "required", "The %s is missing.",
                      "login");
    else if (!wf_person_find_login(call, row->is.login, &other, err))
        return false;
    if (!wf_person_row_has(row, WF_COLUMN_NAME))
        wf_diag_field(call->findings, "name", "required", "The %s is missing.",
                      "name");
    if (other)
        wf_diag_field(call->findings, "login", "unique",
                      "Somebody else has the login \"%s\".", row->is.login);
    return true;
}

bool wf_person_edit(struct wf_call *call, const char *key,
                    const struct wf_json *with, wf_id *out, weft_error *err)
{
    struct wf_person_row *row = WF_NEW(call->arena, struct wf_person_row);

    if (!read_members(call, row, with, err)
        || (!key && !check_new(call, row, err)))
        return false;
    if (key) {
        row->new_login = row->is.login;
        row->is.login = wf_text_fold(call->arena, key);
    }
    if (!wf_import_one(call, row, err))
        return false;
    *out = row->is.id;
    return true;
}

bool wf_person_add(struct wf_call *call, const char *login, const char *name,
                   const char *roles, wf_id *out, weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *with = wf_json_object(arena);

    wf_json_set(arena, with, "login", wf_json_text(arena, login));
    wf_json_set(arena, with, "name", wf_json_text(arena, name));
    wf_json_set(arena, with, "roles", wf_json_text(arena, roles));
    return wf_person_edit(call, NULL, with, out, err);
}

/* --- Units. */

static struct wf_str *place_of(struct wf_unit_cells *cells, const char *name)
{
    const struct {
        const char *name;
        struct wf_str *at;
    } members[] = {
        { "id", &cells->id },         { "name", &cells->name },
        { "parent", &cells->parent }, { "head", &cells->head },
        { "active", &cells->active },
    };

    for (size_t i = 0; i < WF_COUNT(members); i++)
        if (wf_streq(members[i].name, name))
            return members[i].at;
    return NULL;
}

static bool check_key(struct wf_call *call, const char *key, bool is_new,
                      weft_error *err)
{
    struct wf_unit unit;
    bool found = false;

    if (key && !wf_unit_find(call, key, &unit, &found, err))
        return false;
    if (!is_new && !found)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no unit \"%s\".", key);
    if (is_new && found)
        wf_diag_field(call->findings, "id", "unique",
                      "There is a unit \"%s\" already.", key);
    return true;
}

bool wf_unit_edit(struct wf_call *call, const char *key,
                  const struct wf_json *with, weft_error *err)
{
    struct wf_unit_cells cells = { .id = { NULL, 0 } };

    for (size_t i = 0; i < wf_json_len(with); i++) {
        const struct wf_json_member *member = &with->u.object.at[i];
        struct wf_str *at = place_of(&cells, member->key.at);

        if (!at || (key && at == &cells.id))
            refuse_member(call, member->key.at);
        else if (!cell_of(call->arena, member->value, at))
            refuse_value(call, member->key.at);
    }
    if (key)
        cells.id = wf_str_of(key);
    return check_key(call,
                     cells.id.at ? wf_arena_slice(call->arena, cells.id) : NULL,
                     !key, err)
           && wf_import_unit(call, &cells, err);
}

/* The head of a unit is to report to `manager`. */
static bool move_head(struct wf_call *call, const struct wf_unit_move *move,
                      weft_error *err)
{
    struct wf_json *with = wf_json_object(call->arena);
    const struct wf_person *head = NULL;
    struct wf_unit unit;
    bool found;
    wf_id id;

    if (!wf_unit_find(call, move->unit, &unit, &found, err)
        || !wf_person_find(call, unit.head, &head, err))
        return false;
    if (!head)
        return wf_fail(err, WEFT_E_INVALID,
                       "The unit \"%s\" has no head who could report to "
                       "somebody.",
                       move->unit);
    wf_json_set(call->arena, with, "manager",
                wf_json_text(call->arena, move->manager));
    return wf_person_edit(call, head->login, with, &id, err);
}

bool wf_unit_move(struct wf_call *call, const struct wf_unit_move *move,
                  weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_json *with = wf_json_object(call->arena);

    wf_json_set(call->arena, with, "parent",
                move->parent ? wf_json_text(call->arena, move->parent)
                             : wf_json_null(call->arena));
    return wf_save_begin(call->db, &save, err)
           && wf_unit_edit(call, move->unit, with, err)
           && (!move->manager || move_head(call, move, err))
           && wf_save_keep(&save, err);
}
