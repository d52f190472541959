/* def/release.c - the table `era`, and of `definition` the columns that change:
 * live, audience, planned.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/release.h"

#include "base/error.h"
#include "base/list.h"

#define VERSION_COLUMNS                                                        \
    "name, package, file, text, hook, hash, base, audience, version,"          \
    " base_version, live, deployed, deployed_by, id, planned"

static const char SQL_VERSION[] =
    "SELECT " VERSION_COLUMNS " FROM definition"
    " WHERE kind = 'form' AND name = $1 AND version = $2";

static const char SQL_LIVE_VERSION[] =
    "SELECT " VERSION_COLUMNS " FROM definition"
    " WHERE kind = 'form' AND name = $1 AND live = 1 AND audience IS NULL"
    " ORDER BY version DESC LIMIT 1";

static const char SQL_VERSIONS[] =
    "SELECT " VERSION_COLUMNS " FROM definition"
    " WHERE kind = 'form' AND name = $1 ORDER BY version DESC";

static const char SQL_ERAS[] =
    "SELECT version, audience, since, until, begun_by, ended_by FROM era"
    " WHERE name = $1 ORDER BY since, id";

static const char SQL_BEGIN_ERA[] =
    "INSERT INTO era (id, definition, name, version, audience, since, begun_by)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

static const char SQL_END_ERA[] =
    "UPDATE era SET until = $2, ended_by = $3"
    " WHERE name = $1 AND version = $4 AND until IS NULL";

static const char SQL_END_ERAS[] = "UPDATE era SET until = $2, ended_by = $3"
                                   " WHERE name = $1 AND until IS NULL";

static const char SQL_RETIRE_ALL[] =
    "UPDATE definition SET live = 0"
    " WHERE kind = $1 AND name = $2 AND live = 1";

static const char SQL_SET[] =
    "UPDATE definition SET live = $2, audience = $3, planned = $4"
    " WHERE id = $1";

static const char SQL_DUE[] =
    "SELECT kind, name, version, audience FROM definition"
    " WHERE id = $1 AND planned = $2";

static const char *const state_names[] = {
    [WF_RETIRED] = "retired",
    [WF_LIVE] = "live",
    [WF_PILOT] = "pilot",
    [WF_PLANNED] = "planned",
};

const char *wf_release_state_name(enum wf_release_state state)
{
    return state_names[state];
}

/* --- Versions */

static void read_info(struct wf_stmt *q, struct wf_arena *arena,
                      struct wf_version_info *out)
{
    out->id = wf_stmt_str(q, 0, arena);
    out->package = wf_stmt_str(q, 1, arena);
    out->file = wf_stmt_str(q, 2, arena);
    out->text = wf_stmt_str(q, 3, arena);
    out->hook = wf_stmt_str(q, 4, arena);
    out->hash = wf_stmt_str(q, 5, arena);
    out->base = wf_stmt_str(q, 6, arena);
    out->audience = wf_stmt_str(q, 7, arena);
    out->version = (int)wf_stmt_int(q, 8);
    out->base_version = (int)wf_stmt_int(q, 9);
    out->live = wf_stmt_int(q, 10);
    out->deployed = wf_stmt_int(q, 11);
    out->deployed_by = wf_stmt_int(q, 12);
    out->row = wf_stmt_int(q, 13);
    out->planned = wf_stmt_int(q, 14);
    out->state = out->planned ? WF_PLANNED : WF_RETIRED;
    if (out->live)
        out->state = out->audience ? WF_PILOT : WF_LIVE;
}

bool wf_version_load(struct wf_db *db, struct wf_arena *arena, const char *form,
                     int version, struct wf_version_info *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, version ? SQL_VERSION : SQL_LIVE_VERSION, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    if (version)
        wf_stmt_bind_int(&q, 2, version);
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        read_info(&q, arena, out);
        return true;
    case WF_FETCH_DONE:
        return version
                   ? wf_fail(err, WEFT_E_NOTFOUND,
                             "there is no version %d of \"%s\"", version, form)
                   : wf_fail(err, WEFT_E_NOTFOUND,
                             "nothing called \"%s\" is deployed", form);
    default:
        return false;
    }
}

bool wf_versions_load(struct wf_db *db, struct wf_arena *arena,
                      const char *form, struct wf_version_rows *out,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    WF_LIST(struct wf_version_info) rows = { 0 };
    enum wf_fetch fetched;

    if (!wf_stmt_begin(db, SQL_VERSIONS, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        read_info(&q, arena, WF_PUSH(arena, &rows));
    out->at = rows.at;
    out->n = rows.n;
    return fetched == WF_FETCH_DONE;
}

/* --- Eras */

bool wf_eras_load(struct wf_db *db, struct wf_arena *arena, const char *form,
                  struct wf_eras *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    *out = (struct wf_eras){ NULL, 0, 0 };
    if (!wf_stmt_begin(db, SQL_ERAS, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(arena, out) = (struct wf_era){
            .version = (int)wf_stmt_int(&q, 0),
            .audience = wf_stmt_str(&q, 1, arena),
            .since = wf_stmt_int(&q, 2),
            .until = wf_stmt_int(&q, 3),
            .begun_by = wf_stmt_int(&q, 4),
            .ended_by = wf_stmt_int(&q, 5),
        };
    return fetched == WF_FETCH_DONE;
}

/* One that was rolled back from is not gone back to: it is a later one. */
int wf_eras_before(const struct wf_eras *eras)
{
    int present = 0;

    for (size_t i = eras->n; i > 0; i--) {
        const struct wf_era *era = &eras->at[i - 1];

        if (era->audience)
            continue;
        if (!present)
            present = era->version;
        else if (era->version < present)
            return era->version;
    }
    return 0;
}

static bool begin_era(struct wf_db *db, const struct wf_release *release,
                      wf_id row, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_BEGIN_ERA, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, wf_id_next(release->ids));
    wf_stmt_bind_id(&q, 2, row);
    wf_stmt_bind_text(&q, 3, release->form);
    wf_stmt_bind_int(&q, 4, release->version);
    wf_stmt_bind_text(&q, 5, release->audience);
    wf_stmt_bind_int(&q, 6, release->now);
    wf_stmt_bind_id(&q, 7, release->by);
    return wf_stmt_run(&q, err);
}

/* That of one version, or of all. */
static bool end_eras(struct wf_db *db, const struct wf_release *release,
                     bool all, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, all ? SQL_END_ERAS : SQL_END_ERA, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, release->form);
    wf_stmt_bind_int(&q, 2, release->now);
    wf_stmt_bind_id(&q, 3, release->by);
    if (!all)
        wf_stmt_bind_int(&q, 4, release->version);
    return wf_stmt_run(&q, err);
}

/* --- Changing what is live */

struct setting {
    bool live;
    const char *audience;
    int64_t planned;
};

static bool set(struct wf_db *db, wf_id row, const struct setting *to,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_SET, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, row);
    wf_stmt_bind_int(&q, 2, to->live);
    wf_stmt_bind_text(&q, 3, to->audience);
    wf_stmt_bind_id(&q, 4, to->planned);
    return wf_stmt_run(&q, err);
}

static bool retire_all(struct wf_db *db, const char *kind, const char *name,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_RETIRE_ALL, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, kind);
    wf_stmt_bind_text(&q, 2, name);
    return wf_stmt_run(&q, err);
}

/* The version, which may be changed if it is not the one that everyone has. */
static bool load_free(struct wf_db *db, struct wf_arena *arena,
                      const struct wf_release *release,
                      struct wf_version_info *out, weft_error *err)
{
    if (!wf_version_load(db, arena, release->form, release->version, out, err))
        return false;
    return out->state != WF_LIVE
           || wf_fail(err, WEFT_E_CONFLICT,
                      "Version %d of \"%s\" is the one for everyone. Release "
                      "another one for everyone, or roll back.",
                      release->version, release->form);
}

bool wf_release(struct wf_db *db, const struct wf_release *release,
                weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct setting to = { true, release->audience, 0 };
    struct wf_version_info info;

    if (release->audience)
        return load_free(db, arena, release, &info, err)
               && end_eras(db, release, false, err)
               && set(db, info.row, &to, err)
               && begin_era(db, release, info.row, err);
    if (!wf_version_load(db, arena, release->form, release->version, &info,
                         err))
        return false;
    if (info.state == WF_LIVE)
        return true;
    return retire_all(db, "form", release->form, err)
           && end_eras(db, release, true, err) && set(db, info.row, &to, err)
           && begin_era(db, release, info.row, err);
}

bool wf_release_end(struct wf_db *db, const struct wf_release *release,
                    weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct setting to = { false, NULL, 0 };
    struct wf_version_info info;

    if (!load_free(db, arena, release, &info, err))
        return false;
    if (info.state == WF_RETIRED)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Version %d of \"%s\" is neither a pilot nor planned.",
                       release->version, release->form);
    to.audience = info.audience; /* whose it was stays to be read */
    return end_eras(db, release, false, err) && set(db, info.row, &to, err);
}

bool wf_release_plan(struct wf_db *db, wf_id row, const char *audience,
                     int64_t at, weft_error *err)
{
    const struct setting to = { false, audience, at };

    return set(db, row, &to, err);
}

bool wf_release_row(struct wf_db *db, wf_id row, const char *kind,
                    const char *name, weft_error *err)
{
    static const struct setting live = { true, NULL, 0 };

    return retire_all(db, kind, name, err) && set(db, row, &live, err);
}

/* What waits in this row for `at`; kind NULL: nothing. */
struct waiting {
    const char *kind, *name, *audience;
    int version;
};

static bool load_waiting(struct wf_db *db, struct wf_arena *arena, wf_id row,
                         int64_t at, struct waiting *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    *out = (struct waiting){ NULL, NULL, NULL, 0 };
    if (!wf_stmt_begin(db, SQL_DUE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, row);
    wf_stmt_bind_int(&q, 2, at);
    fetched = wf_stmt_step(&q, err);
    if (fetched == WF_FETCH_ROW) {
        out->kind = wf_stmt_str(&q, 0, arena);
        out->name = wf_stmt_str(&q, 1, arena);
        out->version = (int)wf_stmt_int(&q, 2);
        out->audience = wf_stmt_str(&q, 3, arena);
    }
    return fetched != WF_FETCH_ERROR;
}

bool wf_release_due(struct wf_db *db, wf_id row, int64_t at,
                    const struct wf_release *release, bool *done,
                    weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_release one = *release;
    struct waiting waiting;

    if (!load_waiting(db, arena, row, at, &waiting, err))
        return false;
    *done = waiting.kind;
    if (!waiting.kind)
        return true;
    if (!wf_streq(waiting.kind, "form"))
        return wf_release_row(db, row, waiting.kind, waiting.name, err);
    one.form = waiting.name;
    one.version = waiting.version;
    one.audience = waiting.audience;
    return wf_release(db, &one, err);
}
