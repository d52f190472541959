/* store/backup.c - copies of a living store, for whichever database it is.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/backup.h"

#include <stdlib.h>

#include "base/error.h"
#include "store/driver.h"

bool wf_backup_write(struct wf_store *store, const char *path, weft_error *err)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;

    return wf_reader_begin(store, 0, &reader, err)
           && store->driver->backup(reader.db, path, err);
}

bool wf_backup_restore(const char *path, const char *url, weft_error *err)
{
    struct wf_location place;
    bool restored;

    if (!wf_store_locate(url, &place, err))
        return false;
    restored = place.is_kept
                   ? place.driver->restore(path, place.location, err)
                   : wf_fail(err, WEFT_E_MALFORMED,
                             "A store in memory takes no backup. Name a file.");
    free(place.location);
    return restored;
}

bool wf_store_check(struct wf_db *db, struct wf_diags *diags, weft_error *err)
{
    return db->driver->check(db, diags, err);
}
