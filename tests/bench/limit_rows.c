/* bench/limit_rows.c - one prepared insert for each row of a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "limit_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The tables that a create writes, and what differs from one document to the
 * next. */
static const struct table {
    const char *name, *key;
    const char *id, *document, *data, *time, *seq;
} tables[] = {
    { "document", "id", "id", NULL, "data", "updated", NULL },
    { "field_index", "document", NULL, "document", NULL, NULL, NULL },
    { "link", "document", NULL, "document", NULL, NULL, NULL },
    { "seat", "document", "id", "document", NULL, "made", NULL },
    { "event", "document", NULL, "document", NULL, "at", "seq" },
    { "search", "document", "id", "document", NULL, NULL, NULL },
};

static bool is(const char *a, const char *b)
{
    return a && strcmp(a, b) == 0;
}

static void bind_column(sqlite3_stmt *to, int n, sqlite3_stmt *from)
{
    sqlite3_bind_value(to, n, sqlite3_column_value(from, n - 1));
}

static sqlite3_stmt *insert_into(sqlite3 *db, const char *table, int n)
{
    char sql[512];
    int len = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (", table);

    for (int i = 1; i <= n; i++)
        len += snprintf(sql + len, sizeof sql - (size_t)len, "?%d%s", i,
                        i < n ? ", " : ")");
    return limit_prepare(db, sql);
}

static void add_row(struct rows *rows, sqlite3 *db, const struct table *table,
                    sqlite3_stmt *from)
{
    int n = sqlite3_column_count(from);
    struct row *row = &rows->at[rows->n++];

    row->insert = insert_into(db, table->name, n);
    for (int i = 1; i <= n; i++) {
        const char *column = sqlite3_column_name(from, i - 1);

        bind_column(row->insert, i, from);
        row->id = is(table->id, column) ? i : row->id;
        row->document = is(table->document, column) ? i : row->document;
        row->data = is(table->data, column) ? i : row->data;
        row->time = is(table->time, column) ? i : row->time;
        row->seq = is(table->seq, column) ? i : row->seq;
    }
}

void rows_load(struct rows *rows, sqlite3 *db)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        sqlite3_stmt *from;
        char sql[256];

        snprintf(sql, sizeof sql,
                 "SELECT * FROM %s WHERE %s = (SELECT max(id) FROM document)",
                 tables[i].name, tables[i].key);
        from = limit_prepare(db, sql);
        while (sqlite3_step(from) == SQLITE_ROW && rows->n < ROWS_MAX)
            add_row(rows, db, &tables[i], from);
        sqlite3_finalize(from);
    }
}
