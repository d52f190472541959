/* store/backup.h - a copy of a living store, and the store's own health.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_BACKUP_H
#define WF_STORE_BACKUP_H

#include "base/diag.h"
#include "store/db.h"

/* Writes a consistent copy to `path` while others read and write: a temporary
 * name, synced, checked, renamed. An existing file is refused. Of PostgreSQL it
 * is a file of SQLite too, with all that the store holds. */
WF_MUST_CHECK bool wf_backup_write(struct wf_store *store, const char *path,
                                   weft_error *err);

/* Puts the backup at `path` in place of the store at `url`, which must not be
 * in use; the old one is kept beside it with the suffix ".before-restore".
 * PostgreSQL takes it into a schema that is empty, and into no other. */
WF_MUST_CHECK bool wf_backup_restore(const char *path, const char *url,
                                     weft_error *err);

/* The database's own checks (pages, foreign keys); findings to `diags`. */
WF_MUST_CHECK bool wf_store_check(struct wf_db *db, struct wf_diags *diags,
                                  weft_error *err);

#endif
