/* flow/harvest.h - the answers of one round as a table: a row a group.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_HARVEST_H
#define WF_FLOW_HARVEST_H

#include "flow/errand.h"

/* The answers of one group that have ended well. */
struct wf_harvest {
    const struct wf_group *group;
    struct {
        struct wf_doc **at;
        size_t n, cap;
    } answers;
    bool shown; /* its numbers and texts may be seen */
};

/* The row of one group in `table`: weight, answers, means and texts; of one
 * that is not shown the weight alone. */
WF_MUST_CHECK bool wf_harvest_row(struct wf_call *call,
                                  const struct wf_harvest *harvest,
                                  const struct wf_step *step,
                                  struct wf_json **out, weft_error *err);

#endif
