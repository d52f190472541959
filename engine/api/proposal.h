/* api/proposal.h - deploys that are asked for: where the policy of a package
 * names a form (deploy-approval), what is to go live waits beside a document of
 * that form, and goes live when the document is done.
 *
 * What was compared with what is kept: if anything that it changes has been
 * deployed otherwise meanwhile, or whoever asked may not ask any more, it fails
 * and says so. Nothing that is written in the document changes what goes live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_PROPOSAL_H
#define WF_API_PROPOSAL_H

#include "api/turn.h"
#include "def/deploy.h"
#include "flow/timer.h"

extern const struct wf_timer_kind wf_proposal_timers[];

/* The form by which a deploy of `package` is asked for; NULL: by none, or the
 * operator's command line asks, who has the store in hand. */
const char *wf_proposal_form(struct wf_turn *turn, const char *package);

struct wf_proposing {
    const char *form;
    const struct wf_bundle *bundle;
    const struct wf_text_file *files;
    size_t n_files;
    const char *pilot, *reason;
    int64_t at;
    bool adjusts;
};

/* Keeps it, with a new document of call->me. Errors: those of creating one;
 * WEFT_E_INVALID nothing differs. */
WF_MUST_CHECK bool wf_proposal_make(struct wf_turn *turn,
                                    const struct wf_proposing *what,
                                    wf_id *document, weft_error *err);

#endif
