/* store/sqlite_search.c - full text in SQLite: an FTS5 index beside the table
 * `search`, written together with it. Triggers cannot do that: where schemas
 * are not trusted, they may not touch FTS5.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite.h"

#include "base/buf.h"
#include "base/str.h"

enum {
    MERGE_PAGES = 200 /* in a piece: some 800 KB */
};

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

static const char SQL_LAST[] = "SELECT MAX(id) FROM search";
static const char SQL_FIND[] =
    "SELECT tokens FROM search WHERE document = $1 AND field = $2";
static const char SQL_ADD[] =
    "INSERT INTO search (document, field, id, tokens) VALUES ($1, $2, $3, $4)";
/* Of one field, or of all where it is NULL; those below an id. */
static const char SQL_UNINDEX[] =
    "INSERT INTO search_index (search_index, rowid, tokens)"
    " SELECT 'delete', id, tokens FROM search"
    " WHERE document = $1 AND ($2 IS NULL OR field = $2) AND id < $3";
static const char SQL_REMOVE[] =
    "DELETE FROM search WHERE document = $1 AND ($2 IS NULL OR field = $2)";
static const char SQL_MERGE[] =
    "INSERT INTO search_index (search_index, rank) VALUES ('merge', $1)";
static const char SQL_INDEX[] = "INSERT INTO search_index (rowid, tokens)"
                                " SELECT id, tokens FROM search WHERE id >= $1";

/* The ids of this transaction's entries: greater than those before it, and
 * none is given twice, whatever is undone meanwhile. */
static bool begin_ids(struct wf_db *db, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (db->search_first)
        return true;
    if (!wf_stmt_begin(db, SQL_LAST, &q, err)
        || wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    db->search_first = db->search_next = wf_stmt_int(&q, 0) + 1;
    return true;
}

/* Whether there is an entry, and if it has these `tokens` already. */
static enum wf_fetch find(struct wf_db *db, int64_t document, const char *field,
                          const char *tokens, bool *same, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(db, SQL_FIND, &q, err))
        return WF_FETCH_ERROR;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_text(&q, 2, field);
    got = wf_stmt_step(&q, err);
    *same = got == WF_FETCH_ROW && wf_streq(wf_stmt_text(&q, 0), tokens);
    return got;
}

static bool add(struct wf_db *db, int64_t document, const char *field,
                const char *tokens, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_text(&q, 2, field);
    wf_stmt_bind_int(&q, 3, db->search_next++);
    wf_stmt_bind_text(&q, 4, tokens);
    return wf_stmt_run(&q, err);
}

/* `below` 0: the statement does not ask. */
static bool drop(struct wf_db *db, const char *sql, int64_t document,
                 const char *field, int64_t below, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_text(&q, 2, field);
    if (below)
        wf_stmt_bind_int(&q, 3, below);
    return wf_stmt_run(&q, err);
}

bool wf_sqlite_search_remove(struct wf_db *db, int64_t document,
                             const char *field, weft_error *err)
{
    return begin_ids(db, err)
           && drop(db, SQL_UNINDEX, document, field, db->search_first, err)
           && drop(db, SQL_REMOVE, document, field, 0, err);
}

bool wf_sqlite_search_set(struct wf_db *db, int64_t document, const char *field,
                          const char *tokens, weft_error *err)
{
    enum wf_fetch old;
    bool same;

    if (!begin_ids(db, err))
        return false;
    old = find(db, document, field, tokens, &same, err);
    if (old == WF_FETCH_ERROR || (old == WF_FETCH_ROW && same))
        return old == WF_FETCH_ROW;
    return (old == WF_FETCH_DONE
            || wf_sqlite_search_remove(db, document, field, err))
           && add(db, document, field, tokens, err);
}

/* FTS5 keeps what was removed beside a note that it was, until both meet in a
 * merge. A negative number of pages begins one of all that there is; it is over
 * when a piece changes nothing (sqlite.org/fts5.html, "The 'merge' Command").
 */
bool wf_sqlite_search_forget(struct wf_db *db, bool begun, bool *more,
                             weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    int64_t before = sqlite3_total_changes64(db->raw);

    if (!wf_stmt_begin(db, SQL_MERGE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, begun ? MERGE_PAGES : -MERGE_PAGES);
    if (!wf_stmt_run(&q, err))
        return false;
    *more = sqlite3_total_changes64(db->raw) - before >= 2;
    return true;
}

/* FTS5 writes what it holds in memory to the disk at each savepoint, of which
 * every command has one and some statements too: so the index hears of new
 * entries at the end, all at once. */
bool wf_sqlite_search_index(struct wf_db *db, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (db->search_next == db->search_first)
        return true;
    if (!wf_stmt_begin(db, SQL_INDEX, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, db->search_first);
    return wf_stmt_run(&q, err);
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
