/* flow/after.h - `after_` hooks: jobs that are run later, at least once.
 *
 * A hook runs on a read snapshot with the large budget; what it wants to write
 * goes to the writer as one command.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_AFTER_H
#define WF_FLOW_AFTER_H

#include "flow/job.h"

/* Queues after_ACTION of `doc`, in the transaction of the action. */
WF_MUST_CHECK bool wf_after_add(struct wf_flow *flow, const struct wf_doc *doc,
                                const struct wf_act *act, weft_error *err);

/* Runs the job's hook on a snapshot and notes in `record` what it has read and
 * wants to write. Needs no transaction. */
struct wf_record;
WF_MUST_CHECK bool wf_after_run(struct wf_flow *flow, const struct wf_job *job,
                                struct wf_record *record, weft_error *err);

/* Makes it good and removes the job, in one transaction. Errors:
 * WEFT_E_CONFLICT what the hook had read has changed: run it again; or somebody
 * else has taken over the lease. */
WF_MUST_CHECK bool wf_after_keep(struct wf_flow *flow, const struct wf_job *job,
                                 const struct wf_record *record,
                                 weft_error *err);

#endif
