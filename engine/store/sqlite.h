/* store/sqlite.h - what the files of the SQLite driver share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_SQLITE_H
#define WF_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/driver.h"

/* --- sqlite_error.c. Turns SQLite's code into ours; false. `db` may be NULL
 * where no connection of a store is concerned. */
bool wf_sqlite_fail(struct wf_db *db, sqlite3 *raw, int rc, weft_error *err);

/* --- sqlite.c: a connection with everything set that has to do with safety.
 * `flags` of sqlite3_open_v2(). */
WF_MUST_CHECK bool wf_sqlite_open(const char *path, int flags, sqlite3 **out,
                                  weft_error *err);
/* The number that marks a file as a Weft store. */
enum {
    WF_SQLITE_APPLICATION = 0x57656674
};
WF_MUST_CHECK bool wf_sqlite_pragma(sqlite3 *raw, const char *sql, int64_t *out,
                                    weft_error *err);

/* --- sqlite_file.c. */
bool wf_sqlite_provide(const char *location, bool create, weft_error *err);
/* Fills `err` with what errno says of `path`; false. */
bool wf_sqlite_fail_file(const char *path, weft_error *err);
/* To be called before SQLite opens anything; the first `path` decides where
 * temporary files stand. */
void wf_sqlite_prepare_undo(const char *path);
/* Makes what was written to `path` durable. */
WF_MUST_CHECK bool wf_sqlite_sync_file(const char *path, weft_error *err);
/* Makes names made or changed in the folder of `path` durable. */
WF_MUST_CHECK bool wf_sqlite_sync_folder(const char *path, weft_error *err);

/* --- sqlite_stmt.c. */
bool wf_sqlite_prepare(struct wf_db *db, const char *sql, void **raw,
                       weft_error *err);
void wf_sqlite_finalize(void *raw);
void wf_sqlite_reset(void *raw);
enum wf_fetch wf_sqlite_step(struct wf_db *db, void *raw, weft_error *err);
void wf_sqlite_bind_int(void *raw, int n, int64_t value);
void wf_sqlite_bind_real(void *raw, int n, double value);
void wf_sqlite_bind_text(void *raw, int n, const char *text, size_t len);
void wf_sqlite_bind_blob(void *raw, int n, const void *data, size_t len);
void wf_sqlite_bind_null(void *raw, int n);
int64_t wf_sqlite_int(void *raw, int column);
double wf_sqlite_real(void *raw, int column);
const char *wf_sqlite_text(void *raw, int column);
const void *wf_sqlite_blob(void *raw, int column, size_t *len);
bool wf_sqlite_is_null(void *raw, int column);
bool wf_sqlite_plan(struct wf_db *db, const char *sql, struct wf_arena *arena,
                    const char **out, weft_error *err);

/* --- sqlite_search.c. */
extern const struct wf_schema wf_sqlite_schemas[];
bool wf_sqlite_search_set(struct wf_db *db, int64_t document, const char *field,
                          const char *tokens, weft_error *err);
bool wf_sqlite_search_remove(struct wf_db *db, int64_t document,
                             const char *field, weft_error *err);
bool wf_sqlite_search_forget(struct wf_db *db, bool begun, bool *more,
                             weft_error *err);
bool wf_sqlite_search_index(struct wf_db *db, weft_error *err);
const char *wf_sqlite_search_for(struct wf_arena *arena, const char *tokens);

/* --- sqlite_schema.c. */
bool wf_sqlite_identify(struct wf_db *db, bool *fresh, weft_error *err);
bool wf_sqlite_adopt(struct wf_db *db, weft_error *err);
bool wf_sqlite_apply(struct wf_db *db, const char *sql, weft_error *err);

/* --- sqlite_check.c. raw: of any connection. */
bool wf_sqlite_check(struct wf_db *db, struct wf_diags *diags, weft_error *err);
bool wf_sqlite_check_raw(sqlite3 *raw, struct wf_diags *diags, weft_error *err);

/* --- sqlite_copy.c. */
bool wf_sqlite_backup(struct wf_db *db, const char *path, weft_error *err);
bool wf_sqlite_restore(const char *path, const char *location, weft_error *err);
bool wf_sqlite_like(struct wf_db *db, struct wf_db *from, weft_error *err);

#endif
