/* flow/parallel.c - lanes begin, join, and are given up.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/parallel.h"

#include "base/error.h"
#include "flow/approval.h"
#include "flow/hook.h"
#include "flow/step.h"

/* --- Around a lane */

static struct wf_doc_lane *lane_around(const struct wf_doc *doc,
                                       const struct wf_lane *lane)
{
    const struct wf_lane *around = lane->parallel->lane;

    return around ? wf_lane_find(doc, around) : NULL;
}

static struct wf_json *flow_around(const struct wf_doc *doc,
                                   const struct wf_lane *lane)
{
    const struct wf_doc_lane *around = lane_around(doc, lane);

    return around ? wf_lane_spot(doc, around).flow : wf_doc_own(doc).flow;
}

void wf_parallel_look_around(struct wf_doc *doc)
{
    wf_lane_look(doc, lane_around(doc, doc->lane->lane));
}

/* Whether `step` is within `parallel`, near or far. */
static bool is_within(const struct wf_step *step,
                      const struct wf_step *parallel)
{
    while (step->lane && step->lane->parallel != parallel)
        step = step->lane->parallel;
    return step->lane != NULL;
}

int wf_parallel_joined(const struct wf_doc *doc, const struct wf_step *parallel)
{
    int n = 0;

    for (const struct wf_lane *def = parallel->lanes; def; def = def->next) {
        const struct wf_doc_lane *lane = wf_lane_find(doc, def);

        n += lane && lane->state == WF_LANE_JOINED;
    }
    return n;
}

static bool is_joined(const struct wf_doc *doc, const struct wf_step *parallel)
{
    return wf_parallel_joined(doc, parallel) >= wf_step_joins(parallel);
}

/* --- Ending */

static void end_lane(struct wf_doc_lane *lane, enum wf_lane_state state)
{
    lane->state = state;
    lane->due = 0;
    lane->changed = true;
}

/* It goes on where it is when it is entered next. */
static void keep_place(struct wf_flow *flow, struct wf_doc *doc)
{
    if (doc->step->kind == WF_STEP_APPROVAL)
        wf_approval_keep(flow, doc, "resume", doc->level);
    else if (doc->step->kind == WF_STEP_PARALLEL)
        wf_approval_keep(flow, doc, "here", doc->step->id);
}

bool wf_parallel_clear(struct wf_flow *flow, struct wf_doc *doc,
                       weft_error *err)
{
    const struct wf_step *parallel = doc->step;
    bool here = wf_streq(wf_approval_kept(doc, "here"), parallel->id);
    struct wf_doc_lane *around = doc->lane;

    for (const struct wf_lane *def = parallel->lanes; def; def = def->next) {
        struct wf_doc_lane *lane = wf_lane_find(doc, def);

        if (!lane || lane->state != WF_LANE_OPEN)
            continue;
        wf_lane_look(doc, lane);
        if (here)
            keep_place(flow, doc);
        if (!wf_step_note(flow, doc, "cancel", doc->level, "lane", err)
            || !wf_step_clear(flow, doc, err))
            return false;
        end_lane(lane, WF_LANE_LEFT);
        wf_lane_look(doc, around);
    }
    return true;
}

/* Enough have joined: what is left of it is given up. */
static bool join(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    bool all = wf_parallel_joined(doc, doc->step) == doc->step->n_lanes;

    return wf_step_note(flow, doc, "join", NULL, all ? "all" : "enough", err)
           && wf_parallel_clear(flow, doc, err);
}

bool wf_parallel_out(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_step **to, weft_error *err)
{
    struct wf_doc_lane *lane = doc->lane;
    bool joins = (*to)->kind == WF_STEP_JOIN;
    struct wf_hook hook = { "leave", lane->lane->parallel->id, NULL };

    end_lane(lane, joins ? WF_LANE_JOINED : WF_LANE_LEFT);
    wf_parallel_look_around(doc);
    if (joins && !is_joined(doc, doc->step)) {
        *to = NULL;
        return true;
    }
    if (!wf_hook_run(flow, doc, &hook, err)
        || !(joins ? join(flow, doc, err) : wf_parallel_clear(flow, doc, err)))
        return false;
    if (joins)
        *to = doc->step->then;
    return true;
}

/* --- Beginning */

/* What was within it the time before is over. */
static void forget_within(struct wf_doc *doc, const struct wf_step *parallel)
{
    for (struct wf_doc_lane *at = doc->lanes; at; at = at->next)
        if (at->state != WF_LANE_LEFT
            && is_within(at->lane->parallel, parallel))
            end_lane(at, WF_LANE_LEFT);
}

/* A submit that led to the parallel led to its lanes. */
static struct wf_json *first_flow(struct wf_flow *flow,
                                  const struct wf_json *around)
{
    static const char *const kept[] = { "from", "by" };
    struct wf_json *own = wf_json_object(flow->call->arena);

    for (size_t i = 0; i < WF_COUNT(kept); i++) {
        struct wf_json *value = wf_json_get(around, kept[i]);

        if (value)
            wf_json_set(flow->call->arena, own, kept[i], value);
    }
    return own;
}

static void begin_lane(struct wf_flow *flow, struct wf_doc *doc,
                       const struct wf_lane *def, bool here)
{
    struct wf_doc_lane *lane = wf_lane_find(doc, def);

    if (here && lane) {
        if (lane->state == WF_LANE_LEFT)
            lane->state = WF_LANE_OPEN;
        (void)wf_json_remove(lane->spot.flow, "moved");
        lane->changed = true;
        return;
    }
    lane = wf_lane_need(flow->call, doc, def);
    lane->state = WF_LANE_OPEN;
    lane->due = 0;
    lane->changed = true;
    lane->spot = (struct wf_spot){ .step = def->start,
                                   .walk = lane->spot.walk + 1,
                                   .flow = first_flow(flow, doc->flow) };
}

/* Goes into one lane, and comes back. *out: where it leads at once. */
static bool run_lane(struct wf_flow *flow, struct wf_doc *doc,
                     struct wf_doc_lane *lane, const struct wf_step **out,
                     weft_error *err)
{
    struct wf_doc_lane *around = doc->lane;

    wf_lane_look(doc, lane);
    if (!wf_step_enter_here(flow, doc, doc->step, out, err))
        return false;
    if (*out)
        end_lane(lane,
                 (*out)->kind == WF_STEP_JOIN ? WF_LANE_JOINED : WF_LANE_LEFT);
    wf_lane_look(doc, around);
    return true;
}

static bool run_lanes(struct wf_flow *flow, struct wf_doc *doc,
                      const struct wf_step **next, weft_error *err)
{
    const struct wf_step *parallel = doc->step;

    for (const struct wf_lane *def = parallel->lanes; def; def = def->next) {
        struct wf_doc_lane *lane = wf_lane_find(doc, def);
        const struct wf_step *out = NULL;

        if (lane->state == WF_LANE_OPEN
            && !run_lane(flow, doc, lane, &out, err))
            return false;
        if (out && out->kind != WF_STEP_JOIN) {
            *next = out;
            return wf_parallel_clear(flow, doc, err);
        }
        if (is_joined(doc, parallel)) {
            *next = parallel->then;
            return join(flow, doc, err);
        }
    }
    return true;
}

bool wf_parallel_complete(struct wf_flow *flow, struct wf_doc *doc,
                          const struct wf_step **next, weft_error *err)
{
    const struct wf_step *parallel = doc->step;

    for (const struct wf_lane *def = parallel->lanes; def; def = def->next) {
        const struct wf_doc_lane *lane = wf_lane_find(doc, def);
        const struct wf_step *out = NULL;

        if (lane && lane->state != WF_LANE_LEFT)
            continue;
        begin_lane(flow, doc, def, false);
        if (!run_lane(flow, doc, wf_lane_find(doc, def), &out, err))
            return false;
        if (out && out->kind != WF_STEP_JOIN) {
            *next = out;
            return wf_parallel_clear(flow, doc, err);
        }
    }
    if (!is_joined(doc, parallel))
        return true;
    *next = parallel->then;
    return join(flow, doc, err);
}

bool wf_parallel_enter(struct wf_flow *flow, struct wf_doc *doc,
                       const struct wf_step **next, weft_error *err)
{
    const struct wf_step *parallel = doc->step;
    bool here = wf_streq(wf_approval_kept(doc, "here"), parallel->id);

    if (!wf_lanes_load(flow->call, doc, err))
        return false;
    wf_approval_keep(flow, doc, "here", NULL);
    wf_approval_keep(flow, doc, "was_here", here ? parallel->id : NULL);
    if (!here)
        forget_within(doc, parallel);
    for (const struct wf_lane *def = parallel->lanes; def; def = def->next)
        begin_lane(flow, doc, def, here);
    return run_lanes(flow, doc, next, err);
}

/* --- What returns and withdrawals ask */

void wf_parallel_stay_here(struct wf_flow *flow, struct wf_doc *doc,
                           const struct wf_step *to)
{
    const struct wf_lane *lane = doc->lane ? doc->lane->lane : NULL;

    for (; lane && !wf_lane_has(lane, to); lane = lane->parallel->lane)
        wf_json_set(flow->call->arena, flow_around(doc, lane), "here",
                    wf_json_text(flow->call->arena, lane->parallel->id));
}

bool wf_parallel_was_here(const struct wf_doc *doc, const struct wf_step *to)
{
    const struct wf_lane *lane = doc->lane ? doc->lane->lane : NULL;

    return lane && to && !wf_lane_has(lane, to)
           && wf_streq(
               wf_json_str(wf_json_get(flow_around(doc, lane), "was_here")),
               lane->parallel->id);
}

void wf_parallel_note_move(struct wf_flow *flow, struct wf_doc *doc)
{
    if (doc->lane)
        wf_approval_keep(flow, doc, "moved", "true");
}

static bool has_acts(const struct wf_json *flow)
{
    return wf_json_len(wf_json_get(flow, "acts")) > 0
           || wf_json_get(flow, "cut") || wf_json_get(flow, "moved");
}

bool wf_parallel_is_untouched(const struct wf_doc *doc,
                              const struct wf_step *to)
{
    const struct wf_lane *lane = doc->lane ? doc->lane->lane : NULL;
    const struct wf_step *outermost = NULL;

    for (; lane && to && !wf_lane_has(lane, to); lane = lane->parallel->lane)
        outermost = lane->parallel;
    for (const struct wf_doc_lane *at = doc->lanes; outermost && at;
         at = at->next)
        if (at->state != WF_LANE_LEFT && is_within(at->lane->start, outermost)
            && has_acts(wf_lane_spot(doc, at).flow))
            return false;
    return true;
}
