/* doc/watch.c - the table `watch`, and the light of a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/watch.h"

#include "base/str.h"

static const char SQL_NOTE[] =
    "INSERT INTO watch (alert, document, due) VALUES ($1, $2, 0)"
    " ON CONFLICT (alert, document) DO UPDATE SET due = 0"
    " WHERE watch.due <> 0";
static const char SQL_LEAVE[] =
    "DELETE FROM watch WHERE alert = $1 AND document = $2 RETURNING level";
static const char SQL_FORGET[] = "DELETE FROM watch WHERE document = $1";
static const char SQL_COLOURS[] =
    "SELECT colour FROM watch WHERE document = $1";
static const char SQL_PUT_OFF[] =
    "UPDATE watch SET due = $3 WHERE alert = $1 AND document = $2";
static const char SQL_CHANGE[] =
    "UPDATE watch SET due = $3, level = $4, colour = $5"
    " WHERE alert = $1 AND document = $2";
/* What a version of before has given another light keeps it till it is looked
 * at. */
static const char SQL_FILL[] =
    "INSERT INTO watch (alert, document, due) SELECT $1, d.id, 0"
    " FROM document d WHERE d.id > $3 AND d.id <= $4 AND d.family = $2"
    " AND d.state = 'open' AND (CAST($5 AS TEXT) IS NULL OR d.step = $5)"
    " AND NOT EXISTS (SELECT 1 FROM veil v WHERE v.document = d.id)"
    " ON CONFLICT (alert, document) DO UPDATE SET due = 0";
static const char SQL_PIECE[] = "SELECT id FROM document WHERE family = $1"
                                " AND id > $2 ORDER BY id LIMIT $3";
static const char SQL_GREEN[] =
    "UPDATE document SET health = 'green', stamp = stamp + 1"
    " WHERE id > $2 AND id <= $3 AND family = $1 AND health IS NULL"
    " AND EXISTS (SELECT 1 FROM watch w WHERE w.document = document.id)";
static const char SQL_HEALTH[] =
    "UPDATE document SET health = $2, stamp = stamp + 1 WHERE id = $1";

bool wf_watch_looks_at(const struct wf_alert *alert, const struct wf_doc *doc)
{
    return alert->form && wf_streq(alert->form->family, doc->form->family)
           && doc->state == WF_OPEN && !doc->veil
           && (!alert->step || wf_streq(alert->step->id, doc->step->id));
}

/* --- The light of a document */

static int badness(const char *colour)
{
    return wf_streq(colour, "red") ? 2 : wf_streq(colour, "yellow") ? 1 : 0;
}

/* The worst colour of its alerts; NULL: none looks. */
static bool worst(struct wf_call *call, wf_id document, const char **out,
                  weft_error *err)
{
    static const char *const names[] = { "green", "yellow", "red" };
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;
    int bad = -1;

    if (!wf_stmt_begin(call->db, SQL_COLOURS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        int one = wf_stmt_is_null(&q, 0) ? 0 : badness(wf_stmt_text(&q, 0));

        bad = one > bad ? one : bad;
    }
    *out = bad < 0 ? NULL : names[bad];
    return got == WF_FETCH_DONE;
}

static bool show(struct wf_call *call, wf_id document, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *health;

    if (!worst(call, document, &health, err)
        || !wf_stmt_begin(call->db, SQL_HEALTH, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_text(&q, 2, health);
    return wf_stmt_run(&q, err);
}

/* --- While documents are saved */

static bool remove_row(struct wf_call *call, const char *alert, wf_id document,
                       bool *was_lit, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *was_lit = false;
    if (!wf_stmt_begin(call->db, SQL_LEAVE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, alert);
    wf_stmt_bind_int(&q, 2, document);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *was_lit = !wf_stmt_is_null(&q, 0);
    return got == WF_FETCH_DONE;
}

static bool leave(struct wf_call *call, const char *alert, wf_id document,
                  bool *was_lit, weft_error *err)
{
    wf_id episode;

    return remove_row(call, alert, document, was_lit, err)
           && (!*was_lit
               || wf_episode_end(call, alert, document, &episode, err));
}

bool wf_watch_before_save(struct wf_call *call, struct wf_doc *doc,
                          weft_error *err)
{
    const struct wf_alert *alert;
    bool watched = false, ended = false;
    size_t cursor = 0;

    while ((alert = wf_registry_alert(call->registry, doc->form->family,
                                      &cursor))) {
        bool was_lit;

        if (wf_watch_looks_at(alert, doc)) {
            watched = true;
            continue;
        }
        if (!doc->stored || !doc->health)
            continue;
        if (!leave(call, alert->head.id, doc->id, &was_lit, err))
            return false;
        ended = ended || was_lit;
    }
    if (!watched)
        doc->health = NULL;
    else if (!doc->health)
        doc->health = "green";
    else if (ended)
        return worst(call, doc->id, &doc->health, err);
    return true;
}

static bool note(struct wf_call *call, const char *alert, wf_id document,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_NOTE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, alert);
    wf_stmt_bind_int(&q, 2, document);
    return wf_stmt_run(&q, err);
}

bool wf_watch_after_save(struct wf_call *call, const struct wf_doc *doc,
                         weft_error *err)
{
    const struct wf_alert *alert;
    size_t cursor = 0;

    while (
        (alert = wf_registry_alert(call->registry, doc->form->family, &cursor)))
        if (wf_watch_looks_at(alert, doc)
            && !note(call, alert->head.id, doc->id, err))
            return false;
    return true;
}

bool wf_watch_forget(struct wf_call *call, wf_id document, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FORGET, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    return wf_stmt_run(&q, err);
}

/* --- Those that were there before */

/* The ids of the next documents: how many, and the last of them. */
static bool find_piece(struct wf_call *call, const struct wf_alert *alert,
                       struct wf_watch_piece *piece, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    piece->n = 0;
    if (!wf_stmt_begin(call->db, SQL_PIECE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, alert->form->family);
    wf_stmt_bind_int(&q, 2, piece->after);
    wf_stmt_bind_int(&q, 3, piece->max);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        piece->after = wf_stmt_int(&q, 0);
        piece->n++;
    }
    return got == WF_FETCH_DONE;
}

static bool fill(struct wf_call *call, const struct wf_alert *alert,
                 wf_id after, wf_id last, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FILL, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, alert->head.id);
    wf_stmt_bind_text(&q, 2, alert->form->family);
    wf_stmt_bind_int(&q, 3, after);
    wf_stmt_bind_int(&q, 4, last);
    wf_stmt_bind_text(&q, 5, alert->step ? alert->step->id : NULL);
    return wf_stmt_run(&q, err);
}

static bool make_green(struct wf_call *call, const struct wf_alert *alert,
                       wf_id after, wf_id last, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_GREEN, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, alert->form->family);
    wf_stmt_bind_int(&q, 2, after);
    wf_stmt_bind_int(&q, 3, last);
    return wf_stmt_run(&q, err);
}

bool wf_watch_fill(struct wf_call *call, const struct wf_alert *alert,
                   struct wf_watch_piece *piece, weft_error *err)
{
    wf_id after = piece->after;

    return find_piece(call, alert, piece, err)
           && (piece->n == 0
               || (fill(call, alert, after, piece->after, err)
                   && make_green(call, alert, after, piece->after, err)));
}

/* --- What a look has shown */

bool wf_watch_put_off(struct wf_call *call, const struct wf_light *light,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_PUT_OFF, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, light->alert);
    wf_stmt_bind_int(&q, 2, light->document);
    wf_stmt_bind_int(&q, 3, light->due);
    return wf_stmt_run(&q, err);
}

static bool change(struct wf_call *call, const struct wf_light *light,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_CHANGE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, light->alert);
    wf_stmt_bind_int(&q, 2, light->document);
    wf_stmt_bind_int(&q, 3, light->due);
    wf_stmt_bind_text(&q, 4, light->level);
    wf_stmt_bind_text(&q, 5, light->colour);
    return wf_stmt_run(&q, err);
}

bool wf_watch_change(struct wf_call *call, const struct wf_light *light,
                     weft_error *err)
{
    return change(call, light, err) && show(call, light->document, err);
}

bool wf_watch_leave(struct wf_call *call, const char *alert, wf_id document,
                    weft_error *err)
{
    bool was_lit;

    return leave(call, alert, document, &was_lit, err)
           && show(call, document, err);
}
