/* support/fault_vfs.c - a disk that fails when it is told to.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/fault_vfs.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

/* A file: SQLite's own stands right behind it. */
struct fault_file {
    sqlite3_file base;
    const char *path; /* NULL for temporary files */
};

static struct {
    int left; /* changes until the fault; 0: not armed */
    enum fault fault;
    bool fired;
} armed;

static sqlite3_file *real(sqlite3_file *file)
{
    return (sqlite3_file *)((struct fault_file *)file + 1);
}

/* --- What was synced is kept in a copy beside the file. */

static void synced_name(char name[512], const char *path)
{
    snprintf(name, 512, "%s.synced", path);
}

static void copy_file(const char *from, const char *to)
{
    char block[65536];
    int in = open(from, O_RDONLY);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ssize_t n;

    while ((n = read(in, block, sizeof block)) > 0) {
        if (write(out, block, (size_t)n) != n)
            _exit(99);
    }
    close(in);
    close(out);
}

static void lose_unsynced(const char *path)
{
    char name[512];

    synced_name(name, path);
    if (access(name, F_OK) == 0)
        rename(name, path);
    else
        unlink(path);
}

void fault_vfs_lose_unsynced(const char *path)
{
    char name[512];

    lose_unsynced(path);
    snprintf(name, sizeof name, "%s-wal", path);
    lose_unsynced(name);
    snprintf(name, sizeof name, "%s-shm", path);
    unlink(name);
}

/* --- Counting. */

static bool is_met(void)
{
    if (armed.left == 0 || --armed.left > 0)
        return false;
    armed.fired = true;
    if (armed.fault == FAULT_FULL)
        armed.left = 1; /* and so is the next */
    if (armed.fault == FAULT_POWER)
        _exit(0);
    return true;
}

void fault_vfs_arm(int n, enum fault fault)
{
    armed.left = n;
    armed.fault = fault;
    armed.fired = false;
}

bool fault_vfs_fired(void)
{
    armed.left = 0;
    return armed.fired;
}

/* --- The methods of a file. Those that change it may fail. */

static int close_file(sqlite3_file *file)
{
    return real(file)->pMethods->xClose(real(file));
}

static int read_file(sqlite3_file *file, void *data, int n, sqlite3_int64 at)
{
    return real(file)->pMethods->xRead(real(file), data, n, at);
}

static int write_file(sqlite3_file *file, const void *data, int n,
                      sqlite3_int64 at)
{
    if (is_met())
        return armed.fault == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    return real(file)->pMethods->xWrite(real(file), data, n, at);
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
    if (armed.fault != FAULT_FULL && is_met())
        return SQLITE_IOERR_TRUNCATE;
    return real(file)->pMethods->xTruncate(real(file), size);
}

static int sync_file(sqlite3_file *file, int flags)
{
    const char *path = ((struct fault_file *)file)->path;
    char name[512];
    int rc;

    if (armed.fault != FAULT_FULL && is_met())
        return SQLITE_IOERR_FSYNC;
    rc = real(file)->pMethods->xSync(real(file), flags);
    if (rc == SQLITE_OK && armed.fault == FAULT_POWER && path) {
        synced_name(name, path);
        copy_file(path, name);
    }
    return rc;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int lock_file(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

static int unlock_file(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int check_lock(sqlite3_file *file, int *out)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}

static int control_file(sqlite3_file *file, int op, void *arg)
{
    return real(file)->pMethods->xFileControl(real(file), op, arg);
}

static int sector_size(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int characteristics(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int shm_map(sqlite3_file *file, int page, int size, int extend,
                   void volatile **out)
{
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}

static int shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}

static void shm_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

static int shm_unmap(sqlite3_file *file, int remove)
{
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, /* without memory maps: every read is a call */
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

/* --- The layer. */

static sqlite3_vfs *below;

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
                     int flags, int *out_flags)
{
    struct fault_file *ours = (struct fault_file *)file;
    int rc = below->xOpen(below, name, real(file), flags, out_flags);

    (void)vfs;
    ours->path = name;
    ours->base.pMethods = real(file)->pMethods ? &methods : NULL;
    return rc;
}

void fault_vfs_register(void)
{
    static sqlite3_vfs layer;

    if (below)
        return;
    below = sqlite3_vfs_find(NULL);
    layer = *below;
    layer.zName = "fault";
    layer.szOsFile += (int)sizeof(struct fault_file);
    layer.xOpen = open_file;
    sqlite3_vfs_register(&layer, 1);
}
