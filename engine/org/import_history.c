/* org/import_history.c - what people were before today, from CSV.
 *
 * Rows are sorted into stories, one of a person and a word; each story is told
 * anew. Where it has a gap, there was nothing in between.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/error.h"
#include "base/list.h"
#include "base/messages.h"
#include "base/text.h"
#include "org/company.h"
#include "org/import_parts.h"
#include "org/import_table.h"
#include "org/past.h"

enum column {
    LOGIN,
    WHAT,
    VALUE,
    SINCE,
    UNTIL
};
static const char *const columns[] = { "login", "what", "value", "since",
                                       "until" };

enum value_type {
    A_PERSON,
    A_UNIT,
    A_TEXT,
    A_NUMBER,
    A_TRUTH
};

/* clang-format off */
static const struct word {
    const char *name;
    enum value_type type;
    bool is_line, overlaps;
} words[] = {
    { "manager", A_PERSON, true,  false },
    { "dotted",  A_PERSON, true,  true  },
    { "unit",    A_UNIT,   false, false },
    { "title",   A_TEXT,   false, false },
    { "grade",   A_NUMBER, false, false },
    { "active",  A_TRUTH,  false, false },
};
/* clang-format on */

struct row {
    int64_t number;
    wf_id person;
    const struct word *word;
    const char *value; /* ids in digits; NULL: none */
    wf_id above;       /* of a line */
    const char *since, *until;
};

struct import {
    struct wf_call *call;
    WF_LIST(struct row) rows;
    char today[WF_DATE_TEXT];
};

/* --- Reading. */

static void find_fault(struct import *import, const struct row *row,
                       enum column column, const char *code,
                       const char *message)
{
    struct wf_call *call = import->call;

    wf_diag_field_text(call->findings, WF_SEVERITY_ERROR,
                       wf_table_field(call, row->number, columns[column]), code,
                       wf_message(call->lang, message));
}

static const char *cell_text(struct import *import,
                             const struct wf_table_row *cells, enum column at)
{
    struct wf_arena *arena = import->call->arena;

    return wf_arena_slice(arena,
                          wf_text_nfc(arena, wf_str_trim(cells->cells[at])));
}

static const struct word *word_of(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(words); i++)
        if (wf_streq(words[i].name, name))
            return &words[i];
    return NULL;
}

static bool find_person(struct import *import, const char *login, wf_id *out,
                        weft_error *err)
{
    const struct wf_person *person;

    if (!wf_person_find_login(import->call, login, &person, err))
        return false;
    *out = person ? person->id : 0;
    return true;
}

/* What of a value that cannot be is wrong. */
static const char *const no_value[] = {
    [A_PERSON] = WF_MESSAGE("There is no such person."),
    [A_UNIT] = WF_MESSAGE("There is no such unit."),
    [A_NUMBER] = WF_MESSAGE("This is no number."),
    [A_TRUTH] = WF_MESSAGE("Write true or false."),
    [A_TEXT] = NULL, /* any text can be */
};

static bool read_value(struct import *import, struct row *row, const char *text,
                       weft_error *err)
{
    struct wf_arena *arena = import->call->arena;
    struct wf_unit unit = { 0 };
    char *end = NULL;
    bool found = true;

    row->value = *text ? text : NULL;
    switch (row->word->type) {
    case A_PERSON:
        if (!find_person(import, text, &row->above, err))
            return false;
        found = row->above != 0;
        break;
    case A_UNIT:
        if (*text && !wf_unit_find(import->call, text, &unit, &found, err))
            return false;
        row->value = wf_past_id(arena, unit.id);
        break;
    case A_NUMBER:
        if (*text)
            wf_number_parse(text, &end);
        found = !end || !*end;
        if (*text && found)
            row->value = wf_json_dump(
                arena, wf_json_number(arena, wf_number_parse(text, &end)));
        break;
    case A_TRUTH:
        found = wf_streq(text, "true") || wf_streq(text, "false");
        break;
    case A_TEXT:
        break;
    }
    if (!found)
        find_fault(import, row, VALUE, "unknown", no_value[row->word->type]);
    return true;
}

static void read_days(struct import *import, struct row *row, const char *since,
                      const char *until)
{
    int32_t day;

    row->since = since;
    row->until = until;
    if (*since && !wf_date_parse(wf_str_of(since), &day))
        find_fault(import, row, SINCE, "format",
                   WF_MESSAGE("This is to be a day such as 2026-10-12."));
    if (!*until)
        row->until = WF_NEVER;
    else if (!wf_date_parse(wf_str_of(until), &day))
        find_fault(import, row, UNTIL, "format",
                   WF_MESSAGE("This is to be a day such as 2026-10-12."));
    else if (strcmp(until, import->today) > 0 || strcmp(since, until) >= 0)
        find_fault(import, row, UNTIL, "range",
                   WF_MESSAGE("A period ends after it has begun, and today at "
                              "the latest."));
}

static bool take_row(void *self, const struct wf_table_row *cells,
                     weft_error *err)
{
    struct import *import = self;
    struct row *row = WF_PUSH(import->call->arena, &import->rows);

    row->number = cells->number;
    row->word = word_of(cell_text(import, cells, WHAT));
    if (!find_person(import, cell_text(import, cells, LOGIN), &row->person,
                     err))
        return false;
    if (!row->person)
        find_fault(import, row, LOGIN, "unknown",
                   WF_MESSAGE("Nobody has this login."));
    if (!row->word) {
        find_fault(import, row, WHAT, "unknown",
                   WF_MESSAGE("This is one of manager, dotted, unit, title, "
                              "grade and active."));
        row->word = &words[0];
        return true;
    }
    read_days(import, row, cell_text(import, cells, SINCE),
              cell_text(import, cells, UNTIL));
    return read_value(import, row, cell_text(import, cells, VALUE), err);
}

/* --- Stories. */

static int by_story(const void *a, const void *b)
{
    const struct row *left = a;
    const struct row *right = b;

    if (left->person != right->person)
        return left->person < right->person ? -1 : 1;
    if (left->word != right->word)
        return left->word < right->word ? -1 : 1;
    if (strcmp(left->since, right->since))
        return strcmp(left->since, right->since);
    return left->number < right->number ? -1 : 1;
}

static bool same_story(const struct row *a, const struct row *b)
{
    return a->person == b->person && a->word == b->word;
}

static void check_overlaps(struct import *import)
{
    for (size_t i = 1; i < import->rows.n; i++) {
        const struct row *before = &import->rows.at[i - 1];
        const struct row *row = &import->rows.at[i];

        if (same_story(before, row) && !row->word->overlaps
            && strcmp(before->until, row->since) > 0)
            find_fault(import, row, SINCE, "overlap",
                       WF_MESSAGE("This period begins before the one before "
                                  "it has ended."));
    }
}

static bool is_open(const struct row *row)
{
    return wf_streq(row->until, WF_NEVER);
}

static void find_other_today(struct import *import, const struct row *row)
{
    find_fault(import, row, VALUE, "today",
               WF_MESSAGE("Today it is something else. Give this period an "
                          "end, or change the person first."));
}

static bool write_line(struct import *import, const struct row *row,
                       weft_error *err)
{
    const struct wf_past_line line = { row->person, row->above, row->word->name,
                                       row->since, row->until };
    bool found;

    if (!is_open(row))
        return wf_line_add_past(import->call, &line, err);
    if (!wf_line_began(import->call, &line, &found, err))
        return false;
    if (!found)
        find_other_today(import, row);
    return true;
}

/* What holds today makes room first. */
static bool write_lines(struct import *import, const struct row *rows, size_t n,
                        weft_error *err)
{
    const struct row *last = &rows[n - 1];
    const struct wf_past_line now = { last->person, 0, last->word->name,
                                      last->until, NULL };
    bool found;

    if (!wf_line_forget_past(import->call, last->person, last->word->name,
                             import->today, err)
        || (!last->word->overlaps && !is_open(last)
            && !wf_line_began(import->call, &now, &found, err)))
        return false;
    for (size_t i = n; i > 0; i--)
        if (!write_line(import, &rows[i - 1], err))
            return false;
    return true;
}

/* What a person is today, as `value` has it. */
static bool today_is(struct import *import, const struct row *row,
                     const char **out, weft_error *err)
{
    struct wf_arena *arena = import->call->arena;
    const struct wf_person *person;

    if (!wf_person_find(import->call, row->person, &person, err))
        return false;
    if (wf_streq(row->word->name, "unit"))
        *out = wf_past_id(arena, person->unit);
    else if (wf_streq(row->word->name, "title"))
        *out = person->title;
    else if (wf_streq(row->word->name, "active"))
        *out = person->active ? "true" : "false";
    else
        *out = person->has_grade
                   ? wf_json_dump(arena, wf_json_number(arena, person->grade))
                   : NULL;
    return true;
}

static bool write_fact(struct import *import, const struct row *row,
                       weft_error *err)
{
    struct wf_past past = { "person", row->person, row->word->name, row->until,
                            row->value };
    const char *today;

    if (!is_open(row))
        return wf_past_note(import->call, &past, err);
    if (!today_is(import, row, &today, err))
        return false;
    if (!wf_streq(today, row->value))
        find_other_today(import, row);
    return true;
}

/* A gap before a row is a row of its own. */
static bool write_facts(struct import *import, const struct row *rows, size_t n,
                        weft_error *err)
{
    struct wf_past past = { "person", rows->person, rows->word->name,
                            import->today, NULL };
    const char *until = "";

    if (!wf_past_forget(import->call, &past, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        past.until = rows[i].since;
        if ((strcmp(until, rows[i].since)
             && !wf_past_note(import->call, &past, err))
            || !write_fact(import, &rows[i], err))
            return false;
        until = rows[i].until;
    }
    return true;
}

static bool write_all(struct import *import, weft_error *err)
{
    const struct row *rows = import->rows.at;
    size_t n;

    for (size_t i = 0; i < import->rows.n; i += n) {
        n = 1;
        while (i + n < import->rows.n && same_story(&rows[i], &rows[i + n]))
            n++;
        if (!(rows[i].word->is_line ? write_lines(import, &rows[i], n, err)
                                    : write_facts(import, &rows[i], n, err)))
            return false;
    }
    return true;
}

bool wf_import_history(struct wf_call *call, const char *csv, size_t len,
                       bool check, struct wf_import_result *out,
                       weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct import import = { .call = call };
    const struct wf_table table = { .columns = columns,
                                    .n_columns = WF_COUNT(columns),
                                    .n_required = WF_COUNT(columns),
                                    .take = take_row,
                                    .self = &import };

    if (!wf_company_today(call, import.today, err)
        || !wf_table_read(call, &table, csv, len, err)
        || !wf_table_check(call, err))
        return false;
    if (import.rows.n)
        qsort(import.rows.at, import.rows.n, sizeof *import.rows.at, by_story);
    check_overlaps(&import);
    if (!wf_table_check(call, err) || !wf_save_begin(call->db, &save, err)
        || !write_all(&import, err) || !wf_table_check(call, err))
        return false;
    *out = (struct wf_import_result){ .n_rows = (int64_t)import.rows.n,
                                      .n_added = (int64_t)import.rows.n };
    return check || wf_save_keep(&save, err);
}
