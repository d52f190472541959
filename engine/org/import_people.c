/* org/import_people.c - people from CSV, or one row of it.
 *
 * Rows are kept until the file is through, since managers may follow further
 * down. Then each is compared with what is stored; new people are added
 * without a manager, all are tied, and the lines brought up to date. A check
 * does all of it and keeps nothing.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "org/closure.h"
#include "org/company.h"
#include "org/difference.h"
#include "org/edit.h"
#include "org/import_parts.h"
#include "org/import_table.h"
#include "org/person.h"
#include "org/signin.h"

static const char SQL_ID_OF[] = "SELECT id FROM person WHERE login = $1";

struct import {
    struct wf_call *call;
    WF_LIST(struct wf_person_row *) rows;
    struct wf_map logins; /* to rows */
    char today[WF_DATE_TEXT];
};

/* --- Reading. */

static void add_row(struct import *import, struct wf_person_row *row)
{
    struct wf_call *call = import->call;

    if (row->is.login
        && !wf_map_add(call->arena, &import->logins, row->is.login, row))
        wf_diag_field(call->findings,
                      wf_table_field(call, row->number, "login"), "duplicate",
                      "The login \"%s\" stands there twice.", row->is.login);
    *WF_PUSH(call->arena, &import->rows) = row;
}

static bool take_row(void *self, const struct wf_table_row *cells,
                     weft_error *err)
{
    struct import *import = self;
    struct wf_person_row *row =
        WF_NEW(import->call->arena, struct wf_person_row);

    row->number = cells->number;
    row->unknown = cells->unknown;
    for (int i = 0; i < WF_N_COLUMNS; i++)
        if (cells->cells[i].at
            && !wf_person_cell_read(import->call, row, (enum wf_person_column)i,
                                    cells->cells[i], err))
            return false;
    add_row(import, row);
    return true;
}

/* --- Comparing with what is stored. */

static bool merge_attributes(struct wf_call *call, struct wf_person_row *row,
                             weft_error *err)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_buf text = WF_BUF_INIT(call->arena);
    struct wf_json *old = NULL;

    if (!row->unknown)
        return true;
    if (!wf_json_parse(call->arena, row->is.attributes,
                       strlen(row->is.attributes), &limits, &old, err))
        return false;
    wf_json_write_canonical(&text,
                            wf_json_merge(call->arena, old, row->unknown));
    row->is.attributes = wf_buf_text(&text);
    return true;
}

/* What the file has no column for stays as it was. */
static void keep_absent(struct wf_person_row *row, const struct wf_record *old)
{
    struct wf_record *is = &row->is;

    is->id = old->id;
    is->attributes = old->attributes;
    is->manager = old->manager;
    if (!wf_person_row_has(row, WF_COLUMN_NAME))
        is->name = old->name;
    if (!wf_person_row_has(row, WF_COLUMN_EMAIL))
        is->email = old->email;
    if (!wf_person_row_has(row, WF_COLUMN_UNIT))
        is->unit = old->unit;
    if (!wf_person_row_has(row, WF_COLUMN_TITLE))
        is->title = old->title;
    if (!wf_person_row_has(row, WF_COLUMN_LOCALE))
        is->locale = old->locale;
    if (!wf_person_row_has(row, WF_COLUMN_NAME))
        is->name = old->name;
    if (!wf_person_row_has(row, WF_COLUMN_TIMEZONE))
        is->timezone = old->timezone;
    if (!wf_person_row_has(row, WF_COLUMN_HIRED))
        is->hired = old->hired;
    if (!wf_person_row_has(row, WF_COLUMN_TEAMS))
        is->teams = old->teams;
    if (!wf_person_row_has(row, WF_COLUMN_ACTIVE))
        is->active = old->active;
    if (!wf_person_row_has(row, WF_COLUMN_SERVICE))
        is->service = old->service;
    if (!wf_person_row_has(row, WF_COLUMN_GRADE)) {
        is->grade = old->grade;
        is->has_grade = old->has_grade;
    }
}

/* The id of a login, among the rows or those already there; 0: nobody. */
static bool find_id(struct import *import, const char *login, wf_id *out,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct wf_person_row *row = wf_map_find(&import->logins, login);
    enum wf_fetch step;

    if (row) {
        *out = row->is.id;
        return true;
    }
    if (!wf_stmt_begin(import->call->db, SQL_ID_OF, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, login);
    step = wf_stmt_step(&q, err);
    *out = step == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : 0;
    return step != WF_FETCH_ERROR;
}

/* As find_id(), with a finding for whom nobody knows. */
static bool find_other(struct import *import, const struct wf_person_row *row,
                       enum wf_person_column column, const char *login,
                       wf_id *out, weft_error *err)
{
    struct wf_call *call = import->call;

    if (!find_id(import, login, out, err))
        return false;
    if (!*out)
        wf_diag_field(
            call->findings,
            wf_table_field(call, row->number, wf_person_columns[column]),
            "unknown", "Nobody has the login \"%s\".", login);
    return true;
}

/* The login that the row gives in place of the old one. */
static bool rename_row(struct import *import, struct wf_person_row *row,
                       weft_error *err)
{
    wf_id id;

    if (!row->new_login || wf_streq(row->new_login, row->is.login))
        return true;
    if (!find_id(import, row->new_login, &id, err))
        return false;
    if (id)
        wf_diag_field(import->call->findings,
                      wf_table_field(import->call, row->number, "login"),
                      "unique", "Somebody else has the login \"%s\".",
                      row->new_login);
    row->is.login = row->new_login;
    return true;
}

/* Gives the row its id, and what is stored or, of somebody new, usual. */
static bool load_row(struct import *import, struct wf_person_row *row,
                     weft_error *err)
{
    struct wf_call *call = import->call;
    bool found;

    row->was =
        (struct wf_record){ .teams = "", .attributes = "{}", .active = true };
    if (!wf_record_load(call, row->is.login, &row->was, &found, err))
        return false;
    row->is_new = !found;
    if (!found && !wf_person_row_has(row, WF_COLUMN_NAME))
        wf_diag_field(call->findings, wf_table_field(call, row->number, "name"),
                      "required", "The %s is missing.", "name");
    if (!found)
        row->was.id = wf_id_next(call->ids);
    keep_absent(row, &row->was);
    return merge_attributes(call, row, err) && rename_row(import, row, err);
}

static bool compare_row(struct import *import, struct wf_person_row *row,
                        weft_error *err)
{
    if (wf_person_row_has(row, WF_COLUMN_MANAGER)) {
        row->is.manager = 0;
        if (row->manager
            && !find_other(import, row, WF_COLUMN_MANAGER, row->manager,
                           &row->is.manager, err))
            return false;
    }
    row->has_moved = row->is.manager != row->was.manager;
    row->is_changed = !row->is_new && !wf_record_same(&row->is, &row->was);
    return true;
}

static bool compare(struct import *import, weft_error *err)
{
    for (size_t i = 0; i < import->rows.n; i++)
        if (!load_row(import, import->rows.at[i], err))
            return false;
    for (size_t i = 0; i < import->rows.n; i++)
        if (!compare_row(import, import->rows.at[i], err))
            return false;
    return true;
}

/* --- Writing. */

static bool write_record(struct import *import, const struct wf_person_row *row,
                         weft_error *err)
{
    struct wf_call *call = import->call;

    if (row->is_new)
        return wf_record_add(call, &row->is, err);
    if (!row->is_changed)
        return true;
    return wf_record_save(call, &row->is, err)
           && wf_record_note_past(call, &row->was, &row->is, import->today, err)
           && (row->is.active
               || (wf_sessions_end_of(call, row->is.id, err)
                   && wf_tokens_end_of(call, row->is.id, err)));
}

static bool write_manager(struct import *import, struct wf_person_row *row,
                          weft_error *err)
{
    struct wf_call *call = import->call;
    struct wf_lines lines = {
        row->is.id, "manager", row->is_new, import->today, { 0 }
    };

    if (!row->has_moved)
        return true;
    wf_idset_add(call->arena, &lines.above, row->is.manager);
    return wf_record_save_manager(call, &row->is, err)
           && wf_lines_save(call, &lines, &row->is_changed, err);
}

static bool write_dotted(struct import *import, struct wf_person_row *row,
                         weft_error *err)
{
    struct wf_lines lines = {
        row->is.id, "dotted", row->is_new, import->today, { 0 }
    };
    wf_id id;

    if (!wf_person_row_has(row, WF_COLUMN_DOTTED))
        return true;
    for (size_t i = 0; i < row->dotted.n; i++) {
        if (!find_other(import, row, WF_COLUMN_DOTTED, row->dotted.at[i], &id,
                        err))
            return false;
        wf_idset_add(import->call->arena, &lines.above, id);
    }
    return wf_lines_save(import->call, &lines, &row->is_changed, err);
}

static bool write_ties(struct import *import, struct wf_person_row *row,
                       weft_error *err)
{
    struct wf_call *call = import->call;

    if (!write_manager(import, row, err) || !write_dotted(import, row, err))
        return false;
    return !wf_person_row_has(row, WF_COLUMN_ROLES)
           || wf_role_grants_save(call, row->is.id, row->grants.at,
                                  row->grants.n, &row->is_changed, err);
}

static bool write_all(struct import *import, weft_error *err)
{
    for (size_t i = 0; i < import->rows.n; i++)
        if (!write_record(import, import->rows.at[i], err))
            return false;
    for (size_t i = 0; i < import->rows.n; i++)
        if (!write_ties(import, import->rows.at[i], err))
            return false;
    return wf_import_tie_heads(import->call, err);
}

/* --- Lines. */

/* Names the people of a circle, at the row of one of them. Who lies in one
 * without a row has not been moved: the row is that of another. */
static bool report_circle(struct import *import, const struct wf_idset *circle,
                          weft_error *err)
{
    struct wf_call *call = import->call;
    struct wf_buf names = WF_BUF_INIT(call->arena);
    int64_t number = 0;

    for (size_t i = 0; i < circle->n; i++) {
        const struct wf_person *person;

        if (!wf_person_find(call, circle->at[i], &person, err))
            return false;
        wf_buf_printf(&names, "%s -> ", person->login);
    }
    wf_people_forget(call->people); /* what was read will be undone */
    for (size_t i = 0; i < import->rows.n && !number; i++)
        if (import->rows.at[i]->has_moved
            && wf_idset_has(circle, import->rows.at[i]->is.id))
            number = import->rows.at[i]->number;
    wf_diag_field(call->findings, wf_table_field(call, number, "manager"),
                  "circle", "These managers lie in a circle: %s...",
                  wf_buf_text(&names));
    return true;
}

static bool update_lines(struct import *import, weft_error *err)
{
    struct wf_call *call = import->call;
    struct wf_closure_flaw flaw = { 0 };
    struct wf_idset touched = { 0 };

    for (size_t i = 0; i < import->rows.n; i++)
        if (import->rows.at[i]->is_new || import->rows.at[i]->has_moved)
            wf_idset_add(call->arena, &touched, import->rows.at[i]->is.id);
    if (!wf_closure_update(call, &wf_closure_people, &touched, &flaw, err))
        return false;
    if (flaw.too_deep)
        wf_diag_field(call->findings, "manager", "limit",
                      "There are more than %d managers above one person.",
                      WF_LINE_MAX);
    return !flaw.circle.n || report_circle(import, &flaw.circle, err);
}

static void count(const struct import *import, struct wf_import_result *out)
{
    *out = (struct wf_import_result){ .n_rows = (int64_t)import->rows.n };
    for (size_t i = 0; i < import->rows.n; i++) {
        const struct wf_person_row *row = import->rows.at[i];

        out->n_added += row->is_new;
        out->n_changed += !row->is_new && row->is_changed;
        out->n_left += !row->is_new && row->was.active && !row->is.active;
    }
    out->n_same = out->n_rows - out->n_added - out->n_changed;
}

bool wf_import_keep(struct wf_call *call, struct wf_save *save, weft_error *err)
{
    if (!wf_save_keep(save, err))
        return false;
    wf_people_forget(call->people);
    return true;
}

/* All that is written, up to the lines; findings are the caller's to ask. */
static bool apply(struct import *import, weft_error *err)
{
    return wf_company_today(import->call, import->today, err)
           && compare(import, err) && wf_table_check(import->call, err)
           && write_all(import, err) && update_lines(import, err);
}

/* Of a check: what came out, and then how it was. */
static bool take_back(struct import *import, struct wf_save *save,
                      struct wf_import_result *out, weft_error *err)
{
    struct wf_call *call = import->call;
    wf_differences list = { 0 };

    for (size_t i = 0; i < import->rows.n; i++) {
        const struct wf_person_row *row = import->rows.at[i];

        if ((row->is_new || row->is_changed)
            && !wf_difference_add(call, &list, wf_person_record, row->number,
                                  row->is.login, err))
            return false;
    }
    wf_save_end(save);
    return wf_differences_tell(call, &list, wf_person_record, &out->differences,
                               err);
}

bool wf_import_people(struct wf_call *call, const char *csv, size_t len,
                      bool check, struct wf_import_result *out, weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct import import = { .call = call };
    const struct wf_table table = { .columns = wf_person_columns,
                                    .n_columns = WF_N_COLUMNS,
                                    .n_required = WF_COLUMN_NAME,
                                    .takes_unknown = true,
                                    .take = take_row,
                                    .self = &import };

    if (!wf_table_read(call, &table, csv, len, err)
        || !wf_table_check(call, err) || !wf_save_begin(call->db, &save, err)
        || !apply(&import, err) || !wf_import_check_heads(call, err)
        || !wf_table_check(call, err))
        return false;
    count(&import, out);
    return check ? take_back(&import, &save, out, err)
                 : wf_import_keep(call, &save, err);
}

bool wf_import_one(struct wf_call *call, struct wf_person_row *row,
                   weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct import import = { .call = call };

    if (!wf_table_check(call, err))
        return false;
    add_row(&import, row);
    return wf_save_begin(call->db, &save, err) && apply(&import, err)
           && wf_table_check(call, err) && wf_import_keep(call, &save, err);
}
