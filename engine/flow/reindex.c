/* flow/reindex.c - makes the index rows of documents that are missing, in
 * pieces between which others write.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/reindex.h"

#include "base/list.h"
#include "doc/index.h"

enum {
    PIECE = 40 /* documents: some ten milliseconds */
};

static const char KIND[] = "reindex";

static const char SQL_NEXT[] = "SELECT id FROM document WHERE family = $1"
                               " AND id > $2 ORDER BY id LIMIT $3";

static bool set_timer(struct wf_flow *flow, const char *family, wf_id after,
                      weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_json *payload = wf_json_object(arena);
    struct wf_timer timer = {
        .kind = KIND, .key = family, .due = flow->call->now, .payload = payload
    };
    char id[WF_ID_TEXT];

    wf_id_write(after, id);
    wf_json_set(arena, payload, "after", wf_json_text(arena, id));
    return wf_timer_set(flow, &timer, err);
}

bool wf_reindex_begin(struct wf_flow *flow, weft_error *err)
{
    struct wf_paths families;

    if (!wf_registry_unfilled(flow->call->db, flow->call->arena, &families,
                              err))
        return false;
    for (size_t i = 0; i < families.n; i++)
        if (!set_timer(flow, families.at[i], 0, err))
            return false;
    return true;
}

bool wf_reindex_is_done(struct wf_call *call, const char *family, bool *out,
                        weft_error *err)
{
    struct wf_paths families;

    if (!wf_registry_unfilled(call->db, call->arena, &families, err))
        return false;
    *out = true;
    for (size_t i = 0; i < families.n; i++)
        *out = *out && !wf_streq(families.at[i], family);
    return true;
}

struct piece {
    wf_id at[PIECE];
    size_t n;
};

static bool find_piece(struct wf_call *call, const char *family, wf_id after,
                       struct piece *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    out->n = 0;
    if (!wf_stmt_begin(call->db, SQL_NEXT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, family);
    wf_stmt_bind_int(&q, 2, after);
    wf_stmt_bind_int(&q, 3, PIECE);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        out->at[out->n++] = wf_stmt_int(&q, 0);
    return fetched == WF_FETCH_DONE;
}

bool wf_reindex_fire(struct wf_flow *flow, const struct wf_timer *timer,
                     weft_error *err)
{
    struct wf_call *call = flow->call;
    const char *text = wf_json_str(wf_json_get(timer->payload, "after"));
    struct piece piece;
    wf_id after = 0;

    if ((text && !wf_id_parse(wf_str_of(text), &after) && after)
        || !find_piece(call, timer->key, after, &piece, err))
        return false;
    for (size_t i = 0; i < piece.n; i++) {
        struct wf_doc *doc;

        if (!wf_doc_load(call, piece.at[i], &doc, err)
            || (doc && !wf_index_fill(call, doc, err)))
            return false;
    }
    if (piece.n < PIECE)
        return wf_registry_filled(call->db, timer->key, err);
    return set_timer(flow, timer->key, piece.at[piece.n - 1], err);
}
