/* store/pg_ahead.c - questions that are asked before their answers are wanted,
 * so that the answers to several come with one wait.
 *
 * Whoever wants an answer asks as ever, and is given what has come. It is still
 * what the server would say: it was asked in the same transaction, and nothing
 * that the question names has been changed since.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The parameters as one run of `*len` bytes, to be freed. */
static char *parameters_of(const struct wf_pg_stmt *stmt, size_t *len)
{
    size_t size = stmt->bytes.n + (size_t)stmt->n_params * 24 + 1, at = 0;
    char *bytes = wf_heap_new(size);

    for (int i = 0; i < stmt->n_params; i++) {
        const struct wf_pg_param *p = &stmt->params[i];

        at += (size_t)snprintf(bytes + at, size - at, "%d:%zu:", p->is_set,
                               p->len);
        if (p->len > 0)
            memcpy(bytes + at, stmt->bytes.at + p->at, p->len);
        at += p->len;
    }
    *len = at;
    return bytes;
}

void wf_pg_ahead_leave(struct wf_pg *pg, struct wf_pg_stmt *stmt)
{
    size_t kept = 0;

    for (size_t i = 0; i < pg->n_asked; i++)
        if (pg->asked[i] != stmt)
            pg->asked[kept++] = pg->asked[i];
    pg->n_asked = kept;
    free(stmt->asked);
    stmt->asked = NULL;
}

/* Whether `sql` reads `table`, or has a column of that name in a list. */
static bool reads(const char *sql, const char *table)
{
    static const char *const before[] = { "FROM ", "JOIN ", ", " };
    size_t len = strlen(table);

    for (const char *at = sql; (at = strstr(at, table)) != NULL; at += len) {
        bool ends = !isalnum((unsigned char)at[len]) && at[len] != '_';

        for (size_t i = 0; ends && i < WF_COUNT(before); i++) {
            size_t n = strlen(before[i]);

            if ((size_t)(at - sql) >= n && !memcmp(at - n, before[i], n))
                return true;
        }
    }
    return false;
}

void wf_pg_ahead_forget(struct wf_pg *pg, const char *table)
{
    for (size_t i = pg->n_asked; i-- > 0;)
        if (!table || reads(pg->asked[i]->sql, table))
            wf_pg_ahead_leave(pg, pg->asked[i]);
}

bool wf_pg_ahead(struct wf_db *db, void *raw, weft_error *err)
{
    struct wf_pg_stmt *stmt = raw;
    struct wf_pg *pg = db->raw;

    if (stmt->asked || pg->n_asked == WF_PG_ASKED) {
        db->n_statements--; /* it is asked when it is wanted */
        return true;
    }
    if (!wf_pg_send(db, stmt, err))
        return false;
    stmt->asked = parameters_of(stmt, &stmt->asked_len);
    pg->asked[pg->n_asked++] = stmt;
    return true;
}

bool wf_pg_ahead_take(struct wf_pg *pg, struct wf_pg_stmt *stmt)
{
    size_t len;
    char *wanted;
    bool same;

    if (!stmt->asked)
        return false;
    wanted = parameters_of(stmt, &len);
    same = len == stmt->asked_len && memcmp(stmt->asked, wanted, len) == 0;
    free(wanted);
    wf_pg_ahead_leave(pg, stmt);
    return same;
}
