/* def/stored.c - reads the table `definition` for whoever wants texts and
 * versions, of any kind.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/stored.h"

#include "base/error.h"
#include "base/list.h"

#define COLUMNS                                                                \
    "id, kind, name, version, package, live, deployed, planned, hash"
#define TEXTS ", file, text, hook"

static const char SQL_VERSION[] =
    "SELECT " COLUMNS TEXTS " FROM definition"
    " WHERE kind = $1 AND name = $2 AND version = $3";
static const char SQL_LIVE_ONE[] =
    "SELECT " COLUMNS TEXTS " FROM definition"
    " WHERE kind = $1 AND name = $2 AND live = 1 AND audience IS NULL"
    " ORDER BY version DESC LIMIT 1";
static const char SQL_ROW[] =
    "SELECT " COLUMNS TEXTS " FROM definition WHERE id = $1";
static const char SQL_VERSIONS[] =
    "SELECT " COLUMNS " FROM definition"
    " WHERE kind = $1 AND name = $2 ORDER BY version DESC";
static const char SQL_LIVE[] = "SELECT " COLUMNS " FROM definition"
                               " WHERE live = 1 AND audience IS NULL"
                               " ORDER BY kind, name, version";

static void read(struct wf_stmt *q, struct wf_arena *arena,
                 struct wf_stored *out)
{
    *out = (struct wf_stored){ .row = wf_stmt_int(q, 0),
                               .kind = wf_stmt_str(q, 1, arena),
                               .id = wf_stmt_str(q, 2, arena),
                               .version = (int)wf_stmt_int(q, 3),
                               .package = wf_stmt_str(q, 4, arena),
                               .live = wf_stmt_int(q, 5),
                               .deployed = wf_stmt_int(q, 6),
                               .planned = wf_stmt_int(q, 7),
                               .hash = wf_stmt_str(q, 8, arena) };
}

static bool read_one(struct wf_stmt *q, struct wf_arena *arena,
                     struct wf_stored *out, const char *what, weft_error *err)
{
    switch (wf_stmt_step(q, err)) {
    case WF_FETCH_ROW:
        read(q, arena, out);
        out->file = wf_stmt_str(q, 9, arena);
        out->text = wf_stmt_str(q, 10, arena);
        out->hook = wf_stmt_str(q, 11, arena);
        return true;
    case WF_FETCH_DONE:
        return wf_fail(err, WEFT_E_NOTFOUND,
                       "nothing called \"%s\" is deployed", what);
    default:
        return false;
    }
}

bool wf_stored_load(struct wf_db *db, struct wf_arena *arena,
                    const struct wf_stored_name *name, struct wf_stored *out,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, name->version ? SQL_VERSION : SQL_LIVE_ONE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, name->kind);
    wf_stmt_bind_text(&q, 2, name->id);
    if (name->version)
        wf_stmt_bind_int(&q, 3, name->version);
    return read_one(&q, arena, out, name->id, err);
}

bool wf_stored_load_row(struct wf_db *db, struct wf_arena *arena, wf_id row,
                        struct wf_stored *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_ROW, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, row);
    return read_one(&q, arena, out, "?", err);
}

static bool read_all(struct wf_stmt *q, struct wf_arena *arena,
                     struct wf_stored_rows *out, weft_error *err)
{
    enum wf_fetch fetched;

    while ((fetched = wf_stmt_step(q, err)) == WF_FETCH_ROW)
        read(q, arena, WF_PUSH(arena, out));
    return fetched == WF_FETCH_DONE;
}

bool wf_stored_versions(struct wf_db *db, struct wf_arena *arena,
                        const char *kind, const char *id,
                        struct wf_stored_rows *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *out = (struct wf_stored_rows){ NULL, 0, 0 };
    if (!wf_stmt_begin(db, SQL_VERSIONS, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, kind);
    wf_stmt_bind_text(&q, 2, id);
    return read_all(&q, arena, out, err);
}

bool wf_stored_live(struct wf_db *db, struct wf_arena *arena,
                    struct wf_stored_rows *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *out = (struct wf_stored_rows){ NULL, 0, 0 };
    return wf_stmt_begin(db, SQL_LIVE, &q, err)
           && read_all(&q, arena, out, err);
}
