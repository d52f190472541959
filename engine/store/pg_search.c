/* store/pg_search.c - full text in PostgreSQL: the tokens of an entry as an
 * array, found by a GIN index.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include "base/buf.h"
#include "base/str.h"

static const char SQL_SET[] =
    "INSERT INTO search (document, field, tokens)"
    " VALUES ($1, $2, string_to_array($3, ' '))"
    " ON CONFLICT (document, field) DO UPDATE SET tokens = excluded.tokens"
    " WHERE search.tokens <> excluded.tokens";
static const char SQL_REMOVE[] =
    "DELETE FROM search WHERE document = $1"
    " AND (CAST($2 AS TEXT) IS NULL OR field = $2)";

bool wf_pg_search_set(struct wf_db *db, int64_t document, const char *field,
                      const char *tokens, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_SET, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_text(&q, 2, field);
    wf_stmt_bind_text(&q, 3, tokens);
    return wf_stmt_run(&q, err);
}

bool wf_pg_search_remove(struct wf_db *db, int64_t document, const char *field,
                         weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_REMOVE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_text(&q, 2, field);
    return wf_stmt_run(&q, err);
}

/* As an array is written: each token in double quotes. Of no tokens, one that
 * no entry has, as an empty array is in all. */
const char *wf_pg_search_for(struct wf_arena *arena, const char *tokens)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_str rest = wf_str_of(tokens), token;

    while (wf_str_split(&rest, ' ', &token)) {
        if (token.len == 0)
            continue;
        wf_buf_str(&out, out.len ? ",\"" : "{\"");
        for (size_t i = 0; i < token.len; i++) {
            if (token.at[i] == '"' || token.at[i] == '\\')
                wf_buf_char(&out, '\\');
            wf_buf_char(&out, token.at[i]);
        }
        wf_buf_char(&out, '"');
    }
    wf_buf_str(&out, out.len ? "}" : "{\" \"}");
    return wf_buf_text(&out);
}
