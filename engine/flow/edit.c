/* flow/edit.c - saving fields between two steps, and removing a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/edit.h"

#include "base/error.h"
#include "doc/history.h"
#include "flow/approval.h"
#include "flow/settle.h"
#include "flow/step.h"
#include "flow/timer.h"
#include "flow/wanted.h"

static const struct wf_field_set everything = { .all = true };

const struct wf_field_set *wf_edit_set(const struct wf_doc *doc,
                                       const struct wf_rights *rights)
{
    const struct wf_level *level;

    if (!rights)
        return &everything;
    if (doc->state != WF_OPEN)
        return NULL;
    if (rights->rights & WF_RIGHT_EDIT)
        return &everything;
    if (!rights->has_work)
        return NULL;
    level = wf_approval_level(doc);
    return level ? &level->edit : &doc->step->edit;
}

bool wf_flow_patch(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_rights *rights, const struct wf_json *patch,
                   weft_error *err)
{
    const struct wf_field_set *edit = wf_edit_set(doc, rights);

    if (doc->state != WF_OPEN)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This document is finished and cannot be edited.");
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

    if (!wf_history_add(flow->call, &event, err)
        || !wf_step_clear(flow, doc, err)
        || !wf_timers_cancel(flow, doc->id, err)
        || !wf_doc_delete(flow->call, doc, err))
        return false;
    wf_wanted_ended(flow, doc->id);
    return wf_wanted_settle(flow, NULL, err);
}
