/* flow/wait.c - the timer of a <wait>.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/wait.h"

#include "base/error.h"
#include "doc/doc_lane.h"
#include "doc/when.h"
#include "flow/step.h"

bool wf_wait_enter(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_step **next, weft_error *err)
{
    const struct wf_step *step = doc->step;
    struct wf_call *call = flow->call;
    struct wf_timer timer = {
        .kind = "wait", .document = doc->id, .step = step->id, .walk = doc->walk
    };

    if (!step->until)
        return true;
    timer.due = wf_when(call, doc, step->until, call->now, WF_DAY_BEGINS);
    if (!timer.due && step->signal)
        return true;
    if (!timer.due)
        return wf_fail(err, WEFT_E_INVALID,
                       "\"%s\" waits until \"%s\", which is not known: fill "
                       "in what it counts from.",
                       wf_words_label(step->words, call->lang, step->id),
                       step->until->text);
    if (timer.due <= call->now) {
        *next = step->then;
        return true;
    }
    wf_lane_set_due(doc, timer.due);
    return wf_timer_set(flow, &timer, err);
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
