/* store/sqlite_file.c - the file of a store: made so that it survives, and is
 * nobody else's to read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

enum {
    UNDO_PIECE = 124 * 1024
};

bool wf_sqlite_fail_file(const char *path, weft_error *err)
{
    return wf_fail(err, errno == ENOSPC ? WEFT_E_FULL : WEFT_E_STORE,
                   "The file %s: %s.", path, strerror(errno));
}

static bool sync_opened(int fd, const char *path, weft_error *err)
{
    bool synced = fd >= 0 && fsync(fd) == 0;

    if (!synced)
        wf_sqlite_fail_file(path, err);
    if (fd >= 0)
        close(fd);
    return synced;
}

bool wf_sqlite_sync_file(const char *path, weft_error *err)
{
    return sync_opened(open(path, O_RDONLY | O_CLOEXEC), path, err);
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? wf_heap_printf("%.*s", (int)(slash + 1 - path), path)
                 : wf_heap_printf(".");
}

/* The pages that a savepoint may bring back are kept in one piece of memory of
 * this size, and in a file when there are more; with temp_store=MEMORY they
 * would be pieces of 1 KB, two hundred for each command. From 128 KB on SQLite
 * writes nothing of the piece to the file (seekAndWriteFd() of os_unix.c takes
 * 17 bits of a length).
 *
 * The file belongs beside the store: there is room that is watched, the right
 * to write, and whatever keeps the data of people. Both are settings of the
 * whole process, made before its first store is opened. */
void wf_sqlite_prepare_undo(const char *path)
{
    /* lint: static, because they are settings of SQLite's own statics. */
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static bool prepared;
    char *folder;

    pthread_mutex_lock(&lock);
    if (!prepared) {
        folder = folder_of(path);
        sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, UNDO_PIECE);
        sqlite3_temp_directory = sqlite3_mprintf("%s", folder);
        free(folder);
        prepared = true;
    }
    pthread_mutex_unlock(&lock);
}

bool wf_sqlite_sync_folder(const char *path, weft_error *err)
{
    char *folder = folder_of(path);
    bool synced = wf_sqlite_sync_file(folder, err);

    free(folder);
    return synced;
}

/* Nothing was ever written to it: neither to the file nor to its log. */
static bool is_empty(const char *location)
{
    char *log = wf_heap_printf("%s-wal", location);
    struct stat file, behind;
    bool empty = stat(location, &file) == 0 && file.st_size == 0
                 && (stat(log, &behind) != 0 || behind.st_size == 0);

    free(log);
    return empty;
}

/* The log's files take their rights from this one. A file that is there is
 * not opened here: closing it would drop the locks of this process on it. */
bool wf_sqlite_provide(const char *location, bool create, weft_error *err)
{
    int fd;

    if (access(location, F_OK) == 0)
        return create || !is_empty(location)
               || wf_fail(err, WEFT_E_STORE,
                          "%s is an empty file, and no store yet: weft init "
                          "makes it one.",
                          location);
    if (!create)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no store at %s.",
                       location);
    fd = open(location, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST) /* another process was first */
        return true;
    return sync_opened(fd, location, err)
           && wf_sqlite_sync_folder(location, err);
}
