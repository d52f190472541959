/* api/deploy_right.h - who may deploy what, and adjust what.
 *
 * Source: docs/access.md, "Who may change definitions".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_DEPLOY_RIGHT_H
#define WF_API_DEPLOY_RIGHT_H

#include "api/turn.h"
#include "def/adjust.h"
#include "def/deploy.h"

/* The package that a definition of a bundle belongs to. */
const struct wf_package *wf_deploy_package(const struct wf_compiled *compiled,
                                           const struct wf_bundle *bundle);

/* Whether call->me may deploy into the package `id`: by the policy of the one
 * that is live; a new one is for administrators. */
WF_MUST_CHECK bool wf_deploy_is_mine(struct wf_call *call, const char *id,
                                     bool *out, weft_error *err);

/* Why call->me may not deploy a bundle: both NULL where they may. */
struct wf_deploy_bar {
    const char *package; /* that is not theirs */
    const char *hooks;   /* the definition whose hooks run as the system */
};
WF_MUST_CHECK bool wf_deploy_bar(struct wf_call *call,
                                 const struct wf_bundle *bundle,
                                 struct wf_deploy_bar *out, weft_error *err);

/* Fills in the rules of adjusting that call->me has on with->form: of whoever
 * may deploy its package all of them. */
WF_MUST_CHECK bool wf_adjust_rules(struct wf_call *call,
                                   struct wf_adjusting *with, weft_error *err);

#endif
