/* flow/leaver.h - whoever has left is asked no more: their seats go to their
 * heir, or as the level says for when nobody is found.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_LEAVER_H
#define WF_FLOW_LEAVER_H

#include "flow/flow.h"

/* Gives away every live seat of people who are not active. */
WF_MUST_CHECK bool wf_leavers_settle(struct wf_flow *flow, weft_error *err);

/* Everything of `person` goes to `heir`, in one act: what they are in the
 * organisation, their delegations, their seats, and what they will be asked for
 * once they are gone. Writes {"roles","units","reports","seats"}. */
WF_MUST_CHECK bool wf_handover(struct wf_flow *flow, wf_id person, wf_id heir,
                               struct wf_json_writer *out, weft_error *err);

#endif
