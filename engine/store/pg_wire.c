/* store/pg_wire.c - what goes over a connection to PostgreSQL: statements out,
 * results in, in the same order.
 *
 * Most of the time of a command would be spent on waiting for the other side.
 * So what is run for its effect alone is sent without waiting, and its result
 * taken when the next one is wanted that tells something. After a failure the
 * server skips all that was sent, up to a sync.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"

enum {
    LOOK_MS = 200, /* between two looks whether the store closes */
    PATIENCE_MS = 30 * 60 * 1000, /* the server's own limits are shorter */
    NAME_MAX_LEN = 16
};

/* --- The ring of what was sent. */

static struct wf_pg_sent *sent_at(struct wf_pg *pg, size_t i)
{
    return &pg->sent.at[(pg->sent.first + i) % pg->sent.cap];
}

static void grow(struct wf_pg *pg)
{
    size_t cap = pg->sent.cap ? 2 * pg->sent.cap : 64;
    struct wf_pg_sent *at = wf_heap_new(cap * sizeof *at);

    for (size_t i = 0; i < pg->sent.n; i++)
        at[i] = *sent_at(pg, i);
    free(pg->sent.at);
    pg->sent.at = at;
    pg->sent.first = 0;
    pg->sent.cap = cap;
}

static void push(struct wf_pg *pg, enum wf_pg_kind kind,
                 struct wf_pg_stmt *stmt)
{
    if (pg->sent.n == pg->sent.cap)
        grow(pg);
    *sent_at(pg, pg->sent.n++) = (struct wf_pg_sent){ kind, false, stmt };
}

static struct wf_pg_sent pop(struct wf_pg *pg)
{
    struct wf_pg_sent oldest = *sent_at(pg, 0);

    pg->sent.first = (pg->sent.first + 1) % pg->sent.cap;
    pg->sent.n--;
    return oldest;
}

void wf_pg_leave(struct wf_pg *pg, const struct wf_pg_stmt *stmt)
{
    for (size_t i = 0; i < pg->sent.n; i++) {
        if (sent_at(pg, i)->stmt == stmt)
            sent_at(pg, i)->stmt = NULL;
    }
}

void wf_pg_forgive(struct wf_pg *pg)
{
    for (size_t i = 0; i < pg->sent.n; i++)
        sent_at(pg, i)->forgiven = true;
}

/* --- Out. */

static bool is_synced(struct wf_pg *pg)
{
    return pg->sent.n == 0 || sent_at(pg, pg->sent.n - 1)->kind == WF_PG_SYNC;
}

/* What cannot be sent shows when the results are waited for. */
void wf_pg_sync(struct wf_db *db)
{
    struct wf_pg *pg = db->raw;

    if (!is_synced(pg) && PQpipelineSync(pg->conn))
        push(pg, WF_PG_SYNC, NULL);
}

static const char *name_of(unsigned name, char text[NAME_MAX_LEN])
{
    snprintf(text, NAME_MAX_LEN, "s%u", name);
    return text;
}

void wf_pg_drop(struct wf_pg *pg, unsigned name)
{
    if (pg->dropped.n == pg->dropped.cap) {
        pg->dropped.cap = pg->dropped.cap ? 2 * pg->dropped.cap : 16;
        pg->dropped.at =
            realloc(pg->dropped.at, pg->dropped.cap * sizeof *pg->dropped.at);
        if (!pg->dropped.at)
            wf_oom();
    }
    pg->dropped.at[pg->dropped.n++] = name;
}

/* Between two transactions, where it cannot fail with one. */
static void send_drops(struct wf_db *db)
{
    struct wf_pg *pg = db->raw;
    char sql[32];

    for (size_t i = 0; i < pg->dropped.n; i++) {
        snprintf(sql, sizeof sql, "DEALLOCATE s%u", pg->dropped.at[i]);
        if (PQsendQueryParams(pg->conn, sql, 0, NULL, NULL, NULL, NULL, 0))
            push(pg, WF_PG_RUN, NULL);
    }
    if (pg->dropped.n > 0)
        wf_pg_sync(db);
    wf_pg_forgive(pg);
    pg->dropped.n = 0;
}

static bool send_prepare(struct wf_db *db, struct wf_pg_stmt *stmt)
{
    struct wf_pg *pg = db->raw;
    Oid *types = wf_heap_new(((size_t)stmt->n_params + 1) * sizeof *types);
    char name[NAME_MAX_LEN];
    bool sent;

    stmt->name = ++pg->n_named;
    wf_pg_param_types(stmt->sql, stmt->n_params, types);
    sent = PQsendPrepare(pg->conn, name_of(stmt->name, name), stmt->sql,
                         stmt->n_params, types);
    free(types);
    if (!sent)
        return false;
    push(pg, WF_PG_PREPARE, stmt);
    stmt->is_prepared = true;
    return true;
}

static bool send_run(struct wf_db *db, struct wf_pg_stmt *stmt)
{
    struct wf_pg *pg = db->raw;
    size_t n = (size_t)stmt->n_params;
    const char **values = wf_heap_new((n + 1) * sizeof *values);
    int *lengths = wf_heap_new((n + 1) * 2 * sizeof *lengths);
    int *formats = lengths + n + 1;
    char name[NAME_MAX_LEN];
    bool sent;

    for (size_t i = 0; i < n; i++) {
        const struct wf_pg_param *p = &stmt->params[i];

        values[i] = p->is_set ? stmt->bytes.at + p->at : NULL;
        lengths[i] = (int)p->len;
        formats[i] = p->is_blob;
    }
    sent = PQsendQueryPrepared(pg->conn, name_of(stmt->name, name),
                               stmt->n_params, values, lengths, formats, 0);
    free(values);
    free(lengths);
    if (!sent)
        return false;
    push(pg, WF_PG_RUN, stmt);
    stmt->n_waiting++;
    return true;
}

bool wf_pg_send(struct wf_db *db, struct wf_pg_stmt *stmt, weft_error *err)
{
    struct wf_pg *pg = db->raw;

    if (db->broken)
        return wf_pg_lose(db, err);
    if (!db->in_transaction && pg->dropped.n > 0)
        send_drops(db);
    if (*stmt->writes)
        wf_pg_ahead_forget(pg, stmt->writes);
    else if (stmt->is_rescue || stmt->is_begin || stmt->is_commit)
        wf_pg_ahead_forget(pg, NULL);
    if (stmt->is_rescue) {
        wf_pg_sync(db);
        wf_pg_forgive(pg);
    } else if (db->in_transaction && wf_pg_held_long(db)
               && !wf_pg_pass(db, err)) {
        return false;
    }
    if (stmt->is_commit)
        pg->committing = true;
    return ((stmt->is_prepared || send_prepare(db, stmt)) && send_run(db, stmt))
           || wf_pg_lose(db, err);
}

/* --- In. */

/* Asks the server to break off what it does. */
static void cancel(struct wf_pg *pg)
{
    PGcancel *handle = PQgetCancel(pg->conn);
    char problem[256];

    if (handle)
        PQcancel(handle, problem, sizeof problem);
    PQfreeCancel(handle);
}

static bool is_over(const struct wf_db *db, int64_t now)
{
    return (db->deadline && now >= db->deadline)
           || (db->is_reader && atomic_load(&db->store->closing));
}

/* Until a result can be taken; false if there will be none. */
static bool wait_for_result(struct wf_db *db)
{
    struct wf_pg *pg = db->raw;
    struct pollfd fd = { PQsocket(pg->conn), POLLIN, 0 };
    int64_t until = wf_monotonic_ms() + PATIENCE_MS;
    bool cancelled = false;

    while (PQisBusy(pg->conn)) {
        int64_t now = wf_monotonic_ms();
        int64_t slice = LOOK_MS;

        if (now >= until)
            return false;
        if (!cancelled && is_over(db, now)) {
            cancel(pg);
            cancelled = true;
        }
        if (!cancelled && db->deadline && db->deadline - now < slice)
            slice = db->deadline - now;
        poll(&fd, 1, (int)slice);
        if (!PQconsumeInput(pg->conn))
            return false;
    }
    return true;
}

/* The next result; NULL at the end of those of one statement, or, if `db` is
 * broken then, because there will be no more. */
static PGresult *next_result(struct wf_db *db)
{
    struct wf_pg *pg = db->raw;
    PGresult *result = NULL;

    if (!db->broken && wait_for_result(db))
        result = PQgetResult(pg->conn);
    else
        db->broken = true;
    if (PQstatus(pg->conn) != CONNECTION_OK)
        db->broken = true;
    return result;
}

static void keep_rows(struct wf_pg_stmt *stmt, PGresult *result)
{
    const char *n = PQcmdTuples(result);

    stmt->changed = strtoll(n, NULL, 10);
    if (strncmp(PQcmdStatus(result), "SELECT", 6) != 0)
        stmt->db->n_rows += stmt->changed;
    if (PQresultStatus(result) == PGRES_TUPLES_OK) {
        PQclear(stmt->rows);
        stmt->rows = result;
        stmt->row = -1;
        stmt->n_rows = PQntuples(result);
    } else {
        PQclear(result);
    }
}

/* A COMMIT after a failure rolls back, and says so. */
static bool is_well(const struct wf_pg_sent *sent, PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
        return !sent->stmt || !sent->stmt->is_commit
               || strcmp(PQcmdStatus(result), "ROLLBACK") != 0;
    case PGRES_TUPLES_OK:
        return true;
    default:
        return false;
    }
}

/* Takes one result of `sent`, which it owns. False with `err` if it is the
 * first failure. */
static bool use(struct wf_db *db, const struct wf_pg_sent *sent,
                PGresult *result, weft_error *err)
{
    struct wf_pg_stmt *stmt = sent->stmt;
    bool well = is_well(sent, result);

    if (well && stmt && sent->kind == WF_PG_RUN) {
        keep_rows(stmt, result);
        return true;
    }
    if (!well && stmt && sent->kind == WF_PG_PREPARE)
        stmt->is_prepared = false;
    if (!well && !sent->forgiven && err->code == WEFT_OK
        && PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
        stmt && stmt->is_flush ? wf_pg_lose(db, err)
                               : wf_pg_fail(db, result, err);
    PQclear(result);
    return well;
}

/* False once the connection is gone. */
static bool take(struct wf_db *db, const struct wf_pg_sent *sent,
                 weft_error *err)
{
    PGresult *result;

    if (sent->kind == WF_PG_SYNC) {
        PQclear(next_result(db));
        return !db->broken;
    }
    if (sent->kind == WF_PG_RUN && sent->stmt)
        sent->stmt->n_waiting--;
    while ((result = next_result(db)) != NULL)
        use(db, sent, result, err);
    return !db->broken;
}

/* Nothing more will come. */
static bool abandon(struct wf_db *db, weft_error *err)
{
    struct wf_pg *pg = db->raw;

    while (pg->sent.n > 0) {
        struct wf_pg_sent sent = pop(pg);

        if (sent.kind == WF_PG_RUN && sent.stmt)
            sent.stmt->n_waiting--;
    }
    err->code = WEFT_OK; /* this explains more */
    return wf_pg_lose(db, err);
}

bool wf_pg_collect(struct wf_db *db, weft_error *err)
{
    struct wf_pg *pg = db->raw;
    weft_error first = WEFT_ERROR_INIT;

    if (pg->sent.n == 0)
        return !db->broken || wf_pg_lose(db, err);
    memcpy(first.lang, err->lang, sizeof first.lang);
    wf_pg_sync(db);
    db->n_trips++;
    while (pg->sent.n > 0) {
        struct wf_pg_sent sent = pop(pg);

        if (!take(db, &sent, &first)) {
            abandon(db, &first);
            break;
        }
    }
    pg->committing = false;
    wf_pg_baton_comes(db);
    return first.code == WEFT_OK || wf_fail_as(err, &first);
}

bool wf_pg_plain(struct wf_db *db, const char *sql, PGresult **out,
                 weft_error *err)
{
    struct wf_pg *pg = db->raw;
    PGresult *result;
    bool ran;

    if (!wf_pg_collect(db, err))
        return false;
    if (!PQexitPipelineMode(pg->conn))
        return wf_pg_lose(db, err);
    result = PQexec(pg->conn, sql);
    ran = PQresultStatus(result) == PGRES_COMMAND_OK
          || PQresultStatus(result) == PGRES_TUPLES_OK
          || wf_pg_fail(db, result, err);
    if (ran && !PQenterPipelineMode(pg->conn))
        ran = wf_pg_lose(db, err);
    else if (!ran)
        PQenterPipelineMode(pg->conn);
    if (ran && out)
        *out = result;
    else
        PQclear(result);
    return ran;
}
