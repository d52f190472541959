/* store/generation.c - how a process hears that another changed what it
 * caches: numbers that grow, read in the transaction that relies on them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"

static const char SQL_GET[] = "SELECT n FROM generation WHERE what = $1";
static const char SQL_BUMP[] =
    "INSERT INTO generation (what, n) VALUES ($1, 1)"
    " ON CONFLICT (what) DO UPDATE SET n = generation.n + 1";

bool wf_generation_get(struct wf_db *db, const char *what, int64_t *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(db, SQL_GET, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, what);
    step = wf_stmt_step(&q, err);
    if (step == WF_FETCH_ERROR)
        return false;
    *out = step == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : 0;
    return true;
}

bool wf_generation_bump(struct wf_db *db, const char *what, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_BUMP, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, what);
    return wf_stmt_run(&q, err);
}
