/* store/generation.c - how a process hears that another changed what it
 * caches: numbers that grow, read in the transaction that relies on them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/ahead.h"
#include "store/driver.h"

#include "base/str.h"
#include "store/notify.h"

/* What every question asks for. */
static const char *const usual[] = { "definition", "organisation" };
/* The table has a handful of rows: reading all is less than finding two. */
static const char SQL_ALL[] = "SELECT what, n FROM generation";
static const char SQL_GET[] = "SELECT n FROM generation WHERE what = $1";
static const char SQL_BUMP[] =
    "INSERT INTO generation (what, n) VALUES ($1, 1)"
    " ON CONFLICT (what) DO UPDATE SET n = generation.n + 1";

/* The place of `what` among the usual ones, or their number. */
static size_t place_of(const char *what)
{
    size_t i = 0;

    while (i < WF_COUNT(usual) && !wf_streq(usual[i], what))
        i++;
    return i;
}

static const struct wf_memo_key usual_key = { .sql = SQL_ALL };

static bool read_usual(struct wf_db *db, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_footing *footing = &db->footing;
    enum wf_fetch step;

    if (wf_memo_find(db, &usual_key, footing->generations,
                     sizeof footing->generations))
        return footing->knows = true;
    if (!wf_stmt_begin(db, SQL_ALL, &q, err))
        return false;
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        size_t place = place_of(wf_stmt_text(&q, 0));

        if (place < WF_COUNT(usual))
            footing->generations[place] = wf_stmt_int(&q, 1);
    }
    footing->knows = step == WF_FETCH_DONE;
    if (footing->knows)
        wf_memo_keep(db, &usual_key, footing->generations,
                     sizeof footing->generations);
    return footing->knows;
}

/* A snapshot does not change: read once, it is known to its end. */
static bool get_usual(struct wf_db *db, size_t place, int64_t *out,
                      weft_error *err)
{
    if (!db->footing.knows && !read_usual(db, err))
        return false;
    *out = db->footing.generations[place];
    return true;
}

bool wf_generation_get(struct wf_db *db, const char *what, int64_t *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    size_t place = place_of(what);
    enum wf_fetch step;

    if (db->is_reader && place < WF_COUNT(usual))
        return get_usual(db, place, out, err);
    if (!wf_stmt_begin(db, SQL_GET, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, what);
    step = wf_stmt_step(&q, err);
    if (step == WF_FETCH_ERROR)
        return false;
    *out = step == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : 0;
    return true;
}

bool wf_generation_ahead(struct wf_db *db, const char *what, weft_error *err)
{
    struct wf_stmt q = WF_STMT_INIT;

    if (!wf_db_asks_ahead(db))
        return true;
    if (!wf_stmt_begin(db, SQL_GET, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, what);
    return wf_stmt_ahead(&q, err);
}

bool wf_generation_bump(struct wf_db *db, const char *what, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    size_t place = place_of(what);

    if (!wf_stmt_begin(db, SQL_BUMP, &q, err))
        return false;
    if (place < WF_COUNT(usual))
        db->footing.moved[place] = true;
    wf_stmt_bind_text(&q, 1, what);
    wf_notify(db, what, "");
    return wf_stmt_run(&q, err);
}

bool wf_generation_moved(const struct wf_db *db, const char *what)
{
    size_t place = place_of(what);

    return place < WF_COUNT(usual) && db->footing.moved[place];
}

bool wf_generation_tell(struct wf_db *db, weft_error *err)
{
    return !(db->footing.changes & WF_GROUND_ORGANISATION)
           || wf_generation_bump(db, "organisation", err);
}
