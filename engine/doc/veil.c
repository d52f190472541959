/* doc/veil.c - the tables veil and rater.
 *
 * A box holds the id of one document, sealed. So the writer of a document is
 * found from the person, by opening the few boxes that are theirs; nobody
 * finds the person from the document without the key.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/veil.h"

#include <string.h>

#include "base/error.h"
#include "base/list.h"
#include "base/vault.h"
#include "doc/index.h"

enum {
    ID_LEN = 8,
    BOX_LEN = ID_LEN + WF_VAULT_EXTRA
};

static const char SQL_VEIL[] =
    "INSERT INTO veil (document, shown) VALUES ($1, 0)";
static const char SQL_LOAD[] = "SELECT shown FROM veil WHERE document = $1";
static const char SQL_LIFT[] = "UPDATE veil SET shown = 1 WHERE document = $1";
static const char SQL_UNVEIL[] = "DELETE FROM veil WHERE document = $1";
static const char SQL_GIVE[] =
    "INSERT INTO rater (id, parent, step, round, party, person, box, shown)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, 0)";
static const char SQL_MINE[] =
    "SELECT id, person, box FROM rater"
    " WHERE person = $1 AND box IS NOT NULL ORDER BY id";
static const char SQL_PARTY[] =
    "SELECT id, person, box FROM rater WHERE parent = $1 AND step = $2"
    " AND round = $3 AND party = $4 AND box IS NOT NULL ORDER BY id";
static const char SQL_BEFORE[] =
    "SELECT round, party, person FROM rater WHERE parent = $1 AND step = $2"
    " AND round < $3 AND shown = 1 ORDER BY round, party, person";
static const char SQL_FORGET[] =
    "UPDATE rater SET box = NULL, shown = $2 WHERE id = $1";
static const char SQL_REMOVE[] = "DELETE FROM rater WHERE id = $1";
/* What was answered to those who wrote, and is kept sealed for when they ask
 * again (api/idempotency.c). */
static const char SQL_REPEATS[] =
    "DELETE FROM idempotency WHERE person = $1 AND code = 1";
static const char SQL_HAS_OF[] =
    "SELECT 1 FROM document WHERE id = $1 AND family = $2 AND state = 'open'";

/* --- Making one */

/* An id that no clock gives: somewhere before all that are to come. */
static wf_id random_id(struct wf_call *call)
{
    uint64_t limit = (uint64_t)wf_id_next(call->ids), random;

    do {
        wf_random(&random, sizeof random);
        random %= limit;
    } while (random == 0);
    return (wf_id)random;
}

static int64_t day_of(const struct wf_call *call, const struct wf_doc *doc)
{
    const char *zone = doc->form->package->timezone;
    int64_t day = call->now;
    int32_t n, ms;

    if (wf_zone_to_local(zone, call->now, &n, &ms))
        (void)wf_zone_from_local(zone, n, 0, &day);
    return day;
}

static bool run_on(struct wf_call *call, const char *sql, wf_id id,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    return wf_stmt_run(&q, err);
}

static void note_veiled(struct wf_call *call, wf_id document)
{
    if (!wf_veil_hides(call, document))
        *WF_PUSH(call->arena, &call->veiled) = document;
}

bool wf_veil_begin(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    doc->id = random_id(call);
    doc->creator = 0;
    doc->created = doc->updated = day_of(call, doc);
    doc->veil = WF_VEIL_DOWN;
    note_veiled(call, doc->id);
    return run_on(call, SQL_VEIL, doc->id, err);
}

bool wf_veil_remove(struct wf_call *call, wf_id document, weft_error *err)
{
    return run_on(call, SQL_UNVEIL, document, err);
}

static void id_bytes(wf_id id, unsigned char bytes[ID_LEN])
{
    for (int i = 0; i < ID_LEN; i++)
        bytes[i] = (unsigned char)((uint64_t)id >> (8 * i));
}

static wf_id id_of(const unsigned char bytes[ID_LEN])
{
    uint64_t id = 0;

    for (int i = ID_LEN; i-- > 0;)
        id = id << 8 | bytes[i];
    return (wf_id)id;
}

bool wf_veil_give(struct wf_call *call, wf_id document,
                  const struct wf_rater *rater, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    unsigned char id[ID_LEN], *box;

    id_bytes(document, id);
    if (!wf_vault_seal(call->vault, call->arena, id, sizeof id, &box, err)
        || !wf_stmt_begin(call->db, SQL_GIVE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, random_id(call));
    wf_stmt_bind_id(&q, 2, rater->parent);
    wf_stmt_bind_text(&q, 3, rater->step);
    wf_stmt_bind_int(&q, 4, rater->round);
    wf_stmt_bind_text(&q, 5, rater->party);
    wf_stmt_bind_id(&q, 6, rater->person);
    wf_stmt_bind_blob(&q, 7, box, BOX_LEN);
    return wf_stmt_run(&q, err);
}

/* --- Asking */

bool wf_veil_hides(const struct wf_call *call, wf_id document)
{
    for (size_t i = 0; i < call->veiled.n; i++)
        if (call->veiled.at[i] == document)
            return true;
    return false;
}

bool wf_veil_load(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    doc->veil = WF_VEIL_NONE;
    if (doc->creator)
        return true; /* an anonymous one has none */
    if (!wf_stmt_begin(call->db, SQL_LOAD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    fetch = wf_stmt_step(&q, err);
    if (fetch == WF_FETCH_ROW) {
        doc->veil = wf_stmt_int(&q, 0) ? WF_VEIL_LIFTED : WF_VEIL_DOWN;
        note_veiled(call, doc->id);
    }
    return fetch != WF_FETCH_ERROR;
}

/* A row of rater that is not forgotten yet, opened. */
struct row {
    wf_id id, person, document;
    const unsigned char *box;
};

struct rows {
    struct row *at;
    size_t n, cap;
};

static bool read_rows(struct wf_call *call, struct wf_stmt *q, struct rows *out,
                      weft_error *err)
{
    enum wf_fetch fetch;

    while ((fetch = wf_stmt_step(q, err)) == WF_FETCH_ROW) {
        struct row *row = WF_PUSH(call->arena, out);
        size_t len;
        const void *box = wf_stmt_blob(q, 2, &len);

        *row = (struct row){ .id = wf_stmt_int(q, 0),
                             .person = wf_stmt_int(q, 1) };
        if (len == BOX_LEN)
            row->box =
                (const unsigned char *)wf_arena_mem(call->arena, box, len);
    }
    return fetch == WF_FETCH_DONE;
}

static bool open_rows(struct wf_call *call, struct rows *rows, weft_error *err)
{
    for (size_t i = 0; i < rows->n; i++) {
        unsigned char *id;

        if (!rows->at[i].box)
            return wf_fail(err, WEFT_E_STORE, "A sealed secret is damaged.");
        if (!wf_vault_open(call->vault, call->arena, rows->at[i].box, BOX_LEN,
                           &id, err))
            return false;
        rows->at[i].document = id_of(id);
    }
    return true;
}

static bool load_mine(struct wf_call *call, struct rows *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *out = (struct rows){ NULL, 0, 0 };
    if (!call->me || call->system)
        return true;
    if (!wf_stmt_begin(call->db, SQL_MINE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, call->me->id);
    return read_rows(call, &q, out, err);
}

bool wf_veil_mine(struct wf_call *call, struct wf_veiled *out, weft_error *err)
{
    struct rows rows;

    *out = (struct wf_veiled){ NULL, 0, 0 };
    if (!load_mine(call, &rows, err) || !open_rows(call, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        *WF_PUSH(call->arena, out) = rows.at[i].document;
    return true;
}

static bool has(const struct wf_veiled *documents, wf_id id)
{
    for (size_t i = 0; i < documents->n; i++)
        if (documents->at[i] == id)
            return true;
    return false;
}

bool wf_veil_is_mine(struct wf_call *call, const struct wf_doc *doc, bool *out,
                     weft_error *err)
{
    struct wf_veiled mine;

    *out = false;
    if (doc->veil != WF_VEIL_DOWN)
        return true;
    if (!wf_veil_mine(call, &mine, err))
        return false;
    *out = has(&mine, doc->id);
    return true;
}

static bool is_of(struct wf_call *call, wf_id document, const char *family,
                  bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(call->db, SQL_HAS_OF, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    wf_stmt_bind_text(&q, 2, family);
    fetch = wf_stmt_step(&q, err);
    *out = fetch == WF_FETCH_ROW;
    return fetch != WF_FETCH_ERROR;
}

bool wf_veil_has_of(struct wf_call *call, const char *family, bool *out,
                    weft_error *err)
{
    struct wf_veiled mine;

    *out = false;
    if (!wf_veil_mine(call, &mine, err))
        return false;
    for (size_t i = 0; i < mine.n && !*out; i++)
        if (!is_of(call, mine.at[i], family, out, err))
            return false;
    return true;
}

/* Most documents have a creator, and need no look into the table; on a walk
 * along an index that look is less than one at the document. */
void wf_veil_query(struct wf_query *query, bool by_index)
{
    if (by_index)
        wf_query_add(query, WF_SQL("(NOT EXISTS (SELECT 1 FROM veil v WHERE"
                                   " v.document = d.id AND v.shown = 0)"
                                   " OR d.creator IS NOT NULL)"));
    else
        wf_query_add(query, WF_SQL("(d.creator IS NOT NULL OR NOT EXISTS"
                                   " (SELECT 1 FROM veil v WHERE"
                                   " v.document = d.id AND v.shown = 0))"));
}

void wf_veil_query_none(struct wf_query *query)
{
    wf_query_add(query, WF_SQL("(d.creator IS NOT NULL OR NOT EXISTS"
                               " (SELECT 1 FROM veil v WHERE"
                               " v.document = d.id))"));
}

/* --- Closing */

static bool load_party(struct wf_call *call, const struct wf_rater *like,
                       struct rows *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *out = (struct rows){ NULL, 0, 0 };
    if (!wf_stmt_begin(call->db, SQL_PARTY, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, like->parent);
    wf_stmt_bind_text(&q, 2, like->step);
    wf_stmt_bind_int(&q, 3, like->round);
    wf_stmt_bind_text(&q, 4, like->party);
    return read_rows(call, &q, out, err);
}

/* One person of a set that was shown in an earlier round. */
struct past {
    int64_t round;
    const char *party;
    wf_id person;
};

struct pasts {
    struct past *at;
    size_t n, cap;
};

static bool load_before(struct wf_call *call, const struct wf_rater *like,
                        struct pasts *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(call->db, SQL_BEFORE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, like->parent);
    wf_stmt_bind_text(&q, 2, like->step);
    wf_stmt_bind_int(&q, 3, like->round);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct past){ .round = wf_stmt_int(&q, 0),
                           .party = wf_stmt_str(&q, 1, call->arena),
                           .person = wf_stmt_int(&q, 2) };
    return fetch == WF_FETCH_DONE;
}

static bool is_too_few(size_t n, int floor)
{
    return n > 0 && n < (size_t)floor;
}

/* Whether what either set has beyond the other is too few people. */
static bool differ_by_few(const struct wf_veiled *now, const struct past *then,
                          size_t n_then, int floor)
{
    size_t both = 0;

    for (size_t i = 0; i < n_then; i++)
        both += has(now, then[i].person);
    return both > 0
           && (is_too_few(now->n - both, floor)
               || is_too_few(n_then - both, floor));
}

bool wf_veil_tells_apart(struct wf_call *call, const struct wf_rater *like,
                         const struct wf_veiled *documents, int floor,
                         bool *out, weft_error *err)
{
    struct wf_veiled writers = { NULL, 0, 0 };
    struct pasts before = { NULL, 0, 0 };
    struct rows rows;
    size_t first = 0;

    *out = false;
    if (!load_before(call, like, &before, err))
        return false;
    if (before.n == 0)
        return true;
    if (!load_party(call, like, &rows, err) || !open_rows(call, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (has(documents, rows.at[i].document))
            *WF_PUSH(call->arena, &writers) = rows.at[i].person;
    for (size_t i = 1; i <= before.n; i++) {
        const struct past *set = &before.at[first];

        if (i < before.n && before.at[i].round == set->round
            && wf_streq(before.at[i].party, set->party))
            continue;
        *out = *out || differ_by_few(&writers, set, i - first, floor);
        first = i;
    }
    return true;
}

static bool forget_one(struct wf_call *call, wf_id id, bool shown,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FORGET, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    wf_stmt_bind_int(&q, 2, shown);
    return wf_stmt_run(&q, err);
}

bool wf_veil_forget(struct wf_call *call, const struct wf_rater *like,
                    const struct wf_veiled *documents, bool shown,
                    weft_error *err)
{
    struct rows rows;

    if (!load_party(call, like, &rows, err) || !open_rows(call, &rows, err))
        return false;
    call->unveiled = true;
    for (size_t i = 0; i < rows.n; i++) {
        bool had_answered = has(documents, rows.at[i].document);

        if (!run_on(call, SQL_REPEATS, rows.at[i].person, err))
            return false;
        if (had_answered ? !forget_one(call, rows.at[i].id, shown, err)
                         : !run_on(call, SQL_REMOVE, rows.at[i].id, err))
            return false;
    }
    return true;
}

bool wf_veil_lift(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    doc->veil = WF_VEIL_LIFTED;
    doc->created = doc->updated = day_of(call, doc);
    doc->before = NULL; /* all its rows for searching are new */
    doc->index = NULL;
    return run_on(call, SQL_LIFT, doc->id, err) && wf_doc_save(call, doc, err);
}
