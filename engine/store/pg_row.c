/* store/pg_row.c - the values of a row that PostgreSQL gave, all of which come
 * as text.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <stdlib.h>
#include <string.h>

static const char *value_at(const struct wf_pg_stmt *stmt, int column)
{
    return PQgetisnull(stmt->rows, stmt->row, column)
               ? NULL
               : PQgetvalue(stmt->rows, stmt->row, column);
}

void wf_pg_row_leave(struct wf_pg_stmt *stmt)
{
    for (int i = 0; stmt->blobs && i < PQnfields(stmt->rows); i++)
        PQfreemem(stmt->blobs[i]);
    free(stmt->blobs);
    stmt->blobs = NULL;
}

/* Conditions come as "t" and "f". */
int64_t wf_pg_int(void *raw, int column)
{
    const char *text = value_at(raw, column);

    if (!text)
        return 0;
    return *text == 't' ? 1 : strtoll(text, NULL, 10);
}

double wf_pg_real(void *raw, int column)
{
    const char *text = value_at(raw, column);

    if (!text)
        return 0;
    return *text == 't' ? 1 : strtod(text, NULL);
}

const char *wf_pg_text(void *raw, int column)
{
    return value_at(raw, column);
}

/* "\x" and pairs of digits. */
const void *wf_pg_blob(void *raw, int column, size_t *len)
{
    struct wf_pg_stmt *stmt = raw;
    const char *text = value_at(stmt, column);

    *len = 0;
    if (!text)
        return NULL;
    if (!stmt->blobs)
        stmt->blobs =
            wf_heap_new((size_t)PQnfields(stmt->rows) * sizeof *stmt->blobs);
    PQfreemem(stmt->blobs[column]);
    stmt->blobs[column] = PQunescapeBytea((const unsigned char *)text, len);
    return stmt->blobs[column];
}

bool wf_pg_is_null(void *raw, int column)
{
    return value_at(raw, column) == NULL;
}
