/* flow/record.h - what the hook of a job has read, and what it wants to write.
 *
 * A job's hook may take long, so it runs on a snapshot beside the writer. What
 * it asks is answered and kept as a hash; what it wants changed is only noted.
 * Later, in one transaction, the questions are asked again, and if all answers
 * are the same, the changes are made. So the hook sees the store as it was
 * when it began; a document that it creates is known to it by a placeholder.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_RECORD_H
#define WF_FLOW_RECORD_H

#include "base/hash.h"
#include "flow/hook.h"

/* One call of a host function. */
struct wf_recorded {
    const struct wf_host *host;
    const struct wf_json *args;
    bool writes;
    struct wf_hash answer; /* of a read */
};

struct wf_record {
    struct wf_arena *arena;
    bool trial;         /* log() is noted, too, and not written */
    bool ran;           /* there was a hook to run */
    struct wf_hash doc; /* of the document as the hook was given it */
    const struct wf_json *assigned; /* its fields that the hook set; or NULL */
    struct {
        struct wf_recorded *at;
        size_t n, cap;
    } calls;
    char mark[24]; /* begins the placeholders of this record */
};

void wf_record_init(struct wf_record *record, struct wf_arena *arena);

/* The rows of wf_hook_hosts with each call recorded instead of made, in
 * `arena`; `self` is a struct wf_hooks whose flow has a record. */
const struct wf_host *wf_record_hosts(struct wf_arena *arena);

/* The hash of what a hook is given. */
struct wf_hash wf_record_hash(struct wf_arena *arena,
                              const struct wf_json *json);

/* Asks everything again and makes the changes, in the frame of `hooks`.
 * Errors: WEFT_E_CONFLICT an answer has changed; what the changes fail with. */
WF_MUST_CHECK bool wf_record_apply(struct wf_hooks *hooks,
                                   const struct wf_record *record,
                                   weft_error *err);

#endif
