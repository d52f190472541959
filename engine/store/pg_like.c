/* store/pg_like.c - schemas that are not kept, and copies of stores in them.
 *
 * To make tables takes longest, and what a connection learns of them next. So a
 * copy that has ended leaves both to its model, and the next one only puts
 * other rows in.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"

/* --- What goes from one copy to the next. */

struct spare {
    char *schema;
    struct wf_pg *pg; /* that has seen it; NULL: lost, or taken */
};

static struct spare *take_spare(struct wf_store *store)
{
    struct spare *spare;

    pthread_mutex_lock(&store->lock);
    spare = store->spare;
    store->spare = NULL;
    pthread_mutex_unlock(&store->lock);
    return spare;
}

/* False if there is one already. */
static bool give_spare(struct wf_store *store, struct spare *spare)
{
    bool given;

    pthread_mutex_lock(&store->lock);
    given = !store->spare;
    if (given)
        store->spare = spare;
    pthread_mutex_unlock(&store->lock);
    return given;
}

static void free_spare(struct spare *spare)
{
    if (spare->pg)
        wf_pg_close(spare->pg);
    free(spare->schema);
    free(spare);
}

static char *new_name(void)
{
    unsigned char random[8];

    wf_random(random, sizeof random);
    return wf_heap_printf("weft_scratch_%02x%02x%02x%02x%02x%02x%02x",
                          random[0], random[1], random[2], random[3], random[4],
                          random[5], random[6]);
}

void wf_pg_scratch_begin(struct wf_store *store)
{
    struct spare *spare = store->model ? take_spare(store->model) : NULL;

    store->spare = spare;
    store->schema = spare ? wf_heap_printf("%s", spare->schema) : new_name();
}

struct wf_pg *wf_pg_scratch_connection(struct wf_store *store)
{
    /* Once there is a writer, it is what the copies of this one have left. */
    struct spare *spare = store->writer ? NULL : take_spare(store);
    struct wf_pg *pg = NULL;

    if (!spare)
        return NULL;
    if (spare->pg && PQconsumeInput(spare->pg->conn)
        && PQstatus(spare->pg->conn) == CONNECTION_OK) {
        pg = spare->pg;
        spare->pg = NULL;
    }
    free_spare(spare);
    return pg;
}

/* Leaves the connection, which holds nothing any more, and its schema. */
static bool leave_to_model(struct wf_db *db)
{
    weft_error ignored = WEFT_ERROR_INIT;
    struct spare *spare;

    if (!wf_pg_plain(db, "SELECT pg_advisory_unlock_all()", NULL, &ignored))
        return false;
    spare = wf_heap_new(sizeof *spare);
    spare->schema = wf_heap_printf("%s", db->store->schema);
    spare->pg = db->raw;
    if (give_spare(db->store->model, spare)) {
        db->raw = NULL;
        return true;
    }
    spare->pg = NULL;
    free_spare(spare);
    return false;
}

void wf_pg_scratch_end(struct wf_db *db)
{
    const struct wf_pg *pg = db->raw;
    struct spare *left;

    if (db->broken || PQstatus(pg->conn) != CONNECTION_OK)
        return;
    left = take_spare(db->store);
    if (left) {
        wf_pg_left_leave(db, left->schema);
        free_spare(left);
    }
    if (db->store->schema && !(db->store->model && leave_to_model(db)))
        wf_pg_left_leave(db, db->store->schema);
}

/* --- Rows. */

/* All that is in the tables of the search path goes, and what those of the
 * schema %s hold comes; by a function, as what is planned once is then done
 * many times. First all goes: what hangs on a row goes with it, whenever that
 * is. */
static const char REFILL[] =
    "DO $$ DECLARE away TEXT; here TEXT; BEGIN"
    " IF to_regprocedure('refill()') IS NULL THEN"
    " SELECT string_agg(format('DELETE FROM %%I;', relname), ''),"
    " string_agg(format('INSERT INTO %%I SELECT * FROM %%I.%%I;',"
    " relname, '%s', relname), '') INTO away, here"
    " FROM pg_class WHERE relkind = 'r' AND relname NOT IN ('node', 'applied')"
    " AND relnamespace = to_regnamespace(quote_ident(current_schema()));"
    " EXECUTE 'CREATE FUNCTION refill() RETURNS void LANGUAGE plpgsql AS '"
    " || quote_literal('BEGIN SET CONSTRAINTS ALL DEFERRED; DELETE FROM node;'"
    " || away || here || ' END');"
    " END IF; PERFORM refill(); END $$";

bool wf_pg_like(struct wf_db *db, struct wf_db *from, weft_error *err)
{
    bool filled;
    PGresult *where;
    char *sql;

    if (!wf_migrate(db, err)
        || !wf_pg_plain(from, "SELECT current_schema()", &where, err))
        return false;
    sql = wf_heap_printf(REFILL, PQgetvalue(where, 0, 0));
    PQclear(where);
    filled = wf_pg_plain(db, sql, NULL, err);
    free(sql);
    return filled;
}
