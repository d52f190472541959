/* flow/lint.h - levels that decide nothing and steps in which nothing happens,
 * found in what really happened.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_LINT_H
#define WF_FLOW_LINT_H

#include "doc/lint.h"

/* Appends what is to be said of the workflow of a live form. */
WF_MUST_CHECK bool wf_lint_flow(struct wf_call *call,
                                const struct wf_form *form,
                                struct wf_lints *out, weft_error *err);

#endif
