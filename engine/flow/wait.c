/* flow/wait.c - the timer of a <wait>.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/wait.h"

#include "base/error.h"
#include "doc/doc_lane.h"
#include "doc/when.h"
#include "flow/step.h"

/* Until when the step that the document is in waits; 0: only for its signal. */
static bool find_end(const struct wf_flow *flow, const struct wf_doc *doc,
                     int64_t *out, weft_error *err)
{
    const struct wf_step *step = doc->step;
    struct wf_call *call = flow->call;

    *out = wf_when(call, doc, step->until, call->now, WF_DAY_BEGINS);
    return *out || step->signal
           || wf_fail(err, WEFT_E_INVALID,
                      "\"%s\" waits until \"%s\", which is not known: fill "
                      "in what it counts from.",
                      wf_words_label(step->words, call->lang, step->id),
                      step->until->text);
}

static bool set_timer(struct wf_flow *flow, struct wf_doc *doc, int64_t due,
                      weft_error *err)
{
    const struct wf_timer timer = { .kind = "wait",
                                    .document = doc->id,
                                    .step = doc->step->id,
                                    .walk = doc->walk,
                                    .due = due };

    wf_lane_set_due(doc, due);
    return wf_timer_set(flow, &timer, err);
}

bool wf_wait_enter(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_step **next, weft_error *err)
{
    int64_t due;

    if (!doc->step->until)
        return true;
    if (!find_end(flow, doc, &due, err))
        return false;
    if (!due)
        return true;
    if (due <= flow->call->now) {
        *next = doc->step->then;
        return true;
    }
    return set_timer(flow, doc, due, err);
}

/* A time that counts from the entering, or from then on, stays. */
static bool moves(const struct wf_step *step)
{
    return step->kind == WF_STEP_WAIT && step->until
           && step->until->anchor != WF_ANCHOR_NOW
           && step->until->anchor != WF_ANCHOR_ENTERED
           && step->until->anchor != WF_ANCHOR_DAY;
}

static bool follow_here(struct wf_flow *flow, struct wf_doc *doc,
                        weft_error *err)
{
    int64_t due;

    if (!moves(doc->step))
        return true;
    if (!find_end(flow, doc, &due, err)
        || !wf_timers_cancel_step(flow, doc->id, doc->step->id, err))
        return false;
    wf_lane_set_due(doc, due);
    return !due || set_timer(flow, doc, due, err);
}

bool wf_wait_follow(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    struct wf_doc_lane *lane = NULL;
    bool follows = true;

    if (doc->state != WF_OPEN)
        return true;
    if (doc->step->kind != WF_STEP_PARALLEL)
        return follow_here(flow, doc, err);
    while (follows && (lane = wf_lane_next(doc, lane))) {
        wf_lane_look(doc, lane);
        follows = follow_here(flow, doc, err);
    }
    wf_lane_look(doc, NULL);
    return follows;
}

bool wf_wait_leave(struct wf_flow *flow, const struct wf_doc *doc,
                   weft_error *err)
{
    return wf_timers_cancel_step(flow, doc->id, doc->step->id, err);
}

bool wf_wait_fire(struct wf_flow *flow, const struct wf_timer *timer,
                  weft_error *err)
{
    struct wf_doc *doc;

    if (!wf_doc_load(flow->call, timer->document, &doc, err))
        return false;
    if (!doc || doc->state != WF_OPEN
        || !wf_lane_look_at_step(doc, timer->step))
        return true;
    return wf_step_note(flow, doc, "wait", NULL, "time", err)
           && wf_step_finish(flow, doc, doc->step->then, err);
}
