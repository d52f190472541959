/* store/pg_left.c - schemas that are not kept, from one process to the next.
 *
 * To make the tables of a store takes much longer than most of what a test does
 * with it. A cluster that is there for tests alone says so (weft.leaves = on,
 * as tests/support/postgres does): there a schema that is done with is left
 * behind empty, and whoever wants one with the same tables takes it. Anywhere
 * else it is dropped.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/hash.h"

/* Where there is no schema %s yet, one that was left becomes it; %s is how the
 * names of those begin. */
static const char TAKE[] =
    "DO $$ DECLARE found TEXT; BEGIN"
    " IF current_setting('weft.leaves', true) = 'on'"
    " AND to_regnamespace('%s') IS NULL THEN"
    " PERFORM pg_advisory_xact_lock(hashtext('weft.leaves'));"
    " SELECT nspname INTO found FROM pg_namespace"
    " WHERE starts_with(nspname, '%s') LIMIT 1;"
    " IF found IS NOT NULL THEN"
    " EXECUTE format('ALTER SCHEMA %%I RENAME TO %s', found);"
    " END IF; END IF; END $$";

/* What is in the tables of %s goes, but which they are. It is dropped if they
 * are not as they were made: something is newer than what was noted last. */
static const char LEAVE[] =
    "DO $$ DECLARE mine OID := to_regnamespace('%s'); away TEXT;"
    " last BIGINT; newest BIGINT; BEGIN"
    " IF current_setting('weft.leaves', true) = 'on'"
    " AND to_regclass('%s.applied') IS NOT NULL THEN"
    " SELECT max(CAST(CAST(xmin AS TEXT) AS BIGINT)) INTO last FROM %s.applied;"
    " SELECT max(CAST(CAST(a.xmin AS TEXT) AS BIGINT)) INTO newest"
    " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    " WHERE c.relnamespace = mine;"
    " END IF;"
    " IF newest <= last THEN"
    " SELECT string_agg(format('DELETE FROM %%I.%%I;', '%s', relname), '')"
    " INTO away FROM pg_class WHERE relnamespace = mine AND relkind = 'r'"
    " AND relname <> 'applied' AND pg_relation_size(oid) > 0;"
    " SET CONSTRAINTS ALL DEFERRED;"
    " EXECUTE coalesce(away, '') || 'DROP FUNCTION IF EXISTS %s.refill();'"
    " || format('ALTER SCHEMA %%I RENAME TO %%I', '%s', '%s' || mine);"
    " ELSIF mine IS NOT NULL THEN DROP SCHEMA %s CASCADE;"
    " END IF; END $$";

enum {
    PREFIX_LEN = 32
};

/* Of schemas with the tables of this build. */
static const char *prefix(char text[PREFIX_LEN])
{
    const struct wf_embedded *file = NULL;
    char digits[WF_HASH_TEXT];
    struct wf_hasher hasher;
    struct wf_hash hash;

    wf_hasher_init(&hasher);
    while ((file = wf_embedded_next("sql/", file)) != NULL)
        wf_hasher_add(&hasher, file->data, file->len);
    for (const struct wf_schema *own = wf_pg_schemas; own->name; own++)
        wf_hasher_add(&hasher, own->sql, strlen(own->sql));
    hash = wf_hasher_end(&hasher);
    wf_hash_write(&hash, digits);
    snprintf(text, PREFIX_LEN, "weft_left_%.12s_", digits);
    return text;
}

bool wf_pg_left_take(struct wf_db *db, weft_error *err)
{
    char begin[PREFIX_LEN];
    char *sql = wf_heap_printf(TAKE, db->store->schema, prefix(begin),
                               db->store->schema);
    bool ran = wf_pg_plain(db, sql, NULL, err);

    free(sql);
    return ran;
}

void wf_pg_left_leave(struct wf_db *db, const char *schema)
{
    char begin[PREFIX_LEN];
    char *sql = wf_heap_printf(LEAVE, schema, schema, schema, schema, schema,
                               schema, prefix(begin), schema);
    weft_error ignored = WEFT_ERROR_INIT;

    (void)(wf_pg_plain(db, sql, NULL, &ignored) && ignored.code);
    free(sql);
}
