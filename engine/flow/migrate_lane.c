/* flow/migrate_lane.c - a document in lanes moves to another version of its
 * form.
 *
 * `doc` and `old` have rows of lanes of their own from here on: of the new
 * form and of the one before.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/approval.h"
#include "flow/migrate.h"
#include "flow/parallel.h"
#include "flow/step.h"

/* The parallel of the new form that stands for one of the old. */
static const struct wf_step *parallel_for(const struct wf_doc *doc,
                                          const struct wf_doc *old,
                                          const struct wf_step *parallel)
{
    const struct wf_step *to =
        parallel == wf_doc_own(old).step && wf_doc_own(doc).step->lanes
            ? wf_doc_own(doc).step
            : wf_form_step(doc->form, parallel->id);

    return to && to->kind == WF_STEP_PARALLEL ? to : NULL;
}

static void copy_row(struct wf_call *call, struct wf_doc *doc,
                     const struct wf_doc *old, const struct wf_doc_lane *row,
                     const struct wf_lane *def)
{
    struct wf_doc_lane *lane = wf_lane_need(call, doc, def);
    const struct wf_step *step =
        wf_form_step(doc->form, wf_lane_spot(old, row).step->id);

    lane->state = row->state;
    lane->due = row->due;
    lane->changed = true;
    lane->spot = wf_lane_spot(old, row);
    lane->spot.step = step ? step : def->start;
    lane->spot.flow = wf_json_copy(call->arena, lane->spot.flow);
}

/* Rows that were made already only follow what is given up. */
bool wf_migrate_lane_rows(struct wf_call *call, struct wf_doc *doc,
                          struct wf_doc *old, weft_error *err)
{
    bool is_first = doc->lanes == old->lanes;

    if (is_first)
        doc->lanes = NULL;
    for (struct wf_doc_lane *row = old->lanes; row; row = row->next) {
        const struct wf_step *to = parallel_for(doc, old, row->lane->parallel);
        const struct wf_lane *def = to ? wf_step_lane(to, row->lane->id) : NULL;

        if (!def && row->state == WF_LANE_JOINED) {
            row->state = WF_LANE_LEFT;
            row->changed = true;
        }
        if (def && is_first)
            copy_row(call, doc, old, row, def);
        else if (def && row->state == WF_LANE_LEFT)
            wf_lane_find(doc, def)->state = WF_LANE_LEFT;
    }
    return wf_lanes_save(call, old, err);
}

/* Where the lane `row` of the old form is in the new one; fails where that is
 * nowhere. */
static bool find_lane(struct wf_doc *doc, const struct wf_doc *old,
                      const struct wf_doc_lane *row,
                      const struct wf_migration *m, struct wf_doc_lane **out,
                      weft_error *err)
{
    const struct wf_step *to = parallel_for(doc, old, row->lane->parallel);
    const struct wf_lane *def = to ? wf_step_lane(to, row->lane->id) : NULL;
    const struct wf_step *step;

    if (!def)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Version %d has no lane \"%s\" in which they could go "
                       "on. Say to which step outside of it its documents go.",
                       m->to->version, row->lane->id);
    if (!wf_migrate_find_step(m, wf_lane_spot(old, row).step, &step, err))
        return false;
    if (step->lane != def)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Step \"%s\" of version %d is not in the lane \"%s\" "
                       "any more. Say to which step of it they go.",
                       step->id, m->to->version, def->id);
    *out = wf_lane_find(doc, def);
    (*out)->spot.step = step;
    return true;
}

static bool is_still_in(const struct wf_doc *doc,
                        const struct wf_doc_lane *around,
                        const struct wf_step *parallel)
{
    if (!around)
        return wf_doc_own(doc).step == parallel;
    return around->state == WF_LANE_OPEN
           && wf_lane_spot(doc, around).step == parallel;
}

/* The lanes of old->step that are open, each to its place, until one of them
 * leads the document out of the parallel. */
static bool place_all(struct wf_flow *flow, struct wf_doc *doc,
                      struct wf_doc *old, const struct wf_migration *m,
                      bool *kept, weft_error *err)
{
    const struct wf_step *parallel = doc->step;
    struct wf_doc_lane *around = doc->lane, *old_around = old->lane;

    for (const struct wf_lane *def = old->step->lanes; def; def = def->next) {
        struct wf_doc_lane *row = wf_lane_find(old, def), *lane = NULL;
        bool lane_kept = true;

        if (!row || row->state != WF_LANE_OPEN)
            continue;
        if (!find_lane(doc, old, row, m, &lane, err))
            return false;
        wf_lane_look(doc, lane);
        wf_lane_look(old, row);
        if (!wf_migrate_place(flow, doc, old, m, &lane_kept, err))
            return false;
        *kept = *kept && lane_kept;
        wf_lane_look(old, old_around);
        if (!is_still_in(doc, around, parallel))
            return true;
        wf_lane_look(doc, around);
    }
    return true;
}

bool wf_migrate_lanes(struct wf_flow *flow, struct wf_doc *doc,
                      struct wf_doc *old, const struct wf_migration *m,
                      bool *kept, weft_error *err)
{
    const struct wf_step *parallel = doc->step, *next = NULL;
    struct wf_doc_lane *around = doc->lane;

    *kept = true;
    if (!around && !wf_migrate_lane_rows(flow->call, doc, old, err))
        return false;
    if (!place_all(flow, doc, old, m, kept, err))
        return false;
    if (!is_still_in(doc, around, parallel))
        return true;
    if (!wf_parallel_complete(flow, doc, &next, err))
        return false;
    return !next || wf_step_enter(flow, doc, next, err);
}
