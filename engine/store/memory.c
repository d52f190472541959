/* store/memory.c - the place of a store that is not kept.
 *
 * It is a file like any other, in a memory file system: so a test sees the
 * very same store, with readers beside the writer, as a company does. SQLite's
 * own memory databases cannot keep a snapshot while somebody writes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/str.h"
#include "store/driver.h"

static const char *const places[] = { "/dev/shm", "/tmp" };
static const char *const files[] = { "store", "store-wal", "store-shm",
                                     "lock" };
static const char PREFIX[] = "weft-memory-";

/* A sweeper may have removed the file between our opening and locking it. */
static bool is_there(int fd)
{
    struct stat info;

    return fstat(fd, &info) == 0 && info.st_nlink > 0;
}

/* The lock file of `folder`, locked; -1 if it cannot be. */
static int lock_folder(const char *folder, int flags)
{
    char *path = wf_heap_printf("%s/lock", folder);
    int fd = open(path, O_RDWR | O_CLOEXEC | flags, 0600);

    free(path);
    if (fd >= 0 && (flock(fd, LOCK_EX | LOCK_NB) != 0 || !is_there(fd))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

static void remove_folder(const char *folder)
{
    for (size_t i = 0; i < WF_COUNT(files); i++) {
        char *path = wf_heap_printf("%s/%s", folder, files[i]);

        unlink(path);
        free(path);
    }
    rmdir(folder);
}

/* A folder whose lock is free belongs to nobody any more. */
static void sweep(const char *place)
{
    DIR *stream = opendir(place);
    const struct dirent *entry;

    while (stream && (entry = readdir(stream)) != NULL) {
        char *folder;
        int lock;

        if (!wf_str_starts(entry->d_name, PREFIX))
            continue;
        folder = wf_heap_printf("%s/%s", place, entry->d_name);
        lock = lock_folder(folder, 0);
        if (lock >= 0) {
            remove_folder(folder);
            close(lock);
        }
        free(folder);
    }
    if (stream)
        closedir(stream);
}

static bool make_at(const char *place, struct wf_memory *out)
{
    char *folder = wf_heap_printf("%s/%sXXXXXX", place, PREFIX);

    if (mkdtemp(folder)) {
        out->lock = lock_folder(folder, O_CREAT | O_EXCL);
        if (out->lock >= 0) {
            out->folder = folder;
            return true;
        }
        remove_folder(folder);
    }
    free(folder);
    return false;
}

bool wf_memory_make(struct wf_memory *out, weft_error *err)
{
    for (size_t i = 0; i < WF_COUNT(places); i++) {
        sweep(places[i]);
        if (make_at(places[i], out))
            return true;
    }
    return wf_fail(err, WEFT_E_STORE,
                   "There is no place for a store in memory: %s.",
                   strerror(errno));
}

void wf_memory_remove(struct wf_memory *memory)
{
    if (!memory->folder)
        return;
    remove_folder(memory->folder);
    close(memory->lock);
    free(memory->folder);
    memory->folder = NULL;
}
