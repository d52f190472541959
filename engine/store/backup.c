/* store/backup.c - copies of a living store, for whichever database it is.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/backup.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/copy.h"
#include "store/driver.h"

/* --- By way of a file of SQLite, which any Weft can read. */

/* Names a file beside `path` for the time of the work; to be freed. */
static char *aside(const char *path)
{
    return wf_heap_printf("%s.making-%d", path, (int)getpid());
}

static void remove_aside(const char *path)
{
    static const char *const suffixes[] = { "", "-wal", "-shm" };

    for (size_t i = 0; i < WF_COUNT(suffixes); i++) {
        char *name = wf_heap_printf("%s%s", path, suffixes[i]);

        unlink(name);
        free(name);
    }
}

bool wf_copy_between(const char *from_url, const char *to_url,
                     const struct wf_log *log, struct wf_arena *arena,
                     struct wf_copied_list *out, weft_error *err)
{
    struct wf_store_options there = { .log = log },
                            fresh = { .log = log, .create = true };
    struct wf_store *from = NULL, *to = NULL;
    bool copied = wf_store_open(from_url, &there, &from, err)
                  && wf_store_open(to_url, &fresh, &to, err)
                  && wf_copy_store(from, to, arena, out, err);

    wf_store_close(to);
    wf_store_close(from);
    return copied;
}

static bool write_portable(struct wf_store *store, const char *path,
                           weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_store_options options = { .log = store->options.log,
                                        .create = true };
    struct wf_copied_list copied = { 0 };
    struct wf_store *file = NULL;
    char *making = aside(path);
    bool written = wf_store_open(making, &options, &file, err)
                   && wf_copy_store(store, file, arena, &copied, err)
                   && wf_backup_write(file, path, err);

    wf_store_close(file);
    remove_aside(making);
    free(making);
    return written;
}

static bool restore_portable(const char *path, const char *url, weft_error *err)
{
    static const struct wf_log log = { WF_LOG_ERROR, &wf_clock_real, NULL,
                                       NULL };
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_copied_list copied = { 0 };
    char *making = aside(path);
    bool restored = wf_driver_sqlite.restore(path, making, err)
                    && wf_copy_between(making, url, &log, arena, &copied, err);

    remove_aside(making);
    free(making);
    return restored;
}

bool wf_backup_write(struct wf_store *store, const char *path, weft_error *err)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;

    if (!store->driver->backup)
        return write_portable(store, path, err);
    return wf_reader_begin(store, 0, &reader, err)
           && store->driver->backup(reader.db, path, err);
}

static bool restore(const char *path, const char *url,
                    const struct wf_location *to, weft_error *err)
{
    if (!to->is_kept)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "A store in memory takes no backup. Name a file.");
    return to->driver->restore ? to->driver->restore(path, to->location, err)
                               : restore_portable(path, url, err);
}

bool wf_backup_restore(const char *path, const char *url, weft_error *err)
{
    struct wf_location to;
    bool restored;

    if (!wf_store_locate(url, &to, err))
        return false;
    restored = restore(path, url, &to, err);
    free(to.location);
    return restored;
}

bool wf_store_check(struct wf_db *db, struct wf_diags *diags, weft_error *err)
{
    return db->driver->check(db, diags, err);
}
