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

/* The parameters as one text, to be freed; NULL: one is a blob. */
static char *parameters_of(const struct wf_pg_stmt *stmt)
{
    size_t size = stmt->bytes.n + (size_t)stmt->n_params * 24 + 1, at = 0;
    char *text = wf_heap_new(size);

    for (int i = 0; i < stmt->n_params; i++) {
        const struct wf_pg_param *p = &stmt->params[i];

        if (p->is_blob) {
            free(text);
            return NULL;
        }
        at += (size_t)snprintf(text + at, size - at, "%d:%zu:", p->is_set,
                               p->len);
        if (p->len > 0)
            memcpy(text + at, stmt->bytes.at + p->at, p->len);
        at += p->len;
    }
    return text;
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
    bool has_place = !stmt->asked && pg->n_asked < WF_PG_ASKED;
    char *asked = has_place ? parameters_of(stmt) : NULL;

    if (!asked) { /* then it is asked when it is wanted */
        db->n_statements--;
        return true;
    }
    if (!wf_pg_send(db, stmt, err)) {
        free(asked);
        return false;
    }
    stmt->asked = asked;
    pg->asked[pg->n_asked++] = stmt;
    return true;
}

bool wf_pg_ahead_take(struct wf_pg *pg, struct wf_pg_stmt *stmt)
{
    char *wanted;
    bool same;

    if (!stmt->asked)
        return false;
    wanted = parameters_of(stmt);
    same = wanted && strcmp(stmt->asked, wanted) == 0;
    free(wanted);
    wf_pg_ahead_leave(pg, stmt);
    return same;
}
