/* org/gate.h - the gate before passwords: few at once, slower after failures.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_GATE_H
#define WF_ORG_GATE_H

#include "org/signin.h"

enum wf_gate_outcome {
    WF_GATE_RIGHT,
    WF_GATE_WRONG,
    WF_GATE_BROKEN /* it was not found out */
};

/* Lets one attempt in; each that is let in leaves again. `login` is folded.
 * Errors: WEFT_E_LIMITED with the seconds to wait. */
WF_MUST_CHECK bool wf_gate_enter(struct wf_gate *gate,
                                 const struct wf_credentials *credentials,
                                 weft_error *err);
void wf_gate_leave(struct wf_gate *gate,
                   const struct wf_credentials *credentials,
                   enum wf_gate_outcome outcome);

/* The same for a password that is hashed and not tried: it is only one of the
 * few at once. Errors: WEFT_E_LIMITED. */
WF_MUST_CHECK bool wf_gate_begin(struct wf_gate *gate, weft_error *err);
void wf_gate_end(struct wf_gate *gate);

#endif
