/* store/sqlite_search.c - full text in SQLite: an FTS5 index beside the table
 * `search`, written together with it. Triggers cannot do that: where schemas
 * are not trusted, they may not touch FTS5.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite.h"

#include "base/buf.h"
#include "base/str.h"

/* Tokens are cut before they come here, so that the plainest tokenizer sees
 * the same words. Entries have an id of their own, because VACUUM changes the
 * hidden ones. */
const struct wf_schema wf_sqlite_schemas[] = {
    { "sqlite/0001_search.sql",
      "CREATE TABLE search ("
      " id INTEGER PRIMARY KEY,"
      " document INTEGER NOT NULL,"
      " field TEXT NOT NULL,"
      " tokens TEXT NOT NULL,"
      " UNIQUE (document, field));"
      "CREATE VIRTUAL TABLE search_index USING fts5(tokens,"
      " content='search', content_rowid='id', tokenize='ascii');" },
    { NULL, NULL },
};

/* Of one field, or of all where it is NULL. */
static const char SQL_UNINDEX[] =
    "INSERT INTO search_index (search_index, rowid, tokens)"
    " SELECT 'delete', id, tokens FROM search"
    " WHERE document = $1 AND ($2 IS NULL OR field = $2)";
static const char SQL_REMOVE[] =
    "DELETE FROM search WHERE document = $1 AND ($2 IS NULL OR field = $2)";

static const char SQL_HAS[] = "SELECT 1 FROM search WHERE document = $1"
                              " AND field = $2 AND tokens = $3";
static const char SQL_ADD[] =
    "INSERT INTO search (document, field, tokens) VALUES ($1, $2, $3)";
static const char SQL_INDEX[] =
    "INSERT INTO search_index (rowid, tokens)"
    " SELECT id, tokens FROM search WHERE document = $1 AND field = $2";

/* What a statement of an entry takes; those that end with NULL less. */
struct entry {
    int64_t document;
    const char *field;
    const char *tokens;
};

static enum wf_fetch step(struct wf_db *db, const char *sql,
                          const struct entry *entry, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, sql, &q, err))
        return WF_FETCH_ERROR;
    wf_stmt_bind_int(&q, 1, entry->document);
    wf_stmt_bind_text(&q, 2, entry->field);
    if (entry->tokens)
        wf_stmt_bind_text(&q, 3, entry->tokens);
    return wf_stmt_step(&q, err);
}

bool wf_sqlite_search_remove(struct wf_db *db, int64_t document,
                             const char *field, weft_error *err)
{
    struct entry entry = { document, field, NULL };

    return step(db, SQL_UNINDEX, &entry, err) != WF_FETCH_ERROR
           && step(db, SQL_REMOVE, &entry, err) != WF_FETCH_ERROR;
}

bool wf_sqlite_search_set(struct wf_db *db, int64_t document, const char *field,
                          const char *tokens, weft_error *err)
{
    struct entry entry = { document, field, tokens };
    struct entry place = { document, field, NULL };
    enum wf_fetch same = step(db, SQL_HAS, &entry, err);

    if (same != WF_FETCH_DONE)
        return same == WF_FETCH_ROW;
    return wf_sqlite_search_remove(db, document, field, err)
           && step(db, SQL_ADD, &entry, err) != WF_FETCH_ERROR
           && step(db, SQL_INDEX, &place, err) != WF_FETCH_ERROR;
}

/* What stands bare in a MATCH is syntax, so every token is a phrase in double
 * quotes. An empty one matches nothing, an empty text is an error. */
const char *wf_sqlite_search_for(struct wf_arena *arena, const char *tokens)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_str rest = wf_str_of(tokens), token;

    while (wf_str_split(&rest, ' ', &token)) {
        if (token.len == 0)
            continue;
        wf_buf_str(&out, out.len ? " \"" : "\"");
        for (size_t i = 0; i < token.len; i++) {
            if (token.at[i] == '"')
                wf_buf_char(&out, '"');
            wf_buf_char(&out, token.at[i]);
        }
        wf_buf_char(&out, '"');
    }
    return out.len ? wf_buf_text(&out) : "\"\"";
}
