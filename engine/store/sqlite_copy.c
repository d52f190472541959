/* store/sqlite_copy.c - whole copies of a SQLite store, out and in.
 *
 * A copy gets its name only when it is complete, checked and on the disk.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

static const char BEFORE[] = ".before-restore";

/* --- Files. */

static bool rename_file(const char *from, const char *to, unsigned flags,
                        weft_error *err)
{
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, flags) == 0
           || wf_sqlite_fail_file(to, err);
}

static bool refuse_existing(const char *path, weft_error *err)
{
    return access(path, F_OK) != 0
           || wf_fail(err, WEFT_E_CONFLICT,
                      "%s is there already. Move it away first.", path);
}

/* A new empty file beside `path`; its name is to be freed. */
static bool make_part(const char *path, char **out, weft_error *err)
{
    char *part = wf_heap_printf("%s.part-XXXXXX", path);
    int fd = mkostemp(part, O_CLOEXEC);

    if (fd < 0) {
        wf_sqlite_fail_file(part, err);
        free(part);
        return false;
    }
    close(fd);
    *out = part;
    return true;
}

/* Removes a copy that did not get its name, with what SQLite has put beside
 * it. */
static void remove_part(const char *part)
{
    static const char *const SUFFIXES[] = { "", "-journal", "-wal", "-shm" };

    for (size_t i = 0; i < WF_COUNT(SUFFIXES); i++) {
        char *path = wf_heap_printf("%s%s", part, SUFFIXES[i]);

        unlink(path);
        free(path);
    }
}

/* --- Copying. */

static bool is_sound(sqlite3 *raw, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_diags diags = WF_DIAGS_INIT(arena, err->lang);

    if (!wf_sqlite_check_raw(raw, &diags, err))
        return false;
    return diags.n_errors == 0
           || wf_fail(err, WEFT_E_STORE, "%s", diags.at[0].message);
}

/* Copies all pages in one go: in the write-ahead log they are one snapshot,
 * and no writer waits for it. */
static bool copy_pages(sqlite3 *from, sqlite3 *to, weft_error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int rc = SQLITE_OK;

    if (backup) {
        sqlite3_backup_step(backup, -1);
        rc = sqlite3_backup_finish(backup);
    } else {
        rc = sqlite3_extended_errcode(to);
    }
    return rc == SQLITE_OK || wf_sqlite_fail(NULL, to, rc, err);
}

/* Fills the empty file at `path` with what `from` holds, in one file without a
 * log, checked and synced. */
static bool copy_to(sqlite3 *from, const char *path, weft_error *err)
{
    static const char FAST[] = "PRAGMA synchronous = OFF;"
                               "PRAGMA journal_mode = MEMORY";
    static const char ONE_FILE[] = "PRAGMA journal_mode = DELETE";
    sqlite3 *to;
    bool copied;
    int rc;

    if (!wf_sqlite_open(path, SQLITE_OPEN_READWRITE, &to, err))
        return false;
    sqlite3_exec(to, FAST, NULL, NULL, NULL);
    copied = copy_pages(from, to, err);
    if (copied) {
        rc = sqlite3_exec(to, ONE_FILE, NULL, NULL, NULL);
        copied = (rc == SQLITE_OK || wf_sqlite_fail(NULL, to, rc, err))
                 && is_sound(to, err);
    }
    sqlite3_close(to);
    return copied && wf_sqlite_sync_file(path, err);
}

bool wf_sqlite_backup(struct wf_db *db, const char *path, weft_error *err)
{
    bool written;
    char *part;

    if (!refuse_existing(path, err) || !make_part(path, &part, err))
        return false;
    written = copy_to(db->raw, part, err)
              && rename_file(part, path, RENAME_NOREPLACE, err)
              && wf_sqlite_sync_folder(path, err);
    if (!written)
        remove_part(part);
    free(part);
    return written;
}

/* Page by page through the log of the new store, like anything that is
 * written to it. */
bool wf_sqlite_like(struct wf_db *db, struct wf_db *from, weft_error *err)
{
    int rc;

    if (!copy_pages(from->raw, db->raw, err))
        return false;
    rc = sqlite3_exec(db->raw, "DELETE FROM node", NULL, NULL, NULL);
    return rc == SQLITE_OK || wf_sqlite_fail(db, db->raw, rc, err);
}

/* --- Restoring. */

static bool copy_backup(const char *path, const char *part, weft_error *err)
{
    int64_t application = 0;
    sqlite3 *from;
    bool copied;

    if (!wf_sqlite_open(path, SQLITE_OPEN_READONLY, &from, err))
        return false;
    copied = wf_sqlite_pragma(from, "PRAGMA application_id", &application, err);
    if (copied && application != WF_SQLITE_APPLICATION)
        copied = wf_fail(err, WEFT_E_STORE, "%s is no backup of a Weft store.",
                         path);
    copied = copied && copy_to(from, part, err);
    sqlite3_close(from);
    return copied;
}

/* Moves what is left of a log away from the name at which SQLite would take
 * it for the new file's. Only a damaged store still has one here. */
static void move_log(const char *location, const char *suffix)
{
    char *from = wf_heap_printf("%s%s", location, suffix);
    char *to = wf_heap_printf("%s%s%s", location, BEFORE, suffix);

    rename(from, to);
    free(from);
    free(to);
}

/* Takes the store alone and brings it into one file, or finds it too damaged
 * for that, which is why it is being replaced. `*out` keeps others away. */
static bool take_alone(const char *location, sqlite3 **out, weft_error *err)
{
    static const char ALONE[] = "PRAGMA locking_mode = EXCLUSIVE;"
                                "PRAGMA journal_mode = DELETE;"
                                "BEGIN EXCLUSIVE";
    sqlite3 *raw;
    int rc;

    if (!wf_sqlite_open(location, SQLITE_OPEN_READWRITE, &raw, err))
        return false;
    sqlite3_busy_timeout(raw, 0);
    rc = sqlite3_exec(raw, ALONE, NULL, NULL, NULL) & 0xff;
    if (rc == SQLITE_OK || rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB) {
        *out = raw;
        return true;
    }
    if (rc == SQLITE_BUSY)
        wf_fail(err, WEFT_E_BUSY,
                "The store at %s is in use. Stop what uses it first.",
                location);
    else
        wf_sqlite_fail(NULL, raw, rc, err);
    sqlite3_close(raw);
    return false;
}

/* Gives the store at `location` the second name `before`, and its own name to
 * `part`. At every moment there is one whole store at `location`. */
static bool replace(const char *part, const char *location, const char *before,
                    weft_error *err)
{
    if (link(location, before) != 0)
        return wf_sqlite_fail_file(before, err);
    move_log(location, "-journal");
    move_log(location, "-wal");
    move_log(location, "-shm");
    if (rename_file(part, location, 0, err))
        return true;
    unlink(before);
    return false;
}

static bool put(const char *part, const char *location, const char *before,
                weft_error *err)
{
    sqlite3 *old = NULL;
    bool done;

    if (access(location, F_OK) != 0)
        return rename_file(part, location, RENAME_NOREPLACE, err);
    if (!take_alone(location, &old, err))
        return false;
    done = replace(part, location, before, err);
    sqlite3_close(old);
    return done;
}

bool wf_sqlite_restore(const char *path, const char *location, weft_error *err)
{
    char *before = wf_heap_printf("%s%s", location, BEFORE);
    char *part = NULL;
    bool restored =
        refuse_existing(before, err) && make_part(location, &part, err)
        && copy_backup(path, part, err) && put(part, location, before, err);

    if (part && !restored)
        remove_part(part);
    free(part);
    free(before);
    return restored && wf_sqlite_sync_folder(location, err);
}
