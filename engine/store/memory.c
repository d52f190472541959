/* store/memory.c - the place of a store that is not kept.
 *
 * It is a file like any other, in a memory file system: so a test sees the
 * very same store, with readers beside the writer, as a company does. SQLite's
 * own memory databases cannot keep a snapshot while somebody writes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "store/driver.h"

static const char *const PLACES[] = { "/dev/shm", "/tmp" };

bool wf_memory_make(char **path, weft_error *err)
{
    for (size_t i = 0; i < WF_COUNT(PLACES); i++) {
        char *dir = wf_heap_printf("%s/weft-XXXXXX", PLACES[i]);
        bool made = mkdtemp(dir) != NULL;

        if (made)
            *path = wf_heap_printf("%s/store", dir);
        free(dir);
        if (made)
            return true;
    }
    return wf_fail(err, WEFT_E_STORE,
                   "There is no place for a store in memory: %s.",
                   strerror(errno));
}

void wf_memory_remove(const char *path)
{
    static const char *const SUFFIXES[] = { "", "-wal", "-shm" };
    char *dir = wf_heap_printf("%.*s", (int)(strrchr(path, '/') - path), path);

    for (size_t i = 0; i < WF_COUNT(SUFFIXES); i++) {
        char *file = wf_heap_printf("%s%s", path, SUFFIXES[i]);

        unlink(file);
        free(file);
    }
    rmdir(dir);
    free(dir);
}
