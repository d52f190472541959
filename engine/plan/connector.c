/* plan/connector.c - the table of how connectors go.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/connector.h"

#include "base/list.h"

#define MINUTE_MS INT64_C(60000)

enum {
    RETRY_MIN = 5, /* the first pause after a failure; each twice as long */
};

static const char SQL_FIND[] =
    "SELECT due, failures, fetched, n_rows, problem FROM connector"
    " WHERE id = $1";
static const char SQL_CLAIM[] =
    "INSERT INTO connector (id, due, failures, n_rows) VALUES ($1, $2, 0, 0)"
    " ON CONFLICT (id) DO UPDATE SET due = excluded.due"
    " WHERE connector.due <= $3 RETURNING id";
static const char SQL_WELL[] =
    "UPDATE connector SET failures = 0, fetched = $2, n_rows = $3, problem = $4"
    " WHERE id = $1";
static const char SQL_BADLY[] =
    "UPDATE connector SET failures = failures + 1, problem = $2, due = $3"
    " WHERE id = $1";

static bool find(struct wf_call *call, const char *id,
                 struct wf_connector_state *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    got = wf_stmt_step(&q, err);
    if (got != WF_FETCH_ROW)
        return got == WF_FETCH_DONE;
    out->due = wf_stmt_int(&q, 0);
    out->failures = (int)wf_stmt_int(&q, 1);
    out->fetched = wf_stmt_int(&q, 2);
    out->n_rows = wf_stmt_int(&q, 3);
    out->problem = wf_stmt_str(&q, 4, call->arena);
    return true;
}

bool wf_connectors_load(struct wf_call *call, struct wf_connector_state **out,
                        size_t *n, weft_error *err)
{
    WF_LIST(struct wf_connector_state) all = { NULL, 0, 0 };
    const struct wf_head *head;
    size_t cursor = 0;

    while ((head = wf_registry_next_of(call->registry, "connector", &cursor))) {
        struct wf_connector_state *one = WF_PUSH(call->arena, &all);

        *one = (struct wf_connector_state){
            .connector = (const struct wf_connector *)(const void *)head
        };
        if (!find(call, head->id, one, err))
            return false;
    }
    *out = all.at;
    *n = all.n;
    return true;
}

bool wf_connector_claim(struct wf_call *call,
                        const struct wf_connector *connector, bool *mine,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *mine = false;
    if (!wf_stmt_begin(call->db, SQL_CLAIM, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, connector->head.id);
    wf_stmt_bind_int(&q, 2, call->now + wf_connector_pause(connector));
    wf_stmt_bind_int(&q, 3, call->now);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *mine = true;
    return got == WF_FETCH_DONE;
}

static bool note_well(struct wf_call *call,
                      const struct wf_connector *connector,
                      const struct wf_connector_end *end, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_WELL, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, connector->head.id);
    wf_stmt_bind_int(&q, 2, call->now);
    wf_stmt_bind_int(&q, 3, end->n_rows);
    wf_stmt_bind_text(&q, 4, end->problem);
    return wf_stmt_run(&q, err);
}

bool wf_connector_note(struct wf_call *call,
                       const struct wf_connector *connector,
                       const struct wf_connector_end *end, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_connector_state was = { .failures = 0 };
    int64_t own = wf_connector_pause(connector), pause = RETRY_MIN * MINUTE_MS;

    if (!end->problem || end->partly)
        return note_well(call, connector, end, err);
    if (!find(call, connector->head.id, &was, err))
        return false;
    for (int i = 0; i < was.failures && pause < own; i++)
        pause *= 2;
    if (!wf_stmt_begin(call->db, SQL_BADLY, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, connector->head.id);
    wf_stmt_bind_text(&q, 2, end->problem);
    wf_stmt_bind_int(&q, 3, call->now + (pause < own ? pause : own));
    return wf_stmt_run(&q, err);
}
