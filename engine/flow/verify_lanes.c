/* flow/verify_lanes.c - what must be true of documents in lanes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/doc_lane.h"
#include "flow/parallel.h"
#include "flow/verify.h"

static const char SQL_COUNTS[] =
    "SELECT (SELECT count(*) FROM seat WHERE document = $1 AND step = $2"
    " AND state = 'open' AND coalesce(level, '') = coalesce($3, '')),"
    " (SELECT count(*) FROM timer WHERE document = $1 AND step = $2)";

static const char SQL_STRAY[] =
    "SELECT l.document FROM document_lane l"
    " LEFT JOIN document d ON d.id = l.document"
    " LEFT JOIN document_lane o ON o.document = l.document"
    " AND o.step = l.parallel AND o.state = 'open'"
    " WHERE l.state = 'open' AND (d.id IS NULL OR d.state <> 'open'"
    " OR (d.step <> l.parallel AND o.step IS NULL))"
    " ORDER BY l.document LIMIT $1";

static bool count(struct wf_call *call, const struct wf_doc *doc,
                  int64_t *n_open, int64_t *n_timers, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_COUNTS, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_text(&q, 2, doc->step->id);
    wf_stmt_bind_text(&q, 3, doc->level);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    *n_open = wf_stmt_int(&q, 0);
    *n_timers = wf_stmt_int(&q, 1);
    return true;
}

/* Whoever waits for a join waits for a lane that is open, and for no join that
 * is there already. */
static void check_join(struct wf_call *call, const struct wf_doc *doc,
                       const struct wf_step *parallel)
{
    bool open = false;

    for (const struct wf_lane *def = parallel->lanes; def; def = def->next) {
        const struct wf_doc_lane *lane = wf_lane_find(doc, def);

        if (!lane || lane->state != WF_LANE_OPEN)
            continue;
        open = true;
        if (wf_lane_spot(doc, lane).step->kind == WF_STEP_PARALLEL)
            check_join(call, doc, wf_lane_spot(doc, lane).step);
    }
    if (!open)
        wf_verify_report(call, doc->id, "no-lane",
                         "it is in a parallel, but in none of its lanes.");
    if (wf_parallel_joined(doc, parallel) >= wf_step_joins(parallel))
        wf_verify_report(call, doc->id, "joined",
                         "enough of its lanes have joined, but it has not gone "
                         "on.");
}

bool wf_verify_lanes_of(struct wf_call *call, struct wf_doc *doc,
                        weft_error *err)
{
    struct wf_doc_lane *lane = NULL;

    if (doc->state != WF_OPEN || doc->step->kind != WF_STEP_PARALLEL)
        return true;
    check_join(call, doc, doc->step);
    while ((lane = wf_lane_next(doc, lane))) {
        int64_t n_open = 0, n_timers = 0;

        wf_lane_look(doc, lane);
        if (!count(call, doc, &n_open, &n_timers, err)
            || !wf_verify_place(call, doc, n_open, n_timers, err))
            return false;
    }
    wf_lane_look(doc, NULL);
    return true;
}

bool wf_verify_lanes(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_STRAY, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, WF_DIAGS_MAX);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_verify_report(call, wf_stmt_int(&q, 0), "stray-lane",
                         "a lane is open of a parallel that it is not in.");
    return got == WF_FETCH_DONE;
}
