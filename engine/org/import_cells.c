/* org/import_cells.c - the columns of a people file, and how a cell of each is
 * read. A mistake is a finding at its row and column.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/text.h"
#include "org/import_parts.h"
#include "org/import_table.h"
#include "org/person.h"

enum {
    LOGIN_MAX = 200, /* bytes */
    TEXT_MAX = 1000
};

const char *const wf_person_columns[WF_N_COLUMNS] = {
    [WF_COLUMN_LOGIN] = "login",     [WF_COLUMN_NAME] = "name",
    [WF_COLUMN_EMAIL] = "email",     [WF_COLUMN_UNIT] = "unit",
    [WF_COLUMN_MANAGER] = "manager", [WF_COLUMN_DOTTED] = "dotted",
    [WF_COLUMN_ROLES] = "roles",     [WF_COLUMN_GRADE] = "grade",
    [WF_COLUMN_TITLE] = "title",     [WF_COLUMN_ACTIVE] = "active",
    [WF_COLUMN_LOCALE] = "locale",   [WF_COLUMN_TIMEZONE] = "timezone",
    [WF_COLUMN_HIRED] = "hired",     [WF_COLUMN_TEAMS] = "teams",
    [WF_COLUMN_SERVICE] = "service",
};

bool wf_person_row_has(const struct wf_person_row *row,
                       enum wf_person_column column)
{
    return (row->present >> column) & 1;
}

/* A cell at hand. */
struct cell {
    struct wf_call *call;
    struct wf_person_row *row;
    enum wf_person_column column;
    struct wf_str text; /* trimmed, NFC, not empty */
};

static const char *field_of(const struct cell *cell)
{
    return wf_table_field(cell->call, cell->row->number,
                          wf_person_columns[cell->column]);
}

static const char *copy(const struct cell *cell)
{
    return wf_arena_slice(cell->call->arena, cell->text);
}

/* --- Texts. */

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

static const char *read_text(const struct cell *cell)
{
    bool is_sound = cell->text.len <= TEXT_MAX;

    for (size_t i = 0; i < cell->text.len; i++)
        is_sound = is_sound && !is_control(cell->text.at[i]);
    if (!is_sound)
        wf_diag_field(cell->call->findings, field_of(cell), "format",
                      "This is one line of at most %d bytes.", TEXT_MAX);
    return copy(cell);
}

/* A login has no space, and none of what separates logins and roles. */
static const char *read_login(const struct cell *cell, struct wf_str text)
{
    struct wf_arena *arena = cell->call->arena;
    const char *login = wf_text_fold(arena, wf_arena_slice(arena, text));
    bool is_sound = *login && strlen(login) <= LOGIN_MAX;

    for (const char *c = login; *c; c++)
        is_sound =
            is_sound && *c != ' ' && *c != ';' && *c != ',' && !is_control(*c);
    if (!is_sound)
        wf_diag_field(cell->call->findings, field_of(cell), "format",
                      "A login has no spaces, commas or semicolons, and at "
                      "most %d bytes.",
                      LOGIN_MAX);
    return login;
}

static bool read_login_cell(const struct cell *cell, weft_error *err)
{
    (void)err;
    cell->row->is.login = read_login(cell, cell->text);
    return true;
}

static bool read_name(const struct cell *cell, weft_error *err)
{
    (void)err;
    cell->row->is.name = read_text(cell);
    return true;
}

static bool read_email(const struct cell *cell, weft_error *err)
{
    const char *text = read_text(cell);
    const char *at = strchr(text, '@');

    (void)err;
    if (!at || at == text || !at[1] || strchr(at + 1, '@') || strchr(text, ' '))
        wf_diag_field(cell->call->findings, field_of(cell), "format",
                      "\"%s\" is no e-mail address.", text);
    cell->row->is.email = text;
    return true;
}

static bool read_title(const struct cell *cell, weft_error *err)
{
    (void)err;
    cell->row->is.title = read_text(cell);
    return true;
}

static bool read_locale(const struct cell *cell, weft_error *err)
{
    const char *text = read_text(cell);
    size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "abcdefghijklmnopqrstuvwxyz0123456789-");

    (void)err;
    if (n < 2 || n > 35 || text[n])
        wf_diag_field(cell->call->findings, field_of(cell), "format",
                      "\"%s\" is no locale. Write zh-CN or en.", text);
    cell->row->is.locale = text;
    return true;
}

static bool read_timezone(const struct cell *cell, weft_error *err)
{
    const char *text = read_text(cell);

    (void)err;
    if (!wf_zone_known(text))
        wf_diag_field(cell->call->findings, field_of(cell), "unknown",
                      "There is no time zone \"%s\". Write one such as "
                      "Asia/Shanghai.",
                      text);
    cell->row->is.timezone = text;
    return true;
}

static bool read_hired(const struct cell *cell, weft_error *err)
{
    int32_t day;

    (void)err;
    if (!wf_date_parse(cell->text, &day))
        wf_diag_field(cell->call->findings, field_of(cell), "format",
                      "\"%s\" is no day. Write it as 2026-10-12.", copy(cell));
    cell->row->is.hired = copy(cell);
    return true;
}

/* --- Numbers and truth. */

static bool read_grade(const struct cell *cell, weft_error *err)
{
    const char *text = copy(cell);
    char *end;

    (void)err;
    cell->row->is.grade = wf_number_parse(text, &end);
    cell->row->is.has_grade = true;
    if (*end || !isfinite(cell->row->is.grade)
        || strspn(text, "+-.0123456789eE") != cell->text.len)
        wf_diag_field(cell->call->findings, field_of(cell), "format",
                      "\"%s\" is no number.", text);
    return true;
}

static bool read_truth(const struct cell *cell)
{
    bool is_true = wf_str_is(cell->text, "true");

    if (!is_true && !wf_str_is(cell->text, "false"))
        wf_diag_field(cell->call->findings, field_of(cell), "format",
                      "\"%s\" is neither true nor false.", copy(cell));
    return is_true;
}

static bool read_active(const struct cell *cell, weft_error *err)
{
    (void)err;
    cell->row->is.active = read_truth(cell);
    return true;
}

static bool read_service(const struct cell *cell, weft_error *err)
{
    (void)err;
    cell->row->is.service = read_truth(cell);
    return true;
}

/* --- What names others. People are looked up when all rows are known. */

static bool find_unit(const struct cell *cell, const char *key, wf_id *out,
                      weft_error *err)
{
    struct wf_unit unit = { 0 };
    bool found;

    if (!wf_unit_find(cell->call, key, &unit, &found, err))
        return false;
    if (!found)
        wf_diag_field(cell->call->findings, field_of(cell), "unknown",
                      "There is no unit \"%s\". Import the units first.", key);
    *out = found ? unit.id : 0;
    return true;
}

static bool read_unit(const struct cell *cell, weft_error *err)
{
    return find_unit(cell, copy(cell), &cell->row->is.unit, err);
}

static bool read_manager(const struct cell *cell, weft_error *err)
{
    (void)err;
    cell->row->manager = read_login(cell, cell->text);
    return true;
}

static bool read_dotted(const struct cell *cell, weft_error *err)
{
    struct wf_str rest = cell->text;
    struct wf_str part;

    (void)err;
    while (wf_str_split(&rest, ';', &part))
        if (wf_str_trim(part).len)
            *WF_PUSH(cell->call->arena, &cell->row->dotted) =
                read_login(cell, wf_str_trim(part));
    return true;
}

/* "role" or "role@unit". */
static bool read_grant(const struct cell *cell, struct wf_str text,
                       weft_error *err)
{
    struct wf_arena *arena = cell->call->arena;
    struct wf_role_grant *grant = WF_PUSH(arena, &cell->row->grants);
    bool has_scope = memchr(text.at, '@', text.len) != NULL;
    struct wf_str role = text;

    if (has_scope)
        wf_str_split(&text, '@', &role);
    grant->role = wf_arena_slice(arena, wf_str_trim(role));
    if (!wf_str_is_id(grant->role))
        wf_diag_field(cell->call->findings, field_of(cell), "format",
                      "\"%s\" is no role. Write ROLE or ROLE@UNIT.",
                      grant->role);
    return !has_scope
           || find_unit(cell, wf_arena_slice(arena, wf_str_trim(text)),
                        &grant->unit, err);
}

static bool read_roles(const struct cell *cell, weft_error *err)
{
    struct wf_str rest = cell->text;
    struct wf_str part;

    while (wf_str_split(&rest, ';', &part))
        if (wf_str_trim(part).len && !read_grant(cell, wf_str_trim(part), err))
            return false;
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted and each once, so that the same teams are the same text. */
static bool read_teams(const struct cell *cell, weft_error *err)
{
    struct wf_arena *arena = cell->call->arena;
    struct wf_buf text = WF_BUF_INIT(arena);
    struct wf_str rest = cell->text;
    struct wf_str part;
    WF_LIST(const char *) teams = { 0 };

    (void)err;
    while (wf_str_split(&rest, ';', &part))
        if (wf_str_trim(part).len)
            *WF_PUSH(arena, &teams) = wf_arena_slice(arena, wf_str_trim(part));
    if (teams.n)
        qsort(teams.at, teams.n, sizeof *teams.at, by_text);
    for (size_t i = 0; i < teams.n; i++)
        if (!i || !wf_streq(teams.at[i], teams.at[i - 1]))
            wf_buf_printf(&text, text.len ? "%s;" : ";%s;", teams.at[i]);
    cell->row->is.teams = wf_buf_text(&text);
    return true;
}

typedef bool read_fn(const struct cell *cell, weft_error *err);

static read_fn *const readers[WF_N_COLUMNS] = {
    [WF_COLUMN_LOGIN] = read_login_cell, [WF_COLUMN_NAME] = read_name,
    [WF_COLUMN_EMAIL] = read_email,      [WF_COLUMN_UNIT] = read_unit,
    [WF_COLUMN_MANAGER] = read_manager,  [WF_COLUMN_DOTTED] = read_dotted,
    [WF_COLUMN_ROLES] = read_roles,      [WF_COLUMN_GRADE] = read_grade,
    [WF_COLUMN_TITLE] = read_title,      [WF_COLUMN_ACTIVE] = read_active,
    [WF_COLUMN_LOCALE] = read_locale,    [WF_COLUMN_TIMEZONE] = read_timezone,
    [WF_COLUMN_HIRED] = read_hired,      [WF_COLUMN_TEAMS] = read_teams,
    [WF_COLUMN_SERVICE] = read_service,
};

bool wf_person_cell_read(struct wf_call *call, struct wf_person_row *row,
                         enum wf_person_column column, struct wf_str text,
                         weft_error *err)
{
    struct cell cell = { call, row, column,
                         wf_text_nfc(call->arena, wf_str_trim(text)) };

    if (cell.text.len /* empty: as it was */
        || (column != WF_COLUMN_ACTIVE && column != WF_COLUMN_SERVICE))
        row->present |= 1U << column;
    if (column == WF_COLUMN_TEAMS)
        row->is.teams = "";
    if (cell.text.len)
        return readers[column](&cell, err);
    if (column == WF_COLUMN_LOGIN || column == WF_COLUMN_NAME)
        wf_diag_field(call->findings, field_of(&cell), "required",
                      "The %s is missing.", wf_person_columns[column]);
    return true;
}
