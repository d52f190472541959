/* flow/job.h - the table of jobs: work that is done later, at least once. Who
 * takes one has it for a while, and ends it with its fence, so that what was
 * taken over by another ends once.
 *
 * Two kinds: the `after_` hooks (after.h), and what is sent outward (outbox.h).
 * They wait, fail, are revived and dropped alike (backlog.h).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_JOB_H
#define WF_FLOW_JOB_H

#include "flow/flow.h"

enum wf_job_kind {
    WF_JOB_HOOK, /* dead after 8 attempts, some minutes */
    WF_JOB_SEND, /* after 10, four days */
};

/* --- Queueing, in a transaction */

struct wf_job_new {
    enum wf_job_kind kind;
    wf_id document, person; /* 0: none */
    const char *channel;    /* of what is sent */
    const char *slot;       /* more may be added to it; NULL: it is closed */
    const char *payload;    /* JSON */
    int64_t due;            /* ms */
};
/* `id` NULL: nobody asks. */
WF_MUST_CHECK bool wf_job_add(struct wf_call *call,
                              const struct wf_job_new *job, wf_id *id,
                              weft_error *err);

/* The job that waits under this name and has never been taken; *id 0: there is
 * none. `payload` NULL: nobody asks. */
WF_MUST_CHECK bool wf_job_open_slot(struct wf_call *call, const char *slot,
                                    wf_id *id, const char **payload,
                                    weft_error *err);
WF_MUST_CHECK bool wf_job_set_payload(struct wf_call *call, wf_id id,
                                      const char *payload, weft_error *err);

/* --- Taking and ending, each in a transaction */

struct wf_job {
    wf_id id, document, person;
    const char *kind, *channel;
    const struct wf_json *payload;
    int64_t fence;
    int attempt; /* this one: from 1 */
};

/* Leases the next due job of the kind, if any (`found`). */
WF_MUST_CHECK bool wf_job_take(struct wf_call *call, enum wf_job_kind kind,
                               struct wf_job *out, bool *found,
                               weft_error *err);
/* Leases up to `max` due ones of a channel, in no order. */
WF_MUST_CHECK bool wf_job_take_of(struct wf_call *call, const char *channel,
                                  struct wf_job *out, size_t max, size_t *n,
                                  weft_error *err);

/* Removes it. Errors: WEFT_E_CONFLICT somebody else has taken over. */
WF_MUST_CHECK bool wf_job_end(struct wf_call *call, wf_id id, int64_t fence,
                              weft_error *err);

/* As if it had not been taken, until `due`. */
WF_MUST_CHECK bool wf_job_put_back(struct wf_call *call,
                                   const struct wf_job *job, int64_t due,
                                   weft_error *err);

/* After a failure: the next attempt with a growing pause, or dead. */
WF_MUST_CHECK bool wf_job_fail(struct wf_call *call, enum wf_job_kind of,
                               const struct wf_job *job, const char *problem,
                               weft_error *err);

/* When the next job is due, of a kind, of a channel; 0: none waits. */
WF_MUST_CHECK bool wf_job_next_due(struct wf_call *call, enum wf_job_kind kind,
                                   int64_t *due, weft_error *err);
WF_MUST_CHECK bool wf_job_next_of(struct wf_call *call, const char *channel,
                                  int64_t *due, weft_error *err);

/* --- After a failure */

struct wf_failing; /* timer.h */
extern const struct wf_failing wf_failing_jobs;

/* All that wait for a channel. */
WF_MUST_CHECK bool wf_jobs_drop_of(struct wf_call *call, const char *channel,
                                   weft_error *err);

#endif
