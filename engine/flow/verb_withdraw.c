/* flow/verb_withdraw.c - withdraw: the submitter takes the submit back until
 * somebody has acted, the last actor their act until the next one has.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/approval.h"
#include "flow/parallel.h"
#include "flow/undo.h"
#include "flow/verb.h"

static const char SQL_DECIDED[] =
    "SELECT 1 FROM seat WHERE document = $1 AND person = $2"
    " AND state IN ('approved', 'rejected') LIMIT 1";

static bool takes_back_submit(const struct wf_deed *deed, wf_id me)
{
    const struct wf_doc *doc = deed->doc;

    return wf_undo_is_empty(doc) && wf_approval_submitter(doc) == me
           && wf_parallel_is_untouched(
               doc, wf_form_step(doc->form, wf_approval_kept(doc, "from")));
}

/* Whether they have done anything in this walk, or may have: what they did is
 * not remembered any more. */
static bool took_part(const struct wf_deed *deed, wf_id me)
{
    bool spent = wf_undo_is_spent(deed->doc);

    for (size_t i = 0; i < deed->walk.n; i++)
        if (deed->walk.at[i].person == me
            && (spent || !wf_seat_is_live(&deed->walk.at[i])))
            return true;
    return wf_undo_has_acted(deed->doc, me)
           || wf_approval_submitter(deed->doc) == me;
}

/* Whether they have decided in a lane that has gone on, or is not there any
 * more. */
static bool decided_elsewhere(const struct wf_deed *deed, wf_id me, bool *out,
                              weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = false;
    if (!deed->doc->lanes)
        return true;
    if (!wf_stmt_begin(deed->flow->call->db, SQL_DECIDED, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, deed->doc->id);
    wf_stmt_bind_id(&q, 2, me);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

bool wf_may_withdraw(struct wf_deed *deed, weft_error *err)
{
    bool elsewhere;

    wf_id me = deed->flow->call->me ? deed->flow->call->me->id : 0;

    if (me && wf_undo_is_last(deed->doc, me))
        return wf_undo_is_possible(deed->flow, deed->doc, err);
    if (me && takes_back_submit(deed, me))
        return true;
    if (took_part(deed, me) && wf_undo_is_spent(deed->doc))
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Too late: nothing older can be taken back.");
    if (took_part(deed, me))
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Too late: somebody has acted since.");
    if (!decided_elsewhere(deed, me, &elsewhere, err))
        return false;
    if (elsewhere)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Too late: where you have decided it has gone on.");
    return wf_fail(err, WEFT_E_DENIED,
                   "Only who submitted it or acted last can withdraw.");
}

/* What the engine has done since, of people who have left, may let it be
 * decided now. */
static bool take_back(struct wf_deed *deed, weft_error *err)
{
    return wf_undo_last(deed->flow, deed->doc, err)
           && wf_approval_count(deed->flow, deed->doc, &deed->to, err);
}

/* Back to the step of the submit. One that went on where a return had come from
 * does so again. */
static void unsubmit(struct wf_deed *deed)
{
    struct wf_doc *doc = deed->doc;

    wf_approval_keep(deed->flow, doc, "resume",
                     wf_approval_kept(doc, "resumed"));
    deed->to = wf_form_step(doc->form, wf_approval_kept(doc, "from"));
    if (wf_parallel_was_here(doc, deed->to))
        wf_parallel_stay_here(deed->flow, doc, deed->to);
}

bool wf_verb_withdraw(struct wf_deed *deed, weft_error *err)
{
    if (!wf_undo_is_empty(deed->doc))
        return take_back(deed, err);
    unsubmit(deed);
    return true;
}
