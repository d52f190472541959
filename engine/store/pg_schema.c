/* store/pg_schema.c - whether a schema is ours, and schema texts in
 * PostgreSQL's words.
 *
 * The texts are written for both databases. Here, the words for types become
 * those that hold the same: 64 bits, text ordered by bytes. Foreign keys can
 * be deferred, for who copies a whole store.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

/* A text of tokens is an array here: a tsvector ends at 1 MB, and an array
 * needs no parser either. */
const struct wf_schema wf_pg_schemas[] = {
    { "pg/0001_search.sql", "CREATE TABLE search ("
                            " document INTEGER NOT NULL,"
                            " field TEXT NOT NULL,"
                            " tokens TEXT[] NOT NULL,"
                            " PRIMARY KEY (document, field));"
                            "CREATE INDEX search_tokens ON search"
                            " USING gin (tokens);" },
    /* Keys that grow with time, as ids do, all end on one page of a tree, and
     * whoever reads one has read the page: then all who make documents at the
     * same time are in each other's way. Hashed, neighbours lie apart; the more
     * so, the fewer share a page. */
    { "pg/0002_apart.sql", "DROP INDEX seat_document;"
                           "CREATE INDEX seat_document ON seat"
                           " USING hash (document) WITH (fillfactor = 20);"
                           "CREATE INDEX document_id ON document"
                           " USING hash (id) WITH (fillfactor = 20);" },
    { NULL, NULL },
};

/* In one statement, so that all is of one moment. */
static const char WHOSE[] =
    "SELECT current_schema() IS NOT NULL,"
    " EXISTS (SELECT 1 FROM pg_class"
    " WHERE relnamespace = to_regnamespace(quote_ident(current_schema()))"
    " AND relkind = 'r' AND relname = 'applied'),"
    " EXISTS (SELECT 1 FROM pg_class"
    " WHERE relnamespace = to_regnamespace(quote_ident(current_schema()))"
    " AND relkind IN ('r', 'p', 'v', 'm'))";

static const char MAKE[] =
    "DO $$ BEGIN IF current_schema() IS NULL THEN"
    " EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', trim(both ' \"' FROM"
    " split_part(current_setting('search_path'), ',', 1))); END IF; END $$";

static bool is_true(const PGresult *result, int column)
{
    return *PQgetvalue(result, 0, column) == 't';
}

bool wf_pg_identify(struct wf_db *db, bool *fresh, weft_error *err)
{
    const struct wf_store *store = db->store;
    bool has_ours, has_any;
    PGresult *result;

    if (!wf_pg_plain(db, WHOSE, &result, err))
        return false;
    has_ours = is_true(result, 1);
    has_any = is_true(result, 2);
    PQclear(result);
    if (has_any && !has_ours)
        return wf_fail(err, WEFT_E_STORE,
                       "The schema has tables, but is not a Weft store. Name "
                       "another database, or a schema of Weft's own.");
    if (!has_ours && store->is_kept && !store->options.create)
        return wf_fail(err, WEFT_E_NOTFOUND,
                       "There is no store in this database yet.");
    *fresh = !has_ours;
    return true;
}

bool wf_pg_adopt(struct wf_db *db, weft_error *err)
{
    return wf_pg_plain(db, MAKE, NULL, err);
}

/* --- Words. */

/* clang-format off */
static const struct {
    const char *ours, *theirs;
} words[] = {
    { "INTEGER", "BIGINT" },
    { "REAL",    "DOUBLE PRECISION" },
    { "BLOB",    "BYTEA" },
    { "TEXT",    "TEXT COLLATE \"C\"" },
};
/* clang-format on */

static size_t word_len(const char *at)
{
    size_t n = 0;

    while (isalnum((unsigned char)at[n]) || at[n] == '_')
        n++;
    return n;
}

/* Appends one word; "TEXT[]" is no plain one. */
static void put_word(struct wf_buf *out, const char *at, size_t len)
{
    for (size_t i = 0; i < WF_COUNT(words); i++) {
        if (len == strlen(words[i].ours) && !memcmp(at, words[i].ours, len)
            && at[len] != '[') {
            wf_buf_str(out, words[i].theirs);
            return;
        }
    }
    wf_buf_add(out, at, len);
}

/* The length of a comment or of what stands between quotes; 0: neither. */
static size_t opaque_len(const char *at)
{
    const char *end;

    if (at[0] == '-' && at[1] == '-')
        return strcspn(at, "\n");
    if (*at != '\'' && *at != '"')
        return 0;
    end = strchr(at + 1, *at);
    return end ? (size_t)(end + 1 - at) : strlen(at);
}

static const char CASCADE[] = " ON DELETE CASCADE";

static const char *in_our_words(struct wf_arena *arena, const char *sql)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    bool refers = false; /* until the end of REFERENCES table (column) */

    while (*sql) {
        size_t len = opaque_len(sql), word = len ? 0 : word_len(sql);
        size_t cascade = 0; /* what follows that, and is taken along */

        if (word > 0)
            put_word(&out, sql, word);
        else
            wf_buf_add(&out, sql, len ? len : 1);
        if (refers && *sql == ')') {
            if (wf_str_starts(sql + 1, CASCADE))
                cascade = strlen(CASCADE);
            wf_buf_printf(&out, "%s DEFERRABLE", cascade ? CASCADE : "");
        }
        refers = (refers && *sql != ')')
                 || (word == strlen("REFERENCES")
                     && wf_str_starts(sql, "REFERENCES"));
        sql += cascade + (len ? len : word ? word : 1);
    }
    return wf_buf_text(&out);
}

bool wf_pg_apply(struct wf_db *db, const char *sql, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();

    /* An index of a large store takes as long as it takes. */
    return wf_pg_plain(db, "SET LOCAL statement_timeout = 0", NULL, err)
           && wf_pg_plain(db, in_our_words(arena, sql), NULL, err);
}
