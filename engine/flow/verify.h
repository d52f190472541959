/* flow/verify.h - the invariants that must hold whatever happened.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_VERIFY_H
#define WF_FLOW_VERIFY_H

#include "flow/flow.h"

/* No open document without work or a timer, no work and no timer for a closed
 * step or document, every version known, derived values as computed: breaches
 * are findings. */
WF_MUST_CHECK bool wf_verify_documents(struct wf_call *call, weft_error *err);

#endif
