/* flow/edit.c - saving fields between two steps, and removing a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/edit.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/doc_lane.h"
#include "doc/erase.h"
#include "doc/history.h"
#include "doc/stage.h"
#include "flow/approval.h"
#include "flow/forget.h"
#include "flow/retention.h"
#include "flow/seat.h"
#include "flow/settle.h"
#include "flow/step.h"
#include "flow/timer.h"
#include "flow/wanted.h"

static const struct wf_field_set everything = { .all = true };

bool wf_works_here(struct wf_flow *flow, const struct wf_doc *doc,
                   const struct wf_rights *rights, bool *out, weft_error *err)
{
    struct wf_seats seats;

    *out = rights->has_work;
    if (!*out || !doc->lane)
        return true;
    if (!wf_seats_load(flow, doc, false, &seats, err))
        return false;
    *out = flow->call->me && wf_seats_open_of(&seats, flow->call->me->id);
    return true;
}

static const struct wf_field_set *set_here(const struct wf_doc *doc)
{
    const struct wf_level *level = wf_approval_level(doc);

    return level ? &level->edit : &doc->step->edit;
}

static void add_fields(struct wf_call *call, struct wf_field_set *set,
                       const struct wf_field_set *more)
{
    WF_LIST(const struct wf_field *) fields = { NULL, 0, 0 };

    for (size_t i = 0; i < set->n; i++)
        *WF_PUSH(call->arena, &fields) = set->at[i];
    for (size_t i = 0; i < more->n; i++)
        if (!wf_field_set_has(set, more->at[i]))
            *WF_PUSH(call->arena, &fields) = more->at[i];
    *set = (struct wf_field_set){ set->all || more->all, fields.at, fields.n };
}

/* All that somebody is asked for in any lane. */
static bool set_of_lanes(struct wf_flow *flow, struct wf_doc *doc,
                         const struct wf_rights *rights,
                         const struct wf_field_set **out, weft_error *err)
{
    struct wf_field_set *set = WF_NEW(flow->call->arena, struct wf_field_set);
    struct wf_doc_lane *lane = NULL;
    bool works = true;

    while (works && (lane = wf_lane_next(doc, lane))) {
        bool here;

        wf_lane_look(doc, lane);
        works = wf_works_here(flow, doc, rights, &here, err);
        if (works && here)
            add_fields(flow->call, set, set_here(doc));
    }
    wf_lane_look(doc, NULL);
    *out = set;
    return works;
}

bool wf_edit_set(struct wf_flow *flow, struct wf_doc *doc,
                 const struct wf_rights *rights,
                 const struct wf_field_set **out, weft_error *err)
{
    bool works = false;

    *out = &everything;
    if (!rights)
        return true;
    *out = NULL;
    if (doc->state != WF_OPEN || wf_stage_frozen(flow->call, doc))
        return true;
    if (rights->rights & WF_RIGHT_EDIT) {
        *out = &everything;
        return true;
    }
    if (doc->step->kind == WF_STEP_PARALLEL && rights->has_work)
        return set_of_lanes(flow, doc, rights, out, err);
    if (!wf_works_here(flow, doc, rights, &works, err))
        return false;
    if (works)
        *out = set_here(doc);
    return true;
}

bool wf_edit_is_thawed(struct wf_flow *flow, const struct wf_doc *doc,
                       weft_error *err)
{
    return !wf_stage_frozen(flow->call, doc)
           || wf_fail(err, WEFT_E_CONFLICT,
                      "This document is frozen: its time to be edited is "
                      "over.");
}

bool wf_flow_patch(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_rights *rights, const struct wf_json *patch,
                   weft_error *err)
{
    const struct wf_field_set *edit;

    if (!wf_edit_set(flow, doc, rights, &edit, err))
        return false;
    if (doc->state != WF_OPEN)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This document is finished and cannot be edited.");
    if (rights && !wf_edit_is_thawed(flow, doc, err))
        return false;
    if (!edit || (!edit->all && edit->n == 0))
        return wf_fail(err, WEFT_E_DENIED,
                       "You have nothing to fill in here now.");
    return wf_settle_patch(flow, doc, patch, rights ? edit : NULL, rights, err)
           && wf_settle_edit(flow, doc, false, err);
}

bool wf_flow_delete(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    struct wf_event event = { .document = doc->id,
                              .kind = "delete",
                              .step = doc->step->id };
    struct wf_erased told = { 0 };

    if (!wf_erase_told(flow->call, doc->id, &told, err)
        || !wf_history_add(flow->call, &event, err)
        || !wf_retention_again(flow->call, doc->id, err)
        || !wf_forget_tonight(flow, err) || !wf_step_clear(flow, doc, err)
        || !wf_timers_cancel(flow, doc->id, err)
        || !wf_doc_delete(flow->call, doc, err))
        return false;
    wf_wanted_ended(flow, doc->id);
    return wf_wanted_settle(flow, NULL, err);
}
