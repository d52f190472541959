/* store/sqlite.c - the SQLite driver: its table, and how a connection is
 * opened.
 *
 * One connection writes, the others read; the write-ahead log lets both go on
 * side by side. An acknowledged commit is on the disk (synchronous=FULL).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite.h"

#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/error.h"

enum {
    PROGRESS_OPCODES = 1000, /* some 10 us between two looks at the clock */
    CHECKPOINT_FRAMES = 1000,
    ALARM_FRAMES = 16384, /* 64 MB of pages */
    HOLD_BACK_MS = 200,
    OPEN_FLAGS = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
};

/* clang-format off */
static const struct {
    int id;
    int value;
} limits[] = {
    { SQLITE_LIMIT_LENGTH,              32 * 1024 * 1024 },
    { SQLITE_LIMIT_SQL_LENGTH,          256 * 1024       },
    { SQLITE_LIMIT_EXPR_DEPTH,          200              },
    { SQLITE_LIMIT_COMPOUND_SELECT,     50               },
    { SQLITE_LIMIT_VARIABLE_NUMBER,     10000            },
    { SQLITE_LIMIT_ATTACHED,            0                },
    { SQLITE_LIMIT_TRIGGER_DEPTH,       10               },
    { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000             },
};

static const struct {
    int id;
    int value;
} settings[] = {
    { SQLITE_DBCONFIG_DEFENSIVE,             1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA,        0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_DQS_DML,               0 },
    { SQLITE_DBCONFIG_DQS_DDL,               0 },
    { SQLITE_DBCONFIG_ENABLE_FKEY,           1 },
};
/* clang-format on */

/* A larger page cache of the writer was measured to gain nothing; readers read
 * through the map instead. There a page is looked at anew each time it is
 * touched, and checking its cells with it was a sixth of a read; that check
 * keeps damage from spreading, which only the writer could do. */
static const char PRAGMAS_READER[] = "PRAGMA temp_store = MEMORY;"
                                     "PRAGMA query_only = ON;"
                                     "PRAGMA mmap_size = 2147418112;";
static const char PRAGMAS_WRITER[] = "PRAGMA cell_size_check = ON;"
                                     "PRAGMA synchronous = FULL;"
                                     "PRAGMA cache_size = -16384;"
                                     "PRAGMA journal_size_limit = 67108864;";
static const char PRAGMAS_UNSYNCED[] = "PRAGMA synchronous = OFF;";
static const char PRAGMAS_SYNC[] = "PRAGMA synchronous = FULL;"
                                   "PRAGMA wal_checkpoint(TRUNCATE);";

bool wf_sqlite_pragma(sqlite3 *raw, const char *sql, int64_t *out,
                      weft_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(raw, sql, -1, &stmt, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW)
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return rc == SQLITE_ROW || wf_sqlite_fail(NULL, raw, rc, err);
}

/* Waits for another process. SQLite's own pauses grow to 100 ms: beside a
 * writer that is never idle they would miss every gap. */
static int on_busy(void *unused, int n_waited)
{
    static const struct timespec pause = { 0, 1000000 };

    (void)unused;
    nanosleep(&pause, NULL);
    return n_waited < WF_BUSY_TIMEOUT_MS;
}

bool wf_sqlite_open(const char *path, int flags, sqlite3 **out, weft_error *err)
{
    sqlite3 *raw = NULL;
    int rc;

    wf_sqlite_prepare_undo(path);
    rc = sqlite3_open_v2(path, &raw, flags | OPEN_FLAGS, NULL);
    for (size_t i = 0; rc == SQLITE_OK && i < WF_COUNT(settings); i++)
        rc = sqlite3_db_config(raw, settings[i].id, settings[i].value, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_busy_handler(raw, on_busy, NULL);
    if (rc != SQLITE_OK) {
        wf_sqlite_fail(NULL, raw, rc, err);
        sqlite3_close(raw);
        return false;
    }
    for (size_t i = 0; i < WF_COUNT(limits); i++)
        sqlite3_limit(raw, limits[i].id, limits[i].value);
    *out = raw;
    return true;
}

/* Breaks a statement off when the reader's time is over or the store closes. */
static int on_progress(void *self)
{
    const struct wf_db *db = self;

    if (db->is_reader && atomic_load(&db->store->closing))
        return 1;
    return db->deadline && wf_monotonic_ms() >= db->deadline;
}

/* The log is too long, because there is always some reader: holds new ones
 * back until it can begin again. */
static void restart_log(struct wf_db *db, sqlite3 *raw, int n_frames)
{
    int rc;

    sqlite3_busy_timeout(raw, HOLD_BACK_MS);
    rc = sqlite3_wal_checkpoint_v2(raw, NULL, SQLITE_CHECKPOINT_RESTART, NULL,
                                   NULL);
    sqlite3_busy_handler(raw, on_busy, NULL);
    db->checkpoint_at = n_frames + ALARM_FRAMES / 4;
    if (rc != SQLITE_OK)
        wf_log(db->store->options.log, WF_LOG_WARN, "log",
               "The write-ahead log of the store has %d pages, because a "
               "reader does not end.",
               n_frames);
}

/* Called after each commit with the length of the log: what no reader needs
 * any more goes to the file. The commit holds whatever becomes of that. */
static int on_commit(void *self, sqlite3 *raw, const char *name, int n_frames)
{
    struct wf_db *db = self;

    if (n_frames < CHECKPOINT_FRAMES)
        db->checkpoint_at = ALARM_FRAMES;
    else if (n_frames < db->checkpoint_at)
        sqlite3_wal_checkpoint_v2(raw, name, SQLITE_CHECKPOINT_PASSIVE, NULL,
                                  NULL);
    else
        restart_log(db, raw, n_frames);
    return SQLITE_OK;
}

/* Two processes that open a new file at once meet here without SQLite's own
 * waiting: so it is done by hand. */
static bool begin_log(sqlite3 *raw, weft_error *err)
{
    int64_t until = wf_monotonic_ms() + WF_BUSY_TIMEOUT_MS;
    int rc;

    for (;;) {
        rc = sqlite3_exec(raw, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if ((rc & 0xff) != SQLITE_BUSY || wf_monotonic_ms() >= until)
            break;
        sqlite3_sleep(10);
    }
    return rc == SQLITE_OK || wf_sqlite_fail(NULL, raw, rc, err);
}

static bool set_up(struct wf_db *db, weft_error *err)
{
    const char *pragmas = db->is_reader ? PRAGMAS_READER : PRAGMAS_WRITER;
    sqlite3 *raw = db->raw;
    bool fresh = false;
    int rc;

    /* What is not ours is not touched. */
    if (!db->is_reader
        && (!wf_sqlite_identify(db, &fresh, err) || !begin_log(raw, err)))
        return false;
    rc = sqlite3_exec(raw, pragmas, NULL, NULL, NULL);
    if (fresh && db->store->is_kept && db->store->options.in_the_making)
        db->store->unsynced = true;
    if (rc == SQLITE_OK
        && (db->store->memory.folder
            || (!db->is_reader && db->store->unsynced)))
        rc = sqlite3_exec(raw, PRAGMAS_UNSYNCED, NULL, NULL, NULL);
    if (rc != SQLITE_OK)
        return wf_sqlite_fail(NULL, raw, rc, err);
    sqlite3_progress_handler(raw, PROGRESS_OPCODES, on_progress, db);
    if (!db->is_reader)
        sqlite3_wal_hook(raw, on_commit, db);
    return true;
}

static bool provide(struct wf_store *store, weft_error *err)
{
    bool create = store->options.create || !store->is_kept;

    if (!store->is_kept) {
        if (!wf_memory_make(&store->memory, err))
            return false;
        free(store->location); /* of a model */
        store->location = wf_heap_printf("%s/store", store->memory.folder);
    }
    return wf_sqlite_provide(store->location, create, err);
}

static void dispose(struct wf_store *store)
{
    wf_memory_remove(&store->memory);
}

/* Brings what was made without waiting to the disk: first its log into the
 * file, then the file and its name. */
static void sync_made(struct wf_db *db)
{
    const char *path = db->store->location;
    weft_error err = WEFT_ERROR_INIT;
    int rc = sqlite3_exec(db->raw, PRAGMAS_SYNC, NULL, NULL, NULL);
    bool logged = rc == SQLITE_OK || wf_sqlite_fail(NULL, db->raw, rc, &err);

    if (!logged || !wf_sqlite_sync_file(path, &err)
        || !wf_sqlite_sync_folder(path, &err))
        wf_log(db->store->options.log, WF_LOG_ERROR, "store",
               "The new store may not be whole on the disk: %s", err.text);
}

static void close_connection(struct wf_db *db)
{
    if (!db->is_reader && db->store->unsynced)
        sync_made(db);
    sqlite3_close(db->raw);
    db->raw = NULL;
}

static bool open_connection(struct wf_db *db, weft_error *err)
{
    sqlite3 *raw;

    if (!wf_sqlite_open(db->store->location,
                        db->is_reader ? SQLITE_OPEN_READONLY
                                      : SQLITE_OPEN_READWRITE,
                        &raw, err))
        return false;
    db->raw = raw;
    db->checkpoint_at = ALARM_FRAMES;
    if (set_up(db, err))
        return true;
    close_connection(db);
    return false;
}

static bool in_transaction(struct wf_db *db)
{
    return !sqlite3_get_autocommit(db->raw);
}

static int64_t changed(struct wf_db *db, void *unused)
{
    (void)unused;
    return sqlite3_changes64(db->raw);
}

static bool run(struct wf_db *db, void *raw, weft_error *err)
{
    enum wf_fetch step;

    do
        step = wf_sqlite_step(db, raw, err);
    while (step == WF_FETCH_ROW);
    return step == WF_FETCH_DONE;
}

static bool bulk(struct wf_db *db, weft_error *err)
{
    int rc = sqlite3_exec(db->raw, "PRAGMA defer_foreign_keys = ON", NULL, NULL,
                          NULL);

    return rc == SQLITE_OK || wf_sqlite_fail(db, db->raw, rc, err);
}

const struct wf_driver wf_driver_sqlite = {
    .begin_write = "BEGIN IMMEDIATE",
    .begin_read = "BEGIN",
    .state = "PRAGMA data_version",
    .schemas = wf_sqlite_schemas,
    .n_writers = 1,
    .provide = provide,
    .dispose = dispose,
    .open = open_connection,
    .close = close_connection,
    .identify = wf_sqlite_identify,
    .adopt = wf_sqlite_adopt,
    .like = wf_sqlite_like,
    .apply = wf_sqlite_apply,
    .finish = wf_sqlite_search_index,
    .in_transaction = in_transaction,
    .prepare = wf_sqlite_prepare,
    .finalize = wf_sqlite_finalize,
    .reset = wf_sqlite_reset,
    .step = wf_sqlite_step,
    .run = run,
    .changed = changed,
    .bind_int = wf_sqlite_bind_int,
    .bind_real = wf_sqlite_bind_real,
    .bind_text = wf_sqlite_bind_text,
    .bind_blob = wf_sqlite_bind_blob,
    .bind_null = wf_sqlite_bind_null,
    .get_int = wf_sqlite_int,
    .get_real = wf_sqlite_real,
    .get_text = wf_sqlite_text,
    .get_blob = wf_sqlite_blob,
    .is_null = wf_sqlite_is_null,
    .search_set = wf_sqlite_search_set,
    .search_remove = wf_sqlite_search_remove,
    .search_forget = wf_sqlite_search_forget,
    .search = { "id IN (SELECT rowid FROM search_index"
                " WHERE search_index MATCH " },
    .search_for = wf_sqlite_search_for,
    .plan = wf_sqlite_plan,
    .columns = "SELECT m.name, p.name, p.type, p.pk FROM sqlite_schema m"
               " JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
               " ORDER BY m.name, p.cid",
    .search_page = "SELECT document, field, tokens FROM search"
                   " WHERE (document, field) > ($1, $2)"
                   " ORDER BY document, field LIMIT $3",
    .bulk = bulk,
    .check = wf_sqlite_check,
    .backup = wf_sqlite_backup,
    .restore = wf_sqlite_restore,
};
