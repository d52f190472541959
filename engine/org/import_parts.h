/* org/import_parts.h - what the files of an import share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_IMPORT_PARTS_H
#define WF_ORG_IMPORT_PARTS_H

#include "base/list.h"
#include "org/idmap.h"
#include "org/import.h"

/* --- A person as stored, and the row that brings one. */

struct wf_role_grant {
    const char *role;
    wf_id unit; /* 0: everywhere */
};

struct wf_record {
    wf_id id;
    const char *login; /* folded */
    const char *name;
    const char *email, *title, *locale, *timezone, *hired; /* or NULL */
    const char *teams;      /* ";a;b;", sorted; "" */
    const char *attributes; /* JSON, keys sorted */
    wf_id unit, manager;    /* 0: none */
    double grade;
    bool has_grade, active;
    bool service; /* a program */
};

enum wf_person_column {
    WF_COLUMN_LOGIN,
    WF_COLUMN_NAME,
    WF_COLUMN_EMAIL,
    WF_COLUMN_UNIT,
    WF_COLUMN_MANAGER,
    WF_COLUMN_DOTTED,
    WF_COLUMN_ROLES,
    WF_COLUMN_GRADE,
    WF_COLUMN_TITLE,
    WF_COLUMN_ACTIVE,
    WF_COLUMN_LOCALE,
    WF_COLUMN_TIMEZONE,
    WF_COLUMN_HIRED,
    WF_COLUMN_TEAMS,
    WF_COLUMN_SERVICE,
    WF_N_COLUMNS
};

struct wf_person_row {
    int64_t number;        /* of the file; 0: not from a file */
    unsigned present;      /* a bit a column that is there */
    struct wf_record is;   /* first what is present, then all of it */
    struct wf_record was;  /* of whom is not new */
    const char *new_login; /* folded; NULL: the same */
    struct wf_json *unknown;
    const char *manager;          /* login; NULL: none */
    WF_LIST(const char *) dotted; /* logins */
    WF_LIST(struct wf_role_grant) grants;
    bool is_new, is_changed, has_moved; /* has_moved: another manager */
};
bool wf_person_row_has(const struct wf_person_row *row,
                       enum wf_person_column column);

/* --- import_cells.c: the columns, and their cells read into a row. */
extern const char *const wf_person_columns[WF_N_COLUMNS];
WF_MUST_CHECK bool wf_person_cell_read(struct wf_call *call,
                                       struct wf_person_row *row,
                                       enum wf_person_column column,
                                       struct wf_str cell, weft_error *err);

/* --- person_save.c: writes person, team_member and role_grant. */
WF_MUST_CHECK bool wf_record_load(struct wf_call *call, const char *login,
                                  struct wf_record *out, bool *found,
                                  weft_error *err);
bool wf_record_same(const struct wf_record *a, const struct wf_record *b);
/* Adds or updates all but the manager; teams too. */
WF_MUST_CHECK bool wf_record_add(struct wf_call *call,
                                 const struct wf_record *record,
                                 weft_error *err);
WF_MUST_CHECK bool wf_record_save(struct wf_call *call,
                                  const struct wf_record *record,
                                  weft_error *err);
/* Keeps what `was` said of one who `is` something else from `today` on. */
WF_MUST_CHECK bool wf_record_note_past(struct wf_call *call,
                                       const struct wf_record *was,
                                       const struct wf_record *is,
                                       const char *today, weft_error *err);
WF_MUST_CHECK bool wf_record_save_manager(struct wf_call *call,
                                          const struct wf_record *record,
                                          weft_error *err);
WF_MUST_CHECK bool wf_role_grants_save(struct wf_call *call, wf_id person,
                                       const struct wf_role_grant *grants,
                                       size_t n, bool *changed,
                                       weft_error *err);

/* --- line.c: writes line. */
/* One person's lines of one kind, from today on, or, of somebody new, from
 * ever. `*changed` becomes true if they were others. */
struct wf_lines {
    wf_id person;
    const char *kind; /* manager, dotted */
    bool is_new;
    const char *today;
    struct wf_idset above;
};
WF_MUST_CHECK bool wf_lines_save(struct wf_call *call,
                                 const struct wf_lines *lines, bool *changed,
                                 weft_error *err);

/* Lines with days of the past. forget: all of a kind that have ended. began:
 * since when the one that holds today does; `above` 0: whichever it is, if that
 * is not known yet. add: one that has ended. */
struct wf_past_line {
    wf_id person, above;
    const char *kind, *since, *until;
};
WF_MUST_CHECK bool wf_line_forget_past(struct wf_call *call, wf_id person,
                                       const char *kind, const char *today,
                                       weft_error *err);
WF_MUST_CHECK bool wf_line_began(struct wf_call *call,
                                 const struct wf_past_line *line, bool *found,
                                 weft_error *err);
WF_MUST_CHECK bool wf_line_add_past(struct wf_call *call,
                                    const struct wf_past_line *line,
                                    weft_error *err);

/* --- import_units.c: heads who were named before they existed. tie: those
 * who exist now. check: a finding for each of the others. */
WF_MUST_CHECK bool wf_import_tie_heads(struct wf_call *call, weft_error *err);
WF_MUST_CHECK bool wf_import_check_heads(struct wf_call *call, weft_error *err);

/* One unit by hand: cells as of a file, those that are not told without a
 * place in memory. A head has to exist. */
struct wf_unit_cells {
    struct wf_str id, name, parent, head, active;
};
WF_MUST_CHECK bool wf_import_unit(struct wf_call *call,
                                  const struct wf_unit_cells *cells,
                                  weft_error *err);

/* --- import_people.c. keep: keeps what was done, and tells whoever caches it.
 * one: a row that was read by hand. */
WF_MUST_CHECK bool wf_import_keep(struct wf_call *call, struct wf_save *save,
                                  weft_error *err);
WF_MUST_CHECK bool wf_import_one(struct wf_call *call,
                                 struct wf_person_row *row, weft_error *err);

#endif
