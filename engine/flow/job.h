/* flow/job.h - work that is done later, at least once: `after_` hooks.
 *
 * A job runs on a read snapshot with the large budget; what it wants to write
 * goes to the writer as one command.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_JOB_H
#define WF_FLOW_JOB_H

#include "flow/flow.h"

/* Queues after_ACTION of `doc`, in the transaction of the action. */
WF_MUST_CHECK bool wf_job_add_after(struct wf_flow *flow,
                                    const struct wf_doc *doc,
                                    const struct wf_act *act, weft_error *err);

struct wf_job {
    wf_id id, document;
    const char *kind;
    const struct wf_json *payload;
    int64_t fence;
    int attempt;
};

/* Leases the next due job, if any (`found`). In a transaction. */
WF_MUST_CHECK bool wf_job_take(struct wf_call *call, struct wf_job *out,
                               bool *found, weft_error *err);

/* Runs the job's hook on a snapshot and notes in `record` what it has read and
 * wants to write. Needs no transaction. */
struct wf_record;
WF_MUST_CHECK bool wf_job_run(struct wf_flow *flow, const struct wf_job *job,
                              struct wf_record *record, weft_error *err);

/* Makes it good and removes the job, in one transaction. Errors:
 * WEFT_E_CONFLICT what the hook had read has changed: run it again; or somebody
 * else has taken over the lease. */
WF_MUST_CHECK bool wf_job_keep(struct wf_flow *flow, const struct wf_job *job,
                               const struct wf_record *record, weft_error *err);

/* After a failure: the next attempt with a growing pause, or dead after 8. */
WF_MUST_CHECK bool wf_job_fail(struct wf_call *call, const struct wf_job *job,
                               const char *problem, weft_error *err);

/* When the next job is due; 0: none waits. */
WF_MUST_CHECK bool wf_job_next_due(struct wf_call *call, int64_t *due,
                                   weft_error *err);

#endif
