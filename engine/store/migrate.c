/* store/migrate.c - brings the tables of a store up to this version.
 *
 * Every schema text (schemas/sql, then the driver's own) is applied once, in
 * a transaction of its own, and recorded with its hash in `applied`. One that
 * only adds, as all should, is recorded with a "+" before its hash: a process
 * of the build before, which does not know it, goes on working beside those
 * that do, so that nodes can be upgraded one after the other.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/driver.h"

#include <string.h>

#include "base/clock.h"
#include "base/embed.h"
#include "base/error.h"
#include "base/hash.h"

static const char SQL_CREATE[] = "CREATE TABLE applied ("
                                 " name TEXT PRIMARY KEY,"
                                 " hash TEXT NOT NULL,"
                                 " at INTEGER NOT NULL);";
static const char SQL_ALL[] = "SELECT name, hash FROM applied ORDER BY name";
static const char SQL_FIND[] = "SELECT 1 FROM applied WHERE name = $1";
static const char SQL_ADD[] =
    "INSERT INTO applied (name, hash, at) VALUES ($1, $2, $3)";

enum {
    UPGRADE = -2 /* the key of a lock; ids are positive */
};

/* The n-th schema text of this program; false behind the last. */
static bool schema_at(const struct wf_driver *driver, size_t n,
                      struct wf_schema *out)
{
    const struct wf_embedded *file = NULL;
    const struct wf_schema *own = driver->schemas;

    while ((file = wf_embedded_next("sql/", file)) != NULL) {
        if (n-- == 0) {
            *out = (struct wf_schema){ file->name, (const char *)file->data };
            return true;
        }
    }
    while (own->name && n > 0) {
        own++;
        n--;
    }
    *out = *own;
    return own->name != NULL;
}

/* The words with which a text says that older builds cannot live with it. */
static const char NOT_ADDITIVE[] = "-- not additive";
static const char ADDITIVE = '+';

static void hash_of(const struct wf_schema *schema, char text[WF_HASH_TEXT])
{
    struct wf_hash hash = wf_hash_of(schema->sql, strlen(schema->sql));

    wf_hash_write(&hash, text);
}

/* Compares one row of `applied` with what this program knows; `*n` counts what
 * it does know. */
static bool check_one(struct wf_db *db, const char *name, const char *hash,
                      size_t *n_known, weft_error *err)
{
    bool is_additive = *hash == ADDITIVE;
    char ours[WF_HASH_TEXT];
    struct wf_schema schema;
    size_t n = 0;

    while (schema_at(db->driver, n, &schema) && strcmp(schema.name, name) != 0)
        n++;
    if (!schema_at(db->driver, n, &schema)) {
        if (is_additive)
            return true;
        return wf_fail(err, WEFT_E_STORE,
                       "The store was made by a newer Weft (%s). Use that "
                       "one, or a backup from before.",
                       name);
    }
    ++*n_known;
    hash_of(&schema, ours);
    if (strcmp(ours, hash + is_additive) != 0)
        return wf_fail(err, WEFT_E_STORE,
                       "The store was made by another build of Weft (%s is "
                       "not the same). Use that one, or a new store.",
                       name);
    return true;
}

static bool check_applied(struct wf_db *db, size_t *n_applied, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;
    size_t n = 0;

    if (!wf_stmt_begin(db, SQL_ALL, &q, err))
        return false;
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        if (!check_one(db, wf_stmt_text(&q, 0), wf_stmt_text(&q, 1), &n, err))
            return false;
    }
    *n_applied = n;
    return step == WF_FETCH_DONE;
}

static bool is_applied(struct wf_db *db, const char *name, bool *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, name);
    step = wf_stmt_step(&q, err);
    *out = step == WF_FETCH_ROW;
    return step != WF_FETCH_ERROR;
}

static bool record(struct wf_db *db, const struct wf_schema *schema,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    char hash[1 + WF_HASH_TEXT];
    bool is_additive = !strstr(schema->sql, NOT_ADDITIVE);

    hash[0] = ADDITIVE;
    hash_of(schema, hash + 1);
    if (!wf_stmt_begin(db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, schema->name);
    wf_stmt_bind_text(&q, 2, is_additive ? hash : hash + 1);
    wf_stmt_bind_int(&q, 3, wf_clock_now(&wf_clock_real));
    return wf_stmt_run(&q, err);
}

/* Inside a transaction. Another process may have been first. */
static bool apply_one(struct wf_db *db, void *self, weft_error *err)
{
    const struct wf_schema *schema = self;
    bool applied;

    if (!is_applied(db, schema->name, &applied, err))
        return false;
    return applied
           || (db->driver->apply(db, schema->sql, err)
               && record(db, schema, err));
}

static bool adopt(struct wf_db *db, void *unused, weft_error *err)
{
    bool fresh;

    (void)unused;
    if (!db->driver->identify(db, &fresh, err))
        return false;
    return !fresh
           || (db->driver->adopt(db, err)
               && db->driver->apply(db, SQL_CREATE, err));
}

/* Holding the lock of upgrades, if the database has one: others wait. */
static bool bring_up(struct wf_db *db, weft_error *err)
{
    struct wf_schema schema;
    size_t n_applied;
    bool fresh;

    if (!db->driver->identify(db, &fresh, err)
        || (fresh && !wf_db_change(db, adopt, NULL, err))
        || !check_applied(db, &n_applied, err))
        return false;
    if (!schema_at(db->driver, n_applied, &schema)) /* all of them */
        return true;
    for (size_t n = 0; schema_at(db->driver, n, &schema); n++) {
        if (!wf_db_change(db, apply_one, &schema, err))
            return false;
    }
    return true;
}

bool wf_migrate(struct wf_db *db, weft_error *err)
{
    bool done = wf_db_lock(db, UPGRADE, err) && bring_up(db, err);

    wf_db_unlock(db);
    return done;
}
