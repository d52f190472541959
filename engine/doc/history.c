/* doc/history.c - what happened: events, appended to a chain of hashes.
 *
 * An event's hash covers the hash before it, its columns and the digest of its
 * salted payload, but not the payload: that can be erased, and the chain still
 * holds. Each writing connection has a lane of its own, so that no two have to
 * wait for each other's event.
 *
 * What came after what is told by the numbers that a document gives out, as
 * clocks differ: doc.c keeps the last one, inside what locks the document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/history.h"

#include "base/error.h"
#include "doc/fields.h"
#include "doc/lane.h"
#include "doc/veil.h"
#include "store/memo.h"

static const char SQL_HEAD[] = "SELECT head, n FROM lane WHERE id = $1";
static const char SQL_SET_HEAD[] =
    "INSERT INTO lane (id, head, n) VALUES ($1, $2, $3) ON CONFLICT (id)"
    " DO UPDATE SET head = excluded.head, n = excluded.n";
static const char SQL_ADD[] =
    "INSERT INTO event (lane, seq, document, at, actor, kind, step, level,"
    " reason, payload, salt, digest, hash, ordinal) VALUES ($1, $2, $3, $4, $5,"
    " $6, $7, $8, $9, $10, $11, $12, $13, COALESCE((SELECT"
    " CASE WHEN COALESCE(d.ordinal, d.updated) >= $4"
    " THEN COALESCE(d.ordinal, d.updated) + 1 ELSE $4 END"
    " FROM document d WHERE d.id = $14), $4))";
static const char SQL_PAYLOADS[] =
    "SELECT at, payload FROM event WHERE document = $1 AND payload IS NOT NULL"
    " ORDER BY COALESCE(ordinal, at) DESC, lane DESC, seq DESC";

enum {
    SALT_LEN = 16
};

/* The end of the lane of a connection, which it knows once it has written it.
 */
struct own_end {
    int64_t lane;
    struct wf_chain chain;
};
static const char OWN[] = "lane";

static bool read_head(struct wf_call *call, struct wf_chain *chain,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct own_end own;
    enum wf_fetch got;
    const void *head;
    size_t len;

    if (wf_own_find(call->db, OWN, &own, sizeof own)
        && own.lane == wf_db_lane(call->db)) {
        *chain = own.chain;
        return true;
    }
    if (!wf_stmt_begin(call->db, SQL_HEAD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, wf_db_lane(call->db));
    got = wf_stmt_step(&q, err);
    if (got != WF_FETCH_ROW)
        return got == WF_FETCH_DONE;
    head = wf_stmt_blob(&q, 0, &len);
    if (len != WF_HASH_LEN)
        return wf_fail(err, WEFT_E_STORE,
                       "The head of the history is damaged: run weft verify.");
    memcpy(chain->head.at, head, WF_HASH_LEN);
    chain->n = wf_stmt_int(&q, 1);
    return true;
}

static bool write_head(struct wf_call *call, const struct wf_chain *chain,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct own_end own = { wf_db_lane(call->db), *chain };

    if (!wf_stmt_begin(call->db, SQL_SET_HEAD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, wf_db_lane(call->db));
    wf_stmt_bind_blob(&q, 2, chain->head.at, WF_HASH_LEN);
    wf_stmt_bind_int(&q, 3, chain->n);
    wf_own_keep(call->db, OWN, &own, sizeof own);
    return wf_stmt_run(&q, err);
}

static void write_people(const struct wf_event *event,
                         struct wf_json_writer *out)
{
    if (event->n_people == 0)
        return;
    wf_jw_key(out, "people");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < event->n_people; i++)
        wf_jw_id(out, event->people[i]);
    wf_jw_close(out, ']');
}

/* {"comment","via","for","people","changes"}, what there is of it; NULL:
 * nothing. */
static const char *payload_of(struct wf_call *call,
                              const struct wf_event *event)
{
    struct wf_buf text = WF_BUF_INIT(call->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);
    bool changed = wf_json_len(event->changes) > 0;
    const char *via = event->by_system ? NULL : call->via;

    if (!event->comment && !via && !changed && !event->for_person
        && !event->n_people)
        return NULL;
    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "comment", event->comment);
    wf_jw_key_text(&w, "via", via);
    if (event->for_person)
        wf_jw_key_id_or_null(&w, "for", event->for_person);
    write_people(event, &w);
    if (changed) {
        wf_jw_key(&w, "changes");
        wf_jw_tree(&w, event->changes);
    }
    wf_jw_close(&w, '}');
    return wf_buf_text(&text);
}

/* `after`: whose events it comes after; 0: those of no document. */
static bool insert(struct wf_call *call, const struct wf_chained *link,
                   wf_id after, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, link->lane);
    wf_stmt_bind_int(&q, 2, link->seq);
    wf_stmt_bind_id(&q, 3, link->document);
    wf_stmt_bind_int(&q, 4, link->at);
    wf_stmt_bind_id(&q, 5, link->actor);
    wf_stmt_bind_text(&q, 6, link->kind);
    wf_stmt_bind_text(&q, 7, link->step);
    wf_stmt_bind_text(&q, 8, link->level);
    wf_stmt_bind_text(&q, 9, link->reason);
    wf_stmt_bind_text(&q, 10, link->payload);
    if (link->salt)
        wf_stmt_bind_blob(&q, 11, link->salt, link->salt_len);
    else
        wf_stmt_bind_null(&q, 11);
    wf_stmt_bind_blob(&q, 12, link->digest.at, WF_HASH_LEN);
    wf_stmt_bind_blob(&q, 13, link->hash.at, WF_HASH_LEN);
    wf_stmt_bind_id(&q, 14, after);
    return wf_stmt_run(&q, err);
}

bool wf_history_add(struct wf_call *call, const struct wf_event *event,
                    weft_error *err)
{
    struct wf_chain chain = { 0 };
    unsigned char salt[SALT_LEN];
    struct wf_chained link = {
        .lane = wf_db_lane(call->db),
        .document = event->document,
        .at = call->now,
        .actor = call->me && !event->by_system ? call->me->id : 0,
        .kind = event->kind,
        .step = event->step,
        .level = event->level,
        .reason = event->reason,
        .payload = payload_of(call, event),
    };

    if (wf_veil_hides(call, event->document))
        return true; /* it would tell who wrote what, and when */
    if (!read_head(call, &chain, err))
        return false;
    if (link.payload) {
        wf_random(salt, sizeof salt);
        link.salt = salt;
        link.salt_len = sizeof salt;
    }
    link.digest = wf_chained_digest(&link);
    wf_chain_append(&chain, &link);
    return insert(call, &link, event->is_first ? 0 : event->document, err)
           && (!event->document || event->is_saved_after
               || wf_doc_follow(call, event->document, err))
           && write_head(call, &chain, err);
}

/* Whether a payload tells of a change of one of the fields. */
static bool tells_of(struct wf_call *call, const struct wf_doc *doc,
                     const struct wf_json *payload,
                     const struct wf_field *const *fields, size_t n)
{
    const struct wf_json *changes = wf_json_get(payload, "changes");

    for (size_t i = 0; i < wf_json_len(changes); i++) {
        const char *place =
            wf_json_str(wf_json_get(changes->u.array.at[i], "field"));
        const struct wf_field *field =
            place ? wf_field_placed(doc->form, call->arena, place) : NULL;

        for (size_t k = 0; field && k < n; k++)
            if (field == fields[k] || field == fields[k]->items)
                return true;
    }
    return false;
}

bool wf_history_last_change(struct wf_call *call, const struct wf_doc *doc,
                            const struct wf_field *const *fields, size_t n,
                            int64_t *at, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *at = doc->created;
    if (!wf_stmt_begin(call->db, SQL_PAYLOADS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, doc->id);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_json *payload;

        if (!wf_json_read_stored(call->arena, wf_stmt_text(&q, 1), &payload,
                                 err))
            return false;
        if (tells_of(call, doc, payload, fields, n)) {
            *at = wf_stmt_int(&q, 0);
            return true;
        }
    }
    return got == WF_FETCH_DONE;
}
