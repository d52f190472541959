/* store/sqlite_schema.c - whether a file is ours, and schema texts in SQLite's
 * words.
 *
 * The texts are written for both databases. Here, every table is made STRICT,
 * so that it refuses values of other types as PostgreSQL does; the type words
 * of schemas/sql mean the same without change.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"

/* Whose file this is, -1 if there is nothing in it. One statement, so that all
 * is of one moment: another process may be making the store. */
static const char WHOSE[] =
    "SELECT CASE WHEN application_id = 0"
    " AND NOT EXISTS (SELECT 1 FROM sqlite_schema)"
    " THEN -1 ELSE application_id END FROM pragma_application_id";

bool wf_sqlite_identify(struct wf_db *db, bool *fresh, weft_error *err)
{
    int64_t whose;

    if (!wf_sqlite_pragma(db->raw, WHOSE, &whose, err))
        return false;
    if (whose != -1 && whose != WF_SQLITE_APPLICATION)
        return wf_fail(err, WEFT_E_STORE,
                       "%s is a database, but not a Weft store.",
                       db->store->location);
    *fresh = whose == -1;
    return true;
}

bool wf_sqlite_adopt(struct wf_db *db, weft_error *err)
{
    char sql[64];
    int rc;

    sqlite3_snprintf(sizeof sql, sql, "PRAGMA application_id = %d",
                     WF_SQLITE_APPLICATION);
    rc = sqlite3_exec(db->raw, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || wf_sqlite_fail(db, db->raw, rc, err);
}

/* Past white space and comments. */
static const char *skip_blank(const char *sql)
{
    for (;;) {
        if (isspace((unsigned char)*sql))
            sql++;
        else if (wf_str_starts(sql, "--"))
            sql += strcspn(sql, "\n");
        else
            return sql;
    }
}

/* Runs the statement from `sql` to `end`, which is just behind its ";". */
static int run_one(sqlite3 *raw, const char *sql, const char *end)
{
    int len = (int)(end - sql);
    bool is_table = wf_str_starts(sql, "CREATE TABLE ");
    char *text = is_table ? wf_heap_printf("%.*s STRICT", len - 1, sql)
                          : wf_heap_printf("%.*s", len, sql);
    int rc = sqlite3_exec(raw, text, NULL, NULL, NULL);

    free(text);
    return rc;
}

bool wf_sqlite_apply(struct wf_db *db, const char *sql, weft_error *err)
{
    const char *at = skip_blank(sql);
    int rc = SQLITE_OK;

    while (rc == SQLITE_OK && *at) {
        sqlite3_stmt *stmt = NULL;
        const char *end = NULL;

        rc = sqlite3_prepare_v2(db->raw, at, -1, &stmt, &end);
        sqlite3_finalize(stmt);
        if (rc == SQLITE_OK)
            rc = run_one(db->raw, at, end);
        at = skip_blank(end ? end : "");
    }
    return rc == SQLITE_OK || wf_sqlite_fail(db, db->raw, rc, err);
}
