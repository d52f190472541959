/* flow/verb_reopen.c - reopen: back from an end, to the step that led there or
 * to another one that the document has been in.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/settle.h"
#include "flow/verb.h"

static const char SQL_WAS_IN[] =
    "SELECT 1 FROM event WHERE document = $1 AND step = $2 LIMIT 1";

bool wf_may_reopen(struct wf_deed *deed, weft_error *err)
{
    const struct wf_who *who = deed->doc->form->access.reopen;
    bool may = false;

    if (who && !wf_ask_is_one_of(deed->flow, deed->doc, who, &may, err))
        return false;
    return may
           || wf_fail(err, WEFT_E_DENIED,
                      who ? "You may not reopen this document."
                          : "Documents of this form are not reopened.");
}

static bool was_in(struct wf_deed *deed, const char *step, bool *out,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(deed->flow->call->db, SQL_WAS_IN, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, deed->doc->id);
    wf_stmt_bind_text(&q, 2, step);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

static bool find_step(struct wf_deed *deed, weft_error *err)
{
    const struct wf_doc *doc = deed->doc;
    const char *left = wf_approval_kept(doc, "left");
    const char *wish = deed->act->to ? deed->act->to : left;
    const struct wf_step *step = wish ? wf_form_step(doc->form, wish) : NULL;
    bool was = !deed->act->to;

    if (!wish)
        step = doc->form->start;
    if (step && deed->act->to && !was_in(deed, wish, &was, err))
        return false;
    if (!step || !was || step->lane || step->kind == WF_STEP_END
        || step->kind == WF_STEP_BRANCH)
        wf_diag_field(deed->flow->call->findings, "to", "unknown",
                      "\"%s\" is no step that it has been in.",
                      wish ? wish : "");
    deed->to = step;
    return wf_settle_findings(deed->flow, err);
}

bool wf_verb_reopen(struct wf_deed *deed, weft_error *err)
{
    if (!find_step(deed, err))
        return false;
    deed->doc->state = WF_OPEN;
    return true;
}
