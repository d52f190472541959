/* flow/verb_withdraw.c - withdraw: the submitter takes the submit back until
 * somebody has acted, the last actor their act until the next one has.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/approval.h"
#include "flow/undo.h"
#include "flow/verb.h"

static bool takes_back_submit(const struct wf_deed *deed, wf_id me)
{
    return wf_undo_is_empty(deed->doc)
           && wf_approval_submitter(deed->doc) == me;
}

/* Whether they have had anything to do with this walk. */
static bool took_part(const struct wf_deed *deed, wf_id me)
{
    for (size_t i = 0; i < deed->walk.n; i++)
        if (deed->walk.at[i].person == me
            && !wf_seat_is_live(&deed->walk.at[i]))
            return true;
    return wf_approval_submitter(deed->doc) == me;
}

bool wf_may_withdraw(struct wf_deed *deed, weft_error *err)
{
    wf_id me = deed->flow->call->me ? deed->flow->call->me->id : 0;

    if (me && wf_undo_is_last(deed->doc, me))
        return wf_undo_is_possible(deed->flow, deed->doc, err);
    if (me && takes_back_submit(deed, me))
        return true;
    if (took_part(deed, me))
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Too late: somebody has acted since.");
    return wf_fail(err, WEFT_E_DENIED,
                   "Only who submitted it or acted last can withdraw.");
}

/* Back to the step of the submit. One that went on where a return had come from
 * does so again. */
static void unsubmit(struct wf_deed *deed)
{
    struct wf_doc *doc = deed->doc;

    wf_approval_keep(deed->flow, doc, "resume",
                     wf_approval_kept(doc, "resumed"));
    deed->to = wf_form_step(doc->form, wf_approval_kept(doc, "from"));
}

bool wf_verb_withdraw(struct wf_deed *deed, weft_error *err)
{
    if (!wf_undo_is_empty(deed->doc))
        return wf_undo_last(deed->flow, deed->doc, err);
    unsubmit(deed);
    return true;
}
