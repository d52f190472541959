/* doc/doc_lane.c - lanes as rows, and looking at one of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/doc_lane.h"

#include "base/error.h"
#include "base/list.h"
#include "store/ground.h"

static const char SQL_LOAD[] =
    "SELECT parallel, lane, state, step, level, walk, due, flow"
    " FROM document_lane WHERE document = $1";
static const char SQL_SAVE[] =
    "INSERT INTO document_lane (document, parallel, lane, state, step, level,"
    " walk, due, flow) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (document, parallel, lane) DO UPDATE SET"
    " state = excluded.state, step = excluded.step, level = excluded.level,"
    " walk = excluded.walk, due = excluded.due, flow = excluded.flow";
static const char SQL_REMOVE[] =
    "DELETE FROM document_lane WHERE document = $1";

static const char *const state_names[] = {
    [WF_LANE_OPEN] = "open",
    [WF_LANE_JOINED] = "joined",
    [WF_LANE_LEFT] = "left",
};

const char *wf_lane_state_name(enum wf_lane_state state)
{
    return state_names[state];
}

static enum wf_lane_state state_of(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(state_names); i++)
        if (wf_streq(state_names[i], name))
            return (enum wf_lane_state)i;
    return WF_LANE_LEFT;
}

/* --- Looking */

static struct wf_spot spot_of(const struct wf_doc *doc)
{
    return (struct wf_spot){ doc->step, doc->level, doc->walk, doc->flow };
}

struct wf_spot wf_doc_own(const struct wf_doc *doc)
{
    return doc->lane ? doc->own : spot_of(doc);
}

struct wf_spot wf_lane_spot(const struct wf_doc *doc,
                            const struct wf_doc_lane *lane)
{
    return doc->lane == lane ? spot_of(doc) : lane->spot;
}

void wf_lane_look(struct wf_doc *doc, struct wf_doc_lane *lane)
{
    struct wf_spot to;

    if (doc->lane == lane)
        return;
    if (doc->lane) {
        doc->lane->spot = spot_of(doc);
        doc->lane->changed = true;
    } else {
        doc->own = spot_of(doc);
    }
    to = lane ? lane->spot : doc->own;
    doc->lane = lane;
    doc->step = to.step;
    doc->level = to.level;
    doc->walk = to.walk;
    doc->flow = to.flow;
}

struct wf_doc_lane *wf_lane_find(const struct wf_doc *doc,
                                 const struct wf_lane *lane)
{
    struct wf_doc_lane *at = doc->lanes;

    while (at && at->lane != lane)
        at = at->next;
    return at;
}

struct wf_doc_lane *wf_lane_need(struct wf_call *call, struct wf_doc *doc,
                                 const struct wf_lane *lane)
{
    struct wf_doc_lane *at = wf_lane_find(doc, lane);

    if (at)
        return at;
    at = WF_NEW(call->arena, struct wf_doc_lane);
    at->lane = lane;
    at->state = WF_LANE_LEFT;
    at->spot.step = lane->start;
    at->spot.flow = wf_json_object(call->arena);
    at->next = doc->lanes;
    doc->lanes = at;
    return at;
}

/* Whether something goes on in it: it is open, and so is what it is in. */
static bool is_live(const struct wf_doc *doc, const struct wf_doc_lane *lane)
{
    return lane && lane->state == WF_LANE_OPEN
           && wf_lane_spot(doc, lane).step->kind != WF_STEP_PARALLEL;
}

/* Lanes of the parallel `step`, and of those within, one after the other: the
 * first that is live once `*passed`, which is set when `after` was met. */
static struct wf_doc_lane *live_in(const struct wf_doc *doc,
                                   const struct wf_step *step,
                                   const struct wf_doc_lane *after,
                                   bool *passed)
{
    for (const struct wf_lane *def = step->lanes; def; def = def->next) {
        struct wf_doc_lane *lane = wf_lane_find(doc, def), *inner = NULL;

        if (!lane || lane->state != WF_LANE_OPEN)
            continue;
        if (is_live(doc, lane) && *passed)
            return lane;
        *passed = *passed || lane == after;
        if (!is_live(doc, lane))
            inner = live_in(doc, wf_lane_spot(doc, lane).step, after, passed);
        if (inner)
            return inner;
    }
    return NULL;
}

struct wf_doc_lane *wf_lane_next(const struct wf_doc *doc,
                                 const struct wf_doc_lane *at)
{
    const struct wf_step *own = wf_doc_own(doc).step;
    bool passed = at == NULL;

    return own->kind == WF_STEP_PARALLEL ? live_in(doc, own, at, &passed)
                                         : NULL;
}

bool wf_lane_look_at_step(struct wf_doc *doc, const char *step)
{
    struct wf_doc_lane *lane = NULL;

    if (wf_streq(wf_doc_own(doc).step->id, step)) {
        wf_lane_look(doc, NULL);
        return true;
    }
    while ((lane = wf_lane_next(doc, lane)))
        if (wf_streq(wf_lane_spot(doc, lane).step->id, step)) {
            wf_lane_look(doc, lane);
            return true;
        }
    return false;
}

void wf_lane_set_due(struct wf_doc *doc, int64_t due)
{
    if (doc->form->due)
        return;
    if (doc->lane)
        doc->lane->due = due;
    else
        doc->due = due;
}

int64_t wf_lanes_due(const struct wf_doc *doc)
{
    const struct wf_doc_lane *lane = NULL;
    int64_t due = 0;

    while ((lane = wf_lane_next(doc, lane)))
        if (lane->due && (!due || lane->due < due))
            due = lane->due;
    return due;
}

/* --- Rows */

struct row {
    const char *parallel, *lane, *state, *step, *level, *flow;
    int64_t walk, due;
};

struct rows {
    struct row *at;
    size_t n, cap;
};

static bool fetch(struct wf_call *call, wf_id id, struct rows *out,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin_of(call->db, SQL_LOAD, id, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = (struct row){
            .parallel = wf_stmt_str(&q, 0, call->arena),
            .lane = wf_stmt_str(&q, 1, call->arena),
            .state = wf_stmt_str(&q, 2, call->arena),
            .step = wf_stmt_str(&q, 3, call->arena),
            .level = wf_stmt_str(&q, 4, call->arena),
            .walk = wf_stmt_int(&q, 5),
            .due = wf_stmt_int(&q, 6),
            .flow = wf_stmt_str(&q, 7, call->arena),
        };
    return got == WF_FETCH_DONE;
}

/* A lane that this version of the form does not have, or whose step is gone,
 * counts as left: only one that was is met there. */
static bool understand(struct wf_call *call, struct wf_doc *doc,
                       const struct row *row, weft_error *err)
{
    const struct wf_step *parallel = wf_form_step(doc->form, row->parallel);
    const struct wf_lane *def =
        parallel ? wf_step_lane(parallel, row->lane) : NULL;
    const struct wf_step *step = wf_form_step(doc->form, row->step);
    struct wf_doc_lane *lane;

    if (!def)
        return true;
    lane = wf_lane_need(call, doc, def);
    lane->state = step ? state_of(row->state) : WF_LANE_LEFT;
    lane->due = row->due;
    lane->spot.step = step ? step : def->start;
    lane->spot.level = step ? row->level : NULL;
    lane->spot.walk = row->walk;
    return wf_json_read_stored(call->arena, row->flow, &lane->spot.flow, err);
}

bool wf_lanes_load(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    struct rows rows = { NULL, 0, 0 };

    if (doc->lanes_known)
        return true;
    doc->lanes_known = true;
    if (!doc->stored)
        return true;
    if (!fetch(call, doc->id, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!understand(call, doc, &rows.at[i], err))
            return false;
    return true;
}

static bool save(struct wf_call *call, const struct wf_doc *doc,
                 const struct wf_doc_lane *lane, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_spot spot = wf_lane_spot(doc, lane);

    if (!wf_stmt_begin(call->db, SQL_SAVE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_text(&q, 2, lane->lane->parallel->id);
    wf_stmt_bind_text(&q, 3, lane->lane->id);
    wf_stmt_bind_text(&q, 4, state_names[lane->state]);
    wf_stmt_bind_text(&q, 5, spot.step->id);
    wf_stmt_bind_text(&q, 6, spot.level);
    wf_stmt_bind_int(&q, 7, spot.walk);
    wf_stmt_bind_id(&q, 8, lane->due);
    wf_stmt_bind_text(&q, 9, wf_json_dump(call->arena, spot.flow));
    return wf_stmt_run(&q, err);
}

bool wf_lanes_save(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    for (struct wf_doc_lane *at = doc->lanes; at; at = at->next) {
        if (!at->changed && at != doc->lane)
            continue;
        if (!save(call, doc, at, err))
            return false;
        at->changed = false;
    }
    return true;
}

bool wf_lanes_remove(struct wf_call *call, wf_id document, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_REMOVE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    return wf_stmt_run(&q, err);
}

/* --- Telling */

static void write_lanes(const struct wf_call *call, const struct wf_doc *doc,
                        const struct wf_step *parallel,
                        struct wf_json_writer *out)
{
    for (const struct wf_lane *def = parallel->lanes; def; def = def->next) {
        const struct wf_doc_lane *lane = wf_lane_find(doc, def);
        struct wf_spot spot;
        bool open = lane && lane->state == WF_LANE_OPEN;

        if (!lane)
            continue;
        spot = wf_lane_spot(doc, lane);
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "parallel", parallel->id);
        wf_jw_key_text(out, "lane", def->id);
        wf_jw_key_text(out, "label",
                       wf_words_label(def->words, call->lang, def->id));
        wf_jw_key_text(out, "state", state_names[lane->state]);
        wf_jw_key_text_or_null(out, "step", open ? spot.step->id : NULL);
        wf_jw_key_text_or_null(out, "level", open ? spot.level : NULL);
        wf_jw_close(out, '}');
        if (open && spot.step->kind == WF_STEP_PARALLEL)
            write_lanes(call, doc, spot.step, out);
    }
}

void wf_lanes_json(const struct wf_call *call, const struct wf_doc *doc,
                   struct wf_json_writer *out)
{
    const struct wf_step *own = wf_doc_own(doc).step;

    wf_jw_open(out, '[');
    if (own->kind == WF_STEP_PARALLEL)
        write_lanes(call, doc, own, out);
    wf_jw_close(out, ']');
}
