/* store/sqlite_error.c - SQLite's result codes as the engine's kinds of error.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite.h"

#include "base/error.h"

/* After these the connection may not be what its memory says it is. */
static bool breaks_connection(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        return true;
    default:
        return false;
    }
}

static bool fail_for_a_moment(weft_error *err)
{
    err->retry_after_s = 1;
    return false;
}

static bool fail_constraint(int rc, const char *reason, weft_error *err)
{
    switch (rc) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This clashes with what is stored already. Load it "
                       "again and repeat the change.");
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This refers to something that is not stored, or is "
                       "still referred to. Load it again.");
    default: /* the types and NOT NULL of our own tables */
        return wf_fail(err, WEFT_E_INTERNAL,
                       "The store refused a row (%s). This is a mistake in "
                       "Weft; please report it.",
                       reason);
    }
}

bool wf_sqlite_fail(struct wf_db *db, sqlite3 *raw, int rc, weft_error *err)
{
    const char *reason = raw ? sqlite3_errmsg(raw) : sqlite3_errstr(rc);

    if (db && breaks_connection(rc))
        db->broken = true;
    switch (rc & 0xff) {
    case SQLITE_NOMEM:
        wf_oom();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        wf_fail(err, WEFT_E_BUSY,
                "Another process is writing to the store. Try again.");
        return fail_for_a_moment(err);
    case SQLITE_INTERRUPT:
        wf_fail(err, WEFT_E_BUSY,
                "The query took too long and was broken off. Ask for less, or "
                "try again.");
        return fail_for_a_moment(err);
    case SQLITE_FULL:
        return wf_fail(err, WEFT_E_FULL,
                       "The disk of the store is full. Nothing was changed; "
                       "make room and try again.");
    case SQLITE_TOOBIG:
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "A value is too large for the store.");
    case SQLITE_CONSTRAINT:
        return fail_constraint(rc, reason, err);
    case SQLITE_ERROR:
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
    case SQLITE_MISMATCH:
        return wf_fail(err, WEFT_E_INTERNAL,
                       "The store did not understand a query (%s). This is a "
                       "mistake in Weft; please report it.",
                       reason);
    default:
        return wf_fail(err, WEFT_E_STORE,
                       "The store cannot be read or written: %s (%d). Check "
                       "the disk and the file.",
                       reason, rc);
    }
}
