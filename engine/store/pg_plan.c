/* store/pg_plan.c - how PostgreSQL would run a query, and whether its indexes
 * are sound.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"

static const char SQL_INVALID[] =
    "SELECT CAST(c.relname AS TEXT) FROM pg_index i"
    " JOIN pg_class c ON c.oid = i.indexrelid"
    " WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema()))"
    " AND NOT (i.indisvalid AND i.indisready)";
static const char SQL_KEYS[] =
    "SELECT CAST(conname AS TEXT) FROM pg_constraint"
    " WHERE connamespace = to_regnamespace(quote_ident(current_schema()))"
    " AND NOT convalidated";

static bool each_name(struct wf_db *db, const char *sql, struct wf_diags *diags,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(db, sql, &q, err))
        return false;
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_diag_field(diags, "", "corrupt", "The store is damaged: %s",
                      wf_stmt_text(&q, 0));
    return fetch == WF_FETCH_DONE;
}

/* Keys hold as long as nobody turns them off; its pages the server checks by
 * itself, where the cluster was made with checksums. */
bool wf_pg_check(struct wf_db *db, struct wf_diags *diags, weft_error *err)
{
    return each_name(db, SQL_INVALID, diags, err)
           && each_name(db, SQL_KEYS, diags, err);
}

/* In the words of SQLite, so that one test can read both. */
static void put_line(struct wf_buf *out, const char *line)
{
    static const char SCAN[] = "Seq Scan on ", HEAP[] = "Bitmap Heap Scan on ",
                      USING[] = " using ", ON[] = " on ";
    const char *at = strstr(line, SCAN), *index = strstr(line, USING), *on;

    if (at) {
        wf_buf_printf(out, "SCAN %s\n", at + sizeof SCAN - 1);
    } else if ((at = strstr(line, HEAP)) != NULL) {
        wf_buf_printf(out, "SEARCH %s\n", at + sizeof HEAP - 1);
    } else if (index && (on = strstr(index, ON)) != NULL) {
        index += sizeof USING - 1;
        wf_buf_printf(out, "SEARCH %s USING INDEX %.*s\n", on + sizeof ON - 1,
                      (int)(on - index), index);
    } else {
        wf_buf_printf(out, "%s\n", line);
    }
}

/* What has no plan needs none, and who empties a table means to. */
static bool has_plan(const char *sql)
{
    static const char *const words[] = { "SELECT", "INSERT", "UPDATE", "DELETE",
                                         "WITH" };

    for (size_t i = 0; i < WF_COUNT(words); i++) {
        if (wf_str_starts(sql, words[i]))
            return !wf_streq(words[i], "DELETE") || strstr(sql, " WHERE ");
    }
    return false;
}

bool wf_pg_plan(struct wf_db *db, const char *sql, struct wf_arena *arena,
                const char **out, weft_error *err)
{
    struct wf_buf text = WF_BUF_INIT(arena);
    struct wf_pg_stmt *stmt;
    PGresult *result;
    void *raw;

    *out = "";
    if (!has_plan(sql))
        return true;
    if (!wf_pg_prepare(db, sql, &raw, err))
        return false;
    stmt = raw;
    wf_buf_printf(&text,
                  "SET LOCAL plan_cache_mode = force_generic_plan;"
                  "PREPARE plan_of AS %s; EXPLAIN (COSTS OFF) EXECUTE "
                  "plan_of",
                  stmt->sql);
    for (int i = 0; i < stmt->n_params; i++)
        wf_buf_str(&text, i == 0 ? "(NULL" : ", NULL");
    wf_buf_str(&text, stmt->n_params ? ")" : "");
    wf_pg_finalize(raw);
    if (!wf_pg_plain(db, wf_buf_text(&text), &result, err))
        return false;
    text = (struct wf_buf)WF_BUF_INIT(arena);
    for (int i = 0; i < PQntuples(result); i++)
        put_line(&text, PQgetvalue(result, i, 0));
    PQclear(result);
    *out = wf_buf_text(&text);
    return wf_pg_plain(db, "DEALLOCATE plan_of", NULL, err);
}
