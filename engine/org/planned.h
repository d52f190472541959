/* org/planned.h - changes of people and units that wait for their day.
 *
 * This keeps them; whoever sets timers has them done.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_PLANNED_H
#define WF_ORG_PLANNED_H

#include "base/date.h"
#include "org/call.h"

struct wf_planned {
    wf_id id;
    char day[WF_DATE_TEXT];
    int64_t due;      /* its first moment, in the company's zone */
    const char *kind; /* person, unit, move */
    const char *key;  /* login or unit, as of today */
    const struct wf_json *change;
    const char *problem; /* why it could not be done; NULL: waits */
};

/* Keeps one; `id` and `due` are filled. `target` is the person or unit. */
WF_MUST_CHECK bool wf_planned_add(struct wf_call *call,
                                  struct wf_planned *planned, wf_id target,
                                  weft_error *err);

/* NULL in `*out`: it is not there (any more). */
WF_MUST_CHECK bool wf_planned_find(struct wf_call *call, wf_id id,
                                   struct wf_planned **out, weft_error *err);
WF_MUST_CHECK bool wf_planned_remove(struct wf_call *call, wf_id id,
                                     weft_error *err);
WF_MUST_CHECK bool wf_planned_failed(struct wf_call *call, wf_id id,
                                     const char *problem, weft_error *err);

/* All of them in order of their days, those that failed with their problem. */
WF_MUST_CHECK bool wf_planned_list(struct wf_call *call,
                                   struct wf_json_writer *out, weft_error *err);

#endif
