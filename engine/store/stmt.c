/* store/stmt.c - leased statements: begin, bind, step, read, end.
 *
 * A statement that fails inside a transaction spoils it, up to the savepoint
 * that is rolled back: as PostgreSQL would have it, and so that no caller can
 * overlook a failure and keep half of its work.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/ahead.h"

#include <assert.h>
#include <string.h>

#include "base/error.h"
#include "store/driver.h"

/* Notes a failure for what still comes in this transaction; false. */
static bool spoil(struct wf_db *db, const weft_error *err)
{
    if (db->in_transaction && db->failure.code == WEFT_OK)
        db->failure = *err;
    return false;
}

static bool is_sound(struct wf_db *db, weft_error *err)
{
    return db->failure.code == WEFT_OK || wf_fail_as(err, &db->failure);
}

static bool prepare(struct wf_db *db, struct wf_stmt_slot *slot,
                    weft_error *err)
{
    wf_ground_read(slot->sql, &slot->reads, &slot->changes);
    return db->driver->prepare(db, slot->sql, &slot->raw, err);
}

/* Lends `slot`, or a twin where it is lent: a query may run inside itself. */
static bool lend(struct wf_db *db, struct wf_stmt_slot *slot,
                 struct wf_stmt *out, weft_error *err)
{
    if (slot->lent)
        slot = wf_slot_twin(slot->sql);
    if (!slot->raw && !prepare(db, slot, err)) {
        if (slot->is_twin)
            wf_slot_free(db, slot);
        return spoil(db, err);
    }
    slot->lent = true;
    db->n_lent++;
    db->n_statements++;
    db->footing.changes |= slot->changes;
    out->db = db;
    out->slot = slot;
    return true;
}

static bool begin(struct wf_db *db, const char *sql, struct wf_stmt *out,
                  weft_error *err)
{
    return is_sound(db, err) && lend(db, wf_slot_find(db, sql), out, err);
}

bool wf_stmt_begin(struct wf_db *db, const char *sql, struct wf_stmt *out,
                   weft_error *err)
{
    if (!begin(db, sql, out, err))
        return false;
    wf_db_rest_on_rows(db, out->slot->reads, 0);
    return true;
}

bool wf_stmt_begin_of(struct wf_db *db, const char *sql, int64_t id,
                      struct wf_stmt *out, weft_error *err)
{
    if (!begin(db, sql, out, err))
        return false;
    wf_db_rest_on_rows(db, out->slot->reads, id);
    wf_stmt_bind_int(out, 1, id);
    return true;
}

bool wf_stmt_begin_made(struct wf_db *db, const char *sql, struct wf_stmt *out,
                        weft_error *err)
{
    struct wf_stmt_slot *slot = wf_slot_find_made(db, sql);

    if (!is_sound(db, err)
        || !lend(db, slot ? slot : wf_slot_twin(sql), out, err))
        return false;
    wf_db_rest_on_rows(db, out->slot->reads, 0);
    return true;
}

void wf_stmt_end(struct wf_stmt *stmt)
{
    struct wf_stmt_slot *slot = stmt->slot;

    if (!slot)
        return;
    stmt->slot = NULL;
    stmt->db->n_lent--;
    slot->lent = false;
    if (slot->is_twin)
        wf_slot_free(stmt->db, slot);
    else
        stmt->db->driver->reset(slot->raw);
}

bool wf_stmt_exec(struct wf_db *db, const char *sql, weft_error *err)
{
    struct wf_stmt_slot *slot = wf_slot_find(db, sql);
    bool ran;

    if (!slot->raw && !db->driver->prepare(db, sql, &slot->raw, err))
        return false;
    ran = db->driver->run(db, slot->raw, err);
    db->driver->reset(slot->raw);
    return ran;
}

/* --- Parameters. */

static const struct wf_driver *driver_of(const struct wf_stmt *stmt)
{
    assert(stmt->slot && stmt->slot->lent);
    return stmt->db->driver;
}

void wf_stmt_bind_int(struct wf_stmt *stmt, int n, int64_t value)
{
    driver_of(stmt)->bind_int(stmt->slot->raw, n, value);
}

void wf_stmt_bind_id(struct wf_stmt *stmt, int n, int64_t id)
{
    if (id)
        wf_stmt_bind_int(stmt, n, id);
    else
        wf_stmt_bind_null(stmt, n);
}

void wf_stmt_bind_real(struct wf_stmt *stmt, int n, double value)
{
    driver_of(stmt)->bind_real(stmt->slot->raw, n, value);
}

void wf_stmt_bind_text(struct wf_stmt *stmt, int n, const char *text)
{
    wf_stmt_bind_text_n(stmt, n, text, text ? strlen(text) : 0);
}

void wf_stmt_bind_text_n(struct wf_stmt *stmt, int n, const char *text,
                         size_t len)
{
    if (text)
        driver_of(stmt)->bind_text(stmt->slot->raw, n, text, len);
    else
        wf_stmt_bind_null(stmt, n);
}

void wf_stmt_bind_blob(struct wf_stmt *stmt, int n, const void *data,
                       size_t len)
{
    driver_of(stmt)->bind_blob(stmt->slot->raw, n, data, len);
}

void wf_stmt_bind_null(struct wf_stmt *stmt, int n)
{
    driver_of(stmt)->bind_null(stmt->slot->raw, n);
}

/* --- Rows. */

enum wf_fetch wf_stmt_step(struct wf_stmt *stmt, weft_error *err)
{
    const struct wf_driver *driver = driver_of(stmt);
    enum wf_fetch step = WF_FETCH_ERROR;

    if (!is_sound(stmt->db, err))
        return step;
    step = driver->step(stmt->db, stmt->slot->raw, err);
    if (step == WF_FETCH_ERROR)
        spoil(stmt->db, err);
    return step;
}

bool wf_db_asks_ahead(const struct wf_db *db)
{
    return db->driver->ahead && db->in_transaction
           && db->failure.code == WEFT_OK;
}

bool wf_stmt_ahead(struct wf_stmt *stmt, weft_error *err)
{
    const struct wf_driver *driver = driver_of(stmt);
    struct wf_db *db = stmt->db;
    bool asked = true;

    if (wf_db_asks_ahead(db))
        asked = driver->ahead(db, stmt->slot->raw, err) || spoil(db, err);
    wf_stmt_end(stmt);
    return asked;
}

bool wf_ask_ahead(struct wf_db *db, const char *sql, int64_t id,
                  weft_error *err)
{
    struct wf_stmt q = WF_STMT_INIT;

    if (!wf_db_asks_ahead(db))
        return true;
    if (!begin(db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    return wf_stmt_ahead(&q, err);
}

bool wf_stmt_run(struct wf_stmt *stmt, weft_error *err)
{
    const struct wf_driver *driver = driver_of(stmt);

    return is_sound(stmt->db, err)
           && (driver->run(stmt->db, stmt->slot->raw, err)
               || spoil(stmt->db, err));
}

int64_t wf_stmt_changed(const struct wf_stmt *stmt)
{
    return driver_of(stmt)->changed(stmt->db, stmt->slot->raw);
}

int64_t wf_stmt_int(struct wf_stmt *stmt, int column)
{
    return driver_of(stmt)->get_int(stmt->slot->raw, column);
}

double wf_stmt_real(struct wf_stmt *stmt, int column)
{
    return driver_of(stmt)->get_real(stmt->slot->raw, column);
}

const char *wf_stmt_text(struct wf_stmt *stmt, int column)
{
    return driver_of(stmt)->get_text(stmt->slot->raw, column);
}

const void *wf_stmt_blob(struct wf_stmt *stmt, int column, size_t *len)
{
    return driver_of(stmt)->get_blob(stmt->slot->raw, column, len);
}

bool wf_stmt_is_null(struct wf_stmt *stmt, int column)
{
    return driver_of(stmt)->is_null(stmt->slot->raw, column);
}

const char *wf_stmt_str(struct wf_stmt *stmt, int column,
                        struct wf_arena *arena)
{
    return wf_arena_str(arena, wf_stmt_text(stmt, column));
}

/* --- What a transaction rests on. */

unsigned wf_db_grounds(const struct wf_db *db)
{
    return db->footing.reads;
}

void wf_db_rest_on(struct wf_db *db, enum wf_ground ground)
{
    db->footing.reads |= (unsigned)ground;
}

void wf_db_rest_on_rows(struct wf_db *db, unsigned reads, int64_t document)
{
    struct wf_footing *footing = &db->footing;

    footing->reads |= reads;
    if (document ? footing->document && footing->document != document
                 : reads & WF_GROUND_DOCUMENT)
        footing->reads |= WF_GROUND_OTHER;
    if (document)
        footing->document = document;
}

/* --- For tests and operators. */

int64_t wf_db_statements(const struct wf_db *db)
{
    return db->n_statements;
}

int64_t wf_db_trips(const struct wf_db *db)
{
    return db->n_trips;
}

bool wf_db_plan(struct wf_db *db, const char *sql, struct wf_arena *arena,
                const char **out, weft_error *err)
{
    return db->driver->plan(db, sql, arena, out, err);
}
