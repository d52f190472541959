/* flow/attempt.h - what a hook asks of the engine where pcall would catch a
 * refusal: then it has done nothing.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_ATTEMPT_H
#define WF_FLOW_ATTEMPT_H

#include "flow/host.h"

/* Calls `host`, of a struct wf_hooks; what it has changed when it is refused is
 * undone, in the store and of the command, and what it has found stands in the
 * error instead: its first finding. For struct wf_script_options. */
extern wf_host_fn wf_attempt;

#endif
