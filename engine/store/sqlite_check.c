/* store/sqlite_check.c - SQLite's own checks: are the pages sound, do all keys
 * refer to something.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite.h"

#include <string.h>

static const char CHECK_PAGES[] = "PRAGMA integrity_check(100)";
static const char CHECK_KEYS[] = "PRAGMA foreign_key_check";

static const char *column(sqlite3_stmt *stmt, int n)
{
    const char *text = (const char *)sqlite3_column_text(stmt, n);

    return text ? text : "";
}

static void add_page(struct wf_diags *diags, sqlite3_stmt *stmt)
{
    const char *text = column(stmt, 0);

    if (strcmp(text, "ok") != 0)
        wf_diag_field(diags, "", "corrupt", "The store is damaged: %s", text);
}

static void add_key(struct wf_diags *diags, sqlite3_stmt *stmt)
{
    wf_diag_field(diags, "", "dangling",
                  "Row %s of table %s refers to a row of %s that is not there.",
                  column(stmt, 1), column(stmt, 0), column(stmt, 2));
}

/* Calls `add` for each row of `sql`. */
static bool each_row(sqlite3 *raw, const char *sql,
                     void (*add)(struct wf_diags *diags, sqlite3_stmt *stmt),
                     struct wf_diags *diags, weft_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(raw, sql, -1, &stmt, NULL);

    if (rc == SQLITE_OK) {
        while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
            add(diags, stmt);
        sqlite3_finalize(stmt);
    }
    return rc == SQLITE_DONE || wf_sqlite_fail(NULL, raw, rc, err);
}

bool wf_sqlite_check_raw(sqlite3 *raw, struct wf_diags *diags, weft_error *err)
{
    return each_row(raw, CHECK_PAGES, add_page, diags, err)
           && each_row(raw, CHECK_KEYS, add_key, diags, err);
}

bool wf_sqlite_check(struct wf_db *db, struct wf_diags *diags, weft_error *err)
{
    return wf_sqlite_check_raw(db->raw, diags, err);
}
