/* store/copy.c - a whole store, table by table, from one database to another.
 *
 * Which tables there are and of what columns, the database itself says; the
 * numbers of nodes stay, as does the record of schema texts. The entries of
 * full text go through search.h, as each database keeps its own kind.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/copy.h"

#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/str.h"
#include "store/copy_table.h"
#include "store/search.h"

enum {
    PAGE = 500
};

/* What the passes of a copy share. */
struct copying {
    struct wf_db *from, *to; /* `to` NULL: only to be hashed */
    struct wf_arena *arena;
    struct wf_copied *done; /* of the table in turn */
};

/* --- Values. */

/* One value of a row, kept for as long as its page. */
struct value {
    enum wf_copy_type type;
    bool is_null;
    int64_t integer;
    double real;
    const char *bytes;
    size_t len;
};

static struct value read_value(struct wf_stmt *q, int column,
                               enum wf_copy_type type, struct wf_arena *arena)
{
    struct value v = { .type = type, .is_null = wf_stmt_is_null(q, column) };

    if (v.is_null)
        return v;
    switch (type) {
    case WF_COPY_INT:
        v.integer = wf_stmt_int(q, column);
        break;
    case WF_COPY_REAL:
        v.real = wf_stmt_real(q, column);
        break;
    case WF_COPY_TEXT:
        v.bytes = wf_stmt_str(q, column, arena);
        v.len = strlen(v.bytes);
        break;
    case WF_COPY_BLOB:
        v.bytes = wf_stmt_blob(q, column, &v.len);
        v.bytes = wf_arena_mem(arena, v.bytes, v.len);
        break;
    }
    return v;
}

static void bind_value(struct wf_stmt *q, int n, const struct value *v)
{
    if (v->is_null)
        wf_stmt_bind_null(q, n);
    else if (v->type == WF_COPY_INT)
        wf_stmt_bind_int(q, n, v->integer);
    else if (v->type == WF_COPY_REAL)
        wf_stmt_bind_real(q, n, v->real);
    else if (v->type == WF_COPY_TEXT)
        wf_stmt_bind_text_n(q, n, v->bytes, v->len);
    else
        wf_stmt_bind_blob(q, n, v->bytes, v->len);
}

static void hash_value(struct wf_hasher *hasher, const struct value *v)
{
    wf_hasher_add_int(hasher, v->is_null ? -1 : (int64_t)v->type);
    if (v->is_null)
        return;
    if (v->type == WF_COPY_INT)
        wf_hasher_add_int(hasher, v->integer);
    else if (v->type == WF_COPY_REAL)
        wf_hasher_add(hasher, &v->real, sizeof v->real);
    else
        wf_hasher_add_text(hasher, v->bytes, v->len);
}

/* Rows add up, so that their order does not count. */
static void count_row(struct wf_copied *done, const struct value *row, size_t n)
{
    struct wf_hasher hasher;
    struct wf_hash hash;
    uint64_t halves[2];

    wf_hasher_init(&hasher);
    for (size_t i = 0; i < n; i++)
        hash_value(&hasher, &row[i]);
    hash = wf_hasher_end(&hasher);
    memcpy(halves, hash.at, sizeof halves);
    done->n_rows++;
    done->hash[0] += halves[0];
    done->hash[1] += halves[1];
}

/* --- Pages. */

static bool write_row(const struct copying *c,
                      const struct wf_copy_table *table,
                      const struct value *row, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin_made(c->to, table->insert, &q, err))
        return false;
    for (size_t i = 0; i < table->columns.n; i++)
        bind_value(&q, (int)i + 1, &row[i]);
    return wf_stmt_run(&q, err);
}

static void bind_key(struct wf_stmt *q, const struct wf_copy_table *table,
                     const struct value *last)
{
    for (size_t i = 0; i < table->columns.n; i++)
        if (table->columns.at[i].key > 0)
            bind_value(q, table->columns.at[i].key, &last[i]);
}

/* Some rows, and the memory that they are in. */
struct page {
    struct wf_arena *arena;
    struct value *rows[PAGE];
    size_t n;
};

/* Reads the page behind the row `last` (NULL: the first). */
static bool read_page(const struct copying *c,
                      const struct wf_copy_table *table,
                      const struct value *last, struct page *page,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    wf_arena_free(page->arena);
    page->arena = wf_arena_new();
    page->n = 0;
    if (!wf_stmt_begin_made(c->from, last ? table->next : table->first, &q,
                            err))
        return false;
    if (last)
        bind_key(&q, table, last);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct value *row =
            WF_NEW_N(page->arena, struct value, table->columns.n);

        for (size_t i = 0; i < table->columns.n; i++)
            row[i] =
                read_value(&q, (int)i, table->columns.at[i].type, page->arena);
        page->rows[page->n++] = row;
    }
    return fetch == WF_FETCH_DONE;
}

static bool use_page(const struct copying *c, const struct wf_copy_table *table,
                     const struct page *page, weft_error *err)
{
    for (size_t i = 0; i < page->n; i++) {
        count_row(c->done, page->rows[i], table->columns.n);
        if (c->to && !write_row(c, table, page->rows[i], err))
            return false;
    }
    return true;
}

/* The last row of a page is still needed for the next: so there are two. */
static bool copy_table(const struct copying *c,
                       const struct wf_copy_table *table, weft_error *err)
{
    struct page pages[2] = { { wf_arena_new(), { NULL }, PAGE },
                             { wf_arena_new(), { NULL }, PAGE } };
    const struct value *last = NULL;
    bool ok = true, more = true;

    for (int turn = 0; ok && more; turn = !turn) {
        struct page *page = &pages[turn];

        ok = read_page(c, table, last, page, err)
             && use_page(c, table, page, err);
        more = page->n == PAGE;
        last = page->n > 0 ? page->rows[page->n - 1] : last;
    }
    wf_arena_free(pages[0].arena);
    wf_arena_free(pages[1].arena);
    return ok;
}

/* --- Full text. */

struct entry {
    int64_t document;
    const char *field, *tokens;
};

static bool read_entries(const struct copying *c, const struct entry *last,
                         struct wf_arena *arena, struct entry *entries,
                         size_t *n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    *n = 0;
    if (!wf_stmt_begin(c->from, c->from->driver->search_page, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, last->document);
    wf_stmt_bind_text(&q, 2, last->field);
    wf_stmt_bind_int(&q, 3, PAGE);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        entries[(*n)++] =
            (struct entry){ wf_stmt_int(&q, 0), wf_stmt_str(&q, 1, arena),
                            wf_stmt_str(&q, 2, arena) };
    return fetch == WF_FETCH_DONE;
}

static bool copy_search(const struct copying *c, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct entry *entries = WF_NEW_N(arena, struct entry, PAGE);
    struct entry last = { 0, "", "" };
    size_t n = PAGE;

    while (n == PAGE) {
        if (!read_entries(c, &last, arena, entries, &n, err))
            return false;
        for (size_t i = 0; i < n; i++) {
            c->done->n_rows++;
            if (c->to
                && !wf_search_set(c->to, entries[i].document, entries[i].field,
                                  entries[i].tokens, err))
                return false;
        }
        if (n > 0)
            last = entries[n - 1];
    }
    return true;
}

/* --- The whole. */

static bool copy_all(struct copying *c, const struct wf_copy_tables *tables,
                     struct wf_copied_list *out, weft_error *err)
{
    for (size_t i = 0; i < tables->n; i++) {
        c->done = WF_PUSH(c->arena, out);
        *c->done = (struct wf_copied){ .table = tables->at[i].name };
        if (!copy_table(c, &tables->at[i], err))
            return false;
    }
    c->done = WF_PUSH(c->arena, out);
    *c->done = (struct wf_copied){ .table = "search" };
    return copy_search(c, err);
}

static bool is_empty(struct wf_store *store,
                     const struct wf_copy_tables *tables,
                     struct wf_arena *arena, weft_error *err)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_copied_list there = { 0 };
    struct copying c = { .arena = arena };

    if (!wf_reader_begin(store, 0, &reader, err))
        return false;
    c.from = reader.db;
    if (!copy_all(&c, tables, &there, err))
        return false;
    for (size_t i = 0; i < there.n; i++)
        if (there.at[i].n_rows > 0)
            return wf_fail(err, WEFT_E_CONFLICT,
                           "There is something in the store already (%s). "
                           "Copy into a new one.",
                           there.at[i].table);
    return true;
}

/* Reads what was written, and holds it against what was read. */
static bool compare(struct wf_store *to, const struct wf_copy_tables *tables,
                    struct wf_arena *arena, const struct wf_copied_list *copied,
                    weft_error *err)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_copied_list there = { 0 };
    struct copying c = { .arena = arena };

    if (!wf_reader_begin(to, 0, &reader, err))
        return false;
    c.from = reader.db;
    if (!copy_all(&c, tables, &there, err))
        return false;
    for (size_t i = 0; i < there.n; i++)
        if (there.at[i].n_rows != copied->at[i].n_rows
            || memcmp(there.at[i].hash, copied->at[i].hash,
                      sizeof there.at[i].hash)
                   != 0)
            return wf_fail(err, WEFT_E_STORE,
                           "The copy is not the same as the store (%s). Do "
                           "not use it, and report this.",
                           there.at[i].table);
    return true;
}

static bool write_all(struct wf_store *to, struct copying *c,
                      const struct wf_copy_tables *tables,
                      struct wf_copied_list *out, weft_error *err)
{
    struct wf_db *db = wf_store_writer(to);

    if (!wf_db_begin(db, err))
        return false;
    c->to = db;
    if (db->driver->bulk(db, err) && copy_all(c, tables, out, err))
        return wf_db_commit(db, err);
    wf_db_rollback(db);
    return false;
}

bool wf_copy_store(struct wf_store *from, struct wf_store *to,
                   struct wf_arena *arena, struct wf_copied_list *out,
                   weft_error *err)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct copying c = { .arena = arena };
    struct wf_copy_tables tables = { 0 };

    if (!wf_reader_begin(from, 0, &reader, err)
        || !wf_copy_tables(reader.db, arena, &tables, err)
        || !is_empty(to, &tables, arena, err))
        return false;
    c.from = reader.db;
    return write_all(to, &c, &tables, out, err)
           && compare(to, &tables, arena, out, err);
}
