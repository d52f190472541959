/* flow/errand.c - the table of errands.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/errand.h"

#include "base/error.h"
#include "base/list.h"
#include "store/ahead.h"

static const char SQL_ADD[] =
    "INSERT INTO errand (document, parent, step, round, party, state)"
    " VALUES ($1, $2, $3, $4, $5, 'open')";
static const char SQL_SET[] =
    "UPDATE errand SET state = $2 WHERE document = $1";
static const char SQL_FIND[] =
    "SELECT document, parent, step, round, party, state FROM errand"
    " WHERE document = $1";
static const char SQL_ROUND[] = "SELECT coalesce(MAX(round), 0) FROM errand"
                                " WHERE parent = $1 AND step = $2";
static const char SQL_LIST[] =
    "SELECT document, parent, step, round, party, state FROM errand"
    " WHERE parent = $1 AND step = $2 AND round = $3 ORDER BY document";
static const char SQL_COUNT[] =
    "SELECT count(*),"
    " coalesce(SUM(CASE WHEN e.state = 'open' THEN 1 ELSE 0 END), 0),"
    " coalesce(SUM(CASE WHEN d.state = 'done' THEN 1 ELSE 0 END), 0)"
    " FROM errand e LEFT JOIN document d ON d.id = e.document"
    " WHERE e.parent = $1 AND e.step = $2 AND e.round = $3";

static const char SQL_DEPTH[] =
    "WITH RECURSIVE up (id, far) AS (SELECT CAST($1 AS BIGINT), 0"
    " UNION ALL SELECT e.parent, up.far + 1 FROM up"
    " JOIN errand e ON e.document = up.id AND e.state = 'open'"
    " WHERE up.far < $2) SELECT MAX(far) FROM up";

/* The time of a collect ends in one moment for all whom it asks. */
static const char SQL_DUE[] =
    "SELECT t.due FROM errand e JOIN timer t ON t.document = e.parent"
    " AND t.step = e.step AND t.kind = 'collect'"
    " WHERE e.document = $1 AND e.state = 'open'";

static const char SQL_VEILED[] =
    "SELECT d.id, d.form FROM errand e JOIN veil v ON v.document = e.document"
    " JOIN document d ON d.id = e.document"
    " WHERE e.parent = $1 AND v.shown = 0 ORDER BY d.id";

static const char *const state_names[] = {
    [WF_ERRAND_OPEN] = "open",
    [WF_ERRAND_IN] = "in",
    [WF_ERRAND_DROPPED] = "dropped",
};

static enum wf_errand_state state_of(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(state_names); i++)
        if (wf_streq(state_names[i], name))
            return (enum wf_errand_state)i;
    return WF_ERRAND_DROPPED;
}

bool wf_errand_add(struct wf_flow *flow, const struct wf_errand *errand,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, errand->document);
    wf_stmt_bind_id(&q, 2, errand->parent);
    wf_stmt_bind_text(&q, 3, errand->step);
    wf_stmt_bind_int(&q, 4, errand->round);
    wf_stmt_bind_text(&q, 5, errand->party);
    return wf_stmt_run(&q, err);
}

bool wf_errand_set(struct wf_flow *flow, wf_id document,
                   enum wf_errand_state state, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_SET, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    wf_stmt_bind_text(&q, 2, state_names[state]);
    return wf_stmt_run(&q, err);
}

static struct wf_errand read_row(struct wf_stmt *q, struct wf_arena *arena)
{
    return (struct wf_errand){ .document = wf_stmt_int(q, 0),
                               .parent = wf_stmt_int(q, 1),
                               .step = wf_stmt_str(q, 2, arena),
                               .round = wf_stmt_int(q, 3),
                               .party = wf_stmt_str(q, 4, arena),
                               .state = state_of(wf_stmt_text(q, 5)) };
}

bool wf_errand_find(struct wf_flow *flow, wf_id document, struct wf_errand *out,
                    bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(flow->call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    fetch = wf_stmt_step(&q, err);
    *found = fetch == WF_FETCH_ROW;
    if (*found)
        *out = read_row(&q, flow->call->arena);
    return fetch != WF_FETCH_ERROR;
}

bool wf_errand_ahead(struct wf_flow *flow, wf_id document, weft_error *err)
{
    return wf_ask_ahead(flow->call->db, SQL_FIND, document, err);
}

bool wf_errand_due(struct wf_flow *flow, wf_id document, int64_t *out,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    *out = 0;
    if (!wf_stmt_begin(flow->call->db, SQL_DUE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    fetch = wf_stmt_step(&q, err);
    if (fetch == WF_FETCH_ROW)
        *out = wf_stmt_int(&q, 0);
    return fetch != WF_FETCH_ERROR;
}

bool wf_errand_round(struct wf_flow *flow, wf_id parent, const char *step,
                     int64_t *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_ROUND, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, parent);
    wf_stmt_bind_text(&q, 2, step);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    *out = wf_stmt_int(&q, 0);
    return true;
}

bool wf_errand_depth(struct wf_flow *flow, wf_id document, int64_t most,
                     int64_t *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_DEPTH, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    wf_stmt_bind_int(&q, 2, most);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    *out = wf_stmt_int(&q, 0);
    return true;
}

bool wf_errands_load(struct wf_flow *flow, wf_id parent, const char *step,
                     int64_t round, struct wf_errands *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = flow->call->arena;
    enum wf_fetch fetch;

    *out = (struct wf_errands){ NULL, 0, 0 };
    if (!wf_stmt_begin(flow->call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, parent);
    wf_stmt_bind_text(&q, 2, step);
    wf_stmt_bind_int(&q, 3, round);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(arena, out) = read_row(&q, arena);
    return fetch == WF_FETCH_DONE;
}

bool wf_errands_count(struct wf_flow *flow, const struct wf_errand *like,
                      struct wf_errand_count *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_COUNT, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, like->parent);
    wf_stmt_bind_text(&q, 2, like->step);
    wf_stmt_bind_int(&q, 3, like->round);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    out->all = wf_stmt_int(&q, 0);
    out->open = wf_stmt_int(&q, 1);
    out->done = wf_stmt_int(&q, 2);
    return true;
}

bool wf_errands_veiled(struct wf_flow *flow, wf_id parent,
                       struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(flow->call->db, SQL_VEILED, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, parent);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        wf_jw_open(out, '{');
        wf_jw_key(out, "id");
        wf_jw_id(out, wf_stmt_int(&q, 0));
        wf_jw_key_text(out, "form", wf_stmt_text(&q, 1));
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return fetch == WF_FETCH_DONE;
}
