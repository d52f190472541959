/* store/copy_table.c - the tables of a store as a copy needs them: told by the
 * database, and the SQL that reads and writes them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/copy_table.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/list.h"
#include "base/str.h"

/* What belongs to a database itself, or to the processes on it. */
static const char *const others[] = { "applied", "generation", "node",
                                      "search" };

static bool is_copied(const char *table)
{
    for (size_t i = 0; i < WF_COUNT(others); i++)
        if (wf_streq(table, others[i]))
            return false;
    return !wf_str_starts(table, "search_index")
           && !wf_str_starts(table, "sqlite_");
}

static bool type_of(const char *word, enum wf_copy_type *out)
{
    static const struct {
        const char *word;
        enum wf_copy_type type;
    } types[] = {
        { "INTEGER", WF_COPY_INT }, { "bigint", WF_COPY_INT },
        { "REAL", WF_COPY_REAL },   { "double precision", WF_COPY_REAL },
        { "TEXT", WF_COPY_TEXT },   { "text", WF_COPY_TEXT },
        { "BLOB", WF_COPY_BLOB },   { "bytea", WF_COPY_BLOB },
    };

    for (size_t i = 0; i < WF_COUNT(types); i++) {
        if (wf_streq(word, types[i].word)) {
            *out = types[i].type;
            return true;
        }
    }
    return false;
}

/* --- SQL. Names are those of our own schema texts. */

/* Those of the key if `key`, in its order, else all. */
static void put_names(struct wf_buf *sql, const struct wf_copy_table *t,
                      bool key)
{
    const char *comma = "";

    for (int place = 1; place <= (key ? (int)t->columns.n : 1); place++) {
        for (size_t i = 0; i < t->columns.n; i++) {
            if (key && t->columns.at[i].key != place)
                continue;
            wf_buf_printf(sql, "%s\"%s\"", comma, t->columns.at[i].name);
            comma = ", ";
        }
    }
}

static void put_params(struct wf_buf *sql, size_t n)
{
    for (size_t i = 1; i <= n; i++)
        wf_buf_printf(sql, i > 1 ? ", $%zu" : "$%zu", i);
}

static size_t n_keys(const struct wf_copy_table *t)
{
    size_t n = 0;

    for (size_t i = 0; i < t->columns.n; i++)
        n += t->columns.at[i].key > 0;
    return n;
}

static const char *select_of(struct wf_arena *arena,
                             const struct wf_copy_table *t, bool behind)
{
    struct wf_buf sql = WF_BUF_INIT(arena);

    wf_buf_str(&sql, "SELECT ");
    put_names(&sql, t, false);
    wf_buf_printf(&sql, " FROM \"%s\"", t->name);
    if (behind) {
        wf_buf_str(&sql, " WHERE (");
        put_names(&sql, t, true);
        wf_buf_str(&sql, ") > (");
        put_params(&sql, n_keys(t));
        wf_buf_str(&sql, ")");
    }
    wf_buf_str(&sql, " ORDER BY ");
    put_names(&sql, t, true);
    wf_buf_str(&sql, " LIMIT 500");
    return wf_buf_text(&sql);
}

static const char *insert_of(struct wf_arena *arena,
                             const struct wf_copy_table *t)
{
    struct wf_buf sql = WF_BUF_INIT(arena);

    wf_buf_printf(&sql, "INSERT INTO \"%s\" (", t->name);
    put_names(&sql, t, false);
    wf_buf_str(&sql, ") VALUES (");
    put_params(&sql, t->columns.n);
    wf_buf_str(&sql, ")");
    return wf_buf_text(&sql);
}

/* --- Reading: rows of table, column, type, place in the key; the columns of a
 * table one after the other. */

static bool add_column(struct wf_stmt *q, struct wf_arena *arena,
                       struct wf_copy_tables *out, weft_error *err)
{
    const char *name = wf_stmt_text(q, 0);
    struct wf_copy_table *table = out->n > 0 ? &out->at[out->n - 1] : NULL;
    struct wf_copy_column *column;

    if (!is_copied(name))
        return true;
    if (!table || !wf_streq(table->name, name)) {
        table = WF_PUSH(arena, out);
        table->name = wf_arena_str(arena, name);
    }
    column = WF_PUSH(arena, &table->columns);
    column->name = wf_stmt_str(q, 1, arena);
    column->key = (int)wf_stmt_int(q, 3);
    return type_of(wf_stmt_text(q, 2), &column->type)
           || wf_fail(err, WEFT_E_STORE,
                      "The table %s has a column of a strange type.", name);
}

bool wf_copy_tables(struct wf_db *db, struct wf_arena *arena,
                    struct wf_copy_tables *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(db, db->driver->columns, &q, err))
        return false;
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (!add_column(&q, arena, out, err))
            return false;
    if (fetch != WF_FETCH_DONE)
        return false;
    for (size_t i = 0; i < out->n; i++) {
        struct wf_copy_table *t = &out->at[i];

        t->first = select_of(arena, t, false);
        t->next = select_of(arena, t, true);
        t->insert = insert_of(arena, t);
    }
    return true;
}
