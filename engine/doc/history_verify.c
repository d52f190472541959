/* doc/history_verify.c - walks the chains of the history from their beginning
 * and says where one no longer holds.
 *
 * An edit, a removal or another order shows as a wrong hash or a missing
 * number, a cut tail as a head that its events do not lead to. Where an event
 * stands in the history of its document is in no hash, as the build before
 * knows of none; a lane has its events in the same order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "doc/history.h"
#include "doc/lane.h"

static const char SQL_LANES[] = "SELECT id, head, n FROM lane ORDER BY id";
static const char SQL_STRAYS[] =
    "SELECT DISTINCT lane FROM event WHERE lane NOT IN (SELECT id FROM lane)"
    " ORDER BY lane";
static const char SQL_EVENTS[] =
    "SELECT seq, document, at, actor, kind, step, level, reason, payload,"
    " salt, digest, hash FROM event WHERE lane = $1 ORDER BY seq";

/* What is not in the hashes: the place in the history of the document, where
 * it disagrees with the chain or the time. */
static const char SQL_MISPLACED[] =
    "SELECT lane, MIN(seq) FROM (SELECT lane, seq, at, ordinal,"
    " LAG(ordinal) OVER (PARTITION BY lane, document ORDER BY seq) AS before"
    " FROM event WHERE ordinal IS NOT NULL AND document IS NOT NULL) e"
    " WHERE ordinal < at OR ordinal < before GROUP BY lane ORDER BY lane";

struct lane {
    int64_t id;
    struct wf_chain end;
};

struct lanes {
    struct lane *at;
    size_t n, cap;
};

static void take_hash(struct wf_stmt *q, int column, struct wf_hash *out)
{
    size_t len;
    const void *data = wf_stmt_blob(q, column, &len);

    if (len == WF_HASH_LEN)
        memcpy(out->at, data, len);
}

static bool load_lanes(struct wf_call *call, struct lanes *lanes,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LANES, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct lane *lane = WF_PUSH(call->arena, lanes);

        lane->id = wf_stmt_int(&q, 0);
        take_hash(&q, 1, &lane->end.head);
        lane->end.n = wf_stmt_int(&q, 2);
    }
    return got == WF_FETCH_DONE;
}

/* The row in turn; its texts live until the next one. */
static void read_link(struct wf_stmt *q, int64_t lane, struct wf_chained *out)
{
    *out = (struct wf_chained){
        .lane = lane,
        .seq = wf_stmt_int(q, 0),
        .document = wf_stmt_int(q, 1),
        .at = wf_stmt_int(q, 2),
        .actor = wf_stmt_int(q, 3),
        .kind = wf_stmt_text(q, 4),
        .step = wf_stmt_text(q, 5),
        .level = wf_stmt_text(q, 6),
        .reason = wf_stmt_text(q, 7),
        .payload = wf_stmt_text(q, 8),
    };
    out->salt =
        wf_stmt_is_null(q, 9) ? NULL : wf_stmt_blob(q, 9, &out->salt_len);
    take_hash(q, 10, &out->digest);
    take_hash(q, 11, &out->hash);
}

/* A payload that was erased leaves its digest. */
static bool fits(const struct wf_chained *event, const struct wf_chain *before)
{
    struct wf_hash digest = wf_chained_digest(event);
    struct wf_hash hash = wf_chained_hash(event, &before->head);

    return event->seq == before->n + 1
           && (!event->payload || wf_hash_equal(&digest, &event->digest))
           && wf_hash_equal(&hash, &event->hash);
}

static void report(struct wf_call *call, int64_t lane, int64_t seq)
{
    const char *place =
        wf_arena_printf(call->arena, "history[%lld]", (long long)lane);

    wf_diag_field(call->findings, place, "chain",
                  "The history was changed behind the engine's back: lane "
                  "%lld does not hold at event %lld.",
                  (long long)lane, (long long)seq);
}

static bool walk(struct wf_call *call, const struct lane *lane, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_chain chain = { 0 };
    struct wf_chained event;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_EVENTS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lane->id);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        read_link(&q, lane->id, &event);
        if (!fits(&event, &chain)) {
            report(call, lane->id, chain.n + 1);
            return true;
        }
        chain.head = event.hash;
        chain.n = event.seq;
    }
    if (got == WF_FETCH_DONE
        && (chain.n != lane->end.n
            || !wf_hash_equal(&chain.head, &lane->end.head)))
        report(call, lane->id, chain.n + 1);
    return got == WF_FETCH_DONE;
}

/* Events of a lane whose head is gone. */
static bool find_strays(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_STRAYS, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        report(call, wf_stmt_int(&q, 0), 1);
    return got == WF_FETCH_DONE;
}

static bool find_misplaced(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_MISPLACED, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        report(call, wf_stmt_int(&q, 0), wf_stmt_int(&q, 1));
    return got == WF_FETCH_DONE;
}

bool wf_history_verify(struct wf_call *call, weft_error *err)
{
    size_t n_before = call->findings->n_errors;
    struct lanes lanes = { 0 };

    if (!load_lanes(call, &lanes, err))
        return false;
    for (size_t i = 0; i < lanes.n; i++)
        if (!walk(call, &lanes.at[i], err))
            return false;
    return find_strays(call, err)
           && (call->findings->n_errors > n_before /* no need to say it twice */
               || find_misplaced(call, err));
}
