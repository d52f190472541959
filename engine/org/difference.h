/* org/difference.h - what an import would change, for who looks before it is
 * done.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_DIFFERENCE_H
#define WF_ORG_DIFFERENCE_H

#include "base/list.h"
#include "org/call.h"

typedef bool wf_record_fn(struct wf_call *call, const char *key,
                          struct wf_json **out, weft_error *err);

/* A row that changes something; its records before and after. */
struct wf_difference {
    int64_t row;
    const char *key;
    struct wf_json *before, *after; /* NULL: not there */
};
typedef WF_LIST(struct wf_difference) wf_differences;

/* Notes how it is after the change, as `record` tells it, unless there are
 * WF_DIFFERENCES_MAX already. */
WF_MUST_CHECK bool wf_difference_add(struct wf_call *call, wf_differences *list,
                                     wf_record_fn *record, int64_t row,
                                     const char *key, weft_error *err);

/* The two compared, as import.h says. */
const struct wf_json *wf_differences_between(struct wf_call *call,
                                             const wf_differences *list);

/* Once the change is taken back: how it was, and the two compared. */
WF_MUST_CHECK bool wf_differences_tell(struct wf_call *call,
                                       const wf_differences *list,
                                       wf_record_fn *record,
                                       const struct wf_json **out,
                                       weft_error *err);

#endif
