/* doc/running.c - documents that are open, by the version they run on.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/running.h"

#include "base/list.h"

static const char SQL_COUNT[] =
    "SELECT version, COUNT(*) FROM document WHERE form = $1 AND state = 'open'"
    " GROUP BY version ORDER BY version";

static const char SQL_PLACES[] =
    "SELECT version, step, level, COUNT(*) FROM document"
    " WHERE form = $1 AND state = 'open' GROUP BY version, step, level"
    " ORDER BY version, step, level NULLS FIRST";

static const char SQL_ABOVE[] =
    "SELECT version FROM document WHERE form = $1 AND state = 'open'"
    " AND version > $2 AND version <> $3 ORDER BY version LIMIT 1";

static const char SQL_NEXT[] =
    "SELECT id FROM document WHERE form = $1 AND version = $2"
    " AND state = 'open' AND id > $3 ORDER BY id LIMIT $4";

bool wf_running_load(struct wf_call *call, const char *form,
                     struct wf_running *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    *out = (struct wf_running){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, SQL_COUNT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct wf_running_row){ (int)wf_stmt_int(&q, 0),
                                     wf_stmt_int(&q, 1) };
    return fetched == WF_FETCH_DONE;
}

int64_t wf_running_of(const struct wf_running *running, int version)
{
    for (size_t i = 0; i < running->n; i++)
        if (running->at[i].version == version)
            return running->at[i].n;
    return 0;
}

bool wf_running_places(struct wf_call *call, const char *form,
                       struct wf_running_places *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    *out = (struct wf_running_places){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, SQL_PLACES, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = (struct wf_running_place){
            .version = (int)wf_stmt_int(&q, 0),
            .step = wf_stmt_str(&q, 1, call->arena),
            .level = wf_stmt_str(&q, 2, call->arena),
            .n = wf_stmt_int(&q, 3),
        };
    return fetched == WF_FETCH_DONE;
}

bool wf_running_above(struct wf_call *call, const char *form, int version,
                      int but, int *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    *out = 0;
    if (!wf_stmt_begin(call->db, SQL_ABOVE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    wf_stmt_bind_int(&q, 2, version);
    wf_stmt_bind_int(&q, 3, but);
    fetched = wf_stmt_step(&q, err);
    if (fetched == WF_FETCH_ROW)
        *out = (int)wf_stmt_int(&q, 0);
    return fetched != WF_FETCH_ERROR;
}

bool wf_running_next(struct wf_call *call, const struct wf_running_query *query,
                     struct wf_running_ids *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    *out = (struct wf_running_ids){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, SQL_NEXT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, query->form);
    wf_stmt_bind_int(&q, 2, query->version);
    wf_stmt_bind_int(&q, 3, query->after);
    wf_stmt_bind_int(&q, 4, query->limit);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return fetched == WF_FETCH_DONE;
}
