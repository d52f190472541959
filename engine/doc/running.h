/* doc/running.h - documents that are open, by the version they run on.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_RUNNING_H
#define WF_DOC_RUNNING_H

#include "doc/doc.h"

/* How many run on each version of a form. */
struct wf_running {
    struct wf_running_row {
        int version;
        int64_t n;
    } * at; /* in order of version, those with none left out */
    size_t n, cap;
};
WF_MUST_CHECK bool wf_running_load(struct wf_call *call, const char *form,
                                   struct wf_running *out, weft_error *err);
int64_t wf_running_of(const struct wf_running *running, int version);

/* Where they are: how many of a version are at a step and level. */
struct wf_running_places {
    struct wf_running_place {
        int version;
        const char *step, *level;
        int64_t n;
    } * at; /* in order of version, step and level */
    size_t n, cap;
};
WF_MUST_CHECK bool wf_running_places(struct wf_call *call, const char *form,
                                     struct wf_running_places *out,
                                     weft_error *err);

/* The least version above `version` on which any run, `but` that one; 0: none.
 */
WF_MUST_CHECK bool wf_running_above(struct wf_call *call, const char *form,
                                    int version, int but, int *out,
                                    weft_error *err);

/* The next of them after `after`, in order of id, that run on `version`. */
struct wf_running_ids {
    wf_id *at;
    size_t n, cap;
};
struct wf_running_query {
    const char *form;
    int version;
    wf_id after;
    int limit;
};
WF_MUST_CHECK bool wf_running_next(struct wf_call *call,
                                   const struct wf_running_query *query,
                                   struct wf_running_ids *out, weft_error *err);

#endif
