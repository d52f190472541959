/* org/import_units.c - units from CSV. This file writes the table of units.
 *
 * A row is kept until the file is through, since parents may follow further
 * down; then new units are added without a parent, and tied after that.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/list.h"
#include "base/map.h"
#include "base/text.h"
#include "org/closure.h"
#include "org/company.h"
#include "org/difference.h"
#include "org/edit.h"
#include "org/import.h"
#include "org/import_parts.h"
#include "org/import_table.h"
#include "org/past.h"
#include "org/person.h"

enum {
    KEY_MAX = 63
};

static const char SQL_OLD[] =
    "SELECT u.id, u.name, a.key, coalesce(p.login, u.head_login), u.active,"
    " u.parent, u.head FROM unit u"
    " LEFT JOIN unit a ON a.id = u.parent LEFT JOIN person p ON p.id = u.head"
    " WHERE u.key = $1";
static const char SQL_ADD[] =
    "INSERT INTO unit (id, key, name, pinyin) VALUES ($1, $2, $3, $4)";
static const char SQL_SAVE[] =
    "UPDATE unit SET name = $2, pinyin = $3,"
    " parent = (SELECT id FROM unit WHERE key = $4), head = NULL,"
    " head_login = $5, active = $6 WHERE id = $1";
static const char SQL_IN_USE[] =
    "SELECT 1 FROM unit u WHERE u.id = $1 AND (EXISTS"
    " (SELECT 1 FROM person p WHERE p.unit = u.id AND p.active = 1) OR EXISTS"
    " (SELECT 1 FROM unit b WHERE b.parent = u.id AND b.active = 1))";

static const char SQL_TIE_HEADS[] =
    "UPDATE unit SET head_login = NULL,"
    " head = (SELECT p.id FROM person p WHERE p.login = unit.head_login)"
    " WHERE head_login IS NOT NULL AND EXISTS"
    " (SELECT 1 FROM person p WHERE p.login = unit.head_login)";
static const char SQL_LOOSE_HEADS[] =
    "SELECT key, head_login FROM unit WHERE head_login IS NOT NULL"
    " ORDER BY key";

enum column {
    ID,
    NAME,
    PARENT,
    HEAD,
    ACTIVE
};
static const char *const columns[] = { "id", "name", "parent", "head",
                                       "active" };

struct row {
    int64_t number;
    wf_id id;
    const char *key, *name;
    const char *parent, *head; /* NULL: none */
    bool active;
    bool has_name, has_parent, has_head, has_active; /* told by the file */
    bool is_new, is_changed;
    wf_id old_parent, old_head;
};

struct import {
    struct wf_call *call;
    WF_LIST(struct row *) rows;
    struct wf_map keys; /* to rows */
    char today[WF_DATE_TEXT];
};

/* --- Reading. */

static const char *text_of(struct import *import, struct wf_str cell)
{
    struct wf_arena *arena = import->call->arena;

    return cell.len ? wf_arena_slice(arena, wf_text_nfc(arena, cell)) : NULL;
}

/* What can be named in "who" and in a role's scope. */
static bool is_key(const char *text)
{
    size_t n = strcspn(text, " ,;@()\t\r\n\"");

    return n > 0 && n <= KEY_MAX && !text[n];
}

/* An empty cell leaves it as it was. */
static void read_active(struct import *import, struct row *row,
                        struct wf_str cell)
{
    struct wf_call *call = import->call;
    const char *text = text_of(import, wf_str_trim(cell));

    row->has_active = text != NULL;
    row->active = wf_streq(text, "true");
    if (text && !row->active && !wf_streq(text, "false"))
        wf_diag_field(call->findings,
                      wf_table_field(call, row->number, "active"), "format",
                      "\"%s\" is neither true nor false.", text);
}

static bool take_row(void *self, const struct wf_table_row *cells,
                     weft_error *err)
{
    struct import *import = self;
    struct wf_call *call = import->call;
    struct row *row = WF_NEW(call->arena, struct row);

    (void)err;
    row->number = cells->number;
    row->key = text_of(import, cells->cells[ID]);
    row->name = text_of(import, cells->cells[NAME]);
    row->parent = text_of(import, cells->cells[PARENT]);
    row->head = text_of(import, cells->cells[HEAD]);
    row->has_name = cells->cells[NAME].at != NULL;
    row->has_parent = cells->cells[PARENT].at != NULL;
    row->has_head = cells->cells[HEAD].at != NULL;
    read_active(import, row, cells->cells[ACTIVE]);
    if (row->head)
        row->head = wf_text_fold(call->arena, row->head);
    if (!row->key || !is_key(row->key))
        wf_diag_field(call->findings, wf_table_field(call, row->number, "id"),
                      "format",
                      "The id of a unit has 1 to %d bytes, and no spaces, "
                      "commas, semicolons, @ or parentheses.",
                      KEY_MAX);
    else if (!wf_map_add(call->arena, &import->keys, row->key, row))
        wf_diag_field(call->findings, wf_table_field(call, row->number, "id"),
                      "duplicate", "The unit \"%s\" stands there twice.",
                      row->key);
    if (row->has_name && !row->name)
        wf_diag_field(call->findings, wf_table_field(call, row->number, "name"),
                      "required", "The name is missing.");
    *WF_PUSH(call->arena, &import->rows) = row;
    return true;
}

/* Compares with what is stored, and takes from there what the file lacks. */
static bool merge_old(struct import *import, struct row *row, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = import->call->arena;
    enum wf_fetch step;

    if (!wf_stmt_begin(import->call->db, SQL_OLD, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, row->key);
    step = wf_stmt_step(&q, err);
    row->is_new = step == WF_FETCH_DONE;
    if (step != WF_FETCH_ROW) {
        row->active = row->active || !row->has_active;
        return step == WF_FETCH_DONE;
    }
    row->id = wf_stmt_int(&q, 0);
    row->old_parent = wf_stmt_int(&q, 5);
    row->old_head = wf_stmt_int(&q, 6);
    if (!row->has_name)
        row->name = wf_stmt_str(&q, 1, arena);
    if (!row->has_active)
        row->active = wf_stmt_int(&q, 4) != 0;
    if (!row->has_parent)
        row->parent = wf_stmt_str(&q, 2, arena);
    if (!row->has_head)
        row->head = wf_stmt_str(&q, 3, arena);
    row->is_changed = !wf_streq(row->name, wf_stmt_text(&q, 1))
                      || !wf_streq(row->parent, wf_stmt_text(&q, 2))
                      || !wf_streq(row->head, wf_stmt_text(&q, 3))
                      || row->active != (wf_stmt_int(&q, 4) != 0);
    return true;
}

static bool check_parent(struct import *import, const struct row *row,
                         weft_error *err)
{
    struct wf_call *call = import->call;
    struct wf_unit unit;
    bool found = true;

    if (!row->parent || wf_map_find(&import->keys, row->parent))
        return true;
    if (!wf_unit_find(call, row->parent, &unit, &found, err))
        return false;
    if (!found)
        wf_diag_field(call->findings,
                      wf_table_field(call, row->number, "parent"), "unknown",
                      "There is no unit \"%s\".", row->parent);
    return true;
}

/* --- Writing. */

static bool add_unit(struct wf_call *call, struct row *row, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    row->id = wf_id_next(call->ids);
    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, row->id);
    wf_stmt_bind_text(&q, 2, row->key);
    wf_stmt_bind_text(&q, 3, row->name);
    wf_stmt_bind_text(&q, 4, wf_text_pinyin(call->arena, row->name));
    return wf_stmt_run(&q, err);
}

static bool save_unit(struct wf_call *call, const struct row *row,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_SAVE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, row->id);
    wf_stmt_bind_text(&q, 2, row->name);
    wf_stmt_bind_text(&q, 3, wf_text_pinyin(call->arena, row->name));
    wf_stmt_bind_text(&q, 4, row->parent);
    wf_stmt_bind_text(&q, 5, row->head);
    wf_stmt_bind_int(&q, 6, row->active);
    return wf_stmt_run(&q, err);
}

/* Keeps the parent and the head that the unit had until today. */
static bool note_past(struct import *import, const struct row *row,
                      weft_error *err)
{
    struct wf_arena *arena = import->call->arena;
    struct wf_past parent = { "unit", row->id, "parent", import->today,
                              wf_past_id(arena, row->old_parent) };
    struct wf_past head = { "unit", row->id, "head", import->today,
                            wf_past_id(arena, row->old_head) };
    struct wf_unit is = { 0 };
    bool found;

    if (row->is_new)
        return true;
    if (!wf_unit_find(import->call, row->key, &is, &found, err))
        return false;
    return (is.parent == row->old_parent
            || wf_past_note(import->call, &parent, err))
           && (is.head == row->old_head
               || wf_past_note(import->call, &head, err));
}

/* Nobody is to be left in a unit that is given up. */
static bool check_use(struct import *import, const struct row *row,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_call *call = import->call;
    enum wf_fetch step;

    if (row->active)
        return true;
    if (!wf_stmt_begin(call->db, SQL_IN_USE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, row->id);
    step = wf_stmt_step(&q, err);
    if (step == WF_FETCH_ROW)
        wf_diag_field(call->findings,
                      wf_table_field(call, row->number, "active"), "in-use",
                      "The unit \"%s\" still has people or units. Move them "
                      "first.",
                      row->key);
    return step != WF_FETCH_ERROR;
}

bool wf_import_tie_heads(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    return wf_stmt_begin(call->db, SQL_TIE_HEADS, &q, err)
           && wf_stmt_run(&q, err);
}

bool wf_import_check_heads(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_LOOSE_HEADS, &q, err))
        return false;
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_diag_field(call->findings, "head", "unknown",
                      "The unit \"%s\" has the head \"%s\", whom nobody knows. "
                      "Add that person, or import the unit anew.",
                      wf_stmt_text(&q, 0), wf_stmt_text(&q, 1));
    return step == WF_FETCH_DONE;
}

static bool write_units(struct import *import, struct wf_idset *touched,
                        weft_error *err)
{
    struct wf_call *call = import->call;

    for (size_t i = 0; i < import->rows.n; i++)
        if (import->rows.at[i]->is_new
            && !add_unit(call, import->rows.at[i], err))
            return false;
    for (size_t i = 0; i < import->rows.n; i++) {
        const struct row *row = import->rows.at[i];

        if (!row->is_new && !row->is_changed)
            continue;
        if (!save_unit(call, row, err))
            return false;
        wf_idset_add(call->arena, touched, row->id);
    }
    if (!wf_import_tie_heads(call, err))
        return false;
    for (size_t i = 0; i < import->rows.n; i++) {
        const struct row *row = import->rows.at[i];

        if ((row->is_new || row->is_changed)
            && (!note_past(import, row, err) || !check_use(import, row, err)))
            return false;
    }
    return true;
}

/* Names the units of a circle, or the one that lies too deep. */
static void report_flaw(struct import *import,
                        const struct wf_closure_flaw *flaw)
{
    struct wf_call *call = import->call;
    struct wf_idset of = flaw->circle;
    struct wf_buf keys = WF_BUF_INIT(call->arena);
    const struct row *last = NULL;

    wf_idset_add(call->arena, &of, flaw->too_deep);
    for (size_t i = 0; i < import->rows.n; i++)
        if (wf_idset_has(&of, import->rows.at[i]->id)) {
            last = import->rows.at[i];
            wf_buf_printf(&keys, "%s%s", keys.len ? ", " : "", last->key);
        }
    if (flaw->circle.n)
        wf_diag_field(call->findings,
                      wf_table_field(call, last ? last->number : 0, "parent"),
                      "circle", "These units lie in a circle: %s.",
                      wf_buf_text(&keys));
    else if (flaw->too_deep)
        wf_diag_field(call->findings,
                      wf_table_field(call, last ? last->number : 0, "parent"),
                      "limit", "There are more than %d units above one.",
                      WF_LINE_MAX);
}

static void count(const struct import *import, struct wf_import_result *out)
{
    *out = (struct wf_import_result){ .n_rows = (int64_t)import->rows.n };
    for (size_t i = 0; i < import->rows.n; i++) {
        const struct row *row = import->rows.at[i];

        out->n_added += row->is_new;
        out->n_changed += row->is_changed;
    }
    out->n_same = out->n_rows - out->n_added - out->n_changed;
}

/* What only somebody new has to have. */
static void check_new(struct import *import, const struct row *row)
{
    struct wf_call *call = import->call;

    if (row->is_new && !row->has_name)
        wf_diag_field(call->findings, wf_table_field(call, row->number, "name"),
                      "required", "The name is missing.");
}

static bool apply(struct import *import, weft_error *err)
{
    struct wf_closure_flaw flaw = { 0 };
    struct wf_idset touched = { 0 };

    if (!wf_company_today(import->call, import->today, err))
        return false;
    for (size_t i = 0; i < import->rows.n; i++)
        if (!check_parent(import, import->rows.at[i], err)
            || !merge_old(import, import->rows.at[i], err))
            return false;
    for (size_t i = 0; i < import->rows.n; i++)
        check_new(import, import->rows.at[i]);
    if (!wf_table_check(import->call, err)
        || !write_units(import, &touched, err)
        || !wf_closure_update(import->call, &wf_closure_units, &touched, &flaw,
                              err))
        return false;
    report_flaw(import, &flaw);
    return wf_table_check(import->call, err);
}

/* Of a check: what came out, and then how it was. */
static bool take_back(struct import *import, struct wf_save *save,
                      struct wf_import_result *out, weft_error *err)
{
    struct wf_call *call = import->call;
    wf_differences list = { 0 };

    for (size_t i = 0; i < import->rows.n; i++) {
        const struct row *row = import->rows.at[i];

        if ((row->is_new || row->is_changed)
            && !wf_difference_add(call, &list, wf_unit_record, row->number,
                                  row->key, err))
            return false;
    }
    wf_save_end(save);
    return wf_differences_tell(call, &list, wf_unit_record, &out->differences,
                               err);
}

/* A check does all of it and keeps nothing. */
bool wf_import_units(struct wf_call *call, const char *csv, size_t len,
                     bool check, struct wf_import_result *out, weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct import import = { .call = call };
    const struct wf_table table = { .columns = columns,
                                    .n_columns = WF_COUNT(columns),
                                    .n_required = PARENT,
                                    .take = take_row,
                                    .self = &import };

    if (!wf_table_read(call, &table, csv, len, err)
        || !wf_table_check(call, err) || !wf_save_begin(call->db, &save, err)
        || !apply(&import, err))
        return false;
    count(&import, out);
    return check ? take_back(&import, &save, out, err)
                 : wf_import_keep(call, &save, err);
}

/* Whether whoever is to be the head is there. */
static bool check_head(struct wf_call *call, const char *login, weft_error *err)
{
    const struct wf_person *head;

    if (!login)
        return true;
    if (!wf_person_find_login(call, login, &head, err))
        return false;
    if (!head)
        wf_diag_field(call->findings, "head", "unknown",
                      "Nobody has the login \"%s\".", login);
    return true;
}

bool wf_import_unit(struct wf_call *call, const struct wf_unit_cells *of,
                    weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    const struct wf_str cells[] = { of->id, of->name, of->parent, of->head,
                                    of->active };
    const struct wf_table_row row = { 0, cells, NULL };
    struct import import = { .call = call };

    return take_row(&import, &row, err)
           && check_head(call, import.rows.at[0]->head, err)
           && wf_table_check(call, err) && wf_save_begin(call->db, &save, err)
           && apply(&import, err) && wf_import_keep(call, &save, err);
}
